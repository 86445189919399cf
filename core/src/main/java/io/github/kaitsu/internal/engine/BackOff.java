package io.github.kaitsu.internal.engine;

import java.time.Duration;

/** How long to wait before what failed is tried again: ever longer. */
public final class BackOff {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final int MOST_DOUBLINGS = 9; // three quarters of an hour

    private BackOff() {}

    /**
     * The pause after a failure.
     *
     * @param times how often in a row it has failed, from 1
     */
    public static Duration after(int times) {
        return FIRST.multipliedBy(1L << Math.min(times - 1, MOST_DOUBLINGS));
    }
}
