package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command in a JVM of its own: killed at whatever it is doing, stopped, and on disks that are full or cannot be written to. Whatever
 * happened, the next one brings it to its end, with one grant for each service. The journal's size says when, so nothing is timed.
 *
 * <p>{@code -Dkaitsu.kills=N} says how often it is killed in all: by day 6 times, nightly 200 times. {@code -Dkaitsu.seed=N} repeats.
 */
class KilledCommandIT {
    private static final int KILLS = Integer.getInteger("kaitsu.kills", Boolean.getBoolean("kaitsu.nightly") ? 200 : 6);
    private static final long SEED = Long.getLong("kaitsu.seed", new Random().nextLong());
    private static final int LONGEST_STRETCH = 12_000;
    /** So that one activation ends before the next begins. */
    private static final int MOST_KILLS_OF_ONE = 25;

    /** About as long as a JVM takes to get to the first entry. */
    private static final int LONGEST_START = 2_000;

    @TempDir
    Path temp;

    private final Random random = new Random(SEED);
    private Path state;
    private boolean begun;
    private boolean isMounted;

    @BeforeEach
    void nothingBegun() {
        state = temp.resolve("state");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (isMounted) {
            assertThat(command("umount", "-l", disk().toString())).isZero();
        }
    }

    @Test
    @Timeout(value = 4, unit = TimeUnit.HOURS)
    void killedAgainAndAgain_allEightEndProtectedWithOneGrantEach() throws IOException, InterruptedException {
        int beyondStart = 0;
        int activations = 0;
        for (int kills = 0; kills < KILLS; activations++) {
            state = temp.resolve("state-" + activations);
            begun = false;
            int most = Math.min(KILLS - kills, MOST_KILLS_OF_ONE);
            boolean wasKilled = true;
            for (int n = 0; n < most && wasKilled; n++) {
                long before = size();
                // one in four falls into the start, wherever it is by then; the others are at work
                wasKilled = n % 4 == 3
                        ? killedInItsStart(random.nextInt(LONGEST_START))
                        : killedAt(before + 1 + random.nextInt(LONGEST_STRETCH));
                kills += wasKilled ? 1 : 0;
                beyondStart += wasKilled && size() > before ? 1 : 0;
            }
            endsProtected();
        }
        System.out.printf(
                "%d kills in %d activations, %d beyond the start; seed %d%n", KILLS, activations, beyondStart, SEED);
        assertThat(beyondStart).as("seed %s", SEED).isGreaterThanOrEqualTo(KILLS / 2);
    }

    /** Who stands still holds what it holds: another one does nothing in its place, and it goes on as if nothing had been. */
    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void stopped_nobodyActsInItsPlace_andItGoesOn() throws IOException, InterruptedException {
        for (int n = 0; n < Math.max(1, KILLS / 20); n++) {
            state = temp.resolve("state-" + n);
            begun = false;
            Process process = started(Redirect.DISCARD);
            waitFor(process, 1 + random.nextInt(LONGEST_STRETCH));
            String pid = Long.toString(process.pid());
            boolean stopped = process.isAlive() && command("kill", "-STOP", pid) == 0;
            long before = size();

            Result status = Kaitsu.json("status", "activation-1", "--state", state);

            assertThat(status.exit()).as("seed %s: %s", SEED, status.err()).isLessThan(5);
            if (stopped) {
                assertThat(size()).as("seed %s", SEED).isEqualTo(before);
                command("kill", "-CONT", pid);
            }
            process.waitFor();
            endsProtected();
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void onAFullDisk_itSaysSo_andGoesOnWhereThereIsRoom() throws IOException, InterruptedException {
        mount("size=" + (60 + random.nextInt(100)) + "k");
        begun = false;

        Result full = inAProcess();

        assertThat(full.exit()).as("seed %s: %s", SEED, full.out()).isNotZero();
        assertThat(full.out() + full.err()).as("seed %s", SEED).contains("IO_ERROR");
        assertThat(command("mount", "-o", "remount,size=64m", disk().toString()))
                .isZero();
        endsProtected();
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void onADiskThatCannotBeWrittenTo_itSaysSo_andGoesOnWhereItCan() throws IOException, InterruptedException {
        mount("size=64m");
        killedAt(1 + random.nextInt(LONGEST_STRETCH));
        assertThat(command("mount", "-o", "remount,ro", disk().toString())).isZero();
        long before = size();

        Result refused = inAProcess();

        assertThat(refused.exit()).as("seed %s: %s", SEED, refused.out()).isNotZero();
        assertThat(size()).isEqualTo(before);
        assertThat(command("mount", "-o", "remount,rw", disk().toString())).isZero();
        endsProtected();
    }

    private void endsProtected() {
        Result result = begun
                ? Kaitsu.json("resume", "--state", state)
                : Kaitsu.json("activate", "--sandbox", "--state", state);

        assertThat(result.exit())
                .as("seed %s: %s %s", SEED, result.out(), result.err())
                .isZero();
        assertThat(result.statuses()).as("seed %s", SEED).hasSize(8).containsOnly("PROTECTED");
        assertThat(result.json().at("/sandbox/violations")).as("seed %s", SEED).isEmpty();
        CloudService.standard()
                .forEach(s ->
                        assertThat(result.grants(s.name())).as("seed %s", SEED).isOne());
    }

    // ---- processes

    private Process started(Redirect out) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(begun ? List.of("resume") : List.of("activate", "--sandbox"));
        command.addAll(List.of("--state", state.toString(), "--json"));
        Process process = new ProcessBuilder(command)
                .redirectOutput(out)
                .redirectError(out)
                .start();
        return process;
    }

    private Result inAProcess() throws IOException, InterruptedException {
        Path out = Files.createTempFile(temp, "out", ".json");
        Process process = started(Redirect.to(out.toFile()));
        process.waitFor();
        begun |= size() > 0;
        return new Result(process.exitValue(), Files.readString(out), "");
    }

    /** Runs until the journal has grown to that size, then kill -9. @return false if it came to its end before */
    private boolean killedAt(long size) throws IOException, InterruptedException {
        Process process = started(Redirect.DISCARD);
        waitFor(process, size);
        return killed(process);
    }

    private boolean killedInItsStart(int milliseconds) throws IOException, InterruptedException {
        Process process = started(Redirect.DISCARD);
        process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
        return killed(process);
    }

    private boolean killed(Process process) throws IOException, InterruptedException {
        boolean wasAlive = process.isAlive();
        process.destroyForcibly().waitFor();
        begun |= size() > 0;
        return wasAlive;
    }

    private void waitFor(Process process, long size) throws IOException, InterruptedException {
        while (process.isAlive() && size() < size) {
            process.waitFor(1, TimeUnit.MILLISECONDS);
        }
        begun |= size() > 0;
    }

    private long size() throws IOException {
        Path journal = state.resolve("activations/activation-1/journal.jsonl");
        return Files.exists(journal) ? Files.size(journal) : 0;
    }

    // ---- disks

    private Path disk() {
        return temp.resolve("disk");
    }

    /** A disk of its own, which only root can make. */
    private void mount(String options) throws IOException, InterruptedException {
        Files.createDirectory(disk());
        isMounted = command("mount", "-t", "tmpfs", "-o", options, "none", disk().toString()) == 0;
        assumeTrue(isMounted, "nobody but root can mount a disk to fill");
        state = disk().resolve("state");
    }

    private static int command(String... words) throws IOException, InterruptedException {
        return new ProcessBuilder(words)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
