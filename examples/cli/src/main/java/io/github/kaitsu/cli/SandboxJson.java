package io.github.kaitsu.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.HandsOn;
import io.github.kaitsu.sandbox.HandsOn.Actor;
import io.github.kaitsu.sandbox.SandboxSummary;
import java.util.Locale;

/** What the sandbox itself says happened to it. */
final class SandboxJson {
    private SandboxJson() {}

    static ObjectNode of(SandboxSummary summary) {
        ObjectNode node = Json.object();
        ObjectNode grants = node.putObject("grants");
        for (CloudService service : CloudService.values()) {
            if (summary.grants().containsKey(service)) {
                grants.put(service.name(), summary.grants(service));
            }
        }
        ArrayNode violations = node.putArray("violations");
        summary.violations()
                .forEach(v -> violations
                        .addObject()
                        .put("kind", v.kind().name())
                        .put("service", v.service().name())
                        .put("time", v.at().toString())
                        .put("detail", v.detail()));
        HandsOn person = summary.handsOn(Actor.PERSON);
        ObjectNode hands = node.putObject("handsOn")
                .put("person", person.acts())
                .put("browser", summary.handsOn(Actor.BROWSER).acts());
        ObjectNode kinds = hands.putObject("kinds");
        for (HandsOn.Kind kind : HandsOn.Kind.values()) {
            kinds.put(kind.name().toLowerCase(Locale.ROOT), person.count(kind));
        }
        node.putObject("looks")
                .put("person", person.looks())
                .put("browser", summary.handsOn(Actor.BROWSER).looks());
        return node.put("scenario", summary.scenario().text())
                .put("users", summary.users())
                .put("clock", summary.clock().toString());
    }
}
