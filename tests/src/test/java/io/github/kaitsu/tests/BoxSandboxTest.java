package io.github.kaitsu.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.sandbox.Sandbox;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The looks against the sandbox's Box, which was written apart from them. */
class BoxSandboxTest extends SandboxLooks {
    @Test
    void box1_whenTheAdministratorIsThePrimaryOne_thePreflightHolds() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().users(12_345).start()) {
            assertThat(look(sandbox, "admin")).isInstanceOf(ProbeResult.Holds.class);
            assertThat(look(sandbox, "users")).isInstanceOf(ProbeResult.Holds.class);
            assertThat(look(sandbox, "root-creation")).isInstanceOf(ProbeResult.Holds.class);
            assertThat(facts)
                    .containsEntry("users.BOX", "12345")
                    .containsEntry("box.admin-login", sandbox.administrator())
                    .containsKey("tenant.BOX");
        }
    }

    @Test
    void box1_whenTheAdministratorIsACoAdmin_theLookFails_andNothingElseIsClaimed() throws Exception {
        try (Sandbox sandbox = sandbox("co-admin")) {
            assertFails("co-admin", look(sandbox, "admin"));
            assertThat(look(sandbox, "users")).isInstanceOf(ProbeResult.NoAccess.class);
            assertThat(look(sandbox, "folders")).isInstanceOf(ProbeResult.NoAccess.class);
        }
    }

    @Test
    void box2_whenNothingIsLinked_neitherFoldersNorGroupAreFound() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            assertThat(look(sandbox, "admin")).isInstanceOf(ProbeResult.Holds.class);
            assertThat(look(sandbox, "folders")).isInstanceOf(ProbeResult.Fails.class);
            assertThat(look(sandbox, "group")).isInstanceOf(ProbeResult.Fails.class);
            assertThat(look(sandbox, "remove-temp-folder")).isInstanceOf(ProbeResult.Holds.class);
            assertThat(look(sandbox, "remove-group")).isInstanceOf(ProbeResult.Holds.class);
        }
    }

    @Test
    void box2_whenItIsLinkedAlready_foldersAndGroupAreFoundAmongTheirNeighbours() throws Exception {
        try (Sandbox sandbox = sandbox("already-linked")) {
            assertThat(look(sandbox, "folders")).isInstanceOf(ProbeResult.Holds.class);
            assertThat(facts).containsKey("box.temp-folder-id");
            assertThat(look(sandbox, "group"))
                    .isInstanceOfSatisfying(
                            ProbeResult.Holds.class,
                            h -> assertThat(h.seen().code()).isEqualTo("group-edits"));
            assertThat(look(sandbox, "remove-quarantine-folder")).isInstanceOf(ProbeResult.Fails.class);
        }
    }

    @Test
    void box2_whenFoldersWereLeftBehind_theyAreFoundBehindAThousandOthers() throws Exception {
        try (Sandbox sandbox = sandbox("leftover-folders")) {
            assertThat(look(sandbox, "folders")).isInstanceOf(ProbeResult.Holds.class);
        }
    }

    private ProbeResult look(Sandbox sandbox, String step) throws InterruptedException {
        return look(sandbox, List.of(CloudService.BOX), step);
    }
}
