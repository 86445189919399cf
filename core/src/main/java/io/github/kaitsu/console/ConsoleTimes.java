package io.github.kaitsu.console;

import io.github.kaitsu.text.PastedText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times as the console prints them. A form that two people could read differently is never guessed: such a line is one whose
 * time cannot be read.
 */
final class ConsoleTimes {
    private static final String SPACE = "[\\s\\p{Z}]";
    private static final String DIGIT = "[0-9０-９]";
    private static final String TWO = "(" + DIGIT + "{2})";
    private static final String FEW = "(" + DIGIT + "{1,2})";
    private static final String COLON = "[:：]";
    private static final String CLOCK = TWO + COLON + TWO + COLON + TWO;

    /** {@code yyyy/MM/dd HH:mm:ss}, {@code yyyy-MM-dd HH:mm:ss}, {@code yyyy年M月d日 H:mm:ss} and {@code … H時m分s秒}. */
    static final Pattern TIME = Pattern.compile("(?<!" + DIGIT + ")(?:"
            + "(" + DIGIT + "{4})[/／]" + TWO + "[/／]" + TWO + SPACE + "*" + CLOCK
            + "|(?<![-/])(" + DIGIT + "{4})[-－]" + TWO + "[-－]" + TWO + SPACE + "+" + CLOCK
            + "|(" + DIGIT + "{4})年" + FEW + "月" + FEW + "日" + SPACE + "*" + FEW + COLON + TWO + COLON + TWO
            + "|(" + DIGIT + "{4})年" + FEW + "月" + FEW + "日" + SPACE + "*" + FEW + "時" + FEW + "分" + FEW + "秒"
            + ")(?!" + DIGIT + ")");

    /** Anything that a person would take for a date, a time of day or an age. */
    static final Pattern LIKE_A_TIME = Pattern.compile("(?i)" + DIGIT + "{1,4} ?[-/／.．－年] ?" + DIGIT
            + "{1,2} ?[-/／.．－月] ?" + DIGIT + "{1,4}"
            + "|" + DIGIT + "{1,2}[:：]" + DIGIT + "{2}"
            + "|" + DIGIT + "{1,2} ?[時月] ?" + DIGIT + "{1,2} ?[分日]"
            + "|" + DIGIT + "{1,9} ?(?:秒|分|時間|日|週間|か月|ヶ月|年)前"
            + "|" + DIGIT + "{1,9} (?:second|minute|hour|day|week|month)s? ago"
            + "|\\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\\.? " + DIGIT + "{1,2}"
            + "|" + DIGIT + "{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)");

    private static final String ZONE = "(?:(?:UTC|GMT) ?(?:[-+] ?[0-9]{1,2}(?::?[0-9]{2})?)?|JST)(?![0-9A-Za-z:])";
    private static final Pattern OFFSET = Pattern.compile("([-+]) ?([0-9]{1,2}):?([0-9]{2})?");
    private static final Pattern ONLY_ZONE = Pattern.compile("(?:(?:タイムゾーン|Time ?zone) ?:? ?)?\\(?" + ZONE + "\\)?");
    private static final Pattern OWN_ZONE =
            Pattern.compile("^" + SPACE + "*[(（]?((?:UTC|GMT)[-+＋－−0-9０-９:：]*|JST)[)）]?");
    private static final String DATE = "([0-9]{4})(?:/|-|年)([0-9]{1,2})(?:/|-|月)([0-9]{1,2})日? "
            + "?(?<![0-9])([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?";
    private static final Pattern HEADER = Pattern.compile(
            "(?<![0-9])" + DATE + " ?\\(? ?(" + ZONE + ") ?\\)?|\\(? ?(" + ZONE + ") ?\\)? ?" + DATE + "(?![0-9:])");
    private static final int BEFORE = 0;
    private static final int AFTER = 7;
    private static final int FIRST_YEAR = 2000;
    private static final int GROUPS = 6;

    private ConsoleTimes() {}

    /** The time that {@link #TIME} found, as printed; null if there is no such day or hour. */
    static @Nullable LocalDateTime local(Matcher time) {
        int first = 1;
        while (time.group(first) == null) {
            first += GROUPS;
        }
        int[] part = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            part[i] = Integer.parseInt(time.group(first + i)); // reads digits of every width
        }
        return local(part);
    }

    private static @Nullable LocalDateTime local(int[] part) {
        try {
            LocalDateTime read = LocalDateTime.of(part[0], part[1], part[2], part[3], part[4], part[5]);
            return read.getYear() < FIRST_YEAR ? null : read;
        } catch (DateTimeException e) {
            return null;
        }
    }

    static boolean looksLikeATime(String text) {
        return LIKE_A_TIME.matcher(text).find();
    }

    /** Whether a line is nothing but a time, readable or not. */
    static boolean isOnlyATime(String text) {
        Matcher m = LIKE_A_TIME.matcher(text);
        return m.find()
                && text.codePoints()
                        .filter(Character::isLetter)
                        .allMatch(c -> "年月火水木金土日曜時分秒前AMPampm午後".indexOf(c) >= 0);
    }

    /** A zone of its own behind a line's time, and where it ends; null if none stands there. */
    static @Nullable Matcher ownZone(String rest) {
        Matcher m = OWN_ZONE.matcher(rest);
        return m.find() ? m : null;
    }

    static boolean isOnlyAZone(String folded) {
        return ONLY_ZONE.matcher(folded).matches();
    }

    /** {@code UTC+09:00}, {@code GMT-5}, {@code UTC}, {@code JST}; empty for an offset that no place has. */
    static Optional<ZoneOffset> zone(String written) {
        String text = PastedText.fold(written).replace('\u2212', '-');
        if (text.contains("JST")) {
            return Optional.of(ZoneOffset.ofHours(9));
        }
        Matcher m = OFFSET.matcher(text);
        if (!m.find()) {
            return Optional.of(ZoneOffset.UTC);
        }
        int minutes = Integer.parseInt(m.group(2)) * 60 + (m.group(3) == null ? 0 : Integer.parseInt(m.group(3)));
        int seconds = (m.group(1).equals("-") ? -minutes : minutes) * 60;
        return Math.abs(seconds) > ZoneOffset.MAX.getTotalSeconds()
                ? Optional.empty()
                : Optional.of(ZoneOffset.ofTotalSeconds(seconds));
    }

    /** The clock of the console's header: a time with a zone beside it. Where it begins and ends, and what it says. */
    record Clock(int start, int end, @Nullable Instant instant, Optional<ZoneOffset> zone) {}

    /** @param folded a line in one width with single spaces */
    static Optional<Clock> clock(String folded) {
        Matcher m = HEADER.matcher(folded.replace('\u2212', '-'));
        if (!m.find()) {
            return Optional.empty();
        }
        boolean zoneBehind = m.group(AFTER) != null;
        int first = zoneBehind ? BEFORE + 1 : AFTER + 2;
        Optional<ZoneOffset> zone = zone(m.group(zoneBehind ? AFTER : AFTER + 1));
        int[] part = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            String written = m.group(first + i);
            part[i] = written == null ? 0 : Integer.parseInt(written);
        }
        LocalDateTime local = local(part);
        Instant instant = local == null || zone.isEmpty() ? null : local.toInstant(zone.get());
        return Optional.of(new Clock(m.start(), m.end(), instant, zone));
    }
}
