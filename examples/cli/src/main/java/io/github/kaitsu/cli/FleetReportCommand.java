package io.github.kaitsu.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.fleet.Fleet;
import io.github.kaitsu.report.ActivationReport;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One list of all customers, or a report a customer into a folder with that list beside them. */
@Command(name = "report")
final class FleetReportCommand extends Subcommand {
    @Option(names = "--format", paramLabel = "csv|json|html|md", descriptionKey = "fleet-report-format")
    private @Nullable String format;

    @Option(names = "--into", paramLabel = "DIR")
    private @Nullable String into;

    @Mixin
    private FleetQuery wanted = new FleetQuery();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Override
    int run(Invocation call) {
        try (ActivationClient client = Desk.client(store.required(call), Clock.systemUTC())) {
            Fleet fleet = Fleet.of(client);
            if (into != null) {
                write(call, fleet, into);
            } else {
                print(call, fleet);
            }
            return Exits.SUCCESS;
        }
    }

    private void print(Invocation call, Fleet fleet) {
        switch (Optional.ofNullable(format).orElse(call.json() ? "json" : "csv")) {
            case "csv" -> FleetFormats.csv(call, fleet.csv(wanted.query()));
            case "json" -> {
                ObjectNode all = Json.object();
                all.putArray("reports");
                fleet.reports(
                        wanted.query(),
                        (run, report) ->
                                all.withArray("reports").add(RunDocument.of(report, Optional.empty(), call.locale())));
                call.result(all);
            }
            case "html", "md" -> throw Refusal.usage("fleet-into", String.valueOf(format));
            default -> throw Refusal.usage("format", String.valueOf(format));
        }
    }

    private void write(Invocation call, Fleet fleet, String folder) {
        String wantedFormat = Optional.ofNullable(format).orElse("html");
        Function<ActivationReport, String> text = switch (wantedFormat) {
            case "csv" -> report -> report.csv(call.locale());
            case "json" -> report -> report.json(call.locale());
            case "html" -> report -> report.html(call.locale());
            case "md" -> report -> report.markdown(call.locale());
            default -> throw Refusal.usage("format", wantedFormat);
        };
        int written = fleet.writeReports(wanted.query(), path(folder), wantedFormat, text);
        call.finish(
                Json.object().put("written", written).put("folder", folder),
                call.text("fleet.report.written", written, folder));
    }

    private static Path path(String folder) {
        try {
            return Path.of(folder);
        } catch (InvalidPathException e) {
            throw Refusal.usage("folder", folder);
        }
    }
}
