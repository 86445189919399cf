package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.DriftReport;
import io.github.kaitsu.DriftReport.Finding;
import io.github.kaitsu.DriftReport.Verdict;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.Evidence.Level;
import io.github.kaitsu.spi.ActivationStep;
import io.github.kaitsu.spi.Look;
import io.github.kaitsu.spi.ProbeContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks again at everything an activation claimed (BOX-7 and its like). Writes nothing. */
public final class DriftCheck {
    private static final Duration RECENT = Duration.ofDays(90);

    private final Lookout lookout;
    private final Clock clock;

    public DriftCheck(Lookout lookout, Clock clock) {
        this.lookout = lookout;
        this.clock = clock;
    }

    public DriftReport check(RunState state, StepPlan plan) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        for (CloudService service : plan.services().keySet()) {
            if (state.service(service).ended != ActivationStatus.PROTECTED) {
                continue;
            }
            for (ActivationStep step : plan.of(service)) {
                Optional<Evidence> before = Optional.ofNullable(state.step(step.id()).evidence);
                if (before.isPresent() && before.get().holds()) {
                    findings.add(finding(service, step, before.get(), state));
                }
            }
        }
        return new DriftReport(state.id(), state.request().customer(), clock.instant(), findings);
    }

    private Finding finding(CloudService service, ActivationStep step, Evidence before, RunState state)
            throws InterruptedException {
        Instant now = clock.instant();
        Evidence evidence = before;
        Verdict verdict;
        if (step.check().probe().isPresent()) {
            ProbeContext context = new ProbeContext(state.request().customer(), state.facts(), clock, state.begunAt());
            Lookout.Sight sight = lookout.look(List.of(step), context).get(0);
            evidence = evidence(sight, now);
            verdict = evidence.level() == Level.VERIFIED
                    ? Verdict.HOLDS
                    : evidence.level() == Level.CONTRADICTED ? Verdict.LOST : Verdict.UNKNOWN;
        } else {
            boolean recent = before.time().plus(RECENT).isAfter(now);
            verdict = recent ? Verdict.ATTESTED : Verdict.ASK_AGAIN;
        }
        return new Finding(service, step.id(), step.rule(), Views.title(step), verdict, Optional.of(before), evidence);
    }

    private static Evidence evidence(Lookout.Sight sight, Instant now) {
        Look look = sight.look();
        if (look instanceof Look.Holds holds) {
            return new Evidence(Level.VERIFIED, sight.source(), now, holds.detail());
        } else if (look instanceof Look.Fails fails) {
            return new Evidence(
                    Level.CONTRADICTED, sight.source(), now, Findings.detail(fails.reason(), fails.detail()));
        }
        return new Evidence(Level.UNKNOWN, sight.source(), now, Views.describe(look));
    }
}
