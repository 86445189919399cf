package io.github.kaitsu.cluster;

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
import java.util.function.Function;

/** One service whose only look is what a test makes it. */
final class OneLook implements ServiceAccountProvisioner {
    private final Function<ProbeContext, ProbeResult> call;

    /** @param call what is looked at, and found */
    OneLook(Function<ProbeContext, ProbeResult> call) {
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
                return call.apply(at);
            }

            @Override
            public String calls() {
                return "test";
            }

            @Override
            public String scope() {
                return "";
            }
        };
        return List.of(ActivationStep.look(
                StepId.of(CloudService.BOX, "admin"),
                "TEST-1",
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
        return "TEST-0";
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
