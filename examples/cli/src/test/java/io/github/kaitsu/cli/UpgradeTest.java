package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.cli.Kaitsu.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A state folder of the version before there were heads and changes beside the journals, as {@code kill -9} left it after the link slot was taken
 * (commit ff386a5^): today's command lists it and goes on to the end.
 */
class UpgradeTest {
    @TempDir
    Path temp;

    private Path store() throws Exception {
        Path golden = Path.of(Objects.requireNonNull(UpgradeTest.class.getResource("/upgrade/store"))
                .toURI());
        Path store = temp.resolve("store");
        try (Stream<Path> all = Files.walk(golden)) {
            for (Path from : all.toList()) {
                Path to = store.resolve(golden.relativize(from).toString());
                Files.copy(from, to);
                Files.setPosixFilePermissions(
                        to, PosixFilePermissions.fromString(Files.isDirectory(from) ? "rwx------" : "rw-------"));
            }
        }
        return store;
    }

    @Test
    void folder_ofAnEarlierVersion_isListedAndGoesOnToTheEnd() throws Exception {
        Path store = store();

        Result listed = Kaitsu.json("fleet", "list", "--state", store);
        assertThat(listed.json().path("items").findValuesAsText("activation")).containsExactly("activation-1");
        assertThat(listed.json().at("/items/0/services/BOX").asText()).isEqualTo("LINKING");

        Result resumed = Kaitsu.json("resume", "--state", store);
        assertThat(resumed.exit()).as(resumed.out()).isEqualTo(Exits.SUCCESS);
        assertThat(resumed.statuses()).containsExactly("PROTECTED", "PROTECTED");
        assertThat(resumed.grants("BOX")).isEqualTo(1);
        assertThat(resumed.grants("DROPBOX")).isEqualTo(1);
        assertThat(resumed.json().at("/sandbox/violations")).isEmpty();
        assertThat(Kaitsu.json("verify", "--state", store).exit()).isEqualTo(Exits.SUCCESS);
    }
}
