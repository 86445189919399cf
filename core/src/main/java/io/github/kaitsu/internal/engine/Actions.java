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
                step(state, plan, e.getKey())
                        .ifPresent(step -> actions.add(action(state, plan, step, e.getValue(), id)));
            }
        }
        actions.sort(Comparator.comparing(OperatorAction::offeredAt));
        return List.copyOf(actions);
    }

    /** Whether a step asks for the console's pages. */
    public static boolean isReading(StepId step) {
        return step.equals(CoreSteps.READ);
    }

    /** What a step would ask for, open or not: whoever takes it is who does it. */
    static Optional<OperatorAction> wouldAsk(RunState state, StepPlan plan, StepId id) {
        StepState x = state.step(id);
        return step(state, plan, id)
                .filter(step ->
                        step.action().isPresent() || step.check().question().isPresent())
                .map(step -> action(state, plan, step, x, ActionId.of(id, x.asked + 1)));
    }

    /** Reading the console long after, whatever was last asked for in the run. */
    static OperatorAction readAgain(RunState state, List<Part> parts, List<CloudService> services) {
        ActivationStep step = new ConsoleQuestions(state).read(new ReadingAsk(parts, services, 0, false, List.of()));
        ActionId id = ActionId.of(step.id(), state.step(step.id()).asked + 1);
        return action(state, new StepPlan(List.of(), Map.of()), step, new StepState(), id);
    }

    static Optional<ActivationStep> step(RunState state, StepPlan plan, StepId id) {
        return plan.find(id)
                .or(() -> CoreSteps.serviceOf(id, CoreSteps.CLEAR_PENDING)
                        .map(s -> CoreSteps.clearPending(state.request(), s)))
                .or(() -> CoreSteps.providerOf(id).map(CoreSteps::connectStep))
                .or(() -> Optional.of(id)
                        .filter(CoreSteps.SIGN_IN_AGAIN::equals)
                        .map(s -> CoreSteps.signInAgain(state.request())))
                .or(() -> new ConsoleQuestions(state).find(id));
    }

    private static OperatorAction action(RunState state, StepPlan plan, ActivationStep step, StepState x, ActionId id) {
        ActionTemplate template = (x.openIsQuestion ? step.check().question() : step.action())
                .or(step::action)
                .or(() -> step.check().question())
                .orElseThrow();
        if (CoreSteps.serviceOf(step.id(), CoreSteps.GRANT).isPresent()) {
            template = new ConsoleQuestions(state).withExpectedTime(template, step.id());
        }
        Optional<CloudService> service =
                StepPlan.serviceNamed(step.id(), plan.services().keySet());
        Instant since = x.openSince == null ? state.begunAt() : x.openSince;
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
                Optional.ofNullable(x.overdueAt),
                Optional.ofNullable(x.handedBack));
    }
}
