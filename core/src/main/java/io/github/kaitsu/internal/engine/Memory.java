package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.StepId;
import io.github.kaitsu.internal.engine.Offering.Offers;
import io.github.kaitsu.provision.ProbeContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What this process did for a run that has not ended; lost with it, harmlessly. Used by one thread at a time: whoever has {@linkplain
 * #enter entered}.
 */
final class Memory {
    private final AtomicBoolean inUse = new AtomicBoolean();

    /** When it was looked at last, by step, in the run's time. Replaced, never changed: a view may read it meanwhile. */
    private volatile Map<StepId, Instant> lookedAt = Map.of();

    final Offers offers = new Offers();
    Map<CloudService, ActivationStatus> told = Map.of();

    /** How many journal entries were gone through for answers. */
    long answersSeen;

    /** Until when there is nothing to decide, if nothing happens. */
    volatile @Nullable Sleep sleep;

    /** Dropped when many other runs were used since. */
    volatile @Nullable RunState state;

    /**
     * A run of which nothing is known but what it looks at until something new is seen.
     *
     * @param since the clock's time at which it fell asleep
     * @param decideAt when something is decided by the time alone, at the latest, by the clock
     * @param ahead how far the run's time is ahead of the clock
     */
    record Sleep(
            long size,
            Instant since,
            Optional<Instant> decideAt,
            Duration ahead,
            ProbeContext context,
            List<Watch> watches) {

        /** Whether nothing can have happened at this time but what a look shows. */
        boolean isUndisturbed(Instant now) {
            return !now.isBefore(since) && decideAt.map(now::isBefore).orElse(true) && !watches.isEmpty();
        }
    }

    /** Whether nobody uses it and no operator of this process was asked anything. */
    boolean isForgettable() {
        return !inUse.get() && offers.isNone();
    }

    /** Begins to use it. @return false if somebody else of this process is at the run */
    boolean enter() {
        return inUse.compareAndSet(false, true);
    }

    void leave() {
        inUse.set(false);
    }

    Map<StepId, Instant> lookedAt() {
        return lookedAt;
    }

    void looked(Iterable<StepId> steps, Instant at) {
        Map<StepId, Instant> all = new HashMap<>(lookedAt);
        steps.forEach(step -> all.put(step, at));
        lookedAt = Map.copyOf(all);
    }

    void forgetLook(StepId step) {
        if (lookedAt.containsKey(step)) {
            Map<StepId, Instant> all = new HashMap<>(lookedAt);
            all.remove(step);
            lookedAt = Map.copyOf(all);
        }
    }

    void forgetLooks() {
        lookedAt = Map.of();
    }
}
