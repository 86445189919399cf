package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ConsoleReading;
import io.github.kaitsu.Event.RoundReason;
import io.github.kaitsu.FailureReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the journal says about one service. Changed by {@link RunState}'s fold only. */
final class ServiceState {
    /** Whether this service holds the console's link slot. */
    boolean slot;

    /** Whether it once held the slot and gave it back. */
    boolean slotReleased;

    /** Who held the slot and was gone, and the journal entry that says so. */
    @Nullable
    String blockedBy;

    long blockedNumber;
    int round;

    @Nullable
    RoundReason roundReason;

    @Nullable
    Instant roundAt;

    /** The console as it was before this round's grant was offered. */
    @Nullable
    ConsoleReading baseline;

    @Nullable
    Instant baselineAt;

    /** The oldest reading while it holds the slot: what proves the link must be newer than this. */
    @Nullable
    ConsoleReading first;

    /** The newest reading. */
    @Nullable
    ConsoleReading reading;

    @Nullable
    Instant readingAt;

    /** The journal entry of that reading: order, where times may be equal. */
    long readingNumber;

    boolean readByMachine;
    String readBy = "";
    boolean linked;

    @Nullable
    Instant linkedAt;

    boolean adopted;

    /** How often the grant was offered to somebody. */
    int linkAttempts;

    /** Rounds in a row that linked nothing. */
    int failedRounds;

    int stalls;

    @Nullable
    ActivationStatus ended;

    @Nullable
    FailureReason failure;

    String detail = "";

    boolean isEnded() {
        return ended != null;
    }
}
