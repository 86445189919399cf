package io.github.kaitsu.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CustomerId;
import io.github.kaitsu.browser.internal.Profiles;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.operator.RecordedChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
