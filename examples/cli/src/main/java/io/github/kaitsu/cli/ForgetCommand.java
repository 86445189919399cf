package io.github.kaitsu.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.cli.Choices.Choice;
import io.github.kaitsu.sandbox.Sandbox;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Erases runs that have ended: what was said and pasted, the browser's record, and the access that was kept for verify. */
@Command(name = "forget")
final class ForgetCommand extends Subcommand {
    @Parameters(index = "0", arity = "0..1", paramLabel = "ACTIVATION", descriptionKey = "ACTIVATION")
    private @Nullable String activation;

    @Option(names = "--older-than", paramLabel = "DAYS")
    private @Nullable String days;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Override
    int run(Invocation call) throws InterruptedException {
        if ((activation == null) == (days == null)) {
            throw Refusal.usage("forget");
        }
        Workspace workspace = store.required(call);
        if (activation != null) {
            ActivationId id = ActivationId.of(activation);
            print(call, Map.of(id, forget(call, workspace, id)), Map.of());
            return Exits.SUCCESS;
        }
        Map<ActivationId, String> forgotten = new LinkedHashMap<>();
        Map<ActivationId, KaitsuException> kept = new LinkedHashMap<>();
        for (ActivationId id : olderThan(workspace, days(days))) {
            try {
                forgotten.put(id, forget(call, workspace, id));
            } catch (KaitsuException e) { // one run's trouble is none of the others'
                kept.put(id, e);
            }
        }
        print(call, forgotten, kept);
        return Exits.SUCCESS;
    }

    private static long days(@Nullable String text) {
        try {
            long days = Long.parseLong(String.valueOf(text));
            if (days >= 0 && days <= 36_500) {
                return days;
            }
        } catch (NumberFormatException e) {
            // as any other number that is none
        }
        throw Refusal.usage("days", String.valueOf(text));
    }

    /** Ended runs, oldest first, by the time of the sandbox where they happened in one. */
    private static List<ActivationId> olderThan(Workspace workspace, long days) {
        try (ActivationClient client = Desk.client(workspace, Clock.systemUTC())) {
            return workspace.runs(client).stream()
                    .filter(ActivationView::ended)
                    .filter(run -> run.changedAt()
                            .isBefore(Desk.clock(workspace, run.id()).instant().minus(Duration.ofDays(days))))
                    .sorted(Comparator.comparing(ActivationView::begunAt))
                    .map(ActivationView::id)
                    .toList();
        }
    }

    /** Whose run it was. */
    private static String forget(Invocation call, Workspace workspace, ActivationId id) throws InterruptedException {
        ActivationView run;
        Clock clock = Desk.clock(workspace, id);
        try (ActivationClient client = Desk.client(workspace, clock)) {
            if (client.forgottenAt(id).isPresent()) {
                return call.text("forget.before");
            }
            run = workspace.run(client, Optional.of(id));
            if (!run.ended()) {
                client.forget(id); // says why not
            }
        }
        Choice choice = workspace.choice(id);
        Optional<Sandbox> sandbox = Vault.isIn(workspace, choice.sandbox().isPresent(), call.io())
                ? SandboxAgain.of(workspace, choice, run)
                : Optional.empty();
        try (Session session = Session.open(call, Session.Setting.nobody(run.customer(), workspace, sandbox, choice))) {
            session.client().forget(id);
        }
        workspace.drop(id);
        return CommandWords.customer(run.company(), run.customer().organisation());
    }

    private static void print(
            Invocation call, Map<ActivationId, String> forgotten, Map<ActivationId, KaitsuException> kept) {
        ObjectNode json = Json.object();
        json.putArray("forgotten");
        forgotten.keySet().forEach(id -> json.withArray("forgotten").add(id.value()));
        json.putArray("kept");
        List<String> lines = new ArrayList<>();
        forgotten.forEach((id, whose) -> lines.add(call.text("forget.done", id, whose)));
        kept.forEach((id, e) -> {
            json.withArray("kept")
                    .addObject()
                    .put("activation", id.value())
                    .put("code", e.code().name())
                    .put("message", e.message(call.locale()));
            lines.add(Failures.form(call, e));
        });
        call.finish(json, lines.isEmpty() ? call.text("forget.nothing") : String.join("\n", lines));
    }
}
