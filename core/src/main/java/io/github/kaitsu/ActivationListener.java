package io.github.kaitsu;

import io.github.kaitsu.journal.JournalEntry;

/** Is told of every event this process appends, after it is durable, on the thread that appended it. Must return quickly. */
@FunctionalInterface
public interface ActivationListener {
    void happened(ActivationId activation, JournalEntry entry);
}
