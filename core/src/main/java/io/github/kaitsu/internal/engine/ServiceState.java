package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.Statement;
import io.github.kaitsu.StepId;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.Event.RoundReason;
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

    /** Whose link at this console is waited for. */
    @Nullable
    String awaited;

    int round;

    /** The journal entry that began the round. */
    long roundNumber;

    @Nullable
    RoundReason roundReason;

    /** The journal entries of the run's first grant and of its newest; 0 where none was offered. */
    long firstGrant;

    long lastGrant;

    /** Somebody took back or contradicted what was known of the link: only what is read after this entry counts. */
    long doubted;

    boolean linked;

    @Nullable
    Instant linkedAt;

    /** The journal entry that said so. */
    long linkedNumber;

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

    Statement detail = Statement.NOTHING;

    /** The step at which it ended, if it was one. */
    @Nullable
    StepId endedAt;

    boolean isEnded() {
        return ended != null;
    }

    // ---- what events change; their entry's time and number stand beside them

    void slotTaken() {
        slot = true;
        awaited = null;
    }

    void slotReleased() {
        slot = false;
        slotReleased = true;
    }

    void slotBlocked(Event.SlotBlocked event, long entry) {
        blockedBy = event.owner();
        blockedNumber = entry;
    }

    void roundStarted(Event.RoundStarted event, long entry) {
        round = event.round();
        roundNumber = entry;
        roundReason = event.reason();
        linked = false;
        failedRounds = switch (event.reason()) {
            case LINK_FAILED -> failedRounds + 1;
            case HANDED_BACK -> failedRounds;
            case FIRST, STALLED, CORRECTED -> 0;
        };
    }

    void grantOffered(long entry) {
        linkAttempts++;
        lastGrant = entry;
        firstGrant = firstGrant == 0 ? entry : firstGrant;
    }

    void linked(Event.Linked event, Instant at, long entry) {
        linked = true;
        linkedAt = at;
        linkedNumber = entry;
        // できた alone ends no row of rounds that linked nothing
        failedRounds = event.seen().code().equals(LinkDecider.GRANTED) ? failedRounds : 0;
    }

    void adopted(long entry) {
        adopted = true;
        linked = true;
        linkedNumber = entry;
    }

    void ended(Event.ServiceEnded event) {
        ended = event.status();
        failure = event.reason().orElse(null);
        detail = event.detail();
        endedAt = event.step().orElse(null);
    }

    /** What it rested on was taken back or contradicted: it is worked on again. */
    void reopen() {
        if (ended == ActivationStatus.PROTECTED) {
            ended = null;
            detail = Statement.NOTHING;
            endedAt = null;
        }
    }
}
