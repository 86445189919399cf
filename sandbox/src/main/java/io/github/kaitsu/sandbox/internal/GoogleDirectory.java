package io.github.kaitsu.sandbox.internal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The users of the sandbox's Google Workspace, what the administrator has permitted, and the licences. */
final class GoogleDirectory {
    /** Not the real ones: Trend Micro publishes neither. */
    static final String APP_ID = "900000000007";

    static final String CLIENT_ID = "900000000007-sandbox.apps.googleusercontent.com";
    static final String SERVICE_ACCOUNT = "sandbox-cas@sandbox-cas.iam.gserviceaccount.com";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    static final String SCOPES = "https://www.googleapis.com/auth/";

    private final World world;

    GoogleDirectory(World world) {
        this.world = world;
    }

    String customer() {
        return world.setup().tenant(CloudService.Provider.GOOGLE);
    }

    String administrator() {
        return world.setup().administrator();
    }

    String id(String email) {
        return world.setup().secrets().number("google/user/" + email);
    }

    boolean isSuperAdmin() {
        return world.scenario().kind() != Scenario.Kind.DELEGATED_ADMIN;
    }

    /** Whoever consented. */
    ObjectNode userInfo(Grants.Account account) {
        return JSON.objectNode()
                .put("sub", id(account.login()))
                .put("hd", account.login().substring(account.login().indexOf('@') + 1));
    }

    /** By id or by address; another company's administrator sees himself alone. */
    ObjectNode user(String key, Grants.Account reader) {
        if (!reader.tenant().equals(customer()) && (key.equals(reader.login()) || key.equals(id(reader.login())))) {
            return user(0).put("id", id(reader.login()))
                    .put("primaryEmail", reader.login())
                    .put("customerId", reader.tenant());
        }
        if (key.equals(administrator()) || key.equals(id(administrator()))) {
            return user(0);
        }
        for (int i = 1; i < Math.min(world.setup().users(), 1_000); i++) { // nobody asks for others in earnest
            if (key.equals(address(i)) || key.equals(id(address(i)))) {
                return user(i);
            }
        }
        throw GoogleRefusal.older(404, "notFound", "Resource Not Found: userKey");
    }

    /** The first is the administrator whose consent the tokens carry. */
    ObjectNode user(int index) {
        boolean admin = index == 0;
        String email = admin ? administrator() : address(index);
        ObjectNode user = JSON.objectNode()
                .put("kind", "admin#directory#user")
                .put("id", id(email))
                .put("etag", "\"" + world.setup().secrets().hex("google/etag/" + email, 20) + "\"")
                .put("primaryEmail", email)
                .put("isAdmin", admin && isSuperAdmin())
                .put("isDelegatedAdmin", admin && !isSuperAdmin())
                .put(
                        "creationTime",
                        world.setup().start().minus(Duration.ofDays(700)).toString())
                .put("agreedToTerms", true)
                .put("suspended", admin && world.scenario().kind() == Scenario.Kind.SUSPENDED_ADMIN)
                .put("archived", false)
                .put("customerId", customer())
                .put("orgUnitPath", "/")
                .put("isMailboxSetup", true)
                .put("isEnrolledIn2Sv", admin)
                .put("isEnforcedIn2Sv", admin);
        user.putObject("name")
                .put("givenName", admin ? "管理" : "利用")
                .put("familyName", admin ? "者" : "者 " + index)
                .put("fullName", admin ? "管理者" : "利用者 " + index);
        return user;
    }

    private static String address(int index) {
        return "user" + index + "@example.co.jp";
    }

    /** Beside the app's connection always somebody else's, whose name holds ours. */
    ObjectNode tokens(String key) {
        ObjectNode out =
                JSON.objectNode().put("kind", "admin#directory#tokenList").put("etag", "\"tokens\"");
        boolean admin = key.equals(administrator()) || key.equals(id(administrator()));
        if (admin) {
            out.withArray("items")
                    .add(token(
                            "800000000001-other.apps.googleusercontent.com",
                            "Trend Micro Cloud App Security Backup",
                            "userinfo.email"));
            if (isPermitted()) {
                out.withArray("items").add(token(CLIENT_ID, Sites.APP_NAME, scopes()));
            }
        }
        return out;
    }

    boolean isPermitted() {
        return world.left(Leftover.ACCESS, CloudService.GMAIL)
                || world.left(Leftover.ACCESS, CloudService.GOOGLE_DRIVE);
    }

    /** Each service's consent brings its own. */
    private String[] scopes() {
        List<String> scopes = new ArrayList<>(List.of("userinfo.email", "admin.directory.user.readonly"));
        for (CloudService service : List.of(CloudService.GMAIL, CloudService.GOOGLE_DRIVE)) {
            if (world.left(Leftover.ACCESS, service)) {
                scopes.add(scope(service));
            }
        }
        return scopes.toArray(String[]::new);
    }

    /** What a service's consent asks for, without what all scopes begin with. */
    static String scope(CloudService service) {
        return service == CloudService.GMAIL ? "gmail.modify" : "drive";
    }

    private ObjectNode token(String client, String name, String... scopes) {
        ObjectNode token = JSON.objectNode()
                .put("kind", "admin#directory#token")
                .put("etag", "\"" + client + "\"")
                .put("clientId", client)
                .put("userKey", id(administrator()))
                .put("displayText", name)
                .put("anonymous", false)
                .put("nativeApp", false);
        List.of(scopes).forEach(s -> token.withArray("scopes").add(SCOPES + s));
        return token;
    }

    /** Everybody on Business Standard. */
    ObjectNode licence(int index) {
        String email = index == 0 ? administrator() : address(index);
        return JSON.objectNode()
                .put("kind", "licensing#licenseAssignment")
                .put("etags", "\"" + index + "\"")
                .put(
                        "selfLink",
                        "https://licensing.googleapis.com/apps/licensing/v1/product/Google-Apps/sku/1010020028/user/"
                                + email)
                .put("userId", email)
                .put("productId", "Google-Apps")
                .put("productName", "Google Workspace")
                .put("skuId", "1010020028")
                .put("skuName", "Google Workspace Business Standard");
    }
}
