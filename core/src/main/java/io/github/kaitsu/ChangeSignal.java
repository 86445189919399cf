package io.github.kaitsu;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets threads wait for something in the store: told at once of this process's changes, and looking each second for others'. */
final class ChangeSignal {
    private static final Duration LOOK_FOR_OTHERS = Duration.ofSeconds(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long changes;

    void signal() {
        lock.lock();
        try {
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Looks for something that is perhaps not there yet. */
    interface Attempt<T> {
        Optional<T> look() throws InterruptedException;
    }

    /** Waits until something is found; empty once patience is over. It is looked for outside the lock: that reads. */
    <T> Optional<T> await(Attempt<T> attempt, Duration patience) throws InterruptedException {
        long start = System.nanoTime();
        while (true) {
            long seen = changes();
            Optional<T> found = attempt.look();
            if (found.isPresent()) {
                return found;
            }
            Duration left = patience.minusNanos(System.nanoTime() - start);
            if (left.isNegative() || left.isZero()) {
                return found;
            }
            awaitChange(seen, left.compareTo(LOOK_FOR_OTHERS) < 0 ? left.toNanos() : LOOK_FOR_OTHERS.toNanos());
        }
    }

    private long changes() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }

    private void awaitChange(long seen, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (changes == seen && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
