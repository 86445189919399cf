package io.github.kaitsu.console;

import io.github.kaitsu.console.ConsoleTimes.Clock;
import io.github.kaitsu.text.PastedText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The clock of the page's header, and the zone it prints, in which then all times of the text are (COMMON-12, COMMON-21). */
final class ConsoleClock {
    private static final int LONGEST_BESIDE = 160;
    private static final String QUOTES = "'\"「」『』“”‘’";

    private final ConsoleText text;
    private final Set<ZoneOffset> zones = new HashSet<>();
    private boolean isUnreadable;
    private @Nullable Instant latest;

    ConsoleClock(ConsoleText text) {
        this.text = text;
        for (int i = 0; i < text.size(); i++) {
            if (!text.isBlank(i) && !text.isTaken(i)) {
                read(i);
            }
        }
    }

    private void read(int line) {
        String folded = text.folded(line);
        if (ConsoleTimes.clock(folded).isPresent()) {
            ConsoleTimes.clock(folded).filter(c -> isHeader(folded, c)).ifPresent(c -> keep(c, line, line));
        } else if (ConsoleTimes.isOnlyAZone(folded)) {
            readBeside(line, folded);
        }
    }

    /** The zone in a line of its own: above or below the clock, or alone, as a setting of the page. */
    private void readBeside(int line, String zone) {
        for (int beside : new int[] {text.above(line), text.below(line)}) {
            boolean isNear = beside >= 0 && Math.abs(beside - line) <= 2 && !text.isTaken(beside);
            if (isNear && ConsoleTimes.isOnlyATime(text.folded(beside))) {
                Optional<Clock> clock = ConsoleTimes.clock(text.folded(beside) + " " + zone);
                if (clock.isPresent()) {
                    keep(clock.get(), Math.min(line, beside), Math.max(line, beside));
                    return;
                }
            }
        }
        ConsoleTimes.zone(zone).ifPresentOrElse(zones::add, () -> isUnreadable = true);
        text.take(line);
    }

    private void keep(Clock clock, int from, int to) {
        text.take(from, to);
        clock.zone().ifPresent(zones::add);
        Instant instant = clock.instant();
        isUnreadable |= instant == null;
        if (instant != null && (latest == null || instant.isAfter(latest))) {
            latest = instant; // of two pages the one that was copied last
        }
    }

    /** No message beside it, no organisation behind it, no quotation marks around it. */
    private static boolean isHeader(String folded, Clock clock) {
        String before = folded.substring(0, clock.start()).strip();
        String after = folded.substring(clock.end()).strip();
        boolean isQuoted = !before.isEmpty() && QUOTES.indexOf(before.charAt(before.length() - 1)) >= 0;
        return !isQuoted
                && before.length() + after.length() <= LONGEST_BESIDE
                && !after.startsWith("-")
                && !ConsoleProse.endsSentence(before)
                && !ConsoleProse.endsSentence(after)
                && !ConsoleVocabulary.holdsService(PastedText.withoutAddresses(before + " " + after));
    }

    /** Empty where none was copied or none can be read. */
    Optional<Instant> instant() {
        return isUnreadable || zones.size() > 1 ? Optional.empty() : Optional.ofNullable(latest);
    }

    boolean isSeen() {
        return latest != null || isUnreadable;
    }

    /** UTC unless the text prints another; null if it prints two, or one that does not exist. */
    @Nullable
    ZoneOffset zone() {
        if (isUnreadable || zones.size() > 1) {
            return null;
        }
        return zones.isEmpty() ? ZoneOffset.UTC : zones.iterator().next();
    }
}
