package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.SkipReason;
import io.github.kaitsu.Statement;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.provision.ProbeResult;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the journal says about one step. Changed by {@link RunState}'s fold only. */
final class StepState {
    @Nullable
    Evidence evidence;

    /** The journal entry of the answer or reading that the evidence rests on; 0 where it rests on a look. */
    long basis;

    /** Who said the opposite of it after it was closed, or took back what it rests on. */
    @Nullable
    Contradiction contradiction;

    @Nullable
    SkipReason skipped;

    @Nullable
    ProbeResult look;

    Evidence.@Nullable Source lookSource;

    /** The journal entry of its first look. */
    long firstLook;

    @Nullable
    Instant lookAt;

    /** How long after its look the provider wants to be left alone. */
    Duration notBefore = Duration.ZERO;

    /** The journal entry of its newest look. */
    long lookNumber;

    @Nullable
    ActionId open;

    @Nullable
    Instant openSince;

    /** The journal entry that offered it. */
    long openNumber;

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

    /** The journal entry of the answer. */
    long answerNumber;

    /** Whether a machine that the client knows has read what it answers. */
    boolean readByMachine;

    /** How often in a row it was declined or blocked. */
    int refusals;

    /** How often an action of this step was offered in the whole run; numbers its action ids. */
    int asked;

    /** How often since the last reset: what budgets count. */
    int askedThisRound;

    /** What was asked of the console, newest first asked last; only of the reading. */
    Event.@Nullable ReadingAsk ask;

    /** The journal entry that asked. */
    long askNumber;

    /** The journal entry since which what was read again and again has not sufficed; 0 where it does. */
    long insufficientSince;

    /** The journal entries by which each part was last read for, since anybody acted in the console; only of the reading. */
    final Map<Part, Long> partsRead = new EnumMap<>(Part.class);

    /**
     * Somebody's word against the evidence.
     *
     * @param said what was said; {@code taken-back} for a correction
     */
    record Contradiction(Statement said, String by, Instant at) {}

    boolean isClosed() {
        return skipped != null || (evidence != null && evidence.holds());
    }

    boolean isContradicted() {
        return evidence != null && evidence.level() == Evidence.Level.CONTRADICTED;
    }

    // ---- what events change; their entry's time and number stand beside them

    void looked(Event.Looked event, Instant at, long entry) {
        look = event.look();
        lookSource = event.source();
        lookAt = at;
        lookNumber = entry;
        firstLook = firstLook == 0 ? entry : firstLook;
        notBefore = event.look() instanceof ProbeResult.NotBefore until
                ? Duration.between(at, until.time())
                : Duration.ZERO;
    }

    void offered(Event.Offered event, Instant at, long entry) {
        open = event.action();
        openSince = at;
        openNumber = entry;
        overdueAt = event.overdueAt().orElse(null);
        overdue = false;
        openIsQuestion = event.question();
        questionAsked |= event.question();
        answer = null;
        asked++;
        askedThisRound++;
        event.asks().ifPresent(asks -> {
            ask = asks;
            long since = insufficientSince == 0 ? entry : insufficientSince;
            insufficientSince = asks.insufficient() ? since : 0;
            askNumber = entry;
        });
    }

    void answered(Event.Answered event, long entry) {
        close();
        answer = event.answer();
        answerNumber = entry;
        readByMachine = event.readByMachine();
        handedBack = event.answer() instanceof Answer.HandedBack back ? back : null;
        boolean isRefusal = event.answer() instanceof Answer.Declined || event.answer() instanceof Answer.Blocked;
        refusals = isRefusal ? refusals + 1 : handedBack != null ? refusals : 0;
    }

    void concluded(Event.Concluded event) {
        evidence = event.evidence();
        basis = event.basis().orElse(0L);
        contradiction = null;
    }

    /** What it rested on no longer counts: it is looked at, or asked, anew. */
    void reopen(long entry) {
        evidence = null;
        basis = 0;
        skipped = null;
        answer = null;
        answerNumber = entry;
        askedThisRound = 0;
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
        skipped = null;
        basis = 0;
        answer = null;
        askedThisRound = 0;
    }
}
