package io.github.kaitsu.files;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Pauses between looks at a lock that somebody else has, each twice as long as the one before. For one thread. */
public final class Pauses {
    private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(20);

    private final long start = System.nanoTime();
    private final long all;
    private long next = TimeUnit.MICROSECONDS.toNanos(100);

    /** @param all how long to go on */
    public Pauses(Duration all) {
        this.all = all.toNanos();
    }

    /** Waits a while, and says whether to look again; false if the time is over. */
    public boolean pause() throws InterruptedException {
        if (System.nanoTime() - start > all) {
            return false;
        }
        LockSupport.parkNanos(next);
        next = Math.min(2 * next, LONGEST);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return true;
    }
}
