package io.github.kaitsu.contract;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.store.ActivationStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Opens, closes and writes to the stores of {@link ActivationStoreContract}. */
abstract class StoresUnderTest extends ReopenedStores<ActivationStore> {
    static final ActivationId ID = ActivationId.of("acme-1");
    static final int THREADS = 8;

    /** Entries that differ in a text, numbered on from {@code after}. */
    protected static List<JournalEntry> entries(long after, String... texts) {
        List<JournalEntry> entries = new ArrayList<>();
        for (String text : texts) {
            Instant time = Instant.parse("2026-11-02T03:00:00Z").plusSeconds(after + entries.size());
            entries.add(new JournalEntry(after + entries.size() + 1, time, new Event.CancelRequested(text)));
        }
        return entries;
    }

    static void append(ActivationStore store, long expectedSize, String... texts) {
        store.append(ID, expectedSize, Optional.empty(), entries(expectedSize, texts));
    }

    interface Work<T> {
        List<T> by(int thread) throws Exception;
    }

    /** Lets all threads begin together and gathers what they return. */
    static <T> List<T> atOnce(Work<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        try {
            List<Callable<List<T>>> calls = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                calls.add(() -> {
                    start.await();
                    return work.by(thread);
                });
            }
            List<T> all = new ArrayList<>();
            for (Future<List<T>> result : threads.invokeAll(calls)) {
                all.addAll(result.get());
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }
}
