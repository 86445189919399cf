package io.github.kaitsu.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lines as a window takes them. They break at spaces and in Japanese where a phrase ends, that is behind the particle or the ending
 * that closes it; never within a word of letters or of katakana, an address or an id, and by the rules of Japanese typesetting
 * (kinsoku): no line begins with 。 or 」, none ends with 「. A phrase that is longer than the window breaks between its characters; what
 * else is longer stays whole on a line of its own, so that it can still be copied.
 */
final class Folded {
    /** What a line begins with that is there to be copied: it is never broken. */
    static final String AS_IT_STANDS = "    ";

    private static final String NOT_AT_THE_START =
            "。、，．・：；？！｡､?!,.:;|）〕］｝〉》」』】｣”’)]}〟ーｰ～〜…‥％℃゛゜ﾞﾟ々〻ゝゞヽヾ" + "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ";
    /** What ends a sentence or a part of one; a particle may follow the others. */
    private static final String SENTENCES = "。、，．！？｡､!?";

    private static final String NOT_AT_THE_END = "「『（〔［｛〈《【｢“‘([{〝￥＄";
    private static final Pattern BEGINNING = Pattern.compile("^ *(?:\\d+\\. |[-·!！] )?");
    private static final Pattern GAP = Pattern.compile(" {2,}");

    private Folded() {}

    static String lines(String text, int columns) {
        return Arrays.stream(text.split("\n", -1))
                .map(line -> line(line, columns))
                .collect(Collectors.joining("\n"));
    }

    private static String line(String line, int columns) {
        if (Columns.most(line) <= columns) {
            return line;
        }
        if (line.startsWith(AS_IT_STANDS)) {
            return line.stripLeading();
        }
        String indent = " ".repeat(indent(line, columns));
        StringBuilder out = new StringBuilder();
        StringBuilder current = new StringBuilder();
        boolean isFirstLine = true;
        for (String unit : units(line, columns - indent.length())) {
            boolean isSpace = unit.isBlank();
            boolean fits = Columns.most(current.toString()) + Columns.most(unit) <= columns;
            boolean isEmpty = current.toString().isBlank();
            if (fits && !(isSpace && isEmpty && !isFirstLine)) {
                current.append(unit);
                continue;
            }
            if (!isEmpty) {
                out.append(current.toString().stripTrailing()).append('\n');
                isFirstLine = false;
            }
            current.setLength(0);
            if (isSpace) { // ends its line, and begins none
                current.append(indent);
                continue;
            }
            int width = Columns.most(unit);
            current.append(indent, 0, Math.max(0, Math.min(indent.length(), columns - width)))
                    .append(unit);
        }
        return out.append(current.toString().stripTrailing()).toString().stripTrailing();
    }

    /** Below the text of a numbered line, or of the last of several columns. */
    private static int indent(String line, int columns) {
        Matcher beginning = BEGINNING.matcher(line);
        int indent = beginning.find() ? beginning.end() : 0;
        Matcher gap = GAP.matcher(line).region(indent, line.length());
        while (gap.find()) {
            int below = Columns.of(line.substring(0, gap.end()));
            indent = below <= columns / 2 ? below : indent;
        }
        return Math.min(indent, columns / 2);
    }

    /** As much of the beginning as fits, up to a place where it may break; within a word if there is none. */
    static String beginning(String text, int columns) {
        StringBuilder out = new StringBuilder();
        int used = 0;
        for (String unit : units(text, 0)) {
            used += Columns.most(unit);
            if (used > columns) {
                break;
            }
            out.append(unit);
        }
        return out.toString().isBlank()
                ? characters(text, columns)
                : out.toString().stripTrailing();
    }

    private static String characters(String text, int columns) {
        StringBuilder out = new StringBuilder();
        int used = 0;
        for (int c : text.codePoints().toArray()) {
            used += Columns.most(c);
            if (used > columns) {
                break;
            }
            out.appendCodePoint(c);
        }
        return out.toString();
    }

    /**
     * What stays together; spaces apart.
     *
     * @param longest how wide a phrase may be that is not to be broken
     */
    private static List<String> units(String text, int longest) {
        List<String> phrases = split(text, Folded::endsPhrase);
        return phrases.stream()
                .flatMap(p -> Columns.most(p) <= longest ? Stream.of(p) : split(p, Folded::mayBreak).stream())
                .toList();
    }

    private static List<String> split(String text, Places places) {
        List<String> units = new ArrayList<>();
        int[] all = text.codePoints().toArray();
        StringBuilder unit = new StringBuilder();
        for (int i = 0; i < all.length; i++) {
            unit.appendCodePoint(all[i]);
            if (i + 1 == all.length || places.isAfter(all, i)) {
                units.add(unit.toString());
                unit.setLength(0);
            }
        }
        return units;
    }

    /** Where a line may end. */
    private interface Places {
        boolean isAfter(int[] text, int i);
    }

    /** Whether a phrase ends behind this character: hiragana close one, and what is no hiragana begins the next. */
    private static boolean endsPhrase(int[] text, int i) {
        int a = text[i];
        int b = text[i + 1];
        if (!mayBreak(text, i)) {
            return false;
        } else if (isSpace(a) || isSpace(b) || isIn(NOT_AT_THE_END, b)) {
            return true;
        } else if (isHiragana(a)) {
            return !isPolite(text, i) && (!isHiragana(b) || isPolite(text, i + 1));
        } else if (isIn(NOT_AT_THE_START, a)) {
            return isIn(SENTENCES, a) || !isHiragana(b);
        }
        boolean isWord = Character.isLetterOrDigit(a) && Character.isLetterOrDigit(b);
        return !isWord || !standsAlone(b);
    }

    /** お and ご before a word belong to it, not to what stands before. */
    private static boolean isPolite(int[] text, int i) {
        return isIn("おご", text[i]) && i + 1 < text.length && Character.isIdeographic(text[i + 1]);
    }

    private static boolean isHiragana(int c) {
        return Character.UnicodeScript.of(c) == Character.UnicodeScript.HIRAGANA;
    }

    /** Whether a line may end behind this character. */
    private static boolean mayBreak(int[] text, int i) {
        int a = text[i];
        int b = text[i + 1];
        if (isSpace(b)) {
            return !isSpace(a) && (i + 2 == text.length || !closes(text, i + 2));
        }
        if (isSpace(a)) {
            return !closes(text, i + 1) || (i > 0 && isSpace(text[i - 1]));
        }
        boolean isTogether = closes(text, i + 1)
                || isIn(NOT_AT_THE_END, a)
                || isAttached(b)
                || (isKatakana(a) && isKatakana(b))
                || (Character.isDigit(a) && isCounter(b));
        return !isTogether && (standsAlone(a) || standsAlone(b));
    }

    /** Whether it belongs to what stands before; a point may also begin a word, as in .com. */
    private static boolean closes(int[] text, int i) {
        boolean beginsAWord = text[i] < 0x80 && i + 1 < text.length && Character.isLetterOrDigit(text[i + 1]);
        return isIn(NOT_AT_THE_START, text[i]) && !beginsAWord;
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c == '\u3000' || c == '\t';
    }

    private static boolean isIn(String set, int c) {
        return set.indexOf(c) >= 0;
    }

    /** Marks above the character before, and what joins emojis or colours them. */
    private static boolean isAttached(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.FORMAT
                || (c >= 0x1f3fb && c <= 0x1f3ff);
    }

    private static boolean isKatakana(int c) {
        return c == '・' || c == 'ー' || Character.UnicodeScript.of(c) == Character.UnicodeScript.KATAKANA;
    }

    private static boolean isCounter(int c) {
        return Character.isIdeographic(c) || isHiragana(c);
    }

    /** Japanese and Chinese break anywhere; Korean, written with spaces, does not. */
    private static boolean standsAlone(int c) {
        return Columns.isWide(c) && Character.UnicodeScript.of(c) != Character.UnicodeScript.HANGUL;
    }
}
