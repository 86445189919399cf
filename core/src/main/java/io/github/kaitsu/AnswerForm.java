package io.github.kaitsu;

import java.util.List;

/**
 * Which answer an action asks for.
 *
 * @param choices the words accepted by {@link Kind#CHOICE}, else empty
 * @param parts the parts of the console that {@link Kind#CONSOLE_TEXT} asks for, else empty; more may be pasted
 */
public record AnswerForm(Kind kind, List<String> choices, List<ConsoleReading.Part> parts) {
    public enum Kind {
        /** Done, once the goal holds. */
        DONE,
        /** The text of the console's pages, or their short forms ({@link ConsoleReading}); in one paste or several. */
        CONSOLE_TEXT,
        /** One of a few words; {@code yes} may be given as done. */
        CHOICE,
        /** The address of the SharePoint admin centre. */
        SHAREPOINT_ADMIN_SITE
    }

    public AnswerForm {
        choices = List.copyOf(choices);
        parts = List.copyOf(parts);
    }

    public AnswerForm(Kind kind, List<String> choices) {
        this(kind, choices, List.of());
    }

    public static AnswerForm done() {
        return new AnswerForm(Kind.DONE, List.of());
    }

    public static AnswerForm consoleText(List<ConsoleReading.Part> parts) {
        return new AnswerForm(Kind.CONSOLE_TEXT, List.of(), parts);
    }

    public static AnswerForm yesOrNo() {
        return choice("yes", "no");
    }

    public static AnswerForm choice(String... words) {
        return new AnswerForm(Kind.CHOICE, List.of(words));
    }
}
