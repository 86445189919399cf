package io.github.kaitsu.internal.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When what was read had been copied, in the run's time: where the console's clock was copied too, it stands for the time of receipt
 * (COMMON-12), and what was copied before somebody acted says nothing about what came after. Changed by the fold only.
 */
final class CopyTimes {
    /** The console prints minutes, and two clocks seldom agree. */
    private static final Duration NOISE = Duration.ofMinutes(5);

    /** How exactly the console prints its clock. */
    private static final Duration PRINTED = Duration.ofMinutes(1);

    /** So often in a row somebody hardly comes about as late as before, or once to the minute: then it is the clocks that differ. */
    private static final int IN_A_ROW = 3;

    private static final int EXACTLY_IN_A_ROW = 2;

    private static final Duration EXACTLY = Duration.ofSeconds(90);

    /** Nobody comes so late with a text: then it is the clocks that differ. */
    private static final Duration LATEST = Duration.ofDays(7);

    private record Dated(long number, Instant clock, Duration behind) {
        /** At a certain time, when the minute of equal clocks may not be over. */
        boolean isAfter(Instant other, Instant at) {
            boolean isOver = clock.plus(behind).plus(PRINTED).isBefore(at);
            return clock.isAfter(other) || (isOver && clock.equals(other));
        }
    }

    private final RunTime time;
    private final List<Dated> dated = new ArrayList<>();
    private Duration usual = Duration.ZERO;

    CopyTimes(RunTime time) {
        this.time = time;
    }

    /**
     * When a text was copied that came with a journal entry.
     *
     * @param clock the console's, if it was copied
     */
    Instant copied(long number, Optional<Instant> clock) {
        Instant received = time.of(number);
        if (clock.isEmpty()) {
            return received;
        }
        Duration behind = Duration.between(clock.get(), received);
        dated.add(new Dated(number, clock.get(), behind));
        if (behind.compareTo(usual) < 0 || behind.minus(usual).compareTo(LATEST) > 0 || isUsual()) {
            usual = behind;
        }
        Instant copied = clock.get().plus(usual);
        return copied.isAfter(received) ? received : copied;
    }

    private boolean isUsual() {
        return areAlike(IN_A_ROW, NOISE) || areAlike(EXACTLY_IN_A_ROW, EXACTLY);
    }

    private boolean areAlike(int inARow, Duration noise) {
        if (dated.size() < inARow) {
            return false;
        }
        List<Dated> last = dated.subList(dated.size() - inARow, dated.size());
        Duration least =
                last.stream().map(Dated::behind).min(Duration::compareTo).orElseThrow();
        Duration most =
                last.stream().map(Dated::behind).max(Duration::compareTo).orElseThrow();
        return most.minus(least).compareTo(noise) <= 0
                && last.stream().map(Dated::clock).distinct().count() == inARow;
    }

    /**
     * Whether a text was copied before a journal entry was written, for certain: by far, or before another that had come in before
     * that entry. The console prints minutes, so that a copy of the same minute is older too, once that minute was over at the entry.
     */
    boolean isBefore(Instant copied, Optional<Instant> clock, long entry) {
        if (entry <= 0) {
            return false;
        }
        Instant at = time.of(entry);
        return copied.plus(NOISE).isBefore(at)
                || clock.filter(c -> dated.stream().anyMatch(d -> d.number < entry && d.isAfter(c, at)))
                        .isPresent();
    }
}
