package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.internal.engine.Advancer.Asleep;
import io.github.kaitsu.internal.engine.Advancer.Busy;
import io.github.kaitsu.internal.engine.Advancer.Ended;
import io.github.kaitsu.internal.engine.Advancer.Outcome;
import io.github.kaitsu.internal.engine.ProbeRunner.Sight;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.ActivationStore.Changes;
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
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps all runs of a store going:
 *
 * <pre>
 * wake-ups in order of time ──► due ──► decide (a thread per core) ──► append, or sleep
 *      ▲      what others wrote ──┘              ▲  │ looks
 *      └── nothing new ── look (many threads, so many per provider and customer) ◄──┘
 * </pre>
 *
 * <p>Deciding is CPU and short; looking waits for vendors. No thread of the first waits for the second. A sleeping run is one entry of
 * the queue: no thread, no connection, and its looks write nothing as long as they find nothing new. An {@code Error} is an event of
 * one run.
 *
 * <p>Thread-safe.
 */
public final class EngineRoom {
    private static final Logger LOG = LoggerFactory.getLogger(EngineRoom.class);

    /** So often is looked for what other processes wrote, and whether somebody has moved the clock. */
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final Duration BUSY = Duration.ofSeconds(1);
    private static final Duration BETWEEN_HOUSEKEEPINGS = Duration.ofHours(1);
    private static final long ASK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long ALIVE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final Duration LONGEST_END = Duration.ofSeconds(30);

    private final ActivationStore store;
    private final Journals journals;
    private final Advancer advancer;
    private final Clock clock;
    private final Runnable changed;
    private final Housekeeping housekeeping;

    private final WakeUps wakeUps = new WakeUps();
    private final Map<ActivationId, Asleep> asleep = new ConcurrentHashMap<>();
    private final Set<ActivationId> running = ConcurrentHashMap.newKeySet();
    private final Set<ActivationId> again = ConcurrentHashMap.newKeySet();
    private final Map<ActivationId, Integer> failures = new ConcurrentHashMap<>();
    private final Map<ActivationId, Long> busySince = new ConcurrentHashMap<>(); // in nanoseconds of this JVM

    private final ExecutorService deciders = Executors.newFixedThreadPool(
            Math.max(2, Runtime.getRuntime().availableProcessors()), r -> daemon(r, "kaitsu-decide"));
    private final Optional<ExecutorService> ownLookers;
    private final LookRoom looks;
    private final Thread watch = daemon(this::watch, "kaitsu-wake");

    private final Lock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();

    /** Somebody is to be woken before what was waited for. Guarded by the lock. */
    private boolean isSooner;

    private Changes seen = Changes.NONE;
    private Instant lastTick = Instant.MIN;
    private long changesAskedAt;
    private boolean isBlind;
    private volatile Instant nextHousekeeping = Instant.MIN;
    private volatile long tickedAt = System.nanoTime();
    private volatile boolean closing;

    /** What is done now and then, on a thread of its own. */
    public interface Housekeeping {
        /** Whether all is done; else it is tried again at the next tick. */
        boolean run() throws InterruptedException;
    }

    /**
     * How many looks are made at once.
     *
     * @param threads the host's, if it has some; else own ones, virtual where the JDK has them
     */
    public record Looks(Optional<Executor> threads, int perProvider, int perCustomer) {}

    /**
     * Begins at once.
     *
     * @param changed told after every advance of a run
     */
    public EngineRoom(
            ActivationStore store,
            Journals journals,
            Advancer advancer,
            Clock clock,
            Looks how,
            Runnable changed,
            Housekeeping housekeeping) {
        this.store = store;
        this.journals = journals;
        this.advancer = advancer;
        this.clock = clock;
        this.changed = changed;
        this.housekeeping = housekeeping;
        this.ownLookers = how.threads().isPresent() ? Optional.empty() : Optional.of(LookThreads.create());
        this.looks =
                new LookRoom(how.threads().orElseGet(ownLookers::orElseThrow), how.perProvider(), how.perCustomer());
        watch.start();
    }

    private static Thread daemon(Runnable r, String name) {
        Thread thread = new Thread(r, name);
        thread.setDaemon(true);
        return thread;
    }

    // ---- when to wake whom

    private void watch() {
        while (!closing) {
            try {
                tick();
                isBlind = false;
                tickedAt = System.nanoTime();
            } catch (RuntimeException | Error e) { // the next tick tries again; what leaves here would end all ticks
                if (!isBlind && !closing) {
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
        if (!now.isBefore(nextHousekeeping)) {
            nextHousekeeping = now.plus(BETWEEN_HOUSEKEEPINGS);
            deciders.execute(this::keepHouse);
        }
    }

    private void hearOfOthers() {
        Changes changes = store.changedSince(seen);
        for (ActivationId id : changes.runs()) {
            try {
                if (!isKnown(id)) {
                    ring(id);
                }
            } catch (RuntimeException | Error e) { // one damaged run must not keep the others waiting
                failed(id, e);
            }
        }
        seen = changes;
    }

    private boolean isKnown(ActivationId id) {
        Optional<Long> known = Optional.ofNullable(asleep.get(id)).map(Asleep::size);
        Optional<RunHead> head = store.head(id);
        return head.isPresent()
                && (known.equals(head.map(RunHead::size)) || (head.get().isEnded() && known.isEmpty()));
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

    private void keepHouse() {
        try {
            if (!housekeeping.run()) {
                nextHousekeeping = Instant.MIN;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) { // the next time tries again
            LOG.error("housekeeping failed", e);
        }
    }

    // ---- advancing

    /** A run's time has come: if looking is all there is to do, no thread is needed for deciding. */
    private void wake(ActivationId id) {
        if (!closing && running.add(id)) {
            Optional<Outcome> due = Optional.empty();
            try {
                due = advancer.dueLooks(id).map(Outcome.class::cast);
            } catch (RuntimeException | Error e) {
                LOG.debug("activation {} is decided anew", id, e);
            }
            if (due.isPresent()) {
                goOn(id, due.get());
                return;
            }
            running.remove(id);
        }
        ring(id);
    }

    /** Advances a run soon; while it is being advanced, once more afterwards. */
    public void ring(ActivationId id) {
        again.add(id);
        if (!closing && running.add(id)) {
            boolean ignored = decide(id, () -> {
                again.remove(id);
                return advancer.advance(id);
            });
        }
    }

    private interface Turn {
        Outcome make() throws InterruptedException;
    }

    /** @return false if it is closing */
    private boolean decide(ActivationId id, Turn turn) {
        try {
            deciders.execute(() -> make(id, turn));
            return true;
        } catch (RejectedExecutionException e) {
            over(id);
            return false;
        }
    }

    private void make(ActivationId id, Turn turn) {
        Outcome outcome;
        try {
            outcome = turn.make();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            over(id);
            return;
        } catch (RuntimeException | Error e) {
            failed(id, e);
            over(id);
            return;
        }
        failures.remove(id);
        goOn(id, outcome);
    }

    private void goOn(ActivationId id, Outcome outcome) {
        if (outcome instanceof Looking looking) {
            looks.look(looking, back);
            return;
        }
        if (outcome instanceof Asleep sleeper) {
            asleep.put(id, sleeper);
            sleeper.wakeAt().ifPresentOrElse(at -> wakeAt(id, at), () -> wakeUps.clear(id));
        } else if (outcome instanceof Ended) {
            asleep.remove(id);
            busySince.remove(id);
            wakeUps.clear(id);
        } else if (outcome instanceof Busy) {
            asleep.remove(id);
            busySince.put(id, System.nanoTime());
            wakeAt(id, clock.instant().plus(BUSY));
        }
        over(id);
    }

    private final LookRoom.Back back = new LookRoom.Back() {
        @Override
        public void seen(Looking looking, List<Sight> sights) {
            if (!decide(looking.id(), () -> advancer.seen(looking, sights))) {
                advancer.abandon(looking);
            }
        }

        @Override
        public void abandoned(Looking looking) {
            advancer.abandon(looking);
            over(looking.id());
        }
    };

    private void over(ActivationId id) {
        running.remove(id);
        if (closing) {
            lock.lock();
            try {
                moved.signalAll();
            } finally {
                lock.unlock();
            }
        } else if (again.contains(id)) {
            ring(id);
        }
        changed.run();
    }

    /** Tries a run again later and ever more rarely, whatever it was: an error of one is no reason to end the others. */
    private void failed(ActivationId id, Throwable e) {
        asleep.remove(id);
        int times = failures.merge(id, 1, Integer::sum);
        Duration pause = BackOff.after(times);
        if (times == 1) {
            LOG.error("advancing activation {} failed; trying again in {} s", id, pause.toSeconds(), e);
        } else {
            LOG.warn(
                    "advancing activation {} failed again; trying again in {} s: {}",
                    id,
                    pause.toSeconds(),
                    e.toString());
        }
        wakeAt(id, clock.instant().plus(pause));
    }

    // ---- what others want to know

    /**
     * How far a run has come, if there is nothing to do for it now; else it is rung, unless it failed, or was found in another
     * process's hands less than a second ago.
     */
    public Optional<Asleep> asleep(ActivationId id) {
        Optional<Asleep> last =
                Optional.ofNullable(asleep.get(id)).filter(a -> a.size() == store.size(id) && !isOver(a));
        if (last.isEmpty() && !failures.containsKey(id) && !wasJustBusy(id)) {
            ring(id);
        }
        return last.filter(a -> !isAtWork(id));
    }

    /** Whether a run is being advanced just now. */
    public boolean isAtWork(ActivationId id) {
        return running.contains(id);
    }

    private boolean isOver(Asleep sleeper) {
        return sleeper.wakeAt().map(at -> !clock.instant().isBefore(at)).orElse(false);
    }

    private boolean wasJustBusy(ActivationId id) {
        Long since = busySince.get(id);
        return since != null && System.nanoTime() - since < ASK_AGAIN_NANOS;
    }

    /** Whether it has looked for due runs within the last minute of this JVM. */
    public boolean isAlive() {
        return System.nanoTime() - tickedAt < ALIVE_NANOS;
    }

    // ---- the end

    /** Begins nothing new, lets what is under way come to its end, and interrupts what has not by then. */
    public void close(Duration patience) {
        closing = true;
        watch.interrupt();
        try {
            awaitQuiet(patience);
            deciders.shutdownNow();
            ownLookers.ifPresent(ExecutorService::shutdownNow);
            boolean isOver = deciders.awaitTermination(LONGEST_END.toNanos(), TimeUnit.NANOSECONDS);
            if (ownLookers.isPresent()) {
                isOver &= ownLookers.get().awaitTermination(LONGEST_END.toNanos(), TimeUnit.NANOSECONDS);
            }
            if (!isOver) {
                LOG.warn("an activation is still being advanced; its lease ends with this process");
            }
        } catch (InterruptedException e) {
            deciders.shutdownNow();
            ownLookers.ifPresent(ExecutorService::shutdownNow);
            Thread.currentThread().interrupt();
        }
    }

    private void awaitQuiet(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (!running.isEmpty() && left > 0) {
                left = moved.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
