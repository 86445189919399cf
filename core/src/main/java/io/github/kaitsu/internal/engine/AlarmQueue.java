package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.ActivationStore.Changes;
import io.github.kaitsu.store.AlarmClock;
import io.github.kaitsu.store.RunHead;
import io.github.kaitsu.store.RunQuery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The alarm clock of one process: a queue in memory, exact to the millisecond. What other processes write is heard within a tenth of a
 * second. A sleeping run is one entry. Thread-safe.
 */
public final class AlarmQueue implements AlarmClock {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmQueue.class);

    /** So often is looked for what other processes wrote, and whether somebody has moved the clock. */
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ActivationStore store;
    private final Journals journals;

    /** An alarm clock for the runs of a store. */
    public AlarmQueue(ActivationStore store, Journals journals) {
        this.store = store;
        this.journals = journals;
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public Alarms start(Bell bell, Clock clock) {
        Queue queue = new Queue(bell, clock);
        queue.watch.start();
        return queue;
    }

    private final class Queue implements Alarms {
        private final Bell bell;
        private final Clock clock;
        private final WakeUps wakeUps = new WakeUps();
        private final Map<ActivationId, Sleeper> asleep = new ConcurrentHashMap<>();
        private final Set<ActivationId> awake = ConcurrentHashMap.newKeySet();
        private final Set<ActivationId> again = ConcurrentHashMap.newKeySet();
        private final Thread watch = new Thread(this::watch, "kaitsu-wake");
        private final Lock lock = new ReentrantLock();
        private final Condition moved = lock.newCondition();

        /** Somebody is to be woken before what was waited for. Guarded by the lock. */
        private boolean isSooner;

        private Changes seen = Changes.NONE;
        private Instant lastTick = Instant.MIN;
        private long changesAskedAt;
        private boolean isBlind;
        private volatile boolean silent;

        Queue(Bell bell, Clock clock) {
            this.bell = bell;
            this.clock = clock;
            watch.setDaemon(true);
        }

        // ---- when to wake whom

        private void watch() {
            while (!silent) {
                try {
                    tick();
                    isBlind = false;
                    bell.tick();
                } catch (RuntimeException
                        | Error e) { // the next tick tries again; what leaves here would end all ticks
                    if (!isBlind && !silent) {
                        LOG.error("looking for due activations failed; it is tried again", e);
                    }
                    isBlind = true;
                }
                try {
                    pause();
                } catch (InterruptedException e) {
                    return; // closing
                }
            }
        }

        private void tick() {
            Instant now = clock.instant();
            if (seen.cursor().isEmpty()) {
                Changes before = store.changedSince(seen);
                journals.heads(RunQuery.live()).forEach(head -> ring(head.id()));
                store.headless().forEach(this::ring); // those say what is wrong with them
                seen = before;
            }
            if (now.isBefore(lastTick)) {
                wakeUps.all().forEach(this::wake); // the clock was set back: when to wake is worked out anew
            }
            lastTick = now;
            wakeUps.due(now).forEach(this::wake);
            if (System.nanoTime() - changesAskedAt >= TICK_NANOS) {
                hearOfOthers();
                changesAskedAt = System.nanoTime();
            }
        }

        private void hearOfOthers() {
            Changes changes = store.changedSince(seen);
            for (ActivationId id : changes.runs()) {
                if (!isKnown(id)) {
                    ring(id);
                }
            }
            seen = changes;
        }

        private boolean isKnown(ActivationId id) {
            try {
                Optional<Long> known = Optional.ofNullable(asleep.get(id)).map(Sleeper::size);
                Optional<RunHead> head = store.head(id);
                return head.isPresent()
                        && (known.equals(head.map(RunHead::size)) || (head.get().isEnded() && known.isEmpty()));
            } catch (RuntimeException | Error e) { // one damaged run must not keep the others waiting
                LOG.debug("activation {} is advanced, which says what is wrong with it", id, e);
                return false;
            }
        }

        private void pause() throws InterruptedException {
            long nanos = wakeUps.next()
                    .map(at -> Duration.between(clock.instant(), at))
                    .filter(left -> left.compareTo(Duration.ofNanos(TICK_NANOS)) < 0)
                    .map(left -> Math.max(0, left.toNanos()))
                    .orElse(TICK_NANOS);
            lock.lockInterruptibly();
            try {
                while (nanos > 0 && !isSooner) {
                    nanos = moved.awaitNanos(nanos);
                }
                isSooner = false;
            } finally {
                lock.unlock();
            }
        }

        private void wakeAt(ActivationId id, Instant at) {
            if (wakeUps.set(id, at)) {
                lock.lock();
                try {
                    isSooner = true;
                    moved.signalAll();
                } finally {
                    lock.unlock();
                }
            }
        }

        // ---- waking

        private void wake(ActivationId id) {
            if (!silent && awake.add(id)) {
                bell.ring(List.of(new Awake(id, false, late(id))));
            } else {
                ring(id);
            }
        }

        private Duration late(ActivationId id) {
            return sleeper(id)
                    .flatMap(Sleeper::until)
                    .map(at -> Duration.between(at, clock.instant()))
                    .filter(late -> !late.isNegative())
                    .orElse(Duration.ZERO);
        }

        @Override
        public void ring(ActivationId id) {
            again.add(id);
            if (!silent && awake.add(id)) {
                again.remove(id);
                bell.ring(List.of(new Awake(id, true, Duration.ZERO)));
            }
        }

        private void over(ActivationId id) {
            awake.remove(id);
            if (!silent && again.contains(id)) {
                ring(id);
            }
        }

        @Override
        public Optional<Sleeper> sleeper(ActivationId id) {
            return Optional.ofNullable(asleep.get(id));
        }

        @Override
        public void silence() {
            silent = true;
            watch.interrupt();
        }

        @Override
        public void close() {
            silence();
        }

        private final class Awake implements WakeUp {
            private final ActivationId id;
            private final boolean isWritten;
            private final Duration late;
            private final AtomicBoolean isOver = new AtomicBoolean();

            Awake(ActivationId id, boolean isWritten, Duration late) {
                this.id = id;
                this.isWritten = isWritten;
                this.late = late;
            }

            @Override
            public ActivationId run() {
                return id;
            }

            @Override
            public boolean isWritten() {
                return isWritten;
            }

            @Override
            public Duration late() {
                return late;
            }

            @Override
            public void sleep(Optional<Instant> until, long size) {
                if (isOver.compareAndSet(false, true)) {
                    asleep.put(id, new Sleeper(until, size));
                    until.ifPresentOrElse(at -> wakeAt(id, at), () -> wakeUps.clear(id));
                    over(id);
                }
            }

            @Override
            public void retry(Instant at) {
                if (isOver.compareAndSet(false, true)) {
                    asleep.remove(id);
                    wakeAt(id, at);
                    over(id);
                }
            }

            @Override
            public void end() {
                if (isOver.compareAndSet(false, true)) {
                    asleep.remove(id);
                    wakeUps.clear(id);
                    over(id);
                }
            }
        }
    }
}
