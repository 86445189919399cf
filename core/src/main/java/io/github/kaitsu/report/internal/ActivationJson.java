package io.github.kaitsu.report.internal;

import static io.github.kaitsu.report.internal.ReportJson.array;
import static io.github.kaitsu.report.internal.ReportJson.object;
import static io.github.kaitsu.report.internal.ReportJson.strings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ActivationView.Contradiction;
import io.github.kaitsu.ActivationView.NotProved;
import io.github.kaitsu.ActivationView.OpenItem;
import io.github.kaitsu.ActivationView.ServiceView;
import io.github.kaitsu.ActivationView.StepView;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.Waiting;
import io.github.kaitsu.operator.RecordedChange;
import io.github.kaitsu.report.Handover;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The JSON of a run. Keys may be added, none renamed or dropped. */
final class ActivationJson {
    private final ActivationView view;
    private final List<RecordedChange> record;
    private final Locale locale;
    private final ReportTexts words;

    private ActivationJson(ActivationView view, List<RecordedChange> record, Locale locale) {
        this.view = view;
        this.record = record;
        this.locale = locale;
        this.words = ReportTexts.in(locale);
    }

    static ObjectNode of(ActivationView view, List<RecordedChange> record, Locale locale) {
        return new ActivationJson(view, record, locale).document();
    }

    private ObjectNode document() {
        ObjectNode json = object().put("activation", view.id().value())
                .put("removal", view.removal())
                .put("edition", view.edition().id())
                .put("begunAt", view.begunAt().toString())
                .put("changedAt", view.changedAt().toString())
                .put("ended", view.ended())
                .put("success", view.isSuccess())
                .put("wakeAt", view.wakeAt().map(Instant::toString).orElse(null));
        json.putObject("calls")
                .put("planned", view.calls().planned())
                .put("made", view.calls().made());
        json.set("customer", ReportJson.customer(view.customer(), view.company(), view.reference(), view.labels()));
        json.set("steps", array(view.steps(), this::step));
        json.set("services", array(view.services(), this::service));
        json.set("openActions", array(view.openActions(), a -> ActionJson.of(a, locale)));
        json.set("openItems", array(view.openItems(), this::openItem));
        json.set("handover", handover(Handovers.of(view, locale)));
        if (!record.isEmpty()) {
            json.set("record", array(record, ActivationJson::change));
        }
        return json;
    }

    /** The report's first page; what its evidence says stands with the steps. */
    private static ObjectNode handover(Handover handover) {
        ObjectNode json = object().put("title", handover.title())
                .put("outcome", handover.outcome().name())
                .put("outcomeText", handover.outcomeText())
                .put("at", handover.at().toString())
                .put("date", handover.date());
        json.set("verdict", strings(handover.verdict()));
        json.set(
                "services",
                array(
                        handover.services(),
                        s -> object().put("service", s.service().name())
                                .put("name", s.name())
                                .put("state", s.state().name())
                                .put("stateText", s.stateText())
                                .put("verified", s.verified())
                                .put("attested", s.attested())
                                .put("about", s.about())));
        json.set(
                "remaining",
                array(
                        handover.remaining(),
                        r -> object().put("kind", r.kind().name())
                                .put("service", r.service().map(Enum::name).orElse(null))
                                .put("text", r.text())
                                .put("who", r.who())));
        json.set(
                "announcements",
                array(
                        handover.announcements(),
                        a -> object().put("service", a.service().name())
                                .put("name", a.name())
                                .put("text", a.text())));
        json.set(
                "notes",
                array(
                        handover.notes(),
                        n -> object().put("service", n.service().map(Enum::name).orElse(null))
                                .put("name", n.name())
                                .put("text", n.text())));
        return json;
    }

    private ObjectNode service(ServiceView service) {
        boolean waits = !view.ended() && !service.status().isFinal();
        Waiting waiting = service.waiting();
        ObjectNode json = object().put("service", service.service().name())
                .put("serviceText", service.service().label(locale))
                .put("status", service.status().name())
                .put("statusText", words.status(service))
                .put("waitingFor", waits ? name(waiting) : null)
                .put("waitingText", waits ? words.waiting(waiting) : null)
                .put(
                        "waitingUntil",
                        waits && waiting instanceof Waiting.Until u ? u.time().toString() : null)
                .put(
                        "waitingForSlotOf",
                        waits && waiting instanceof Waiting.ForLinkSlot s ? ReportTexts.holder(s) : null)
                .put("linkAttempts", service.linkAttempts())
                .put("round", service.linkRound())
                .put("failure", service.failure().map(Enum::name).orElse(null))
                .put("failureMessage", words.failure(service).orElse(null))
                .put("nextStep", words.nextStep(service).orElse(null))
                .put("detail", service.detail().in(locale));
        if (waits && waiting instanceof Waiting.ForOperator operator) {
            json.set(
                    "waitingForActions",
                    strings(operator.actions().stream().map(ActionId::value).toList()));
        }
        json.set("steps", array(service.steps(), this::step));
        json.set("notProof", array(service.notProved(), this::notProved));
        return json.put("consoleText", service.consoleText())
                .put(
                        "expectedAt",
                        waits
                                ? service.expectation()
                                        .at()
                                        .map(Instant::toString)
                                        .orElse(null)
                                : null)
                .put("expectation", service.expectation().text().in(locale));
    }

    private ObjectNode notProved(NotProved reason) {
        return object().put("reason", reason.why().reason().name())
                .put("line", reason.why().line())
                .put("text", reason.text().in(locale));
    }

    private ObjectNode contradiction(Contradiction contradiction) {
        return object().put("said", contradiction.said().in(locale))
                .put("by", contradiction.by())
                .put("at", contradiction.at().toString());
    }

    private static String name(Waiting waiting) {
        if (waiting instanceof Waiting.ForOperator) {
            return "OPERATOR";
        } else if (waiting instanceof Waiting.Until) {
            return "TIME";
        } else if (waiting instanceof Waiting.ForLinkSlot) {
            return "LINK_SLOT";
        }
        return "NOTHING";
    }

    private ObjectNode step(StepView step) {
        Evidence evidence = step.evidence();
        ObjectNode json = object().put("step", step.step().value())
                .put("rule", step.rule())
                .put("phase", step.phase().name())
                .put("phaseText", words.phase(step.phase()))
                .put("performer", step.performer().name())
                .put("performerText", words.performer(step.performer()))
                .put("title", step.title().in(locale))
                .put("required", step.required())
                .put("skipped", step.skipped())
                .put("evidence", evidence.level().name())
                .put("evidenceText", words.level(evidence.level()))
                .put("source", step.source().in(locale))
                .put("sourceKind", evidence.source().kind().name())
                .put("permission", evidence.source().permission())
                .put("time", ReportTexts.hasTime(evidence) ? evidence.time().toString() : null)
                .put("code", evidence.seen().code())
                .put("detail", step.seen().in(locale))
                .put("expected", step.expected().in(locale))
                .put("limitation", step.limitation().in(locale))
                .put("skipReason", step.skip().map(Enum::name).orElse(null));
        json.set(
                "contradiction",
                step.contradiction().<JsonNode>map(this::contradiction).orElse(NullNode.getInstance()));
        return json;
    }

    private static ObjectNode change(RecordedChange change) {
        return object().put("time", change.time().toString())
                .put("action", change.action().value())
                .put("by", change.by().name())
                .put("what", change.what())
                .put("address", change.address())
                .put("before", change.before().map(Path::toString).orElse(null))
                .put("after", change.after().map(Path::toString).orElse(null));
    }

    private ObjectNode openItem(OpenItem item) {
        return object().put("rule", item.rule())
                .put("service", item.service().map(Enum::name).orElse(null))
                .put("kind", item.kind().name())
                .put("text", item.text().in(locale));
    }
}
