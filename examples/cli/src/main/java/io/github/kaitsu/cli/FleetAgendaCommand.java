package io.github.kaitsu.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.fleet.Fleet;
import io.github.kaitsu.fleet.FleetAgenda;
import io.github.kaitsu.fleet.FleetAgenda.Item;
import io.github.kaitsu.fleet.FleetAgenda.Sitting;
import io.github.kaitsu.operator.Role;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who does what for whom, over all customers: what is overdue first, then by day and person. */
@Command(name = "agenda")
final class FleetAgendaCommand extends Subcommand {
    @Option(names = "--role", paramLabel = "ROLE", descriptionKey = "fleet-role")
    private @Nullable String role;

    @Option(names = "--format", paramLabel = "text|csv", descriptionKey = "fleet-text-format")
    private String format = "text";

    @Mixin
    private FleetSome wanted = new FleetSome();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Override
    int run(Invocation call) {
        Optional<Role> whose =
                Optional.ofNullable(role).map(text -> Role.parse(text).orElseThrow(() -> Refusal.usage("role", text)));
        boolean csv = FleetFormats.isCsv(format);
        try (ActivationClient client = Desk.client(store.required(call), Clock.systemUTC())) {
            FleetAgenda all =
                    Fleet.of(client).agenda(wanted.query(), Clock.systemUTC().instant(), Times.JAPAN);
            FleetAgenda agenda = whose.map(r -> new FleetAgenda(all.at(), all.zone(), all.of(r), all.unread()))
                    .orElse(all);
            agenda.unread()
                    .forEach(u -> call.error(call.text(
                            "fleet.trouble", FleetListCommand.reference(u.run()), Failures.form(call, u.why()))));
            if (csv) {
                FleetFormats.csv(call, agenda.csv(call.locale()));
            } else {
                call.finish(json(call, agenda), text(call, agenda));
            }
            return Exits.SUCCESS;
        }
    }

    private static ObjectNode json(Invocation call, FleetAgenda agenda) {
        ObjectNode json = Json.object().put("at", agenda.at().toString());
        json.putArray("items");
        for (Sitting sitting : agenda.sittings()) {
            for (Item item : sitting.items()) {
                json.withArray("items")
                        .addObject()
                        .put("day", sitting.day().toString())
                        .put("overdue", sitting.isOverdue())
                        .put("who", sitting.who().name())
                        .put("company", item.run().company().orElse(null))
                        .put("reference", item.run().reference().orElse(null))
                        .put("account", item.run().customer().account())
                        .put("service", item.action().service().map(Enum::name).orElse(null))
                        .put("kind", item.action().kind().name())
                        .put("title", item.action().title(call.locale()))
                        .put("since", item.action().offeredAt().toString())
                        .put(
                                "due",
                                item.action().overdueAt().map(Object::toString).orElse(null))
                        .put("link", item.action().link().map(Object::toString).orElse(null))
                        .put("activation", item.run().id().value())
                        .put("id", item.action().id().value());
            }
        }
        return json.put("total", agenda.size());
    }

    private static String text(Invocation call, FleetAgenda agenda) {
        if (agenda.size() == 0) {
            return call.text("fleet.agenda.nothing");
        }
        List<String> lines = new ArrayList<>();
        for (Sitting sitting : agenda.sittings()) {
            lines.add(call.text(
                    sitting.isOverdue() ? "fleet.agenda.overdue" : "fleet.agenda.day",
                    sitting.day(),
                    sitting.who().label(call.locale()),
                    sitting.items().size()));
            sitting.items().forEach(item -> lines.add(line(call, item)));
        }
        lines.add(call.text("fleet.agenda.total", agenda.size()));
        return String.join("\n", lines);
    }

    private static String line(Invocation call, Item item) {
        return call.text(
                "fleet.agenda.line",
                FleetListCommand.whose(item.run()),
                FleetListCommand.reference(item.run()),
                item.action().title(call.locale()),
                new Times(call).japan(item.action().offeredAt()),
                item.run().id(),
                item.action().id());
    }
}
