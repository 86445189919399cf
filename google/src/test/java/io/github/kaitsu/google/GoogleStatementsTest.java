package io.github.kaitsu.google;

import static io.github.kaitsu.google.GoogleServer.ACCOUNT;
import static io.github.kaitsu.google.GoogleServer.APP;
import static io.github.kaitsu.google.GoogleServer.FILES;
import static io.github.kaitsu.google.GoogleServer.LICENCES;
import static io.github.kaitsu.google.GoogleServer.POLICIES;
import static io.github.kaitsu.google.GoogleServer.QUARANTINE;
import static io.github.kaitsu.google.GoogleServer.TEMP;
import static io.github.kaitsu.google.GoogleServer.TOKENS;
import static io.github.kaitsu.google.GoogleServer.account;
import static io.github.kaitsu.google.GoogleServer.activity;
import static io.github.kaitsu.google.GoogleServer.error;
import static io.github.kaitsu.google.GoogleServer.files;
import static io.github.kaitsu.google.GoogleServer.granted;
import static io.github.kaitsu.google.GoogleServer.installed;
import static io.github.kaitsu.google.GoogleServer.policies;
import static io.github.kaitsu.google.GoogleServer.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.Statement;
import io.github.kaitsu.provision.ProbeResult;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What exactly is said of what was seen: one code for each kind of finding, and data. */
class GoogleStatementsTest extends GoogleLooks {
    private static final String ACCESS_OPTIONS = "workspace_marketplace.apps_access_options";
    private static final String ALLOWLIST = "workspace_marketplace.apps_allowlist";
    private static final String UNCONFIGURED = "api_controls.unconfigured_third_party_apps";
    private static final String SERVICES = "api_controls.google_services";
    private static final String AFTER_READ = "2026-11-21T00:10:00Z";

    // ---- GOOGLE-1: who it is

    @Test
    void google1_ofTheAdmin_addressCustomerAndTwoStepAreTold() throws Exception {
        google.admin();
        assertSeen("super-admin-with-two-step", look("admin", Map.of()), ADMIN, "C012");
        String without = account(true, false, false).replace("\"isEnrolledIn2Sv\":true", "\"isEnrolledIn2Sv\":false");
        google.on(ACCOUNT, without);
        assertSeen("super-admin-without-two-step", look("admin", Map.of()), ADMIN, "C012");
        google.on(ACCOUNT, without.replace("\"isEnrolledIn2Sv\":false", "\"isEnrolledIn2Sv\":null"));
        assertSeen("super-admin", look("admin", Map.of()), ADMIN, "C012");
    }

    @Test
    void google1_ofAnAccountThatIsNotEnough_theAddressIsTold() throws Exception {
        google.admin().on(ACCOUNT, account(false, true, false));
        assertSeen("delegated-admin", look("admin", Map.of()), ADMIN);
        google.on(ACCOUNT, account(false, false, false));
        assertSeen("not-super-admin", look("admin", Map.of()), ADMIN);
        assertSeen("connected-not-super-admin", look("folders", PINNED), ADMIN);
        google.on(ACCOUNT, account(true, false, true));
        assertSeen("admin-suspended", look("admin", Map.of()), ADMIN);
    }

    @Test
    void google1_ofARefusal_callStatusAndGooglesWordAreTold() throws Exception {
        String user = "GET /admin/directory/v1/users/{userKey}";
        google.admin().on(ACCOUNT, error(403, "insufficientPermissions"));
        assertSeen("scope-missing", look("admin", Map.of()), user, "insufficientPermissions");
        google.on(ACCOUNT, error(404, "notFound"));
        assertSeen("own-account-refused", look("admin", Map.of()), user, "404", "notFound");
        google.admin().on(FILES, error(403, "insufficientPermissions"));
        assertSeen("drive-scope-missing", look("admin", Map.of()), "GET /drive/v3/files", "insufficientPermissions");
        google.on(POLICIES, error(403, "insufficientPermissions"));
        assertSeen("policy-scope-missing", look("admin", Map.of()), "GET /v1/policies", "insufficientPermissions");
        google.on(GoogleServer.log("admin") + "?ADD_APPLICATION", error(403, "insufficientPermissions"));
        assertSeen(
                "log-scope-missing",
                look("admin", Map.of()),
                "GET /admin/reports/v1/activity/users/{userKey}/applications/admin",
                "insufficientPermissions");
    }

    @Test
    void google1_ofARefusalThatIsNoFinding_theCoresWordsAreUsed() throws Exception {
        google.admin().on(ACCOUNT, error(403, "accessNotConfigured"));
        assertThat(look("admin", Map.of()).seen())
                .isEqualTo(Statement.of("vendor-refused", "GET /admin/directory/v1/users/{userKey}", 403)
                        .quoting("accessNotConfigured"));
    }

    /** A customer that Google does not name is neither the right one nor another. */
    @ParameterizedTest
    @ValueSource(strings = {"admin", "marketplace", "access", "folders", "remove-app", "remove-access"})
    void google1_whenGoogleDoesNotTellTheCustomer_nothingIsKnown_andNothingFails(String name) throws Exception {
        google.admin().on(ACCOUNT, account(true, false, false).replace("\"customerId\":\"C012\",", ""));
        google.on(FILES, files("f1", TEMP, "f2", QUARANTINE)).on(TOKENS, grants("900", APP, OF_DRIVE));
        assertUnclear("customer-unknown", look(name, PINNED), ADMIN);
    }

    @Test
    void google1_whenGoogleTellsNeitherTheCustomerNorASuperAdmin_aPersonIsAsked() throws Exception {
        google.admin().on(ACCOUNT, account(false, true, false).replace("\"customerId\":\"C012\",", ""));
        assertThat(look("folders", PINNED)).isEqualTo(ProbeResult.noAccess("connected-not-super-admin", ADMIN));
    }

    @Test
    void removal_whenItIsNotKnownWhichTenantWasActivated_thatIsSaid() throws Exception {
        assertUnclear("activated-tenant-unknown", look("remove-app", Map.of()));
    }

    // ---- GOOGLE-1, GOOGLE-4: settings and editions

    @Test
    void google1_ofThePolicies_googlesWordsAreTold_eachOnce_andADashWhereNothingIsSet() throws Exception {
        google.on(POLICIES, "{}");
        assertSeen("policies-read", look("policies", Map.of()), "-", "-", "-");
        assertSeen("marketplace-open-by-default", look("marketplace-allowed", closed()));
        assertSeen("apis-open-by-default", look("apis-allowed", restricted()));
        google.on(
                POLICIES,
                policies(
                        policy("ADMIN", "orgUnits/1", 1, ACCESS_OPTIONS, "{\"accessLevel\":\"ALLOW_NONE\"}"),
                        policy("ADMIN", "orgUnits/2", 1, ACCESS_OPTIONS, "{\"accessLevel\":\"ALLOW_ALL\"}"),
                        policy("ADMIN", "orgUnits/3", 1, ACCESS_OPTIONS, "{\"accessLevel\":\"ALLOW_ALL\"}"),
                        policy(UNCONFIGURED, "{\"accessLevel\":\"BLOCK_ALL_SCOPES\"}"),
                        policy(
                                SERVICES,
                                "{\"services\":[{\"scopesGroup\":\"DRIVE_ALL\",\"isEnabled\":false},"
                                        + "{\"scopesGroup\":\"GMAIL_ALL\",\"isEnabled\":true},"
                                        + "{\"scopesGroup\":\"VAULT\",\"isEnabled\":false}]}")));
        assertSeen(
                "policies-read", look("policies", Map.of()), "ALLOW_ALL, ALLOW_NONE", "BLOCK_ALL_SCOPES", "DRIVE_ALL");
        assertSeen("marketplace-blocked", look("marketplace-allowed", closed()), "ALLOW_ALL, ALLOW_NONE");
        assertUnclear("apis-restricted", look("apis-allowed", restricted()), "BLOCK_ALL_SCOPES", "DRIVE_ALL");
    }

    @Test
    void google1_ofWhatIsAllowed_theSettingIsTold() throws Exception {
        google.on(
                POLICIES,
                policies(
                        policy(ACCESS_OPTIONS, "{\"accessLevel\":\"ALLOW_ALL\"}"),
                        policy(UNCONFIGURED, "{\"accessLevel\":\"ALLOW_ALL_SCOPES\"}")));
        assertSeen("marketplace-open", look("marketplace-allowed", closed()), "ALLOW_ALL");
        assertSeen("apis-open", look("apis-allowed", restricted()), "ALLOW_ALL_SCOPES");
        String listed = policy(ACCESS_OPTIONS, "{\"accessLevel\":\"ALLOW_LISTED_APPS\"}");
        String ours = policy(ALLOWLIST, "{\"apps\":[{\"applicationId\":\"777\",\"access\":\"ALLOWED\"}]}");
        google.on(POLICIES, policies(listed, ours));
        assertUnclear("app-perhaps-listed", look("marketplace-allowed", closed()), "ALLOW_LISTED_APPS");
        signs = signs.application("777");
        assertSeen("app-listed", look("marketplace-allowed", closed()), "ALLOW_LISTED_APPS");
        google.on(POLICIES, policies(listed));
        assertSeen("app-not-listed", look("marketplace-allowed", closed()), "ALLOW_LISTED_APPS");
    }

    @Test
    void google4_ofTheEditions_googlesNumbersAreTold_andWhetherAllWereRead() throws Exception {
        google.on(LICENCES, licences("1010020026", ""));
        assertSeen("editions-read", look("editions", PINNED), "1010020026");
        google.on(LICENCES, licences("1010020028", "p2"), licences("1010020027", "p3"));
        assertSeen("business-starter-assigned", look("editions", PINNED), "1010020027, 1010020028");
        google.on(LICENCES, "{}");
        assertSeen("no-licences", look("editions", PINNED));
        int[] page = {0};
        google.program(LICENCES, request -> GoogleServer.json(200, licences("1010020026", "p" + ++page[0])));
        ProbeResult some = look("editions", PINNED);
        assertSeen("editions-not-all-read", some, "1010020026");
        assertThat(holding(some)).as("says nothing about Business Starter").isEmpty();
    }

    // ---- GOOGLE-1: the installation

    @Test
    void google1_ofWhatTheLogShows_timeAndActorAreTold() throws Exception {
        google.admin()
                .log("admin", "ADD_APPLICATION", installed(BEFORE))
                .log("admin", "AUTHORIZE_API_CLIENT_ACCESS", granted(AFTER));
        assertSeen("app-installed", look("marketplace", PINNED), BEFORE_READ, ADMIN, AFTER_READ, ADMIN);
        google.log("admin", "ADD_APPLICATION");
        assertUnclear("installation-not-in-log", look("marketplace", PINNED), AFTER_READ, ADMIN);
        google.log("admin", "REMOVE_API_CLIENT_ACCESS", withdrawn("2026-11-21T00:20:00Z"));
        assertSeen("access-withdrawn", look("marketplace", PINNED), "2026-11-21T00:20:00Z", ADMIN);
        google.log("admin", "REMOVE_APPLICATION", removed(AFTER));
        assertSeen("app-removed", look("marketplace", PINNED), AFTER_READ, ADMIN);
        assertSeen("app-uninstalled", look("remove-app", PINNED), AFTER_READ, ADMIN);
    }

    @Test
    void google1_ofWhatTheLogDoesNotShow_theAppsOfOtherNamesAreCounted_eachOnce() throws Exception {
        google.admin();
        assertUnclear("app-not-in-log", look("marketplace", PINNED), "0");
        assertUnclear("removal-not-in-log", look("remove-app", PINNED));
        google.log(
                "admin",
                "AUTHORIZE_API_CLIENT_ACCESS",
                grantedTo(BEFORE, "1069"),
                grantedTo(AFTER, "1069"),
                grantedTo(BEFORE, "1070"));
        assertUnclear("app-not-in-log", look("marketplace", PINNED), "2");
        google.log("admin", "ADD_APPLICATION", installed(BEFORE));
        assertUnclear("access-not-in-log", look("marketplace", PINNED), BEFORE_READ, ADMIN, "2");
        google.log("admin", "REMOVE_API_CLIENT_ACCESS", withdrawn(BEFORE));
        assertUnclear("access-removed-earlier", look("marketplace", PINNED), BEFORE_READ, ADMIN, "2");
        google.log("admin", "ADD_APPLICATION").log("admin", "REMOVE_APPLICATION", removed(BEFORE));
        assertUnclear("app-removed-earlier", look("marketplace", PINNED), BEFORE_READ, ADMIN);
    }

    @Test
    void google1_ofTheAppsUse_timeAndActorAreTold_andADashWhereThereIsNone() throws Exception {
        signs = signs.client("cas@cas.iam.gserviceaccount.com");
        google.admin().log("access_evaluation", "allow_token_impersonation", use(BEFORE));
        assertSeen("app-in-use", look("marketplace", PINNED), BEFORE_READ, ADMIN);
        google.log("access_evaluation", "allow_token_impersonation", use(BEFORE).replace(ADMIN, ""));
        assertSeen("app-in-use", look("marketplace", PINNED), BEFORE_READ, "-");
    }

    // ---- GOOGLE-2, GOOGLE-3: the permission and the folders

    @Test
    void google2_ofThePermission_theAppAndOneOfTheServicesScopesAreTold() throws Exception {
        google.admin().on(TOKENS, grants("900", APP, "openid", OF_DRIVE));
        assertSeen("access-permitted", look("access", PINNED), ADMIN, APP, "900", OF_DRIVE);
        assertUnclear("access-of-unknown-scopes", gmail("access", PINNED), ADMIN, APP, "900");
        assertSeen("access-still-there", look("remove-access", PINNED), ADMIN, APP, "900");
        google.on(TOKENS, "{}");
        assertSeen("access-gone", look("remove-access", PINNED), ADMIN);
    }

    /** A list that could not be read did not show anything either. */
    @Test
    void google2_whenNothingShowsThePermission_itIsToldWhetherTheListWasRead() throws Exception {
        google.admin().on(TOKENS, "{}");
        assertUnclear("access-neither-in-log-nor-listed", look("access", PINNED), ADMIN);
        google.on(TOKENS, error(403, "insufficientPermissions"));
        assertUnclear("access-not-in-token-log", look("access", PINNED), ADMIN);
        google.log("token", "authorize", authorized(AFTER, OF_DRIVE));
        assertSeen("access-permitted-in-log", look("access", PINNED), AFTER_READ, ADMIN);
    }

    @Test
    void google2_whenThePermissionIsGone_itIsToldWhichSourceSaysSo() throws Exception {
        google.admin().on(TOKENS, "{}");
        Map<String, String> met = Map.of("tenant.GOOGLE", "C012", "google.client-id", "900");
        assertSeen("access-no-longer-listed", look("access", met), ADMIN, "900");
        google.log("token", "revoke", activity(AFTER, "-6", "revoke", "app_name", APP));
        assertSeen("access-revoked", look("access", met), AFTER_READ, ADMIN);
    }

    @Test
    void google3_ofTheFolders_idsOrNamesAreTold() throws Exception {
        google.admin().on(FILES, files("f1", TEMP, "f2", QUARANTINE));
        assertSeen("folders-found", look("folders", PINNED), "f1", "f2", ADMIN);
        assertSeen("folders-still-there", look("remove-folders", PINNED), ADMIN, TEMP + ", " + QUARANTINE);
        google.on(FILES, files("f2", QUARANTINE));
        assertSeen("folders-missing", look("folders", PINNED), ADMIN, TEMP);
        google.on(FILES, files());
        assertSeen("folders-missing", look("folders", PINNED), ADMIN, TEMP + ", " + QUARANTINE);
        assertSeen("folders-gone", look("remove-folders", PINNED), ADMIN);
        google.on(FILES, files().replace("\"incompleteSearch\":false", "\"incompleteSearch\":true"));
        assertUnclear("folders-not-found-yet", look("folders", PINNED), ADMIN, TEMP + ", " + QUARANTINE);
        assertUnclear("drive-not-all-searched", look("remove-folders", PINNED), ADMIN);
    }

    // ---- helpers

    private static void assertSeen(String code, ProbeResult look, String... arguments) {
        assertThat(look.seen()).isEqualTo(Statement.of(code, (Object[]) arguments));
    }

    private static void assertUnclear(String code, ProbeResult look, String... arguments) {
        assertThat(look).isInstanceOf(ProbeResult.Unclear.class);
        assertSeen(code, look, arguments);
    }

    private static Map<String, String> closed() {
        return Map.of("google.marketplace-policy", "CLOSED");
    }

    private static Map<String, String> restricted() {
        return Map.of("google.api-controls", "restricted");
    }

    private static String grantedTo(String time, String client) {
        return activity(time, "-2", "AUTHORIZE_API_CLIENT_ACCESS", "API_CLIENT_NAME", client);
    }

    private static String removed(String time) {
        return activity(time, "-3", "REMOVE_APPLICATION", "APPLICATION_NAME", APP);
    }

    private static String withdrawn(String time) {
        return activity(time, "-4", "REMOVE_API_CLIENT_ACCESS", "API_CLIENT_NAME", APP);
    }
}
