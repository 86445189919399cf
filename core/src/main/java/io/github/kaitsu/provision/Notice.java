package io.github.kaitsu.provision;

import io.github.kaitsu.Edition;
import io.github.kaitsu.text.Labels;
import io.github.kaitsu.text.Texts;
import java.util.List;
import java.util.Locale;

/** A sentence for the plan or the report, by key of a text file {@code actions_<ja|en>.properties}. */
public record Notice(String rule, Class<?> texts, String key, List<String> arguments) {
    public Notice {
        arguments = List.copyOf(arguments);
    }

    public static Notice of(String rule, Class<?> texts, String key, String... arguments) {
        return new Notice(rule, texts, key, List.of(arguments));
    }

    public String text(Locale locale) {
        String pattern = Texts.load(texts, "actions", locale).get(key);
        return Labels.of(Edition.AUTO, locale).fill(pattern, arguments);
    }
}
