package io.github.kaitsu.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.FileActivationStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no run writes is refused unread, for that run alone. */
class StoreBoundsTest {
    private static final ActivationId HUGE = ActivationId.of("huge");
    private static final ActivationId OTHER = ActivationId.of("other");
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

    @TempDir
    Path temp;

    /** Holes in the file: reading them all would take the memory that a test has. */
    @ParameterizedTest
    @ValueSource(longs = {65L << 20, 800L << 20, 40L << 30})
    void journal_largerThanAnyRuns_isRefusedForThatRunAlone(long size) throws IOException {
        Path root = temp.resolve("store");
        try (FileActivationStore store = FileActivationStore.at(root)) {
            begin(store, HUGE);
            begin(store, OTHER);
            lengthen(root, size);

            assertRefused(store);
            assertThat(store.load(OTHER)).isPresent();
            assertThat(store.all()).containsExactlyInAnyOrder(HUGE, OTHER);
        }
        try (FileActivationStore again = FileActivationStore.at(root)) { // another process, which knew nothing of it
            assertRefused(again);
            assertThat(again.load(OTHER)).isPresent();
        }
    }

    @Test
    void line_longerThanAnyAppend_isRefused() throws IOException {
        Path root = temp.resolve("store");
        try (FileActivationStore store = FileActivationStore.at(root)) {
            begin(store, HUGE);
            try (RandomAccessFile file = new RandomAccessFile(journal(root).toFile(), "rw")) {
                file.seek(file.length() + (17L << 20));
                file.write('\n');
            }
            assertRefused(store);
        }
    }

    /** Else nobody could read the run any more. */
    @Test
    void append_ofWhatCouldNotBeReadAgain_isRefusedAndNothingIsWritten() {
        try (FileActivationStore store = FileActivationStore.at(temp.resolve("store"))) {
            begin(store, HUGE);
            Event much = new Event.HandedIn(new Answer.Saw("sato", "x".repeat(17 << 20)), false, Optional.empty());
            KaitsuException refusal = catchThrowableOfType(
                    KaitsuException.class,
                    () -> store.append(HUGE, 1, Optional.empty(), List.of(new JournalEntry(2, NOW, much))));

            assertThat(refusal.code()).isEqualTo(ErrorCode.STORE_CORRUPT);
            assertThat(store.load(HUGE).orElseThrow().entries()).hasSize(1);
            store.append(
                    HUGE, 1, Optional.empty(), List.of(new JournalEntry(2, NOW, new Event.CancelRequested("sato"))));
            assertThat(store.size(HUGE)).isEqualTo(2);
        }
    }

    @Test
    void smallFiles_thatAreHuge_areRefused() throws IOException {
        Path root = temp.resolve("store");
        try (FileActivationStore store = FileActivationStore.at(root)) {
            try (ActivationStore.Lease lease = store.tryLease(HUGE).orElseThrow()) {
                store.append(
                        HUGE,
                        0,
                        Optional.of(lease),
                        List.of(new JournalEntry(1, NOW, new Event.CancelRequested("sato"))));
            }
            try (RandomAccessFile file = new RandomAccessFile(
                    root.resolve("activations/huge/fence.json").toFile(), "rw")) {
                file.setLength(4L << 30);
            }
            KaitsuException refusal = catchThrowableOfType(KaitsuException.class, () -> store.tryLease(HUGE));
            assertThat(refusal.code()).isEqualTo(ErrorCode.STORE_CORRUPT);
        }
    }

    private static void assertRefused(FileActivationStore store) {
        KaitsuException refusal = catchThrowableOfType(KaitsuException.class, () -> store.load(HUGE));
        assertThat(refusal.code()).isEqualTo(ErrorCode.STORE_CORRUPT);
        for (Locale locale : List.of(Locale.JAPANESE, Locale.ENGLISH)) {
            assertThat(refusal.message(locale)).contains("huge", "MB");
            assertThat(refusal.nextStep(locale)).isNotBlank();
        }
    }

    private static void begin(FileActivationStore store, ActivationId id) {
        store.append(id, 0, Optional.empty(), List.of(new JournalEntry(1, NOW, new Event.CancelRequested("sato"))));
    }

    private static Path journal(Path root) {
        return root.resolve("activations/huge/journal.jsonl");
    }

    private static void lengthen(Path root, long size) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(journal(root).toFile(), "rw")) {
            file.setLength(size);
            file.seek(size - 1);
            file.write("\n".getBytes(StandardCharsets.US_ASCII));
        }
    }
}
