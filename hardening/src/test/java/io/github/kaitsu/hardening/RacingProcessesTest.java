package io.github.kaitsu.hardening;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.cluster.JdbcActivationStore;
import io.github.kaitsu.cluster.KaitsuSchema;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.FileActivationStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes racing on one folder and one database: what one alone may have, one alone has, and every append is there, once. */
@Timeout(600)
class RacingProcessesTest {
    private static final int PROCESSES = 3;
    private static final int ROUNDS = Boolean.getBoolean("kaitsu.nightly") ? 2_000 : 60;

    @TempDir
    Path temp;

    /** From when until when a process surely had something. */
    private record Held(long token, long from, long until) {}

    @Test
    void onOneFolder_oneAloneHasWhatOneAloneMayHave() throws Exception {
        String folder = temp.resolve("store").toString();
        FileActivationStore.at(Path.of(folder)).close();

        race(folder, FileActivationStore.at(Path.of(folder)));
    }

    @Test
    void onOneDatabase_oneAloneHasWhatOneAloneMayHave() throws Exception {
        System.setProperty(
                "ot.epg.working-dir",
                Path.of("target/postgres").toAbsolutePath().toString());
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            KaitsuSchema.migrate(server.getPostgresDatabase());

            race(server.getJdbcUrl("postgres", "postgres"), JdbcActivationStore.on(server.getPostgresDatabase()));
        }
    }

    private void race(String where, ActivationStore store) throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(started(where, "racer-" + i));
        }
        List<BufferedReader> outputs = processes.stream()
                .map(p -> p.inputReader(StandardCharsets.UTF_8))
                .toList();
        for (BufferedReader output : outputs) {
            assertThat(output.readLine()).isEqualTo("ready");
        }
        for (Process process : processes) {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        }
        Map<String, List<Held>> held = new TreeMap<>();
        Map<String, List<Long>> appended = new TreeMap<>();
        for (BufferedReader output : outputs) {
            for (String line : (Iterable<String>) output.lines()::iterator) {
                String[] words = line.split(" ");
                if (words[0].equals("append")) {
                    appended.computeIfAbsent(words[1], run -> new ArrayList<>()).add(Long.parseLong(words[2]));
                } else {
                    assertThat(words[0]).as(line).isIn("lease", "claim");
                    held.computeIfAbsent(words[0] + " " + words[1], what -> new ArrayList<>())
                            .add(new Held(
                                    Long.parseLong(words[2]), Long.parseLong(words[3]), Long.parseLong(words[4])));
                }
            }
        }
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }
        assertThat(held).as("two runs and two slots").hasSize(4);
        held.forEach((what, times) -> assertApart(what, times));
        try (store) {
            appended.forEach((run, numbers) -> {
                assertThat(numbers).doesNotHaveDuplicates();
                assertThat(store.size(ActivationId.of(run))).as(run).isEqualTo(numbers.size());
                assertThat(store.load(ActivationId.of(run)).orElseThrow().entries())
                        .extracting(entry -> entry.number())
                        .containsExactlyElementsOf(numbers.stream().sorted().toList());
            });
        }
    }

    private static void assertApart(String what, List<Held> times) {
        List<Held> inOrder =
                times.stream().sorted(Comparator.comparing(Held::from)).toList();
        assertThat(inOrder).as(what).hasSizeGreaterThan(5);
        for (int i = 1; i < inOrder.size(); i++) {
            assertThat(inOrder.get(i).from())
                    .as(what)
                    .isGreaterThanOrEqualTo(inOrder.get(i - 1).until());
            if (what.startsWith("lease")) {
                assertThat(inOrder.get(i).token())
                        .as(what)
                        .isGreaterThan(inOrder.get(i - 1).token());
            }
        }
    }

    private static Process started(String where, String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Racer.class.getName(),
                        where,
                        name,
                        Integer.toString(ROUNDS))
                .redirectError(Redirect.INHERIT)
                .start();
    }
}
