package io.github.kaitsu.internal.engine;

import static io.github.kaitsu.internal.engine.CoreSteps.PROTECTED;

import io.github.kaitsu.ActivationRetryPolicy;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.Statement;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.Event.WithdrawReason;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.ProbeResult;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Says what follows from a state. Pure: the same journal, plan and inputs give the same decision. */
public final class Decider {
    /** The journal entry that begins a run. */
    private static final long BEGUN = 1;

    private final ActivationRetryPolicy policy;

    public Decider(ActivationRetryPolicy policy) {
        this.policy = policy;
    }

    public Decision decide(RunState state, StepPlan plan, DecisionInputs in) {
        DecisionBuilder turn = new DecisionBuilder(state, plan, in, policy);
        if (!state.isEnded()) {
            decide(turn);
            state.time().untold(in.now()).ifPresent(gap -> turn.only(new Event.Gap(gap.by()))); // all is judged with it
        }
        return turn.decision();
    }

    private static void decide(DecisionBuilder turn) {
        RunState state = turn.state;
        if (state.cancelledBy().isPresent()) {
            endAll(
                    turn,
                    ActivationStatus.CANCELLED,
                    Optional.empty(),
                    Statement.of("cancelled", state.cancelledBy().get()));
        } else if (turn.isOver(BEGUN, state.request().giveUpAfter())) {
            endAll(
                    turn,
                    ActivationStatus.FAILED,
                    Optional.of(FailureReason.GAVE_UP),
                    Statement.of("gave-up", state.request().giveUpAfter().toDays()));
        } else {
            advance(turn);
        }
        boolean allEnded = turn.plan.services().keySet().stream()
                .allMatch(s -> state.service(s).isEnded());
        if (allEnded && !turn.hasEvents()) {
            withdrawConsole(turn);
            turn.emit(new Event.Ended());
        }
        turn.noteWaiting();
    }

    private static void advance(DecisionBuilder turn) {
        turn.console.learnFurniture();
        if (turn.hasEvents()) {
            return; // everything is read anew with it
        }
        StepDecider steps = new StepDecider(turn);
        boolean consoleReady = consoleReady(turn, steps);
        for (CloudService service : turn.plan.services().keySet()) {
            if (turn.state.service(service).isEnded()) {
                continue;
            }
            turn.about(Optional.of(service));
            if (turn.state.run() == Event.Run.REMOVAL) {
                if (consoleReady && earlierEnded(turn, service)) {
                    new RemovalDecider(turn, steps, service).decide();
                }
            } else {
                activate(turn, steps, service, consoleReady);
            }
        }
        turn.console.settle();
        new AccessDecider(turn).withdrawNeedless();
        withdrawNeedlessSignIn(turn);
    }

    /** Somebody has read the console meanwhile, or nobody needs to any more. */
    private static void withdrawNeedlessSignIn(DecisionBuilder turn) {
        StepState read = turn.state.step(CoreSteps.READ);
        if (read.open != null || !ConsoleAsks.isSignedOut(read)) {
            turn.withdraw(CoreSteps.SIGN_IN_AGAIN, WithdrawReason.EVIDENCE);
        }
    }

    private static boolean consoleReady(DecisionBuilder turn, StepDecider steps) {
        turn.about(Optional.empty());
        boolean ready = true;
        for (ActivationStep step : turn.plan.console()) {
            steps.moveOn(step);
            ready &= steps.isClosed(step);
            if (turn.state.step(step.id()).isContradicted()) {
                turn.plan.services().keySet().stream()
                        .filter(s -> !turn.state.service(s).isEnded())
                        .forEach(s ->
                                turn.fail(s, FailureReason.PREFLIGHT, step.id(), seen(turn.state.step(step.id()))));
                return false;
            }
        }
        return ready;
    }

    private static void activate(DecisionBuilder turn, StepDecider steps, CloudService service, boolean consoleReady) {
        boolean ready = true;
        for (ActivationStep step : turn.plan.of(service).preflight()) {
            steps.moveOn(step);
            if (step.required() && failed(turn, service, step, FailureReason.PREFLIGHT)) {
                return;
            }
            boolean waited = step.check().probe().isEmpty() || turn.state.step(step.id()).look != null;
            ready &= steps.isClosed(step) || (!step.required() && waited);
        }
        if (!ready || !consoleReady) {
            return;
        }
        StepState done = turn.state.step(CoreSteps.id(service, PROTECTED));
        if (!done.isClosed()) {
            turn.plan.of(service).afterwards().forEach(s -> turn.withdraw(s.id(), WithdrawReason.REPLACED));
            new LinkDecider(turn, steps, service).decide();
            for (ActivationStep step : turn.plan.of(service).beforeGrant()) {
                if (step.required() && failed(turn, service, step, FailureReason.BLOCKED)) {
                    return;
                }
            }
            return;
        }
        finishUp(turn, steps, service);
    }

    private static void finishUp(DecisionBuilder turn, StepDecider steps, CloudService service) {
        List<ActivationStep> all = turn.plan.of(service).afterwards();
        boolean complete = true;
        for (ActivationStep step : all.stream().filter(ActivationStep::required).toList()) {
            steps.moveOn(step);
            if (failed(turn, service, step, FailureReason.CONTRADICTED)) {
                return;
            }
            complete &= steps.isClosed(step);
        }
        if (complete) {
            turn.end(service, ActivationStatus.PROTECTED, Optional.empty(), Optional.empty(), Statement.NOTHING);
        } else {
            all.stream().filter(s -> !s.required()).forEach(steps::moveOn);
        }
    }

    /** Ends the service if a source says the opposite of what a required step claims. */
    private static boolean failed(
            DecisionBuilder turn, CloudService service, ActivationStep step, FailureReason reason) {
        StepState stepState = turn.state.step(step.id());
        if (stepState.evidence == null || !stepState.isContradicted()) {
            return false;
        }
        LinkSlot.releaseIfNothingIsLeft(turn, service, Statement.of("nothing-pending"));
        turn.fail(service, reason(stepState.evidence.seen(), reason), step.id(), stepState.evidence.seen());
        return true;
    }

    static FailureReason reason(Statement seen, FailureReason otherwise) {
        return switch (seen.code()) {
            case ProbeResult.WRONG_TENANT -> FailureReason.WRONG_TENANT;
            case StepDecider.PREREQUISITE -> FailureReason.PREREQUISITE_FAILED;
            case StepDecider.DECLINED -> FailureReason.DECLINED;
            default -> otherwise;
        };
    }

    private static Statement seen(StepState stepState) {
        return stepState.evidence == null ? Statement.NOTHING : stepState.evidence.seen();
    }

    private static void endAll(
            DecisionBuilder turn, ActivationStatus status, Optional<FailureReason> reason, Statement detail) {
        for (CloudService service : turn.plan.services().keySet()) {
            ServiceState serviceState = turn.state.service(service);
            if (serviceState.isEnded()) {
                continue;
            }
            LinkSlot.releaseIfNothingIsLeft(turn, service, Statement.of("nothing-pending"));
            turn.end(service, status, reason, Optional.empty(), detail);
        }
        withdrawConsole(turn);
    }

    private static void withdrawConsole(DecisionBuilder turn) {
        turn.plan.console().forEach(s -> turn.withdraw(s.id(), WithdrawReason.ENDED));
        turn.withdraw(CoreSteps.SIGN_IN_AGAIN, WithdrawReason.ENDED);
        turn.withdraw(CoreSteps.READ, WithdrawReason.ENDED);
        turn.withdraw(CoreSteps.COUNTS, WithdrawReason.ENDED);
        turn.withdraw(CoreSteps.FURNITURE, WithdrawReason.ENDED);
        turn.withdraw(CoreSteps.USERS, WithdrawReason.ENDED);
        Arrays.stream(CloudService.Provider.values())
                .flatMap(CoreSteps::ofAccess)
                .forEach(step -> turn.withdraw(step, WithdrawReason.ENDED));
    }

    private static boolean earlierEnded(DecisionBuilder turn, CloudService service) {
        List<CloudService> order = List.copyOf(turn.plan.services().keySet());
        return order.subList(0, order.indexOf(service)).stream()
                .allMatch(s -> turn.state.service(s).isEnded());
    }
}
