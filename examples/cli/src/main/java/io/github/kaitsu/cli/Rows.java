package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ActivationView.ServiceView;
import io.github.kaitsu.ActivationView.StepView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Evidence.Level;
import io.github.kaitsu.OperatorAction;
import io.github.kaitsu.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the progress says of each service: status, what is being done, and who does it. */
final class Rows {
    static final int NAME = 18;
    static final int STATUS = 14;

    private final Invocation call;
    private final Clock clock;
    private final boolean simulated;

    /** @param simulated whether the clock is a sandbox's: then only how much time has passed means something */
    Rows(Invocation call, Clock clock, boolean simulated) {
        this.call = call;
        this.clock = clock;
        this.simulated = simulated;
    }

    /** @param key stays the same while nothing worth a new line has changed */
    record Row(CloudService service, String name, ActivationStatus status, String doing, String key) {}

    List<Row> of(ActivationView view) {
        return view.services().stream().map(s -> row(view, s)).toList();
    }

    String header(ActivationView view) {
        long done = view.services().stream()
                .filter(s -> s.status() == ActivationStatus.PROTECTED || s.status() == ActivationStatus.REMOVED)
                .count();
        return call.text(
                simulated ? "progress.simulated" : "progress.real",
                view.id(),
                time(view),
                done,
                view.services().size());
    }

    String time(ActivationView view) {
        return time(view, clock.instant());
    }

    private String time(ActivationView view, Instant at) {
        return simulated ? Times.elapsed(Duration.between(view.begunAt(), at)) : new Times(call).local(at);
    }

    private Row row(ActivationView view, ServiceView service) {
        String what = "";
        String key = service.status().name();
        Optional<OperatorAction> action = action(view, service);
        if (service.status().isFinal()) {
            what = ending(service);
        } else if (action.isPresent()) {
            what = call.text("progress.person", action.get().title(call.locale()));
            key += action.get().step();
        } else if (service.waiting() instanceof Waiting.ForLinkSlot slot) {
            what = call.text("progress.slot", holder(slot.holder()));
            key += slot.holder();
        } else if (service.waiting() instanceof Waiting.Until until) {
            what = call.text("progress.until", time(view, until.time()));
            key += "until";
        } else {
            Optional<StepView> step = next(service);
            what = step.map(s -> s.title().in(call.locale())).orElse("");
            key += step.map(s -> s.step().value()).orElse("");
        }
        return new Row(service.service(), service.service().label(call.locale()), service.status(), what, key);
    }

    private static Optional<OperatorAction> action(ActivationView view, ServiceView service) {
        boolean awaits = service.waiting() instanceof Waiting.ForOperator;
        return view.openActions().stream()
                .filter(a -> a.service().map(s -> s == service.service()).orElse(awaits))
                .findFirst();
    }

    private static Optional<StepView> next(ServiceView service) {
        return service.steps().stream()
                .filter(s -> !s.skipped() && s.required() && s.evidence().level() == Level.UNKNOWN)
                .findFirst();
    }

    private String ending(ServiceView service) {
        return service.failure()
                .map(f -> call.text("failure." + f))
                .orElseGet(() -> call.text(
                        "progress.evidence", count(service, Level.VERIFIED), count(service, Level.ATTESTED)));
    }

    static long count(ServiceView service, Level level) {
        return service.steps().stream()
                .filter(s -> s.evidence().level() == level)
                .count();
    }

    /** {@code activation-1/BOX}, or whatever a store says. */
    private String holder(String owner) {
        String last = owner.substring(owner.lastIndexOf('/') + 1);
        return CloudService.parse(last).map(s -> s.label(call.locale())).orElse(last);
    }
}
