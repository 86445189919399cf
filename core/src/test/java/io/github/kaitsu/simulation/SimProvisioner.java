package io.github.kaitsu.simulation;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Phase;
import io.github.kaitsu.StepId;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Check;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.Notice;
import io.github.kaitsu.provision.Probe;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.provision.ProbeTiming;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.text.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One service of the simulated world: a preflight look, a grant, Teams' steps before 完了, a look and a switch afterwards. */
final class SimProvisioner implements ServiceAccountProvisioner {
    private final CloudService service;
    private final SimWorld world;
    private final Random faults;
    private final double unclear;
    String tenant = "T1";
    boolean wrongRole;
    boolean foldersMissing;
    boolean accessLost;
    volatile Runnable beforeLook = () -> {};

    /** Instead of whatever there is to see. */
    @Nullable
    volatile ProbeResult refused;

    /** Without a connection: persons tell everything. */
    boolean isBlind;

    @Nullable
    Probe removalProbe;

    SimProvisioner(CloudService service, SimWorld world, Random faults, double unclear) {
        this.service = service;
        this.world = world;
        this.faults = faults;
        this.unclear = unclear;
    }

    @Override
    public CloudService service() {
        return service;
    }

    @Override
    public List<ActivationStep> steps(StepContext context) {
        List<ActivationStep> steps = new ArrayList<>();
        if (isBlind) {
            return blind(steps);
        }
        steps.add(ActivationStep.look(
                id("admin"),
                "SIM-1",
                Phase.PREFLIGHT,
                Texts.class,
                "sign-in",
                Check.by(probe(c -> admin())).orAsk(ActionTemplate.question(Texts.class, "edition")),
                hour()));
        addPermission(steps);
        steps.add(ActivationStep.look(
                        id("folders"),
                        "SIM-3",
                        Phase.POST_SETUP,
                        Texts.class,
                        "sign-in",
                        Check.by(probe(c -> folders())),
                        hour())
                .after(id("protected")));
        steps.add(ActivationStep.act(
                        id("switch"),
                        "SIM-4",
                        Phase.POST_SETUP,
                        Texts.class,
                        "sign-in",
                        Check.by(probe(c -> switched())),
                        ActionTemplate.change(Texts.class, "switch"))
                .patient(ProbeTiming.of(Duration.ofMinutes(5), Duration.ofHours(1)))
                .after(id("folders")));
        return steps;
    }

    private List<ActivationStep> blind(List<ActivationStep> steps) {
        addPermission(steps);
        steps.add(ActivationStep.act(
                        id("switch"),
                        "SIM-4",
                        Phase.POST_SETUP,
                        Texts.class,
                        "sign-in",
                        Check.attestedByDoing(),
                        ActionTemplate.change(Texts.class, "sign-in"))
                .after(id("protected")));
        return steps;
    }

    private void addPermission(List<ActivationStep> steps) {
        if (service == CloudService.MICROSOFT_TEAMS) {
            steps.add(ActivationStep.act(
                            id("permission"),
                            "SIM-2",
                            Phase.LINK,
                            Texts.class,
                            "sign-in",
                            Check.attestedByDoing(),
                            ActionTemplate.change(Texts.class, "permission"))
                    .after(id("grant")));
        }
    }

    private ProbeResult admin() {
        return wrongRole
                ? ProbeResult.fails("not-listed", "coadmin")
                : ProbeResult.holds("done-and-read", "role admin")
                        .with(Map.of(
                                Facts.tenantOf(service.provider()),
                                tenant,
                                Facts.usersOf(service.provider()),
                                Long.toString(world.users)));
    }

    private ProbeResult folders() {
        SimWorld.Linked linked = world.services.get(service);
        return linked != null
                        && world.isProtected(linked)
                        && !world.clock.instant().isBefore(linked.success.plus(world.apiLag))
                        && !foldersMissing
                ? ProbeResult.holds("done-and-read", "folders")
                : ProbeResult.fails("not-listed", "folders");
    }

    private ProbeResult switched() {
        SimWorld.Linked linked = world.services.get(service);
        boolean isShown =
                linked != null && !world.clock.instant().isBefore(linked.postSetupAt.plus(world.apiLag.dividedBy(12)));
        return isShown && linked.postSetupDone
                ? ProbeResult.holds("done-and-read", "on")
                : ProbeResult.fails("not-listed", "off");
    }

    private Probe probe(Function<ProbeContext, ProbeResult> what) {
        return new Probe() {
            @Override
            public ProbeResult look(ProbeContext context) {
                beforeLook.run();
                if (faults.nextDouble() < unclear) {
                    if (faults.nextBoolean()) {
                        throw new IllegalStateException("reset");
                    }
                    return faults.nextBoolean()
                            ? ProbeResult.unclear("look-failed", "lag")
                            : ProbeResult.notBefore(context.clock().instant().plusSeconds(40), "look-failed", "429");
                }
                if (refused != null) {
                    return refused;
                }
                return accessLost ? ProbeResult.accessLost("look-failed", "401") : what.apply(context);
            }

            @Override
            public String calls() {
                return "sim";
            }

            @Override
            public String scope() {
                return "";
            }
        };
    }

    private StepId id(String name) {
        return StepId.of(service, name);
    }

    private static ProbeTiming hour() {
        return ProbeTiming.of(Duration.ofMinutes(5), Duration.ofHours(1));
    }

    @Override
    public ActionTemplate grant(StepContext context) {
        return ActionTemplate.change(Texts.class, "grant");
    }

    @Override
    public String grantRule() {
        return "SIM-0";
    }

    @Override
    public List<ActivationStep> removalSteps(StepContext context) {
        Probe probe = removalProbe;
        if (probe != null) {
            return List.of(ActivationStep.look(
                    id("gone"), "SIM-5", Phase.REMOVAL, Texts.class, "sign-in", Check.by(probe), hour()));
        }
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
