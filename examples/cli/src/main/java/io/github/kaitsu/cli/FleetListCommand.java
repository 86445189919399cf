package io.github.kaitsu.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.cli.Choices.Choice;
import io.github.kaitsu.fleet.Fleet;
import io.github.kaitsu.fleet.FleetCounts;
import io.github.kaitsu.store.RunHead;
import io.github.kaitsu.store.RunPage;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where each customer's run stands, a page at a time; or how all of them come along, until they are quiet. */
@Command(name = "list")
final class FleetListCommand extends Subcommand {
    private static final int PAGE = 100;

    @Mixin
    private FleetQuery wanted = new FleetQuery();

    @Option(names = "--page", paramLabel = "N")
    private String page = "1";

    @Option(names = "--sandbox", descriptionKey = "fleet-only-sandbox")
    private boolean sandbox;

    @Option(names = "--watch")
    private boolean watch;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Override
    int run(Invocation call) throws InterruptedException {
        int number = number(page);
        if (watch && call.json()) {
            throw Refusal.usage("fleet-watch");
        }
        Workspace workspace = store.required(call);
        try (ActivationClient client = Desk.client(workspace, Clock.systemUTC())) {
            if (watch) {
                watch(call, Fleet.of(client));
            }
            RunPage found = sandbox ? ofSandboxes(client, workspace.choices(), number) : page(client, number);
            int pages = (int) ((found.total() + PAGE - 1) / PAGE);
            print(call, client, found, number, pages);
            return Exits.SUCCESS;
        }
    }

    private static int number(String text) {
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw Refusal.usage("page", text);
        }
        return Integer.parseInt(text);
    }

    private void watch(Invocation call, Fleet fleet) throws InterruptedException {
        FleetProgress progress = new FleetProgress(call);
        FleetCounts now = fleet.counts(wanted.query());
        progress.show(now);
        while (!now.isQuiet() && PassingTime.real(Clock.systemUTC()).towards(Instant.MAX)) {
            now = fleet.counts(wanted.query());
            progress.show(now);
        }
        progress.end();
    }

    private RunPage page(ActivationClient client, int number) {
        RunPage found = client.find(wanted.query(), Optional.empty(), PAGE);
        for (int n = 1; n < number; n++) {
            found = found.next().isPresent()
                    ? client.find(wanted.query(), found.next(), PAGE)
                    : new RunPage(List.of(), found.total(), Optional.empty());
        }
        return found;
    }

    /** What happens in a sandbox is no matter of the store's. */
    private RunPage ofSandboxes(ActivationClient client, Map<ActivationId, Choice> choices, int number) {
        List<RunHead> all = new ArrayList<>();
        Fleet.of(client).forEach(wanted.query(), run -> {
            Choice choice = choices.get(run.id());
            if (choice != null && choice.sandbox().isPresent()) {
                all.add(run);
            }
        });
        int from = (int) Math.min((number - 1L) * PAGE, all.size());
        return new RunPage(all.subList(from, Math.min(from + PAGE, all.size())), all.size(), Optional.empty());
    }

    private static void print(Invocation call, ActivationClient client, RunPage found, int number, int pages) {
        ObjectNode json = Json.object();
        json.putArray("items");
        List<String> lines = new ArrayList<>();
        for (RunHead run : found.items()) {
            Optional<Instant> next = run.isEnded() ? Optional.empty() : nextAt(client, run.id());
            ObjectNode item = json.withArray("items")
                    .addObject()
                    .put("reference", run.reference().orElse(null))
                    .put("company", run.company().orElse(null))
                    .put("account", run.customer().account());
            ObjectNode services = item.putObject("services");
            run.services().forEach((service, status) -> services.put(service.name(), status.name()));
            item.put("turn", run.turn().name())
                    .put("waitingSince", run.waitingSince().toString())
                    .put("nextAt", next.map(Instant::toString).orElse(null))
                    .put("activation", run.id().value());
            lines.add(line(call, run, next));
        }
        json.put("total", found.total());
        lines.add(
                found.total() == 0 ? call.text("fleet.nobody") : call.text("fleet.page", number, pages, found.total()));
        call.finish(json, String.join("\n", lines));
    }

    /** When it goes on by itself; only its journal tells. */
    private static Optional<Instant> nextAt(ActivationClient client, ActivationId id) {
        return client.find(id).map(Activation::view).flatMap(view -> view.wakeAt());
    }

    private static String line(Invocation call, RunHead run, Optional<Instant> next) {
        Times times = new Times(call);
        String services = run.services().entrySet().stream()
                .map(s -> s.getKey().label(call.locale()) + " " + call.text("status." + s.getValue()))
                .collect(Collectors.joining(call.text("fleet.comma")));
        String since = call.text(
                "fleet.turn",
                call.text("fleet.turn." + run.turn()),
                times.japan(run.waitingSince()),
                next.map(at -> call.text("fleet.next", times.japan(at))).orElse(""));
        return call.text("fleet.line", reference(run), whose(run), services, since);
    }

    /** By which the team knows it. */
    static String reference(RunHead run) {
        return Safe.line(run.reference().orElse(run.id().value()));
    }

    static String whose(RunHead run) {
        return Safe.line(run.company().orElse(run.customer().account()));
    }
}
