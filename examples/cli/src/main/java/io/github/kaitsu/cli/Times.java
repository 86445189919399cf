package io.github.kaitsu.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people read them. */
final class Times {
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final Invocation call;

    Times(Invocation call) {
        this.call = call;
    }

    /** The console and its mails are read in Japan. */
    String japan(Instant time) {
        return MINUTE.format(time.atZone(JAPAN)) + " JST";
    }

    /** By the clock on this machine's wall. */
    String local(Instant time) {
        return MINUTE.format(time.atZone(ZoneId.systemDefault()));
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
