package io.github.kaitsu.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.cli.Choices.Choice;
import io.github.kaitsu.fleet.Fleet;
import io.github.kaitsu.fleet.Fleet.Retried;
import io.github.kaitsu.fleet.Fleet.Retry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Begins again everything that failed for one reason; at a terminal it says what that is and asks first. */
@Command(name = "retry")
final class FleetRetryCommand extends Subcommand {
    @Option(names = "--reason", required = true, paramLabel = "CODE", descriptionKey = "fleet-reason")
    private String reason = "";

    @Option(names = "--preview", descriptionKey = "fleet-preview")
    private boolean preview;

    @Option(names = "--yes")
    private boolean yes;

    @Mixin
    private FleetSome wanted = new FleetSome();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Override
    int run(Invocation call) {
        FailureReason why = FleetQuery.one(FailureReason.class, "reason", reason);
        Workspace workspace = store.required(call);
        try (ActivationClient client = Desk.client(workspace, Clock.systemUTC())) {
            Fleet fleet = Fleet.of(client);
            List<Retry> retries = fleet.failed(wanted.query(), why);
            boolean asks = !preview && !yes && !retries.isEmpty() && call.isInteractive();
            if (asks) {
                retries.forEach(retry -> call.say(line(call, retry)));
            }
            if (preview || (asks && !FleetAsking.isWanted(call, "fleet.retry.ask", retries.size()))) {
                print(call, "fleet.retry.preview", new Retried(retries, List.of()));
                return Exits.SUCCESS;
            }
            Retried retried = fleet.retry(retries);
            remember(workspace, retried);
            print(call, "fleet.retry.begun", retried);
            return retried.refused().isEmpty() ? Exits.SUCCESS : Exits.REFUSED;
        }
    }

    /** Each goes on in the way, and in the sandbox, of the one that failed. */
    private static void remember(Workspace workspace, Retried retried) {
        Map<ActivationId, Choice> choices = new LinkedHashMap<>();
        retried.begun()
                .forEach(retry ->
                        choices.put(retry.id(), workspace.choice(retry.failed().id())));
        if (!choices.isEmpty()) {
            workspace.rememberNew(choices);
        }
    }

    private static void print(Invocation call, String key, Retried retried) {
        ObjectNode json = Json.object();
        ArrayNode begun = json.putArray("retried");
        ArrayNode refused = json.putArray("refused");
        List<String> lines = new ArrayList<>();
        lines.add(call.text(key, retried.begun().size(), retried.refused().size()));
        retried.begun().forEach(retry -> {
            ObjectNode one = begun.addObject()
                    .put("reference", retry.failed().reference().orElse(null))
                    .put("company", retry.failed().company().orElse(null))
                    .put("failed", retry.failed().id().value())
                    .put("activation", retry.id().value());
            one.putArray("services");
            retry.request().services().forEach(s -> one.withArray("services").add(s.name()));
            lines.add(line(call, retry));
        });
        retried.refused().forEach(r -> {
            String message = Failures.form(call, r.why());
            refused.addObject()
                    .put("reference", r.retry().failed().reference().orElse(null))
                    .put("failed", r.retry().failed().id().value())
                    .put("code", r.why().code().name())
                    .put("message", message);
            lines.add(call.text(
                    "fleet.trouble", FleetListCommand.reference(r.retry().failed()), message));
        });
        call.finish(json, String.join("\n", lines));
    }

    private static String line(Invocation call, Retry retry) {
        return call.text(
                "fleet.retry.line",
                FleetListCommand.reference(retry.failed()),
                FleetListCommand.whose(retry.failed()),
                call.labels(retry.request().services()),
                retry.id());
    }
}
