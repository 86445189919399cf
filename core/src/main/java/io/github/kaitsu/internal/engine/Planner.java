package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationPlan;
import io.github.kaitsu.ActivationPlan.PlannedService;
import io.github.kaitsu.ActivationPlan.PlannedStep;
import io.github.kaitsu.ActivationPlan.Warning;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationRetryPolicy;
import io.github.kaitsu.ActivationView.Bilingual;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Phase;
import io.github.kaitsu.PlanDepth;
import io.github.kaitsu.RunRequest;
import io.github.kaitsu.StepId;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.Notice;
import io.github.kaitsu.provision.Probe;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.text.Sentences;
import io.github.kaitsu.text.Texts;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Says what an activation would do, offline or with the preflight looks. Writes nothing. */
public final class Planner {
    private final Provisioners provisioners;
    private final ProbeRunner probes;
    private final Clock clock;
    private final ActivationRetryPolicy policy;
    private final boolean isReadByPerson;

    /** @param isReadByPerson whether the console is read by a person in this process's runs, not by a machine */
    public Planner(
            Provisioners provisioners,
            ProbeRunner probes,
            Clock clock,
            ActivationRetryPolicy policy,
            boolean isReadByPerson) {
        this.policy = policy;
        this.isReadByPerson = isReadByPerson;
        this.provisioners = provisioners;
        this.probes = probes;
        this.clock = clock;
    }

    public ActivationPlan plan(RunRequest request, PlanDepth depth) throws InterruptedException {
        provisioners.check(request);
        Event.Run run = Event.Run.of(request);
        Optional<ActivationRequest> activation =
                Optional.of(request).filter(ActivationRequest.class::isInstance).map(ActivationRequest.class::cast);
        Edition edition = activation.map(ActivationRequest::edition).orElse(Edition.AUTO);
        Map<StepId, ProbeResult> looks = new HashMap<>();
        Facts facts = depth == PlanDepth.WITH_READS
                ? look(StepPlan.of(run, request, edition, Facts.none(), provisioners), request, looks)
                : Facts.none();
        StepPlan plan = StepPlan.of(run, request, edition, facts, provisioners);
        StepContext context = new StepContext(request, edition, facts);
        List<PlannedService> services = new ArrayList<>();
        plan.services()
                .forEach((service, way) -> services.add(new PlannedService(
                        service,
                        bilingual(provisioners.get(service).prerequisite()),
                        way.all().stream().map(s -> planned(s, looks)).toList(),
                        run == Event.Run.ACTIVATION ? expected(service, facts) : Bilingual.NOTHING,
                        warnings(run, service, context, way.all(), looks))));
        return new ActivationPlan(
                request.customer(),
                request.company(),
                request.reference(),
                request.labels(),
                edition,
                activation.map(ActivationRequest::policies).orElse(List.of()),
                plan.console().stream().map(s -> planned(s, looks)).toList(),
                services,
                new Agenda(run, request.customer(), plan, provisioners, facts, looks, isReadByPerson).visits(),
                Calls.planned(run, plan.services().size()));
    }

    /** How long the first synchronisation should take, and on what that rests (COMMON-11). */
    private Bilingual expected(CloudService service, Facts facts) {
        Expected expected = Expected.of(facts, service, policy);
        Bilingual time = Sentences.say(Texts.class, expected.inWords(), Edition.AUTO);
        Bilingual basis = Sentences.say(Texts.class, expected.basis(), Edition.AUTO);
        return new Bilingual(time.ja() + basis.ja(), time.en() + " " + basis.en());
    }

    private Facts look(StepPlan plan, RunRequest request, Map<StepId, ProbeResult> looks) throws InterruptedException {
        Facts facts = Facts.none();
        // one by one: later preflight looks use what earlier ones learnt
        for (ActivationStep step : plan.all()
                .filter(s -> s.phase() == Phase.PREFLIGHT)
                .filter(s -> s.check().probe().isPresent())
                .toList()) {
            ProbeContext context = new ProbeContext(request.customer(), facts, clock, clock.instant());
            ProbeResult look = probes.look(List.of(step), context).get(0).look();
            looks.put(step.id(), look);
            if (look instanceof ProbeResult.Holds holds) {
                facts = facts.with(holds.facts());
            }
        }
        return facts;
    }

    private static PlannedStep planned(ActivationStep step, Map<StepId, ProbeResult> looks) {
        Optional<Probe> probe = step.check().probe();
        return new PlannedStep(
                step.id(),
                step.rule(),
                step.phase(),
                step.performer(),
                step.required(),
                Views.title(step),
                probe.map(Probe::calls).orElse(""),
                probe.map(Probe::scope).orElse(""),
                Optional.ofNullable(looks.get(step.id())),
                Optional.ofNullable(looks.get(step.id()))
                        .map(l -> Sentences.say(step.texts(), l.seen(), Edition.AUTO))
                        .orElse(Bilingual.NOTHING));
    }

    private List<Warning> warnings(
            Event.Run run,
            CloudService service,
            StepContext context,
            List<ActivationStep> steps,
            Map<StepId, ProbeResult> looks) {
        List<Warning> warnings = new ArrayList<>();
        List<Notice> notices =
                run == Event.Run.ACTIVATION ? provisioners.get(service).notices(context) : List.of();
        for (Notice notice : notices) {
            warnings.add(new Warning(notice.rule(), bilingual(notice)));
        }
        for (ActivationStep step : steps) {
            if (looks.get(step.id()) instanceof ProbeResult.Fails fails) {
                Bilingual found = Sentences.say(step.texts(), fails.seen(), context.edition());
                Bilingual title = Views.title(step);
                warnings.add(new Warning(
                        step.rule(),
                        Findings.explain(step, fails.seen().code(), context.edition())
                                .map(e -> new Bilingual(
                                        e.message().ja() + e.nextStep().ja(),
                                        e.message().en() + " " + e.nextStep().en()))
                                .orElseGet(() ->
                                        new Bilingual(title.ja() + "：" + found.ja(), title.en() + ": " + found.en()))));
            }
        }
        return warnings;
    }

    private static Bilingual bilingual(Notice notice) {
        return new Bilingual(notice.text(Locale.JAPANESE), notice.text(Locale.ENGLISH));
    }
}
