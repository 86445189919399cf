package io.github.kaitsu.sandbox.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.internal.Grants.Grant;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code api.dropboxapi.com}: the token endpoints, and the calls that the activation's looks need; all are POST. */
final class DropboxApi implements Site.Handler {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** What a call needs, and the fields its argument may have; no field means that the argument is null. */
    private record Function(String scope, Set<String> fields) {}

    private static final Map<String, Function> FUNCTIONS = Map.of(
            "team/get_info", new Function("team_info.read", Set.of()),
            "team/token/get_authenticated_admin", new Function("team_info.read", Set.of()),
            "team/namespaces/list", new Function("team_data.member", Set.of("limit")),
            "team/namespaces/list/continue", new Function("team_data.member", Set.of("cursor")),
            "team_log/get_events",
                    new Function("events.read", Set.of("limit", "account_id", "time", "category", "event_type")),
            "team_log/get_events/continue", new Function("events.read", Set.of("cursor")),
            "files/get_metadata",
                    new Function(
                            "files.metadata.read",
                            Set.of(
                                    "path",
                                    "include_media_info",
                                    "include_deleted",
                                    "include_has_explicit_shared_members")));

    /** Ours; the caller's limit has no effect, as published. */
    private static final int NAMESPACES_A_PAGE = 500;
    /** Normally valid for days, as published. */
    private static final Duration CURSOR_LIFE = Duration.ofDays(3);

    private final World world;
    private final DropboxTokens tokens;
    private final Bearers bearers;
    private final DropboxContent content;
    private final DropboxLog log;
    private int requests;

    DropboxApi(Ledger ledger) {
        this.world = ledger.world();
        this.tokens = new DropboxTokens(ledger);
        this.bearers = new Bearers(world, CloudService.Provider.DROPBOX);
        this.content = new DropboxContent(world);
        this.log = new DropboxLog(world, content);
    }

    /** Ends a request early with one of Dropbox's answers. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Response answer;

        Refused(Response answer) {
            super("refused", null, false, false);
            this.answer = answer;
        }
    }

    @Override
    public Response answer(Request r) {
        if (r.isPost("/oauth2/token")) {
            return tokens.token(r);
        }
        String id = world.setup().secrets().hex("dropbox/request/" + ++requests, 32);
        return bearers.answer(r, grant -> call(r, grant)).with("X-Dropbox-Request-Id", id);
    }

    private Response call(Request r, Grant grant) {
        String name = r.path().replaceFirst("^/2/", "");
        if (r.isPost("/2/auth/token/revoke")) {
            return tokens.revoke(grant);
        }
        Function function = FUNCTIONS.get(name);
        if (function == null || !r.method().equals("POST")) {
            return Response.text(400, "Unknown API function: \"" + name + "\"");
        }
        boolean asMember = name.startsWith("files/");
        if (asMember && !grant.has("team_data.member")) {
            return bearers.lacks("team_data.member");
        }
        if (!grant.has(function.scope())) {
            return bearers.lacks(function.scope());
        }
        try {
            JsonNode argument = argument(r, name, function);
            return Response.json(
                    200,
                    switch (name) {
                        case "team/get_info" -> content.team(grant.account());
                        case "team/token/get_authenticated_admin" ->
                            JSON.objectNode().set("admin_profile", content.administrator(grant.account()));
                        case "team/namespaces/list" -> namespaces(0);
                        case "team/namespaces/list/continue" ->
                            namespaces(cursor(argument, "n", "invalid_cursor").from());
                        case "team_log/get_events" -> events(argument);
                        case "team_log/get_events/continue" -> moreEvents(argument);
                        default -> metadata(r, argument);
                    });
        } catch (Refused e) {
            return e.answer;
        }
    }

    private static JsonNode argument(Request r, String name, Function function) {
        JsonNode argument;
        try {
            argument = MAPPER.readTree(r.body().isEmpty() ? "null" : r.body());
        } catch (JsonProcessingException e) {
            throw bad(name, "request body: could not decode input as JSON");
        }
        if (function.fields().isEmpty()) {
            if (!(argument instanceof NullNode)) {
                throw bad(name, "request body: expected null, got value");
            }
            return argument;
        }
        if (!argument.isObject()) {
            throw bad(name, "request body: expected object, got " + (argument.isNull() ? "null" : "value"));
        }
        argument.fieldNames().forEachRemaining(field -> {
            if (!function.fields().contains(field)) {
                throw bad(name, "request body: unknown field '" + field + "'");
            }
        });
        return argument;
    }

    // ---- namespaces

    /** Each page but the first begins with the last of the page before: duplicates may occur. */
    private ObjectNode namespaces(int from) {
        int total = content.namespaces();
        int until = Math.min(total, from + NAMESPACES_A_PAGE);
        ObjectNode page = JSON.objectNode();
        var list = page.putArray("namespaces");
        for (int i = Math.max(0, from - 1); i < until; i++) {
            list.add(content.namespace(i));
        }
        return page.put("cursor", new DropboxCursor("n", until, world.now(), "", "", "").text())
                .put("has_more", until < total);
    }

    // ---- the team's log

    private ObjectNode events(JsonNode argument) {
        if (argument.has("event_type") && argument.has("category")) {
            throw refused("invalid_filters");
        }
        String type = tag(argument.path("event_type"));
        String category = tag(argument.path("category"));
        Instant from = time(argument.at("/time/start_time"), Instant.EPOCH);
        Instant until = time(argument.at("/time/end_time"), Instant.MAX);
        if (!from.isBefore(until)) {
            throw refused("invalid_time_range");
        }
        int limit = argument.path("limit").asInt(1000);
        if (limit < 1 || limit > 1000) {
            throw bad("team_log/get_events", "limit: must be between 1 and 1000");
        }
        boolean nothing = !category.isEmpty() && !category.equals("apps");
        DropboxCursor first = new DropboxCursor(
                "e" + limit, 0, world.now(), nothing ? "none" : type, from.toString(), until.toString());
        // the first page is empty, though there is more: as published, this may be
        return page(List.of(), first, true);
    }

    private ObjectNode moreEvents(JsonNode argument) {
        DropboxCursor cursor = cursor(argument, "e", "bad_cursor");
        int limit = Integer.parseInt(cursor.kind().substring(1));
        List<DropboxLog.Line> all =
                log.lines(cursor.filter(), Instant.parse(cursor.start()), Instant.parse(cursor.end()));
        List<DropboxLog.Line> some =
                all.stream().skip(cursor.from()).limit(limit).toList();
        int next = cursor.from() + some.size();
        return page(some, cursor.at(next, world.now()), next < all.size());
    }

    private static ObjectNode page(List<DropboxLog.Line> lines, DropboxCursor next, boolean more) {
        ObjectNode page = JSON.objectNode();
        lines.forEach(l -> page.withArray("events").add(l.json()));
        page.withArray("events");
        return page.put("cursor", next.text()).put("has_more", more);
    }

    private DropboxCursor cursor(JsonNode argument, String kind, String error) {
        Optional<DropboxCursor> cursor = DropboxCursor.parse(
                        argument.path("cursor").asText())
                .filter(c -> c.kind().startsWith(kind));
        if (cursor.isEmpty()) {
            throw refused(error);
        }
        if (kind.equals("e") && cursor.get().issued().plus(CURSOR_LIFE).isBefore(world.now())) {
            ObjectNode reset = JSON.objectNode()
                    .put(".tag", "reset")
                    .put("reset", DropboxContent.seconds(cursor.get().issued()));
            throw new Refused(failure(409, "reset/...", reset));
        }
        return cursor.get();
    }

    // ---- files

    private ObjectNode metadata(Request r, JsonNode argument) {
        String name = "files/get_metadata";
        Optional<String> member = r.header("Dropbox-API-Select-User").or(() -> r.header("Dropbox-API-Select-Admin"));
        if (member.isEmpty()) {
            throw bad(
                    name,
                    "This API function operates on a single Dropbox account, but the OAuth 2 access token you provided is"
                            + " for an entire Dropbox Business team.");
        }
        Optional<String> home = content.homeOf(member.get());
        if (home.isEmpty()) {
            throw new Refused(
                    failure(401, "invalid_select_user/..", JSON.objectNode().put(".tag", "invalid_select_user")));
        }
        String path = argument.path("path").asText();
        if (!path.matches("/[^/]+(/[^/]+)*")) {
            throw bad(name, "path: '" + path + "' did not match pattern");
        }
        Optional<String> from = r.header("Dropbox-API-Path-Root").map(root -> base(root, home.get(), name));
        return from.map(f -> f.equals(home.get()))
                .filter(atHome -> !atHome)
                .map(elsewhere -> Optional.<ObjectNode>empty())
                .orElseGet(() -> content.atTop(home.get(), path.substring(1)))
                .orElseThrow(() -> {
                    ObjectNode error = JSON.objectNode().put(".tag", "path");
                    DropboxContent.tag(error, "path", "not_found");
                    return new Refused(failure(409, "path/not_found/.", error));
                });
    }

    /** Which namespace a path is relative to. */
    private String base(String header, String home, String name) {
        JsonNode root;
        try {
            root = MAPPER.readTree(header);
        } catch (JsonProcessingException e) {
            throw bad(name, "HTTP header \"Dropbox-API-Path-Root\": could not decode input as JSON");
        }
        String wanted = root.path(tag(root)).asText();
        return switch (tag(root)) {
            case "home" -> home;
            case "root" -> {
                if (!wanted.equals(content.root())) {
                    ObjectNode error = JSON.objectNode().put(".tag", "invalid_root");
                    error.set("invalid_root", content.rootInfo(home));
                    throw new Refused(failure(422, "invalid_root/.", error));
                }
                yield wanted;
            }
            default -> {
                if (!wanted.equals(home) && !wanted.equals(content.root())) {
                    throw new Refused(
                            failure(422, "no_permission/..", JSON.objectNode().put(".tag", "no_permission")));
                }
                yield wanted;
            }
        };
    }

    // ---- answers that several calls share

    /** A union in its long form, or in its short one. */
    private static String tag(JsonNode union) {
        return union.isTextual() ? union.asText() : union.path(".tag").asText();
    }

    private static Instant time(JsonNode node, Instant otherwise) {
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        try {
            return OffsetDateTime.parse(node.asText()).toInstant();
        } catch (DateTimeParseException e) {
            throw bad("team_log/get_events", "time: time data did not match format '%Y-%m-%dT%H:%M:%SZ'");
        }
    }

    private static Refused bad(String function, String why) {
        return new Refused(Response.text(400, "Error in call to API function \"" + function + "\": " + why));
    }

    private static Refused refused(String tag) {
        return new Refused(failure(409, tag + "/..", JSON.objectNode().put(".tag", tag)));
    }

    private static Response failure(int status, String summary, ObjectNode error) {
        ObjectNode body = JSON.objectNode().put("error_summary", summary);
        body.set("error", error);
        return Response.json(status, body);
    }
}
