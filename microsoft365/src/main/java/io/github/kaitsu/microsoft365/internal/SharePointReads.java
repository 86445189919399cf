package io.github.kaitsu.microsoft365.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.vendor.LookNotes;
import io.github.kaitsu.vendor.VendorAccess;
import io.github.kaitsu.vendor.VendorCallException;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Kaitsu reads at a tenant's SharePoint admin site instead of looking at its pages (M365-10): Microsoft's "Add-in management
 * APIs". They are POST, and change nothing. Microsoft asks for an app-only token with {@code Sites.Read.All}, bought with a
 * certificate.
 *
 * <p>Thread-safe; for one look. Every method throws {@link VendorCallException}; an answer that tells less than was asked is one,
 * too, so that nothing is taken for absent that was only not told.
 */
public final class SharePointReads implements LookNotes.Taker {
    public static final String PRINCIPALS = "/_api/web/GetAddinPrincipalsHavingPermissionsInSites";
    public static final String PERMISSIONS = "/_api/web/AddinPermissions";
    public static final String REGISTRATIONS = "/_api/web/GetACSServicePrincipals";

    private static final String GUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final Pattern IDENTIFIER =
            Pattern.compile("i:0i\\.t\\|ms\\.sp\\.ext\\|(" + GUID + ")@(" + GUID + ")", Pattern.CASE_INSENSITIVE);

    private static final String POST = "POST ";
    private static final int MOST_PER_CALL = 500;
    private static final int LONGEST_TEXT = 200;

    private final String site;
    private final LookNotes notes;
    private final SharePointCalls calls;

    /** Through an access whose base is the admin site. */
    public SharePointReads(VendorAccess access, VendorHttp http) {
        this.site = access.base();
        this.notes = access.notes();
        this.calls = new SharePointCalls(access, http);
    }

    @Override
    public LookNotes notes() {
        return notes;
    }

    /** The admin site's address. */
    public String site() {
        return site;
    }

    /** An app that has been granted something; ids in lower case. */
    public record Principal(String appId, String tenant, String title) {
        /** The name by which SharePoint knows the app. */
        public String identifier() {
            return "i:0i.t|ms.sp.ext|" + appId + "@" + tenant;
        }
    }

    /** The apps with a permission at the admin site or over the whole tenant; SharePoint itself stands among them. */
    public List<Principal> principals() throws InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("urls").add(site + "/");
        JsonNode answer = calls.post(PRINCIPALS, body);
        if (!list(PRINCIPALS, answer, "errorsWithServerRelativeUrl", false).isEmpty()) {
            throw untold(PRINCIPALS, "site_not_read");
        }
        return notes
                .read(POST + PRINCIPALS, list(PRINCIPALS, answer, "addinPrincipals", true), SharePointReads::principal)
                .stream()
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    /** None for what is no app; nothing if that is not told. */
    private static Optional<List<Principal>> principal(JsonNode one) {
        Matcher m = IDENTIFIER.matcher(one.path("appIdentifier").asText());
        if (m.matches()) {
            return Optional.of(List.of(new Principal(lower(m.group(1)), lower(m.group(2)), text(one, "title"))));
        }
        return Optional.of(List.<Principal>of())
                .filter(none -> !one.path("appIdentifier").asText().isEmpty());
    }

    /**
     * What an app may do in the whole tenant.
     *
     * @param appOnly whether without a signed-in user
     * @param tenantWide empty if it was granted less than that
     */
    public record AppPermission(boolean appOnly, List<Permission> tenantWide) {
        public AppPermission {
            tenantWide = List.copyOf(tenantWide);
        }
    }

    /** As SharePoint tells it: {@code Content}, {@code content/tenant}, {@code Manage}. */
    public record Permission(String feature, String scope, String right) {}

    /** What the apps were granted, by identifier; an app that SharePoint has nothing to tell about is missing. */
    public Map<String, AppPermission> permissions(List<Principal> principals) throws InterruptedException {
        Map<String, AppPermission> permissions = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int from = 0; from < principals.size(); from += MOST_PER_CALL) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ObjectNode addin = body.putArray("addins").addObject().put("url", site + "/");
            principals.subList(from, Math.min(principals.size(), from + MOST_PER_CALL)).stream()
                    .map(Principal::identifier)
                    .forEach(addin.putArray("appIdentifiers")::add);
            JsonNode all = list(PERMISSIONS, calls.post(PERMISSIONS, body), "addinPermissions", true);
            int before = notes.missed();
            notes.read(POST + PERMISSIONS, all, this::permission).forEach(permissions::putAll);
            if (notes.missed() > before && permissions.size() < principals.size()) {
                throw untold(PERMISSIONS, VendorCallException.MALFORMED); // what was asked for may be among the rest
            }
        }
        return permissions;
    }

    private Optional<Map<String, AppPermission>> permission(JsonNode one) {
        if (!one.path("appIdentifier").isTextual()
                || !one.path("allowAppOnly").isBoolean()
                || !one.has("tenantScopedPermissions")) {
            return Optional.empty();
        }
        List<Permission> tenantWide = notes.read(
                POST + PERMISSIONS,
                list(PERMISSIONS, one, "tenantScopedPermissions", false),
                p -> Optional.of(new Permission(text(p, "feature"), text(p, "scope"), text(p, "right")))
                        .filter(told ->
                                !told.feature().isEmpty() && !told.right().isEmpty()));
        return Optional.of(Map.of(
                one.path("appIdentifier").asText(),
                new AppPermission(one.path("allowAppOnly").asBoolean(), tenantWide)));
    }

    /** What AppInv.aspx was told about an app besides its permission; empty texts where SharePoint tells nothing. */
    public record Registration(String title, List<String> domains, String redirect) {
        public Registration {
            domains = List.copyOf(domains);
        }
    }

    /** Empty if SharePoint keeps none of this app. */
    public Optional<Registration> registration(String appId) throws InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("appIds").add(appId);
        JsonNode all = list(REGISTRATIONS, calls.post(REGISTRATIONS, body), "value", true);
        return notes
                .read(
                        POST + REGISTRATIONS,
                        all,
                        one -> Optional.of(one).filter(r -> r.path("appId").isTextual()))
                .stream()
                .filter(one -> one.path("appId").asText().equalsIgnoreCase(appId))
                .map(one -> new Registration(
                        text(one, "title"),
                        notes.read(
                                POST + REGISTRATIONS,
                                list(REGISTRATIONS, one, "appDomains", false),
                                domain -> Optional.of(domain.asText()).filter(text -> domain.isTextual())),
                        text(one, "redirectUri")))
                .findFirst();
    }

    private static JsonNode list(String path, JsonNode owner, String name, boolean required) {
        JsonNode list = owner.path(name);
        if (list.isArray()) {
            return list;
        }
        if (!required && (list.isMissingNode() || list.isNull())) {
            return JsonNodeFactory.instance.arrayNode();
        }
        throw untold(path, VendorCallException.MALFORMED);
    }

    static VendorCallException untold(String path, String code) {
        return VendorCallException.of("POST " + path, HttpURLConnection.HTTP_OK)
                .code(code)
                .build();
    }

    /** Somebody else's text: short and printable. */
    private static String text(JsonNode owner, String name) {
        String text = owner.path(name).asText("").replaceAll("\\p{C}", "?");
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }

    private static String lower(String guid) {
        return guid.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "SharePointReads[" + site + "]";
    }
}
