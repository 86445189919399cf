package io.github.kaitsu.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.cli.Choices.Choice;
import io.github.kaitsu.fleet.Fleet;
import io.github.kaitsu.store.RunHead;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Ends many runs; nothing that was done at a provider is undone. It asks first: who cannot be asked says yes beforehand. */
@Command(name = "cancel")
final class FleetCancelCommand extends Subcommand {
    @Option(names = "--by", required = true, paramLabel = "WHO")
    private String by = "";

    @Option(names = "--preview", descriptionKey = "fleet-preview")
    private boolean preview;

    @Option(names = "--yes")
    private boolean yes;

    @Mixin
    private FleetQuery wanted = new FleetQuery();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Override
    int run(Invocation call) throws InterruptedException {
        Workspace workspace = store.required(call);
        try (ActivationClient client = Desk.client(workspace, Clock.systemUTC())) {
            Fleet fleet = Fleet.of(client);
            List<RunHead> live = new ArrayList<>();
            fleet.forEach(wanted.query().ended(false), live::add);
            if (preview || live.isEmpty()) {
                print(call, "fleet.cancel.preview", live);
                return Exits.SUCCESS;
            }
            if (!yes) {
                if (!call.isInteractive()) {
                    throw Refusal.usage("fleet-cancel", live.size());
                }
                live.forEach(run -> call.say(line(call, run)));
                if (!FleetAsking.isWanted(call, "fleet.cancel.ask", live.size())) {
                    print(call, "fleet.cancel.preview", live);
                    return Exits.SUCCESS;
                }
            }
            List<RunHead> cancelled = fleet.cancel(wanted.query(), by);
            end(call, workspace, cancelled);
            print(call, "fleet.cancel.done", cancelled);
            return Exits.SUCCESS;
        }
    }

    /** A cancelled run only ends, which gives access back; a process that is at it already does that itself. */
    private static void end(Invocation call, Workspace workspace, List<RunHead> cancelled) throws InterruptedException {
        Map<ActivationId, Choice> choices = workspace.choices();
        try (Everyone everyone = new Everyone(call, workspace);
                ActivationClient real = everyone.client()) {
            for (RunHead run : cancelled) {
                Choice choice = choices.get(run.id());
                if (choice == null || choice.sandbox().isEmpty()) {
                    real.advance(run.id());
                } else { // the tokens of a sandbox that is not running open nothing
                    try (ActivationClient beside = Desk.client(workspace, Desk.clock(workspace, run.id()))) {
                        beside.advance(run.id());
                    }
                }
            }
        }
    }

    private static void print(Invocation call, String key, List<RunHead> runs) {
        ObjectNode json = Json.object();
        ArrayNode items = json.putArray("cancelled");
        List<String> lines = new ArrayList<>();
        runs.forEach(run -> {
            items.addObject()
                    .put("reference", run.reference().orElse(null))
                    .put("company", run.company().orElse(null))
                    .put("activation", run.id().value());
            lines.add(line(call, run));
        });
        lines.add(call.text(key, runs.size()));
        call.finish(json, String.join("\n", lines));
    }

    private static String line(Invocation call, RunHead run) {
        return call.text("fleet.trouble", FleetListCommand.reference(run), FleetListCommand.whose(run));
    }
}
