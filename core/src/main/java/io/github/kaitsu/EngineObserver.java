package io.github.kaitsu;

import io.github.kaitsu.provision.ProbeResult;
import java.time.Duration;
import java.util.Optional;

/**
 * Hears how a {@linkplain ActivationClient#start() started} client works, for metrics and traces; what happens in runs is told to an
 * {@link ActivationListener}. Nothing that is told names a customer or a run. Thread-safe and quick; what it throws is ignored.
 */
public interface EngineObserver {
    /** Hears nothing. */
    static EngineObserver none() {
        return step -> new Look() {
            @Override
            public void called(Call outcome) {
                // nobody asks
            }

            @Override
            public void over(Optional<ProbeResult> seen) {
                // nobody asks
            }
        };
    }

    /**
     * A look at a vendor begins, on this thread, and is over on the same one. A span that is opened here is the parent of the calls' own.
     *
     * @param step what is looked at; there are about a hundred, whatever the number of customers
     */
    Look look(StepId step);

    /**
     * A run was woken.
     *
     * @param late how much later than it was to be
     */
    default void woken(Duration late) {}

    /** Advancing a run failed, and is tried again. */
    default void retried() {}

    /** A look that has begun. */
    interface Look {
        /** An attempt of a call to the vendor has ended. */
        void called(Call outcome);

        /**
         * The look is over.
         *
         * @param seen empty if it was interrupted
         */
        void over(Optional<ProbeResult> seen);
    }

    /** How an attempt of a call to a vendor ended. */
    enum Call {
        /** The vendor answered what was asked. */
        ANSWERED,
        /** The vendor asked for fewer calls. */
        THROTTLED,
        /** The vendor could not be reached, or failed; another attempt may help. */
        UNAVAILABLE,
        /** The vendor refused. */
        REFUSED
    }
}
