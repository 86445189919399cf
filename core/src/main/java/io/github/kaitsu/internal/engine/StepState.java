package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.Answer;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.spi.Look;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the journal says about one step. Changed by {@link RunState}'s fold only. */
final class StepState {
    @Nullable
    Evidence evidence;

    @Nullable
    String skipped;

    @Nullable
    Look look;

    @Nullable
    String lookSource;

    @Nullable
    Instant firstLookAt;

    @Nullable
    Instant lookAt;

    @Nullable
    ActionId open;

    @Nullable
    Instant openSince;

    @Nullable
    Instant overdueAt;

    boolean overdue;

    /** Why a machine gave it back; until somebody answers. */
    Answer.@Nullable HandedBack handedBack;

    /** Whether the open action is the step's question, and whether that was ever asked. */
    boolean openIsQuestion;

    boolean questionAsked;

    @Nullable
    Answer answer;

    @Nullable
    Instant answeredAt;

    /** The journal entry of the answer: order, where times may be equal. */
    long answerNumber;

    /** How often in a row it was declined or blocked. */
    int refusals;

    /** How often an action of this step was offered in the whole run; numbers its action ids. */
    int asked;

    /** How often since the last reset: what budgets count. */
    int askedThisRound;

    boolean isClosed() {
        return skipped != null || (evidence != null && evidence.holds());
    }

    boolean isContradicted() {
        return evidence != null && evidence.level() == Evidence.Level.CONTRADICTED;
    }

    void close() {
        open = null;
        openSince = null;
        overdueAt = null;
        overdue = false;
    }

    /** A new link round: what was done in the round before no longer counts. */
    void startAgain() {
        evidence = null;
        answer = null;
        answeredAt = null;
        askedThisRound = 0;
    }
}
