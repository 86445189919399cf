package io.github.kaitsu.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.DriftReport;
import io.github.kaitsu.DriftReport.Finding;
import io.github.kaitsu.DriftReport.Verdict;
import io.github.kaitsu.Evidence;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code verify} says: its verdict first, then each claim with who looked at it again, or whose word it rests on since when. */
final class DriftText {
    private static final int RULE = 10;

    private final Invocation call;
    private final DriftReport report;
    private final DriftVerdict verdict;
    private final Optional<Reading> reading;

    /** @param reading what was read of the console just now */
    DriftText(Invocation call, DriftReport report, DriftVerdict verdict, Optional<Reading> reading) {
        this.call = call;
        this.report = report;
        this.verdict = verdict;
        this.reading = reading;
    }

    // ---- for programs

    void into(ObjectNode document) {
        document.putObject("verdict")
                .put("code", verdict.kind().name())
                .put("text", sentence())
                .put("lookedAt", verdict.lookedAt())
                .put("claims", verdict.claims());
        ArrayNode drift = document.putArray("drift");
        lost().forEach(f -> drift.addObject()
                .put("service", f.service().name())
                .put("step", f.step().value())
                .put("rule", f.rule())
                .put("message", message(f)));
        ArrayNode findings = document.putArray("findings");
        report.findings().forEach(f -> findings.add(finding(f)));
        reading.ifPresent(r -> document.set("reading", r.json(call.locale())));
    }

    private ObjectNode finding(Finding f) {
        return Json.object()
                .put("service", f.service().name())
                .put("step", f.step().value())
                .put("rule", f.rule())
                .put("verdict", f.verdict().name())
                .put("lookedAt", f.lookedAt())
                .put("evidence", f.now().level().name())
                .put("source", f.source().in(call.locale()))
                .put("time", f.now().time().toString())
                .put("detail", f.seen().in(call.locale()))
                .put("before", f.before().map(e -> e.level().name()).orElse(null))
                .put("beforeTime", before(f).map(Instant::toString).orElse(null));
    }

    // ---- for persons

    String lines(ActivationView then, Path folder) {
        List<String> lines = new ArrayList<>();
        lines.add(sentence());
        lost().forEach(f -> lines.add(
                call.text("verify.drift", f.service().label(call.locale()), f.rule(), Safe.line(message(f)))));
        long old = report.findings().stream()
                .filter(f -> f.verdict() == Verdict.ASK_AGAIN)
                .count();
        if (old > 0) {
            lines.add(call.text("verify.ask-again", old));
        }
        reading.filter(r -> report.console().isPresent()).ifPresent(r -> lines.add(r.lines(call)));
        lines.add("");
        lines.add(call.text(
                "summary.activation",
                then.id(),
                CommandWords.customer(then.company(), then.customer().organisation()),
                then.customer().site(),
                then.customer().account()));
        services().forEach(s -> service(s, lines));
        report.console().ifPresent(action -> {
            lines.add("");
            lines.add(call.text("verify.wanted"));
            lines.add(ActionText.of(call, action, Optional.empty()));
            lines.add(call.text("verify.how", folder));
        });
        return String.join("\n", lines);
    }

    private String sentence() {
        return call.text(
                "verify." + verdict.kind(),
                verdict.lookedAt(),
                verdict.claims(),
                verdict.claims() - verdict.lookedAt());
    }

    private List<CloudService> services() {
        return report.findings().stream().map(Finding::service).distinct().toList();
    }

    private void service(CloudService service, List<String> lines) {
        lines.add("");
        lines.add(service.label(call.locale()));
        report.findings().stream()
                .filter(f -> f.service() == service)
                .forEach(f -> lines.add("  " + Columns.pad(f.rule(), RULE) + " "
                        + Safe.line(f.title().in(call.locale())) + ": " + Safe.line(how(f))));
    }

    private String how(Finding f) {
        Times times = new Times(call);
        String who = f.source().in(call.locale());
        return switch (f.verdict()) {
            case HOLDS -> call.text("verify.step.HOLDS", who);
            case LOST ->
                call.text(
                        "verify.step.LOST",
                        f.seen().in(call.locale()),
                        who,
                        times.local(f.now().time()));
            case UNKNOWN ->
                call.text(
                        "verify.step.UNKNOWN",
                        f.seen().in(call.locale()),
                        before(f).map(times::local).orElse("-"));
            case ATTESTED, ASK_AGAIN ->
                call.text("verify.step." + f.verdict(), who, times.local(f.now().time()));
        };
    }

    private static Optional<Instant> before(Finding f) {
        return f.before().map(Evidence::time);
    }

    private List<Finding> lost() {
        return report.findings().stream()
                .filter(f -> f.verdict() == Verdict.LOST)
                .toList();
    }

    private String message(Finding finding) {
        return call.text(
                "verify.lost", finding.title().in(call.locale()), finding.seen().in(call.locale()));
    }
}
