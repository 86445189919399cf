package io.github.kaitsu.report.internal;

import io.github.kaitsu.ActivationPlan;
import io.github.kaitsu.ActivationPlan.PlannedService;
import io.github.kaitsu.ActivationPlan.PlannedStep;
import io.github.kaitsu.ActivationPlan.Visit;
import io.github.kaitsu.Phase;
import io.github.kaitsu.StepId;
import io.github.kaitsu.report.internal.Page.Line;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The plan as a page: what must be ready, how often who has to come, what will be done, and what to mind. */
final class PlanPage {
    private static final StepId READ = StepId.console("read");

    private final ActivationPlan plan;
    private final Locale locale;
    private final ReportTexts words;
    /** Whether rules, phases, API calls and scopes stand beside each step. */
    private final boolean detailed;

    private final boolean removal;
    private final Page.Builder page = new Page.Builder();

    private PlanPage(ActivationPlan plan, Locale locale, boolean detailed) {
        this.plan = plan;
        this.locale = locale;
        this.words = ReportTexts.in(locale);
        this.detailed = detailed;
        this.removal =
                plan.services().stream().flatMap(s -> s.steps().stream()).anyMatch(s -> s.phase() == Phase.REMOVAL);
    }

    static Page of(ActivationPlan plan, Locale locale, boolean detailed) {
        return new PlanPage(plan, locale, detailed).build();
    }

    /** How often somebody has to come; persons who come at the same time count once. */
    static long visits(ActivationPlan plan) {
        return plan.agenda().stream().mapToInt(Visit::visit).distinct().count();
    }

    /** How often the console has to be read. */
    static long readings(ActivationPlan plan) {
        return plan.agenda().stream()
                .flatMap(v -> v.actions().stream())
                .filter(a -> a.step().equals(READ))
                .count();
    }

    private Page build() {
        page.paragraph(words.get("plan.offline"));
        about();
        prerequisites();
        agenda();
        if (!plan.steps().isEmpty()) {
            page.heading(2, words.get("plan.section.console"));
            page.numbered(steps(plan.steps()));
        }
        plan.services().forEach(this::service);
        String title = removal ? "plan.title.removal" : "plan.title.activation";
        return page.build(locale, words.get(title, words.customer(plan.customer(), plan.company())));
    }

    private void about() {
        List<Line> lines = new ArrayList<>();
        lines.addAll(words.books(plan.reference(), plan.labels()));
        if (!removal) { // which does not ask for the edition, and knows no policies (COMMON-7)
            lines.add(labelled("report.edition", words.edition(plan.edition())));
            String policies =
                    plan.policies().isEmpty() ? words.get("plan.policies.none") : String.join(", ", plan.policies());
            lines.add(labelled("plan.policies", policies));
        }
        if (!lines.isEmpty()) {
            page.items(lines);
        }
    }

    /** COMMON-1. */
    private void prerequisites() {
        List<Line> lines = new ArrayList<>();
        if (!removal) {
            lines.add(Line.of(words.get("plan.prerequisite.mail")));
        }
        lines.add(Line.of(words.get("role.console")));
        for (PlannedService service : plan.services()) {
            lines.add(Line.labelled(
                    service.service().label(locale), service.prerequisite().in(locale)));
        }
        lines.add(Line.of(words.get("plan.prerequisite.signed-out")));
        lines.add(Line.of(words.get("plan.prerequisite.secrets")));
        page.heading(2, words.get("plan.section.prerequisites")).items(lines);
    }

    private void service(PlannedService service) {
        page.heading(2, service.service().label(locale));
        if (!service.expected().isEmpty()) {
            page.paragraph(service.expected().in(locale));
        }
        page.numbered(steps(service.steps()));
        if (!service.warnings().isEmpty()) {
            page.paragraph(Line.strong(words.get("plan.warnings")))
                    .items(service.warnings().stream()
                            .map(w -> detailed
                                    ? Line.labelled(w.rule(), w.message().in(locale))
                                    : Line.of(w.message().in(locale)))
                            .toList());
        }
    }

    private List<Line> steps(List<PlannedStep> steps) {
        return steps.stream().map(this::step).toList();
    }

    private Line step(PlannedStep step) {
        List<String> about = new ArrayList<>();
        if (detailed) {
            about.add(step.rule());
            about.add(words.phase(step.phase()));
        }
        about.add(words.performer(step.performer()));
        if (!step.required()) {
            about.add(words.get("report.optional"));
        }
        if (detailed && !step.calls().isEmpty()) {
            about.add(words.get("plan.calls", step.calls()));
        }
        if (detailed && !step.scope().isEmpty()) {
            about.add(words.get("plan.scope", step.scope()));
        }
        step.look().ifPresent(look -> about.add(words.found(look, step.seen().in(locale))));
        return Line.of(step.title().in(locale) + " [" + String.join("; ", about) + "]");
    }

    private void agenda() {
        page.heading(2, words.get("plan.section.agenda"));
        if (plan.agenda().isEmpty()) {
            page.paragraph(words.get("plan.agenda.none"));
            return;
        }
        page.paragraph(words.get("plan.agenda.total", visits(plan), readings(plan)));
        Map<String, Set<Integer>> byPerson = new LinkedHashMap<>();
        for (Visit visit : plan.agenda()) {
            byPerson.computeIfAbsent(visit.who().in(locale), k -> new LinkedHashSet<>())
                    .add(visit.visit());
        }
        page.items(byPerson.entrySet().stream()
                .map(e -> Line.of(
                        words.get("plan.agenda.person", e.getKey(), e.getValue().size())))
                .toList());
        Map<Integer, List<Visit>> byVisit = plan.agenda().stream()
                .collect(Collectors.groupingBy(Visit::visit, LinkedHashMap::new, Collectors.toList()));
        byVisit.forEach((number, visits) -> {
            page.heading(3, words.get("plan.agenda.visit", number));
            visits.forEach(this::visit);
        });
    }

    private void visit(Visit visit) {
        page.paragraph(Line.strong(visit.who().in(locale)))
                .numbered(visit.actions().stream()
                        .map(a -> Line.of(a.title().in(locale) + " [" + (detailed ? a.rule() + "; " : "")
                                + words.kind(a.kind()) + "]"))
                        .toList());
    }

    private Line labelled(String key, String text) {
        return Line.labelled(words.get(key), text);
    }
}
