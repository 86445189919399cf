package io.github.kaitsu.browser.internal;

import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Patterns that match a whole label in any width, case and spacing, and nothing that only contains it. The browser computes the
 * accessible name; the pattern is what is compared with it.
 */
final class Label {
    private static final int FIRST_ASCII = 0x21;
    private static final int LAST_ASCII = 0x7e;
    private static final int TO_FULL_WIDTH = 0xfee0;
    private static final Map<Integer, String> HALF_KATAKANA = halfKatakana();

    /** For Java's patterns, too, whose \\s knows only ASCII's. */
    private static final String SPACES = "[\\s\\u00a0\\u2000-\\u200b\\u3000]*";

    private Label() {}

    static Pattern whole(Collection<String> labels) {
        return whole(labels, "");
    }

    /** As {@link #whole(Collection)}, with a number in parentheses allowed behind: 通知 (3). */
    static Pattern wholeOrCounted(Collection<String> labels) {
        return whole(labels, "(?:[(（]" + SPACES + "[0-9０-９]+" + SPACES + "[)）]" + SPACES + ")?");
    }

    private static Pattern whole(Collection<String> labels, String behind) {
        String any = labels.stream().map(Label::spaced).collect(Collectors.joining("|"));
        return Pattern.compile("^" + SPACES + "(?:" + any + ")" + behind + "$", Pattern.CASE_INSENSITIVE);
    }

    private static String spaced(String label) {
        return Normalizer.normalize(label, Normalizer.Form.NFKC)
                .codePoints()
                .filter(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c))
                .mapToObj(c -> anyWidth(c) + SPACES)
                .collect(Collectors.joining());
    }

    private static String anyWidth(int c) {
        if (c >= FIRST_ASCII && c <= LAST_ASCII) {
            return "[" + quoted(c) + Character.toString(c + TO_FULL_WIDTH) + "]";
        }
        String half = HALF_KATAKANA.get(c);
        return half == null ? Character.toString(c) : "(?:" + Character.toString(c) + "|" + half + ")";
    }

    private static String quoted(int c) {
        return Character.isLetterOrDigit(c) ? Character.toString(c) : "\\" + Character.toString(c);
    }

    private static Map<Integer, String> halfKatakana() {
        Map<Integer, String> halves = new HashMap<>();
        for (char c = '\uff61'; c <= '\uff9f'; c++) {
            for (String mark : new String[] {"", "\uff9e", "\uff9f"}) {
                String full = Normalizer.normalize(c + mark, Normalizer.Form.NFKC);
                if (full.codePointCount(0, full.length()) == 1) {
                    halves.put(full.codePointAt(0), c + mark);
                }
            }
        }
        return Map.copyOf(halves);
    }
}
