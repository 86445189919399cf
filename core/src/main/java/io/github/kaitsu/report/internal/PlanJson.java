package io.github.kaitsu.report.internal;

import static io.github.kaitsu.report.internal.ReportJson.array;
import static io.github.kaitsu.report.internal.ReportJson.object;
import static io.github.kaitsu.report.internal.ReportJson.strings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ActivationPlan;
import io.github.kaitsu.ActivationPlan.AgendaItem;
import io.github.kaitsu.ActivationPlan.PlannedService;
import io.github.kaitsu.ActivationPlan.PlannedStep;
import io.github.kaitsu.ActivationPlan.Visit;
import io.github.kaitsu.ActivationPlan.Warning;
import java.util.Locale;

/** The JSON of a plan. Keys may be added, none renamed or dropped. */
final class PlanJson {
    private final ActivationPlan plan;
    private final Locale locale;
    private final ReportTexts words;

    private PlanJson(ActivationPlan plan, Locale locale) {
        this.plan = plan;
        this.locale = locale;
        this.words = ReportTexts.in(locale);
    }

    static ObjectNode of(ActivationPlan plan, Locale locale) {
        return new PlanJson(plan, locale).document();
    }

    private ObjectNode document() {
        ObjectNode json = object();
        json.set("customer", ReportJson.customer(plan.customer(), plan.company(), plan.reference(), plan.labels()));
        json.put("edition", plan.edition().id());
        json.set("policies", strings(plan.policies())); // COMMON-7
        json.set("steps", array(plan.steps(), this::step));
        json.set("services", array(plan.services(), this::service));
        json.set("agenda", array(plan.agenda(), this::visit));
        return json.put("visits", PlanPage.visits(plan))
                .put("calls", plan.calls())
                .put("readings", PlanPage.readings(plan));
    }

    private ObjectNode service(PlannedService service) {
        ObjectNode json = object().put("service", service.service().name())
                .put("prerequisite", service.prerequisite().in(locale))
                .put("expected", service.expected().in(locale));
        json.set("steps", array(service.steps(), this::step));
        json.set("warnings", array(service.warnings(), this::warning));
        return json;
    }

    private ObjectNode step(PlannedStep step) {
        return object().put("step", step.step().value())
                .put("rule", step.rule())
                .put("phase", step.phase().name())
                .put("phaseText", words.phase(step.phase()))
                .put("performer", step.performer().name())
                .put("performerText", words.performer(step.performer()))
                .put("required", step.required())
                .put("title", step.title().in(locale))
                .put("calls", step.calls())
                .put("scope", step.scope())
                .put(
                        "found",
                        step.look()
                                .map(l -> words.found(l, step.seen().in(locale)))
                                .orElse(null));
    }

    private ObjectNode warning(Warning warning) {
        return object().put("rule", warning.rule())
                .put("message", warning.message().in(locale));
    }

    private ObjectNode visit(Visit visit) {
        ObjectNode json = object().put("who", visit.who().in(locale)).put("visit", visit.visit());
        json.set("actions", array(visit.actions(), this::action));
        return json;
    }

    private ObjectNode action(AgendaItem action) {
        return object().put("step", action.step().value())
                .put("rule", action.rule())
                .put("kind", action.kind().name())
                .put("kindText", words.kind(action.kind()))
                .put("title", action.title().in(locale));
    }
}
