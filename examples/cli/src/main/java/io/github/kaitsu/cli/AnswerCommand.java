package io.github.kaitsu.cli;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.Answer;
import io.github.kaitsu.BlockReason;
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
    int run(Invocation call) {
        Answer given = given(call);
        try (Desk desk = Desk.open(state)) {
            desk.client().answer(desk.view().id(), new ActionId(action), given);
            ActivationView view = desk.newView();
            StandingRun.print(call, desk, view);
            return Exits.of(view);
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
