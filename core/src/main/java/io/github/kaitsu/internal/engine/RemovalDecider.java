package io.github.kaitsu.internal.engine;

import static io.github.kaitsu.internal.engine.CoreSteps.CONSOLE_READ;
import static io.github.kaitsu.internal.engine.CoreSteps.REMOVE;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Evidence.Level;
import io.github.kaitsu.Evidence.Source;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.Statement;
import io.github.kaitsu.StepId;
import io.github.kaitsu.console.ConsoleReading.Listing;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.internal.engine.ConsoleKnowledge.Read;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.provision.ActivationStep;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Removes one service: look, 削除 in the console, look again, then what the vendor leaves behind at the provider. */
final class RemovalDecider {
    private final DecisionBuilder turn;
    private final StepDecider steps;
    private final CloudService service;
    private final StepId remove;

    RemovalDecider(DecisionBuilder turn, StepDecider steps, CloudService service) {
        this.turn = turn;
        this.steps = steps;
        this.service = service;
        this.remove = CoreSteps.id(service, REMOVE);
    }

    void decide() {
        StepState removal = turn.state.step(remove);
        if (removal.isClosed()) {
            cleanUp();
            return;
        }
        Optional<Read> accounts = turn.state.console().newest(Part.ACCOUNTS, removal.answerNumber);
        Listing listing = accounts.map(r -> r.reading().listed(service)).orElse(Listing.UNKNOWN);
        if (listing == Listing.UNKNOWN) {
            turn.console
                    .refusal()
                    .ifPresentOrElse(
                            refusal -> turn.fail(service, refusal, CoreSteps.READ, Statement.of("not-read")),
                            () -> turn.console.need(service, EnumSet.of(Part.ACCOUNTS), false));
        } else if (listing == Listing.ABSENT && turn.state.console().hasOpenCount()) {
            turn.ask(CoreSteps.COUNTS);
        } else if (listing == Listing.ABSENT) {
            Read read = accounts.get();
            Level level = read.byMachine() ? Level.VERIFIED : Level.ATTESTED;
            Source source = Source.console(read.by());
            Statement seen = Statement.of("not-listed");
            turn.conclude(CoreSteps.id(service, CONSOLE_READ), level, source, seen, Optional.of(read.number()));
            turn.conclude(remove, level, source, seen, Optional.of(read.number()));
        } else if (removal.answer instanceof Answer.Declined declined) {
            turn.fail(service, FailureReason.DECLINED, remove, Statement.of("declined-by", declined.by()));
        } else if (removal.open == null && removal.askedThisRound >= turn.policy.askings()) {
            turn.fail(service, FailureReason.BLOCKED, remove, Statement.of("still-listed"));
        } else {
            turn.offer(remove);
        }
    }

    private void cleanUp() {
        List<ActivationStep> left = turn.plan.of(service).afterwards();
        boolean complete = true;
        for (ActivationStep step :
                left.stream().filter(ActivationStep::required).toList()) {
            steps.moveOn(step);
            StepState state = turn.state.step(step.id());
            if (state.evidence != null && state.isContradicted()) {
                turn.fail(
                        service,
                        Decider.reason(state.evidence.seen(), FailureReason.CONTRADICTED),
                        step.id(),
                        state.evidence.seen());
                return;
            }
            complete &= steps.isClosed(step);
        }
        if (complete) {
            turn.end(service, ActivationStatus.REMOVED, Optional.empty(), Optional.empty(), Statement.NOTHING);
        } else {
            left.stream().filter(s -> !s.required()).forEach(steps::moveOn);
        }
    }
}
