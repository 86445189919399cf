package io.github.kaitsu;

import java.util.List;

/**
 * Which answer an action asks for.
 *
 * @param choices the words accepted by {@link Kind#CHOICE}, else empty
 */
public record AnswerForm(Kind kind, List<String> choices) {
    public enum Kind {
        /** Done, once the goal holds. */
        DONE,
        /** The text of the console's lists, pasted whole ({@code ConsoleReading}). */
        CONSOLE_TEXT,
        /** One of a few words; {@code yes} may be given as done. */
        CHOICE,
        /** The address of the SharePoint admin centre. */
        SHAREPOINT_ADMIN_SITE
    }

    public AnswerForm {
        choices = List.copyOf(choices);
    }

    public static AnswerForm done() {
        return new AnswerForm(Kind.DONE, List.of());
    }

    public static AnswerForm consoleText() {
        return new AnswerForm(Kind.CONSOLE_TEXT, List.of());
    }

    public static AnswerForm yesOrNo() {
        return choice("yes", "no");
    }

    public static AnswerForm choice(String... words) {
        return new AnswerForm(Kind.CHOICE, List.of(words));
    }
}
