package io.github.kaitsu.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.Journal;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.ActivationStore.ClaimKey;
import io.github.kaitsu.store.ActivationStore.Lease;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A short run, told to a store; remembers what the store has confirmed. Telling it again goes on where it stopped. */
final class StoreStory {
    static final ActivationId ID = ActivationId.of("a");
    private static final ClaimKey CUSTOMER = new ClaimKey("customer", "c");
    private static final ClaimKey CONSOLE = new ClaimKey("console", "c");

    private final List<JournalEntry> confirmed = new ArrayList<>();
    private List<JournalEntry> underWay = List.of();
    private final Map<ClaimKey, Set<Optional<String>>> owners = new HashMap<>();
    private long token;
    private int chapter;
    private boolean isForgetting;
    private boolean isForgotten;

    void tell(ActivationStore store) {
        chapter(0, () -> append(store, Optional.empty(), "a", "b"));
        chapter(1, () -> claim(store, CUSTOMER));
        chapter(2, () -> underLease(store));
        chapter(3, () -> append(store, Optional.empty(), "d"));
        chapter(4, () -> claim(store, CONSOLE));
        chapter(5, () -> release(store, CONSOLE));
        chapter(6, () -> underLease(store));
        chapter(7, () -> forget(store));
    }

    private void forget(ActivationStore store) {
        try (Lease lease = store.tryLease(ID).orElseThrow()) {
            token = lease.fencingToken();
            isForgetting = true;
            store.forget(ID, confirmed.size(), lease, Instant.EPOCH);
        }
        confirmed.clear();
        isForgotten = true;
    }

    private void chapter(int number, Runnable tell) {
        if (chapter <= number) {
            chapter = number;
            tell.run();
            chapter++;
        }
    }

    private void underLease(ActivationStore store) {
        try (Lease lease = store.tryLease(ID).orElseThrow()) {
            assertThat(lease.fencingToken()).isGreaterThan(token);
            token = lease.fencingToken();
            append(store, Optional.of(lease), "c");
        }
    }

    private void append(ActivationStore store, Optional<Lease> lease, String... texts) {
        List<JournalEntry> entries = new ArrayList<>();
        for (String text : texts) {
            int number = confirmed.size() + entries.size() + 1;
            entries.add(new JournalEntry(number, Instant.EPOCH, new Event.CancelRequested(text)));
        }
        underWay = entries;
        store.append(ID, confirmed.size(), lease, entries);
        confirmed.addAll(entries);
        underWay = List.of();
    }

    private void claim(ActivationStore store, ClaimKey key) {
        owners.put(key, Set.of(Optional.empty(), Optional.of("a")));
        assertThat(store.claim(key, "a")).isTrue();
        owners.put(key, Set.of(Optional.of("a")));
    }

    private void release(ActivationStore store, ClaimKey key) {
        owners.put(key, Set.of(Optional.empty(), Optional.of("a")));
        store.release(key, "a");
        owners.put(key, Set.of(Optional.empty()));
    }

    /** Everything confirmed is there; what was under way is there as a whole or not at all. */
    void checkWhatIsLeft(ActivationStore store) {
        List<JournalEntry> found = store.load(ID).map(Journal::entries).orElse(List.of());
        List<JournalEntry> more = new ArrayList<>(confirmed);
        more.addAll(underWay);
        assertThat(found).isIn(confirmed, more, isForgetting ? List.of() : confirmed);
        assertThat(store.forgottenAt(ID).isPresent()).isEqualTo(isForgotten || (isForgetting && found.isEmpty()));
        assertThat(store.size(ID)).isEqualTo(found.size());
        assertThat(store.all()).isEqualTo(found.isEmpty() ? List.of() : List.of(ID));
        owners.forEach((key, possible) -> assertThat(store.claimant(key)).isIn(possible));
    }

    /** After an append that was refused: none of it, neither for this store nor on the disk. */
    void checkThatNothingIsUnderWay(ActivationStore store) {
        boolean isGone = isForgetting && store.forgottenAt(ID).isPresent(); // then only erasing it is left to do
        assertThat(store.load(ID).map(Journal::entries).orElse(List.of())).isEqualTo(isGone ? List.of() : confirmed);
        underWay = List.of();
    }

    /** The next process: takes what it finds for confirmed, and the lease at once. */
    void goOn(ActivationStore store) {
        confirmed.clear();
        confirmed.addAll(store.load(ID).map(Journal::entries).orElse(List.of()));
        underWay = List.of();
        if (store.forgottenAt(ID).isPresent()) {
            isForgotten = true;
        } else {
            underLease(store);
        }
        claim(store, CUSTOMER);
    }
}
