package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ActivationView.ServiceView;
import io.github.kaitsu.ActivationView.StepView;
import io.github.kaitsu.DriftReport;
import io.github.kaitsu.DriftReport.Finding;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.StepId;
import java.util.Map;
import java.util.stream.Collectors;

/** A run as it was, with what is found now in place of the evidence of then. */
final class DriftView {
    private DriftView() {}

    static ActivationView of(ActivationView then, DriftReport report) {
        Map<StepId, Evidence> now = report.findings().stream().collect(Collectors.toMap(Finding::step, Finding::now));
        return new ActivationView(
                then.id(),
                then.customer(),
                then.removal(),
                then.edition(),
                then.begunAt(),
                report.time(),
                then.ended(),
                then.steps(),
                then.services().stream().map(s -> service(s, now)).toList(),
                then.openActions(),
                then.openItems(),
                then.wakeAt());
    }

    private static ServiceView service(ServiceView s, Map<StepId, Evidence> now) {
        return new ServiceView(
                s.service(),
                s.status(),
                s.waiting(),
                s.failure(),
                s.explanation(),
                s.detail(),
                s.linkAttempts(),
                s.linkRound(),
                s.steps().stream().map(step -> step(step, now)).toList(),
                s.consoleText());
    }

    private static StepView step(StepView s, Map<StepId, Evidence> now) {
        return new StepView(
                s.step(),
                s.rule(),
                s.phase(),
                s.performer(),
                s.required(),
                s.title(),
                now.getOrDefault(s.step(), s.evidence()),
                s.skipped());
    }
}
