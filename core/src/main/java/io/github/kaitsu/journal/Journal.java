package io.github.kaitsu.journal;

import io.github.kaitsu.ActivationId;
import java.util.List;

/** All events of one run as they stand in the store, oldest first. */
public record Journal(ActivationId id, List<JournalEntry> entries) {
    /** Keeps an unmodifiable copy. */
    public Journal {
        entries = List.copyOf(entries);
    }

    /** How many entries there are. */
    public long size() {
        return entries.size();
    }
}
