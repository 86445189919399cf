package io.github.kaitsu.desk.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The sandbox's time: it stands still until it is moved, and never goes back. Thread-safe. */
public final class StoryClock extends Clock {
    private Instant now;

    StoryClock(Instant start) {
        this.now = start;
    }

    synchronized void advanceTo(Instant time) {
        now = time.isAfter(now) ? time : now;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the sandbox's clock is UTC");
    }
}
