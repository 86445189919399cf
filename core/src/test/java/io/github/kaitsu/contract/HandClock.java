package io.github.kaitsu.contract;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Stands still until it is moved, unless it was told to run. */
public final class HandClock extends Clock {
    private volatile Instant now = Instant.parse("2026-11-24T00:00:00Z");
    private volatile boolean runs;

    public void pass(Duration time) {
        now = now.plus(time);
    }

    /** Never back. */
    public void advanceTo(Instant time) {
        if (time.isAfter(now)) {
            now = time;
        }
    }

    /** Goes with the real time from now on. */
    public void run() {
        runs = true;
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
