package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.OperatorAction;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Whether an answer has the form its action asks for. */
final class Answers {
    private static final int LONGEST_TEXT = 200_000;

    private final Journals journals;

    Answers(Journals journals) {
        this.journals = journals;
    }

    /**
     * The answer as it is kept: a choice in the word the action gives, whatever its case.
     *
     * @throws KaitsuException ANSWER_FORM if it does not fit
     */
    Answer fitting(OperatorAction action, Answer answer) {
        check(action, answer);
        if (action.form().kind() == AnswerForm.Kind.CHOICE && answer instanceof Answer.Saw saw) {
            return new Answer.Saw(saw.by(), choice(saw.text()));
        }
        return answer;
    }

    private static String choice(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    private void check(OperatorAction action, Answer answer) {
        AnswerForm form = action.form();
        if (answer instanceof Answer.Saw saw) {
            seen(form, saw.text());
        } else if (answer instanceof Answer.Done) {
            if (!form.takesDone()) {
                throw KaitsuException.of(ErrorCode.ANSWER_FORM, variant(form), String.join(", ", form.choices()));
            }
        }
    }

    /**
     * Refuses what is too long to be an answer to anything, in time or late.
     *
     * @throws KaitsuException ANSWER_FORM
     */
    static void checkLength(Answer answer) {
        String text = answer instanceof Answer.Saw saw
                ? saw.text()
                : answer instanceof Answer.Blocked blocked
                        ? blocked.text()
                        : answer instanceof Answer.HandedBack back ? back.text() : "";
        if (text.length() > LONGEST_TEXT) {
            throw KaitsuException.of(ErrorCode.ANSWER_FORM, "text");
        }
    }

    /** Whether an answer says that something is not so, or will not be done. */
    static boolean isRefusal(Answer answer) {
        return StepDecider.refusal(answer).isPresent();
    }

    private void seen(AnswerForm form, String text) {
        boolean fits = switch (form.kind()) {
            case DONE -> false;
            case CHOICE -> form.choices().contains(choice(text));
            case CONSOLE_TEXT -> isConsole(text);
            case ADDRESS -> text.strip().matches(form.pattern());
        };
        if (!fits) {
            throw KaitsuException.of(ErrorCode.ANSWER_FORM, variant(form), String.join(", ", form.choices()));
        }
    }

    private static String variant(AnswerForm form) {
        return switch (form.kind()) {
            case DONE -> "done";
            case CHOICE -> "choice";
            case CONSOLE_TEXT -> "console";
            case ADDRESS -> "address";
        };
    }

    /** Anything of the console will do: what is missing is asked for by name (COMMON-19). */
    private boolean isConsole(String text) {
        return journals.reading(text, Set.of()).isRecognised();
    }

    /**
     * Refuses a text in which nothing of the console can be recognised.
     *
     * @throws KaitsuException ANSWER_FORM
     */
    void checkConsole(Answer.Saw saw) {
        checkLength(saw);
        seen(AnswerForm.consoleText(List.of()), saw.text());
    }
}
