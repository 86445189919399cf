package io.github.kaitsu.internal.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The time that a run has had, from its journal alone: what all its waiting and all its deadlines go by.
 *
 * <p>It runs with the clock of whoever writes, and never back: a clock that was set back, or another machine's that is behind, goes
 * on from the newest entry, and is known from then on. Forward it follows the clock, since nobody can tell a leap from a time in
 * which nothing ran; but no deadline ends by such a gap. In the first one after its beginning it begins anew, and of any later
 * one no more than half of it counts, so that a run which is advanced once a day comes to its end, too.
 *
 * <p>Where nothing else happens, an entry is written now and then ({@link #silence}), so that waiting can be told from a gap.
 * Changed by the fold only; not thread-safe.
 */
final class RunTime {
    /** Our clock may be set by so much without anybody noticing. */
    private static final Duration NOISE_BACK = Duration.ofMinutes(-1);

    /** Nothing is a gap that is shorter, or shorter than half of what is waited for; anything longer than {@link #LONGEST} is. */
    private static final Duration SHORTEST = Duration.ofHours(1);

    private static final Duration LONGEST = Duration.ofHours(10);

    /** So late an alarm may ring, or a look come back. */
    private static final Duration LATE = Duration.ofMinutes(5);

    private static final Duration LONGEST_LATE = LONGEST.plus(LATE);

    private static final int MOST_CLOCKS = 8;

    /**
     * A gap, or a clock set back.
     *
     * @param number the journal entry at which it was noticed
     * @param by what the clock said had passed since the entry before
     * @param at what the clock says
     */
    record Leap(long number, Duration by, Instant at) {
        boolean isBack() {
            return by.isNegative();
        }
    }

    private final List<Instant> entries = new ArrayList<>();

    /** What is to be added to the time of each clock that has written. */
    private final List<Duration> clocks = new ArrayList<>(List.of(Duration.ZERO));

    private Optional<Leap> leap = Optional.empty();
    private long told;
    private long lastBack;
    private boolean hasGap;

    /** A further journal entry. */
    void entry(Instant clock) {
        if (entries.isEmpty()) {
            entries.add(clock);
            return;
        }
        Duration passed = passed(clock);
        Optional<Leap> noticed = leap(clock, passed);
        Instant at = at(passed);
        noticed.ifPresent(this::noticed);
        if (noticed.filter(Leap::isBack).isPresent()) {
            clocks.add(Duration.between(clock, at));
            if (clocks.size() > MOST_CLOCKS) {
                clocks.remove(0);
            }
        }
        entries.add(at);
    }

    private void noticed(Leap some) {
        leap = Optional.of(some);
        lastBack = some.isBack() ? some.number() : lastBack;
        hasGap |= !some.isBack();
    }

    /** What a clock's time is here; never before the newest entry. */
    Instant at(Instant clock) {
        return entries.isEmpty() ? clock : at(passed(clock));
    }

    private Instant at(Duration passed) {
        return passed.isNegative() ? last() : last().plus(passed);
    }

    /** Since the newest entry, by that clock of those known which it can be. */
    private Duration passed(Instant clock) {
        Duration ofOne = null; // every entry of every fold comes by here
        Duration ofAny = null;
        for (Duration ahead : clocks) {
            Duration passed = Duration.between(last(), clock.plus(ahead));
            if (passed.compareTo(NOISE_BACK) >= 0 && (ofOne == null || passed.compareTo(ofOne) < 0)) {
                ofOne = passed;
            }
            if (ofAny == null || passed.compareTo(ofAny) > 0) {
                ofAny = passed;
            }
        }
        return ofOne == null ? Objects.requireNonNull(ofAny) : ofOne;
    }

    private Optional<Leap> leapTo(Instant clock) {
        return entries.isEmpty() ? Optional.empty() : leap(clock, passed(clock));
    }

    private Optional<Leap> leap(Instant clock, Duration passed) {
        boolean isLeap = passed.compareTo(NOISE_BACK) < 0 || passed.compareTo(LONGEST_LATE) > 0;
        return isLeap ? Optional.of(new Leap(entries.size() + 1L, passed, clock)) : Optional.empty();
    }

    /** The newest gap or leap that the journal shows. */
    Optional<Leap> leap() {
        return leap;
    }

    /** The newest entry tells of what was noticed. */
    void told() {
        told = entries.size();
    }

    /** What an entry written now would notice, or what was noticed and no entry tells of. */
    Optional<Leap> untold(Instant clock) {
        return leapTo(clock).or(() -> leap.filter(some -> some.number() > told));
    }

    /** The entry at which a clock set back, or another one behind, was noticed last; 0 if none was. */
    long lastBack() {
        return lastBack;
    }

    /** Whether more time passed between two entries than a run sleeps: the clock may have been set forward. */
    boolean hasGap() {
        return hasGap;
    }

    Instant of(long entry) {
        return entries.get((int) entry - 1);
    }

    private Instant last() {
        return entries.get(entries.size() - 1);
    }

    // ---- deadlines

    /** When something of this length is over that began with an entry, as far as is known at a later one. */
    Instant end(long from, Duration length, long until) {
        return end(from, length, until, silence(length).plus(LATE));
    }

    /** The same for what is over without anything being written or decided. */
    Instant endUnseen(long from, Duration length, long until) {
        return end(from, length, until, LONGEST.plus(LATE));
    }

    private Instant end(long from, Duration length, long until, Duration normal) {
        Duration half = length.dividedBy(2);
        Instant end = of(from).plus(length);
        boolean isFirst = true;
        for (long entry = from + 1; entry <= until && of(entry - 1).isBefore(end); entry++) {
            Duration passed = Duration.between(of(entry - 1), of(entry));
            boolean isGap = passed.compareTo(normal) > 0;
            if (isGap && isFirst) {
                end = of(entry).plus(length);
                isFirst = false;
            } else if (isGap && passed.compareTo(half) > 0) {
                end = end.plus(passed.minus(half));
            }
        }
        return end;
    }

    Instant end(long from, Duration length) {
        return end(from, length, entries.size());
    }

    /** Whether it is over now: what ends in a gap that no entry has closed does not. */
    boolean isOver(long from, Duration length, Instant now) {
        Instant end = end(from, length);
        boolean isGap = Duration.between(last(), now).compareTo(silence(length).plus(LATE)) > 0;
        return !now.isBefore(end) && !(isGap && last().isBefore(end));
    }

    /** When an entry must be written if nothing else happens, so that what is waited for is not taken for a gap. */
    Instant heardOf(Duration length) {
        return last().plus(silence(length));
    }

    private static Duration silence(Duration length) {
        Duration half = length.dividedBy(2);
        if (half.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return half.compareTo(LONGEST) > 0 ? LONGEST : half;
    }
}
