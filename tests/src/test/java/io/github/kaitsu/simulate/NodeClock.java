package io.github.kaitsu.simulate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A machine's clock: apart from the world's, drifting from it, set now and then. */
final class NodeClock extends Clock {
    private static final long MILLION = 1_000_000;
    private final World world;
    private Duration ahead;
    private long perMillion;

    /** @param perMillion by how much it goes too fast */
    NodeClock(World world, Duration ahead, long perMillion) {
        this.world = world;
        this.ahead = ahead;
        this.perMillion = perMillion;
    }

    void leap(Duration by) {
        ahead = ahead.plus(by);
    }

    private Duration ahead() {
        return ahead.plusSeconds(world.age().toSeconds() * perMillion / MILLION);
    }

    boolean isRightWithin(Duration some) {
        return ahead().abs().compareTo(some) <= 0;
    }

    /** When this clock shows that time, as far as it goes on as it does. */
    Instant inTheWorld(Instant shown) {
        return shown.minus(ahead());
    }

    @Override
    public Instant instant() {
        return world.now().plus(ahead());
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
