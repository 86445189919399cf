package io.github.kaitsu.internal.engine;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.Event.ReadingAsk;
import io.github.kaitsu.journal.Event.WithdrawReason;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.BlockReason;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    private final DecisionBuilder turn;
    private final Set<Part> parts = EnumSet.noneOf(Part.class);
    private final Set<CloudService> services = new LinkedHashSet<>();
    private boolean stuck;

    ConsoleAsks(DecisionBuilder turn) {
        this.turn = turn;
    }

    /**
     * Asks for parts of the console.
     *
     * @param isStuck whether what was read is complete and yet does not do, so that the same again would not help
     * @return why nobody will read it any more; empty while somebody may
     */
    Optional<FailureReason> need(CloudService service, Collection<Part> wanted, boolean isStuck) {
        StepState x = turn.state.step(CoreSteps.READ);
        if (x.open == null && x.refusals > 0 && x.answeredAt != null) {
            if (x.answer instanceof Answer.Declined) {
                return Optional.of(FailureReason.DECLINED);
            } else if (x.refusals >= turn.policy.askings()) {
                return Optional.of(FailureReason.BLOCKED);
            } else if (isSignedOut(x)) {
                Optional<FailureReason> refused = signInAgain(x);
                if (refused.isPresent() || turn.state.step(CoreSteps.SIGN_IN_AGAIN).open != null || !mayRead(x)) {
                    return refused;
                }
            } else if (turn.now().isBefore(x.answeredAt.plus(turn.policy.settle()))) {
                turn.waitUntil(x.answeredAt.plus(turn.policy.settle()));
                return Optional.empty();
            }
        }
        parts.addAll(wanted);
        services.add(service);
        stuck |= isStuck;
        if (x.open != null) {
            turn.awaitOperator(CoreSteps.READ);
        }
        return Optional.empty();
    }

    /** The console's session ended while its lists were to be read (COMMON-16). */
    static boolean isSignedOut(StepState read) {
        return read.answer instanceof Answer.Blocked blocked && blocked.reason() == BlockReason.EXPIRED;
    }

    private boolean mayRead(StepState read) {
        StepState door = turn.state.step(CoreSteps.SIGN_IN_AGAIN);
        return door.open == null && door.answer instanceof Answer.Done && door.answerNumber > read.answerNumber;
    }

    private Optional<FailureReason> signInAgain(StepState read) {
        StepState door = turn.state.step(CoreSteps.SIGN_IN_AGAIN);
        boolean isAnswered = door.open == null && door.answer != null && door.answerNumber > read.answerNumber;
        if (isAnswered && door.answer instanceof Answer.Done) {
            return Optional.empty();
        } else if (isAnswered && door.answer instanceof Answer.Declined) {
            return Optional.of(FailureReason.DECLINED);
        } else if (isAnswered && door.refusals >= turn.policy.askings()) {
            return Optional.of(FailureReason.BLOCKED);
        }
        turn.offer(CoreSteps.SIGN_IN_AGAIN);
        return Optional.empty();
    }

    /** Offers one action for all that was needed, or takes it back. */
    void settle() {
        StepState x = turn.state.step(CoreSteps.READ);
        if (parts.isEmpty()) {
            turn.withdraw(CoreSteps.READ, WithdrawReason.EVIDENCE);
        } else if (x.open == null) {
            ask(x);
        } else if (x.ask != null && !x.ask.parts().containsAll(parts)) {
            turn.withdraw(CoreSteps.READ, WithdrawReason.REPLACED);
        }
    }

    private void ask(StepState x) {
        List<String> unread = turn.state.console().newest().stream()
                .flatMap(r -> r.reading().unread().stream())
                .limit(MOST_LINES)
                .toList();
        int attempt = attempt(x);
        boolean isInsufficient = attempt > 0 && (stuck || isMissing(x));
        if (isInsufficient && attempt >= SAME && !unread.isEmpty() && isNewQuestion(unread)) {
            turn.ask(CoreSteps.FURNITURE, ask(List.of(), attempt, true, unread));
        } else {
            turn.ask(CoreSteps.READ, ask(parts, attempt, isInsufficient, unread));
        }
    }

    private ReadingAsk ask(Collection<Part> wanted, int attempt, boolean isInsufficient, List<String> unread) {
        return new ReadingAsk(List.copyOf(wanted), List.copyOf(services), attempt, isInsufficient, unread);
    }

    /** How often in a row it was read for these services and did not do, be it only that more time has to pass. */
    private int attempt(StepState x) {
        boolean isRead = turn.state
                .console()
                .newest()
                .filter(r -> r.number() > x.askNumber)
                .isPresent();
        boolean isSame = x.ask != null && x.ask.services().stream().anyMatch(services::contains);
        return x.ask != null && isRead && isSame ? x.ask.attempt() + 1 : 0;
    }

    /** A part was asked for, and the answer lacks it or could not be read. */
    private boolean isMissing(StepState x) {
        return x.ask != null
                && parts.stream()
                        .filter(x.ask.parts()::contains)
                        .anyMatch(
                                p -> turn.state.console().newest(p, x.askNumber).isEmpty());
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
            turn.emit(new Event.FurnitureKnown(furniture.ask.unread()));
        }
    }
}
