package io.github.kaitsu.internal.engine;

import static io.github.kaitsu.internal.engine.CoreSteps.CLEAR_PENDING;
import static io.github.kaitsu.internal.engine.CoreSteps.CONSOLE_READ;
import static io.github.kaitsu.internal.engine.CoreSteps.FINISH;
import static io.github.kaitsu.internal.engine.CoreSteps.GRANT;
import static io.github.kaitsu.internal.engine.CoreSteps.LINKED;
import static io.github.kaitsu.internal.engine.CoreSteps.PROTECTED;

import io.github.kaitsu.Answer;
import io.github.kaitsu.BlockReason;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.ConsoleReading;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Event;
import io.github.kaitsu.Event.RoundReason;
import io.github.kaitsu.Evidence.Level;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.StepId;
import io.github.kaitsu.spi.ActivationStep;
import io.github.kaitsu.spi.Operator.Attention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Links one service and waits for 成功しました: the console's part of every activation, written once.
 *
 * <p>Slot, reading, grant, reading. Linked means listed in the console. Protected means a line of this organisation and service
 * that was not there before. A new round starts only after a reading, so nothing is linked twice.
 */
final class LinkDecider {
    private static final Duration SLOT_POLL = Duration.ofMinutes(1);
    private static final Set<BlockReason> NOTHING_STARTED =
            Set.of(BlockReason.WRONG_ROLE, BlockReason.BLOCKED_BY_POLICY);

    private final Turn turn;
    private final StepDecider steps;
    private final CloudService service;
    private final ServiceState x;
    private final ConsoleView console;

    LinkDecider(Turn turn, StepDecider steps, CloudService service) {
        this.turn = turn;
        this.steps = steps;
        this.service = service;
        this.x = turn.state.service(service);
        this.console = new ConsoleView(service, turn.state.request().customer().organisation());
    }

    /** How one run's service appears as the holder of a link slot. */
    static String owner(RunState state, CloudService service) {
        return state.id().value() + "/" + service.name();
    }

    void decide() {
        for (ActivationStep step : turn.plan.ownLink(service, false)) { // needs no slot, and may take a person days
            if (!steps.closed(step) && step.required()) {
                return;
            }
        }
        if (!x.slot) {
            takeSlot();
        } else if (x.baseline == null || x.baselineAt == null) {
            read();
        } else if (x.linked) {
            synchronize();
        } else if (turn.state.step(id(GRANT)).askedThisRound == 0) {
            beforeGrant();
        } else {
            afterGrant();
        }
    }

    // ---- the slot (COMMON-13)

    private void takeSlot() {
        Optional<String> holder = turn.in.slotHolder();
        Optional<CloudService> before = turn.linking();
        if (before.isPresent()) {
            turn.awaitSlot(owner(turn.state, before.get()));
        } else if (holder.isEmpty() || holder.get().equals(owner(turn.state, service))) {
            turn.emit(new Event.SlotTaken(service));
            turn.emit(new Event.RoundStarted(service, 1, RoundReason.FIRST));
            turn.startsLinking(service);
        } else if (turn.in.holderLive()) {
            turn.awaitSlot(holder.get());
            turn.alarm(turn.now().plus(SLOT_POLL));
        } else {
            clearPending(holder.get());
        }
    }

    /**
     * Whoever held the slot is gone and may have left 保留 behind: only a reading without it frees the slot. A grant that waits
     * for its 完了 is no 保留 yet (M365-4): what is listed without its success line must have been seen to first.
     */
    private void clearPending(String holder) {
        StepState clearing = turn.state.step(id(CLEAR_PENDING));
        turn.awaitSlot(holder);
        if (!holder.equals(x.blockedBy)) {
            turn.emit(new Event.SlotBlocked(service, holder)); // an older reading says nothing about this holder
        } else if (x.reading == null || x.readingNumber < x.blockedNumber) {
            read();
        } else if (x.reading.pending().isEmpty() && (!leftUnproved(holder) || seenTo(clearing))) {
            turn.emit(new Event.SlotCleared(holder, "no 保留 at " + x.readingAt));
            turn.withdraw(id(CLEAR_PENDING), "evidence");
        } else if (clearing.answerNumber > x.readingNumber) {
            read();
        } else if (clearing.answeredAt != null
                && turn.now().isBefore(clearing.answeredAt.plus(turn.policy.longestExpected()))) {
            turn.alarm(clearing.answeredAt.plus(turn.policy.longestExpected()));
        } else {
            turn.offer(id(CLEAR_PENDING));
        }
    }

    private boolean leftUnproved(String holder) {
        CloudService other = CloudService.valueOf(holder.substring(holder.lastIndexOf('/') + 1));
        ConsoleView left =
                new ConsoleView(other, turn.state.request().customer().organisation());
        boolean ours = holder.equals(owner(turn.state, other));
        return left.lists(x.reading) && !left.protectedLine(x.reading, ours ? turn.state.service(other).first : null);
    }

    private boolean seenTo(StepState clearing) {
        return clearing.answer instanceof Answer.Done && clearing.answerNumber < x.readingNumber;
    }

    // ---- before the grant

    private void beforeGrant() {
        if (console.lists(x.baseline)) {
            found();
        } else if (console.pendingElsewhere(x.baseline)) {
            awaitForeignPending();
        } else if (x.roundReason == RoundReason.STALLED) {
            linkAgainAfterStall();
        } else if (console.pendingHere(x.baseline)) {
            linked("保留: " + console.lines(x.baseline)); // somebody started it already
        } else {
            offerGrant();
        }
    }

    /** Listed already: never granted again, never removed by itself (COMMON-6). */
    private void found() {
        if (isAdoptable(x.baseline)) {
            adopt(x.baseline);
        } else {
            linked("listed before this round");
        }
    }

    /** Linked and proved without this run. */
    private boolean isAdoptable(@Nullable ConsoleReading reading) {
        return x.linkAttempts == 0
                && console.lists(reading)
                && console.protectedLine(reading, null)
                && !console.pendingHere(reading);
    }

    private void adopt(@Nullable ConsoleReading reading) {
        String detail = console.lines(reading);
        turn.emit(new Event.Adopted(service, detail));
        attest(CONSOLE_READ, detail);
        attest(GRANT, "listed before this run");
        turn.plan.find(id(FINISH)).ifPresent(s -> attest(FINISH, "listed before this run"));
        turn.plan.ownLink(service, true).stream()
                .filter(s -> !turn.state.step(s.id()).isClosed())
                .forEach(s -> turn.emit(new Event.Skipped(s.id(), "ADOPTED")));
        attest(LINKED, detail);
        attest(PROTECTED, detail);
        releaseSlot("listed and protected before this run");
    }

    private void awaitForeignPending() {
        Instant since = x.roundAt == null ? turn.now() : x.roundAt;
        turn.awaitSlot("保留: " + console.pendingElsewhereLine(x.baseline));
        readAt(nextReading(since, Duration.ofHours(1)));
    }

    /** Wait, then activate again (COMMON-14). */
    private void linkAgainAfterStall() {
        Instant again = (x.roundAt == null ? turn.now() : x.roundAt).plus(expected());
        if (turn.now().isBefore(again)) {
            turn.waitUntil(again);
        } else {
            offerGrant();
        }
    }

    private void offerGrant() {
        if (x.baselineAt == null || x.baselineAt.plus(turn.policy.baselineAge()).isBefore(turn.now())) {
            read(); // too old to rule out that somebody began something meanwhile
            return;
        }
        turn.withdraw(id(CONSOLE_READ), "evidence");
        if (!turn.state.step(id(CONSOLE_READ)).isClosed()) {
            attest(CONSOLE_READ, "保留 0");
        }
        turn.offer(id(GRANT));
    }

    // ---- after the grant was offered

    private void afterGrant() {
        StepState grant = turn.state.step(id(GRANT));
        if (grant.open != null) {
            turn.awaitOperator(id(GRANT));
            return;
        }
        if (grant.answer instanceof Answer.Declined declined) {
            releaseIfNothingIsLeft(turn, service, "declined by " + declined.by());
            turn.fail(service, FailureReason.DECLINED, declined.by());
            return;
        }
        if (grant.answer instanceof Answer.Blocked blocked && NOTHING_STARTED.contains(blocked.reason())) {
            releaseIfNothingIsLeft(turn, service, "not granted: " + blocked.reason());
            turn.fail(service, FailureReason.BLOCKED, (blocked.reason() + " " + blocked.text()).strip());
            return;
        }
        Instant answered = grant.answeredAt == null ? turn.now() : grant.answeredAt;
        if (x.readingAt == null || x.readingNumber < grant.answerNumber) {
            read();
            return;
        }
        boolean done = grant.answer instanceof Answer.Done;
        if (console.lists(x.reading) || console.pendingHere(x.reading)) {
            if (!grant.isClosed()) {
                attest(GRANT, "listed after the grant");
            }
            finish();
        } else if (done && turn.now().isBefore(answered.plus(turn.policy.settle()))) {
            readAt(answered.plus(turn.policy.settle()));
        } else if (x.readingAt.isBefore(answered.plus(done ? turn.policy.settle() : Duration.ZERO))) {
            read();
        } else {
            roundFailed(grant);
        }
    }

    /** What must be settled before 完了 (M365-4 … M365-10), then 完了 itself; without any, the service is linked now. */
    private void finish() {
        List<ActivationStep> between = turn.plan.ownLink(service, true);
        for (ActivationStep step : between) {
            if (!steps.closed(step) && step.required()) {
                contradicted(step);
                return;
            }
        }
        Optional<ActivationStep> finish = turn.plan.find(id(FINISH));
        if (finish.isPresent() && !steps.closed(finish.get())) {
            contradicted(finish.get());
            return;
        }
        linked(console.lines(x.reading));
    }

    private void contradicted(ActivationStep step) {
        StepState state = turn.state.step(step.id());
        if (state.isContradicted() && state.evidence != null) {
            // consent was given and the console may go on by itself: the slot stays until a reading shows no 保留
            turn.fail(service, FailureReason.BLOCKED, step.id() + ": " + state.evidence.detail());
        }
    }

    private void linked(String detail) {
        turn.emit(new Event.Linked(service, detail));
    }

    private void roundFailed(StepState grant) {
        String why = grant.answer instanceof Answer.Blocked blocked
                ? (blocked.reason() + " " + blocked.text()).strip()
                : "not listed after the grant";
        if (grant.answer instanceof Answer.HandedBack) {
            turn.emit(new Event.RoundStarted(service, x.round + 1, RoundReason.HANDED_BACK));
        } else if (x.failedRounds + 1 >= turn.policy.linkRounds()) {
            releaseIfNothingIsLeft(turn, service, "not listed, no 保留");
            turn.fail(service, FailureReason.LINK_BUDGET_SPENT, why);
        } else {
            turn.emit(new Event.RoundStarted(service, x.round + 1, RoundReason.LINK_FAILED));
        }
    }

    // ---- waiting for 成功しました

    private void synchronize() {
        if (isAdoptable(x.reading)) {
            adopt(x.reading);
            return;
        }
        if (x.reading != null && proved()) {
            String detail = console.lines(x.reading);
            if (!turn.state.step(id(GRANT)).isClosed()) {
                attest(GRANT, "listed before this run");
            }
            attest(CONSOLE_READ, detail);
            attest(LINKED, detail);
            attest(PROTECTED, detail);
            releaseSlot("success: " + detail);
            return;
        }
        if (x.reading != null
                && console.lists(x.reading)
                && !turn.state.step(id(LINKED)).isClosed()) {
            attest(LINKED, console.lines(x.reading));
        }
        Instant since = x.linkedAt == null ? turn.now() : x.linkedAt;
        Instant stall = since.plus(turn.policy.stallAfter());
        if (turn.now().isBefore(stall)) {
            Instant next = nextReading(since, expected());
            readAt(next.isBefore(stall) ? next : stall);
        } else if (x.readingAt == null || x.readingAt.isBefore(stall)) {
            read();
        } else {
            stalled();
        }
    }

    /** The sentence of 2024-07 names no service: it counts for the one that holds the slot, once nothing of it is 保留. */
    private boolean proved() {
        if (x.reading == null || console.pendingHere(x.reading)) {
            return false;
        }
        boolean sentenceIsNew = x.reading.provisionedSentence() && (x.first == null || !x.first.provisionedSentence());
        boolean byWizard = turn.state.edition() == Edition.CONSOLE_2024_07 && sentenceIsNew && console.lists(x.reading);
        return byWizard || console.protectedLine(x.reading, x.first);
    }

    private void stalled() {
        boolean pending = x.reading != null && !x.reading.pending().isEmpty();
        if (x.stalls < turn.policy.stallRounds()) {
            turn.emit(new Event.Stalled(service, x.stalls + 1));
            turn.emit(new Event.RoundStarted(service, x.round + 1, RoundReason.STALLED));
        } else if (pending) {
            // the slot stays taken, whoever began it: others wait, with an action to have the 保留 cleared
            turn.fail(service, FailureReason.STALL_BUDGET_SPENT, console.lines(x.reading));
        } else {
            releaseIfNothingIsLeft(turn, service, "no 保留");
            turn.fail(service, FailureReason.GRANTED_BUT_UNPROVED, console.lines(x.reading));
        }
    }

    // ---- readings

    private void read() {
        turn.read(service).ifPresent(refused -> {
            releaseIfNothingIsLeft(turn, service, "nothing was granted");
            turn.fail(service, refused, id(CONSOLE_READ).value());
        });
    }

    private void readAt(Instant time) {
        if (turn.state.step(id(CONSOLE_READ)).open != null || !turn.now().isBefore(time)) {
            read();
        } else {
            turn.waitUntil(time);
        }
    }

    /** A machine reads often; a person is asked at the expected time, at 1.5 times, at twice, then daily. */
    private Instant nextReading(Instant since, Duration expected) {
        Instant last = x.readingAt == null ? since : x.readingAt;
        if (turn.in.attention() == Attention.MACHINE) {
            return last.plus(StepDecider.spacing(turn, Duration.between(since, last)));
        }
        for (double times : new double[] {1, 1.5, 2}) {
            Instant asking = since.plusMillis((long) (expected.toMillis() * times));
            if (asking.isAfter(last)) {
                return asking;
            }
        }
        return last.plus(Duration.ofDays(1));
    }

    private Duration expected() {
        return turn.state
                .users(service)
                .map(turn.policy::expected)
                .orElse(turn.policy.longestExpected().dividedBy(4));
    }

    private void attest(String step, String detail) {
        turn.conclude(
                id(step), x.readByMachine ? Level.VERIFIED : Level.ATTESTED, "console, read by " + x.readBy, detail);
    }

    /** A failed service keeps the slot until a reading shows that it left no 保留 behind (COMMON-13). */
    static void releaseIfNothingIsLeft(Turn turn, CloudService service, String evidence) {
        if (turn.state.service(service).slot && leavesNothing(turn, service)) {
            turn.emit(new Event.SlotReleased(service, evidence));
        }
    }

    private static boolean leavesNothing(Turn turn, CloudService service) {
        ServiceState x = turn.state.service(service);
        StepState grant = turn.state.step(CoreSteps.id(service, GRANT));
        boolean neverBegun = grant.answer instanceof Answer.Declined
                || (grant.answer instanceof Answer.Blocked blocked && NOTHING_STARTED.contains(blocked.reason()));
        if (x.linkAttempts == 0 || (x.linkAttempts == 1 && neverBegun)) {
            return true;
        }
        if (x.reading == null || x.readingAt == null || grant.open != null || x.readingNumber < grant.answerNumber) {
            return false;
        }
        boolean tooSoon = grant.answer instanceof Answer.Done
                && grant.answeredAt != null
                && x.readingAt.isBefore(grant.answeredAt.plus(turn.policy.settle()));
        ConsoleView console =
                new ConsoleView(service, turn.state.request().customer().organisation());
        boolean awaitsFinish = console.lists(x.reading)
                && turn.plan.find(CoreSteps.id(service, FINISH)).isPresent()
                && !turn.state.step(CoreSteps.id(service, FINISH)).isClosed(); // M365-4: no 保留 yet, but linking
        return x.reading.pending().isEmpty() && !tooSoon && !awaitsFinish;
    }

    private void releaseSlot(String evidence) {
        turn.emit(new Event.SlotReleased(service, evidence));
    }

    private StepId id(String name) {
        return CoreSteps.id(service, name);
    }
}
