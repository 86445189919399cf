package io.github.kaitsu.tests;

import static io.github.kaitsu.CloudService.GOOGLE_DRIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.google.GoogleScopes;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.sandbox.Fault;
import io.github.kaitsu.sandbox.Sandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The looks against the sandbox's Google, which was written apart from them. */
class GoogleSandboxTest extends SandboxLooks {
    @Test
    void google1_whenItIsASuperAdmin_thePreflightHolds() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().users(1_234).start()) {
            for (String name : List.of("admin", "users", "policies", "editions")) {
                assertThat(look(sandbox, name)).as(name).isInstanceOf(ProbeResult.Holds.class);
            }
            assertThat(facts)
                    .containsEntry("tenant.GOOGLE", sandbox.tenant(CloudService.Provider.GOOGLE))
                    .containsEntry("google.admin-email", sandbox.administrator())
                    .containsEntry("users.GOOGLE", "1234")
                    .containsEntry("google.marketplace-policy", "OPEN")
                    .containsEntry("google.business-starter", "no");
            assertThat(look(sandbox, "marketplace")).isInstanceOf(ProbeResult.Unclear.class);
            assertThat(look(sandbox, "access")).isInstanceOf(ProbeResult.Unclear.class);
            assertFails("folders-missing", look(sandbox, "folders"));
        }
    }

    @Test
    void google1_whenItIsADelegatedOrASuspendedAdmin_theLookFails() throws Exception {
        try (Sandbox sandbox = sandbox("delegated-admin")) {
            assertFails("delegated-admin", look(sandbox, "admin"));
            assertThat(look(sandbox, "marketplace")).isInstanceOf(ProbeResult.NoAccess.class);
        }
        try (Sandbox sandbox = sandbox("suspended-admin")) {
            assertFails("admin-suspended", look(sandbox, "admin"));
        }
    }

    @Test
    void google1_whenTheMarketplaceIsBlocked_thePolicySaysSo() throws Exception {
        try (Sandbox sandbox = sandbox("marketplace-blocked")) {
            assertThat(look(sandbox, "policies")).isInstanceOf(ProbeResult.Holds.class);
            assertThat(facts).containsEntry("google.marketplace-policy", "CLOSED");
            assertFails("marketplace-blocked", look(sandbox, "marketplace-allowed"));
        }
    }

    @Test
    void whenAScopeIsMissing_onlyWhatNeedsItIsLost() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            String[] some = {GoogleScopes.OPENID, GoogleScopes.USERS};
            for (String name : List.of("policies", "editions", "marketplace", "access", "folders")) {
                assertThat(look(sandbox, name, some)).as(name).isInstanceOf(ProbeResult.NoAccess.class);
            }
        }
    }

    @Test
    void google1_whenAScopeIsMissingThatALookNeeds_thePreflightFails_butNotForThoseThatAlsoWrite() throws Exception {
        Map<String, String> reasons = Map.of(
                GoogleScopes.USERS, "scope-missing",
                GoogleScopes.LOGS, "log-scope-missing",
                GoogleScopes.POLICIES, "policy-scope-missing",
                GoogleScopes.FOLDERS, "drive-scope-missing");
        try (Sandbox sandbox = Sandbox.builder().start()) {
            for (Map.Entry<String, String> one : reasons.entrySet()) {
                List<String> others = new ArrayList<>(GoogleScopes.all());
                others.remove(one.getKey());
                assertFails(one.getValue(), look(sandbox, "admin", others.toArray(String[]::new)));
            }
            String[] readOnly = GoogleScopes.readOnly().toArray(String[]::new);
            assertThat(look(sandbox, "admin", readOnly)).isInstanceOf(ProbeResult.Holds.class);
        }
    }

    @Test
    void google1_whenEverythingIsLinkedAlready_allOfItIsFoundAmongItsNeighbours() throws Exception {
        try (Sandbox sandbox = sandbox("already-linked")) {
            for (String name : List.of("admin", "marketplace", "access", "folders")) {
                assertThat(look(sandbox, name)).as(name).isInstanceOf(ProbeResult.Holds.class);
            }
            assertThat(facts).containsKeys("google.app-id", "google.client-id", "google.temp-folder-id");
            assertThat(look(sandbox, "remove-app")).isInstanceOf(ProbeResult.Unclear.class);
            assertFails("access-still-there", look(sandbox, "remove-access"));
            assertFails("folders-still-there", look(sandbox, "remove-folders"));
        }
    }

    @Test
    void whenGoogleIsBusy_theLooksWaitAndGoOn() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            sandbox.faults()
                    .next(1, "/admin/directory", Fault.googleQuota(Duration.ofSeconds(7)))
                    .next(1, "/admin/directory", Fault.serverError(503));
            Instant asked = sandbox.clock().instant();
            assertThat(look(sandbox, "admin")).isInstanceOf(ProbeResult.Holds.class);
            assertThat(Duration.between(asked, sandbox.clock().instant()))
                    .isBetween(Duration.ofSeconds(7), Duration.ofSeconds(9));
        }
    }

    private ProbeResult look(Sandbox sandbox, String step, String... scopes) throws InterruptedException {
        String tenant = sandbox.tenant(CloudService.Provider.GOOGLE);
        return look(sandbox, Map.of("tenant.GOOGLE", tenant), List.of(GOOGLE_DRIVE), step, scopes);
    }
}
