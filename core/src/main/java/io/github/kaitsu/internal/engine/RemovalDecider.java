package io.github.kaitsu.internal.engine;

import static io.github.kaitsu.internal.engine.CoreSteps.CONSOLE_READ;
import static io.github.kaitsu.internal.engine.CoreSteps.REMOVE;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.Answer;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Evidence.Level;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.Phase;
import io.github.kaitsu.StepId;
import io.github.kaitsu.spi.ActivationStep;
import java.util.List;
import java.util.Optional;

/** Removes one service: look, 削除 in the console, look again, then what the vendor leaves behind at the provider. */
final class RemovalDecider {
    private final Turn turn;
    private final StepDecider steps;
    private final CloudService service;
    private final ServiceState x;
    private final ConsoleView console;
    private final StepId remove;

    RemovalDecider(Turn turn, StepDecider steps, CloudService service) {
        this.turn = turn;
        this.steps = steps;
        this.service = service;
        this.x = turn.state.service(service);
        this.console = new ConsoleView(service, turn.state.request().customer().organisation());
        this.remove = CoreSteps.id(service, REMOVE);
    }

    void decide() {
        StepState removal = turn.state.step(remove);
        if (removal.isClosed()) {
            cleanUp();
        } else if (x.reading == null || removal.answerNumber > x.readingNumber) {
            turn.read(service)
                    .ifPresent(refused -> turn.fail(
                            service,
                            refused,
                            CoreSteps.id(service, CONSOLE_READ).value()));
        } else if (!console.lists(x.reading)) {
            Level level = x.readByMachine ? Level.VERIFIED : Level.ATTESTED;
            String source = "console, read by " + x.readBy;
            turn.conclude(CoreSteps.id(service, CONSOLE_READ), level, source, "not listed");
            turn.conclude(remove, level, source, "not listed");
        } else if (removal.answer instanceof Answer.Declined declined) {
            turn.fail(service, FailureReason.DECLINED, declined.by());
        } else if (removal.open == null && removal.askedThisRound >= turn.policy.askings()) {
            turn.fail(service, FailureReason.BLOCKED, "still listed");
        } else {
            turn.offer(remove);
        }
    }

    private void cleanUp() {
        List<ActivationStep> left = turn.plan.of(service, Phase.REMOVAL).stream()
                .filter(s -> !s.id().equals(remove))
                .toList();
        boolean complete = true;
        for (ActivationStep step :
                left.stream().filter(ActivationStep::required).toList()) {
            boolean closed = steps.closed(step);
            StepState state = turn.state.step(step.id());
            if (state.evidence != null && state.isContradicted()) {
                turn.fail(service, FailureReason.CONTRADICTED, step.id() + ": " + state.evidence.detail());
                return;
            }
            complete &= closed;
        }
        if (complete) {
            turn.end(service, ActivationStatus.REMOVED, Optional.empty(), "");
        } else {
            left.stream().filter(s -> !s.required()).forEach(steps::closed);
        }
    }
}
