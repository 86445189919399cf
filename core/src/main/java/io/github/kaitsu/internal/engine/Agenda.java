package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationPlan.AgendaItem;
import io.github.kaitsu.ActivationPlan.Visit;
import io.github.kaitsu.ActivationView.Bilingual;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Phase;
import io.github.kaitsu.StepId;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.Role;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.Notice;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.text.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What persons will have to do, by person and visit, for the run as it will go: with the connections there are, and with whoever
 * reads the console.
 *
 * <p>A visit lasts as long as nothing has to be waited for. What needs no slot is asked at once, for all services. One service is
 * linked at a time: the visit that reads one service's success grants the next and does the last settings of the one before.
 */
final class Agenda {
    private static final Bilingual CONSOLE = core("role.console");

    private final Event.Run run;
    private final CustomerId customer;
    private final StepPlan plan;
    private final Provisioners provisioners;
    private final Facts facts;
    private final Map<StepId, ProbeResult> looks;
    private final boolean isReadByPerson;
    private final List<Sitting> sittings = new ArrayList<>();

    /** One visit of one person in the making. */
    private record Sitting(Bilingual who, int visit, List<AgendaItem> items) {}

    Agenda(
            Event.Run run,
            CustomerId customer,
            StepPlan plan,
            Provisioners provisioners,
            Facts facts,
            Map<StepId, ProbeResult> looks,
            boolean isReadByPerson) {
        this.run = run;
        this.customer = customer;
        this.plan = plan;
        this.provisioners = provisioners;
        this.facts = facts;
        this.looks = looks;
        this.isReadByPerson = isReadByPerson;
    }

    List<Visit> visits() {
        plan.console().forEach(s -> add(CONSOLE, 1, s));
        Set<CloudService> services = plan.services().keySet();
        for (CloudService service : services) {
            plan.of(service).early().forEach(s -> add(person(service), 1, s));
        }
        read(1);
        if (run == Event.Run.ACTIVATION && isSizeUnknown()) {
            item(CONSOLE, 1, CoreSteps.USERS, "COMMON-11", ActionTemplate.Kind.READ, core("step.users"));
        }
        int visit = 1;
        for (CloudService service : services) {
            int granting = visit;
            plan.of(service)
                    .link()
                    .forEach(s -> add(Role.of(s.id()) == Role.CONSOLE ? CONSOLE : person(service), granting, s));
            if (run == Event.Run.ACTIVATION) {
                visit++;
                read(visit);
            }
            int finishing = visit;
            plan.of(service).afterwards().forEach(s -> add(person(service), finishing, s));
        }
        if (run == Event.Run.REMOVAL) {
            read(1);
        }
        return sittings.stream()
                .sorted(Comparator.comparingInt(Sitting::visit))
                .map(s -> new Visit(s.who, s.visit, s.items))
                .toList();
    }

    private boolean isSizeUnknown() {
        return facts.mostUsers().isEmpty() && plan.all().noneMatch(s -> s.phase() == Phase.PREFLIGHT && isLookedAt(s));
    }

    private void read(int visit) {
        if (isReadByPerson) {
            item(CONSOLE, visit, CoreSteps.READ, "COMMON-12", ActionTemplate.Kind.READ, core("step.read"));
        }
    }

    private void add(Bilingual who, int visit, ActivationStep step) {
        Optional<ActionTemplate> asked = isLookedAt(step)
                ? step.action()
                : step.action().or(() -> step.check().question());
        asked.ifPresent(a -> item(who, visit, step.id(), step.rule(), a.kind(), Views.title(step)));
    }

    /** Whether a provider will be asked: there is a connection, as far as can be told without a call. */
    private boolean isLookedAt(ActivationStep step) {
        boolean isRefused = looks.get(step.id()) instanceof ProbeResult.NoAccess;
        return !isRefused
                && step.check().probe().filter(p -> p.isConnected(customer)).isPresent();
    }

    private void item(Bilingual who, int visit, StepId step, String rule, ActionTemplate.Kind kind, Bilingual title) {
        Sitting sitting = sittings.stream()
                .filter(s -> s.visit == visit && s.who.equals(who))
                .findFirst()
                .orElseGet(() -> {
                    Sitting added = new Sitting(who, visit, new ArrayList<>());
                    sittings.add(added);
                    return added;
                });
        sitting.items.add(new AgendaItem(step, rule, kind, title));
    }

    private Bilingual person(CloudService service) {
        Notice role = provisioners.get(service).prerequisite();
        return new Bilingual(role.text(Locale.JAPANESE), role.text(Locale.ENGLISH));
    }

    private static Bilingual core(String key) {
        return new Bilingual(
                Texts.load(Texts.class, "actions", Locale.JAPANESE).get(key),
                Texts.load(Texts.class, "actions", Locale.ENGLISH).get(key));
    }
}
