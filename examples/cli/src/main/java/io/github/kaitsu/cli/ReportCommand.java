package io.github.kaitsu.cli;

import io.github.kaitsu.browser.BrowserRecord;
import io.github.kaitsu.operator.RecordedChange;
import io.github.kaitsu.report.ActivationReport;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The activation report, for people or programs. */
@Command(name = "report")
final class ReportCommand extends Subcommand {
    @Mixin
    private StateOptions state = new StateOptions();

    @Option(names = "--format", paramLabel = "md|json|html|csv")
    private String format = "";

    @Override
    int run(Invocation call) {
        String wanted = !format.isEmpty() ? format : call.json() ? "json" : "md";
        try (Desk desk = Desk.open(state)) {
            List<RecordedChange> record = BrowserRecord.read(
                    BrowserHands.of(desk.folder()), desk.view().customer());
            ActivationReport report = ActivationReport.of(desk.view()).with(record);
            switch (wanted) {
                case "json" -> call.result(RunDocument.of(report, desk.summary(), call.locale()));
                case "md" -> text(call, wanted, report.markdown(call.locale()));
                case "html" -> text(call, wanted, report.html(call.locale()));
                case "csv" -> text(call, wanted, report.csv(call.locale()));
                default -> throw Refusal.usage("format", wanted);
            }
            return Exits.SUCCESS;
        }
    }

    /** With {@code --json} even a page is one JSON document. */
    private static void text(Invocation call, String format, String page) {
        if (call.json()) {
            call.result(Json.object().put("format", format).put("report", page));
        } else {
            call.file(page);
        }
    }
}
