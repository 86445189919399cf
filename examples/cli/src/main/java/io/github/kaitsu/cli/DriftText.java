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

/**
 * What {@code verify} says: its verdict first, then what to do, then what rests on whose word since when; with {@code --verbose} each
 * claim, with its rule and source.
 */
final class DriftText {
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

    /** @param pages where the console is to be found */
    String lines(ActivationView then, Path folder, Pages pages) {
        List<String> lines = new ArrayList<>();
        lines.add(sentence());
        lines.add(call.text(
                "summary.activation",
                then.id(),
                CommandWords.customer(
                        then.company().map(Safe::line),
                        Safe.line(then.customer().organisation())),
                then.customer().site(),
                then.customer().account()));
        reading.filter(r -> report.console().isPresent()).ifPresent(r -> lines.add(r.lines(call)));
        toDo(lines, folder, pages);
        heading(lines, "summary.standing");
        services().forEach(s -> service(s, lines));
        return String.join("\n", lines);
    }

    private void heading(List<String> lines, String key) {
        lines.add("");
        lines.add("== " + call.text(key));
    }

    private void toDo(List<String> lines, Path folder, Pages pages) {
        List<String> toDo = new ArrayList<>();
        lost().forEach(f ->
                toDo.add(call.text("verify.drift", f.service().label(call.locale()), Safe.line(message(f)), rule(f))));
        if (!toDo.isEmpty()) {
            toDo.add(call.text("verify.put-right"));
        }
        long old = report.findings().stream()
                .filter(f -> f.verdict() == Verdict.ASK_AGAIN)
                .count();
        if (old > 0) {
            toDo.add(call.text("verify.ask-again", old));
        }
        if (toDo.isEmpty() && report.console().isEmpty()) {
            return;
        }
        heading(lines, "summary.next");
        toDo.forEach(text -> lines.add("  - " + text));
        report.console().ifPresent(action -> {
            lines.add(call.text("verify.wanted"));
            lines.add(ActionText.of(call, action, pages));
            lines.add(call.text("verify.how"));
            lines.add(Folded.AS_IT_STANDS + call.text("verify.how.command", folder));
        });
    }

    private String rule(Finding finding) {
        return call.verbose() ? call.text("action.rule", finding.rule()) : "";
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

    /** How many claims were read again; apart from that, what does not simply hold, or with --verbose each of them. */
    private void service(CloudService service, List<String> lines) {
        List<Finding> findings =
                report.findings().stream().filter(f -> f.service() == service).toList();
        lines.add("  "
                + call.text(
                        "verify.service",
                        service.label(call.locale()),
                        count(findings, Verdict.HOLDS),
                        findings.size()));
        findings.stream()
                .filter(f -> call.verbose() || f.verdict() != Verdict.HOLDS)
                .forEach(f -> lines.add(
                        "   - " + Safe.line(f.title().in(call.locale())) + rule(f) + ": " + Safe.line(how(f))));
    }

    private static long count(List<Finding> findings, Verdict verdict) {
        return findings.stream().filter(f -> f.verdict() == verdict).count();
    }

    /** The calls of an API are nobody's name. */
    private String who(Finding f) {
        Evidence.Source source = f.now().source();
        return source.kind() == Evidence.Kind.API && !call.verbose()
                ? call.text("verify.api", f.service().provider().label())
                : f.source().in(call.locale());
    }

    private String how(Finding f) {
        Times times = new Times(call);
        String who = who(f);
        return switch (f.verdict()) {
            case HOLDS -> call.text("verify.step.HOLDS", who);
            case LOST ->
                call.text(
                        "verify.step.LOST",
                        f.seen().in(call.locale()),
                        who,
                        times.japan(f.now().time()));
            case UNKNOWN ->
                call.text(
                        "verify.step.UNKNOWN",
                        f.seen().in(call.locale()),
                        before(f).map(times::japan).orElse("-"));
            case ATTESTED, ASK_AGAIN ->
                call.text("verify.step." + f.verdict(), who, times.japan(f.now().time()));
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
