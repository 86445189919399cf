package io.github.kaitsu.text;

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
    // Format characters, fillers, joiners and variation selectors: none of them shows.
    static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\x{34F}\\x{115F}\\x{1160}\\x{17B4}\\x{17B5}"
            + "\\x{180B}-\\x{180F}\\x{2800}\\x{3164}\\x{FE00}-\\x{FE0F}\\x{FFA0}\\x{E0100}-\\x{E01EF}]+");
    private static final String PRIVATE_USE = "[\\x{E000}-\\x{F8FF}\\x{F0000}-\\x{FFFFD}\\x{100000}-\\x{10FFFD}]";
    private static final Pattern ICON =
            Pattern.compile("(?:(?<=[\\s\\p{Z}])|^)" + PRIVATE_USE + "++|" + PRIVATE_USE + "++(?=[\\s\\p{Z}]|$)");
    private static final Pattern CELL_END = Pattern.compile("\\t|[\\s\\p{Z}]{2,}");
    private static final Pattern CHECKBOX = Pattern.compile("(?i)<input[^<>]*>|[☐☑☒□■✓✔]|\\[[ x]?]");

    private static final Pattern WEB_ADDRESS = Pattern.compile("(?i)https?://[^\\s\\p{Z}<>\"]+");

    private PastedText() {}

    /** The lines without line ends, quoting of forwarded mails, Markdown's backslashes and the bars of its tables. */
    public static List<String> lines(String text) {
        return Arrays.stream(LINE_END.split(text, -1)).map(PastedText::clean).toList();
    }

    private static String clean(String line) {
        String bare = line.startsWith("\uFEFF") ? line.substring(1) : line;
        if (bare.indexOf('>') >= 0 || bare.indexOf('＞') >= 0) {
            bare = QUOTING.matcher(bare).replaceFirst("");
        }
        if (bare.indexOf('\\') >= 0) {
            bare = MARKDOWN_ESCAPE.matcher(bare).replaceAll("$1");
        }
        String tableRow = strip(bare);
        return tableRow.startsWith("|") ? tableRow.replace('|', '\t') : bare;
    }

    /** One width, single spaces, no invisible characters, nothing around: for comparing names that keep their case. */
    public static String fold(String text) {
        boolean isPlain = isPlain(text);
        if (isPlain && hasSingleSpaces(text)) {
            return text;
        }
        String oneWidth = isPlain
                ? text
                : INVISIBLE
                        .matcher(Normalizer.normalize(text, Normalizer.Form.NFKC))
                        .replaceAll("");
        StringBuilder folded = new StringBuilder(oneWidth.length());
        for (int i = 0; i < oneWidth.length(); i++) {
            char c = oneWidth.charAt(i);
            if (!isSpace(c)) {
                folded.append(c);
            } else if (folded.length() > 0 && folded.charAt(folded.length() - 1) != ' ') {
                folded.append(' ');
            }
        }
        int length = folded.length();
        if (length > 0 && folded.charAt(length - 1) == ' ') {
            folded.setLength(length - 1);
        }
        return folded.toString();
    }

    /** Nothing to normalise: most of what is compared, and each line many times. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isKana = c >= 0x3041 && c <= 0x30FE && (c < 0x3097 || c > 0x309F);
            boolean isHan = c >= 0x4E00 && c <= 0x9FFF;
            if (c >= 0x7F && !isKana && !isHan && c != '。' && c != '、' && c != '「' && c != '」') {
                return false;
            }
        }
        return true;
    }

    /** Of what is plain: nothing but single spaces, and those inside. */
    private static boolean hasSingleSpaces(String text) {
        boolean isAfterSpace = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && isSpace(c)) {
                return false;
            }
            if (c == ' ' && isAfterSpace) {
                return false;
            }
            isAfterSpace = c == ' ';
        }
        return text.isEmpty() || !isAfterSpace;
    }

    private static boolean isSpace(char c) {
        return c == 0x85 || (c >= 0x9 && c <= 0xD) || Character.isSpaceChar(c);
    }

    /**
     * As {@link #fold}, for names: what Windows (CP932) and everybody else (JIS) make of one typed character is one, and icons
     * around a name are not part of it. Case stays.
     */
    public static String name(String text) {
        StringBuilder one = new StringBuilder(text.length());
        fold(withoutIcons(text)).chars().map(PastedText::ofBoth).forEach(c -> one.append((char) c));
        return one.toString();
    }

    private static int ofBoth(int c) {
        return switch (c) {
            case '\u301C', '\u223C' -> '~'; // wave dash; its partner, the full-width tilde, was folded to this
            case '\u2212' -> '-'; // minus
            case '\u2014' -> '\u2015'; // em dash
            case '\u2016' -> '\u2225'; // double vertical line
            default -> c;
        };
    }

    /** Without the glyphs of icon fonts that stand at an end or beside a space; inside a name they are somebody's characters. */
    public static String withoutIcons(String text) {
        return hasPrivateUse(text) ? ICON.matcher(text).replaceAll(" ") : text;
    }

    /** Or a half of a character beyond the first plane, in which there are more. */
    private static boolean hasPrivateUse(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0xD800 && c <= 0xF8FF) {
                return true;
            }
        }
        return false;
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

    /** Without mail addresses and web addresses, in which every word may stand; in linear time. */
    public static String withoutAddresses(String text) {
        return WEB_ADDRESS.matcher(withoutMailAddresses(text)).replaceAll(" ");
    }

    private static String withoutMailAddresses(String text) {
        StringBuilder rest = new StringBuilder();
        int done = 0;
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', Math.max(at + 1, done))) {
            int from = at;
            while (from > done && isOfAddress(text.charAt(from - 1))) {
                from--;
            }
            int to = at + 1;
            while (to < text.length() && isOfAddress(text.charAt(to))) {
                to++;
            }
            if (from < at && text.substring(at, to).indexOf('.') > 1) {
                rest.append(text, done, from).append(' ');
                done = to;
            }
        }
        return rest.append(text, done, text.length()).toString();
    }

    /** How many mail addresses stand in it. */
    public static int mailAddresses(String text) {
        int count = 0;
        int end = 0;
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            boolean hasName = at > end && isOfAddress(text.charAt(at - 1));
            int to = at + 1;
            while (to < text.length() && isOfAddress(text.charAt(to))) {
                to++;
            }
            if (hasName && text.substring(at, to).indexOf('.') > 1) {
                count++;
                end = to;
            }
        }
        return count;
    }

    /** Where the mail address that begins here ends; -1 if none does. */
    public static int endOfMailAddress(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '@' && isOfAddress(text.charAt(at))) {
            at++;
        }
        if (at == from || at == text.length() || text.charAt(at) != '@') {
            return -1;
        }
        int to = at + 1;
        while (to < text.length() && isOfAddress(text.charAt(to))) {
            to++;
        }
        return text.substring(at, to).indexOf('.') > 1 ? to : -1;
    }

    public static boolean isOfAddress(char c) {
        return c < 0x7F && (Character.isLetterOrDigit(c) || "._%+-'!#$&*/=?^{|}~`".indexOf(c) >= 0);
    }

    private static boolean isNoise(char c, String noise) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || noise.indexOf(c) >= 0;
    }
}
