package io.github.kaitsu.sandbox;

import io.github.kaitsu.sandbox.internal.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The sandbox's time: it stands still until somebody sets it, and it never goes backwards.
 *
 * <p>It is part of the sandbox's log, so it survives the process. Thread-safe.
 */
public final class SandboxClock extends Clock {
    private final Ledger ledger;
    private final ZoneId zone;

    SandboxClock(Ledger ledger) {
        this(ledger, ZoneOffset.UTC);
    }

    private SandboxClock(Ledger ledger, ZoneId zone) {
        this.ledger = ledger;
        this.zone = zone;
    }

    /** Sets the time; an instant that is not later than the present changes nothing. */
    public void advanceTo(Instant instant) {
        ledger.advanceTo(instant);
    }

    /**
     * Lets time pass.
     *
     * @throws IllegalArgumentException if the duration is negative
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("time does not go backwards: " + duration);
        }
        ledger.advanceBy(duration);
    }

    @Override
    public Instant instant() {
        return ledger.now();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new SandboxClock(ledger, other);
    }
}
