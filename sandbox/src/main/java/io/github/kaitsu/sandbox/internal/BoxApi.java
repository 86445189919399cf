package io.github.kaitsu.sandbox.internal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.Scenario;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code api.box.com}: the reads that the activation needs, and the token endpoints; shapes of Box's specification. */
final class BoxApi implements Site.Handler {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String HELP =
            "https://developer.box.com/guides/api-calls/permissions-and-errors/common-errors/";
    private static final int MAX_OFFSET = 10_000;

    private final World world;
    private final BoxTokens tokens;
    private final Bearers bearers;
    private final BoxContent content;
    private int requests;

    BoxApi(Ledger ledger) {
        this.world = ledger.world();
        this.tokens = new BoxTokens(ledger);
        this.bearers = new Bearers(world, CloudService.Provider.BOX);
        this.content = new BoxContent(world);
    }

    /** Ends a request early with one of Box's errors. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int status;
        private final String code;

        Refused(int status, String code, String message) {
            super(message, null, false, false);
            this.status = status;
            this.code = code;
        }
    }

    @Override
    public Response answer(Request r) {
        requests++;
        if (r.isPost("/oauth2/token")) {
            return tokens.token(r);
        }
        if (r.isPost("/oauth2/revoke")) {
            return tokens.revoke(r);
        }
        return bearers.answer(r, grant -> call(r));
    }

    private Response call(Request r) {
        try {
            return Response.json(200, read(r));
        } catch (Refused e) {
            return Response.json(e.status, error(e));
        }
    }

    private ObjectNode read(Request r) {
        if (!r.isGet()) {
            throw new Refused(405, "method_not_allowed", "Method Not Allowed");
        }
        List<String> path = Arrays.asList(r.path().split("/", -1));
        String pattern = String.join("/", path.subList(Math.min(2, path.size()), path.size()))
                .replaceAll("(folders|groups|enterprise_configurations)/[0-9]+", "$1/*");
        String id = path.size() > 3 ? path.get(3) : "";
        if (!r.path().startsWith("/2.0/")) {
            throw notFound();
        }
        return switch (pattern) {
            case "users/me" -> fields(content.administrator(), content.userMini(), r);
            case "users" -> users(r);
            case "enterprise_configurations/*" -> configuration(r, id);
            case "folders/*/items" -> items(r, id);
            case "folders/*/collaborations" -> collaborations(r, id);
            case "groups" -> groups(r);
            case "groups/*/memberships" -> memberships(r, id);
            case "events" -> events(r);
            default -> throw notFound();
        };
    }

    private ObjectNode users(Request r) {
        requireAdmin();
        boolean byMarker = r.query("usemarker").equals("true");
        int from = byMarker ? marker(r) : offset(r);
        int limit = limit(r, 100, 1_000);
        int total = world.setup().users();
        ObjectNode page = page(byMarker, from, limit, total);
        for (int i = from; i < Math.min(total, from + limit); i++) {
            page.withArray("entries").add(fields(content.user(i), content.userMini(), r));
        }
        return page;
    }

    private ObjectNode configuration(Request r, String id) {
        String version = r.header("box-version").orElse("");
        if (!version.equals("2025.0")) {
            throw new Refused(400, "bad_request", "The API version is not supported by this endpoint");
        }
        if (!id.equals(content.enterpriseId())) {
            throw notFound();
        }
        requireAdmin();
        Set<String> categories = split(r.query("categories"));
        if (categories.isEmpty()) {
            throw new Refused(400, "bad_request", "The parameter categories is required");
        }
        return content.configuration(categories);
    }

    private ObjectNode items(Request r, String folder) {
        boolean byMarker = r.query("usemarker").equals("true");
        int from = byMarker ? marker(r) : offset(r);
        int limit = limit(r, 100, 1_000);
        List<ObjectNode> all = content.items(folder);
        if (all.isEmpty()) {
            throw notFound();
        }
        ObjectNode page = page(byMarker, from, limit, all.size());
        if (byMarker) {
            page.remove("total_count");
        }
        all.stream()
                .skip(from)
                .limit(limit)
                .forEach(i -> page.withArray("entries").add(fields(i, content.itemMini(), r)));
        return page;
    }

    private ObjectNode collaborations(Request r, String folder) {
        if (!content.isKnownFolder(folder)) {
            throw notFound();
        }
        int limit = limit(r, 100, 1_000);
        ObjectNode page = JSON.objectNode().put("limit", limit).putNull("next_marker");
        page.withArray("entries").addAll(content.collaborations(folder));
        return page;
    }

    private ObjectNode groups(Request r) {
        requireAdmin();
        int from = offset(r);
        int limit = limit(r, 100, 1_000);
        List<ObjectNode> found = content.groups(r.query("filter_term"));
        ObjectNode page = page(false, from, limit, found.size());
        found.stream()
                .skip(from)
                .limit(limit)
                .forEach(g -> page.withArray("entries").add(fields(g, content.groupMini(), r)));
        return page;
    }

    private ObjectNode memberships(Request r, String group) {
        requireAdmin();
        int from = offset(r);
        int limit = limit(r, 100, 1_000);
        int total = content.members(group);
        if (total < 0) {
            throw notFound();
        }
        ObjectNode page = page(false, from, limit, total);
        for (int i = from; i < Math.min(total, from + limit); i++) {
            page.withArray("entries").add(content.membership(group, i));
        }
        return page;
    }

    private ObjectNode events(Request r) {
        String stream = r.query("stream_type");
        boolean enterprise = stream.equals("admin_logs") || stream.equals("admin_logs_streaming");
        if (enterprise) {
            requireAdmin();
        }
        List<ObjectNode> all = enterprise ? content.events(split(r.query("event_type")), r) : List.of();
        int limit = limit(r, 100, 500);
        String position = r.query("stream_position");
        int from = position.equals("now") ? all.size() : position.isEmpty() ? 0 : number(position, "stream_position");
        List<ObjectNode> some = all.stream().skip(from).limit(limit).toList();
        ObjectNode page = JSON.objectNode()
                .put("chunk_size", some.size())
                .put("next_stream_position", String.valueOf(from + some.size()));
        page.withArray("entries").addAll(some);
        return page;
    }

    // ---- rules that several calls share

    /** {@code fields} leaves the mini object and what was asked for; without it the standard fields show. */
    private static ObjectNode fields(ObjectNode whole, Set<String> mini, Request r) {
        if (r.query("fields").isEmpty()) {
            return whole.deepCopy().without(BoxContent.ONLY_IF_ASKED);
        }
        Set<String> wanted = split(r.query("fields"));
        Set<String> kept = new HashSet<>(mini);
        kept.addAll(wanted);
        return whole.deepCopy().retain(kept);
    }

    private static ObjectNode page(boolean byMarker, int from, int limit, int total) {
        ObjectNode page = JSON.objectNode().put("limit", limit).put("total_count", total);
        page.withArray("entries");
        if (!byMarker) {
            return page.put("offset", from);
        }
        if (from + limit < total) {
            return page.put("next_marker", markerFor(from + limit));
        }
        return page.putNull("next_marker");
    }

    private static String markerFor(int from) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(("m:" + from).getBytes(StandardCharsets.UTF_8));
    }

    private static int marker(Request r) {
        if (r.query("marker").isEmpty()) {
            return 0;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(r.query("marker")), StandardCharsets.UTF_8);
            return Integer.parseInt(text.substring(2));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new Refused(400, "bad_request", "The marker is not valid");
        }
    }

    private static int offset(Request r) {
        int offset = r.query("offset").isEmpty() ? 0 : number(r.query("offset"), "offset");
        if (offset > MAX_OFFSET) {
            throw new Refused(400, "bad_request", "Offset exceeds maximum of " + MAX_OFFSET);
        }
        return offset;
    }

    private static int limit(Request r, int otherwise, int max) {
        int limit = r.query("limit").isEmpty() ? otherwise : number(r.query("limit"), "limit");
        return Math.min(limit, max);
    }

    private static int number(String text, String name) {
        if (!text.matches("[0-9]{1,9}")) {
            throw new Refused(400, "bad_request", "Invalid value for " + name);
        }
        return Integer.parseInt(text);
    }

    private static Set<String> split(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** BOX-1: a co-administrator without further ticks may not read the enterprise. */
    private void requireAdmin() {
        if (world.scenario().kind() == Scenario.Kind.CO_ADMIN) {
            throw new Refused(403, "access_denied_insufficient_permissions", "Access denied - insufficient permission");
        }
    }

    private static Refused notFound() {
        return new Refused(404, "not_found", "Not Found");
    }

    private ObjectNode error(Refused e) {
        return JSON.objectNode()
                .put("type", "error")
                .put("status", e.status)
                .put("code", e.code)
                .put("help_url", HELP)
                .put("message", e.getMessage())
                .put("request_id", world.setup().secrets().hex("box/request/" + requests, 16));
    }
}
