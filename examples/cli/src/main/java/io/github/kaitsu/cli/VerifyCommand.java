package io.github.kaitsu.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.DriftReport;
import io.github.kaitsu.DriftReport.Finding;
import io.github.kaitsu.DriftReport.Verdict;
import io.github.kaitsu.FileActivationStore;
import io.github.kaitsu.sandbox.Sandbox;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks again at everything that an activation proved, long after. Writes nothing. */
@Command(name = "verify")
final class VerifyCommand extends Subcommand {
    @Mixin
    private StateOptions state = new StateOptions();

    @Override
    int run(Invocation call) throws InterruptedException {
        Workspace workspace = state.workspace();
        ActivationView newest = newest();
        Optional<Sandbox> sandbox = SandboxAgain.of(workspace, workspace.choice(newest.id()), newest);
        Access access = Access.of(call, Optional.of(workspace), sandbox, newest.customer());
        try (ActivationClient client = ActivationClient.builder()
                .provisioners(Provisioners.looking(new Links(newest.customer(), access.consents(), sandbox)))
                .store(FileActivationStore.at(workspace.folder()))
                .clock(sandbox.<Clock>map(Sandbox::clock).orElse(Clock.systemUTC()))
                .build()) {
            DriftReport drift = client.verify(newest.customer());
            ActivationView then = client.find(drift.activation()).orElseThrow().view();
            ObjectNode document =
                    RunDocument.of(DriftView.of(then, drift), sandbox.map(Sandbox::summary), call.locale());
            document.set("drift", drift(drift, call));
            if (call.json()) {
                call.result(document);
            } else {
                call.result(text(call, document, drift));
            }
            return drift.hasDrift() ? Exits.FAILED : Exits.SUCCESS;
        } finally {
            access.close();
            sandbox.ifPresent(Sandbox::close);
        }
    }

    private ActivationView newest() {
        try (Desk desk = Desk.open(state)) {
            return desk.view();
        }
    }

    private static ArrayNode drift(DriftReport report, Invocation call) {
        ArrayNode array = Json.array();
        lost(report)
                .forEach(f -> array.addObject()
                        .put("service", f.service().name())
                        .put("step", f.step().value())
                        .put("rule", f.rule())
                        .put("message", message(f, call)));
        return array;
    }

    private static String message(Finding finding, Invocation call) {
        return call.text(
                "verify.lost", finding.title().in(call.locale()), finding.now().detail());
    }

    private static List<Finding> lost(DriftReport report) {
        return report.findings().stream()
                .filter(f -> f.verdict() == Verdict.LOST)
                .toList();
    }

    private static String text(Invocation call, ObjectNode document, DriftReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(Summary.of(call, document));
        lines.add("");
        lost(report)
                .forEach(f -> lines.add(call.text(
                        "verify.drift", f.service().label(call.locale()), f.rule(), Safe.line(message(f, call)))));
        long old = report.findings().stream()
                .filter(f -> f.verdict() == Verdict.ASK_AGAIN)
                .count();
        if (old > 0) {
            lines.add(call.text("verify.ask-again", old));
        }
        lines.add(call.text(report.hasDrift() ? "verify.found" : "verify.none"));
        return String.join("\n", lines);
    }
}
