package io.github.kaitsu.internal;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What people paste: mails and console pages with mixed widths, spaces and line ends, quoting of forwarded mails and the
 * noise of text recognition and Markdown.
 */
public final class PastedText {
    /** Longer than any page of the console, short enough to be read at once. */
    public static final int LONGEST = 1_000_000;

    private static final Pattern LINE_END = Pattern.compile("\\r\\n|[\\n\\r\\u0085\\u2028\\u2029\\f\\u000B]");
    private static final Pattern QUOTING = Pattern.compile("^[\\s\\p{Z}>＞]*[>＞]");
    private static final Pattern MARKDOWN_ESCAPE = Pattern.compile("\\\\([\\\\`*_{}\\[\\]()<>#+\\-.!|&~])");
    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}\\x{85}]+");
    private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}+");
    private static final Pattern CELL_END = Pattern.compile("\\t|[\\s\\p{Z}]{2,}");
    private static final Pattern CHECKBOX = Pattern.compile("(?i)<input[^<>]*>|[☐☑☒□■✓✔]|\\[[ x]?]");

    private PastedText() {}

    /** The lines without line ends, quoting of forwarded mails, Markdown's backslashes and the bars of its tables. */
    public static List<String> lines(String text) {
        return Arrays.stream(LINE_END.split(text, -1)).map(PastedText::clean).toList();
    }

    private static String clean(String line) {
        String bare = line.startsWith("\uFEFF") ? line.substring(1) : line;
        bare = QUOTING.matcher(bare).replaceFirst("");
        bare = MARKDOWN_ESCAPE.matcher(bare).replaceAll("$1");
        String tableRow = strip(bare);
        return tableRow.startsWith("|") ? tableRow.replace('|', '\t') : bare;
    }

    /** One width, single spaces, no invisible characters, nothing around: for comparing names that keep their case. */
    public static String fold(String text) {
        String oneWidth = Normalizer.normalize(text, Normalizer.Form.NFKC);
        return SPACES.matcher(INVISIBLE.matcher(oneWidth).replaceAll(""))
                .replaceAll(" ")
                .strip();
    }

    /** As {@link #fold}, without case and spaces: for comparing whole labels and sentences. */
    public static String key(String text) {
        return fold(text).replace(" ", "").toLowerCase(Locale.ROOT);
    }

    /** Removes spaces of every width from both ends, and nothing else. */
    public static String strip(String text) {
        return strip(text, "");
    }

    /** Removes spaces and the given characters from both ends; unlike a pattern in linear time. */
    public static String strip(String text, String noise) {
        int from = 0;
        int to = text.length();
        while (from < to && isNoise(text.charAt(from), noise)) {
            from++;
        }
        while (to > from && isNoise(text.charAt(to - 1), noise)) {
            to--;
        }
        return text.substring(from, to);
    }

    /** The cells of a pasted table row: what tabs or several spaces separate, without check boxes and empty ones. */
    public static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        for (String cell : CELL_END.split(CHECKBOX.matcher(line).replaceAll("\t"))) {
            String bare = strip(cell);
            if (!bare.isEmpty()) {
                cells.add(bare);
            }
        }
        return List.copyOf(cells);
    }

    private static boolean isNoise(char c, String noise) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || noise.indexOf(c) >= 0;
    }
}
