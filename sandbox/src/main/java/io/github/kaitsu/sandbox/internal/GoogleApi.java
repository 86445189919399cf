package io.github.kaitsu.sandbox.internal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.Scenario;
import io.github.kaitsu.sandbox.internal.Grants.Grant;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code oauth2.googleapis.com}, {@code admin.googleapis.com} and the other hosts of Google's APIs in one: the token endpoints, and
 * the calls that the activation's looks need; shapes of Google's discovery documents.
 */
final class GoogleApi implements Site.Handler {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String SCOPES = "https://www.googleapis.com/auth/";
    private static final Pattern USER = Pattern.compile("/admin/directory/v1/users/([^/]+)(/tokens)?");
    private static final Pattern LOG =
            Pattern.compile("/admin/reports/v1/activity/users/([^/]+)/applications/([a-z_]+)");
    private static final Pattern FILE_NAME = Pattern.compile("name = '([^']+)'");

    private final World world;
    private final GoogleTokens tokens;
    private final Bearers bearers;
    private final GoogleDirectory directory;
    private final GoogleLogs logs;

    GoogleApi(Ledger ledger) {
        this.world = ledger.world();
        this.tokens = new GoogleTokens(ledger);
        this.bearers = new Bearers(world, CloudService.Provider.GOOGLE);
        this.directory = new GoogleDirectory(world);
        this.logs = new GoogleLogs(world, directory);
    }

    @Override
    public Response answer(Request r) {
        return switch (r.method() + " " + r.path()) {
            case "POST /token" -> tokens.token(r);
            case "POST /revoke", "GET /revoke" -> tokens.revoke(r);
            default -> bearers.answer(r, grant -> guarded(r, grant));
        };
    }

    private Response guarded(Request r, Grant grant) {
        try {
            return r.isGet() ? call(r, grant) : notFound(r);
        } catch (GoogleRefusal e) {
            return e.response();
        }
    }

    /** Google's APIs, by their paths; no two hosts share one. */
    private Response call(Request r, Grant grant) {
        Matcher user = USER.matcher(r.path());
        Matcher log = LOG.matcher(r.path());
        if (r.path().equals("/v1/userinfo")) {
            return grant.has("openid")
                    ? Response.json(200, directory.userInfo(grant.account()))
                    : bearers.lacks("openid");
        } else if (r.path().equals("/admin/directory/v1/users")) {
            return scoped(grant, "admin.directory.user.readonly", () -> users(r));
        } else if (user.matches() && user.group(2) == null) {
            return scoped(grant, "admin.directory.user.readonly", () -> directory.user(user.group(1), grant.account()));
        } else if (user.matches()) {
            return scoped(grant, "admin.directory.user.security", () -> superAdmins(directory.tokens(user.group(1))));
        } else if (log.matches()) {
            return scoped(grant, "admin.reports.audit.readonly", () -> activities(r, log.group(1), log.group(2)));
        } else if (r.path().equals("/apps/licensing/v1/product/Google-Apps/users")) {
            return scoped(grant, "apps.licensing", () -> licences(r));
        } else if (r.path().equals("/v1/policies")) {
            return scoped(grant, "cloud-identity.policies.readonly", () -> policies(r));
        } else if (r.path().equals("/drive/v3/files")) {
            return scoped(grant, "drive.metadata.readonly", () -> files(r));
        }
        return notFound(r);
    }

    private Response scoped(Grant grant, String scope, Supplier<ObjectNode> answer) {
        return grant.has(SCOPES + scope) ? Response.json(200, answer.get()) : bearers.lacks(SCOPES + scope);
    }

    private ObjectNode superAdmins(ObjectNode answer) {
        if (!directory.isSuperAdmin()) {
            throw GoogleRefusal.forbidden();
        }
        return answer;
    }

    private ObjectNode users(Request r) {
        if (!r.query("customer").equals("my_customer") && !r.query("customer").equals(directory.customer())) {
            throw GoogleRefusal.older(400, "badRequest", "Bad Request");
        }
        ObjectNode page = JSON.objectNode().put("kind", "admin#directory#users").put("etag", "\"users\"");
        fill(page, "users", r, limit(r, "maxResults", 100, 500), world.setup().users(), directory::user);
        return page;
    }

    private ObjectNode licences(Request r) {
        superAdmins(JSON.objectNode());
        if (!r.query("customerId").equals(directory.customer())) {
            throw GoogleRefusal.older(403, "forbidden", "Unauthorized operation for the given domain");
        }
        ObjectNode page =
                JSON.objectNode().put("kind", "licensing#licenseAssignmentList").put("etag", "\"licences\"");
        fill(page, "items", r, limit(r, "maxResults", 100, 100), world.setup().users(), directory::licence);
        return page;
    }

    private ObjectNode activities(Request r, String user, String application) {
        superAdmins(JSON.objectNode());
        String self = directory.id(directory.administrator());
        boolean everybodys = user.equals("all") || user.equals(self) || user.equals(directory.administrator());
        String event = r.query("eventName");
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode activity : everybodys ? logs.activities(application) : List.<ObjectNode>of()) {
            if ((event.isEmpty() || activity.at("/events/0/name").asText().equals(event))
                    && !isBefore(activity.at("/id/time").asText(), r.query("startTime"))) {
                found.add(activity);
            }
        }
        ObjectNode page =
                JSON.objectNode().put("kind", "admin#reports#activities").put("etag", "\"" + application + "\"");
        fill(page, "items", r, limit(r, "maxResults", 1_000, 1_000), found.size(), found::get);
        return page;
    }

    private static boolean isBefore(String time, String start) {
        if (start.isEmpty()) {
            return false;
        }
        try {
            return OffsetDateTime.parse(time).isBefore(OffsetDateTime.parse(start));
        } catch (DateTimeException e) {
            throw GoogleRefusal.older(400, "invalid", "Invalid value for startTime");
        }
    }

    /** Only what was set: Google's defaults are nowhere to be seen. */
    private ObjectNode policies(Request r) {
        if (!directory.isSuperAdmin()) {
            throw GoogleRefusal.newer(403, "IAM_PERMISSION_DENIED", "The caller does not have permission");
        }
        ObjectNode page = JSON.objectNode();
        boolean closed =
                world.scenario().kind() == Scenario.Kind.MARKETPLACE_BLOCKED && !world.google.marketplaceOpened;
        if (closed && r.query("filter").contains("workspace_marketplace")) {
            ObjectNode policy = page.withArray("policies")
                    .addObject()
                    .put("name", "policies/" + world.setup().secrets().hex("google/policy", 24))
                    .put("customer", "customers/" + directory.customer())
                    .put("type", "ADMIN");
            policy.putObject("policyQuery")
                    .put("orgUnit", "orgUnits/" + world.setup().secrets().hex("google/root", 14))
                    .put("sortOrder", 1);
            policy.putObject("setting")
                    .put("type", "settings/workspace_marketplace.apps_access_options")
                    .putObject("value")
                    .put("accessLevel", "ALLOW_NONE");
        }
        return page;
    }

    /** The folders at the top of the administrator's Drive among the names that are asked for. */
    private ObjectNode files(Request r) {
        ObjectNode page = JSON.objectNode().put("kind", "drive#fileList").put("incompleteSearch", false);
        page.withArray("files");
        if (world.left(Leftover.FOLDERS, CloudService.GOOGLE_DRIVE)) {
            Matcher names = FILE_NAME.matcher(r.query("q"));
            while (names.find()) {
                if (List.of(BoxState.TEMP_NAME, BoxState.QUARANTINE_NAME).contains(names.group(1))) {
                    page.withArray("files")
                            .addObject()
                            .put("kind", "drive#file")
                            .put("id", world.setup().secrets().hex("google/folder/" + names.group(1), 33))
                            .put("name", names.group(1))
                            .put("mimeType", "application/vnd.google-apps.folder");
                }
            }
        }
        return page;
    }

    // ---- what several calls share

    private static void fill(
            ObjectNode page, String field, Request r, int limit, int total, IntFunction<ObjectNode> entry) {
        int from = from(r);
        for (int i = from; i < Math.min(total, from + limit); i++) {
            page.withArray(field).add(entry.apply(i));
        }
        if (from + limit < total) {
            page.put("nextPageToken", token(from + limit));
        }
    }

    private static String token(int from) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(("p:" + from).getBytes(StandardCharsets.UTF_8));
    }

    private static int from(Request r) {
        if (r.query("pageToken").isEmpty()) {
            return 0;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(r.query("pageToken")), StandardCharsets.UTF_8);
            return Integer.parseInt(text.substring(2));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw GoogleRefusal.older(400, "invalid", "Invalid Input: pageToken");
        }
    }

    private static int limit(Request r, String name, int otherwise, int most) {
        String text = r.query(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("[1-9][0-9]{0,5}") || Integer.parseInt(text) > most) {
            throw GoogleRefusal.older(
                    400, "invalid", "Invalid value '" + text + "'. Values must be within the range: [1, " + most + "]");
        }
        return Integer.parseInt(text);
    }

    /** Google's page for addresses that nothing answers. */
    private static Response notFound(Request r) {
        return Response.html(
                404,
                "<!DOCTYPE html>\n<html lang=en><title>Error 404 (Not Found)!!1</title><p><b>404.</b> That’s an error."
                        + "<p>The requested URL <code>" + Html.escape(r.path())
                        + "</code> was not found on this server.\n");
    }
}
