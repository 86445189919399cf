package io.github.kaitsu.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A machine's clock, which may be wrong and may be set. */
final class OffsetClock extends Clock {
    private final Clock world;
    private volatile Duration ahead = Duration.ZERO;

    OffsetClock(Clock world) {
        this.world = world;
    }

    void leap(Duration by) {
        ahead = ahead.plus(by);
    }

    /** When this clock shows that time. */
    Instant inTheWorld(Instant shown) {
        return shown.minus(ahead);
    }

    @Override
    public Instant instant() {
        return world.instant().plus(ahead);
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
