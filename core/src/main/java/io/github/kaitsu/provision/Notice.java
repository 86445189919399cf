package io.github.kaitsu.provision;

import io.github.kaitsu.Edition;
import io.github.kaitsu.text.Labels;
import io.github.kaitsu.text.Texts;
import java.util.List;
import java.util.Locale;

/** A sentence for the plan or the report, by key of a text file {@code actions_<ja|en>.properties}. */
public record Notice(String rule, Class<?> texts, String key, List<String> arguments, Kind kind) {
    /** Keeps an unmodifiable copy. */
    public Notice {
        arguments = List.copyOf(arguments);
    }

    /** How long it is worth saying. */
    public enum Kind {
        /** Until the service has ended: a warning, or what a step settles. */
        BEFOREHAND,
        /** For good. */
        NOTE,
        /** For good, and to be told to the users: a sentence, an empty line, and the text to send. */
        ANNOUNCEMENT
    }

    /** One that is worth saying for good. */
    public static Notice of(String rule, Class<?> texts, String key, String... arguments) {
        return new Notice(rule, texts, key, List.of(arguments), Kind.NOTE);
    }

    /** One that is worth saying until the service has ended. */
    public static Notice beforehand(String rule, Class<?> texts, String key, String... arguments) {
        return new Notice(rule, texts, key, List.of(arguments), Kind.BEFOREHAND);
    }

    /** One to be told to the users: a sentence, an empty line, and the text to send. */
    public static Notice announcement(String rule, Class<?> texts, String key, String... arguments) {
        return new Notice(rule, texts, key, List.of(arguments), Kind.ANNOUNCEMENT);
    }

    /** The sentence, Japanese for {@code ja} and English otherwise. */
    public String text(Locale locale) {
        String pattern = Texts.load(texts, "actions", locale).get(key);
        return Labels.of(Edition.AUTO, locale).fill(pattern, arguments);
    }
}
