package io.github.kaitsu.store.internal;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.store.ActivationStore.ClaimKey;
import io.github.kaitsu.store.ActivationStore.Lease;
import io.github.kaitsu.store.FileActivationStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store in a folder that is not there yet. */
abstract class StoreOnDisk {
    static final ActivationId ID = ActivationId.of("acme-1");
    static final ClaimKey KEY = new ClaimKey("customer", "JP/a");

    @TempDir
    Path temp;

    Path folder;
    FileActivationStore store;

    @BeforeEach
    void open() {
        folder = temp.resolve("store");
        store = FileActivationStore.at(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    final void write() {
        append(store, 0);
    }

    /** What leaves a fence: an append under a lease. */
    static void appendUnderALease(FileActivationStore store) {
        try (Lease lease = store.tryLease(ID).orElseThrow()) {
            store.append(ID, 0, Optional.of(lease), List.of(new JournalEntry(1, Instant.EPOCH, new Event.Ended())));
        }
    }

    static void append(FileActivationStore store, long size) {
        store.append(ID, size, Optional.empty(), List.of(new JournalEntry(size + 1, Instant.EPOCH, new Event.Ended())));
    }
}
