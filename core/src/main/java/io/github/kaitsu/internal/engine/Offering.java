package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.StepId;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.operator.Operator.Attention;
import io.github.kaitsu.operator.OperatorAction;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Offers open actions to this process's operators and withdraws them. What an operator throws must not stop a run. */
final class Offering {
    private final List<Operator> operators;
    private final Disturbances disturbances;
    private final Clock clock;

    Offering(List<Operator> operators, Disturbances disturbances, Clock clock) {
        this.operators = List.copyOf(operators);
        this.disturbances = disturbances;
        this.clock = clock;
    }

    /** What of one run is offered. Lost with the process, harmlessly. Not thread-safe. */
    static final class Offers {
        private volatile Map<ActionId, Operator> offered = Map.of();
        private volatile Map<ActionId, Retry> retries = Map.of();

        /** Whether nothing is offered. */
        boolean isNone() {
            return offered.isEmpty() && retries.isEmpty();
        }

        /** When actions that no operator took are offered again. */
        Stream<Instant> retries() {
            return retries.values().stream().map(Retry::at);
        }

        /** Those that threw are asked again at once. */
        void retryNow() {
            retries = Map.of();
        }
    }

    /** When an action that its operator did not take, but threw something, is offered again. */
    private record Retry(int times, Instant at) {}

    /** What it costs to ask for a step: whoever of the operators would take it. */
    Attention attention(RunState state, StepPlan plan, StepId step) {
        List<Throwable> thrown = new ArrayList<>(); // whoever is offered the action tells of it
        if (operators.stream().noneMatch(o -> isMachine(o, thrown))) {
            return Attention.PERSON;
        }
        return Actions.wouldAsk(state, plan, step)
                .flatMap(action -> operator(action, thrown))
                .filter(o -> isMachine(o, thrown))
                .map(o -> Attention.MACHINE)
                .orElse(Attention.PERSON);
    }

    private static boolean isMachine(Operator operator, List<Throwable> thrown) {
        return guarded(thrown, () -> operator.attention() == Attention.MACHINE);
    }

    /** Offers what is open and not offered yet, and withdraws what is not open any more. */
    void offer(List<OperatorAction> open, Offers offers, ActivationId id) {
        if (open.isEmpty() && offers.offered.isEmpty() && offers.retries.isEmpty()) {
            return;
        }
        Set<ActionId> ids = open.stream().map(OperatorAction::id).collect(Collectors.toSet());
        Map<ActionId, Operator> offered = new HashMap<>(offers.offered);
        Map<ActionId, Retry> retries = new HashMap<>(offers.retries);
        offered.entrySet().removeIf(e -> !ids.contains(e.getKey()) && withdraw(e.getValue(), id, e.getKey()));
        retries.keySet().retainAll(ids);
        Instant now = clock.instant();
        for (OperatorAction action : open) {
            Retry retry = retries.get(action.id());
            boolean isLater = retry != null && now.isBefore(retry.at());
            if (!offered.containsKey(action.id()) && !isLater) {
                offer(action, offered, retries, now);
            }
        }
        offers.offered = offered.isEmpty() ? Map.of() : offered;
        offers.retries = retries.isEmpty() ? Map.of() : retries;
    }

    private boolean withdraw(Operator operator, ActivationId id, ActionId action) {
        List<Throwable> thrown = new ArrayList<>();
        guarded(thrown, () -> {
            operator.withdraw(id, action);
            return true;
        });
        thrown.forEach(t -> disturbed(id, action.step(), t));
        return true;
    }

    /** To the first operator that takes it; after one has thrown something, again later. Anybody may answer it meanwhile. */
    private void offer(
            OperatorAction action, Map<ActionId, Operator> offered, Map<ActionId, Retry> retries, Instant now) {
        List<Throwable> thrown = new ArrayList<>();
        Optional<Operator> operator = operator(action, thrown)
                .filter(o -> guarded(thrown, () -> {
                    o.offer(action);
                    return true;
                }));
        operator.ifPresent(o -> offered.put(action.id(), o));
        thrown.forEach(e -> disturbed(action.activation(), action.step(), e));
        Retry before = retries.remove(action.id());
        if (operator.isEmpty() && !thrown.isEmpty()) {
            int times = before == null ? 1 : before.times() + 1;
            retries.put(action.id(), new Retry(times, now.plus(BackOff.after(times))));
        }
    }

    private Optional<Operator> operator(OperatorAction action, List<Throwable> thrown) {
        return operators.stream()
                .filter(o -> guarded(
                        thrown,
                        () -> (action.handedBack().isEmpty() || o.attention() == Attention.PERSON)
                                && o.accepts(action)))
                .findFirst();
    }

    private void disturbed(ActivationId id, StepId step, Throwable thrown) {
        disturbances.add(id, Event.Place.OPERATOR, Optional.of(step), thrown);
    }

    /** What an operator throws, of whatever kind, must not stop the run. */
    private static boolean guarded(List<Throwable> thrown, BooleanSupplier call) {
        try {
            return call.getAsBoolean();
        } catch (Throwable e) {
            thrown.add(e);
            return false;
        }
    }
}
