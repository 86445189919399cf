package io.github.kaitsu.google;

import static io.github.kaitsu.CloudService.GMAIL;
import static io.github.kaitsu.google.GoogleServer.ACCOUNT;
import static io.github.kaitsu.google.GoogleServer.APP;
import static io.github.kaitsu.google.GoogleServer.FILES;
import static io.github.kaitsu.google.GoogleServer.LICENCES;
import static io.github.kaitsu.google.GoogleServer.ME;
import static io.github.kaitsu.google.GoogleServer.NOW;
import static io.github.kaitsu.google.GoogleServer.POLICIES;
import static io.github.kaitsu.google.GoogleServer.QUARANTINE;
import static io.github.kaitsu.google.GoogleServer.TEMP;
import static io.github.kaitsu.google.GoogleServer.TOKENS;
import static io.github.kaitsu.google.GoogleServer.USERS;
import static io.github.kaitsu.google.GoogleServer.account;
import static io.github.kaitsu.google.GoogleServer.activity;
import static io.github.kaitsu.google.GoogleServer.error;
import static io.github.kaitsu.google.GoogleServer.files;
import static io.github.kaitsu.google.GoogleServer.granted;
import static io.github.kaitsu.google.GoogleServer.installed;
import static io.github.kaitsu.google.GoogleServer.json;
import static io.github.kaitsu.google.GoogleServer.newError;
import static io.github.kaitsu.google.GoogleServer.policies;
import static io.github.kaitsu.google.GoogleServer.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.Edition;
import io.github.kaitsu.Phase;
import io.github.kaitsu.contract.Steps;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.provision.ProbeResult;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each look, by the rule it serves. */
class GoogleLooksTest extends GoogleLooks {
    // ---- GOOGLE-1: who it is

    @Test
    void google1_whenItIsASuperAdmin_theLookHolds_pinsTheTenant_andTellsAboutTwoStep() throws Exception {
        google.admin();
        assertThat(look("admin", Map.of()))
                .isEqualTo(ProbeResult.holds("super-admin-with-two-step", "admin@example.com", "C012")
                        .with(Map.of(
                                "tenant.GOOGLE", "C012",
                                "google.admin-email", "admin@example.com",
                                "google.two-step", "yes")));
        assertThat(google.lines())
                .startsWith(
                        ME,
                        ACCOUNT + "?fields=id,primaryEmail,customerId,isAdmin,isDelegatedAdmin,suspended,archived,"
                                + "isEnrolledIn2Sv");
    }

    @Test
    void google1_whenAScopeIsMissingThatALaterLookNeeds_thePreflightSaysWhich_inEitherStyle() throws Exception {
        String log = GoogleServer.log("admin") + "?ADD_APPLICATION";
        google.admin().on(log, error(403, "insufficientPermissions"));
        assertFails("log-scope-missing", look("admin", Map.of()));
        google.on(log, "{}").on(POLICIES, newError(403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT"));
        assertFails("policy-scope-missing", look("admin", Map.of()));
        google.on(POLICIES, "{}").on(FILES, error(403, "insufficientPermissions"));
        assertFails("drive-scope-missing", look("admin", Map.of()));
        assertThat(gmail("admin", Map.of())).as("Gmail needs no Drive").isInstanceOf(ProbeResult.Holds.class);
    }

    @Test
    void google1_whenAScopeThatAlsoWritesIsMissing_orAnApiIsTroubled_theAdminHoldsAllTheSame() throws Exception {
        google.admin()
                .on(TOKENS, error(403, "insufficientPermissions"))
                .on(LICENCES, error(403, "insufficientPermissions"))
                .on(GoogleServer.log("admin") + "?ADD_APPLICATION", json(503, ""))
                .on(POLICIES, newError(403, "SERVICE_DISABLED"))
                .on(FILES, error(403, "accessNotConfigured"));
        assertThat(look("admin", Map.of())).isInstanceOf(ProbeResult.Holds.class);
    }

    @Test
    void google1_whenTheAdminHasAPartOfTheRights_theLookFails() throws Exception {
        google.admin().on(ACCOUNT, account(false, true, false));
        assertFails("delegated-admin", look("admin", Map.of()));
        google.on(ACCOUNT, account(false, false, false));
        assertFails("not-super-admin", look("admin", Map.of()));
    }

    @Test
    void google1_whenTheAdminIsSuspendedOrArchived_theLookFails() throws Exception {
        google.admin().on(ACCOUNT, account(true, false, true));
        assertFails("admin-suspended", look("admin", Map.of()));
        google.on(ACCOUNT, account(true, false, false).replace("\"archived\":false", "\"archived\":true"));
        assertFails("admin-suspended", look("admin", Map.of()));
    }

    @Test
    void google1_whenTheAccountMayNotEvenReadItself_itIsNoSuperAdmin() throws Exception {
        google.admin().on(ACCOUNT, error(403, "forbidden"));
        assertFails("own-account-refused", look("admin", Map.of()));
        google.on(ACCOUNT, error(404, "notFound"));
        assertFails("own-account-refused", look("admin", Map.of()));
    }

    @Test
    void google1_whenTheScopeIsMissing_thePreflightFailsAndSaysSo_inEitherStyle() throws Exception {
        google.admin().on(ACCOUNT, error(403, "insufficientPermissions"));
        assertFails("scope-missing", look("admin", Map.of()));
        google.on(ACCOUNT, newError(403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT"));
        assertFails("scope-missing", look("admin", Map.of()));
    }

    @Test
    void google1_whenTheApiIsNotSwitchedOn_thereIsNoAccess_andAPersonIsAsked() throws Exception {
        google.admin().on(ACCOUNT, error(403, "accessNotConfigured"));
        assertThat(look("admin", Map.of())).isInstanceOf(ProbeResult.NoAccess.class);
        assertThat(step("admin", Map.of()).check().question()).isPresent();
    }

    @Test
    void google1_withoutAConnection_thereIsNoAccess() throws Exception {
        Connections<GoogleConnection> none = Connections.none();
        ActivationStep admin = Steps.step(
                GmailProvisioner.create(none).steps(Given.context(Edition.CONSOLE_2024_04, GMAIL)), "gmail.admin");
        assertThat(admin.check().probe().orElseThrow().look(context(Map.of())))
                .isEqualTo(ProbeResult.noAccess("not-connected", "Google"));
    }

    @Test
    void common11_whenUsersAreCounted_theFactIsKept() throws Exception {
        google.on(
                USERS,
                "{\"users\":[{\"id\":\"1\"},{\"id\":\"2\"}],\"nextPageToken\":\"p2\"}",
                "{\"nextPageToken\":\"p3\"}",
                "{\"users\":[{\"id\":\"3\"}]}");
        assertThat(look("users", Map.of()))
                .isEqualTo(ProbeResult.holds("users-counted", 3).with(Map.of("users.GOOGLE", "3")));
        assertThat(google.lines())
                .containsExactly(
                        USERS + "?customer=my_customer&fields=nextPageToken,users(id)&maxResults=500",
                        USERS + "?customer=my_customer&fields=nextPageToken,users(id)&maxResults=500&pageToken=p2",
                        USERS + "?customer=my_customer&fields=nextPageToken,users(id)&maxResults=500&pageToken=p3");
    }

    // ---- GOOGLE-1: what the policies say

    @Test
    void google1_whenNoPolicyIsSet_googlesDefaultAllowsTheApp() throws Exception {
        google.on(POLICIES, "{}");
        assertThat(look("policies", Map.of()))
                .isInstanceOfSatisfying(
                        ProbeResult.Holds.class,
                        h -> assertThat(h.facts())
                                .containsEntry("google.marketplace-policy", "OPEN")
                                .containsEntry("google.api-controls", "open"));
        assertThat(google.lines())
                .containsExactly(
                        POLICIES + "?filter=customer == \"customers/my_customer\" && setting.type.matches("
                                + "'^settings/workspace_marketplace\\..*$')&pageSize=100",
                        POLICIES + "?filter=customer == \"customers/my_customer\" && setting.type.matches("
                                + "'^settings/api_controls\\..*$')&pageSize=100");
    }

    @ParameterizedTest
    @ValueSource(strings = {"accessLevel", "access_level"})
    void google1_whenTheMarketplaceIsClosed_itIsAnActionBeforeTheLink_notAFailureAfterIt(String key) throws Exception {
        google.on(
                POLICIES,
                policies(policy("workspace_marketplace.apps_access_options", "{\"" + key + "\":\"ALLOW_NONE\"}")));
        Map<String, String> facts = holding(look("policies", Map.of()));
        assertThat(facts).containsEntry("google.marketplace-policy", "CLOSED");
        ActivationStep allow = step("marketplace-allowed", facts);
        assertThat(allow.phase()).isEqualTo(Phase.PREFLIGHT);
        assertThat(allow.required()).isTrue();
        assertThat(allow.action()).isPresent();
        assertFails("marketplace-blocked", look("marketplace-allowed", facts));
        google.on(POLICIES, "{}");
        assertThat(look("marketplace-allowed", facts)).isInstanceOf(ProbeResult.Holds.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"applicationId", "application_id"})
    void google1_whenOnlyListedAppsAreAllowed_theAppMustBeListed(String key) throws Exception {
        signs = signs.application("777");
        String listed = policy("workspace_marketplace.apps_access_options", "{\"accessLevel\":\"ALLOW_LISTED_APPS\"}");
        google.on(
                POLICIES,
                policies(
                        listed,
                        policy(
                                "workspace_marketplace.apps_allowlist",
                                "{\"apps\":[{\"" + key + "\":\"777\",\"access\":\"ALLOWED\"}]}")));
        assertThat(holding(look("policies", Map.of()))).containsEntry("google.marketplace-policy", "LISTED");
        google.on(
                POLICIES,
                policies(
                        listed,
                        policy(
                                "workspace_marketplace.apps_allowlist",
                                "{\"apps\":[{\"" + key + "\":\"777\",\"access\":\"BLOCKED\"}]}")));
        assertFails("app-not-listed", look("marketplace-allowed", Map.of("google.marketplace-policy", "NOT_LISTED")));
        google.on(POLICIES, policies(listed));
        assertFails("app-not-listed", look("marketplace-allowed", Map.of("google.marketplace-policy", "NOT_LISTED")));
    }

    @Test
    void google1_whenTheAppsNumberIsNotKnown_theListSaysNothing_andThePersonAttests() throws Exception {
        google.on(
                POLICIES,
                policies(
                        policy("workspace_marketplace.apps_access_options", "{\"accessLevel\":\"ALLOW_LISTED_APPS\"}"),
                        policy(
                                "workspace_marketplace.apps_allowlist",
                                "{\"apps\":[{\"applicationId\":\"5\",\"access\":\"ALLOWED\"}]}")));
        Map<String, String> facts = holding(look("policies", Map.of()));
        assertThat(facts).containsEntry("google.marketplace-policy", "UNKNOWN_LISTED");
        assertThat(look("marketplace-allowed", facts)).isInstanceOf(ProbeResult.Unclear.class);
    }

    @Test
    void google1_ofSeveralPolicies_theStrongestForEachUnitCounts_andOfUnitsTheStrictest() throws Exception {
        String type = "workspace_marketplace.apps_access_options";
        google.on(
                POLICIES,
                policies(
                        policy("ADMIN", "orgUnits/1", 2, type, "{\"accessLevel\":\"ALLOW_ALL\"}"),
                        policy("ADMIN", "orgUnits/1", 1, type, "{\"accessLevel\":\"ALLOW_NONE\"}"),
                        policy("SYSTEM", "orgUnits/1", 9, type, "{\"accessLevel\":\"ALLOW_NONE\"}")));
        assertThat(holding(look("policies", Map.of()))).containsEntry("google.marketplace-policy", "OPEN");
        google.on(
                POLICIES,
                policies(
                        policy("ADMIN", "orgUnits/1", 2, type, "{\"accessLevel\":\"ALLOW_ALL\"}"),
                        policy("ADMIN", "orgUnits/2", 1, type, "{\"accessLevel\":\"ALLOW_NONE\"}")));
        assertThat(holding(look("policies", Map.of()))).containsEntry("google.marketplace-policy", "CLOSED");
    }

    @Test
    void google1_whenApiControlsRestrictTheApp_thePersonTrustsIt_sinceNoApiTellsWhichAppsAre() throws Exception {
        google.on(
                POLICIES,
                policies(policy(
                        "api_controls.unconfigured_third_party_apps", "{\"accessLevel\":\"BLOCK_ALL_SCOPES\"}")));
        Map<String, String> facts = holding(look("policies", Map.of()));
        assertThat(facts).containsEntry("google.api-controls", "restricted");
        assertThat(look("apis-allowed", facts)).isInstanceOf(ProbeResult.Unclear.class);
        google.on(
                POLICIES,
                policies(policy(
                        "api_controls.google_services",
                        "{\"services\":[{\"scopesGroup\":\"DRIVE_ALL\",\"isEnabled\":false}]}")));
        assertThat(holding(look("policies", Map.of()))).containsEntry("google.api-controls", "restricted");
        google.on(
                POLICIES,
                policies(policy(
                        "api_controls.google_services",
                        "{\"services\":[{\"scopesGroup\":\"VAULT\",\"isEnabled\":false}]}")));
        assertThat(holding(look("policies", Map.of()))).containsEntry("google.api-controls", "open");
    }

    // ---- GOOGLE-1: the installation

    @Test
    void google1_whenTheAppIsInstalledWithItsDataAccess_theLookHolds() throws Exception {
        google.admin()
                .log("admin", "ADD_APPLICATION", installed(BEFORE))
                .log("admin", "AUTHORIZE_API_CLIENT_ACCESS", granted(BEFORE));
        assertThat(look("marketplace", PINNED))
                .isEqualTo(ProbeResult.holds("app-installed", BEFORE_READ, ADMIN, BEFORE_READ, ADMIN)
                        .with(Map.of("tenant.GOOGLE", "C012", "google.app-id", "777")));
    }

    @Test
    void google1_whenItIsInstalledWithoutDataAccess_thatIsNotEnough() throws Exception {
        google.admin().log("admin", "ADD_APPLICATION", installed(BEFORE));
        assertThat(look("marketplace", PINNED))
                .isEqualTo(ProbeResult.unclear("access-not-in-log", BEFORE_READ, ADMIN, 0));
        assertThat(step("marketplace", PINNED).check().question()).isPresent();
    }

    @Test
    void google1_whenTheLogShowsNothing_thatIsNoEvidence_neverAFailure() throws Exception {
        google.admin();
        assertThat(look("marketplace", PINNED)).isInstanceOf(ProbeResult.Unclear.class);
        assertThat(step("marketplace", PINNED).patience().total()).isPositive();
    }

    @Test
    void google1_whenTheAppWasRemovedInThisRun_theLookFails() throws Exception {
        google.admin()
                .log("admin", "ADD_APPLICATION", installed(BEFORE))
                .log("admin", "AUTHORIZE_API_CLIENT_ACCESS", granted(BEFORE))
                .log(
                        "admin",
                        "REMOVE_APPLICATION",
                        activity(AFTER, "-3", "REMOVE_APPLICATION", "APPLICATION_NAME", APP));
        assertFails("app-removed", look("marketplace", PINNED));
        google.log("admin", "REMOVE_APPLICATION").log(
                "admin",
                "REMOVE_API_CLIENT_ACCESS",
                activity(AFTER, "-4", "REMOVE_API_CLIENT_ACCESS", "API_CLIENT_NAME", APP));
        assertFails("access-withdrawn", look("marketplace", PINNED));
    }

    @Test
    void google1_whenTheAppWasRemovedLongBefore_thatIsAReasonToInstallIt_notToFail() throws Exception {
        google.admin()
                .log("admin", "ADD_APPLICATION", installed("2026-07-01T00:00:00Z"))
                .log(
                        "admin",
                        "REMOVE_APPLICATION",
                        activity(BEFORE, "-3", "REMOVE_APPLICATION", "APPLICATION_NAME", APP));
        assertThat(look("marketplace", PINNED))
                .isEqualTo(ProbeResult.unclear("app-removed-earlier", BEFORE_READ, ADMIN));
        google.log("admin", "ADD_APPLICATION", installed(AFTER)).log(
                "admin", "AUTHORIZE_API_CLIENT_ACCESS", granted(AFTER));
        assertThat(look("marketplace", PINNED)).isInstanceOf(ProbeResult.Holds.class);
    }

    @Test
    void google1_anotherAppWhoseNameHoldsOurs_isAnotherApp() throws Exception {
        google.admin()
                .log(
                        "admin",
                        "ADD_APPLICATION",
                        activity(BEFORE, "-1", "ADD_APPLICATION", "APPLICATION_NAME", APP + " Backup"))
                .log(
                        "admin",
                        "AUTHORIZE_API_CLIENT_ACCESS",
                        activity(BEFORE, "-2", "AUTHORIZE_API_CLIENT_ACCESS", "API_CLIENT_NAME", "1069"));
        assertThat(look("marketplace", PINNED)).isEqualTo(ProbeResult.unclear("app-not-in-log", 1));
    }

    @Test
    void google1_whenTheLogNamesTheClientByItsNumber_whatIsConfiguredTellsWhoseItIs() throws Exception {
        signs = signs.client("1069");
        google.admin()
                .log("admin", "ADD_APPLICATION", installed(BEFORE))
                .log(
                        "admin",
                        "AUTHORIZE_API_CLIENT_ACCESS",
                        activity(BEFORE, "-2", "AUTHORIZE_API_CLIENT_ACCESS", "API_CLIENT_NAME", "1069"));
        assertThat(look("marketplace", PINNED)).isInstanceOf(ProbeResult.Holds.class);
    }

    @Test
    void google1_whenTheLogNamesTheClientByItsNumber_theAdminsListTellsWhoseItIs() throws Exception {
        google.admin()
                .log("admin", "ADD_APPLICATION", installed(BEFORE))
                .log(
                        "admin",
                        "AUTHORIZE_API_CLIENT_ACCESS",
                        activity(BEFORE, "-2", "AUTHORIZE_API_CLIENT_ACCESS", "API_CLIENT_NAME", "1069"))
                .on(TOKENS, grants("1070", APP));
        assertThat(look("marketplace", PINNED)).isInstanceOf(ProbeResult.Unclear.class);
        google.on(TOKENS, grants("1069", APP + " Backup"));
        assertThat(look("marketplace", PINNED)).isInstanceOf(ProbeResult.Unclear.class);
        google.on(TOKENS, error(403, "insufficientPermissions"));
        assertThat(look("marketplace", PINNED)).isInstanceOf(ProbeResult.Unclear.class);
        for (String same : List.of("1069", "1069.apps.googleusercontent.com")) {
            google.on(TOKENS, grants(same, APP));
            assertThat(look("marketplace", PINNED)).as(same).isInstanceOf(ProbeResult.Holds.class);
        }
        google.on(TOKENS, "{}");
        assertThat(look("marketplace", Map.of("tenant.GOOGLE", "C012", "google.client-id", "1069")))
                .as("met by an earlier look")
                .isInstanceOf(ProbeResult.Holds.class);
    }

    @Test
    void google1_whenTheAppWasRemovedEarlier_yesterdaysUseProvesNothing() throws Exception {
        signs = signs.client("cas@cas.iam.gserviceaccount.com");
        google.admin()
                .log(
                        "admin",
                        "REMOVE_APPLICATION",
                        activity(BEFORE, "-3", "REMOVE_APPLICATION", "APPLICATION_NAME", APP))
                .log("access_evaluation", "allow_token_impersonation", use("2026-11-20T22:00:00.000Z"));
        assertThat(look("marketplace", PINNED)).isInstanceOf(ProbeResult.Unclear.class);
        google.log("admin", "REMOVE_APPLICATION").log(
                "admin",
                "REMOVE_API_CLIENT_ACCESS",
                activity(BEFORE, "-4", "REMOVE_API_CLIENT_ACCESS", "API_CLIENT_NAME", APP));
        assertThat(look("marketplace", PINNED)).isInstanceOf(ProbeResult.Unclear.class);
        google.log("admin", "REMOVE_API_CLIENT_ACCESS");
        assertThat(look("marketplace", PINNED)).isInstanceOf(ProbeResult.Holds.class);
    }

    @Test
    void google1_whenTheAdminLogHasEnded_theAppsUseProvesTheInstallation() throws Exception {
        signs = signs.client("cas@cas.iam.gserviceaccount.com");
        String use = use(BEFORE);
        google.admin().log("access_evaluation", "allow_token_impersonation", use);
        assertThat(look("marketplace", PINNED)).isInstanceOf(ProbeResult.Holds.class);
        google.log(
                "access_evaluation",
                "allow_token_impersonation",
                use.replace("GOOGLE_WORKSPACE_MARKETPLACE", "APP_ACCESS_CONTROL"));
        assertThat(look("marketplace", PINNED)).isInstanceOf(ProbeResult.Unclear.class);
        google.on(GoogleServer.log("access_evaluation") + "?allow_token_impersonation", error(403, "forbidden"));
        assertThat(look("marketplace", PINNED))
                .as("not every edition has that log")
                .isInstanceOf(ProbeResult.Unclear.class);
    }

    /** "Not authorized to read activity records": a fresh token meets it too, and an optional log is no reason to give up. */
    @Test
    void google1_whenALogAnswers401ToAFreshToken_itIsALackOfRights_andNoLostGrant() throws Exception {
        google.admin()
                .on(GoogleServer.log("access_evaluation") + "?allow_token_impersonation", error(401, "authError"));
        assertThat(look("marketplace", PINNED)).isInstanceOf(ProbeResult.Unclear.class);
        google.on(GoogleServer.log("admin") + "?ADD_APPLICATION", error(401, "authError"));
        assertThat(look("marketplace", PINNED)).isInstanceOf(ProbeResult.NoAccess.class);
    }

    // ---- GOOGLE-2, GOOGLE-3: the permission

    @Test
    void google2_whenTheAdminsListShowsTheApp_theLookHoldsAndRemembersTheClient() throws Exception {
        google.admin().on(TOKENS, grants("900.apps.googleusercontent.com", APP, OF_DRIVE));
        assertThat(look("access", PINNED))
                .isInstanceOfSatisfying(
                        ProbeResult.Holds.class,
                        h -> assertThat(h.facts()).containsEntry("google.client-id", "900.apps.googleusercontent.com"));
        assertThat(google.lines()).contains(TOKENS + "?fields=items(clientId,displayText,scopes)");
    }

    @Test
    void google2_whenTheListMayNotBeRead_theTokenLogTells() throws Exception {
        google.admin()
                .on(TOKENS, error(403, "insufficientPermissions"))
                .log("token", "authorize", authorized(AFTER, MAIL, OF_DRIVE));
        assertThat(look("access", PINNED)).isInstanceOf(ProbeResult.Holds.class);
        assertThat(gmail("access", PINNED)).isInstanceOf(ProbeResult.Holds.class);
        google.log("token", "authorize", authorized(AFTER, MAIL));
        assertThat(look("access", PINNED)).isInstanceOf(ProbeResult.Unclear.class);
        google.log("token", "authorize", authorized(BEFORE, OF_DRIVE), authorized(AFTER, MAIL));
        assertThat(look("access", PINNED)).as("each has its own").isInstanceOf(ProbeResult.Holds.class);
        google.log("token", "revoke", activity(AFTER, "-6", "revoke", "app_name", APP));
        assertThat(look("access", PINNED))
                .as("what is taken back, is so for both")
                .isNotInstanceOf(ProbeResult.Holds.class);
    }

    /** The one app asks for each service's scopes in a consent of its own. */
    @Test
    void google3_whenOnlyGmailWasPermitted_thatIsNoEvidenceForDrive_andTheOtherWayRound() throws Exception {
        google.admin().on(TOKENS, grants("900", APP, "openid", "https://mail.google.com/"));
        assertThat(gmail("access", PINNED)).isInstanceOf(ProbeResult.Holds.class);
        assertThat(look("access", PINNED)).isInstanceOf(ProbeResult.Unclear.class);
        assertThat(step("access", PINNED).check().question()).isPresent();
        google.on(TOKENS, grants("900", APP, OF_DRIVE));
        assertThat(gmail("access", PINNED)).isInstanceOf(ProbeResult.Unclear.class);
        assertThat(look("access", PINNED)).isInstanceOf(ProbeResult.Holds.class);
        google.on(TOKENS, grants("900", APP, "https://www.googleapis.com/auth/driveway"));
        assertThat(look("access", PINNED)).as("a form that is not known").isInstanceOf(ProbeResult.Unclear.class);
    }

    /** Each service may have a client of its own under the one name. */
    @Test
    void google3_whenTheAppHasSeveralClients_theOneWithTheServicesScopesCounts() throws Exception {
        String both = grants("900", APP, MAIL).replace("]}]}", "]},")
                + grants("901", APP, OF_DRIVE).replace("{\"items\":[", "");
        google.admin().on(TOKENS, both);
        assertThat(holding(look("access", PINNED))).containsEntry("google.client-id", "901");
        assertThat(holding(gmail("access", PINNED))).containsEntry("google.client-id", "900");
    }

    @Test
    void google2_whenNeitherShowsIt_thatIsNoEvidence() throws Exception {
        google.admin().on(TOKENS, grants("800", APP + " Backup"));
        assertThat(look("access", PINNED)).isInstanceOf(ProbeResult.Unclear.class);
    }

    @Test
    void google2_whenThePermissionIsTakenBack_theLookFails() throws Exception {
        google.admin()
                .on(TOKENS, grants("800", "Other"))
                .log("token", "authorize", activity(BEFORE, "-5", "authorize", "app_name", APP))
                .log("token", "revoke", activity(AFTER, "-6", "revoke", "app_name", APP));
        assertFails("access-revoked", look("access", PINNED));
    }

    @Test
    void google2_whenAKnownClientIsNoLongerListed_theLookFails_beforeTheLogTells() throws Exception {
        google.admin().on(TOKENS, grants("800", "Other"));
        assertFails(
                "access-no-longer-listed", look("access", Map.of("tenant.GOOGLE", "C012", "google.client-id", "900")));
    }

    @Test
    void google2_theTokenLogIsReadFromALittleBeforeTheRun() throws Exception {
        google.admin().on(TOKENS, grants("800", "Other"));
        look("access", PINNED);
        assertThat(google.lines())
                .contains(GoogleServer.log("token") + "?eventName=authorize&maxResults=1000&startTime="
                        + NOW.minus(Duration.ofHours(1)));
    }

    // ---- GOOGLE-3: the folders

    @Test
    void google3_whenBothFoldersStandInTheDrive_theLookHoldsAndKeepsTheirIds() throws Exception {
        google.admin().on(FILES, files("f1", TEMP, "f2", QUARANTINE));
        assertThat(look("folders", PINNED))
                .isInstanceOfSatisfying(
                        ProbeResult.Holds.class,
                        h -> assertThat(h.facts())
                                .containsEntry("google.temp-folder-id", "f1")
                                .containsEntry("google.quarantine-folder-id", "f2"));
        assertThat(google.lines())
                .last()
                .asString()
                .startsWith(FILES + "?")
                .contains("&q='root' in parents and mimeType = 'application/vnd.google-apps.folder' and trashed ="
                        + " false and (name = '" + QUARANTINE + "' or name = '" + TEMP + "')&");
    }

    @Test
    void google3_whenAFolderIsMissingOrNamedInAnotherCase_theLookFails() throws Exception {
        google.admin().on(FILES, files("f1", TEMP, "f2", QUARANTINE.toUpperCase(Locale.ROOT)));
        assertThat(look("folders", PINNED)).isEqualTo(ProbeResult.fails("folders-missing", ADMIN, QUARANTINE));
    }

    @Test
    void google3_whenGoogleHasNotSearchedEverything_thatIsNoEvidence() throws Exception {
        google.admin().on(FILES, files().replace("\"incompleteSearch\":false", "\"incompleteSearch\":true"));
        assertThat(look("folders", PINNED)).isInstanceOf(ProbeResult.Unclear.class);
        assertThat(look("remove-folders", PINNED)).isInstanceOf(ProbeResult.Unclear.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"marketplace", "access", "folders", "remove-app", "remove-access", "remove-folders"})
    void whenTheConnectionLeadsElsewhere_nothingItShowsIsEvidence(String name) throws Exception {
        google.admin().on(FILES, files()).on(TOKENS, "{}");
        assertThat(look(name, Map.of("tenant.GOOGLE", "C999")))
                .isEqualTo(ProbeResult.fails(ProbeResult.WRONG_TENANT, "C012", "C999"));
        google.on(ACCOUNT, account(false, true, false));
        assertThat(look(name, PINNED)).isInstanceOf(ProbeResult.NoAccess.class);
    }

    // ---- GOOGLE-4: editions

    @Test
    void google4_whenAnybodyHasBusinessStarter_theFactIsKept_andTheSweepEnds() throws Exception {
        google.on(LICENCES, licences("1010020028", "p2"), licences("1010020027", "p3"));
        assertThat(holding(look("editions", PINNED))).containsEntry("google.business-starter", "yes");
        assertThat(google.lines())
                .containsExactly(
                        LICENCES + "?customerId=C012&maxResults=100",
                        LICENCES + "?customerId=C012&maxResults=100&pageToken=p2");
    }

    @Test
    void google4_whenNobodyHasIt_thereIsNoWarning_andWhereItCannotBeReadTheGeneralOneStays() throws Exception {
        google.on(LICENCES, licences("1010020026", ""));
        assertThat(holding(look("editions", PINNED))).containsEntry("google.business-starter", "no");
        google.on(LICENCES, "{}");
        assertThat(holding(look("editions", PINNED))).isEmpty();
        google.on(LICENCES, error(403, "insufficientPermissions"));
        assertThat(look("editions", PINNED)).isInstanceOf(ProbeResult.NoAccess.class);
        assertThat(step("editions", PINNED).required()).isFalse();
    }

    // ---- removal

    @Test
    void google1_removal_theAppIsGoneOnceTheLogSaysSo_andBeforeThatNothingIsKnown() throws Exception {
        google.admin().log("admin", "ADD_APPLICATION", installed(BEFORE));
        assertThat(look("remove-app", PINNED)).isInstanceOf(ProbeResult.Unclear.class);
        google.log("admin", "REMOVE_APPLICATION", activity(AFTER, "-3", "REMOVE_APPLICATION", "APPLICATION_NAME", APP));
        assertThat(look("remove-app", PINNED)).isInstanceOf(ProbeResult.Holds.class);
    }

    @Test
    void google3_removal_permissionAndFoldersAreLookedFor() throws Exception {
        google.admin().on(TOKENS, grants("900", APP)).on(FILES, files("f2", QUARANTINE));
        assertFails("access-still-there", look("remove-access", PINNED));
        assertFails("folders-still-there", look("remove-folders", PINNED));
        google.on(TOKENS, "{}").on(FILES, files());
        assertThat(look("remove-access", PINNED)).isInstanceOf(ProbeResult.Holds.class);
        assertThat(look("remove-folders", PINNED)).isInstanceOf(ProbeResult.Holds.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"remove-app", "remove-access", "remove-folders"})
    void removal_whenItIsNotKnownWhichTenantWasActivated_nothingProvesAnything(String name) throws Exception {
        google.admin()
                .on(TOKENS, "{}")
                .on(FILES, files())
                .log(
                        "admin",
                        "REMOVE_APPLICATION",
                        activity(AFTER, "-3", "REMOVE_APPLICATION", "APPLICATION_NAME", APP));
        assertThat(look(name, Map.of())).isInstanceOf(ProbeResult.Unclear.class);
        assertThat(look(name, PINNED)).isInstanceOf(ProbeResult.Holds.class);
        google.on(TOKENS, grants("900", APP, OF_DRIVE)).on(FILES, files("f1", TEMP));
        assertThat(look(name, Map.of())).as("it may be another customer's").isInstanceOf(ProbeResult.Unclear.class);
    }

    @Test
    void whenAQuotaStaysSpent_aPersonIsNotAsked_theLookIsMadeAgainLater() throws Exception {
        google.admin().on(ACCOUNT, error(403, "quotaExceeded").setHeader("Retry-After", "600"));
        assertThat(look("admin", Map.of()))
                .isInstanceOfSatisfying(
                        ProbeResult.NotBefore.class,
                        n -> assertThat(n.time()).isEqualTo(NOW.plus(Duration.ofMinutes(10))));
        google.on(ACCOUNT, error(403, "rateLimitExceeded"));
        assertThat(look("admin", Map.of())).isInstanceOf(ProbeResult.Unclear.class);
    }
}
