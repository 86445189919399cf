package io.github.kaitsu.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.cli.Choices.Choice;
import io.github.kaitsu.fleet.Fleet;
import io.github.kaitsu.fleet.FleetFile;
import io.github.kaitsu.store.MemoryActivationStore;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Begins what a list of customers names, each reference once; whoever runs the fleet goes on with it. */
@Command(name = "begin")
final class FleetBeginCommand extends Subcommand {
    @Parameters(index = "0", paramLabel = "FILE.csv", descriptionKey = "FLEET-FILE")
    private String file = "";

    @Option(names = "--preview")
    private boolean preview;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Option(names = "--sandbox", descriptionKey = "fleet-sandbox")
    private boolean sandbox;

    @Mixin
    private ConnectionOptions connections = new ConnectionOptions();

    @Override
    int run(Invocation call) throws InterruptedException {
        boolean connected = connections.areWanted();
        Workspace workspace = store.required(call);
        FleetFile list = read(call);
        Fleet.Begun begun;
        if (preview) {
            try (ActivationClient client = reading(workspace)) {
                begun = Fleet.of(client).preview(list);
            }
        } else {
            try (ActivationClient client = Desk.client(workspace, Clock.systemUTC())) {
                begun = Fleet.of(client).begin(list);
                remember(workspace, begun, connected);
            }
        }
        print(call, begun);
        return begun.refused().isEmpty() ? Exits.SUCCESS : Exits.REFUSED;
    }

    private FleetFile read(Invocation call) {
        byte[] bytes = InputFile.bytes(file, call.io());
        if (bytes.length >= InputFile.LONGEST) {
            throw Refusal.usage("fleet-long", file);
        }
        return FleetFile.parse(InputFile.text(bytes), request -> {
            if (sandbox) {
                request.sharePointAdminSite(SandboxOptions.ADMIN_SITE);
            }
        });
    }

    /** A preview makes no folder. */
    private static ActivationClient reading(Workspace workspace) {
        return workspace.database().isPresent() || Files.exists(workspace.folder())
                ? Desk.client(workspace, Clock.systemUTC())
                : ActivationClient.builder()
                        .provisioners(Provisioners.reading(true))
                        .store(new MemoryActivationStore())
                        .build();
    }

    /**
     * A sandbox is one customer's world, so each gets its own. What was begun before is written down too, where it is not: this
     * command may have died before it could.
     */
    private void remember(Workspace workspace, Fleet.Begun begun, boolean connected) {
        Map<ActivationId, Choice> choices = new LinkedHashMap<>();
        Stream.concat(begun.begun().stream(), begun.known().stream()).forEach(row -> {
            ActivationId id = Fleet.id(row.reference());
            Optional<String> own = sandbox ? Optional.of(Workspace.SANDBOX + "/" + id) : Optional.empty();
            choices.put(id, new Choice(sandbox ? OperatorKind.SCRIPT : OperatorKind.NONE, own, connected));
        });
        if (!choices.isEmpty()) {
            workspace.rememberNew(choices);
        }
    }

    private void print(Invocation call, Fleet.Begun begun) {
        ObjectNode json = Json.object()
                .put("begun", begun.begun().size())
                .put("known", begun.known().size());
        ArrayNode refused = json.putArray("refused");
        List<String> lines = new ArrayList<>();
        lines.add(call.text(
                preview ? "fleet.preview" : "fleet.begun",
                begun.begun().size(),
                begun.known().size(),
                begun.refused().size()));
        begun.refused().forEach(r -> {
            refused.addObject()
                    .put("line", r.line())
                    .put("reference", r.reference())
                    .put("code", r.why().code().name())
                    .put("message", r.why().message(call.locale()));
            lines.add(call.text("fleet.refused", r.line(), Safe.line(r.reference()), Failures.form(call, r.why())));
        });
        call.finish(json, String.join("\n", lines));
    }
}
