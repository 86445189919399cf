package io.github.kaitsu.console;

import io.github.kaitsu.Edition;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.text.Labels;
import io.github.kaitsu.text.PastedText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The labels of the vendors' pages for a program that looks for them: whole, in both languages, without the remarks that the
 * catalogue adds for people. Immutable.
 */
public final class PageLabels {
    private static final Pattern ENGLISH_REMARK = Pattern.compile("^(.+) \\(\"(.+)\", our translation\\)$");
    private static final Pattern JAPANESE_REMARK = Pattern.compile("^(.+)（「(.+)」は当方の訳）$");

    private PageLabels() {}

    /**
     * Every form in which a page of this edition may show the label: Japanese, English, and where no source attests one of
     * them, our translation. Only a whole label may be compared with them, by {@link #key}.
     *
     * @param key a key of the catalogue, as {@link ActionTemplate} uses them: {@code console.add}
     */
    public static List<String> of(Edition edition, String key) {
        Set<String> all = new LinkedHashSet<>();
        for (Locale locale : List.of(Locale.JAPANESE, Locale.ENGLISH)) {
            String text = Labels.of(edition, locale).text(key);
            Matcher remark = (locale.equals(Locale.JAPANESE) ? JAPANESE_REMARK : ENGLISH_REMARK).matcher(text);
            if (remark.matches()) {
                all.add(remark.group(1));
                all.add(remark.group(2));
            } else {
                all.add(text);
            }
        }
        return List.copyOf(all);
    }

    /** One width, no case, no spaces: two labels are the same if their keys are. */
    public static String key(String label) {
        return PastedText.key(label);
    }
}
