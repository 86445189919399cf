package io.github.kaitsu.benchmarks;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Phase;
import io.github.kaitsu.StepId;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Check;
import io.github.kaitsu.provision.Notice;
import io.github.kaitsu.provision.Probe;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.provision.ProbeTiming;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.text.Texts;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** One service whose first look stays unclear, so that its runs sleep and look until the measuring is over. */
final class OneLook implements ServiceAccountProvisioner {
    private final Consumer<ProbeContext> call;

    /** @param call what a look does at the vendor */
    OneLook(Consumer<ProbeContext> call) {
        this.call = call;
    }

    @Override
    public CloudService service() {
        return CloudService.BOX;
    }

    @Override
    public List<ActivationStep> steps(StepContext context) {
        Probe probe = new Probe() {
            @Override
            public ProbeResult look(ProbeContext at) {
                call.accept(at);
                return ProbeResult.unclear("look-failed", "TIMEOUT");
            }

            @Override
            public String calls() {
                return "bench";
            }

            @Override
            public String scope() {
                return "";
            }
        };
        return List.of(ActivationStep.look(
                StepId.of(CloudService.BOX, "admin"),
                "BENCH-1",
                Phase.PREFLIGHT,
                Texts.class,
                "sign-in",
                Check.by(probe),
                ProbeTiming.of(Duration.ofHours(1), Duration.ofDays(1))));
    }

    @Override
    public ActionTemplate grant(StepContext context) {
        return ActionTemplate.change(Texts.class, "sign-in");
    }

    @Override
    public String grantRule() {
        return "BENCH-0";
    }

    @Override
    public List<ActivationStep> removalSteps(StepContext context) {
        return List.of();
    }

    @Override
    public List<Notice> notices(StepContext context) {
        return List.of();
    }

    @Override
    public Notice prerequisite() {
        return Notice.of("COMMON-1", Texts.class, "role.console");
    }
}
