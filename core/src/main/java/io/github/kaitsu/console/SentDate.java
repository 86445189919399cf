package io.github.kaitsu.console;

import io.github.kaitsu.text.PastedText;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a mail was sent, as mail programs write it in Japanese and English; without an offset it is Japanese time (COMMON-2).
 *
 * <p>Empty rather than wrong: a date whose day of the week contradicts it, which is of an unknown zone, or which may be read in two
 * ways was misread, and then no other date of the text stands for it.
 */
final class SentDate {
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final String WEEKDAYS = "月火水木金土日";

    private static final String MONTH = "(?<m>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?";
    private static final String DAY = "(?:\\b(?<w>mon|tue|wed|thu|fri|sat|sun)[a-z]*\\.?,? ?)?";
    /** Groups of each: year, month, day and, where written, weekday. */
    private static final Pattern YEAR_FIRST =
            Pattern.compile("(?<y>\\d{4}) ?[/.年-] ?(?<m>\\d{1,2}) ?[/.月-] ?(?<d>\\d{1,2})(?!\\d)日?"
                    + " ?(?:\\(? ?(?<w>[月火水木金土日]|mon|tue|wed|thu|fri|sat|sun)(?:曜日?|[a-z]*) ?\\)?)?,? ?");

    private static final Pattern DAY_FIRST =
            Pattern.compile(DAY + "(?<!\\d)(?<d>\\d{1,2}) " + MONTH + ",? (?<y>\\d{4}),? (?:at )?");
    private static final Pattern MONTH_FIRST =
            Pattern.compile(DAY + MONTH + " (?<d>\\d{1,2}),? (?<y>\\d{4}),? (?:at )?");
    private static final List<Pattern> DATES = List.of(YEAR_FIRST, DAY_FIRST, MONTH_FIRST);

    private static final Pattern LABEL =
            Pattern.compile("^[^\\p{L}\\d]*(?:日付|日時|送信日時|送信日|送信済み|sent|date)[^\\p{L}\\d:]*:");
    private static final Pattern TIME_OF_DAY = Pattern.compile(
            "(?:(午前|午後|am|pm) ?)?(\\d{1,2}) ?[:時] ?(\\d{2})(?: ?[:分] ?(\\d{2})秒?)?(?!\\d)" + "(?: ?(am|pm)\\b)?");
    private static final Pattern OFFSET = Pattern.compile("^ ?([+-])(\\d{2}):?(\\d{2})(?!\\d)");
    private static final Pattern ZONE = Pattern.compile("^ ?\\(?(utc|gmt|jst|z)\\)?(?![a-z0-9+-])");
    private static final Pattern UNCLEAR =
            Pattern.compile("^ ?(?:\\d|[a-z]{2,4}t\\b|[a-z]$|\\(?(?:utc|gmt)|- ?[^ \\d])");

    private SentDate() {}

    /** The nearest date at or above a line. */
    static Optional<Instant> above(List<String> lines, int line) {
        for (int i = line; i >= 0; i--) {
            String text = PastedText.fold(lines.get(i)).toLowerCase(Locale.ROOT);
            Matcher date = date(text);
            if (date != null) {
                return instant(date, text.substring(date.end()));
            }
            if (LABEL.matcher(text).find()) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static @Nullable Matcher date(String text) {
        for (Pattern form : DATES) {
            Matcher m = form.matcher(text);
            if (m.find()) {
                return m;
            }
        }
        return null;
    }

    private static Optional<Instant> instant(Matcher date, String behind) {
        Matcher time = TIME_OF_DAY.matcher(behind);
        if (!time.lookingAt()) {
            return Optional.empty();
        }
        try {
            String half = time.group(1) != null ? time.group(1) : time.group(5);
            LocalDateTime local = LocalDateTime.of(
                    Integer.parseInt(date.group("y")),
                    month(date.group("m")),
                    Integer.parseInt(date.group("d")),
                    hour(Integer.parseInt(time.group(2)), half),
                    Integer.parseInt(time.group(3)),
                    time.group(4) == null ? 0 : Integer.parseInt(time.group(4)));
            String weekday = date.group("w");
            if (weekday != null && weekday(weekday) != local.getDayOfWeek()) {
                return Optional.empty();
            }
            return zone(behind.substring(time.end()))
                    .map(zone -> local.atZone(zone).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int month(String written) {
        int named = MONTHS.indexOf(written);
        return named < 0 ? Integer.parseInt(written) : named + 1;
    }

    private static DayOfWeek weekday(String written) {
        int japanese = WEEKDAYS.indexOf(written);
        return DayOfWeek.of((japanese < 0 ? DAYS.indexOf(written) : japanese) + 1);
    }

    /** Of twelve hours or of twenty-four; 午後20時 is neither. */
    private static int hour(int written, @Nullable String half) {
        if (half == null) {
            return written;
        }
        if (written > 12) {
            throw new DateTimeException("no hour of a half");
        }
        boolean isAfternoon = half.equals("午後") || half.equals("pm");
        return written % 12 + (isAfternoon ? 12 : 0);
    }

    /** Empty where something stands there that may be a zone and is not known. */
    private static Optional<ZoneId> zone(String behind) {
        Matcher offset = OFFSET.matcher(behind);
        if (offset.find()) {
            return Optional.of(ZoneOffset.of(offset.group(1) + offset.group(2) + ":" + offset.group(3)));
        }
        Matcher zone = ZONE.matcher(behind);
        if (zone.find()) {
            return Optional.of(zone.group(1).equals("jst") ? JAPAN : ZoneOffset.UTC);
        }
        return UNCLEAR.matcher(behind).find() ? Optional.empty() : Optional.of(JAPAN);
    }
}
