package io.github.kaitsu.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.CloudService;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A run as a person reads it in a terminal: every service with every step, its rule and what it rests on. */
final class Summary {
    private static final int RULE = 10;
    private static final int EVIDENCE = 12;

    private final Invocation call;
    private final JsonNode run;
    private final List<String> lines = new ArrayList<>();

    private Summary(Invocation call, JsonNode run) {
        this.call = call;
        this.run = run;
    }

    /** @param run as {@link RunDocument} makes it */
    static String of(Invocation call, ObjectNode run) {
        Summary summary = new Summary(call, run);
        summary.head();
        run.path("services").forEach(summary::service);
        summary.console();
        summary.openActions();
        summary.openItems();
        summary.sandbox();
        return String.join("\n", summary.lines);
    }

    private void head() {
        JsonNode customer = run.path("customer");
        lines.add(call.text(
                run.path("removal").asBoolean() ? "summary.removal" : "summary.activation",
                text(run, "activation"),
                CommandWords.customer(
                        Optional.of(text(customer, "company")).filter(c -> !c.isEmpty()),
                        text(customer, "organisation")),
                text(customer, "site"),
                text(customer, "account")));
        if (customer.hasNonNull("reference")) {
            lines.add(call.text("summary.reference", text(customer, "reference")));
        }
        if (!customer.path("labels").isEmpty()) {
            lines.add(call.text(
                    "summary.labels",
                    stream(customer.path("labels"))
                            .map(l -> Safe.line(l.asText()))
                            .collect(Collectors.joining(", "))));
        }
    }

    private void service(JsonNode service) {
        lines.add("");
        lines.add(call.text("summary.service", label(service), text(service, "status"), text(service, "statusText"))
                + "  " + counts(service));
        if (service.hasNonNull("failure")) {
            lines.add("  " + call.text("summary.failure", text(service, "failureMessage"), text(service, "detail")));
            lines.add("  " + call.text("summary.next", text(service, "nextStep")));
        }
        if (service.hasNonNull("expectedAt")) {
            lines.add("  "
                    + call.text(
                            "summary.expected",
                            new Times(call).local(Instant.parse(text(service, "expectedAt"))),
                            text(service, "expectation")));
        }
        service.path("notProof").forEach(why -> lines.add("  " + call.text("summary.not-proof", text(why, "text"))));
        service.path("steps").forEach(this::step);
    }

    private void console() {
        lines.add("");
        lines.add(call.text("summary.console"));
        run.path("steps").forEach(this::step);
    }

    private void step(JsonNode step) {
        String source = text(step, "source").isEmpty() ? "" : call.text("summary.source", text(step, "source"));
        String evidence = call.text("evidence." + text(step, "evidence"));
        lines.add("  " + Columns.pad(text(step, "rule"), RULE) + " " + Columns.pad(evidence, EVIDENCE) + " "
                + text(step, "title") + source);
        JsonNode against = step.path("contradiction");
        if (against.isObject()) {
            lines.add("  "
                    + call.text(
                            "summary.contradiction",
                            text(against, "by"),
                            new Times(call).local(Instant.parse(text(against, "at"))),
                            text(against, "said")));
        }
    }

    private String counts(JsonNode service) {
        return call.text("progress.evidence", count(service, "VERIFIED"), count(service, "ATTESTED"));
    }

    private static long count(JsonNode service, String level) {
        return stream(service.path("steps"))
                .filter(s -> text(s, "evidence").equals(level))
                .count();
    }

    private void openActions() {
        if (run.path("openActions").isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(call.text("summary.open-actions"));
        run.path("openActions")
                .forEach(a -> lines.add("  " + call.text("summary.open-action", text(a, "id"), text(a, "title"))));
    }

    private void openItems() {
        if (run.path("openItems").isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(call.text("summary.open-items"));
        for (JsonNode item : run.path("openItems")) {
            String service = item.hasNonNull("service") ? label(item) + ": " : "";
            lines.add("  " + Columns.pad(text(item, "rule"), RULE) + " " + service
                    + firstLine(item.path("text").asText()));
        }
    }

    private void sandbox() {
        JsonNode sandbox = run.path("sandbox");
        if (sandbox.isMissingNode()) {
            return;
        }
        JsonNode calls = sandbox.path("calls");
        String grants = sandbox.path("grants").properties().stream()
                .map(e -> e.getKey() + " " + e.getValue().asInt())
                .collect(Collectors.joining(", "));
        lines.add("");
        lines.add(call.text(
                "summary.calls",
                calls.path("planned").asInt(),
                calls.path("made").asInt()));
        lines.add(call.text(
                "summary.sandbox",
                grants.isEmpty() ? "-" : grants,
                sandbox.path("violations").size()));
        sandbox.path("violations")
                .forEach(v -> lines.add("  "
                        + call.text(
                                "summary.violation",
                                text(v, "time"),
                                text(v, "kind"),
                                text(v, "service"),
                                text(v, "detail"))));
    }

    private String label(JsonNode node) {
        return CloudService.valueOf(text(node, "service")).label(call.locale());
    }

    /** An announcement to users is a page of its own. */
    private String firstLine(String text) {
        String first = text.strip().lines().findFirst().orElse("");
        return first.length() == text.strip().length()
                ? Safe.line(first)
                : Safe.line(first) + call.text("summary.more");
    }

    /** One line, whoever wrote it. */
    private static String text(JsonNode node, String key) {
        return Safe.line(node.path(key).asText(""));
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
