package io.github.kaitsu.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people read them: Japan's, as in the report, in the console and in its mails, whatever clock this machine has. */
final class Times {
    static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final Invocation call;

    Times(Invocation call) {
        this.call = call;
    }

    String japan(Instant time) {
        return MINUTE.format(time.atZone(JAPAN)) + " JST";
    }

    String duration(Duration d) {
        if (d.compareTo(Duration.ofMinutes(1)) < 0) {
            return call.text("time.seconds", d.toSeconds() + "." + d.toMillisPart() / 100);
        }
        return d.toHours() == 0
                ? call.text("time.minutes", d.toMinutes())
                : call.text("time.hours", d.toHours(), d.toMinutesPart());
    }

    /** How much time has passed, always as wide: {@code +003:05}. */
    static String elapsed(Duration d) {
        return String.format(Locale.ROOT, "+%02d:%02d", d.toHours(), d.toMinutesPart());
    }
}
