package io.github.kaitsu.browser.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs files with an executable bit")
class ChromeTest {
    @TempDir
    Path folder;

    @Test
    void theOneOnThePath_isFound_alsoBehindFoldersThatAreNot() throws IOException {
        Path chromium = program("chromium");

        assertThat(Chrome.find(Map.of("PATH", "/nowhere" + File.pathSeparator + folder)))
                .contains(chromium);
    }

    @Test
    void theOneThatIsGiven_comesFirst_andIsNotReplacedByAnother() throws IOException {
        Path chromium = program("chromium");
        Path given = program("my-chrome");
        String path = folder.toString();

        assertThat(Chrome.find(Map.of("PATH", path, "KAITSU_CHROME", given.toString())))
                .contains(given);
        assertThat(Chrome.find(Map.of(
                        "PATH", path, "KAITSU_CHROME", folder.resolve("missing").toString())))
                .isEmpty();
        assertThat(chromium).exists();
    }

    @Test
    void node_isTheFirstOnThePath_orNone() throws IOException {
        Path node = program("node");

        assertThat(Chrome.node(Map.of("PATH", "/nowhere" + File.pathSeparator + folder)))
                .contains(node);
        assertThat(Chrome.node(Map.of("PATH", "/nowhere"))).isEmpty();
        assertThat(Chrome.node(Map.of())).isEmpty();
    }

    private Path program(String name) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
