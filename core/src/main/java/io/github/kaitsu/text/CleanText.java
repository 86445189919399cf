package io.github.kaitsu.text;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Texts of vendors and persons, made harmless for the page they are put on. Line breaks become spaces, control characters the
 * replacement character, and what is invisible or turns the direction of writing goes.
 */
public final class CleanText {
    private static final String ALWAYS_SPECIAL = "\\`*_[]<>|~&";
    private static final String SPECIAL_AT_THE_START = "#+-=";
    private static final String BEGINS_A_FORMULA = "=+-@＝＋－＠";
    private static final Pattern NUMBER_OF_A_LIST = Pattern.compile("^(\\d+)([.)])");
    private static final Pattern BACKTICKS = Pattern.compile("`+");
    private static final int REPLACEMENT = 0xFFFD;

    private CleanText() {}

    /** For a terminal or a text file. */
    public static String plain(String text) {
        StringBuilder out = new StringBuilder(text.length());
        String visible = PastedText.INVISIBLE.matcher(text).replaceAll("");
        visible.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> out.append(' ');
                case Character.CONTROL ->
                    out.appendCodePoint(Character.isWhitespace(c) || c == 0x85 ? ' ' : REPLACEMENT);
                case Character.SURROGATE -> out.appendCodePoint(REPLACEMENT); // half a character
                default -> out.appendCodePoint(c);
            }
        });
        return out.toString().strip();
    }

    /** For a terminal or a text file, keeping its line breaks, as {@code \n} and none at either end. */
    public static String lines(String text) {
        return text.lines()
                .map(CleanText::plain)
                .collect(Collectors.joining("\n"))
                .strip();
    }

    /**
     * A cell of comma-separated values, quoted, with its line breaks. What a spreadsheet would take for a formula begins with an
     * apostrophe, so that it is shown and not calculated; the full-width signs count, which Japanese spreadsheets take for the same.
     */
    public static String csv(String text) {
        String lines = lines(text);
        boolean formula = !lines.isEmpty() && BEGINS_A_FORMULA.indexOf(lines.charAt(0)) >= 0;
        return '"' + (formula ? "'" : "") + lines.replace("\"", "\"\"") + '"';
    }

    /** For a place in Markdown where only text is wanted, a table's cell included. */
    public static String markdown(String text) {
        String plain = plain(text);
        StringBuilder out = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            boolean isLink =
                    plain.startsWith("://", i) || (c == '.' && endsWithWww(plain, i)); // GitHub links them by itself
            if (ALWAYS_SPECIAL.indexOf(c) >= 0 || isLink || (i == 0 && SPECIAL_AT_THE_START.indexOf(c) >= 0)) {
                out.append('\\');
            }
            out.append(c);
        }
        return NUMBER_OF_A_LIST.matcher(out).replaceFirst("$1\\\\$2");
    }

    private static boolean endsWithWww(String text, int end) {
        return end >= 3 && text.regionMatches(true, end - 3, "www", 0, 3);
    }

    /** As code in Markdown: shown and copied as it is. */
    public static String markdownCode(String text) {
        String plain = plain(text);
        int longest = BACKTICKS
                .matcher(plain)
                .results()
                .mapToInt(m -> m.group().length())
                .max()
                .orElse(0);
        String fence = "`".repeat(longest + 1);
        boolean touches = plain.startsWith("`") || plain.endsWith("`");
        return touches ? fence + " " + plain + " " + fence : fence + plain + fence;
    }

    /** For text and for quoted attributes in HTML. */
    public static String html(String text) {
        return escaped(plain(text));
    }

    /** For preformatted text in HTML, keeping its line breaks. */
    public static String htmlLines(String text) {
        return escaped(lines(text));
    }

    private static String escaped(String harmless) {
        return harmless.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
