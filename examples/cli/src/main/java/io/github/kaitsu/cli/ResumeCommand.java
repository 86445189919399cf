package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationView;
import io.github.kaitsu.cli.Choices.Choice;
import io.github.kaitsu.sandbox.Sandbox;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Goes on with a run, after a stop or a crash, in the way it was started. */
@Command(name = "resume")
final class ResumeCommand extends Subcommand {
    @Mixin
    private StateOptions state = new StateOptions();

    @Mixin
    private OperatorOptions operator = new OperatorOptions();

    @Override
    int run(Invocation call) throws InterruptedException {
        Workspace workspace = state.workspace(call);
        ActivationView view;
        try (Desk desk = Desk.open(call, state)) {
            view = desk.view();
        }
        Choice before = workspace.choice(view.id());
        OperatorKind kind = operator.kind().orElse(before.operator());
        if (workspace.recordedChoice(view.id()).isEmpty()) {
            call.error(call.text("resume.not-recorded", view.id(), kind.id()));
        }
        Optional<Sandbox> sandbox = SandboxAgain.of(workspace, before, view);
        try (Session session = Session.open(
                call, operator.setting(view.customer(), Optional.of(workspace), sandbox, kind, before.connected()))) {
            workspace.remember(view.id(), new Choice(kind, before.sandbox(), before.connected()));
            call.say(call.text(
                    "resume",
                    view.id(),
                    CommandWords.customer(view.company(), view.customer().organisation())));
            return session.bringForward(view.id());
        }
    }
}
