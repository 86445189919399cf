package io.github.kaitsu.cli;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.cli.Choices.Choice;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.sandbox.Sandbox;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Answers an action, hands in pages of the console unasked, or takes one of both back; beside whichever process brings the run
 * forward. What was pasted comes from standard input only.
 */
@Command(name = "answer")
final class AnswerCommand extends Subcommand {
    /** In place of an action's id: the console itself, whether somebody asked for it or not. */
    private static final String CONSOLE = "console";

    @Mixin
    private StateOptions state = new StateOptions();

    @Parameters(index = "0", paramLabel = "ACTION", descriptionKey = "ACTION")
    private String action = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "ANSWER", descriptionKey = "ANSWER")
    private @Nullable String answer;

    @Parameters(index = "2", arity = "0..1", paramLabel = "-|CODE", descriptionKey = "DETAIL")
    private @Nullable String detail;

    @Option(names = "--by", required = true, paramLabel = "WHO")
    private String by = "";

    @Option(names = "--correct")
    private boolean corrects;

    @Override
    int run(Invocation call) throws InterruptedException {
        Optional<Answer> given = given(call);
        try (Desk desk = Desk.open(call, state)) {
            ActivationView before = desk.view();
            int entries = entries(desk);
            Optional<String> reading = given.flatMap(a -> reading(before, a));
            if (given.isEmpty()) {
                correct(desk.client(), before.id());
            } else {
                hand(desk.client(), before, given.get());
            }
            boolean isNew = entries(desk) > entries; // the same answer again is none
            bringForward(call, before, sandbox -> {
                if (isNew) {
                    given.ifPresentOrElse(a -> Counted.answer(sandbox, a), () -> Counted.correction(sandbox));
                }
            });
            ActivationView after = desk.newView();
            StandingRun.print(call, desk, after, reading.map(text -> Reading.of(desk.client(), after, text)));
            return Exits.of(after);
        }
    }

    private static int entries(Desk desk) {
        return desk.client().events(desk.view().id()).size();
    }

    private void hand(ActivationClient client, ActivationView run, Answer given) {
        if (!action.equals(CONSOLE)) {
            client.answer(run.id(), ActionId.of(action), given);
        } else if (run.ended()) {
            throw Refusal.of(ErrorCode.ACTIVATION_ENDED, "error.ended-console", run.id());
        } else {
            client.handIn(run.id(), (Answer.Saw) given);
        }
    }

    private void correct(ActivationClient client, ActivationId run) {
        if (action.equals(CONSOLE)) {
            client.correctReading(run, by);
        } else {
            client.correct(run, ActionId.of(action), by);
        }
    }

    /** What was pasted, if it is of the console. */
    private Optional<String> reading(ActivationView run, Answer given) {
        boolean isConsole = action.equals(CONSOLE)
                || run.openActions().stream()
                        .anyMatch(
                                a -> a.id().value().equals(action) && a.form().kind() == AnswerForm.Kind.CONSOLE_TEXT);
        return isConsole && given instanceof Answer.Saw saw ? Optional.of(saw.text()) : Optional.empty();
    }

    /**
     * As far as it goes now, so that what comes next can be seen; a process that is at the run already does it itself.
     *
     * @param counting tells a sandbox what was done here
     */
    private void bringForward(Invocation call, ActivationView run, Consumer<Sandbox> counting)
            throws InterruptedException {
        Workspace workspace = state.workspace(call);
        Choice before = workspace.choice(run.id());
        try {
            Optional<Sandbox> sandbox = SandboxAgain.of(workspace, before, run);
            sandbox.ifPresent(counting);
            Session.Setting setting = Session.Setting.nobody(run.customer(), workspace, sandbox, before);
            try (Session session = Session.open(call, setting)) {
                session.client().advance(run.id());
            }
        } catch (KaitsuException e) {
            if (e.code() != ErrorCode.STORE_BUSY) {
                throw e;
            }
        }
    }

    // ---- the command line

    /** Empty for a correction. */
    private Optional<Answer> given(Invocation call) {
        if (corrects) {
            if (answer != null) {
                throw Refusal.usage("correct");
            }
            return Optional.empty();
        }
        String said = answer;
        if (said == null) {
            throw Refusal.usage("missing", "ANSWER");
        }
        AnswerWord word = AnswerWords.word(said).orElseThrow(() -> Refusal.usage("answer", said));
        if (action.equals(CONSOLE) && word != AnswerWord.SEE) {
            throw Refusal.usage("console");
        }
        return Optional.of(
                switch (word) {
                    case DONE -> without(Answer.done(by));
                    case YES -> without(Answer.saw(by, "yes"));
                    case NO -> without(Answer.saw(by, "no"));
                    case DECLINED -> without(Answer.declined(by));
                    case NOT_YET -> without(Answer.notYet(by));
                    case NOT_DONE -> Answer.blocked(by, reason(call));
                    case SEE -> Answer.saw(by, seen(call));
                    case LATER, LEAVE, BACK -> throw Refusal.usage("answer", said);
                });
    }

    private BlockReason reason(Invocation call) {
        return AnswerWords.reason(detail == null ? "" : detail)
                .orElseThrow(() -> Refusal.usage("blocked", codes(call)));
    }

    private static String codes(Invocation call) {
        return Arrays.stream(BlockReason.values())
                .map(reason -> call.text("choice.offer", reason.name(), reason.label(call.locale())))
                .collect(Collectors.joining(", "));
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
