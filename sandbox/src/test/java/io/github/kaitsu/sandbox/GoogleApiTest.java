package io.github.kaitsu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kaitsu.CloudService;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sandbox's Google APIs: shapes by the contract, contents by what happened. */
class GoogleApiTest {
    private static final String USERS = "/admin/directory/v1/users";
    private static final String ADMIN_LOG = "/admin/reports/v1/activity/users/all/applications/admin";
    private static final String TOKEN_LOG = "/admin/reports/v1/activity/users/all/applications/token";
    private static final String USE_LOG = "/admin/reports/v1/activity/users/all/applications/access_evaluation";
    private static final String POLICIES = "/v1/policies";
    private static final String LICENCES = "/apps/licensing/v1/product/Google-Apps/users";
    private static final String FILES = "/drive/v3/files";
    private static final String SCOPE = "https://www.googleapis.com/auth/";

    @Test
    void users_areWhoeverThereIs_pageByPage_andTheFirstIsTheSuperAdmin() {
        try (Sandbox sandbox = Sandbox.builder().users(250).start()) {
            GoogleCalls google = new GoogleCalls(sandbox);
            String me = google.get("/v1/userinfo").path("sub").asText();
            JsonNode admin = google.get(USERS + "/" + me);
            assertThat(admin.path("primaryEmail").asText()).isEqualTo(sandbox.administrator());
            assertThat(admin.path("isAdmin").asBoolean()).isTrue();
            assertThat(admin.path("customerId").asText()).isEqualTo(sandbox.tenant(CloudService.Provider.GOOGLE));

            List<String> seen = new ArrayList<>();
            JsonNode page = google.get(USERS, "customer", "my_customer");
            assertThat(page.path("users")).hasSize(100);
            while (true) {
                page.path("users").forEach(u -> seen.add(u.path("id").asText()));
                if (!page.has("nextPageToken")) {
                    break;
                }
                page = google.get(
                        USERS,
                        "customer",
                        "my_customer",
                        "pageToken",
                        page.path("nextPageToken").asText());
            }
            assertThat(seen).hasSize(250).doesNotHaveDuplicates().startsWith(me);
            assertThat(google.call(USERS, "customer", "my_customer", "maxResults", "501")
                            .statusCode())
                    .isEqualTo(400);
            assertThat(google.call(USERS + "/nobody@example.com").statusCode()).isEqualTo(404);
            JsonNode licences = google.get(LICENCES, "customerId", sandbox.tenant(CloudService.Provider.GOOGLE));
            assertThat(licences.path("items")).hasSize(100);
            assertThat(google.call(LICENCES, "customerId", "C0other").statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void google1_theAdminLogTellsOfTheInstallation_someMinutesLate_andOfNothingElseByThatName() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            GoogleCalls google = new GoogleCalls(sandbox);
            Walk walk = new Walk(sandbox);
            walk.installGoogleApp();
            walk.openConsole();
            walk.link(CloudService.GMAIL);
            assertThat(google.get(ADMIN_LOG, "eventName", "AUTHORIZE_API_CLIENT_ACCESS")
                            .has("items"))
                    .as("a log lags")
                    .isFalse();
            sandbox.clock().advance(Duration.ofMinutes(5));
            JsonNode granted = google.get(ADMIN_LOG, "eventName", "AUTHORIZE_API_CLIENT_ACCESS");
            assertThat(granted.path("items")).hasSize(1);
            assertThat(granted.at("/items/0/events/0/parameters").findValuesAsText("value"))
                    .contains("Trend Micro Cloud App Security");
            assertThat(google.get(ADMIN_LOG, "eventName", "ADD_APPLICATION").path("items"))
                    .as("with a neighbour")
                    .hasSize(2);
            assertThat(google.get(ADMIN_LOG, "eventName", "NO_SUCH_EVENT").has("items"))
                    .isFalse();
            String from = sandbox.clock().instant().toString();
            assertThat(google.get(ADMIN_LOG, "eventName", "ADD_APPLICATION", "startTime", from)
                            .has("items"))
                    .isFalse();
            sandbox.clock().advance(Duration.ofDays(181));
            assertThat(new GoogleCalls(sandbox)
                            .get(ADMIN_LOG, "eventName", "ADD_APPLICATION")
                            .has("items"))
                    .as("kept for 180 days")
                    .isFalse();
        }
    }

    @Test
    void google2_tokenListAndTokenLogTellOfTheConsent_theListAtOnce() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            GoogleCalls google = new GoogleCalls(sandbox);
            String tokens = USERS + "/" + sandbox.administrator() + "/tokens";
            assertThat(google.get(tokens).path("items")).hasSize(1);
            Walk walk = new Walk(sandbox);
            walk.installGoogleApp();
            walk.openConsole();
            walk.link(CloudService.GMAIL);
            assertThat(google.get(tokens).path("items").findValuesAsText("displayText"))
                    .containsExactly("Trend Micro Cloud App Security Backup", "Trend Micro Cloud App Security");
            assertThat(google.get(tokens).at("/items/1/scopes").toString())
                    .as("of what was permitted, and not more")
                    .contains("auth/gmail.modify")
                    .doesNotContain("auth/drive");
            assertThat(google.get(TOKEN_LOG, "eventName", "authorize").has("items"))
                    .isFalse();
            sandbox.clock().advance(Duration.ofMinutes(30));
            assertThat(google.get(TOKEN_LOG, "eventName", "authorize").path("items"))
                    .hasSize(1);
            assertThat(google.get(USE_LOG, "eventName", "allow_token_impersonation")
                            .at("/items/0/events/0/parameters")
                            .findValuesAsText("value"))
                    .contains("GOOGLE_WORKSPACE_MARKETPLACE");
        }
    }

    @Test
    void google3_theFoldersAreThere_onceDriveIsReady() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            GoogleCalls google = new GoogleCalls(sandbox);
            String query = "name = 'trendmicro_cas_temp__dont_change_or_delete' or name = 'other'";
            assertThat(google.get(FILES, "q", query).path("files")).isEmpty();
        }
        try (Sandbox sandbox =
                Sandbox.builder().scenario(Scenario.parse("already-linked")).start()) {
            String query = "name = 'trendmicro_cas_temp__dont_change_or_delete' or name = 'other'";
            assertThat(new GoogleCalls(sandbox).get(FILES, "q", query).path("files"))
                    .hasSize(1);
        }
    }

    @Test
    void google1_policiesShowOnlyWhatWasSet() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            assertThat(new GoogleCalls(sandbox)
                            .get(POLICIES, "filter", "workspace_marketplace")
                            .has("policies"))
                    .isFalse();
        }
        try (Sandbox sandbox = Sandbox.builder()
                .scenario(Scenario.parse("marketplace-blocked"))
                .start()) {
            GoogleCalls google = new GoogleCalls(sandbox);
            assertThat(google.get(POLICIES, "filter", "workspace_marketplace")
                            .at("/policies/0/setting/value/accessLevel")
                            .asText())
                    .isEqualTo("ALLOW_NONE");
            assertThat(google.get(POLICIES, "filter", "api_controls").has("policies"))
                    .isFalse();
        }
    }

    @Test
    void google1_whenTheAdminHasAPartOfTheRights_mostIsRefused_inTheWordsOfEachService() {
        try (Sandbox sandbox =
                Sandbox.builder().scenario(Scenario.parse("delegated-admin")).start()) {
            GoogleCalls google = new GoogleCalls(sandbox);
            HttpResponse<String> log = google.call(ADMIN_LOG);
            assertThat(log.statusCode()).isEqualTo(403);
            assertThat(CheckedCalls.json(log).at("/error/errors/0/reason").asText())
                    .isEqualTo("forbidden");
            HttpResponse<String> policies = google.call(POLICIES);
            assertThat(policies.statusCode()).isEqualTo(403);
            assertThat(CheckedCalls.json(policies).at("/error/details/0/reason").asText())
                    .isEqualTo("IAM_PERMISSION_DENIED");
        }
    }

    @ParameterizedTest
    @CsvSource({
        USERS + ", admin.reports.audit.readonly",
        USERS + "/admin@example.co.jp/tokens, admin.directory.user.readonly",
        ADMIN_LOG + ", admin.directory.user.readonly",
        POLICIES + ", admin.directory.user.readonly",
        LICENCES + ", admin.directory.user.readonly",
        FILES + ", admin.directory.user.readonly",
        "/v1/userinfo, admin.directory.user.readonly"
    })
    void whenTheScopeIsAnother_theCallIsRefused(String path, String scope) {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            HttpResponse<String> response = new GoogleCalls(sandbox, SCOPE + scope).call(path);
            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(CheckedCalls.json(response).at("/error/details/0/reason").asText())
                    .isEqualTo("ACCESS_TOKEN_SCOPE_INSUFFICIENT");
        }
    }

    @Test
    void whenTheTokenIsUnknown_theCallIsRefused() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            HttpResponse<String> response =
                    new GoogleCalls(sandbox).with("nonsense").call(USERS);
            assertThat(response.statusCode()).isEqualTo(401);
        }
    }
}
