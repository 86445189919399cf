package io.github.kaitsu.text;

import io.github.kaitsu.Edition;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The labels of the pages, as they show them, in one language and edition. Texts name a label as {@code {console.add}}.
 *
 * <p>Where no source attests a label in a language, the file holds the original and a translation marked as ours.
 */
public final class Labels {
    private static final Pattern NAME = Pattern.compile("\\{([a-z0-9]+\\.[A-Za-z0-9.-]+)}");

    private final Texts texts;
    private final Edition edition;

    private Labels(Texts texts, Edition edition) {
        this.texts = texts;
        this.edition = edition;
    }

    public static Labels of(Edition edition, Locale locale) {
        return new Labels(Texts.load(Labels.class, "labels", locale), edition);
    }

    /** The variant of texts and labels in an edition; until somebody has looked, what is shown is as the manuals have it. */
    public static String variant(Edition edition) {
        return (edition == Edition.AUTO ? Edition.CONSOLE_2024_04 : edition).id();
    }

    /** A label by key, as the edition has it. */
    public String text(String key) {
        return texts.get(key, Set.of(variant(edition)));
    }

    /** Puts labels and arguments into a text. */
    public String fill(String pattern, List<String> arguments) {
        Matcher m = NAME.matcher(pattern);
        StringBuilder out = new StringBuilder();
        while (m.find()) {
            m.appendReplacement(out, Matcher.quoteReplacement(text(m.group(1))));
        }
        return Texts.fill(m.appendTail(out).toString(), arguments);
    }
}
