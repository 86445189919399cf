package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.EngineObserver;
import io.github.kaitsu.internal.engine.Advancer.Asleep;
import io.github.kaitsu.internal.engine.Advancer.Busy;
import io.github.kaitsu.internal.engine.Advancer.Ended;
import io.github.kaitsu.internal.engine.Advancer.Outcome;
import io.github.kaitsu.internal.engine.ProbeRunner.Sight;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.ActivationStore.Changes;
import io.github.kaitsu.store.AlarmClock;
import io.github.kaitsu.store.AlarmClock.Alarms;
import io.github.kaitsu.store.AlarmClock.Sleeper;
import io.github.kaitsu.store.AlarmClock.WakeUp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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

    private static final Duration BUSY = Duration.ofSeconds(1);
    private static final Duration BETWEEN_HOUSEKEEPINGS = Duration.ofHours(1);
    private static final long ASK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int PER_CORE_WHERE_SHARED = 4;
    private static final long ALIVE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final Duration LONGEST_END = Duration.ofSeconds(30);

    private final ActivationStore store;
    private final Advancer advancer;
    private final Clock clock;
    private final Runnable changed;
    private final Housekeeping housekeeping;

    private final Map<ActivationId, WakeUp> awake = new ConcurrentHashMap<>();
    private final Map<ActivationId, Integer> failures = new ConcurrentHashMap<>();
    private final Map<ActivationId, Long> busySince = new ConcurrentHashMap<>(); // in nanoseconds of this JVM

    private final ExecutorService deciders;
    private final Optional<ExecutorService> ownLookers;
    private final LookRoom looks;
    private final EngineObserver observer;
    private final boolean isShared;
    private final Alarms alarms;

    private final Lock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();

    private Changes seen = Changes.NONE; // used by the alarm clock's thread alone
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
            AlarmClock alarmClock,
            Advancer advancer,
            Clock clock,
            Looks how,
            EngineObserver observer,
            Runnable changed,
            Housekeeping housekeeping) {
        this.store = store;
        this.advancer = advancer;
        this.clock = clock;
        this.changed = changed;
        this.housekeeping = housekeeping;
        this.ownLookers = how.threads().isPresent() ? Optional.empty() : Optional.of(LookThreads.create());
        this.observer = observer;
        this.looks = new LookRoom(
                how.threads().orElseGet(ownLookers::orElseThrow),
                how.perProvider(),
                how.perCustomer(),
                clock,
                observer);
        this.isShared = alarmClock.isShared();
        int cores = Math.max(2, Runtime.getRuntime().availableProcessors());
        this.deciders = Executors.newFixedThreadPool( // what is shared is across a network: deciding waits for it
                isShared ? PER_CORE_WHERE_SHARED * cores : cores, EngineRoom::daemon);
        this.alarms = alarmClock.start(new Bell(), clock); // the last: it rings at once
    }

    private static Thread daemon(Runnable r) {
        Thread thread = new Thread(r, "kaitsu-decide");
        thread.setDaemon(true);
        return thread;
    }

    // ---- when to wake whom

    private final class Bell implements AlarmClock.Bell {
        @Override
        public void ring(List<WakeUp> wakeUps) {
            Set<ActivationId> grown = isShared ? grown(wakeUps) : Set.of();
            wakeUps.forEach(wakeUp -> wake(wakeUp, wakeUp.isWritten() || grown.contains(wakeUp.run())));
        }

        @Override
        public void tick() {
            tickedAt = System.nanoTime();
            if (isShared) {
                hearOfOthers();
            }
            if (!clock.instant().isBefore(nextHousekeeping)) {
                nextHousekeeping = clock.instant().plus(BETWEEN_HOUSEKEEPINGS);
                deciders.execute(EngineRoom.this::keepHouse);
            }
        }
    }

    /** What has been written since this process looked at the run; one question for all. */
    private Set<ActivationId> grown(List<WakeUp> wakeUps) {
        Map<ActivationId, Long> seen = new HashMap<>();
        wakeUps.forEach(wakeUp -> advancer.sleepsAt(wakeUp.run()).ifPresent(size -> seen.put(wakeUp.run(), size)));
        try {
            return seen.isEmpty() ? Set.of() : Set.copyOf(store.grown(seen));
        } catch (RuntimeException | Error e) {
            LOG.debug("all that are due are read", e);
            return seen.keySet();
        }
    }

    /**
     * Where the alarm clock wakes another node for what somebody has written, the operators of this one must hear of it, too: what they
     * were offered may be over.
     */
    private void hearOfOthers() {
        Set<ActivationId> offered = advancer.offered();
        if (offered.isEmpty()) {
            seen = Changes.NONE;
            return;
        }
        boolean isFirst = seen.cursor().isEmpty();
        Changes changes = store.changedSince(seen);
        seen = changes;
        for (ActivationId id : isFirst ? List.copyOf(offered) : changes.runs()) {
            if (!awake.containsKey(id) && offered.contains(id)) {
                deciders.execute(() -> withdraw(id));
            }
        }
    }

    private void withdraw(ActivationId id) {
        try {
            if (advancer.advance(id) instanceof Looking looking) {
                advancer.abandon(looking); // whoever is woken makes them
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) { // whoever is woken meets it as well
            LOG.debug("what was offered for {} may be over", id, e);
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

    /** If looking is all there is to do, no thread is needed for deciding. */
    private void wake(WakeUp wakeUp, boolean isWritten) {
        awake.put(wakeUp.run(), wakeUp);
        Observing.tell(() -> observer.woken(wakeUp.late()));
        Optional<Outcome> due = Optional.empty();
        try {
            due = isWritten ? due : advancer.dueLooks(wakeUp.run()).map(Outcome.class::cast);
        } catch (RuntimeException | Error e) {
            LOG.debug("activation {} is decided anew", wakeUp.run(), e);
        }
        if (due.isPresent()) {
            goOn(wakeUp, due.get());
        } else {
            boolean ignored = decide(wakeUp, () -> advancer.advance(wakeUp.run()));
        }
    }

    /** Advances a run soon; while it is being advanced, once more afterwards. */
    public void ring(ActivationId id) {
        if (!closing) {
            alarms.ring(id);
        }
    }

    private interface Turn {
        Outcome make() throws InterruptedException;
    }

    /** @return false if it is closing */
    private boolean decide(WakeUp wakeUp, Turn turn) {
        try {
            deciders.execute(() -> make(wakeUp, turn));
            return true;
        } catch (RejectedExecutionException e) {
            over(wakeUp, () -> wakeUp.retry(clock.instant()));
            return false;
        }
    }

    private void make(WakeUp wakeUp, Turn turn) {
        Outcome outcome;
        try {
            outcome = turn.make();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            over(wakeUp, () -> wakeUp.retry(clock.instant()));
            return;
        } catch (RuntimeException | Error e) {
            failed(wakeUp, e);
            return;
        }
        failures.remove(wakeUp.run());
        goOn(wakeUp, outcome);
    }

    private void goOn(WakeUp wakeUp, Outcome outcome) {
        if (outcome instanceof Looking looking) {
            OptionalLong later = isShared ? looks.crowd(looking.context().customer()) : OptionalLong.empty();
            if (later.isPresent()) { // its place is another's, whoever waits in the database
                advancer.abandon(looking);
                over(wakeUp, () -> wakeUp.retry(clock.instant().plusNanos(later.getAsLong())));
            } else {
                looks.look(looking, new Back(wakeUp));
            }
        } else if (outcome instanceof Asleep sleeper) {
            over(wakeUp, () -> wakeUp.sleep(sleeper.wakeAt(), sleeper.size()));
        } else if (outcome instanceof Ended) {
            busySince.remove(wakeUp.run());
            over(wakeUp, wakeUp::end);
        } else if (outcome instanceof Busy) {
            busySince.put(wakeUp.run(), System.nanoTime());
            over(wakeUp, () -> wakeUp.retry(clock.instant().plus(BUSY)));
        }
    }

    private final class Back implements LookRoom.Back {
        private final WakeUp wakeUp;

        Back(WakeUp wakeUp) {
            this.wakeUp = wakeUp;
        }

        @Override
        public void seen(Looking looking, List<Sight> sights) {
            if (!decide(wakeUp, () -> advancer.seen(looking, sights))) {
                advancer.abandon(looking);
            }
        }

        @Override
        public void abandoned(Looking looking) {
            advancer.abandon(looking);
            over(wakeUp, () -> wakeUp.retry(clock.instant()));
        }
    }

    private void over(WakeUp wakeUp, Runnable end) {
        try {
            end.run();
        } finally {
            awake.remove(wakeUp.run(), wakeUp);
            if (closing) {
                lock.lock();
                try {
                    moved.signalAll();
                } finally {
                    lock.unlock();
                }
            }
            changed.run();
        }
    }

    /** Tries a run again later and ever more rarely, whatever it was: an error of one is no reason to end the others. */
    private void failed(WakeUp wakeUp, Throwable e) {
        ActivationId id = wakeUp.run();
        int times = failures.merge(id, 1, Integer::sum);
        Observing.tell(observer::retried);
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
        over(wakeUp, () -> wakeUp.retry(clock.instant().plus(pause)));
    }

    // ---- what others want to know

    /**
     * How far a run has come, if there is nothing to do for it now; else it is rung, unless it failed, or was found in another
     * process's hands less than a second ago.
     */
    public Optional<Sleeper> asleep(ActivationId id) {
        Optional<Sleeper> last = alarms.sleeper(id).filter(a -> a.size() == store.size(id) && !isOver(a));
        if (last.isEmpty() && !failures.containsKey(id) && !wasJustBusy(id)) {
            ring(id);
        }
        return last.filter(a -> !isAtWork(id));
    }

    /** Whether a run is being advanced just now, here. */
    public boolean isAtWork(ActivationId id) {
        return awake.containsKey(id);
    }

    private boolean isOver(Sleeper sleeper) {
        return sleeper.until().map(at -> !clock.instant().isBefore(at)).orElse(false);
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
        alarms.silence();
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
        } finally {
            alarms.close();
        }
    }

    private void awaitQuiet(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (!awake.isEmpty() && left > 0) {
                left = moved.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
