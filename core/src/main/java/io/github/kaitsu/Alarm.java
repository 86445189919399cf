package io.github.kaitsu;

import io.github.kaitsu.internal.engine.Advancer;
import io.github.kaitsu.internal.engine.Advancer.Outcome;
import io.github.kaitsu.internal.engine.BackOff;
import io.github.kaitsu.store.ActivationStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The in-process alarm clock. A waiting run is one entry of a map: no thread, no connection. Once a second it rings the runs
 * whose time has come and those whose journal somebody else has made longer.
 */
final class Alarm {
    private static final Logger LOG = LoggerFactory.getLogger(Alarm.class);
    private static final Duration BUSY = Duration.ofSeconds(5);
    private static final Duration BETWEEN_HOUSEKEEPINGS = Duration.ofHours(1);
    private static final long UNKNOWN = -1;
    private static final long ASK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long ALIVE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final ActivationStore store;
    private final Advancer advancer;
    private final Clock clock;
    private final ChangeSignal changes;
    private final Map<ActivationId, Entry> waiting = new ConcurrentHashMap<>();
    private final Set<ActivationId> ended = ConcurrentHashMap.newKeySet();
    private final Set<ActivationId> running = ConcurrentHashMap.newKeySet();
    private final Set<ActivationId> again = ConcurrentHashMap.newKeySet();
    private final Map<ActivationId, Integer> failures = new ConcurrentHashMap<>();
    private Instant lastTick = Instant.MIN;
    private boolean isBlind;
    private final Map<ActivationId, Outcome> asleep = new ConcurrentHashMap<>();
    private final Map<ActivationId, Long> busySince = new ConcurrentHashMap<>(); // in nanoseconds of this JVM
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(r -> daemon(r, "kaitsu-alarm"));
    private final ExecutorService workers = Executors.newFixedThreadPool(
            Math.max(2, Runtime.getRuntime().availableProcessors()), r -> daemon(r, "kaitsu-advance"));

    private final Housekeeping housekeeping;
    private final ScheduledFuture<?> ticking;
    private volatile Instant nextHousekeeping = Instant.MIN;

    /** What is done now and then, on a thread of its own. */
    interface Housekeeping {
        /** Whether all is done; else it is tried again at the next tick. */
        boolean run() throws InterruptedException;
    }

    private volatile long tickedAt = System.nanoTime();
    private volatile boolean closing;

    /** @param size how long the journal was when the run went to sleep */
    private record Entry(Optional<Instant> wakeAt, long size) {}

    Alarm(ActivationStore store, Advancer advancer, Clock clock, ChangeSignal changes, Housekeeping housekeeping) {
        this.store = store;
        this.advancer = advancer;
        this.clock = clock;
        this.changes = changes;
        this.housekeeping = housekeeping;
        this.ticking = timer.scheduleWithFixedDelay(this::tick, 0, 1, TimeUnit.SECONDS);
    }

    private static Thread daemon(Runnable r, String name) {
        Thread thread = new Thread(r, name);
        thread.setDaemon(true);
        return thread;
    }

    private void tick() {
        try {
            Instant now = clock.instant();
            if (now.isBefore(lastTick)) {
                asleep.clear();
                waiting.clear(); // the clock was set back: when to wake is worked out anew
            }
            lastTick = now;
            store.all().forEach(id -> ringIfDue(id, now));
            isBlind = false;
            if (!now.isBefore(nextHousekeeping)) {
                nextHousekeeping = now.plus(BETWEEN_HOUSEKEEPINGS);
                workers.execute(this::keepHouse);
            }
            tickedAt = System.nanoTime();
        } catch (RuntimeException | Error e) { // the next tick tries again; what leaves here would end all ticks
            if (!isBlind) {
                LOG.error("looking for due activations failed; it is tried again every second", e);
            }
            isBlind = true;
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

    private void ringIfDue(ActivationId id, Instant now) {
        try {
            if (!ended.contains(id) && !running.contains(id) && isDue(id, now)) {
                ring(id);
            }
        } catch (RuntimeException | Error e) { // one damaged journal must not keep the others waiting
            failed(id, e);
        }
    }

    private boolean isDue(ActivationId id, Instant now) {
        Entry entry = waiting.get(id);
        return entry == null
                || entry.wakeAt().map(at -> !now.isBefore(at)).orElse(false)
                || (entry.size() != UNKNOWN && store.size(id) != entry.size());
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
        waiting.put(id, new Entry(Optional.of(clock.instant().plus(pause)), UNKNOWN));
    }

    /**
     * How far a run has come, if there is nothing to do for it now; else it is rung, unless it failed, or was found in another
     * process's hands less than a second ago.
     */
    Optional<Outcome> asleep(ActivationId id) {
        Optional<Outcome> last =
                Optional.ofNullable(asleep.get(id)).filter(o -> o.size() == store.size(id) && !isOver(o));
        if (last.isEmpty() && !failures.containsKey(id) && !wasJustBusy(id)) {
            ring(id);
        }
        return last.filter(o -> !running.contains(id));
    }

    private boolean isOver(Outcome outcome) {
        return outcome.wakeAt().map(at -> !clock.instant().isBefore(at)).orElse(false);
    }

    private boolean wasJustBusy(ActivationId id) {
        Long since = busySince.get(id);
        return since != null && System.nanoTime() - since < ASK_AGAIN_NANOS;
    }

    /** Whether it has looked for due runs within the last minute of this JVM. */
    boolean isAlive() {
        return System.nanoTime() - tickedAt < ALIVE_NANOS;
    }

    /** Advances a run soon; while it is being advanced, once more afterwards. */
    void ring(ActivationId id) {
        again.add(id);
        if (running.add(id)) {
            try {
                workers.execute(() -> advance(id));
            } catch (RejectedExecutionException e) {
                running.remove(id); // closing
            }
        }
    }

    private void advance(ActivationId id) {
        try {
            while (!closing && again.remove(id)) {
                Optional<Outcome> outcome = advancer.advance(id);
                failures.remove(id);
                outcome.ifPresentOrElse(o -> asleep.put(id, o), () -> asleep.remove(id));
                if (outcome.isEmpty()) { // another process is at it
                    busySince.put(id, System.nanoTime());
                    waiting.put(id, new Entry(Optional.of(clock.instant().plus(BUSY)), store.size(id)));
                } else if (outcome.get().ended()) {
                    ended.add(id);
                    waiting.remove(id);
                } else {
                    waiting.put(
                            id, new Entry(outcome.get().wakeAt(), outcome.get().size()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failed(id, e);
        } finally {
            running.remove(id);
            changes.signal();
        }
    }

    /** Begins nothing new, lets what is under way come to its end, and interrupts what has not by then. */
    void close(Duration patience) {
        closing = true;
        ticking.cancel(false);
        timer.shutdownNow();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                workers.shutdownNow();
                if (!workers.awaitTermination(30, TimeUnit.SECONDS)) {
                    LOG.warn("an activation is still being advanced; its lease ends with this process");
                }
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
