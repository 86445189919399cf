package io.github.kaitsu.internal.engine;

import static io.github.kaitsu.internal.engine.CoreSteps.CLEAR_PENDING;
import static io.github.kaitsu.internal.engine.CoreSteps.FINISH;
import static io.github.kaitsu.internal.engine.CoreSteps.GRANT;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.SlotOwner;
import io.github.kaitsu.Statement;
import io.github.kaitsu.StepId;
import io.github.kaitsu.console.ConsoleReading.Listing;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.internal.engine.ConsoleKnowledge.Read;
import io.github.kaitsu.internal.engine.Proof.Verdict;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.Event.RoundReason;
import io.github.kaitsu.journal.Event.WithdrawReason;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.BlockReason;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A console's link slot (COMMON-13): one service at a time between its link and 成功しました. */
final class LinkSlot {
    private static final Duration POLL = Duration.ofMinutes(1);

    /** Answers to a grant after which nothing can be 保留. */
    static final Set<BlockReason> NOTHING_STARTED = Set.of(BlockReason.WRONG_ROLE, BlockReason.BLOCKED_BY_POLICY);

    private final DecisionBuilder turn;
    private final CloudService service;
    private final ServiceState link;
    private final ConsoleKnowledge console;
    private final LinkReadings readings;

    LinkSlot(DecisionBuilder turn, CloudService service, LinkReadings readings) {
        this.turn = turn;
        this.service = service;
        this.link = turn.state.service(service);
        this.console = turn.state.console();
        this.readings = readings;
    }

    // ---- taking it

    void take() {
        Optional<String> holder = turn.in.slotHolder();
        Optional<CloudService> before = turn.linking();
        if (before.isPresent()) {
            turn.awaitSlot(Optional.of(Claims.owner(turn.state, before.get())), "");
        } else if (holder.isEmpty()
                || holder.get().equals(Claims.owner(turn.state, service).toString())) {
            turn.emit(new Event.SlotTaken(service));
            turn.emit(new Event.RoundStarted(
                    service, link.round + 1, link.round == 0 ? RoundReason.FIRST : RoundReason.CORRECTED));
            turn.startsLinking(service);
        } else if (!holder.get().equals(link.awaited) && !holder.get().equals(link.blockedBy)) {
            turn.emit(new Event.SlotAwaited(service, holder.get())); // an older reading says nothing about what it does
        } else if (turn.in.holderLive()) {
            turn.awaitSlot(SlotOwner.parse(holder.get()), "");
            turn.alarm(turn.now().plus(POLL));
        } else {
            clear(holder.get());
        }
    }

    /**
     * Whoever held the slot is gone and may have left 保留 behind: only a reading without it frees the slot. A grant that waits
     * for its 完了 is no 保留 yet (M365-4): what is listed without its success line must have been seen to first.
     */
    private void clear(String holder) {
        StepId clearPending = CoreSteps.id(service, CLEAR_PENDING);
        StepState clearing = turn.state.step(clearPending);
        turn.awaitSlot(SlotOwner.parse(holder), "");
        if (!holder.equals(link.blockedBy)) {
            turn.emit(new Event.SlotBlocked(service, holder)); // an older reading says nothing about this holder
            return;
        }
        Set<Part> missing = readings.missing(LinkReadings.PROVING, link.blockedNumber);
        Optional<Read> pending = console.newest(Part.PENDING, link.blockedNumber);
        if (!missing.isEmpty() || pending.isEmpty()) {
            readings.read(missing);
        } else if (ConsoleView.isFree(pending.get().reading())
                && (!leftUnproved(holder) || seenTo(clearing, pending.get()))) {
            turn.emit(new Event.SlotCleared(holder, Statement.of("nothing-pending")));
            turn.withdraw(clearPending, WithdrawReason.EVIDENCE);
        } else if (clearing.answerNumber > pending.get().number()) {
            readings.read(LinkReadings.PROVING);
        } else if (!isOfThisHolder(clearing)
                || clearing.answer == null
                || turn.isPast(clearing.answerNumber, turn.policy.longestExpected())) {
            turn.offer(clearPending);
        }
    }

    private boolean leftUnproved(String holder) {
        if (turn.in.holderUnseen()) {
            return true;
        }
        CloudService other = SlotOwner.parse(holder).map(SlotOwner::service).orElse(service);
        boolean ours = holder.equals(Claims.owner(turn.state, other).toString());
        Proof proof = Proof.of(turn, other, ours ? turn.state.service(other) : new ServiceState());
        return console.newest(Part.ACCOUNTS, link.blockedNumber)
                        .filter(r -> r.reading().listed(other) != Listing.ABSENT)
                        .isPresent()
                && !(proof.judge() instanceof Verdict.Proved);
    }

    private boolean seenTo(StepState clearing, Read reading) {
        return clearing.answer instanceof Answer.Done
                && isOfThisHolder(clearing)
                && clearing.answerNumber < reading.number();
    }

    /** Whoever held the slot before was another matter. */
    private boolean isOfThisHolder(StepState clearing) {
        return clearing.answerNumber > link.blockedNumber;
    }

    // ---- giving it back

    /** A failed service keeps the slot until a reading shows that it left no 保留 behind (COMMON-13). */
    static void releaseIfNothingIsLeft(DecisionBuilder turn, CloudService service, Statement evidence) {
        if (turn.state.service(service).slot && leavesNothing(turn, service)) {
            turn.emit(new Event.SlotReleased(service, evidence));
        }
    }

    private static boolean leavesNothing(DecisionBuilder turn, CloudService service) {
        ServiceState link = turn.state.service(service);
        StepState grant = turn.state.step(CoreSteps.id(service, GRANT));
        boolean neverBegun = grant.answer instanceof Answer.Declined
                || (grant.answer instanceof Answer.Blocked blocked && NOTHING_STARTED.contains(blocked.reason()));
        if (link.linkAttempts == 0 || (link.linkAttempts == 1 && neverBegun)) {
            return true;
        }
        StepState finish = turn.state.step(CoreSteps.id(service, FINISH));
        long since = Math.max(Math.max(link.lastGrant, grant.answerNumber), finish.answerNumber);
        Optional<Read> pending = turn.state.console().newest(Part.PENDING, since);
        if (grant.open != null || pending.isEmpty()) {
            return false;
        }
        boolean tooSoon = grant.answer instanceof Answer.Done
                && !turn.state.console().isSettled(pending.get(), grant.answerNumber, turn.policy.settle());
        boolean awaitsFinish = Stream.of(
                                turn.plan.of(service).unfinished(),
                                turn.plan.of(service).finish())
                        .flatMap(Optional::stream)
                        .anyMatch(step -> !turn.state.step(step.id()).isClosed()) // M365-4: no 保留 yet, but linking
                && turn.state
                        .console()
                        .newest(Part.ACCOUNTS, since)
                        .map(r -> r.reading().listed(service) != Listing.ABSENT)
                        .orElse(true);
        return ConsoleView.isFree(pending.get().reading()) && !tooSoon && !awaitsFinish;
    }
}
