package io.github.kaitsu.internal.engine;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.StepId;
import io.github.kaitsu.journal.Event.WithdrawReason;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.ProbeResult;
import java.time.Instant;

/** A provider ended the own app's access: somebody is asked to connect again, once for all steps of that provider. */
final class AccessDecider {
    private final DecisionBuilder turn;

    AccessDecider(DecisionBuilder turn) {
        this.turn = turn;
    }

    /** Asks for the access that a step lost. @return whether it was refused, or did not help however often it was given */
    boolean isGivenUp(ActivationStep step) {
        StepId connect = CoreSteps.connect(turn.subject().orElseThrow().provider());
        StepState connecting = turn.state.step(connect);
        if (connecting.answer instanceof Answer.Declined || connecting.answer instanceof Answer.Blocked) {
            return true;
        }
        if (connecting.answer instanceof Answer.Done) {
            if (!isLookedSince(step, connecting)) {
                return false;
            }
            if (connecting.askedThisRound >= turn.policy.askings()) {
                return true;
            }
        }
        turn.offer(connect);
        return false;
    }

    private boolean isLookedSince(ActivationStep step, StepState connect) {
        Instant looked = turn.in.lookedAt().get(step.id());
        return looked != null && !looked.isBefore(turn.state.time().of(connect.answerNumber));
    }

    /** Takes back what no step needs any more: its access is back, or its service has ended. */
    void withdrawNeedless() {
        for (CloudService.Provider provider : CloudService.Provider.values()) {
            if (turn.state.step(CoreSteps.connect(provider)).open != null && !isNeeded(provider)) {
                turn.withdraw(CoreSteps.connect(provider), WithdrawReason.EVIDENCE);
            }
        }
    }

    private boolean isNeeded(CloudService.Provider provider) {
        return turn.plan.services().keySet().stream()
                .filter(s -> s.provider() == provider)
                .filter(s -> !turn.state.service(s).isEnded())
                .flatMap(s -> turn.plan.of(s).all().stream())
                .map(s -> turn.state.step(s.id()))
                .anyMatch(step -> !step.isClosed() && step.look instanceof ProbeResult.AccessLost);
    }
}
