package io.github.kaitsu.text;

import io.github.kaitsu.Edition;
import java.util.List;
import java.util.Locale;
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

    /** A label by key; an edition may have its own under {@code <key>@<edition id>}. */
    public String text(String key) {
        return texts.find(key + "@" + edition.id()).orElseGet(() -> texts.get(key));
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
