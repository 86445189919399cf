package io.github.kaitsu.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.ConsoleEntry;
import io.github.kaitsu.ConsoleReading;
import io.github.kaitsu.ConsoleReading.ServiceAccountRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Reads what was copied off the console (COMMON-12). */
@Command(name = "console-status")
final class ConsoleStatusCommand extends Subcommand {
    @Parameters(paramLabel = "FILE", descriptionKey = "FILE")
    private String file = "";

    @Override
    int run(Invocation call) {
        ConsoleReading reading = ConsoleReading.parse(InputFile.read(file, call.io()));
        if (!reading.isRecognised()) {
            call.error(call.text("console.nothing"));
        }
        if (call.json()) {
            call.result(json(reading));
        } else {
            call.result(text(reading, call));
        }
        return Exits.SUCCESS;
    }

    private static ObjectNode json(ConsoleReading reading) {
        ObjectNode node = Json.object();
        ArrayNode entries = node.putArray("entries");
        reading.entries()
                .forEach(e -> entries.addObject()
                        .put("service", name(e.service()))
                        .put("event", e.event().name())
                        .put("severity", e.severity())
                        .put("organisation", e.organisation())
                        .put("time", e.time() == null ? null : e.time().toString())
                        .put("text", e.text()));
        if (reading.serviceAccounts().isPresent()) {
            ArrayNode rows = node.putArray("serviceAccounts");
            reading.serviceAccounts()
                    .get()
                    .forEach(r -> rows.addObject()
                            .put("service", r.service().name())
                            .put("appId", r.appId().orElse(null)));
        } else {
            node.putNull("serviceAccounts");
        }
        return node;
    }

    private static String text(ConsoleReading reading, Invocation call) {
        List<String> lines = new ArrayList<>();
        Times times = new Times(call);
        for (ConsoleEntry e : reading.entries()) {
            lines.add(call.text(
                    "console.entry",
                    e.time() == null ? call.text("console.no-time") : times.japan(e.time()),
                    e.service() == null
                            ? call.text("console.no-service")
                            : e.service().label(call.locale()),
                    call.text("console.event." + e.event()),
                    e.severity() == null ? "-" : e.severity(),
                    e.organisation() == null ? "-" : e.organisation()));
        }
        for (ServiceAccountRow row : reading.serviceAccounts().orElse(List.of())) {
            lines.add(call.text(
                    "console.account",
                    row.service().label(call.locale()),
                    row.appId().orElse("-")));
        }
        return lines.isEmpty() ? call.text("console.empty") : String.join("\n", lines);
    }

    private static @Nullable String name(@Nullable CloudService service) {
        return service == null ? null : service.name();
    }
}
