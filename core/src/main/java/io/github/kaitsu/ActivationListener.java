package io.github.kaitsu;

import io.github.kaitsu.journal.JournalEntry;
import java.time.Instant;

/** Is told of every event this process appends, after it is durable, on the thread that appended it. Must return quickly. */
@FunctionalInterface
public interface ActivationListener {
    /**
     * Hears one event, after it was appended, on the thread that appended it: return soon. What it throws is logged and concerns
     * nobody else.
     */
    void happened(ActivationId activation, JournalEntry entry);

    /** A run was erased; nothing is said of what it was. Default: nothing is done. */
    default void forgotten(ActivationId activation, Instant at) {}
}
