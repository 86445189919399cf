package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.OperatorAction;
import io.github.kaitsu.StepId;
import io.github.kaitsu.spi.ActionTemplate;
import io.github.kaitsu.spi.ActivationStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The open actions of a run as data for any screen; made anew from journal and plan, so no text is ever stored. */
public final class Actions {
    private Actions() {}

    /** Oldest first. */
    public static List<OperatorAction> open(RunState state, StepPlan plan) {
        List<OperatorAction> actions = new ArrayList<>();
        for (Map.Entry<StepId, StepState> e : state.steps().entrySet()) {
            ActionId id = e.getValue().open;
            if (id != null) {
                step(state, plan, e.getKey())
                        .ifPresent(step -> actions.add(action(state, plan, step, e.getValue(), id)));
            }
        }
        actions.sort(Comparator.comparing(OperatorAction::offeredAt));
        return List.copyOf(actions);
    }

    /** The question for a reading of the console, open or not: whoever takes it is who reads. */
    static Optional<OperatorAction> reading(RunState state, StepPlan plan, CloudService service) {
        StepId id = CoreSteps.id(service, CoreSteps.CONSOLE_READ);
        StepState x = state.step(id);
        return plan.find(id).map(step -> action(state, plan, step, x, ActionId.of(id, x.asked + 1)));
    }

    static Optional<ActivationStep> step(RunState state, StepPlan plan, StepId id) {
        return plan.find(id)
                .or(() -> CoreSteps.serviceOf(id, CoreSteps.CLEAR_PENDING)
                        .map(s -> CoreSteps.clearPending(state.request(), s)))
                .or(() -> CoreSteps.providerOf(id).map(CoreSteps::connectStep))
                .or(() -> Optional.of(id)
                        .filter(CoreSteps.SIGN_IN_AGAIN::equals)
                        .map(s -> CoreSteps.signInAgain(state.request())));
    }

    private static OperatorAction action(RunState state, StepPlan plan, ActivationStep step, StepState x, ActionId id) {
        ActionTemplate template = (x.openIsQuestion ? step.check().question() : step.action())
                .or(step::action)
                .or(() -> step.check().question())
                .orElseThrow();
        Optional<CloudService> service =
                StepPlan.serviceOf(plan, step.id()).or(() -> CoreSteps.serviceOf(step.id(), CoreSteps.CLEAR_PENDING));
        Instant since = x.openSince == null ? state.begunAt() : x.openSince;
        return new OperatorAction(
                state.id(),
                id,
                state.request().customer(),
                service,
                step.id(),
                step.rule(),
                state.edition(),
                template,
                since,
                Optional.ofNullable(x.overdueAt),
                Optional.ofNullable(x.handedBack));
    }
}
