package io.github.kaitsu.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.CloudService;
import java.util.ArrayList;
import java.util.List;
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
                text(customer, "organisation"),
                text(customer, "site"),
                text(customer, "account")));
    }

    private void service(JsonNode service) {
        lines.add("");
        lines.add(call.text("summary.service", label(service), text(service, "status"), text(service, "statusText"))
                + "  " + counts(service));
        if (service.hasNonNull("failure")) {
            lines.add("  " + call.text("summary.failure", text(service, "failureMessage"), text(service, "detail")));
            lines.add("  " + call.text("summary.next", text(service, "nextStep")));
        }
        service.path("steps").forEach(this::step);
    }

    private void console() {
        lines.add("");
        lines.add(call.text("summary.console"));
        run.path("steps").forEach(this::step);
    }

    private void step(JsonNode step) {
        String source = text(step, "source").isEmpty() ? "" : call.text("summary.source", text(step, "source"));
        lines.add("  " + Columns.pad(text(step, "rule"), RULE) + " " + Columns.pad(text(step, "evidence"), EVIDENCE)
                + " " + text(step, "title") + source);
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
        String grants = sandbox.path("grants").properties().stream()
                .map(e -> e.getKey() + " " + e.getValue().asInt())
                .collect(Collectors.joining(", "));
        lines.add("");
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
