package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ActivationView.ServiceView;
import io.github.kaitsu.ActivationView.StepView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Evidence.Level;
import io.github.kaitsu.Waiting;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.report.ActivationReport;
import io.github.kaitsu.report.Handover;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the progress says of the console and of each service: status, what is being done, and who does it. */
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

    /**
     * One line.
     *
     * @param status empty for the console
     * @param topic what the line is about; while it stays the same, nothing worth another line has changed
     */
    record Row(String name, Optional<ActivationStatus> status, String statusText, String doing, String topic) {}

    private Row row(String name, Optional<ActivationStatus> status, String doing, String topic) {
        return new Row(name, status, status.map(s -> call.text("status." + s)).orElse(""), doing, topic);
    }

    List<Row> of(ActivationView view) {
        List<Row> rows = new ArrayList<>();
        rows.add(console(view));
        view.services().forEach(s -> rows.add(row(view, s)));
        return rows;
    }

    String header(ActivationView view) {
        long done = view.services().stream()
                .filter(s -> s.status() == ActivationStatus.PROTECTED || s.status() == ActivationStatus.REMOVED)
                .count();
        return call.text(
                simulated ? "progress.simulated" : "progress.real",
                view.company()
                        .map(c -> view.id() + " " + Safe.line(c))
                        .orElse(view.id().value()),
                time(view),
                done,
                view.services().size());
    }

    String time(ActivationView view) {
        return time(view, clock.instant());
    }

    private String time(ActivationView view, Instant at) {
        return simulated ? Times.elapsed(Duration.between(view.begunAt(), at)) : new Times(call).japan(at);
    }

    private Row console(ActivationView view) {
        String name = call.text("progress.console");
        return action(view, Optional.empty())
                .map(a -> row(name, Optional.empty(), person(a), a.step().value()))
                .orElseGet(() -> row(name, Optional.empty(), evidence(view.steps()), ""));
    }

    private Row row(ActivationView view, ServiceView service) {
        String name = service.service().label(call.locale());
        Optional<ActivationStatus> status = Optional.of(service.status());
        if (service.status().isFinal()) {
            return row(name, status, ending(view, service), service.status().name());
        }
        Optional<OperatorAction> action = action(view, Optional.of(service.service()));
        if (action.isPresent()) {
            return row(name, status, person(action.get()), action.get().step().value() + " " + service.linkRound());
        }
        if (service.waiting() instanceof Waiting.ForLinkSlot slot) {
            return row(name, status, slot(slot), "");
        }
        if (service.waiting() instanceof Waiting.Until until) {
            return row(name, status, waiting(view, service, until), topic(service));
        }
        return row(name, status, next(service), "");
    }

    private static Optional<OperatorAction> action(ActivationView view, Optional<CloudService> of) {
        return view.openActions().stream().filter(a -> a.service().equals(of)).findFirst();
    }

    private String person(OperatorAction action) {
        return call.text("progress.person", action.title(call.locale()));
    }

    private String next(ServiceView service) {
        return service.steps().stream()
                .filter(s -> !s.skipped() && s.required() && s.evidence().level() == Level.UNKNOWN)
                .findFirst()
                .map(s -> s.title().in(call.locale()))
                .orElse("");
    }

    private String ending(ActivationView view, ServiceView service) {
        return service.failure().isPresent() ? failure(view, service.service()) : evidence(service.steps());
    }

    private String failure(ActivationView view, CloudService service) {
        return ActivationReport.of(view).handover(call.locale()).services().stream()
                .filter(s -> s.service() == service)
                .map(Handover.ServiceLine::about)
                .findFirst()
                .orElse("");
    }

    private String evidence(List<StepView> steps) {
        return call.text("progress.evidence", count(steps, Level.VERIFIED), count(steps, Level.ATTESTED));
    }

    private static long count(List<StepView> steps, Level level) {
        return steps.stream().filter(s -> s.evidence().level() == level).count();
    }

    private String slot(Waiting.ForLinkSlot slot) {
        return slot.holder()
                .map(owner -> call.text("progress.slot", owner.service().label(call.locale())))
                .orElseGet(() -> call.text("progress.foreign-pending", slot.line()));
    }

    /** Until when, when it is expected to be done and on what that rests, and why what was read does not prove it. */
    private String waiting(ActivationView view, ServiceView service, Waiting.Until until) {
        String next = time(view, until.time());
        String text = service.expectation()
                .at()
                .map(at -> call.text(
                        "progress.expected",
                        next,
                        time(view, at),
                        service.expectation().text().in(call.locale())))
                .orElseGet(() -> call.text("progress.until", next));
        return service.notProved().isEmpty()
                ? text
                : text
                        + call.text(
                                "progress.not-proof",
                                service.notProved().get(0).text().in(call.locale()));
    }

    /** A new reason is news. */
    private static String topic(ServiceView service) {
        return service.notProved().stream()
                .map(n -> n.why().reason().name())
                .collect(Collectors.joining(" ", "until ", ""));
    }
}
