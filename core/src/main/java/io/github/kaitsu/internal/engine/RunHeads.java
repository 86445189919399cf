package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.store.RunHead;
import io.github.kaitsu.store.Turn;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** What lists show of a run, from its state alone. */
final class RunHeads {
    private static final Set<ActivationStatus> WITH_THE_VENDOR =
            Set.of(ActivationStatus.SYNCHRONIZING, ActivationStatus.STALLED);

    private RunHeads() {}

    static RunHead of(RunState state, Provisioners provisioners) {
        StepPlan plan = StepPlan.of(state, provisioners);
        Map<CloudService, ActivationStatus> services = new EnumMap<>(CloudService.class);
        plan.services().keySet().forEach(s -> services.put(s, Views.status(state, plan, s)));
        Turn turn = turn(state, services);
        return new RunHead(
                state.id(),
                state.size(),
                state.request().customer(),
                state.run() == Event.Run.REMOVAL,
                state.request().company(),
                state.request().reference(),
                state.request().labels(),
                services,
                turn,
                since(state, turn, services),
                state.begunAt(),
                state.lastEventAt());
    }

    private static Turn turn(RunState state, Map<CloudService, ActivationStatus> services) {
        if (state.isEnded()) {
            return Turn.NOBODY;
        }
        if (state.steps().values().stream().anyMatch(s -> s.open != null)) {
            return Turn.PERSON;
        }
        return services.values().stream().anyMatch(WITH_THE_VENDOR::contains) ? Turn.VENDOR : Turn.KAITSU;
    }

    private static Instant since(RunState state, Turn turn, Map<CloudService, ActivationStatus> services) {
        Stream<Instant> times = switch (turn) {
            case PERSON ->
                state.steps().values().stream().filter(s -> s.open != null).map(s -> s.openSince);
            case VENDOR ->
                services.keySet().stream()
                        .filter(s -> WITH_THE_VENDOR.contains(services.get(s)))
                        .map(s -> state.service(s).linkedAt);
            case KAITSU, NOBODY -> Stream.of(state.lastEventAt());
        };
        return times.filter(Objects::nonNull).min(Comparator.naturalOrder()).orElse(state.lastEventAt());
    }
}
