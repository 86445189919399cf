package io.github.kaitsu.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.console.ConsoleCapture;
import io.github.kaitsu.console.ConsoleEntry;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.console.ConsoleReading.Count;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.console.ConsoleReading.ServiceAccountRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads what was copied off the console (COMMON-12, COMMON-19), and writes it down without its names. */
@Command(name = "console-status")
final class ConsoleStatusCommand extends Subcommand {
    @Parameters(paramLabel = "FILE", descriptionKey = "FILE")
    private String file = "";

    @Option(names = "--capture", paramLabel = "OUT")
    private String capture = "";

    @Override
    int run(Invocation call) {
        String pasted = InputFile.read(file, call.io());
        ConsoleReading reading = ConsoleReading.parse(pasted);
        if (!reading.isRecognised()) {
            call.error(call.text("console.nothing"));
        }
        ConsoleCapture masked = null;
        if (!capture.isEmpty()) {
            masked = ConsoleCapture.of(pasted);
            OutputFile.write(capture, masked.text());
        }
        if (call.json()) {
            call.result(json(reading, masked));
        } else {
            call.result(masked == null ? text(reading, call) : captured(reading, masked, call));
        }
        return Exits.SUCCESS;
    }

    // ---- for programs

    private ObjectNode json(ConsoleReading reading, @Nullable ConsoleCapture masked) {
        ObjectNode node = Json.object();
        ArrayNode entries = node.putArray("entries");
        reading.entries()
                .forEach(e -> entries.addObject()
                        .put("service", name(e.service()))
                        .put("event", event(e))
                        .put("severity", e.severity())
                        .put("organisation", e.organisation())
                        .put("time", e.time() == null ? null : e.time().toString())
                        .put("text", e.text()));
        if (reading.serviceAccounts().isPresent()) {
            ArrayNode rows = node.putArray("serviceAccounts");
            reading.rows()
                    .forEach(r -> rows.addObject()
                            .put("service", r.service().name())
                            .put("appId", r.appId().orElse(null)));
        } else {
            node.putNull("serviceAccounts");
        }
        ObjectNode parts = node.putObject("parts");
        reading.parts().forEach((part, state) -> parts.put(lower(part), state.name()));
        ArrayNode unread = node.putArray("unread");
        reading.unread().forEach(unread::add);
        ArrayNode counts = node.putArray("counts");
        reading.counts()
                .forEach(c -> counts.addObject()
                        .put("part", lower(c.part()))
                        .put("printed", c.printed())
                        .put("read", c.read()));
        if (masked != null) {
            node.putObject("capture").put("file", capture).put("faithful", masked.isFaithful());
        }
        return node;
    }

    /** The names that this document was published with; whatever else core can tell apart is OTHER here. */
    private static String event(ConsoleEntry entry) {
        return switch (entry.event()) {
            case USERS_AND_GROUPS_UPDATED, FOLDERS_CREATED, FOLDERS_CHECKED, PROTECTED ->
                entry.event().name();
            case NOT_PROTECTED, OTHER -> ConsoleEntry.Kind.OTHER.name();
        };
    }

    private static String lower(Part part) {
        return part.name().toLowerCase(Locale.ROOT);
    }

    // ---- for people

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
        for (ServiceAccountRow row : reading.rows()) {
            lines.add(call.text(
                    "console.account",
                    row.service().label(call.locale()),
                    row.appId().orElse("-")));
        }
        if (lines.isEmpty()) {
            lines.add(call.text("console.empty"));
        }
        lines.addAll(parts(reading, call));
        return String.join("\n", lines);
    }

    private String captured(ConsoleReading reading, ConsoleCapture masked, Invocation call) {
        List<String> lines = new ArrayList<>(parts(reading, call));
        lines.add(call.text("console.captured", capture));
        if (!masked.isFaithful()) {
            lines.add(call.text("console.captured.unfaithful"));
        }
        return String.join("\n", lines);
    }

    private static List<String> parts(ConsoleReading reading, Invocation call) {
        List<String> lines = new ArrayList<>();
        reading.parts()
                .forEach((part, state) -> lines.add(call.text(
                        "console.part", call.text("console.part." + part), call.text("console.state." + state))));
        for (Count count : reading.counts()) {
            lines.add(call.text(
                    "console.count",
                    call.text("console.part." + count.part()),
                    String.valueOf(count.printed()),
                    String.valueOf(count.read())));
        }
        for (String line : reading.unread()) {
            lines.add(call.text("console.unread", line));
        }
        return lines;
    }

    private static @Nullable String name(@Nullable CloudService service) {
        return service == null ? null : service.name();
    }
}
