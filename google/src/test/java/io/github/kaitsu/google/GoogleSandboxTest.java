package io.github.kaitsu.google;

import static io.github.kaitsu.CloudService.GOOGLE_DRIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.sandbox.Fault;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.Scenario;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.CallRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The looks against the sandbox's Google, which was written apart from them. */
class GoogleSandboxTest {
    private final Map<String, String> facts = new HashMap<>();
    private final List<Duration> waits = new ArrayList<>();

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
            assertThat(look(sandbox, "admin")).isInstanceOf(ProbeResult.Holds.class);
            assertThat(waits).first().isEqualTo(Duration.ofSeconds(7));
        }
    }

    private static Sandbox sandbox(String scenario) {
        return Sandbox.builder().scenario(Scenario.parse(scenario)).start();
    }

    private static void assertFails(String reason, ProbeResult look) {
        assertThat(look).isInstanceOf(ProbeResult.Fails.class);
        assertThat(look.seen().code()).isEqualTo(reason);
    }

    private ProbeResult look(Sandbox sandbox, String name, String... scopes) throws InterruptedException {
        String token = sandbox.mintTokens(CloudService.Provider.GOOGLE, scopes).accessToken();
        GoogleConnection connection = GoogleConnection.builder(AccessTokens.singleFlight(
                        spent -> new AccessTokens.Token(token, Optional.empty()), Clock.systemUTC()))
                .baseUrl(sandbox.googleApi())
                .clock(sandbox.clock())
                .retry(CallRetry.builder().sleeper(waits::add).build())
                .build();
        Map<String, String> known =
                new HashMap<>(Map.of("tenant.GOOGLE", sandbox.tenant(CloudService.Provider.GOOGLE)));
        known.putAll(facts);
        StepContext context = new StepContext(
                Given.request(Edition.CONSOLE_2024_04, List.of(), GOOGLE_DRIVE),
                Edition.CONSOLE_2024_04,
                Facts.of(known));
        GoogleDriveProvisioner drive = GoogleDriveProvisioner.create(c -> Optional.of(connection));
        ActivationStep step = Stream.concat(drive.steps(context).stream(), drive.removalSteps(context).stream())
                .filter(s -> s.id().value().equals("google-drive." + name))
                .findFirst()
                .orElseThrow();
        ProbeResult look = step.check()
                .probe()
                .orElseThrow()
                .look(new ProbeContext(
                        context.customer(),
                        context.facts(),
                        sandbox.clock(),
                        sandbox.clock().instant()));
        if (look instanceof ProbeResult.Holds holds) {
            facts.putAll(holds.facts());
        }
        return look;
    }
}
