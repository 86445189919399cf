package io.github.kaitsu.benchmarks;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.store.FileActivationStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What is measured in processes of its own. */
final class Forks {
    private static final int RUNS = 100;
    private static final String LOOKED = "looked";

    private Forks() {}

    // ---- the command

    static List<Row> mainJob(boolean quick) throws Exception {
        Path command = Path.of(System.getProperty("kaitsu.root", "."), "examples/cli/kaitsu");
        int times = quick ? 3 : 7;
        Samples walls = new Samples();
        for (int i = -1; i < times; i++) { // the first builds, if need be
            long t = System.nanoTime();
            Process process = new ProcessBuilder(command.toString(), "activate", "--sandbox", "--json")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IllegalStateException(command + " ends with " + exit);
            }
            if (i >= 0) {
                walls.add(System.nanoTime() - t);
            }
        }
        return List.of(Row.below(
                "main-job",
                4,
                walls.percentile(0.5) / 1e9,
                "s",
                null,
                "kaitsu activate --sandbox --json, built, from the script's start to its end; median of %d, least %.2f s; 3 s are wanted"
                        .formatted(times, walls.percentile(0.001) / 1e9)));
    }

    // ---- a crash

    static List<Row> crash(boolean quick) throws Exception {
        int times = quick ? 3 : 10;
        Samples resumed = new Samples();
        Path folder = Files.createTempDirectory("kaitsu-bench");
        try {
            Process process = fork(folder);
            awaitLook(process);
            for (int i = 0; i < times; i++) {
                long t = System.nanoTime();
                process.destroyForcibly(); // SIGKILL
                process = fork(folder);
                awaitLook(process);
                resumed.add(System.nanoTime() - t);
            }
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        } finally {
            Machine.delete(folder);
        }
        return List.of(Row.below(
                "crash-resume",
                5,
                resumed.percentile(1) / 1e9,
                "s",
                null,
                "slowest of %d: from kill -9 of a JVM with %d runs in files to the first look of the next, its start included; median %.2f s"
                        .formatted(times, RUNS, resumed.percentile(0.5) / 1e9)));
    }

    private static Process fork(Path folder) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Crashing.class.getName(),
                        folder.resolve("store").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void awaitLook(Process process) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        String line = lines.readLine();
        if (!LOOKED.equals(line)) {
            throw new IllegalStateException("ended before it looked: " + line);
        }
    }

    /** The process that is killed. */
    static final class Crashing {
        private Crashing() {}

        /**
         * Begins runs and looks until it is killed.
         *
         * @param arguments the folder of the store
         */
        public static void main(String[] arguments) throws InterruptedException {
            try (FileActivationStore store = FileActivationStore.at(Path.of(arguments[0]));
                    ActivationClient client = Looking.client(store, Duration.ofMillis(500), new OneLook(at -> {
                        System.out.println(LOOKED);
                        System.out.flush();
                    }))) {
                for (int i = 0; i < RUNS; i++) {
                    client.begin(Looking.run(i), Looking.request(i));
                }
                client.start();
                Thread.sleep(Duration.ofMinutes(1).toMillis());
            }
        }
    }
}
