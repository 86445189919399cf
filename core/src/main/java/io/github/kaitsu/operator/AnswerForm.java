package io.github.kaitsu.operator;

import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which answer an action asks for.
 *
 * @param choices the words accepted by {@link Kind#CHOICE}, else empty
 * @param parts the parts of the console that {@link Kind#CONSOLE_TEXT} asks for, else empty; more may be pasted
 * @param pattern the regular expression of {@link Kind#ADDRESS}, for the text without spaces around it; else empty
 */
public record AnswerForm(Kind kind, List<String> choices, List<ConsoleReading.Part> parts, String pattern) {
    /** What an answer looks like. */
    public enum Kind {
        /** Done, once the goal holds. */
        DONE,
        /** The text of the console's pages, or their short forms ({@link ConsoleReading}); in one paste or several. */
        CONSOLE_TEXT,
        /** One of a few words; {@code yes} may be given as done. */
        CHOICE,
        /** An address, copied from the browser. */
        ADDRESS
    }

    /** {@code yes} of a yes-or-no question, which may be given as done. */
    private static final String YES = "yes";

    /** Keeps unmodifiable copies. */
    public AnswerForm {
        choices = List.copyOf(choices);
        parts = List.copyOf(parts);
    }

    private AnswerForm(Kind kind, List<String> choices) {
        this(kind, choices, List.of(), "");
    }

    /** Done, without any text. */
    public static AnswerForm done() {
        return new AnswerForm(Kind.DONE, List.of());
    }

    /** Pages of the console that hold these parts, or their short forms. */
    public static AnswerForm consoleText(List<ConsoleReading.Part> parts) {
        return new AnswerForm(Kind.CONSOLE_TEXT, List.of(), parts, "");
    }

    /** An address that matches as a whole. */
    public static AnswerForm address(Pattern accepted) {
        return new AnswerForm(Kind.ADDRESS, List.of(), List.of(), accepted.pattern());
    }

    /** {@code yes} or {@code no}. */
    public static AnswerForm yesOrNo() {
        return choice(YES, "no");
    }

    /** Whether {@link Answer.Done} fits: for what is done once the goal holds, and for yes. */
    public boolean takesDone() {
        return kind == Kind.DONE || (kind == Kind.CHOICE && choices.contains(YES));
    }

    /**
     * The answers that a person may give, by their names in the journal, the one asked for first: {@code done} or {@code saw} or
     * both, then {@code blocked}, {@code not-yet}, {@code declined}.
     */
    public List<String> answers() {
        List<String> answers = new ArrayList<>();
        if (kind != Kind.DONE) {
            answers.add("saw");
        }
        if (takesDone()) {
            answers.add("done");
        }
        answers.addAll(List.of("blocked", "not-yet", "declined"));
        return List.copyOf(answers);
    }

    /** What the button of one of the {@linkplain #answers answers} says. */
    public static String label(String answer, Locale locale) {
        return Texts.load(Texts.class, "actions", locale).get("answer." + answer);
    }

    /** What a part of the console is called. */
    public static String label(ConsoleReading.Part part, Locale locale) {
        return Texts.load(Texts.class, "actions", locale).get("part." + part.name());
    }

    /** One of these words, as they are. */
    public static AnswerForm choice(String... words) {
        return new AnswerForm(Kind.CHOICE, List.of(words));
    }
}
