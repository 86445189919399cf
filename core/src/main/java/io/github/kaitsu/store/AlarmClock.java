package io.github.kaitsu.store;

import io.github.kaitsu.ActivationId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Wakes runs when their time has come, or when somebody has written in one. It decides nothing: to wake a run too early, or twice, costs
 * a look and does no harm. A client has one of its own, a queue in memory; one that {@linkplain #isShared() is shared} wakes each run at
 * one node of many. Thread-safe.
 */
public interface AlarmClock {
    /**
     * Whether other processes are woken by it as well. Then runs are woken at changing nodes, whoever is woken asks the store whether a
     * run has grown, and nothing is kept for sleepers but a bounded cache.
     */
    boolean isShared();

    /**
     * Begins to wake runs in this process; those that nobody has ever been woken for, too.
     *
     * @param bell who is woken
     * @param clock the client's, by which all times go that are given or returned
     */
    Alarms start(Bell bell, Clock clock);

    /** Who is woken. Returns soon and throws nothing. */
    interface Bell {
        /** These runs are to be advanced here; each wake-up is ended once, on any thread. */
        void ring(List<WakeUp> wakeUps);

        /** To be called about ten times a second, as long as the alarm clock works. */
        void tick();
    }

    /** A run that is to be advanced here and now. Nobody else is woken for it before this has ended; only the first end counts. */
    interface WakeUp {
        /** Which one. */
        ActivationId run();

        /** Whether somebody has written in it, or may have; false where only its time has come, as far as the alarm clock knows. */
        boolean isWritten();

        /** How much later it was woken than it was to be, as far as that is known; after somebody has written, what he waited or zero. */
        Duration late();

        /**
         * Nothing is left to do before that time.
         *
         * @param until absent: until somebody writes
         * @param size how many entries the journal had when that was decided
         */
        void sleep(Optional<Instant> until, long size);

        /** It is to be tried again at that time; until then it is not asleep. */
        void retry(Instant at);

        /** It has ended and is woken no more, unless somebody writes in it. */
        void end();
    }

    /** An alarm clock that works. Thread-safe. */
    interface Alarms extends AutoCloseable {
        /** Wakes a run soon, here or elsewhere. What is being advanced is advanced once more, if somebody has written in it. */
        void ring(ActivationId run);

        /** How a run sleeps; empty if it is due, being advanced somewhere, or unknown. */
        Optional<Sleeper> sleeper(ActivationId run);

        /** Wakes nobody any more; wake-ups that have not ended may still do so. */
        void silence();

        /** Ends it. What has not ended by then is woken elsewhere, or with the next start. */
        @Override
        void close();
    }

    /**
     * A run that sleeps.
     *
     * @param until when it is woken; absent: when somebody writes
     * @param size how many entries its journal had, or has
     */
    record Sleeper(Optional<Instant> until, long size) {}
}
