package io.github.kaitsu.desk;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** The desk's words in the reader's language, and times in Japan's. */
@Component("say")
public class Say {
    /** The team's and its customers'. */
    static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");

    private static final DateTimeFormatter JA = DateTimeFormatter.ofPattern("M月d日 H:mm", Locale.JAPANESE);
    private static final DateTimeFormatter EN = DateTimeFormatter.ofPattern("d MMM H:mm", Locale.ENGLISH);
    private static final long DAY = 24;

    private final MessageSource words;

    Say(MessageSource words) {
        this.words = words;
    }

    /** The language of the request. */
    public Locale locale() {
        return LocaleContextHolder.getLocale().getLanguage().equals("ja") ? Locale.JAPANESE : Locale.ENGLISH;
    }

    /** A text of the desk. */
    public String get(String key, Object... arguments) {
        return get(locale(), key, arguments);
    }

    /** The same in a certain language. */
    public String get(Locale locale, String key, Object... arguments) {
        return words.getMessage(key, arguments, locale);
    }

    /** A time in Japan. */
    public String at(Instant time) {
        return at(locale(), time);
    }

    String at(Locale locale, Instant time) {
        return (locale.getLanguage().equals("ja") ? JA : EN).withZone(JAPAN).format(time);
    }

    /** How long, in the largest unit that makes sense. */
    public String lasting(Duration time) {
        long hours = time.toHours();
        if (hours >= 2 * DAY) {
            return get("time.days", time.toDays());
        }
        return hours > 0 ? get("time.hours", hours) : get("time.minutes", Math.max(0, time.toMinutes()));
    }
}
