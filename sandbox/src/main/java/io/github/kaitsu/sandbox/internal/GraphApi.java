package io.github.kaitsu.sandbox.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.internal.Grants.Grant;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code graph.microsoft.com}: the reads that the activation's looks need. Tokens come from {@link MicrosoftPages}' site. */
final class GraphApi implements Site.Handler {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String VERSION = "/v1.0";
    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 999;
    private static final Pattern PRINCIPAL = Pattern.compile("/servicePrincipals/([0-9a-f-]{36})(?:/([A-Za-z0-9]+))?");
    private static final Pattern BY_APP_ID = Pattern.compile("/servicePrincipals\\(appId='([0-9a-f-]{36})'\\)");

    private final World world;
    private final Bearers bearers;
    private final GraphDirectory directory;

    GraphApi(Ledger ledger) {
        this.world = ledger.world();
        this.bearers = new Bearers(ledger.world(), CloudService.Provider.MICROSOFT365);
        this.directory = new GraphDirectory(ledger.world());
    }

    /** Ends a request early with one of Graph's errors. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int status;
        private final String code;
        private final String why;

        Refused(int status, String code, String why) {
            super(why, null, false, false);
            this.status = status;
            this.code = code;
            this.why = why;
        }
    }

    @Override
    public Response answer(Request r) {
        Response response = bearers.answer(r, grant -> call(r, grant));
        String id = world.setup().secrets().guid("graph/request/" + world.ownGrants.issued());
        return response.with("request-id", id)
                .with("client-request-id", r.header("client-request-id").orElse(id))
                .with("OData-Version", "4.0")
                .with("x-ms-resource-unit", "2");
    }

    private Response call(Request r, Grant grant) {
        try {
            if (!r.isGet() || !r.path().startsWith(VERSION + "/")) {
                throw notFound(r);
            }
            return read(r, r.path().substring(VERSION.length()), grant);
        } catch (Refused e) {
            return Response.json(e.status, Bearers.graphError(world, e.code, e.why));
        }
    }

    private Response read(Request r, String path, Grant grant) {
        return switch (path) {
            case "/organization" -> {
                require(grant, "User.Read", "Organization.Read.All", "Directory.Read.All");
                yield list(r, "organization", List.of(directory.organisation(grant.account())));
            }
            case "/me" -> {
                require(grant, "User.Read", "User.Read.All", "Directory.Read.All");
                yield one(r, "users/$entity", directory.user(grant.account()));
            }
            case "/me/transitiveMemberOf/graph.directoryRole",
                    "/me/transitiveMemberOf/microsoft.graph.directoryRole" -> {
                require(grant, "User.Read", "RoleManagement.Read.Directory", "Directory.Read.All");
                yield list(r, "directoryRoles", directory.roles());
            }
            case "/users/$count" -> {
                require(grant, "User.ReadBasic.All", "User.Read.All", "Directory.Read.All");
                requireEventual(r);
                yield Response.text(200, String.valueOf(world.setup().users()));
            }
            case "/subscribedSkus" -> {
                require(grant, "LicenseAssignment.Read.All", "Organization.Read.All", "Directory.Read.All");
                yield list(r, "subscribedSkus", directory.skus());
            }
            case "/sites/root" -> {
                require(grant, "Sites.Read.All");
                yield one(r, "sites/$entity", directory.rootSite());
            }
            case "/servicePrincipals" -> {
                require(grant, "Application.Read.All", "Directory.Read.All");
                yield list(r, "servicePrincipals", filtered(r));
            }
            case "/auditLogs/directoryAudits" -> {
                require(grant, "AuditLog.Read.All");
                yield list(r, "auditLogs/directoryAudits", audits(r));
            }
            default -> principal(r, path, grant);
        };
    }

    private Response principal(Request r, String path, Grant grant) {
        Matcher byAppId = BY_APP_ID.matcher(path);
        Matcher m = PRINCIPAL.matcher(path);
        if (byAppId.matches()) {
            require(grant, "Application.Read.All", "Directory.Read.All");
            return one(r, "servicePrincipals/$entity", found(directory.withAppId(byAppId.group(1)), byAppId.group(1)));
        }
        if (!m.matches()) {
            throw notFound(r);
        }
        String id = m.group(1);
        String part = m.group(2) == null ? "" : m.group(2);
        return switch (part) {
            case "" -> {
                require(grant, "Application.Read.All", "Directory.Read.All");
                yield one(r, "servicePrincipals/$entity", found(directory.withId(id), id));
            }
            case "appRoleAssignments" -> {
                require(grant, "Application.Read.All", "Directory.Read.All");
                found(directory.withId(id), id);
                yield list(r, "appRoleAssignments", directory.roleAssignments(id));
            }
            case "oauth2PermissionGrants" -> {
                require(grant, "Directory.Read.All");
                found(directory.withId(id), id);
                yield list(r, "oauth2PermissionGrants", directory.permissionGrants(id));
            }
            default -> throw notFound(r);
        };
    }

    private static ObjectNode found(Optional<ObjectNode> principal, String id) {
        return principal.orElseThrow(() -> new Refused(
                404,
                "Request_ResourceNotFound",
                "Resource '" + id
                        + "' does not exist or one of its queried reference-property objects are not present."));
    }

    // ---- filters

    /** {@code startswith} over a name and {@code eq} over an app ID work without the index; counting does not. */
    private List<ObjectNode> filtered(Request r) {
        if (r.query("$count").equals("true")) {
            requireEventual(r);
        }
        String filter = r.query("$filter");
        Matcher begins = Pattern.compile("startswith\\(displayName,\\s*'((?:[^']|'')*)'\\)")
                .matcher(filter);
        Matcher is = Pattern.compile("appId eq '([0-9a-fA-F-]{36})'").matcher(filter);
        if (filter.isEmpty()) {
            return directory.principals();
        }
        if (begins.matches()) {
            String prefix = begins.group(1).replace("''", "'");
            return directory.principals().stream()
                    .filter(p -> text(p, "displayName").regionMatches(true, 0, prefix, 0, prefix.length()))
                    .toList();
        }
        if (is.matches()) {
            return directory.principals().stream()
                    .filter(p -> text(p, "appId").equalsIgnoreCase(is.group(1)))
                    .toList();
        }
        throw new Refused(400, "Request_UnsupportedQuery", "Unsupported or invalid query filter clause.");
    }

    private List<ObjectNode> audits(Request r) {
        Matcher m = Pattern.compile("activityDisplayName eq '([^']*)' and activityDateTime ge ([0-9]{4}-[0-9T:.-]+Z)")
                .matcher(r.query("$filter"));
        if (!r.query("$filter").isEmpty() && !m.matches()) {
            throw new Refused(400, "BadRequest", "Invalid filter clause");
        }
        return directory.audits().stream()
                .filter(a -> r.query("$filter").isEmpty()
                        || (text(a, "activityDisplayName").equals(m.group(1))
                                && text(a, "activityDateTime").compareTo(m.group(2)) >= 0))
                .toList();
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asText("");
    }

    // ---- rules that several calls share

    private void require(Grant grant, String... oneOf) {
        if (!grant.has(oneOf)) {
            throw new Refused(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
        }
    }

    private static void requireEventual(Request r) {
        if (!r.header("ConsistencyLevel").filter("eventual"::equalsIgnoreCase).isPresent()) {
            throw new Refused(400, "Request_BadRequest", "$count is not currently supported.");
        }
    }

    private Response one(Request r, String context, ObjectNode whole) {
        return Response.json(
                200, JSON.objectNode().put("@odata.context", context(context)).setAll(selected(r, whole)));
    }

    /** {@code $top} many, then a link to the rest with the same query. */
    private Response list(Request r, String context, List<ObjectNode> all) {
        int from = r.query("$skiptoken").isEmpty() ? 0 : skipped(r.query("$skiptoken"));
        int top = r.query("$top").isEmpty() ? PAGE : number(r.query("$top"));
        ObjectNode page = JSON.objectNode().put("@odata.context", context(context));
        if (r.query("$count").equals("true")) {
            page.put("@odata.count", all.size());
        }
        if (from + top < all.size()) {
            String token = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(("s:" + (from + top)).getBytes(StandardCharsets.UTF_8));
            String query = Arrays.stream(Optional.ofNullable(r.uri().getRawQuery())
                            .orElse("")
                            .split("&"))
                    .filter(p -> !p.isEmpty() && !p.matches("(?i)(\\$|%24)skiptoken=.*"))
                    .map(p -> p + "&")
                    .collect(Collectors.joining());
            page.put(
                    "@odata.nextLink",
                    r.uri().getScheme() + "://" + r.uri().getRawAuthority()
                            + r.uri().getRawPath() + "?" + query + "$skiptoken=" + token);
        }
        page.putArray("value");
        all.stream().skip(from).limit(top).forEach(o -> page.withArray("value").add(selected(r, o)));
        return Response.json(200, page);
    }

    private static ObjectNode selected(Request r, ObjectNode whole) {
        Set<String> wanted = Arrays.stream(r.query("$select").split(","))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        return wanted.isEmpty() ? whole : whole.deepCopy().retain(wanted);
    }

    private static String context(String what) {
        return "https://graph.microsoft.com/v1.0/$metadata#" + what;
    }

    private static int number(String text) {
        int n = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (n < 1 || n > LARGEST_PAGE) {
            throw new Refused(
                    400,
                    "Request_UnsupportedQuery",
                    "Invalid page size specified: '" + text + "'. Must be between 1 and 999 inclusive.");
        }
        return n;
    }

    private static int skipped(String token) {
        try {
            return Integer.parseInt(
                    new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).substring(2));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new Refused(400, "Directory_ExpiredPageToken", "The specified page token value has expired.");
        }
    }

    private static Refused notFound(Request r) {
        String segment = r.path()
                .replaceFirst("^/(v1\\.0|beta)/", "")
                .replaceFirst("^/", "")
                .replaceFirst("/.*", "");
        return new Refused(400, "BadRequest", "Resource not found for the segment '" + segment + "'.");
    }
}
