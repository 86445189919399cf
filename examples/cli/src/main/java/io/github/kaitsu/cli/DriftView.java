package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ActivationView.ServiceView;
import io.github.kaitsu.ActivationView.StepView;
import io.github.kaitsu.DriftReport;
import io.github.kaitsu.DriftReport.Finding;
import io.github.kaitsu.StepId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A run as it was, with what is found now in place of the evidence of then, and what would have to be read to know more. */
final class DriftView {
    private DriftView() {}

    static ActivationView of(ActivationView then, DriftReport report) {
        Map<StepId, Finding> now =
                report.findings().stream().collect(Collectors.toMap(Finding::step, Function.identity()));
        return new ActivationView(
                then.id(),
                then.customer(),
                then.company(),
                then.reference(),
                then.labels(),
                then.removal(),
                then.edition(),
                then.begunAt(),
                report.time(),
                then.ended(),
                then.steps(),
                then.services().stream().map(s -> service(s, now)).toList(),
                report.console().map(List::of).orElse(List.of()),
                then.openItems(),
                then.wakeAt(),
                then.calls());
    }

    private static ServiceView service(ServiceView s, Map<StepId, Finding> now) {
        return new ServiceView(
                s.service(),
                s.status(),
                s.waiting(),
                s.failure(),
                s.explanation(),
                s.detail(),
                s.linkAttempts(),
                s.linkRound(),
                s.steps().stream()
                        .map(step -> Optional.ofNullable(now.get(step.step()))
                                .map(finding -> step(step, finding))
                                .orElse(step))
                        .toList(),
                s.consoleText(),
                s.notProved(),
                s.expectation());
    }

    private static StepView step(StepView s, Finding found) {
        return new StepView(
                s.step(),
                s.rule(),
                s.phase(),
                s.performer(),
                s.required(),
                s.title(),
                found.now(),
                found.seen(),
                found.source(),
                s.expected(),
                s.limitation(),
                s.skip(),
                s.contradiction());
    }
}
