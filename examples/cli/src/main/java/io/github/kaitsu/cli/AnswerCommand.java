package io.github.kaitsu.cli;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.Answer;
import io.github.kaitsu.BlockReason;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers an action, beside whichever process brings the run forward. What was pasted comes from standard input only. */
@Command(name = "answer")
final class AnswerCommand extends Subcommand {
    @Mixin
    private StateOptions state = new StateOptions();

    @Parameters(index = "0", paramLabel = "ACTION", descriptionKey = "ACTION")
    private String action = "";

    @Parameters(index = "1", paramLabel = "ANSWER", descriptionKey = "ANSWER")
    private String answer = "";

    @Parameters(index = "2", arity = "0..1", paramLabel = "-|CODE", descriptionKey = "DETAIL")
    private @Nullable String detail;

    @Option(names = "--by", required = true, paramLabel = "WHO")
    private String by = "";

    @Override
    int run(Invocation call) throws InterruptedException {
        Answer given = given(call);
        try (Desk desk = Desk.open(state)) {
            desk.client().answer(desk.view().id(), new ActionId(action), given);
            bringForward(call, desk.view());
            ActivationView view = desk.newView();
            StandingRun.print(call, desk, view);
            return Exits.of(view);
        }
    }

    /** As far as it goes now, so that what comes next can be seen; a process that is at the run already does it itself. */
    private void bringForward(Invocation call, ActivationView run) throws InterruptedException {
        Workspace workspace = state.workspace();
        try (Session session = Session.open(
                call,
                new Session.Setting(
                        run.customer(),
                        Optional.of(workspace),
                        SandboxAgain.of(workspace, workspace.choice(run.id()), run),
                        OperatorKind.NONE,
                        null,
                        false,
                        Session.Browser.plain()))) {
            session.client().advance(run.id());
        } catch (KaitsuException e) {
            if (e.code() != ErrorCode.STORE_BUSY) {
                throw e;
            }
        }
    }

    private Answer given(Invocation call) {
        return switch (answer) {
            case "done" -> without(Answer.done(by));
            case "declined" -> without(Answer.declined(by));
            case "not-yet" -> without(Answer.notYet(by));
            case "blocked" -> Answer.blocked(by, reason());
            case "saw" -> Answer.saw(by, seen(call));
            default -> throw Refusal.usage("answer", answer);
        };
    }

    private BlockReason reason() {
        return BlockReason.parse(detail == null ? "" : detail)
                .orElseThrow(() -> Refusal.usage("blocked", TerminalPerson.reasons()));
    }

    private String seen(Invocation call) {
        if (!InputFile.STDIN.equals(detail)) {
            throw Refusal.usage("saw");
        }
        return InputFile.read(InputFile.STDIN, call.io());
    }

    private Answer without(Answer plain) {
        if (detail != null) {
            throw Refusal.usage("unknown", detail);
        }
        return plain;
    }
}
