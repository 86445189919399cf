package io.github.kaitsu.internal.engine;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.Event.ReadingAsk;
import io.github.kaitsu.journal.Event.WithdrawReason;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.operator.Operator.Attention;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What has to be read of the console, gathered over all services of one decision and asked for in one action (COMMON-19).
 *
 * <p>What did not suffice twice is never asked for a third time in the same way: the lines that stand in the way are asked about,
 * and the short form is offered.
 */
final class ConsoleAsks {
    /** So often the same is asked for as it was. */
    static final int SAME = 2;

    private static final int MOST_LINES = 12;

    /** Of an hour: once in two thirds of a day at least. */
    private static final int LONGEST_IN_DOUBLINGS = 4;

    private final DecisionBuilder turn;
    private final Set<Part> parts = EnumSet.noneOf(Part.class);
    private final Set<CloudService> services = new LinkedHashSet<>();
    private boolean stuck;

    ConsoleAsks(DecisionBuilder turn) {
        this.turn = turn;
    }

    /** Why nobody will read the console any more; empty while somebody may. */
    Optional<FailureReason> refusal() {
        StepState read = turn.state.step(CoreSteps.READ);
        if (!isRefused(read)) {
            return Optional.empty();
        } else if (isFinal(read)) {
            return Optional.of(read.answer instanceof Answer.Declined ? FailureReason.DECLINED : FailureReason.BLOCKED);
        }
        StepState door = turn.state.step(CoreSteps.SIGN_IN_AGAIN);
        boolean isAnswered = door.open == null && door.answer != null && door.answerNumber > read.answerNumber;
        if (!isSignedOut(read) || !isAnswered || door.answer instanceof Answer.Done || !isFinal(door)) {
            return Optional.empty();
        }
        return Optional.of(door.answer instanceof Answer.Declined ? FailureReason.DECLINED : FailureReason.BLOCKED);
    }

    private static boolean isRefused(StepState read) {
        return read.open == null && read.refusals > 0 && read.answer != null;
    }

    private boolean isFinal(StepState refused) {
        return refused.answer instanceof Answer.Declined || refused.refusals >= turn.policy.askings();
    }

    /**
     * Parts of the console are needed; of somebody who may read them, see {@link #refusal}.
     *
     * @param isStuck whether what was read is complete and yet does not do, so that the same again would not help
     */
    void need(CloudService service, Collection<Part> wanted, boolean isStuck) {
        StepState read = turn.state.step(CoreSteps.READ);
        if (isRefused(read) && isSignedOut(read)) {
            if (!isSignedInAgain(read)) {
                turn.offer(CoreSteps.SIGN_IN_AGAIN);
                return;
            }
        } else if (isRefused(read)) {
            Instant again = turn.state.time().of(read.answerNumber).plus(turn.policy.settle());
            if (turn.now().isBefore(again)) {
                turn.waitUntil(again);
                return;
            }
        }
        parts.addAll(wanted);
        services.add(service);
        stuck |= isStuck;
        if (read.open != null) {
            turn.awaitOperator(CoreSteps.READ);
        }
    }

    /** The console's session ended while its lists were to be read (COMMON-16). */
    static boolean isSignedOut(StepState read) {
        return read.answer instanceof Answer.Blocked blocked && blocked.reason() == BlockReason.EXPIRED;
    }

    private boolean isSignedInAgain(StepState read) {
        StepState door = turn.state.step(CoreSteps.SIGN_IN_AGAIN);
        return door.open == null && door.answer instanceof Answer.Done && door.answerNumber > read.answerNumber;
    }

    /** Offers one action for all that was needed, or takes it back. */
    void settle() {
        StepState read = turn.state.step(CoreSteps.READ);
        if (parts.isEmpty()) {
            turn.withdraw(CoreSteps.READ, WithdrawReason.EVIDENCE);
        } else if (read.open == null) {
            ask(read);
        } else if (read.ask != null && !read.ask.parts().containsAll(parts)) {
            turn.withdraw(CoreSteps.READ, WithdrawReason.REPLACED);
        }
    }

    private void ask(StepState read) {
        List<String> unread = turn.state.console().newest().stream()
                .flatMap(r -> r.reading().unread().stream())
                .limit(MOST_LINES)
                .toList();
        int attempt = attempt(read);
        boolean isInsufficient = attempt > 0 && (stuck || isMissing(read));
        if (isInsufficient && !unread.isEmpty() && isToldElsewhere(unread)) {
            return; // everything is read anew with it
        }
        if (isInsufficient && attempt >= SAME && !unread.isEmpty() && isNewQuestion(unread)) {
            turn.ask(CoreSteps.FURNITURE, ask(List.of(), attempt, true, unread));
            return;
        }
        Instant notBefore = notBefore(read, isInsufficient, attempt);
        if (turn.now().isBefore(notBefore)) {
            turn.waitUntil(services, notBefore);
        } else {
            turn.ask(CoreSteps.READ, ask(parts, attempt, isInsufficient, unread));
        }
    }

    /** Another run of the console was told meanwhile what some of these lines are (COMMON-19). */
    private boolean isToldElsewhere(List<String> unread) {
        Set<String> known = keys(turn.state.furniture());
        List<Event.FurnitureKnown> told = turn.in.furniture().get().stream()
                .filter(other -> !known.containsAll(keys(other.lines())))
                .filter(other -> !Collections.disjoint(keys(other.lines()), keys(unread)))
                .toList();
        told.forEach(turn::emit);
        return !told.isEmpty();
    }

    private static Set<String> keys(List<String> lines) {
        return lines.stream().map(ConsoleReading::furnitureKey).collect(Collectors.toSet());
    }

    /**
     * A machine answers at once whatever it is asked: what it has read of a console in which nobody acted since, it reads again only
     * after a while, and ever more rarely where that did not suffice. A person who is asked again is there anyway, until all there is
     * to say was said twice.
     */
    private Instant notBefore(StepState read, boolean isInsufficient, int attempt) {
        Instant now = turn.now();
        if (!read.partsRead.keySet().containsAll(parts)) {
            return now;
        } else if (turn.in.attention(CoreSteps.READ) != Attention.MACHINE) {
            int beyond = attempt - 3 * SAME;
            return !isInsufficient || beyond < 0
                    ? now
                    : turn.state
                            .time()
                            .of(read.answerNumber)
                            .plus(Duration.ofHours(1L << Math.min(beyond, LONGEST_IN_DOUBLINGS)));
        }
        RunTime time = turn.state.time();
        Instant oldest =
                time.of(parts.stream().mapToLong(read.partsRead::get).min().orElseThrow());
        Instant since = isInsufficient && read.insufficientSince > 0 ? time.of(read.insufficientSince) : oldest;
        return oldest.plus(Watch.spacing(turn.policy, Duration.between(since, oldest)));
    }

    private ReadingAsk ask(Collection<Part> wanted, int attempt, boolean isInsufficient, List<String> unread) {
        return new ReadingAsk(List.copyOf(wanted), List.copyOf(services), attempt, isInsufficient, unread);
    }

    /** How often in a row it was read for these services and did not do, be it only that more time has to pass. */
    private int attempt(StepState read) {
        boolean isRead = turn.state
                .console()
                .newest()
                .filter(r -> r.number() > read.askNumber)
                .isPresent();
        boolean isSame = read.ask != null && read.ask.services().stream().anyMatch(services::contains);
        return read.ask != null && isRead && isSame ? read.ask.attempt() + 1 : 0;
    }

    /** A part was asked for, and the answer lacks it or could not be read. */
    private boolean isMissing(StepState read) {
        return read.ask != null
                && parts.stream()
                        .filter(read.ask.parts()::contains)
                        .anyMatch(p ->
                                turn.state.console().newest(p, read.askNumber).isEmpty());
    }

    /** Whether nobody has answered yet whether these lines are furniture. */
    boolean isNewQuestion(List<String> unread) {
        StepState furniture = turn.state.step(CoreSteps.FURNITURE);
        return furniture.open != null
                || furniture.ask == null
                || !furniture.ask.unread().containsAll(unread);
    }

    /** A person called the lines furniture: they are read past from now on. */
    void learnFurniture() {
        StepState furniture = turn.state.step(CoreSteps.FURNITURE);
        if (furniture.open == null
                && furniture.ask != null
                && furniture.answer != null
                && StepDecider.isYes(furniture.answer)
                && !turn.state.furniture().containsAll(furniture.ask.unread())) {
            turn.emit(new Event.FurnitureKnown(furniture.ask.unread(), Optional.empty()));
        }
    }
}
