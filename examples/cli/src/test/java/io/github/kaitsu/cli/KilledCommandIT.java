package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.cli.Kaitsu.Result;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command in a JVM of its own, killed at whatever it is doing; the journal's size says when, so nothing is timed. */
class KilledCommandIT {
    private static final int LONGEST_STRETCH = 40_000;
    private static final int KILLS = 5;

    @TempDir
    Path temp;

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void killedAgainAndAgain_allEightEndProtectedWithOneGrantEach() throws IOException, InterruptedException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Path state = temp.resolve("state");
        List<String> command = List.of("activate", "--sandbox", "--state", state.toString(), "--json");
        for (int n = 0; n < KILLS; n++) {
            killed(command, state, size(state) + 1 + random.nextInt(LONGEST_STRETCH));
            command = List.of("resume", "--state", state.toString(), "--json");
        }

        Result result = Kaitsu.json("resume", "--state", state);

        assertThat(result.exit())
                .as("seed %s: %s %s", seed, result.out(), result.err())
                .isZero();
        assertThat(result.statuses()).as("seed %s", seed).hasSize(8).containsOnly("PROTECTED");
        assertThat(result.json().at("/sandbox/violations")).as("seed %s", seed).isEmpty();
        CloudService.standard()
                .forEach(s ->
                        assertThat(result.grants(s.name())).as("seed %s", seed).isOne());
    }

    /** Runs until the journal has grown to that size, or to the end if that comes first; then kill -9. */
    private void killed(List<String> arguments, Path state, long size) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        while (process.isAlive() && size(state) < size) {
            process.waitFor(1, TimeUnit.MILLISECONDS);
        }
        process.destroyForcibly().waitFor();
    }

    private static long size(Path state) throws IOException {
        Path journal = state.resolve("activations/activation-1/journal.jsonl");
        return Files.exists(journal) ? Files.size(journal) : 0;
    }
}
