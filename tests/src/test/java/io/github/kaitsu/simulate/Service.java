package io.github.kaitsu.simulate;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Phase;
import io.github.kaitsu.Statement;
import io.github.kaitsu.StepId;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Check;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.Mender;
import io.github.kaitsu.provision.Notice;
import io.github.kaitsu.provision.Probe;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.provision.ProbeTiming;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.simulate.Console.Organisation;
import io.github.kaitsu.vendor.VendorCallException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One service as its module would describe it: two preflight looks, an installation before Google's grants, Teams' steps before 完了, two
 * looks and a switch afterwards, something optional, and what is left after a removal. Its looks read the simulated world.
 */
final class Service implements ServiceAccountProvisioner {
    static final ProbeTiming TIMING = ProbeTiming.of(Duration.ofMinutes(5), Duration.ofHours(1));
    /** Answers to Teams' permission with which it may be left out (M365-4). */
    static final List<BlockReason> ACCEPTED = List.of(
            BlockReason.NOT_ASKED_FOR,
            BlockReason.PAGE_REFUSES,
            BlockReason.NO_LONGER_GRANTABLE,
            BlockReason.NOT_FOUND,
            BlockReason.OTHER);

    private static final List<CloudService> ALL = all();

    private final CloudService service;
    private final Simulation sim;
    private final Node node;
    private final Vendors vendors;

    private Service(CloudService service, Simulation sim, Node node, Vendors vendors) {
        this.service = service;
        this.sim = sim;
        this.node = node;
        this.vendors = vendors;
    }

    private static List<CloudService> all() {
        List<CloudService> all = new ArrayList<>(CloudService.standard());
        all.add(CloudService.MIP);
        return List.copyOf(all);
    }

    static List<ServiceAccountProvisioner> all(Simulation sim, Node node, Vendors vendors) {
        return ALL.stream()
                .<ServiceAccountProvisioner>map(s -> new Service(s, sim, node, vendors))
                .toList();
    }

    @Override
    public CloudService service() {
        return service;
    }

    @Override
    public List<ActivationStep> steps(StepContext context) {
        List<ActivationStep> steps = new ArrayList<>();
        steps.add(look("admin", Phase.PREFLIGHT, asking(probe("admin", this::admin))));
        steps.add(look("licence", Phase.PREFLIGHT, Check.by(probe("licence", o -> seen())))
                .optional());
        if (service == CloudService.MIP) {
            mip(steps, context);
        }
        if (service.provider() == CloudService.Provider.GOOGLE) {
            steps.add(act("install", Phase.LINK, Check.by(probe("install", this::installed)), "act"));
        }
        if (service == CloudService.MICROSOFT_TEAMS) {
            steps.add(ActivationStep.act(
                            id("permission"),
                            "SIM-2",
                            Phase.LINK,
                            Service.class,
                            "sim",
                            Check.attestedByDoing(),
                            ActionTemplate.change(Service.class, "act").accepting(ACCEPTED.toArray(BlockReason[]::new)))
                    .after(id("grant")));
        }
        steps.add(look("folders", Phase.POST_SETUP, asking(probe("folders", this::folders)))
                .after(id("protected")));
        steps.add(act("switch", Phase.POST_SETUP, Check.by(probe("switch", this::switched)), "act")
                .after(id("folders")));
        steps.add(act("announce", Phase.POST_SETUP, Check.attestedByDoing(), "act")
                .after(id("protected"))
                .optional());
        return steps;
    }

    private void mip(List<ActivationStep> steps, StepContext context) {
        ActivationStep step = look(
                "case",
                Phase.PREFLIGHT,
                Check.asking(
                        ActionTemplate.question(Service.class, "ask").answered(AnswerForm.choice("one", "other"))));
        Optional<CloudService> other = context.request().services().stream()
                .filter(s -> s.isMicrosoft365() && s != CloudService.MIP)
                .findFirst();
        steps.add(other.isPresent() ? step.after(StepId.of(other.get(), "protected")) : step);
    }

    /** Where no API tells, somebody does. */
    private static Check asking(Probe probe) {
        return Check.by(probe).orAsk(question());
    }

    private static ActionTemplate question() {
        return ActionTemplate.question(Service.class, "ask").answered(AnswerForm.yesOrNo());
    }

    private ActivationStep look(String name, Phase phase, Check check) {
        return ActivationStep.look(id(name), "SIM-1", phase, Service.class, "sim", check, TIMING);
    }

    private ActivationStep act(String name, Phase phase, Check check, String text) {
        return ActivationStep.act(
                        id(name),
                        "SIM-2",
                        phase,
                        Service.class,
                        "sim",
                        check,
                        ActionTemplate.change(Service.class, text))
                .patient(TIMING);
    }

    private StepId id(String name) {
        return StepId.of(service, name);
    }

    // ---- what there is to be seen

    private ProbeResult seen() {
        return ProbeResult.holds("sim-seen", service.id());
    }

    private ProbeResult admin(Organisation organisation) {
        if (organisation.isWrongRole) {
            return ProbeResult.fails("sim-absent", "admin");
        }
        String tenant = organisation.tenants.getOrDefault(service.provider(), "T1");
        if (sim.chaos.happens(Fault.WRONG_TENANT, 0.2)) {
            tenant = "T2";
        }
        return ProbeResult.holds("sim-seen", "admin")
                .with(Map.of(
                        Facts.tenantOf(service.provider()),
                        tenant,
                        Facts.usersOf(service.provider()),
                        Long.toString(organisation.users)));
    }

    private ProbeResult installed(Organisation organisation) {
        return shown(organisation.switched.get(CloudService.GMAIL), organisation, "install");
    }

    private ProbeResult folders(Organisation organisation) {
        boolean isThere = organisation.isProtected(service) && !organisation.isFolderMissing;
        return shown(isThere ? organisation.links.get(service).success : null, organisation, "folders");
    }

    private ProbeResult switched(Organisation organisation) {
        return shown(organisation.switched.get(service), organisation, "switch");
    }

    private ProbeResult shown(
            @org.jspecify.annotations.Nullable Instant since, Organisation organisation, String what) {
        boolean isShown = since != null && !sim.world.now().isBefore(since.plus(organisation.apiLag));
        return isShown ? ProbeResult.holds("sim-seen", what) : ProbeResult.fails("sim-absent", what);
    }

    private ProbeResult gone(Organisation organisation) {
        return organisation.links.containsKey(service)
                ? ProbeResult.fails("sim-absent", "gone")
                : ProbeResult.holds("sim-seen", "gone");
    }

    private Probe probe(String name, Function<Organisation, ProbeResult> what) {
        return new Probe() {
            @Override
            public ProbeResult look(ProbeContext context) throws InterruptedException {
                Organisation organisation = sim.organisation(context.customer());
                ProbeResult found = Service.this.look(context.customer(), organisation, what);
                sim.judge.looked(context.customer(), id(name), found);
                return found;
            }

            @Override
            public String calls() {
                return "GET /sim/" + name;
            }

            @Override
            public String scope() {
                return "read";
            }
        };
    }

    private ProbeResult look(CustomerId customer, Organisation organisation, Function<Organisation, ProbeResult> what)
            throws InterruptedException {
        sim.meanwhile(node);
        Chaos chaos = sim.chaos;
        if (chaos.happens(Fault.CRASH_IN_LOOK, 0.004)) {
            sim.reach.rare("crash-in-look");
            throw sim.kill(node, "while it looks");
        }
        if (chaos.happens(Fault.ERROR_IN_LOOK, 0.06)) {
            sim.reach.rare("error-in-look");
            throw new NoSuchMethodError("io.vendor.Sdk.method " + Secrets.CANARY);
        }
        if (chaos.happens(Fault.EXCEPTION_IN_LOOK, 0.06)) {
            throw new IllegalStateException("Authorization: Bearer " + Secrets.CANARY);
        }
        if (chaos.happens(Fault.LOOK_UNCLEAR, 0.1)) {
            return ProbeResult.unclear("sim-absent", "lag");
        }
        if (chaos.happens(Fault.RATE_LIMIT, 0.1)) {
            return ProbeResult.notBefore(node.clock.instant().plusSeconds(40), "sim-absent", "429");
        }
        if (!sim.isConnected(customer, service.provider())) {
            return ProbeResult.noAccess("sim-absent", "connection");
        }
        if (chaos.happens(Fault.NO_RIGHTS, 0.02)) {
            return ProbeResult.noAccess("sim-absent", "scope");
        }
        Optional<ProbeResult.Refused> refused = sim.refused(customer, service.provider());
        if (refused.isPresent()) {
            return refused.get();
        }
        try {
            Optional<String> token = vendors.token(customer, service.provider());
            return token.isEmpty() ? ProbeResult.noAccess("sim-absent", "connection") : what.apply(organisation);
        } catch (VendorCallException e) {
            return e.asLook(node.clock.instant());
        }
    }

    static ProbeResult.Refused refusal(Mender mender, String word) {
        return new ProbeResult.Refused(mender, "app-of-ours", Statement.of("sim-absent", word));
    }

    // ---- the rest

    @Override
    public ActionTemplate grant(StepContext context) {
        return ActionTemplate.change(Service.class, "act");
    }

    @Override
    public Optional<ActionTemplate> unfinished(StepContext context) {
        return service == CloudService.MICROSOFT_TEAMS ? Optional.of(question()) : Optional.empty();
    }

    @Override
    public String grantRule() {
        return "SIM-0";
    }

    @Override
    public List<ActivationStep> removalSteps(StepContext context) {
        return List.of(look("gone", Phase.REMOVAL, asking(probe("gone", this::gone))));
    }

    @Override
    public List<Notice> notices(StepContext context) {
        return List.of();
    }

    @Override
    public Notice prerequisite() {
        return Notice.of("SIM-1", Service.class, "role.sim");
    }

    /** @param id of a run */
    static boolean isRemoval(ActivationId id) {
        return id.value().endsWith("-removal");
    }
}
