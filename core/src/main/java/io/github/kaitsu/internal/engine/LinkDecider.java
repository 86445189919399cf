package io.github.kaitsu.internal.engine;

import static io.github.kaitsu.internal.engine.CoreSteps.CONSOLE_READ;
import static io.github.kaitsu.internal.engine.CoreSteps.FINISH;
import static io.github.kaitsu.internal.engine.CoreSteps.GRANT;
import static io.github.kaitsu.internal.engine.CoreSteps.LINKED;
import static io.github.kaitsu.internal.engine.CoreSteps.PROTECTED;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Evidence.Level;
import io.github.kaitsu.Evidence.Source;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.SkipReason;
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
import io.github.kaitsu.provision.ActivationStep;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    private static final Duration FOREIGN_PENDING = Duration.ofHours(1);

    private final DecisionBuilder turn;
    private final StepDecider steps;
    private final CloudService service;
    private final ServiceState link;
    private final ConsoleKnowledge console;
    private final ConsoleView view;
    private final LinkReadings readings;
    private final LinkSlot slot;
    private final LinkEvidence evidence;

    LinkDecider(DecisionBuilder turn, StepDecider steps, CloudService service) {
        this.turn = turn;
        this.steps = steps;
        this.service = service;
        this.link = turn.state.service(service);
        this.console = turn.state.console();
        this.readings = new LinkReadings(turn, service);
        this.slot = new LinkSlot(turn, service, readings);
        this.evidence = new LinkEvidence(turn, service);
        this.view = new ConsoleView(service, turn.state.request().customer().organisation());
    }

    void decide() {
        for (ActivationStep step : turn.plan.of(service).beforeGrant()) { // needs no slot, and may take a person days
            steps.moveOn(step);
            if (!steps.isClosed(step) && step.required()) {
                return;
            }
        }
        if (!link.slot) {
            slot.take();
        } else if (link.linked) {
            synchronize();
        } else if (turn.state.step(id(GRANT)).askedThisRound == 0) {
            // somebody took the grant back: should it be offered again, then in a round of its own
            if (link.doubted > link.roundNumber) {
                turn.emit(new Event.RoundStarted(service, link.round + 1, RoundReason.CORRECTED));
                return;
            }
            beforeGrant();
        } else {
            afterGrant();
        }
    }

    // ---- before the grant

    private void beforeGrant() {
        if (link.roundReason == RoundReason.STALLED && waitsAfterStall()) {
            return;
        }
        Optional<Read> accounts = fresh(Part.ACCOUNTS);
        Optional<Read> pending = fresh(Part.PENDING);
        if (accounts.isEmpty() || pending.isEmpty()) {
            Set<Part> missing = readings.missing(EnumSet.of(Part.SUCCESS), 0);
            accounts.ifPresentOrElse(r -> {}, () -> missing.add(Part.ACCOUNTS));
            pending.ifPresentOrElse(r -> {}, () -> missing.add(Part.PENDING));
            readings.read(missing);
            return;
        }
        if (console.hasOpenCount()) {
            turn.ask(CoreSteps.COUNTS);
            return;
        }
        Listing listing = accounts.get().reading().listed(service);
        if (listing == Listing.UNKNOWN) {
            readings.read(EnumSet.of(Part.ACCOUNTS));
        } else if (listing == Listing.LISTED) {
            found();
        } else if (view.pendingElsewhere(pending.get().reading())) {
            awaitForeignPending(pending.get());
        } else if (view.pendingHere(pending.get().reading()) && link.roundReason != RoundReason.STALLED) {
            linked(Statement.of("pending-already").quoting(readings.lines())); // somebody started it already
        } else {
            offerGrant(pending.get());
        }
    }

    /** Read after all that may have changed the console, and not so long ago that others may have begun; nor across a clock set back. */
    private Optional<Read> fresh(Part part) {
        Instant oldest = turn.now().minus(turn.policy.baselineAge());
        return console.newest(part, turn.state.lastAct())
                .filter(r ->
                        !r.at().isBefore(oldest) && r.number() >= console.time().lastBack());
    }

    /** Listed already: never granted again, never removed by itself (COMMON-6). */
    private void found() {
        if (link.linkAttempts > 0) {
            linked(Statement.of("listed-before-this-round"));
            return;
        }
        Verdict verdict = Proof.of(turn, service, link).judge();
        if (verdict instanceof Verdict.Proved proved) {
            adopt(proved);
        } else if (verdict instanceof Verdict.NotYet notYet && !notYet.missing().isEmpty()) {
            readings.read(notYet.missing());
        } else {
            linked(Statement.of("listed-before-this-round"));
        }
    }

    private void adopt(Verdict.Proved proved) {
        turn.emit(new Event.Adopted(service, proved.seen()));
        evidence.claimText(proved);
        evidence.attest(CONSOLE_READ, proved.seen(), proved.all());
        Statement before = Statement.of("listed-before-this-run");
        evidence.attest(GRANT, before, proved.all());
        StepPlan.ServiceSteps plan = turn.plan.of(service);
        plan.finish().ifPresent(s -> evidence.attest(FINISH, before, proved.all()));
        Stream.concat(plan.unfinished().stream(), plan.afterGrant().stream())
                .filter(s -> !turn.state.step(s.id()).isClosed())
                .forEach(s -> turn.emit(new Event.Skipped(s.id(), SkipReason.ADOPTED)));
        evidence.attest(LINKED, proved.seen(), proved.all());
        evidence.attest(PROTECTED, proved.seen(), proved.all());
        releaseSlot(before);
        if (!link.linked) { // else somebody has come back for it all the same
            turn.calls.spare();
        }
    }

    private void awaitForeignPending(Read pending) {
        Instant since = console.time().of(link.roundNumber);
        turn.awaitSlot(Optional.empty(), view.pendingElsewhereLine(pending.reading()));
        if (isPerhapsFurniture(pending)) {
            readings.read(EnumSet.of(Part.ACCOUNTS, Part.PENDING), true); // no waiting mends it
            return;
        }
        Instant next = readings.next(since, FOREIGN_PENDING, pending.at());
        if (turn.now().isBefore(next)) {
            turn.waitUntil(next);
        } else {
            readings.read(EnumSet.of(Part.ACCOUNTS, Part.PENDING));
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
        Instant again = console.time().of(link.roundNumber).plus(readings.expected());
        if (!turn.now().isBefore(again)) {
            return false;
        }
        if (Proof.of(turn, service, link).judge() instanceof Verdict.Proved proved) {
            linked(proved.seen());
        } else {
            turn.waitUntil(again);
        }
        return true;
    }

    private void offerGrant(Read pending) {
        if (link.firstGrant == 0
                && console.baseline(turn.state.size() + 1, provingLists()).isEmpty()) {
            readings.read(EnumSet.of(Part.SUCCESS), true); // what proves the link must be newer than that
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
            evidence.attest(CONSOLE_READ, Statement.of("nothing-pending"), pending);
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
        if (grant.open != null && turn.state.readingTakenBack() > link.lastGrant) {
            turn.withdraw(id(GRANT), WithdrawReason.REPLACED); // it was offered on that reading
            turn.emit(new Event.RoundStarted(service, link.round + 1, RoundReason.CORRECTED));
            return;
        }
        if (grant.open != null) {
            turn.awaitOperator(id(GRANT));
            adoptWhatWasRead(grant);
            return;
        }
        if (grant.answer instanceof Answer.Declined declined) {
            Statement said = Statement.of("declined-by", declined.by());
            LinkSlot.releaseIfNothingIsLeft(turn, service, said);
            turn.fail(service, FailureReason.DECLINED, id(GRANT), said);
            return;
        }
        if (grant.answer instanceof Answer.Blocked blocked && LinkSlot.NOTHING_STARTED.contains(blocked.reason())) {
            LinkSlot.releaseIfNothingIsLeft(turn, service, StepDecider.blocked(blocked));
            turn.fail(service, FailureReason.BLOCKED, id(GRANT), StepDecider.blocked(blocked));
            return;
        }
        if (grant.answer instanceof Answer.Done) {
            granted(grant);
            return;
        }
        Set<Part> missing = readings.missing(EnumSet.of(Part.ACCOUNTS, Part.PENDING), grant.answerNumber);
        if (!missing.isEmpty()) {
            readings.read(missing);
        } else if (isListedOrPending(grant.answerNumber)) {
            if (!grant.isClosed()) {
                console.newest(Part.ACCOUNTS, grant.answerNumber)
                        .ifPresent(r -> evidence.attest(GRANT, Statement.of("listed-after-the-grant"), r));
            }
            finish();
        } else {
            roundFailed(grant);
        }
    }

    /** Somebody handed in the console while the grant is still open: what proves, proves. */
    private void adoptWhatWasRead(StepState grant) {
        if (console.newest().filter(r -> r.number() > link.lastGrant).isPresent()
                && Proof.of(turn, service, link).judge() instanceof Verdict.Proved proved) {
            if (!grant.isClosed()) {
                evidence.attest(GRANT, Statement.of("listed-after-the-grant"), proved.all());
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
            readings.read(unread);
            return;
        } else if (!unfinished.isSettled()) {
            return;
        }
        for (ActivationStep step : turn.plan.of(service).afterGrant()) {
            steps.moveOn(step);
            if (!steps.isClosed(step) && step.required()) {
                contradicted(step);
                return;
            }
        }
        Optional<ActivationStep> finish = turn.plan.of(service).finish();
        finish.ifPresent(steps::moveOn);
        if (finish.isPresent() && !steps.isClosed(finish.get())) {
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
            turn.emit(new Event.RoundStarted(service, link.round + 1, RoundReason.HANDED_BACK));
        } else if (link.failedRounds + 1 >= turn.policy.linkRounds()) {
            LinkSlot.releaseIfNothingIsLeft(turn, service, Statement.of("nothing-pending"));
            turn.fail(service, FailureReason.LINK_BUDGET_SPENT, id(GRANT), why);
        } else {
            turn.emit(new Event.RoundStarted(service, link.round + 1, RoundReason.LINK_FAILED));
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
        Verdict verdict = Proof.of(turn, service, link).judge();
        if (verdict instanceof Verdict.Proved proved) {
            if (console.hasOpenCount()) {
                turn.ask(CoreSteps.COUNTS);
            } else if (link.linkAttempts == 0) {
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
        console.newest(Part.ACCOUNTS, link.lastGrant)
                .filter(r -> r.reading().listed(service) == Listing.LISTED)
                .filter(r -> !turn.state.step(id(LINKED)).isClosed())
                .ifPresent(r -> evidence.attest(LINKED, Statement.of("listed"), r));
        Optional<Read> last = console.newest().filter(r -> r.number() > link.linkedNumber);
        Set<Part> stillMissing = readings.stillMissing(notYet);
        boolean isFurniture = console.newest(Part.PENDING, link.lastGrant)
                .filter(this::isPerhapsFurniture)
                .isPresent();
        if (isFurniture) {
            stillMissing.add(Part.PENDING);
        }
        boolean isStuck = isFurniture
                || (notYet.missing().isEmpty()
                        && notYet.reasons().stream().anyMatch(r -> !r.reason().isMendedByWaiting()));
        if (!stillMissing.isEmpty()) {
            readings.read(stillMissing, isFurniture); // the answer to the last asking lacks it
        } else if (!turn.isOver(link.linkedNumber, turn.policy.stallAfter())) {
            readings.readAt(readings.next(last), isStuck);
        } else {
            stalled(notYet, isStuck);
        }
    }

    private void proved(Verdict.Proved proved) {
        evidence.claimText(proved);
        if (!turn.state.step(id(GRANT)).isClosed()) {
            evidence.attest(GRANT, Statement.of("listed-after-the-grant"), proved.all());
        }
        evidence.attest(CONSOLE_READ, proved.seen(), proved.all());
        evidence.attest(LINKED, proved.seen(), proved.all());
        evidence.attest(PROTECTED, proved.seen(), proved.all());
        releaseSlot(proved.seen());
    }

    /** できた was said, and the console shows neither the service nor anything 保留 of it: that round has linked nothing. */
    private boolean hasLinkedNothing() {
        StepState grant = turn.state.step(id(GRANT));
        if (link.linkAttempts == 0 || grant.answer == null) {
            return false;
        }
        long since = Math.max(grant.answerNumber, turn.state.step(id(FINISH)).answerNumber);
        Optional<Read> accounts = readings.settled(Part.ACCOUNTS, since, grant);
        Optional<Read> pending = readings.settled(Part.PENDING, since, grant);
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

    private void stalled(Verdict.NotYet notYet, boolean isStuck) {
        Set<Part> missing = readings.missingAfter(LinkReadings.PROVING, turn.policy.stallAfter());
        if (!missing.isEmpty()) {
            readings.read(missing, isStuck);
            return;
        }
        boolean pending = console.newest(Part.PENDING, link.linkedNumber)
                .filter(r -> !ConsoleView.isFree(r.reading()))
                .isPresent();
        Statement why = notYet.reasons().stream()
                .findFirst()
                .map(NotProof::statement)
                .orElse(Statement.of("console-says").quoting(readings.lines()));
        if (link.stalls < turn.policy.stallRounds()) {
            turn.emit(new Event.Stalled(service, link.stalls + 1));
            turn.emit(new Event.RoundStarted(service, link.round + 1, RoundReason.STALLED));
        } else if (pending) {
            // the slot stays taken, whoever began it: others wait, with an action to have the 保留 cleared
            turn.fail(service, FailureReason.STALL_BUDGET_SPENT, id(PROTECTED), why);
        } else {
            LinkSlot.releaseIfNothingIsLeft(turn, service, Statement.of("nothing-pending"));
            FailureReason reason = notYet.opposed() ? FailureReason.CONTRADICTED : FailureReason.GRANTED_BUT_UNPROVED;
            turn.fail(service, reason, id(PROTECTED), why);
        }
    }

    private void releaseSlot(Statement evidence) {
        turn.emit(new Event.SlotReleased(service, evidence));
    }

    private StepId id(String name) {
        return CoreSteps.id(service, name);
    }
}
