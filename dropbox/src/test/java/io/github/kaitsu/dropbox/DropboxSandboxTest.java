package io.github.kaitsu.dropbox;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The looks against the sandbox's Dropbox, which is checked against the published contract. */
class DropboxSandboxTest {
    private final Map<String, String> facts = new HashMap<>();

    @Test
    void dropbox1_whenTheTokenHasAllScopes_thePreflightHolds() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().users(12_345).start()) {
            assertThat(look(sandbox, "admin")).isInstanceOf(ProbeResult.Holds.class);
            assertThat(look(sandbox, "users")).isInstanceOf(ProbeResult.Holds.class);
            assertThat(facts)
                    .containsEntry("users.DROPBOX", "12345")
                    .containsEntry("dropbox.admin-email", sandbox.administrator())
                    .containsEntry("tenant.DROPBOX", sandbox.tenant(CloudService.Provider.DROPBOX));
        }
    }

    @Test
    void dropbox1_whenAnyOneScopeIsMissing_thePreflightNamesIt() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            for (String missing : DropboxConnection.SCOPES) {
                String[] others = DropboxConnection.SCOPES.stream()
                        .filter(s -> !s.equals(missing))
                        .toArray(String[]::new);
                assertThat(look(sandbox, "admin", others)).isInstanceOfSatisfying(ProbeResult.Fails.class, f -> {
                    assertThat(f.seen().code()).isEqualTo("scope-missing-in-token");
                    assertThat(f.seen().arguments()).contains(missing);
                });
            }
        }
    }

    @Test
    void dropbox1_theScopesThatAreAskedFor_areEnoughForEveryLook() throws Exception {
        try (Sandbox sandbox =
                Sandbox.builder().scenario(Scenario.parse("already-linked")).start()) {
            String[] scopes = DropboxConnection.SCOPES.toArray(String[]::new);
            for (String id : List.of("admin", "users", "app-linked", "folders")) {
                assertThat(look(sandbox, id, scopes)).as(id).isInstanceOf(ProbeResult.Holds.class);
            }
        }
    }

    @Test
    void dropbox2_whenNothingIsLinked_neitherAppNorFoldersAreFoundAmongTheirNeighbours() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            assertThat(look(sandbox, "app-linked")).isInstanceOf(ProbeResult.Unclear.class);
            assertThat(look(sandbox, "folders")).isInstanceOf(ProbeResult.Fails.class);
            assertThat(look(sandbox, "remove-app")).isInstanceOf(ProbeResult.Unclear.class);
        }
    }

    @Test
    void dropbox2_whenItIsLinkedAlready_appAndFoldersAreFound() throws Exception {
        try (Sandbox sandbox = Sandbox.builder()
                .users(3_000)
                .scenario(Scenario.parse("already-linked"))
                .start()) {
            assertThat(look(sandbox, "app-linked")).isInstanceOf(ProbeResult.Holds.class);
            assertThat(facts).doesNotContainKeys("dropbox.app-id", "dropbox.folder-owner");
            assertThat(look(sandbox, "folders")).isInstanceOf(ProbeResult.Holds.class);
            assertThat(facts).containsKey("dropbox.folder-owner");
            assertThat(look(sandbox, "remove-app")).isInstanceOf(ProbeResult.Fails.class);
            assertThat(look(sandbox, "remove-folders")).isInstanceOf(ProbeResult.Fails.class);
        }
    }

    private ProbeResult look(Sandbox sandbox, String name, String... scopes) throws InterruptedException {
        String token = sandbox.mintTokens(CloudService.Provider.DROPBOX, scopes).accessToken();
        DropboxConnection connection = DropboxConnection.builder(AccessTokens.singleFlight(
                        spent -> new AccessTokens.Token(token, Optional.empty()), sandbox.clock()))
                .baseUrl(sandbox.dropboxApi())
                .build();
        DropboxProvisioner provisioner = DropboxProvisioner.create(customer -> Optional.of(connection));
        StepContext context = DropboxProvisionerTest.context(Edition.AUTO, List.of());
        ActivationStep step = Stream.concat(
                        provisioner.steps(context).stream(), provisioner.removalSteps(context).stream())
                .filter(s -> s.id().value().equals("dropbox." + name))
                .findFirst()
                .orElseThrow();
        ProbeResult look = step.check()
                .probe()
                .orElseThrow()
                .look(new ProbeContext(
                        context.customer(),
                        Facts.of(facts),
                        sandbox.clock(),
                        sandbox.clock().instant()));
        if (look instanceof ProbeResult.Holds holds) {
            facts.putAll(holds.facts());
        }
        return look;
    }
}
