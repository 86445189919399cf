package io.github.kaitsu.console;

import io.github.kaitsu.text.PastedText;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces names in one pasted text; see {@link ConsoleCapture}. Used once. */
final class ConsoleMask {
    private static final Pattern LINE = Pattern.compile("[^\\n\\r\\u0085\\u2028\\u2029\\f\\u000B]+");
    private static final Pattern WEB_ADDRESS = Pattern.compile("(?i)https?://[^\\s\\p{Z}<>\"「」『』（）]+");
    private static final Pattern ID = Pattern.compile("(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern TAG = Pattern.compile("(?i)<input[^<>]*>");
    private static final Pattern QUOTATION = Pattern.compile("「[^「」]*」|『[^『』]*』|“[^“”]*”|\"[^\"]*\"");
    private static final int LONGEST_SEVERITY = 20;
    private static final int LONGEST_NUMBER = 4;
    private static final int SHORTEST_PIECE = 3;
    private static final int SHORT_KANA = 2;

    private static final String UPPER = "QXZKVWJYUH";
    private static final String LOWER = "qxzkvwjyuh";
    private static final String DIGITS = "9876543210";
    private static final String HAN = "甲乙丙丁戊己庚辛壬癸";
    private static final String HIRAGANA = "ぬねむめゆよわろるれ";
    private static final String KATAKANA = "ヌネムメユヨワロルレ";

    private final Set<String> messages = new HashSet<>();
    private final Map<String, String> placeholders = new HashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Map<String, Integer> addresses = new HashMap<>();

    /** @param reading of the text, whose messages are the console's words, known or not */
    ConsoleMask(ConsoleReading reading) {
        for (ConsoleEntry entry : reading.entries()) {
            Matcher time = ConsoleTimes.TIME.matcher(entry.text());
            if (entry.time() != null && entry.organisation() != null && time.find()) {
                messages.add(PastedText.key(entry.text().substring(0, time.start())));
            }
        }
    }

    String mask(String text) {
        BitSet kept = new BitSet();
        Matcher line = LINE.matcher(text);
        while (line.find()) {
            keepLine(line.group(), line.start(), kept);
        }
        keepWords(text, kept);
        StringBuilder masked = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            int end = address(text, i, masked);
            if (end < 0) {
                end = kept.get(i) || !isOfWord(text, i) ? copied(text, i, masked) : word(text, i, kept, masked);
            }
            i = end;
        }
        return masked.toString();
    }

    // ---- what stays

    private void keepLine(String line, int offset, BitSet kept) {
        for (Pattern whole : new Pattern[] {TAG, ConsoleTimes.TIME, ConsoleTimes.LIKE_A_TIME}) {
            Matcher m = whole.matcher(line);
            while (m.find()) {
                kept.set(offset + m.start(), offset + m.end());
            }
        }
        int severity = ConsoleOutline.severityBegins(line);
        if (severity >= 0) {
            int end = Math.min(line.length(), severity + LONGEST_SEVERITY);
            boolean isLabel = line.indexOf('@', severity) < 0 && line.length() <= end;
            kept.set(offset + severity, offset + (isLabel ? end : severity));
        }
        Matcher time = ConsoleTimes.TIME.matcher(line);
        if (time.find() && isMessage(line.substring(0, time.start()))) {
            kept.set(offset, offset + time.start());
            Matcher quotation = QUOTATION.matcher(line).region(0, time.start());
            while (quotation.find()) {
                kept.clear(offset + quotation.start(), offset + quotation.end());
            }
        }
        if (line.length() < 100 && ConsoleVocabulary.isPieceOfService(line)) {
            kept.set(offset, offset + line.length());
        }
    }

    private boolean isMessage(String written) {
        return !PastedText.strip(written).isEmpty()
                && PastedText.lines(written).stream().anyMatch(l -> messages.contains(PastedText.key(l)));
    }

    private static void keepWords(String text, BitSet kept) {
        int i = 0;
        while (i < text.length()) {
            int end = isOfWord(text, i) ? ConsoleWords.endOfWord(text, i) : -1;
            if (end > 0) {
                kept.set(i, end);
            }
            i = Math.max(end, i + 1);
        }
    }

    // ---- what is replaced

    /** Appends a placeholder for the address or id that begins here and returns where it ends; -1 if none does. */
    private int address(String text, int from, StringBuilder masked) {
        char c = text.charAt(from);
        if (c == 'h' || c == 'H') {
            Matcher web = WEB_ADDRESS.matcher(text).region(from, text.length());
            if (web.lookingAt()) {
                masked.append("https://example.com/").append(number(web.group()));
                return web.end();
            }
        }
        if (Character.digit(c, 16) >= 0) {
            Matcher id = ID.matcher(text).region(from, Math.min(text.length(), from + 36));
            if (id.lookingAt()) {
                masked.append("%08x-0000-4000-8000-000000000000".formatted(number(id.group())));
                return id.end();
            }
        }
        boolean begins = from == 0 || !PastedText.isOfAddress(text.charAt(from - 1));
        int end = begins ? PastedText.endOfMailAddress(text, from) : -1;
        if (end > 0) {
            masked.append("user").append(number(text.substring(from, end))).append("@example.co.jp");
        }
        return end;
    }

    private int number(String address) {
        return addresses.computeIfAbsent(address.toLowerCase(Locale.ROOT), a -> addresses.size() + 1);
    }

    private static int copied(String text, int from, StringBuilder masked) {
        int end = from + Character.charCount(text.codePointAt(from));
        masked.append(text, from, end);
        return end;
    }

    private static boolean isOfWord(String text, int i) {
        return Character.isLetterOrDigit(text.codePointAt(i));
    }

    private int word(String text, int from, BitSet kept, StringBuilder masked) {
        int script = script(text.codePointAt(from));
        int end = from;
        while (end < text.length()
                && !kept.get(end)
                && isOfWord(text, end)
                && script(text.codePointAt(end)) == script) {
            end += Character.charCount(text.codePointAt(end));
        }
        String word = text.substring(from, end);
        masked.append(isHarmless(word, script) ? word : placeholder(word));
        return end;
    }

    /** Particles, small numbers, and what is left of a service's label tell nobody's name. */
    private static boolean isHarmless(String word, int script) {
        String key = PastedText.key(word);
        boolean isNumber = word.codePoints().allMatch(Character::isDigit) && word.length() <= LONGEST_NUMBER;
        boolean isPiece = key.length() >= SHORTEST_PIECE && ConsoleVocabulary.isPieceOfService(key);
        return isNumber || isPiece || (script == 2 && word.length() <= SHORT_KANA);
    }

    /** 1 Han, 2 hiragana, 3 katakana, 0 everything else. */
    private static int script(int c) {
        return switch (Character.UnicodeScript.of(c)) {
            case HAN -> 1;
            case HIRAGANA -> 2;
            case KATAKANA -> 3;
            default -> c == 'ー' ? 3 : 0;
        };
    }

    private String placeholder(String word) {
        String known = placeholders.get(word);
        if (known != null) {
            return known;
        }
        int number = placeholders.size();
        String shape = shape(word, number);
        while (!used.add(shape)) { // a short word may have too few shapes; a longer one has not
            number += 1;
            shape = shape(word, number) + (number - placeholders.size() > 1_000 ? shape(word, number / 7) : "");
        }
        placeholders.put(word, shape);
        return shape;
    }

    private static String shape(String word, int number) {
        StringBuilder shape = new StringBuilder();
        int rest = number;
        for (int c : word.codePoints().toArray()) {
            String letters = letters(c);
            char letter = letters.charAt(rest % letters.length());
            shape.append(c >= 0xFF01 && c <= 0xFF5E ? (char) (letter + 0xFEE0) : letter);
            rest = rest / letters.length() + rest % 3;
        }
        return shape.toString();
    }

    private static String letters(int c) {
        if (Character.isDigit(c)) {
            return DIGITS;
        }
        return switch (script(c)) {
            case 1 -> HAN;
            case 2 -> HIRAGANA;
            case 3 -> KATAKANA;
            default -> Character.isUpperCase(c) ? UPPER : LOWER;
        };
    }
}
