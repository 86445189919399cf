package io.github.kaitsu.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.files.OwnerOnly;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A folder that an earlier version wrote, byte for byte, is a store of every later one (docs/journal.md). */
class GoldenStoreTest extends StoreOnDisk {
    private static final ActivationId RUN = ActivationId.of("activation-1");

    @BeforeEach
    void copy() throws Exception {
        Path golden =
                Path.of(GoldenStoreTest.class.getResource("/journal/store").toURI());
        try (Stream<Path> all = Files.walk(golden)) {
            for (Path from : all.toList()) {
                Path to = folder.resolve(golden.relativize(from).toString());
                if (Files.isDirectory(from)) {
                    Files.createDirectories(to, OwnerOnly.newDirectory(to));
                } else {
                    Files.createFile(to, OwnerOnly.newFile(to));
                    Files.write(to, Files.readAllBytes(from));
                }
            }
        }
    }

    @Test
    void run_isReadWhole() {
        List<JournalEntry> entries = store.load(RUN).orElseThrow().entries();

        assertThat(entries.get(0).event()).isInstanceOf(Event.Begun.class);
        assertThat(entries.get(entries.size() - 1).event()).isInstanceOf(Event.Ended.class);
        assertThat(entries)
                .extracting(JournalEntry::event)
                .filteredOn(Event.ServiceEnded.class::isInstance)
                .map(Event.ServiceEnded.class::cast)
                .extracting(Event.ServiceEnded::service, Event.ServiceEnded::status)
                .containsExactlyInAnyOrder(
                        tuple(CloudService.BOX, ActivationStatus.PROTECTED),
                        tuple(CloudService.GMAIL, ActivationStatus.PROTECTED));
    }

    @Test
    void run_canBeContinued() {
        long size = store.size(RUN);

        store.append(
                RUN, size, Optional.empty(), List.of(new JournalEntry(size + 1, Instant.EPOCH, new Event.Ended())));

        assertThat(store.size(RUN)).isEqualTo(size + 1);
    }
}
