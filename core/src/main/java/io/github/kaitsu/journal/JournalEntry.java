package io.github.kaitsu.journal;

import java.time.Instant;

/**
 * One event of a run.
 *
 * @param number counted from 1
 * @param time by the client's clock, for people; never compared with a provider's time
 */
public record JournalEntry(long number, Instant time, Event event) {}
