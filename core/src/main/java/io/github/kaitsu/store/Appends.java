package io.github.kaitsu.store;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.store.ActivationStore.Lease;
import java.util.List;

/** What every store asks of an append before it looks at its journal. Violations are mistakes of the caller's program. */
public final class Appends {
    private Appends() {}

    /** The entries, if they are numbered on from those the caller has seen. */
    public static List<JournalEntry> numbered(long expectedSize, List<JournalEntry> entries) {
        List<JournalEntry> all = List.copyOf(entries);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).number() != expectedSize + i + 1) {
                throw new IllegalArgumentException(
                        "entry " + all.get(i).number() + " cannot follow " + (expectedSize + i) + " entries");
            }
        }
        return all;
    }

    public static void checkLease(ActivationId id, Lease lease) {
        if (!lease.activation().equals(id)) {
            throw new IllegalArgumentException("a lease of " + lease.activation() + " is none of " + id);
        }
    }
}
