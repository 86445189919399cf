package io.github.kaitsu.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The world's time, its consoles, and its own tale of what happened. */
final class World {
    static final Instant BEGIN = Instant.parse("2026-11-24T00:00:00Z");

    private Instant now = BEGIN;
    final List<Console> consoles = new ArrayList<>();
    final List<String> violations = new ArrayList<>();
    private final boolean isTold;
    private final List<String> story = new ArrayList<>();

    World(boolean isTold) {
        this.isTold = isTold;
    }

    Instant now() {
        return now;
    }

    /** Never back. */
    void advanceTo(Instant time) {
        now = time.isAfter(now) ? time : now;
    }

    Duration age() {
        return Duration.between(BEGIN, now);
    }

    void tell(Supplier<String> what) {
        if (isTold) {
            Duration age = age();
            story.add(String.format(
                    "day %2d %02d:%02d:%02d  %s",
                    age.toDays(), age.toHoursPart(), age.toMinutesPart(), age.toSecondsPart(), what.get()));
        }
    }

    List<String> story() {
        return story;
    }

    /** @param invariant which, in words of its own, then a colon and what was seen */
    void violated(String invariant, Supplier<String> seen) {
        String whole = invariant + ": " + seen.get();
        violations.add(whole);
        tell(() -> "!! " + whole);
    }
}
