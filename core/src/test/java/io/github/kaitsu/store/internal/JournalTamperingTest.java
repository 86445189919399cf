package io.github.kaitsu.store.internal;

import static io.github.kaitsu.contract.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.files.OwnerOnly;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.store.FileActivationStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody did to a journal file behind the store's back. */
class JournalTamperingTest {
    private static final ActivationId ID = ActivationId.of("acme-1");

    @TempDir
    Path temp;

    private FileActivationStore running;
    private Path file;

    @BeforeEach
    void writeFourLines() {
        Path folder = temp.resolve("store");
        file = folder.resolve("activations/acme-1/journal.jsonl");
        running = FileActivationStore.at(folder);
        append(running, 0, "first", "second");
        append(running, 2, "third");
        append(running, 3, "fourth");
    }

    @AfterEach
    void close() {
        running.close();
    }

    @Test
    void line_thatWasEdited_isNamedAndNotQuoted() throws Exception {
        List<String> lines = Files.readAllLines(file);
        lines.set(2, lines.get(2).replace("third", "edited"));
        write(lines);

        assertCorrupt(3);
        assertThatThrownBy(this::loadAfresh).isInstanceOfSatisfying(KaitsuException.class, e -> {
            for (Locale language : List.of(Locale.JAPANESE, Locale.ENGLISH)) {
                assertThat(e.message(language))
                        .contains("activations/acme-1/journal.jsonl", "3")
                        .doesNotContain("edited");
            }
            assertThat(e).hasNoCause();
        });
    }

    @Test
    void line_thatIsMissing_isNamed() throws Exception {
        List<String> lines = Files.readAllLines(file);
        lines.remove(1);
        write(lines);

        assertCorrupt(2);
    }

    @Test
    void lines_thatChangedPlaces_areNamed() throws Exception {
        List<String> lines = Files.readAllLines(file);
        lines.add(2, lines.remove(3));
        write(lines);

        assertCorrupt(3);
    }

    @Test
    void line_thatIsThereTwice_isNamed() throws Exception {
        List<String> lines = Files.readAllLines(file);
        lines.add(lines.get(3));
        write(lines);

        assertCorrupt(5);
    }

    @Test
    void line_withASpaceMore_isNamed() throws Exception {
        List<String> lines = Files.readAllLines(file);
        lines.set(3, lines.get(3) + " ");
        write(lines);

        assertCorrupt(4);
    }

    @Test
    void line_thatIsEmpty_isNamed() throws Exception {
        List<String> lines = Files.readAllLines(file);
        lines.add("");
        write(lines);

        assertCorrupt(5);
    }

    @Test
    void header_thatIsMissing_isNamed() throws Exception {
        write(Files.readAllLines(file).subList(1, 4));

        assertCorrupt(1);
    }

    @Test
    void anyByte_thatFlips_isNoticed() throws Exception {
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length - 1; i++) { // the last line end: the line is torn then
            byte[] bad = good.clone();
            bad[i] ^= 1;
            Files.write(file, bad);

            assertThatThrownBy(this::loadAfresh, "byte %s", i)
                    .isInstanceOfSatisfying(
                            KaitsuException.class,
                            e -> assertThat(e.code())
                                    .isIn(ErrorCode.STORE_CORRUPT, ErrorCode.STORE_FOREIGN, ErrorCode.STORE_NEWER));
        }
    }

    @Test
    void journal_ofAnotherActivation_isCorrupt() throws Exception {
        Path other = Files.createDirectory(file.getParent().resolveSibling("other"), OwnerOnly.newDirectory(file));
        Files.move(file, other.resolve("journal.jsonl"));

        try (FileActivationStore store = FileActivationStore.at(temp.resolve("store"))) {
            assertRefused(ErrorCode.STORE_CORRUPT, () -> store.load(ActivationId.of("other")));
        }
    }

    @Test
    void header_ofALaterVersion_isNewer() throws Exception {
        List<String> lines = Files.readAllLines(file);
        lines.set(0, lines.get(0).replace("\"version\":1", "\"version\":2"));
        write(lines);

        assertRefused(ErrorCode.STORE_NEWER, this::loadAfresh);
    }

    @ParameterizedTest
    @ValueSource(strings = {"once upon a time\n", "{\"format\":\"diary\",\"version\":1}\n", "[]\n", "\n"})
    void file_thatIsNoJournal_isForeign(String content) throws Exception {
        Files.writeString(file, content);

        assertRefused(ErrorCode.STORE_FOREIGN, this::loadAfresh);
    }

    /** The store goes on with the others, and whoever loads this one hears of it. */
    @Test
    void all_withACorruptJournal_stillNamesIt() throws Exception {
        Files.writeString(file, "once upon a time\n");

        try (FileActivationStore store = FileActivationStore.at(temp.resolve("store"))) {
            assertThat(store.all()).containsExactly(ID);
        }
    }

    // ---- torn by a crash

    @Test
    void tail_thatWasTorn_isIgnoredByReadersAndCutOffByTheNextAppend() throws Exception {
        byte[] good = Files.readAllBytes(file);
        for (int cut = lengthOf(3) + 1; cut < good.length; cut++) {
            byte[] torn = Arrays.copyOf(good, cut);
            Files.write(file, torn);

            try (FileActivationStore store = FileActivationStore.at(temp.resolve("store"))) {
                assertThat(store.size(ID)).isEqualTo(3);
                assertThat(Files.readAllBytes(file)).isEqualTo(torn);
                append(store, 3, "fourth");
                assertThat(store.size(ID)).isEqualTo(4);
            }
            assertThat(Files.readAllBytes(file)).isEqualTo(good);
        }
    }

    @Test
    void tail_ofNulBytes_isIgnoredToo() throws Exception {
        byte[] good = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(good, good.length + 4096));

        try (FileActivationStore store = FileActivationStore.at(temp.resolve("store"))) {
            append(store, 4, "fifth");
            assertThat(store.load(ID).orElseThrow().entries()).hasSize(5);
        }
        assertThat(Files.readString(file)).doesNotContain("\0").endsWith("}\n");
    }

    @Test
    void appendAfterATornTail_isSeenByAProcessThatSawTheTail() throws Exception {
        Files.writeString(
                file, Files.readString(file) + "{\"line\":5,\"previous\":\"torn and rather long: " + "x".repeat(2000));
        assertThat(running.size(ID)).isEqualTo(4);

        try (FileActivationStore other = FileActivationStore.at(temp.resolve("store"))) {
            append(other, 4, "fifth");
        }

        assertThat(running.size(ID)).isEqualTo(5);
    }

    // ---- under the eyes of a running process

    @Test
    void lineAtTheEnd_thatWasRemoved_isMissedByAProcessThatSawIt() throws Exception {
        running.size(ID);
        write(Files.readAllLines(file).subList(0, 3));

        assertRefused(ErrorCode.STORE_CORRUPT, () -> running.size(ID));
        assertRefused(ErrorCode.STORE_CORRUPT, () -> running.load(ID));
        assertRefused(ErrorCode.STORE_CORRUPT, () -> append(running, 3, "fourth"));
    }

    @Test
    void journal_thatWasDeleted_isMissedByAProcessThatSawIt() throws Exception {
        Files.delete(file);

        assertRefused(ErrorCode.STORE_CORRUPT, () -> running.load(ID));
        assertRefused(ErrorCode.STORE_CORRUPT, () -> append(running, 0, "first"));
    }

    @Test
    void journal_thatWasReplacedByAnotherSoundOne_isNoticed() throws Exception {
        Path elsewhere = temp.resolve("elsewhere");
        try (FileActivationStore other = FileActivationStore.at(elsewhere)) {
            for (int i = 0; i < 9; i++) {
                append(other, i, "other");
            }
        }
        Files.delete(file);
        Files.copy(elsewhere.resolve("activations/acme-1/journal.jsonl"), file, StandardCopyOption.COPY_ATTRIBUTES);

        assertRefused(ErrorCode.STORE_CORRUPT, () -> running.load(ID));
    }

    @Test
    void journal_thatWasReplacedByItsOwnCopy_isFine() throws Exception {
        Path copy = file.resolveSibling("copy");
        Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);

        assertThat(running.size(ID)).isEqualTo(4);
        append(running, 4, "fifth");
    }

    /** What was verified once is not read again: it is the price of a cheap {@code size}. */
    @Test
    void journal_thatHasGrown_isReadFromWhereItWasLeft() throws Exception {
        running.size(ID);
        try (FileActivationStore other = FileActivationStore.at(temp.resolve("store"))) {
            append(other, 4, "fifth");
        }
        byte[] edited = Files.readAllBytes(file);
        edited[lengthOf(1) + 20] ^= 1;
        Files.write(file, edited);

        assertThat(running.size(ID)).isEqualTo(5);
        assertRefused(ErrorCode.STORE_CORRUPT, this::loadAfresh);
    }

    // ---- helpers

    private static void append(FileActivationStore store, long expectedSize, String... texts) {
        List<JournalEntry> entries = new ArrayList<>();
        for (String text : texts) {
            entries.add(new JournalEntry(
                    expectedSize + entries.size() + 1, Instant.EPOCH, new Event.CancelRequested(text)));
        }
        store.append(ID, expectedSize, Optional.empty(), entries);
    }

    private int lengthOf(int lines) throws IOException {
        return Files.readAllLines(file).stream()
                .limit(lines)
                .mapToInt(line -> line.length() + 1)
                .sum();
    }

    private void write(List<String> lines) throws IOException {
        Files.writeString(file, String.join("\n", lines) + "\n");
    }

    private void loadAfresh() {
        try (FileActivationStore store = FileActivationStore.at(temp.resolve("store"))) {
            store.load(ID);
        }
    }

    private void assertCorrupt(int line) {
        assertThatThrownBy(this::loadAfresh).isInstanceOfSatisfying(KaitsuException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.STORE_CORRUPT);
            assertThat(e)
                    .hasMessage("Line " + line + " of activations/acme-1/journal.jsonl is not what was written there.");
        });
    }
}
