package io.github.kaitsu.box;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.Scenario;
import io.github.kaitsu.vendor.AccessTokens;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The looks against the sandbox's Box, which was written apart from them. */
class BoxSandboxTest {
    private final Map<String, String> facts = new HashMap<>();

    @Test
    void box1_whenTheAdministratorIsThePrimaryOne_thePreflightHolds() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().users(12_345).start()) {
            assertThat(look(sandbox, "box.admin")).isInstanceOf(ProbeResult.Holds.class);
            assertThat(look(sandbox, "box.users")).isInstanceOf(ProbeResult.Holds.class);
            assertThat(look(sandbox, "box.root-creation")).isInstanceOf(ProbeResult.Holds.class);
            assertThat(facts)
                    .containsEntry("users.BOX", "12345")
                    .containsEntry("box.admin-login", sandbox.administrator())
                    .containsKey("tenant.BOX");
        }
    }

    @Test
    void box1_whenTheAdministratorIsACoAdmin_theLookFails_andNothingElseIsClaimed() throws Exception {
        try (Sandbox sandbox =
                Sandbox.builder().scenario(Scenario.parse("co-admin")).start()) {
            assertThat(look(sandbox, "box.admin"))
                    .isInstanceOfSatisfying(
                            ProbeResult.Fails.class,
                            f -> assertThat(f.seen().code()).isEqualTo("co-admin"));
            assertThat(look(sandbox, "box.users")).isInstanceOf(ProbeResult.NoAccess.class);
            assertThat(look(sandbox, "box.folders")).isInstanceOf(ProbeResult.NoAccess.class);
        }
    }

    @Test
    void box2_whenNothingIsLinked_neitherFoldersNorGroupAreFound() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            assertThat(look(sandbox, "box.admin")).isInstanceOf(ProbeResult.Holds.class);
            assertThat(look(sandbox, "box.folders")).isInstanceOf(ProbeResult.Fails.class);
            assertThat(look(sandbox, "box.group")).isInstanceOf(ProbeResult.Fails.class);
            assertThat(look(sandbox, "box.remove-temp-folder")).isInstanceOf(ProbeResult.Holds.class);
            assertThat(look(sandbox, "box.remove-group")).isInstanceOf(ProbeResult.Holds.class);
        }
    }

    @Test
    void box2_whenItIsLinkedAlready_foldersAndGroupAreFoundAmongTheirNeighbours() throws Exception {
        try (Sandbox sandbox =
                Sandbox.builder().scenario(Scenario.parse("already-linked")).start()) {
            assertThat(look(sandbox, "box.folders")).isInstanceOf(ProbeResult.Holds.class);
            assertThat(facts).containsKey("box.temp-folder-id");
            assertThat(look(sandbox, "box.group"))
                    .isInstanceOfSatisfying(
                            ProbeResult.Holds.class,
                            h -> assertThat(h.seen().code()).isEqualTo("group-edits"));
            assertThat(look(sandbox, "box.remove-quarantine-folder")).isInstanceOf(ProbeResult.Fails.class);
        }
    }

    @Test
    void box2_whenFoldersWereLeftBehind_theyAreFoundBehindAThousandOthers() throws Exception {
        try (Sandbox sandbox =
                Sandbox.builder().scenario(Scenario.parse("leftover-folders")).start()) {
            assertThat(look(sandbox, "box.folders")).isInstanceOf(ProbeResult.Holds.class);
        }
    }

    private ProbeResult look(Sandbox sandbox, String id) throws InterruptedException {
        String token = sandbox.mintTokens(CloudService.Provider.BOX).accessToken();
        BoxConnection connection = BoxConnection.builder(AccessTokens.singleFlight(
                        spent -> new AccessTokens.Token(token, Optional.empty()), Clock.systemUTC()))
                .baseUrl(sandbox.boxApi())
                .build();
        BoxProvisioner provisioner = BoxProvisioner.create(customer -> Optional.of(connection));
        StepContext context = BoxProvisionerTest.context(facts, Edition.AUTO, List.of());
        ActivationStep step = Stream.concat(
                        provisioner.steps(context).stream(), provisioner.removalSteps(context).stream())
                .filter(s -> s.id().value().equals(id))
                .findFirst()
                .orElseThrow();
        ProbeResult look = step.check()
                .probe()
                .orElseThrow()
                .look(new ProbeContext(context.customer(), Facts.of(facts), BoxServer.CLOCK, BoxServer.NOW));
        if (look instanceof ProbeResult.Holds holds) {
            facts.putAll(holds.facts());
        }
        return look;
    }
}
