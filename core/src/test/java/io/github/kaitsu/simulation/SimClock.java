package io.github.kaitsu.simulation;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Stands still until it is moved, unless it was told to run. */
final class SimClock extends Clock {
    private Instant now = Instant.parse("2026-11-24T00:00:00Z");

    private boolean runs;

    /** Goes with the real time from now on. */
    void run() {
        runs = true;
    }

    void advanceTo(Instant time) {
        if (time.isAfter(now)) {
            now = time;
        }
    }

    @Override
    public Instant instant() {
        return runs ? Instant.now() : now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
