package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.cli.Choices.Choice;
import io.github.kaitsu.sandbox.Sandbox;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Ends a run; nothing that was done at a provider is undone, but the own access is given back. */
@Command(name = "cancel")
final class CancelCommand extends Subcommand {
    @Mixin
    private StateOptions state = new StateOptions();

    @Option(names = "--by", required = true, paramLabel = "WHO")
    private String by = "";

    @Override
    int run(Invocation call) throws InterruptedException {
        try (Desk desk = Desk.open(call, state)) {
            if (!desk.view().ended()) {
                desk.client().cancel(desk.view().id(), by);
                end(call, desk);
            }
            StandingRun.print(call, desk, desk.newView());
            return Exits.SUCCESS;
        }
    }

    /** A cancelled run only ends; a process that is at it already does that itself. */
    private void end(Invocation call, Desk desk) throws InterruptedException {
        Workspace workspace = state.workspace(call);
        ActivationView run = desk.view();
        try {
            Choice before = workspace.choice(run.id());
            Optional<Sandbox> sandbox = SandboxAgain.of(workspace, before, run);
            try (Session session =
                    Session.open(call, Session.Setting.nobody(run.customer(), workspace, sandbox, before))) {
                session.client().advance(run.id());
            }
        } catch (KaitsuException e) {
            if (e.code() != ErrorCode.STORE_BUSY) {
                throw e;
            }
            desk.client().advance(run.id()); // somebody has the sandbox, whose tokens open nothing
        }
    }
}
