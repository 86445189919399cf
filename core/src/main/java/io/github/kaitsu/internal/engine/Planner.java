package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationPlan;
import io.github.kaitsu.ActivationPlan.AgendaItem;
import io.github.kaitsu.ActivationPlan.PlannedService;
import io.github.kaitsu.ActivationPlan.PlannedStep;
import io.github.kaitsu.ActivationPlan.Visit;
import io.github.kaitsu.ActivationPlan.Warning;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationView.Bilingual;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Event;
import io.github.kaitsu.Performer;
import io.github.kaitsu.Phase;
import io.github.kaitsu.PlanDepth;
import io.github.kaitsu.StepId;
import io.github.kaitsu.internal.Texts;
import io.github.kaitsu.spi.ActionTemplate;
import io.github.kaitsu.spi.ActivationStep;
import io.github.kaitsu.spi.Look;
import io.github.kaitsu.spi.Notice;
import io.github.kaitsu.spi.Probe;
import io.github.kaitsu.spi.ProbeContext;
import io.github.kaitsu.spi.StepContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Says what an activation would do, offline or with the preflight looks. Writes nothing. */
public final class Planner {
    private final Provisioners provisioners;
    private final Lookout lookout;
    private final Clock clock;

    public Planner(Provisioners provisioners, Lookout lookout, Clock clock) {
        this.provisioners = provisioners;
        this.lookout = lookout;
        this.clock = clock;
    }

    public ActivationPlan plan(Event.Run run, ActivationRequest request, PlanDepth depth) throws InterruptedException {
        Map<String, String> facts = new HashMap<>();
        Map<StepId, Look> looks = new HashMap<>();
        if (depth == PlanDepth.WITH_READS) {
            look(StepPlan.of(run, request, request.edition(), facts, provisioners), request, facts, looks);
        }
        StepPlan plan = StepPlan.of(run, request, request.edition(), facts, provisioners);
        StepContext context = new StepContext(request, request.edition(), facts);
        List<PlannedService> services = new ArrayList<>();
        plan.services()
                .forEach((service, steps) -> services.add(new PlannedService(
                        service,
                        bilingual(provisioners.get(service).prerequisite()),
                        steps.stream().map(s -> planned(s, looks)).toList(),
                        warnings(run, service, context, steps, looks))));
        return new ActivationPlan(
                request.customer(),
                request.edition(),
                request.policies(),
                plan.console().stream().map(s -> planned(s, looks)).toList(),
                services,
                agenda(plan));
    }

    private void look(StepPlan plan, ActivationRequest request, Map<String, String> facts, Map<StepId, Look> looks)
            throws InterruptedException {
        // one by one: later preflight looks use what earlier ones learnt
        for (ActivationStep step : plan.all()
                .filter(s -> s.phase() == Phase.PREFLIGHT)
                .filter(s -> s.check().probe().isPresent())
                .toList()) {
            ProbeContext context = new ProbeContext(request.customer(), facts, clock, clock.instant());
            Look look = lookout.look(List.of(step), context).get(0).look();
            looks.put(step.id(), look);
            if (look instanceof Look.Holds holds) {
                facts.putAll(holds.facts());
            }
        }
    }

    private static PlannedStep planned(ActivationStep step, Map<StepId, Look> looks) {
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
                Optional.ofNullable(looks.get(step.id())));
    }

    private List<Warning> warnings(
            Event.Run run,
            CloudService service,
            StepContext context,
            List<ActivationStep> steps,
            Map<StepId, Look> looks) {
        List<Warning> warnings = new ArrayList<>();
        List<Notice> notices =
                run == Event.Run.ACTIVATION ? provisioners.get(service).notices(context) : List.of();
        for (Notice notice : notices) {
            warnings.add(new Warning(notice.rule(), bilingual(notice)));
        }
        for (ActivationStep step : steps) {
            if (looks.get(step.id()) instanceof Look.Fails fails) {
                String found = Findings.detail(fails.reason(), fails.detail());
                Bilingual title = Views.title(step);
                warnings.add(new Warning(
                        step.rule(),
                        Findings.explain(step, found, context.edition())
                                .map(e -> new Bilingual(
                                        e.message().ja() + e.nextStep().ja(),
                                        e.message().en() + " " + e.nextStep().en()))
                                .orElseGet(() -> new Bilingual(title.ja() + "：" + found, title.en() + ": " + found))));
            }
        }
        return warnings;
    }

    /**
     * A sitting lasts as long as nothing has to be waited for. What needs no slot is asked at once, for all services; then, since
     * one service is linked at a time, each grant comes with the last settings of the service before it.
     */
    private List<Visit> agenda(StepPlan plan) {
        List<Sitting> sittings = new ArrayList<>();
        add(sittings, consoleAdministrator(), 1, plan.console());
        int visit = 1;
        for (CloudService service : plan.services().keySet()) {
            Bilingual person = bilingual(provisioners.get(service).prerequisite());
            List<ActivationStep> early = new ArrayList<>(plan.of(service, Phase.PREFLIGHT));
            early.addAll(plan.ownLink(service, false));
            List<ActivationStep> late = plan.of(service, Phase.POST_SETUP);
            add(sittings, person, 1, early);
            add(
                    sittings,
                    person,
                    visit,
                    plan.of(service).stream()
                            .filter(s -> !early.contains(s) && !late.contains(s))
                            .toList());
            visit++;
            add(sittings, person, visit, late);
        }
        return sittings.stream()
                .sorted(Comparator.comparingInt(Sitting::visit))
                .map(s -> new Visit(s.who, s.visit, s.items))
                .toList();
    }

    /** One visit of one person in the making. */
    private record Sitting(Bilingual who, int visit, List<AgendaItem> items) {}

    private static void add(List<Sitting> sittings, Bilingual who, int visit, List<ActivationStep> steps) {
        for (ActivationStep step : steps) {
            Optional<ActionTemplate> template = step.action()
                    .or(() -> step.check().probe().isEmpty() ? step.check().question() : Optional.empty());
            if (template.isPresent() && step.performer() == Performer.PERSON) {
                Sitting sitting = sittings.stream()
                        .filter(s -> s.visit == visit && s.who.equals(who))
                        .findFirst()
                        .orElseGet(() -> {
                            Sitting added = new Sitting(who, visit, new ArrayList<>());
                            sittings.add(added);
                            return added;
                        });
                sitting.items.add(
                        new AgendaItem(step.id(), step.rule(), template.get().kind(), Views.title(step)));
            }
        }
    }

    private static Bilingual consoleAdministrator() {
        return new Bilingual(
                Texts.load(Texts.class, "actions", Locale.JAPANESE).get("role.console"),
                Texts.load(Texts.class, "actions", Locale.ENGLISH).get("role.console"));
    }

    private static Bilingual bilingual(Notice notice) {
        return new Bilingual(notice.text(Locale.JAPANESE), notice.text(Locale.ENGLISH));
    }
}
