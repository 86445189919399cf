package io.github.kaitsu.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.dropbox.DropboxConnection;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The looks against the sandbox's Dropbox, which is checked against the published contract. */
class DropboxSandboxTest extends SandboxLooks {
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
        try (Sandbox sandbox = sandbox("already-linked")) {
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

    private ProbeResult look(Sandbox sandbox, String step, String... scopes) throws InterruptedException {
        return look(sandbox, List.of(CloudService.DROPBOX), step, scopes);
    }
}
