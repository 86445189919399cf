package io.github.kaitsu.internal.engine;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.DriftReport.Finding;
import io.github.kaitsu.DriftReport.Verdict;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.Evidence.Level;
import io.github.kaitsu.Phase;
import io.github.kaitsu.spi.ActivationStep;
import io.github.kaitsu.spi.Look;
import io.github.kaitsu.spi.ProbeContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks again at everything an activation claimed (BOX-7 and its like). Writes nothing. */
public final class DriftCheck {
    private static final Duration RECENT = Duration.ofDays(90);

    private final Lookout lookout;
    private final Clock clock;

    public DriftCheck(Lookout lookout, Clock clock) {
        this.lookout = lookout;
        this.clock = clock;
    }

    public List<Finding> check(RunState state, StepPlan plan, Set<CloudService> services) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        for (CloudService service : services) {
            for (ActivationStep step : plan.of(service)) {
                Optional<Evidence> before = Optional.ofNullable(state.step(step.id()).evidence);
                if (before.isPresent() && before.get().holds()) {
                    Finding finding = finding(service, step, before.get(), state);
                    if (concernsProtection(step, finding)) {
                        findings.add(finding);
                    }
                }
            }
        }
        return findings;
    }

    /** What had to hold before the link, such as a role that is active for hours (PIM), protects nothing afterwards. */
    private static boolean concernsProtection(ActivationStep step, Finding finding) {
        return step.phase() != Phase.PREFLIGHT
                || finding.verdict() != Verdict.LOST
                || finding.now().detail().startsWith(Look.WRONG_TENANT);
    }

    private Finding finding(CloudService service, ActivationStep step, Evidence before, RunState state)
            throws InterruptedException {
        Instant now = clock.instant();
        Evidence evidence = before;
        Verdict verdict;
        if (step.check().probe().isPresent()) {
            ProbeContext context = new ProbeContext(state.request().customer(), state.facts(), clock, state.begunAt());
            Lookout.Sight sight = lookout.look(List.of(step), context).get(0);
            evidence = evidence(sight, state, now);
            verdict = evidence.level() == Level.VERIFIED
                    ? Verdict.HOLDS
                    : evidence.level() == Level.CONTRADICTED ? Verdict.LOST : Verdict.UNKNOWN;
        } else {
            boolean recent = before.time().plus(RECENT).isAfter(now);
            verdict = recent ? Verdict.ATTESTED : Verdict.ASK_AGAIN;
        }
        return new Finding(service, step.id(), step.rule(), Views.title(step), verdict, Optional.of(before), evidence);
    }

    private static Evidence evidence(Lookout.Sight sight, RunState state, Instant now) {
        Look look = sight.look();
        if (look instanceof Look.Holds holds && isOtherTenant(holds, state)) {
            return new Evidence(Level.CONTRADICTED, sight.source(), now, Look.WRONG_TENANT + ": " + holds.detail());
        } else if (look instanceof Look.Holds holds) {
            return new Evidence(Level.VERIFIED, sight.source(), now, holds.detail());
        } else if (look instanceof Look.Fails fails) {
            return new Evidence(
                    Level.CONTRADICTED, sight.source(), now, Findings.detail(fails.reason(), fails.detail()));
        }
        return new Evidence(Level.UNKNOWN, sight.source(), now, Views.describe(look));
    }

    /** What holds in another tenant proves nothing about this one. */
    private static boolean isOtherTenant(Look.Holds holds, RunState state) {
        return state.tenants().entrySet().stream().anyMatch(pinned -> {
            String seen = holds.facts().get("tenant." + pinned.getKey());
            return seen != null && !seen.equals(pinned.getValue());
        });
    }
}
