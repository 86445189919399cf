package io.github.kaitsu.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.DriftReport;
import io.github.kaitsu.cli.Choices.Choice;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.sandbox.HandsOn;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.ScriptedPerson;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Looks again at everything that an activation proved, long after. Writes nothing. What no API tells stands in the console, which
 * a person reads: the pages are handed in with the command, or the sandbox's person reads them.
 */
@Command(name = "verify")
final class VerifyCommand extends Subcommand {
    @Mixin
    private StateOptions state = new StateOptions();

    @Option(names = "--console", paramLabel = "FILE|-")
    private @Nullable String console;

    @Option(names = "--by", paramLabel = "WHO")
    private @Nullable String by;

    @Option(names = "--operator", paramLabel = "script|none")
    private @Nullable String operator;

    @Override
    int run(Invocation call) throws InterruptedException {
        Optional<Answer.Saw> pages = pages(call);
        Workspace workspace = state.workspace(call);
        ActivationView newest = newest(call);
        Choice before = workspace.choice(newest.id());
        boolean reads = pages.isEmpty() && isScript(before);
        Optional<Sandbox> sandbox = SandboxAgain.of(workspace, before, newest);
        Access access = Access.of(call, Optional.of(workspace), sandbox, newest.customer());
        try (ActivationClient client = ActivationClient.builder()
                .provisioners(
                        Provisioners.of(before.connected(), new Links(newest.customer(), access.consents(), sandbox)))
                .store(workspace.store())
                .clock(sandbox.<Clock>map(Sandbox::clock).orElse(Clock.systemUTC()))
                .build()) {
            DriftReport drift = verified(client, newest.customer(), pages);
            if (reads && sandbox.isPresent()) {
                pages = read(call, drift, sandbox.get());
                drift = pages.isPresent() ? client.verify(newest.customer(), pages.get()) : drift;
            }
            Optional<Reading> reading =
                    pages.map(saw -> new Reading(Reading.parse(client, newest.id(), saw.text()), List.of()));
            return print(call, client, drift, reading, sandbox);
        } finally {
            access.close();
            sandbox.ifPresent(Sandbox::close);
        }
    }

    private static DriftReport verified(ActivationClient client, CustomerId whom, Optional<Answer.Saw> pages)
            throws InterruptedException {
        return pages.isPresent() ? client.verify(whom, pages.get()) : client.verify(whom);
    }

    private int print(
            Invocation call,
            ActivationClient client,
            DriftReport drift,
            Optional<Reading> reading,
            Optional<Sandbox> sandbox) {
        ActivationView then = client.find(drift.activation()).orElseThrow().view();
        DriftVerdict verdict = DriftVerdict.of(drift);
        ObjectNode document = RunDocument.of(DriftView.of(then, drift), sandbox.map(Sandbox::summary), call.locale());
        DriftText text = new DriftText(call, drift, verdict, reading);
        text.into(document);
        if (call.json()) {
            call.result(document);
        } else {
            call.result(text.lines(then, state.workspace(call).folder(), Pages.of(sandbox)));
        }
        return verdict.exit();
    }

    private ActivationView newest(Invocation call) {
        try (Desk desk = Desk.open(call, state)) {
            return desk.view();
        }
    }

    // ---- who reads the console

    private Optional<Answer.Saw> pages(Invocation call) {
        if (console == null) {
            return Optional.empty();
        }
        if (by == null) {
            throw Refusal.usage("missing", "--by");
        }
        return Optional.of(new Answer.Saw(by, InputFile.read(console, call.io())));
    }

    /** Whoever read it while the activation ran reads it again. */
    private boolean isScript(Choice before) {
        if (operator == null) {
            return before.sandbox().isPresent() && before.operator() == OperatorKind.SCRIPT;
        }
        return switch (OperatorKind.parse(operator)) {
            case SCRIPT -> {
                if (before.sandbox().isEmpty()) {
                    throw Refusal.usage("script");
                }
                yield true;
            }
            case NONE -> false;
            default -> throw Refusal.usage("verify-operator", operator);
        };
    }

    /** The console, as the sandbox's person reads it; empty if there is nothing to read. */
    static Optional<Answer.Saw> read(Invocation call, DriftReport drift, Sandbox sandbox) {
        ScriptedPerson person = new ScriptedPerson(sandbox, ScriptedHands.name(call));
        return drift.console()
                .map(person::perform)
                .filter(Answer.Saw.class::isInstance)
                .map(Answer.Saw.class::cast)
                .map(saw -> {
                    sandbox.counted(HandsOn.Kind.ANSWERS, 1);
                    return saw;
                });
    }
}
