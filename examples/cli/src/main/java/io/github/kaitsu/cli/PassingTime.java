package io.github.kaitsu.cli;

import io.github.kaitsu.sandbox.SandboxClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a command does about time. */
interface PassingTime {
    /** Lets time pass, at most until then. False if the command rather ends. */
    boolean towards(Instant time) throws InterruptedException;

    /** Another process's answer is noticed within this time. */
    Duration NOTICE = Duration.ofSeconds(1);

    /** The command ends; somebody resumes it later. */
    static PassingTime stop() {
        return time -> false;
    }

    /** Simulated time costs nothing. */
    static PassingTime simulated(SandboxClock clock) {
        return time -> {
            boolean ahead = time.isAfter(clock.instant());
            clock.advanceTo(ahead ? time : clock.instant().plus(NOTICE));
            return true;
        };
    }

    /** Waits for real. */
    static PassingTime real(Clock clock) {
        return time -> {
            Duration left = Duration.between(clock.instant(), time);
            Duration pause = left.compareTo(NOTICE) < 0 ? left : NOTICE;
            // Nothing counts it down: this is the sleep that an interrupt ends.
            boolean over = new CountDownLatch(1).await(Math.max(1, pause.toMillis()), TimeUnit.MILLISECONDS);
            return !over;
        };
    }
}
