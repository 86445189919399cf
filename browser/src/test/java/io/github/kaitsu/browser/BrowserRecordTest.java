package io.github.kaitsu.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.browser.internal.Profiles;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.operator.RecordedChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrowserRecordTest {
    private static final CustomerId CUSTOMER = CustomerId.of(ConsoleSite.JP, "CAS0001");

    @TempDir
    Path folder;

    @Test
    void whereNoBrowserEverWorked_thereIsNothing_andNothingIsMade() {
        assertThat(BrowserRecord.read(folder.resolve("missing"), CUSTOMER)).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void lines_areReadOldestFirst_andThoseOfADeadWriterAreLeftOut() throws IOException {
        Path record = new Profiles(folder).whereRecordIs(CUSTOMER);
        Files.createDirectories(record);
        Files.writeString(record.resolve("record.jsonl"), """
                {"time":"2026-11-24T00:00:00Z","activation":"a","action":"box.grant.1","by":"browser","what":"権限の付与","address":"https://x/y","before":"00001.png"}
                {"time":"yesterday","activation":"a","action":"x","by":"browser"}
                []
                not json
                {"time":"2026-11-24T00:01:00Z","activation":"a","action":"box.grant.1","by":"person","what":"同意","address":"https://x/z","after":"00002.png"}
                {"time":"2026-11-24T00:02:00Z","activ""");

        assertThat(BrowserRecord.read(folder, CUSTOMER))
                .satisfiesExactly(
                        first -> {
                            assertThat(first.by()).isEqualTo(RecordedChange.By.BROWSER);
                            assertThat(first.what()).isEqualTo("権限の付与");
                            assertThat(first.before()).contains(record.resolve("00001.png"));
                            assertThat(first.after()).isEmpty();
                        },
                        second -> assertThat(second.by()).isEqualTo(RecordedChange.By.PERSON));
    }

    /** Half a line of a dead writer that names the run has no pictures that could be found, and is gone with the next one. */
    @Test
    void keeper_erasesTheRunsLinesAndPictures_andLeavesTheOthers() throws IOException {
        Path record = new Profiles(folder).whereRecordIs(CUSTOMER);
        Files.createDirectories(record);
        String mine = """
                {"time":"2026-11-24T00:00:00Z","activation":"a","action":"box.grant.1","by":"browser","what":"権限の付与","address":"https://x/y","before":"00001.png","after":"00002.png"}
                """;
        String others = """
                {"time":"2026-11-24T00:01:00Z","activation":"a.b","action":"box.grant.1","by":"person","what":"同意","address":"https://x/z","after":"00003.png"}
                not json "activation":"a"
                """;
        String handedBack = """
                {"time":"2026-11-24T00:02:00Z","activation":"a","action":"box.grant.1","handedBack":"00004.png"}
                {"activation":"a","before":"../../outside.png"}
                """;
        Path lines = record.resolve("record.jsonl");
        Files.writeString(lines, mine + others + handedBack);
        Files.writeString(folder.resolve("outside.png"), "not ours");
        for (int i = 1; i <= 4; i++) {
            Files.writeString(record.resolve("0000" + i + ".png"), "picture");
        }

        for (int twice = 0; twice < 2; twice++) {
            BrowserRecord.keeper(folder).forget(ActivationId.of("a"), CUSTOMER);

            assertThat(Files.readString(lines)).contains(others).doesNotContain("権限の付与", "box.grant.1\",\"handedBack");
            assertThat(Files.size(lines)).isEqualTo((mine + others + handedBack).getBytes(UTF_8).length);
            assertThat(BrowserRecord.read(folder, CUSTOMER)).hasSize(1);
            assertThat(record.resolve("00003.png")).exists();
            assertThat(List.of("00001.png", "00002.png", "00004.png")).noneMatch(p -> Files.exists(record.resolve(p)));
            assertThat(folder.resolve("outside.png")).exists();
        }
    }

    @Test
    void keeper_whereNoBrowserEverWorked_makesNothing() {
        BrowserRecord.keeper(folder.resolve("missing")).forget(ActivationId.of("a"), CUSTOMER);
        assertThat(folder).isEmptyDirectory();
    }
}
