package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.StepId;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.journal.Event.ReadingAsk;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.provision.ActivationStep;
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
        for (Map.Entry<StepId, StepState> e :
                List.copyOf(state.steps().entrySet())) { // wording one may come upon others
            ActionId id = e.getValue().open;
            if (id != null) {
                step(state, plan, e.getKey()).ifPresent(step -> actions.add(action(state, step, e.getValue(), id)));
            }
        }
        actions.sort(Comparator.comparing(OperatorAction::offeredAt));
        return List.copyOf(actions);
    }

    /** What a step would ask for, open or not: whoever takes it is who does it. */
    static Optional<OperatorAction> wouldAsk(RunState state, StepPlan plan, StepId id) {
        StepState stepState = state.step(id);
        return step(state, plan, id)
                .filter(step ->
                        step.action().isPresent() || step.check().question().isPresent())
                .map(step -> action(state, step, stepState, ActionId.of(id, stepState.asked + 1)));
    }

    /** Reading the console long after, whatever was last asked for in the run. */
    static OperatorAction readAgain(RunState state, List<Part> parts, List<CloudService> services) {
        ActivationStep step = new ConsoleQuestions(state).read(new ReadingAsk(parts, services, 0, false, List.of()));
        ActionId id = ActionId.of(step.id(), state.step(step.id()).asked + 1);
        return action(state, step, new StepState(), id);
    }

    private static Optional<ActivationStep> step(RunState state, StepPlan plan, StepId id) {
        return plan.find(id).or(() -> new ConsoleQuestions(state).find(id));
    }

    private static OperatorAction action(RunState state, ActivationStep step, StepState stepState, ActionId id) {
        ActionTemplate template = (stepState.openIsQuestion ? step.check().question() : step.action())
                .or(step::action)
                .or(() -> step.check().question())
                .orElseThrow();
        if (CoreSteps.serviceOf(step.id(), CoreSteps.GRANT).isPresent()) {
            template = new ConsoleQuestions(state).withExpectedTime(template, step.id());
        }
        Optional<CloudService> service =
                StepPlan.serviceNamed(step.id(), state.request().services());
        Instant since = stepState.openSince == null ? state.begunAt() : stepState.openSince;
        return new OperatorAction(
                state.id(),
                id,
                state.request().customer(),
                state.request().company(),
                state.request().reference(),
                service,
                step.id(),
                step.rule(),
                state.edition(),
                template,
                since,
                Optional.ofNullable(stepState.overdueAt),
                Optional.ofNullable(stepState.handedBack));
    }
}
