package io.github.kaitsu.sandbox.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.internal.Grants.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code /_api} of the SharePoint admin site: which apps have permissions, and which (M365-10). Shapes of Microsoft's "Add-in
 * management APIs", in JSON without metadata.
 *
 * <p>Wants a token for this very site, as its scopes show: Microsoft Graph's are for another audience.
 */
final class SharePointApi {
    static final String PATHS = "/_api/";
    /** What a token for the admin site is good for, read rights and all. */
    static final String SCOPE = "https://example-admin.sharepoint.com/.default";

    private static final ObjectMapper READER = new ObjectMapper();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern AUDIENCE =
            Pattern.compile("https://[a-z0-9-]+-admin\\.sharepoint\\.(?:com|us|cn)/(.+)");
    private static final List<String> ENOUGH = List.of(".default", "Sites.Read.All", "Sites.FullControl.All");
    private static final String GUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private static final Pattern IDENTIFIER =
            Pattern.compile("i:0i\\.t\\|ms\\.sp\\.ext\\|(" + GUID + ")@(" + GUID + ")");
    private static final String NO_ID = "00000000-0000-0000-0000-000000000000";
    private static final String SHAREPOINT = "00000003-0000-0ff1-ce00-000000000000";
    private static final String DOMAIN = "tmcas.trendmicro.com"; // M365-7
    private static final int MOST = 500;

    private final World world;
    private final Site site;
    private int requests;

    SharePointApi(World world, Site site) {
        this.world = world;
        this.site = site;
    }

    /** Ends a request early with one of SharePoint's errors. */
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

    Response answer(Request r) {
        String guid = world.setup().secrets().guid("sharepoint/request/" + requests++);
        return answerTo(r).with("SPRequestGuid", guid).with("request-id", guid);
    }

    private Response answerTo(Request r) {
        Optional<Token> token = token(r);
        if (token.isEmpty()) {
            return unauthorized("Invalid JWT token. Could not resolve issuer token.");
        }
        if (token.get().isOver(world.now())) {
            return unauthorized("Invalid JWT token. The token is expired.");
        }
        List<String> rights = rights(token.get());
        if (rights.isEmpty()) {
            return unauthorized("Invalid audience Uri.");
        }
        try {
            if (rights.stream().noneMatch(ENOUGH::contains)) {
                throw new Refused(
                        403,
                        "-2147024891, System.UnauthorizedAccessException",
                        "Access denied. You do not have permission to perform this action or access this resource.");
            }
            return json(200, called(r), r);
        } catch (Refused e) {
            ObjectNode body = JSON.objectNode();
            body.putObject("odata.error")
                    .put("code", e.code)
                    .putObject("message")
                    .put("lang", "en-US")
                    .put("value", e.getMessage());
            return json(e.status, body, r);
        }
    }

    private Optional<Token> token(Request r) {
        return r.header("Authorization")
                .filter(h -> h.startsWith("Bearer "))
                .map(h -> Secrets.digest(h.substring("Bearer ".length()).strip()))
                .flatMap(digest -> world.ownGrants.access(CloudService.Provider.MICROSOFT365, digest))
                .filter(t -> !world.ownGrants.isRevoked(t.grant()));
    }

    private static List<String> rights(Token token) {
        return token.grant().scopes().stream()
                .map(AUDIENCE::matcher)
                .filter(Matcher::matches)
                .map(m -> m.group(1))
                .toList();
    }

    private Response unauthorized(String why) {
        return Response.json(401, JSON.objectNode().put("error_description", why))
                .with(
                        "WWW-Authenticate",
                        "Bearer realm=\"" + tenant() + "\",client_id=\"" + SHAREPOINT
                                + "\",trusted_issuers=\"00000001-0000-0000-c000-000000000000@*\"")
                .with("x-ms-diagnostics", "3000003;reason=\"" + why + "\";category=\"invalid_client\"");
    }

    /** Whoever does not ask for JSON gets Atom, as everywhere in SharePoint's REST API. */
    private static Response json(int status, ObjectNode body, Request r) {
        String accept = r.header("Accept").orElse("").toLowerCase(Locale.ROOT);
        if (!accept.contains("application/json")) {
            return new Response(status, List.of(), "<?xml version=\"1.0\" encoding=\"utf-8\"?><d:element/>")
                    .with("Content-Type", "application/xml;charset=utf-8");
        }
        return new Response(status, List.of(), body.toString())
                .with("Content-Type", "application/json;odata=nometadata;streaming=true;charset=utf-8");
    }

    private ObjectNode called(Request r) {
        return switch (r.method() + " " + r.path()) {
            case "POST /_api/web/GetAddinPrincipalsHavingPermissionsInSites" -> principals(body(r));
            case "POST /_api/web/AddinPermissions" -> permissions(body(r));
            case "POST /_api/web/GetACSServicePrincipals" -> registrations(body(r));
            default ->
                throw new Refused(
                        404,
                        "-1, Microsoft.SharePoint.Client.ResourceNotFoundException",
                        "Cannot find resource for the request " + r.path().replaceFirst("^.*/", "") + ".");
        };
    }

    private static JsonNode body(Request r) {
        try {
            JsonNode body = READER.readTree(r.body());
            if (body != null && body.isObject()) {
                return body;
            }
        } catch (JsonProcessingException e) {
            // refused below
        }
        throw invalid("Not well formatted JSON stream.");
    }

    private static Refused invalid(String why) {
        return new Refused(400, "-1, Microsoft.SharePoint.Client.InvalidClientQueryException", why);
    }

    // ---- the three calls

    private ObjectNode principals(JsonNode body) {
        ObjectNode answer = JSON.objectNode();
        ArrayNode principals = answer.putArray("addinPrincipals");
        ArrayNode errors = answer.putArray("errorsWithServerRelativeUrl");
        for (String url : texts(body, body.has("urls") ? "urls" : "serverRelativeUrls")) {
            if (isThisSite(url)) {
                principals.addObject().setAll(principal(SHAREPOINT, "SharePoint"));
                world.trustedApps.stream()
                        .sorted()
                        .forEach(app -> principals.addObject().setAll(principal(app, Sites.APP_NAME)));
            } else {
                errors.addObject().put("errorMessage", "Cannot find the site.").put("serverRelativeUrl", url);
            }
        }
        return answer;
    }

    private ObjectNode principal(String app, String title) {
        return JSON.objectNode()
                .put("absoluteUrl", site.url("/"))
                .put("appIdentifier", identifier(app))
                .put("serverRelativeUrl", "/")
                .put("title", title);
    }

    private ObjectNode permissions(JsonNode body) {
        ObjectNode answer = JSON.objectNode();
        ArrayNode told = answer.putArray("addinPermissions");
        ArrayNode failed = answer.putArray("failedAddins");
        for (JsonNode addin : list(body, "addins")) {
            String url =
                    addin.path(addin.has("url") ? "url" : "serverRelativeUrl").asText();
            for (String identifier : texts(addin, "appIdentifiers")) {
                Matcher m = IDENTIFIER.matcher(identifier);
                String app = m.matches() && m.group(2).equalsIgnoreCase(tenant())
                        ? m.group(1).toLowerCase(Locale.ROOT)
                        : "";
                if (isThisSite(url) && (app.equals(SHAREPOINT) || world.trustedApps.contains(app))) {
                    told.add(permission(app));
                } else {
                    failed.addObject()
                            .put("appIdentifier", identifier)
                            .put("errorMessage", "The app principal was not found.")
                            .put("serverRelativeUrl", url);
                }
            }
        }
        return answer;
    }

    private ObjectNode permission(String app) {
        boolean trusted = world.trustedApps.contains(app);
        ObjectNode told = JSON.objectNode()
                .put("absoluteUrl", site.url("/"))
                .put("allowAppOnly", trusted)
                .put("appIdentifier", identifier(app))
                .put("serverRelativeUrl", "/");
        told.putArray("siteCollectionScopedPermissions");
        ArrayNode tenantWide = told.putArray("tenantScopedPermissions");
        if (trusted) {
            tenantWide
                    .addObject()
                    .put("feature", "Content")
                    .put("id", NO_ID)
                    .put("right", "Manage")
                    .put("scope", "content/tenant");
        }
        return told;
    }

    private ObjectNode registrations(JsonNode body) {
        ObjectNode answer = JSON.objectNode();
        ArrayNode value = answer.putArray("value");
        for (String id : texts(body, "appIds")) {
            if (!id.matches(GUID)) {
                throw invalid("Cannot convert a primitive value to the expected type 'Edm.Guid'.");
            }
            String app = id.toLowerCase(Locale.ROOT);
            if (world.trustedApps.contains(app)) {
                ObjectNode one = value.addObject();
                one.putArray("appDomains").add(DOMAIN);
                one.put("appId", app)
                        .put("appIdentifier", identifier(app))
                        .put("redirectUri", world.redirectOf(app))
                        .put("title", Sites.APP_NAME);
            }
        }
        return answer;
    }

    private boolean isThisSite(String url) {
        String path = url.replaceFirst("^" + Pattern.quote(site.url("")), "")
                .replaceFirst("^https://[a-z0-9-]+-admin\\.sharepoint\\.com", "");
        return path.isEmpty() || path.equals("/");
    }

    private String identifier(String app) {
        return "i:0i.t|ms.sp.ext|" + app + "@" + tenant();
    }

    private String tenant() {
        return world.setup().tenant(CloudService.Provider.MICROSOFT365);
    }

    private static List<String> texts(JsonNode owner, String name) {
        List<String> texts = new ArrayList<>();
        list(owner, name).forEach(n -> texts.add(n.asText()));
        return texts;
    }

    private static List<JsonNode> list(JsonNode owner, String name) {
        JsonNode list = owner.path(name);
        if (!list.isArray()) {
            throw invalid("The parameter " + name + " does not exist in method.");
        }
        if (list.size() > MOST) {
            throw invalid("The size of " + name + " exceeds the limit.");
        }
        List<JsonNode> all = new ArrayList<>();
        list.forEach(all::add);
        return all;
    }
}
