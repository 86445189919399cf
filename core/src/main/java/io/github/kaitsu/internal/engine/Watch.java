package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationRetryPolicy;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.ProbeResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A step that is looked at until something new is seen. All times are the run's. Immutable.
 *
 * @param known what was seen last
 * @param notBefore when the vendor allows the next look
 * @param since from when lag counts
 * @param patience when lag counts no more
 * @param settled when what a person did must have taken effect
 */
record Watch(
        ActivationStep step,
        ProbeResult known,
        Instant notBefore,
        Instant since,
        Instant patience,
        Optional<Instant> settled,
        ActivationRetryPolicy policy) {

    /**
     * The next look after the last one: ever rarer, but never past a moment at which something is decided, the end of the settle
     * window and the end of patience.
     */
    Instant next(Instant last) {
        if (notBefore.isAfter(last)) {
            return notBefore;
        }
        Instant next = last.plus(spacing(policy, Duration.between(since, last)));
        if (last.isBefore(patience) && patience.isBefore(next)) {
            next = patience;
        }
        Instant soon = next;
        return settled.filter(end -> last.isBefore(end) && end.isBefore(soon)).orElse(soon);
    }

    /** The distance to the next look of a machine: it grows with the time already waited. */
    static Duration spacing(ActivationRetryPolicy policy, Duration waited) {
        Duration part = Duration.ofMillis((long) (waited.toMillis() * policy.lookFraction()));
        return part.compareTo(policy.firstLook()) > 0 ? part : policy.firstLook();
    }
}
