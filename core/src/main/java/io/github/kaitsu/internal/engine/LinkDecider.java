package io.github.kaitsu.internal.engine;

import static io.github.kaitsu.internal.engine.CoreSteps.CLEAR_PENDING;
import static io.github.kaitsu.internal.engine.CoreSteps.CONSOLE_READ;
import static io.github.kaitsu.internal.engine.CoreSteps.FINISH;
import static io.github.kaitsu.internal.engine.CoreSteps.GRANT;
import static io.github.kaitsu.internal.engine.CoreSteps.LINKED;
import static io.github.kaitsu.internal.engine.CoreSteps.PROTECTED;
import static io.github.kaitsu.internal.engine.CoreSteps.UNFINISHED;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Evidence.Level;
import io.github.kaitsu.Evidence.Source;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.SkipReason;
import io.github.kaitsu.SlotOwner;
import io.github.kaitsu.Statement;
import io.github.kaitsu.StepId;
import io.github.kaitsu.console.ConsoleEntry;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.console.ConsoleReading.ListKind;
import io.github.kaitsu.console.ConsoleReading.Listing;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.console.NotProof;
import io.github.kaitsu.internal.engine.ConsoleKnowledge.Read;
import io.github.kaitsu.internal.engine.Proof.Verdict;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.Event.RoundReason;
import io.github.kaitsu.journal.Event.WithdrawReason;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.operator.Operator.Attention;
import io.github.kaitsu.provision.ActivationStep;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Links one service and waits for 成功しました: the console's part of every activation, written once.
 *
 * <p>Slot, reading, grant, reading. What was read serves every decision of every service until somebody acts in the console
 * again: what proved one service is the next one's baseline. Whether a reading proves is for {@link Proof} to say.
 */
final class LinkDecider {
    /** What is seen of a link that somebody says he has made. */
    static final String GRANTED = "granted";

    private static final Duration SLOT_POLL = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration FOREIGN_PENDING = Duration.ofHours(1);
    private static final Set<BlockReason> NOTHING_STARTED =
            Set.of(BlockReason.WRONG_ROLE, BlockReason.BLOCKED_BY_POLICY);
    private static final Set<Part> PROVING =
            Collections.unmodifiableSet(EnumSet.of(Part.ACCOUNTS, Part.SUCCESS, Part.PENDING));

    private final DecisionBuilder turn;
    private final StepDecider steps;
    private final CloudService service;
    private final ServiceState x;
    private final ConsoleKnowledge console;
    private final ConsoleView view;

    LinkDecider(DecisionBuilder turn, StepDecider steps, CloudService service) {
        this.turn = turn;
        this.steps = steps;
        this.service = service;
        this.x = turn.state.service(service);
        this.console = turn.state.console();
        this.view = new ConsoleView(service, turn.state.request().customer().organisation());
    }

    /** One run's service as the holder of a link slot. */
    static SlotOwner owner(RunState state, CloudService service) {
        return new SlotOwner(state.id(), service);
    }

    void decide() {
        for (ActivationStep step : turn.plan.ownLink(service, false)) { // needs no slot, and may take a person days
            if (!steps.closed(step) && step.required()) {
                return;
            }
        }
        if (!x.slot) {
            takeSlot();
        } else if (x.linked) {
            synchronize();
        } else if (turn.state.step(id(GRANT)).askedThisRound == 0) {
            // somebody took the grant back: should it be offered again, then in a round of its own
            if (x.doubted > x.roundNumber) {
                turn.emit(new Event.RoundStarted(service, x.round + 1, RoundReason.CORRECTED));
                return;
            }
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
            turn.awaitSlot(Optional.of(owner(turn.state, before.get())), "");
        } else if (holder.isEmpty()
                || holder.get().equals(owner(turn.state, service).toString())) {
            turn.emit(new Event.SlotTaken(service));
            turn.emit(new Event.RoundStarted(
                    service, x.round + 1, x.round == 0 ? RoundReason.FIRST : RoundReason.CORRECTED));
            turn.startsLinking(service);
        } else if (!holder.get().equals(x.awaited) && !holder.get().equals(x.blockedBy)) {
            turn.emit(new Event.SlotAwaited(service, holder.get())); // an older reading says nothing about what it does
        } else if (turn.in.holderLive()) {
            turn.awaitSlot(SlotOwner.parse(holder.get()), "");
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
        turn.awaitSlot(SlotOwner.parse(holder), "");
        if (!holder.equals(x.blockedBy)) {
            turn.emit(new Event.SlotBlocked(service, holder)); // an older reading says nothing about this holder
            return;
        }
        Set<Part> missing = missing(PROVING, x.blockedNumber);
        Optional<Read> pending = console.newest(Part.PENDING, x.blockedNumber);
        if (!missing.isEmpty() || pending.isEmpty()) {
            read(missing);
        } else if (ConsoleView.isFree(pending.get().reading())
                && (!leftUnproved(holder) || seenTo(clearing, pending.get()))) {
            turn.emit(new Event.SlotCleared(holder, Statement.of("nothing-pending")));
            turn.withdraw(id(CLEAR_PENDING), WithdrawReason.EVIDENCE);
        } else if (clearing.answerNumber > pending.get().number()) {
            read(PROVING);
        } else if (clearing.answeredAt != null
                && turn.now().isBefore(clearing.answeredAt.plus(turn.policy.longestExpected()))) {
            turn.alarm(clearing.answeredAt.plus(turn.policy.longestExpected()));
        } else {
            turn.offer(id(CLEAR_PENDING));
        }
    }

    private boolean leftUnproved(String holder) {
        CloudService other = SlotOwner.parse(holder).map(SlotOwner::service).orElse(service);
        boolean ours = holder.equals(owner(turn.state, other).toString());
        Proof proof = proof(turn, other, ours ? turn.state.service(other) : new ServiceState());
        return console.newest(Part.ACCOUNTS, x.blockedNumber)
                        .filter(r -> r.reading().listed(other) != Listing.ABSENT)
                        .isPresent()
                && !(proof.judge() instanceof Verdict.Proved);
    }

    private static boolean seenTo(StepState clearing, Read reading) {
        return clearing.answer instanceof Answer.Done && clearing.answerNumber < reading.number();
    }

    // ---- before the grant

    private void beforeGrant() {
        if (x.roundReason == RoundReason.STALLED && waitsAfterStall()) {
            return;
        }
        Optional<Read> accounts = fresh(Part.ACCOUNTS);
        Optional<Read> pending = fresh(Part.PENDING);
        if (accounts.isEmpty() || pending.isEmpty()) {
            Set<Part> missing = missing(EnumSet.of(Part.SUCCESS), 0);
            accounts.ifPresentOrElse(r -> {}, () -> missing.add(Part.ACCOUNTS));
            pending.ifPresentOrElse(r -> {}, () -> missing.add(Part.PENDING));
            read(missing);
            return;
        }
        if (console.hasOpenCount()) {
            turn.ask(CoreSteps.COUNTS);
            return;
        }
        Listing listing = accounts.get().reading().listed(service);
        if (listing == Listing.UNKNOWN) {
            read(EnumSet.of(Part.ACCOUNTS));
        } else if (listing == Listing.LISTED) {
            found();
        } else if (view.pendingElsewhere(pending.get().reading())) {
            awaitForeignPending(pending.get());
        } else if (view.pendingHere(pending.get().reading()) && x.roundReason != RoundReason.STALLED) {
            linked(Statement.of("pending-already").quoting(lines())); // somebody started it already
        } else {
            offerGrant(pending.get());
        }
    }

    /** Read after everything that may have changed the console, and not so long ago that somebody else may have begun. */
    private Optional<Read> fresh(Part part) {
        Instant oldest = turn.now().minus(turn.policy.baselineAge());
        return console.newest(part, turn.state.lastAct()).filter(r -> !r.at().isBefore(oldest));
    }

    /** Listed already: never granted again, never removed by itself (COMMON-6). */
    private void found() {
        if (x.linkAttempts > 0) {
            linked(Statement.of("listed-before-this-round"));
            return;
        }
        Verdict verdict = proof(turn, service, x).judge();
        if (verdict instanceof Verdict.Proved proved) {
            adopt(proved);
        } else if (verdict instanceof Verdict.NotYet notYet && !notYet.missing().isEmpty()) {
            read(notYet.missing());
        } else {
            linked(Statement.of("listed-before-this-round"));
        }
    }

    private void adopt(Verdict.Proved proved) {
        turn.emit(new Event.Adopted(service, proved.seen()));
        claimText(proved.read());
        attest(CONSOLE_READ, proved.seen(), proved.all());
        Statement before = Statement.of("listed-before-this-run");
        attest(GRANT, before, proved.all());
        turn.plan.find(id(FINISH)).ifPresent(s -> attest(FINISH, before, proved.all()));
        turn.plan
                .find(id(UNFINISHED))
                .filter(s -> !turn.state.step(s.id()).isClosed())
                .ifPresent(s -> turn.emit(new Event.Skipped(s.id(), SkipReason.ADOPTED)));
        turn.plan.ownLink(service, true).stream()
                .filter(s -> !turn.state.step(s.id()).isClosed())
                .forEach(s -> turn.emit(new Event.Skipped(s.id(), SkipReason.ADOPTED)));
        attest(LINKED, proved.seen(), proved.all());
        attest(PROTECTED, proved.seen(), proved.all());
        releaseSlot(before);
        if (!x.linked) { // else somebody has come back for it all the same
            turn.calls.spare();
        }
    }

    private void awaitForeignPending(Read pending) {
        Instant since = x.roundAt == null ? turn.now() : x.roundAt;
        turn.awaitSlot(Optional.empty(), view.pendingElsewhereLine(pending.reading()));
        if (isPerhapsFurniture(pending)) {
            read(EnumSet.of(Part.ACCOUNTS, Part.PENDING), true); // no waiting mends it
            return;
        }
        Instant next = nextReading(since, FOREIGN_PENDING, pending.at());
        if (turn.now().isBefore(next)) {
            turn.waitUntil(next);
        } else {
            read(EnumSet.of(Part.ACCOUNTS, Part.PENDING));
        }
    }

    /** Nothing that stands under 保留 was understood, and nobody was asked yet whether it is furniture of the page (COMMON-19). */
    private boolean isPerhapsFurniture(Read pending) {
        ConsoleReading reading = pending.reading();
        List<String> lines = reading.pending().stream().map(ConsoleEntry::text).toList();
        return reading.statedPending() <= 0
                && !lines.isEmpty()
                && reading.unread().containsAll(lines)
                && turn.console.isNewQuestion(lines);
    }

    /** Wait, then activate again (COMMON-14); unless success came meanwhile and somebody has read it. */
    private boolean waitsAfterStall() {
        Instant again = (x.roundAt == null ? turn.now() : x.roundAt).plus(expected());
        if (!turn.now().isBefore(again)) {
            return false;
        }
        if (proof(turn, service, x).judge() instanceof Verdict.Proved proved) {
            linked(proved.seen());
        } else {
            turn.waitUntil(again);
        }
        return true;
    }

    private void offerGrant(Read pending) {
        if (x.firstGrant == 0
                && console.baseline(turn.state.size() + 1, provingLists()).isEmpty()) {
            read(EnumSet.of(Part.SUCCESS), true); // what proves the link must be newer than that
            return;
        }
        if (isSizeUnknown() && !turn.state.step(CoreSteps.USERS).questionAsked) {
            turn.ask(CoreSteps.USERS); // COMMON-11, in the same sitting
            return;
        }
        if (turn.state.step(CoreSteps.USERS).open != null) {
            turn.awaitOperator(CoreSteps.USERS);
            return;
        }
        if (!turn.state.step(id(CONSOLE_READ)).isClosed()) {
            attest(CONSOLE_READ, Statement.of("nothing-pending"), pending);
        }
        turn.offer(id(GRANT));
    }

    /** Where the line that proves will stand; the wizard of 2024-07 may prove without. */
    private Set<ListKind> provingLists() {
        boolean isEither =
                service.provider() == CloudService.Provider.GOOGLE || turn.state.edition() == Edition.CONSOLE_2024_07;
        return isEither ? EnumSet.allOf(ListKind.class) : EnumSet.of(ListKind.NOTIFICATIONS);
    }

    private boolean isSizeUnknown() {
        return turn.state.users(service).isEmpty();
    }

    // ---- after the grant was offered

    private void afterGrant() {
        StepState grant = turn.state.step(id(GRANT));
        if (grant.open != null && turn.state.readingTakenBack() > x.lastGrant) {
            turn.withdraw(id(GRANT), WithdrawReason.REPLACED); // it was offered on that reading
            turn.emit(new Event.RoundStarted(service, x.round + 1, RoundReason.CORRECTED));
            return;
        }
        if (grant.open != null) {
            turn.awaitOperator(id(GRANT));
            adoptWhatWasRead(grant);
            return;
        }
        if (grant.answer instanceof Answer.Declined declined) {
            Statement said = Statement.of("declined-by", declined.by());
            releaseIfNothingIsLeft(turn, service, said);
            turn.fail(service, FailureReason.DECLINED, id(GRANT), said);
            return;
        }
        if (grant.answer instanceof Answer.Blocked blocked && NOTHING_STARTED.contains(blocked.reason())) {
            releaseIfNothingIsLeft(turn, service, StepDecider.blocked(blocked));
            turn.fail(service, FailureReason.BLOCKED, id(GRANT), StepDecider.blocked(blocked));
            return;
        }
        if (grant.answer instanceof Answer.Done) {
            granted(grant);
            return;
        }
        Set<Part> missing = missing(EnumSet.of(Part.ACCOUNTS, Part.PENDING), grant.answerNumber);
        if (!missing.isEmpty()) {
            read(missing);
        } else if (isListedOrPending(grant.answerNumber)) {
            if (!grant.isClosed()) {
                console.newest(Part.ACCOUNTS, grant.answerNumber)
                        .ifPresent(r -> attest(GRANT, Statement.of("listed-after-the-grant"), r));
            }
            finish();
        } else {
            roundFailed(grant);
        }
    }

    /** Somebody handed in the console while the grant is still open: what proves, proves. */
    private void adoptWhatWasRead(StepState grant) {
        if (console.newest().filter(r -> r.number() > x.lastGrant).isPresent()
                && proof(turn, service, x).judge() instanceof Verdict.Proved proved) {
            if (!grant.isClosed()) {
                attest(GRANT, Statement.of("listed-after-the-grant"), proved.all());
            }
            linked(proved.seen());
        }
    }

    /**
     * できた means that the wizard was seen through to its end: nothing has to be read before the synchronisation can be over.
     * Only what lies between grant and 完了 depends on what the console shows now (M365-4).
     */
    private void granted(StepState grant) {
        if (!grant.isClosed()) {
            boolean byMachine = grant.readByMachine;
            String by = grant.answer == null ? "" : grant.answer.by();
            turn.conclude(
                    id(GRANT),
                    byMachine ? Level.VERIFIED : Level.ATTESTED,
                    byMachine ? Source.machine(by) : Source.person(by),
                    Statement.of(byMachine ? "done-and-read" : "done"),
                    Optional.of(grant.answerNumber));
        }
        finish();
    }

    /** What must be settled before 完了 (M365-4 … M365-10), then 完了 itself; without any, the service is linked now. */
    private void finish() {
        Unfinished unfinished = new Unfinished(turn, service);
        Set<Part> unread = unfinished.missing();
        if (!unread.isEmpty()) {
            read(unread);
            return;
        } else if (!unfinished.isSettled()) {
            return;
        }
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
        linked(Statement.of(GRANTED));
    }

    private void contradicted(ActivationStep step) {
        StepState state = turn.state.step(step.id());
        if (state.isContradicted() && state.evidence != null) {
            // consent was given and the console may go on by itself: the slot stays until a reading shows no 保留
            turn.fail(service, FailureReason.BLOCKED, step.id(), state.evidence.seen());
        }
    }

    private void linked(Statement seen) {
        turn.emit(new Event.Linked(service, seen));
    }

    private void roundFailed(StepState grant) {
        Statement why = grant.answer instanceof Answer.Blocked blocked
                ? StepDecider.blocked(blocked)
                : Statement.of("not-listed-after-the-grant");
        if (grant.answer instanceof Answer.HandedBack) {
            turn.emit(new Event.RoundStarted(service, x.round + 1, RoundReason.HANDED_BACK));
        } else if (x.failedRounds + 1 >= turn.policy.linkRounds()) {
            releaseIfNothingIsLeft(turn, service, Statement.of("nothing-pending"));
            turn.fail(service, FailureReason.LINK_BUDGET_SPENT, id(GRANT), why);
        } else {
            turn.emit(new Event.RoundStarted(service, x.round + 1, RoundReason.LINK_FAILED));
        }
    }

    private boolean isListedOrPending(long after) {
        boolean listed = console.newest(Part.ACCOUNTS, after)
                .filter(r -> r.reading().listed(service) != Listing.ABSENT)
                .isPresent();
        return listed
                || console.newest(Part.PENDING, after)
                        .filter(r -> view.pendingHere(r.reading()))
                        .isPresent();
    }

    // ---- waiting for 成功しました

    private void synchronize() {
        Verdict verdict = proof(turn, service, x).judge();
        if (verdict instanceof Verdict.Proved proved) {
            if (console.hasOpenCount()) {
                turn.ask(CoreSteps.COUNTS);
            } else if (x.linkAttempts == 0) {
                adopt(proved);
            } else {
                proved(proved);
            }
            return;
        }
        Verdict.NotYet notYet = (Verdict.NotYet) verdict;
        if (asksAboutText(notYet) || hasLinkedNothing()) {
            return;
        }
        console.newest(Part.ACCOUNTS, x.lastGrant)
                .filter(r -> r.reading().listed(service) == Listing.LISTED)
                .filter(r -> !turn.state.step(id(LINKED)).isClosed())
                .ifPresent(r -> attest(LINKED, Statement.of("listed"), r));
        Instant since = x.linkedAt == null ? turn.now() : x.linkedAt;
        Instant stall = since.plus(turn.policy.stallAfter());
        Optional<Read> last = console.newest().filter(r -> r.number() > x.linkedNumber);
        Set<Part> stillMissing = stillMissing(notYet);
        boolean isFurniture = console.newest(Part.PENDING, x.lastGrant)
                .filter(this::isPerhapsFurniture)
                .isPresent();
        if (isFurniture) {
            stillMissing.add(Part.PENDING);
        }
        boolean isStuck = isFurniture
                || (notYet.missing().isEmpty()
                        && notYet.reasons().stream().anyMatch(r -> !r.reason().isMendedByWaiting()));
        if (!stillMissing.isEmpty()) {
            read(stillMissing, isFurniture); // the answer to the last asking lacks it
        } else if (turn.now().isBefore(stall)) {
            Instant next = nextReading(since, expected(), last.map(Read::at).orElse(since));
            readAt(next.isBefore(stall) ? next : stall, isStuck);
        } else if (missingSince(PROVING, stall).isEmpty()) {
            stalled(notYet);
        } else {
            read(missingSince(PROVING, stall), isStuck);
        }
    }

    private void proved(Verdict.Proved proved) {
        claimText(proved.read());
        if (!turn.state.step(id(GRANT)).isClosed()) {
            attest(GRANT, Statement.of("listed-after-the-grant"), proved.all());
        }
        attest(CONSOLE_READ, proved.seen(), proved.all());
        attest(LINKED, proved.seen(), proved.all());
        attest(PROTECTED, proved.seen(), proved.all());
        releaseSlot(proved.seen());
    }

    /** できた was said, and the console shows neither the service nor anything 保留 of it: that round has linked nothing. */
    private boolean hasLinkedNothing() {
        StepState grant = turn.state.step(id(GRANT));
        if (x.linkAttempts == 0 || grant.answeredAt == null) {
            return false;
        }
        long since = Math.max(grant.answerNumber, turn.state.step(id(FINISH)).answerNumber);
        Instant settled = grant.answeredAt.plus(turn.policy.settle());
        Optional<Read> accounts = console.newest(Part.ACCOUNTS, since).filter(r -> !r.at().isBefore(settled));
        Optional<Read> pending = console.newest(Part.PENDING, since).filter(r -> !r.at().isBefore(settled));
        if (accounts.isEmpty()
                || pending.isEmpty()
                || accounts.get().reading().listed(service) != Listing.ABSENT
                || !ConsoleView.isFree(pending.get().reading())) {
            return false;
        }
        roundFailed(grant);
        return true;
    }

    /** What only a person can tell: whose text it is, and whether an unknown sentence reports success. */
    private boolean asksAboutText(Verdict.NotYet notYet) {
        for (NotProof reason : notYet.reasons()) {
            StepId question = switch (reason.reason()) {
                case ANOTHER_CONSOLES_TEXT -> id(CoreSteps.OWN_TEXT);
                case UNKNOWN_SENTENCE -> id(CoreSteps.SENTENCE);
                default -> null;
            };
            if (question == null || !notYet.missing().isEmpty()) {
                continue;
            }
            StepState asked = turn.state.step(question);
            long read = console.newest().map(Read::number).orElse(0L);
            if (asked.open != null || asked.answerNumber < read) {
                turn.ask(question);
                return true;
            }
        }
        return false;
    }

    private void stalled(Verdict.NotYet notYet) {
        boolean pending = console.newest(Part.PENDING, x.linkedNumber)
                .filter(r -> !ConsoleView.isFree(r.reading()))
                .isPresent();
        Statement why = notYet.reasons().stream()
                .findFirst()
                .map(NotProof::statement)
                .orElse(Statement.of("console-says").quoting(lines()));
        if (x.stalls < turn.policy.stallRounds()) {
            turn.emit(new Event.Stalled(service, x.stalls + 1));
            turn.emit(new Event.RoundStarted(service, x.round + 1, RoundReason.STALLED));
        } else if (pending) {
            // the slot stays taken, whoever began it: others wait, with an action to have the 保留 cleared
            turn.fail(service, FailureReason.STALL_BUDGET_SPENT, id(PROTECTED), why);
        } else {
            releaseIfNothingIsLeft(turn, service, Statement.of("nothing-pending"));
            FailureReason reason = notYet.opposed() ? FailureReason.CONTRADICTED : FailureReason.GRANTED_BUT_UNPROVED;
            turn.fail(service, reason, id(PROTECTED), why);
        }
    }

    // ---- proof

    /** What the readings say about a service of this run, as it stands now. */
    private static Proof proof(DecisionBuilder turn, CloudService service, ServiceState x) {
        return proof(turn.state, service, x, read -> turn.in.foreign().test(read.reading()));
    }

    static Proof proof(RunState state, CloudService service, ServiceState x, Predicate<Read> foreign) {
        return new Proof(
                service,
                state.request().customer().organisation(),
                state.edition(),
                state.console(),
                Math.max(Math.max(x.lastGrant, x.doubted), state.step(CoreSteps.id(service, FINISH)).answerNumber),
                x.linkAttempts == 0,
                x.firstGrant == 0 ? Long.MAX_VALUE : x.firstGrant,
                state.hasClockLeapt(),
                state.sentenceConfirmedBy(service).isPresent(),
                read -> foreign.test(read)
                        && state.ownTextConfirmedBy(service, read).isEmpty());
    }

    private void claimText(Read read) {
        if (!read.reading().fingerprint().isEmpty() && !turn.in.foreign().test(read.reading())) {
            turn.emit(new Event.TextClaimed(read.reading().fingerprint()));
        }
    }

    // ---- readings

    /** The parts of these that no reading since a journal entry has. */
    private Set<Part> missing(Set<Part> wanted, long since) {
        Set<Part> missing = EnumSet.copyOf(wanted);
        missing.removeIf(p -> (p == Part.SUCCESS && since == 0)
                ? console.baseline(Long.MAX_VALUE).isPresent()
                : console.newest(p, since).isPresent());
        return missing;
    }

    private Set<Part> missingSince(Set<Part> wanted, Instant since) {
        Set<Part> missing = EnumSet.copyOf(wanted);
        missing.removeIf(p -> console.newest(p, x.linkedNumber)
                .filter(r -> !r.at().isBefore(since))
                .isPresent());
        return missing;
    }

    /** What the proof lacks though it was asked for and an answer came: the rest is asked for at its time. */
    private Set<Part> stillMissing(Verdict.NotYet notYet) {
        StepState reading = turn.state.step(CoreSteps.READ);
        Set<Part> missing = EnumSet.noneOf(Part.class);
        if (reading.ask != null && reading.askNumber > x.linkedNumber) {
            notYet.missing().stream().filter(reading.ask.parts()::contains).forEach(missing::add);
        }
        return missing;
    }

    private void read(Collection<Part> parts) {
        read(parts, false);
    }

    private void read(Collection<Part> parts, boolean isStuck) {
        turn.console.need(service, parts, isStuck).ifPresent(refused -> {
            releaseIfNothingIsLeft(turn, service, Statement.of("nothing-pending"));
            turn.fail(service, refused, CoreSteps.READ, Statement.of("not-read"));
        });
    }

    private void readAt(Instant time, boolean isStuck) {
        boolean isAsked = turn.state.step(CoreSteps.READ).open != null;
        if (isAsked || !turn.now().isBefore(time)) {
            read(PROVING, isStuck);
        } else {
            turn.waitUntil(time);
        }
    }

    /**
     * A machine reads often; a person is asked at the expected time, at 1.5 times, at twice, and then whenever the time waited has
     * doubled, at least once a day.
     */
    private Instant nextReading(Instant since, Duration expected, Instant last) {
        if (turn.in.attention(CoreSteps.READ) == Attention.MACHINE) {
            return last.plus(StepDecider.spacing(turn, Duration.between(since, last)));
        }
        Instant asking = since.plus(expected);
        while (!asking.isAfter(last)) {
            Duration waited = Duration.between(since, asking);
            boolean isEarly = waited.compareTo(expected.multipliedBy(2)) < 0;
            Duration distance = isEarly ? expected.dividedBy(2) : waited;
            asking = asking.plus(distance.compareTo(DAY) > 0 ? DAY : distance);
        }
        return asking;
    }

    private Duration expected() {
        return Expected.of(turn.state, service, turn.policy).time();
    }

    private String lines() {
        return console.lines(service, turn.state.request().customer().organisation());
    }

    // ---- evidence

    private void attest(String step, Statement seen, Read read) {
        attest(step, seen, List.of(read));
    }

    /**
     * Seen only where a machine read all of it and nobody had to vouch for anything; else in the name of everybody on whose word
     * it rests (COMMON-20).
     *
     * @param reads the one that says so first
     */
    private void attest(String step, Statement seen, List<Read> reads) {
        Set<String> vouching = console.vouching(reads);
        reads.forEach(r -> vouching(r).ifPresent(vouching::add));
        boolean isSeen = vouching.isEmpty() && reads.stream().allMatch(Read::byMachine);
        Set<String> names = new LinkedHashSet<>(vouching);
        reads.stream().filter(r -> isSeen || !r.byMachine()).map(Read::by).forEach(names::add);
        String name = String.join(", ", names);
        turn.conclude(
                id(step),
                isSeen ? Level.VERIFIED : Level.ATTESTED,
                vouching.isEmpty() ? Source.console(name) : Source.person(name),
                seen,
                Optional.of(reads.get(0).number()));
    }

    private Optional<String> vouching(Read read) {
        if (turn.in.foreign().test(read.reading())) {
            return turn.state.ownTextConfirmedBy(service, read);
        }
        boolean isKnown = read.reading()
                .wizard()
                .filter(w -> !w.succeeded() && w.sentence().isPresent())
                .isEmpty();
        return isKnown ? Optional.empty() : turn.state.sentenceConfirmedBy(service);
    }

    /** A failed service keeps the slot until a reading shows that it left no 保留 behind (COMMON-13). */
    static void releaseIfNothingIsLeft(DecisionBuilder turn, CloudService service, Statement evidence) {
        if (turn.state.service(service).slot && leavesNothing(turn, service)) {
            turn.emit(new Event.SlotReleased(service, evidence));
        }
    }

    private static boolean leavesNothing(DecisionBuilder turn, CloudService service) {
        ServiceState x = turn.state.service(service);
        StepState grant = turn.state.step(CoreSteps.id(service, GRANT));
        boolean neverBegun = grant.answer instanceof Answer.Declined
                || (grant.answer instanceof Answer.Blocked blocked && NOTHING_STARTED.contains(blocked.reason()));
        if (x.linkAttempts == 0 || (x.linkAttempts == 1 && neverBegun)) {
            return true;
        }
        StepState finish = turn.state.step(CoreSteps.id(service, FINISH));
        long since = Math.max(Math.max(x.lastGrant, grant.answerNumber), finish.answerNumber);
        Optional<Read> pending = turn.state.console().newest(Part.PENDING, since);
        if (grant.open != null || pending.isEmpty()) {
            return false;
        }
        boolean tooSoon = grant.answer instanceof Answer.Done
                && grant.answeredAt != null
                && pending.get().at().isBefore(grant.answeredAt.plus(turn.policy.settle()));
        boolean awaitsFinish = Stream.of(UNFINISHED, FINISH)
                        .map(step -> CoreSteps.id(service, step))
                        .anyMatch(step -> turn.plan.find(step).isPresent()
                                && !turn.state.step(step).isClosed()) // M365-4: no 保留 yet, but linking
                && turn.state
                        .console()
                        .newest(Part.ACCOUNTS, since)
                        .map(r -> r.reading().listed(service) != Listing.ABSENT)
                        .orElse(true);
        return ConsoleView.isFree(pending.get().reading()) && !tooSoon && !awaitsFinish;
    }

    private void releaseSlot(Statement evidence) {
        turn.emit(new Event.SlotReleased(service, evidence));
    }

    private StepId id(String name) {
        return CoreSteps.id(service, name);
    }
}
