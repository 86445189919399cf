package io.github.kaitsu.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ActivationView.NotProved;
import io.github.kaitsu.ActivationView.ServiceView;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.console.ConsoleReading.PartState;
import io.github.kaitsu.journal.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was found in pages of the console that somebody handed in (COMMON-19), and why it does not prove (COMMON-12).
 *
 * @param text as it was pasted
 * @param services as they stand since; empty while that is not known yet
 */
record Reading(ConsoleReading text, List<ServiceView> services) {
    private static final int MOST_LINES = 12;

    static Reading of(ActivationClient client, ActivationView after, String text) {
        return new Reading(parse(client, after.id(), text), after.services());
    }

    /** With what somebody called furniture of this console. */
    static ConsoleReading parse(ActivationClient client, ActivationId run, String text) {
        Set<String> furniture = client.events(run).stream()
                .filter(e -> e.event() instanceof Event.FurnitureKnown)
                .flatMap(e -> ((Event.FurnitureKnown) e.event()).lines().stream())
                .map(ConsoleReading::furnitureKey)
                .collect(Collectors.toSet());
        return ConsoleReading.parse(text, furniture);
    }

    ObjectNode json(Locale locale) {
        ObjectNode node = Json.object();
        ObjectNode parts = node.putObject("parts");
        for (Part part : Part.values()) {
            parts.put(key(part), text.state(part).name());
        }
        ArrayNode lists = node.putArray("successLists");
        text.successLists().stream().sorted().forEach(list -> lists.add(key(list)));
        ArrayNode unread = node.putArray("unread");
        text.unread().forEach(unread::add);
        ArrayNode reasons = node.putArray("notProof");
        for (ServiceView service : services) {
            for (NotProved why : service.notProved()) {
                reasons.addObject()
                        .put("service", service.service().name())
                        .put("line", why.why().line())
                        .put("reason", why.why().reason().name())
                        .put("text", why.text().in(locale));
            }
        }
        return node;
    }

    /** Why it does not prove stands with each service. */
    String lines(Invocation call) {
        List<String> lines = new ArrayList<>();
        for (PartState state : PartState.values()) {
            List<String> parts = new ArrayList<>();
            for (Part part : Part.values()) {
                if (text.state(part) == state && (state != PartState.MISSING || isAskedFor(part))) {
                    parts.add(name(call, part));
                }
            }
            if (!parts.isEmpty()) {
                lines.add(call.text("reading." + state, String.join(call.text("reading.and"), parts)));
            }
        }
        text.unread().stream()
                .limit(MOST_LINES)
                .forEach(line -> lines.add(call.text("reading.unread", Safe.line(line))));
        if (text.unread().size() > MOST_LINES) {
            lines.add(call.text("reading.more", text.unread().size() - MOST_LINES));
        }
        return String.join("\n", lines);
    }

    /** Of the lists under 成功しました each tells something else. */
    private String name(Invocation call, Part part) {
        String name = call.text("reading.part." + part);
        if (part != Part.SUCCESS || text.successLists().isEmpty()) {
            return name;
        }
        return call.text(
                "reading.of",
                name,
                text.successLists().stream()
                        .sorted()
                        .map(list -> call.text("reading.list." + list))
                        .collect(Collectors.joining(call.text("reading.and"))));
    }

    /** The others are used where they are copied, and never missed. */
    private static boolean isAskedFor(Part part) {
        return part == Part.ACCOUNTS || part == Part.SUCCESS || part == Part.PENDING;
    }

    private static String key(Enum<?> of) {
        return of.name().toLowerCase(Locale.ROOT);
    }
}
