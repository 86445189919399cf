package io.github.kaitsu.cluster;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.jdbc.JdbcTaskRepositoryContext;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.cluster.WakeUpRows.End;
import io.github.kaitsu.cluster.WakeUpRows.Picked;
import io.github.kaitsu.store.AlarmClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One alarm clock for all nodes, by <a href="https://github.com/kagkarlsson/db-scheduler">db-scheduler</a> in the store's PostgreSQL:
 * its pick guards the look, the run's lease guards the append. A run is woken at one node at a time, by the database's clock, and at once
 * after somebody has written in it, whichever node he asked.
 *
 * <p>What is woken holds no thread until it has been looked at. A node that dies is noticed after four to six heartbeats; what it had in
 * hand is woken at another. While the database is away, nothing is woken, and nothing is lost.
 *
 * <p>It needs about six connections at once, besides those of the store. Thread-safe.
 */
public final class DbSchedulerAlarmClock implements AlarmClock {
    private static final Logger LOG = LoggerFactory.getLogger(DbSchedulerAlarmClock.class);

    private static final Duration BETWEEN_POLLS = Duration.ofMillis(100);

    /** With more, PostgreSQL reads the whole table for each poll instead of its index. */
    private static final int MOST_AT_A_POLL = 256;

    /** Its least; with fewer a pause of the JVM would be a death. */
    private static final int MISSED_BEATS = 4;

    /** Rows of tasks that a version does not know: there are none in this table, and if there are, they are another version's. */
    private static final Duration NEVER_DELETE = Duration.ofDays(36_500);

    private static final long TICK_MILLIS = 100;
    private static final long GATHER_MILLIS = 20;
    private static final long RETRY_MILLIS = 500;
    private static final Duration BETWEEN_SWEEPS = Duration.ofHours(1);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final JdbcActivationStore store;
    private final Duration heartbeat;
    private final int awakeAtOnce;

    private DbSchedulerAlarmClock(Builder builder) {
        this.store = builder.store;
        this.heartbeat = builder.heartbeat;
        this.awakeAtOnce = builder.awakeAtOnce;
    }

    /** For the runs of this store, which the client has, too. */
    public static DbSchedulerAlarmClock of(JdbcActivationStore store) {
        return builder(store).build();
    }

    /** The same with other figures. */
    public static Builder builder(JdbcActivationStore store) {
        return new Builder(store);
    }

    /** How it works. Not thread-safe. */
    public static final class Builder {
        private final JdbcActivationStore store;
        private Duration heartbeat = Duration.ofSeconds(5);
        private int awakeAtOnce = 512;

        private Builder(JdbcActivationStore store) {
            this.store = store;
        }

        /**
         * How often a node says that it lives. It is taken for dead after four missed ones. Default: 5 seconds.
         *
         * @throws IllegalArgumentException if it is shorter than 100 milliseconds
         */
        public Builder heartbeat(Duration interval) {
            if (interval.compareTo(BETWEEN_POLLS) < 0) {
                throw new IllegalArgumentException("a heartbeat every " + interval + " is no rest for the database");
            }
            this.heartbeat = interval;
            return this;
        }

        /**
         * How many runs this node has in hand at once, those that wait for their turn at a vendor, too. What is more is left to the others.
         * Default: 512.
         *
         * @throws IllegalArgumentException unless it is positive
         */
        public Builder awakeAtOnce(int runs) {
            if (runs < 1) {
                throw new IllegalArgumentException("nobody would ever be woken");
            }
            this.awakeAtOnce = runs;
            return this;
        }

        /** Builds it; it touches nothing before a client starts. */
        public DbSchedulerAlarmClock build() {
            return new DbSchedulerAlarmClock(this);
        }
    }

    @Override
    public boolean isShared() {
        return true;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the database is not PostgreSQL
     * @throws io.github.kaitsu.KaitsuException IO_ERROR if it cannot be reached
     */
    @Override
    public Alarms start(Bell bell, Clock clock) {
        Database database = store.database();
        boolean isShared = database.each((connection, dialect) -> dialect.isShared());
        if (!isShared) {
            throw new IllegalArgumentException("one alarm clock for several nodes needs PostgreSQL");
        }
        Node node = new Node(bell, clock, database);
        node.start();
        return node;
    }

    private final class Node implements Alarms {
        private final Bell bell;
        private final Clock clock;
        private final WakeUpRows rows;
        private final DatabaseClock time;
        private final Scheduler scheduler;
        private final Map<ActivationId, Awake> awake = new ConcurrentHashMap<>();
        private final BlockingQueue<Awake> due = new LinkedBlockingQueue<>();
        private final BlockingQueue<End> ends = new LinkedBlockingQueue<>();
        private final Thread ringing = daemon(this::ring, "kaitsu-wake");
        private final Thread ending = daemon(this::end, "kaitsu-sleep");
        private final CountDownLatch closing = new CountDownLatch(1);
        private volatile boolean silent;
        private volatile long heardAt = System.nanoTime();

        /** The database did not answer: it is not polled before it does. */
        private volatile boolean isAway;

        /** More may be due than this node takes in hand. */
        private volatile boolean isFull;

        private long nextBeat = System.nanoTime();
        private long nextSweep = System.nanoTime();

        Node(Bell bell, Clock clock, Database database) {
            this.bell = bell;
            this.clock = clock;
            this.rows = new WakeUpRows(database);
            this.time = new DatabaseClock(database);
            CustomTask<Void> look = Tasks.custom(WakeUpRows.TASK, Void.class)
                    .onDeadExecution((complete, row) -> row.reschedule(complete, time.now()))
                    .execute((run, context) -> (complete, row) -> {}); // it stays picked until it is looked at
            this.scheduler = Scheduler.create(database.source(), look)
                    .tableName(WakeUpRows.TABLE)
                    .schedulerName(new SchedulerName.Fixed("kaitsu-" + UUID.randomUUID()))
                    .clock(time)
                    .jdbcCustomization(new Picking())
                    .threads(1)
                    .pollingInterval(BETWEEN_POLLS)
                    .pollUsingLockAndFetch(1.0, MOST_AT_A_POLL)
                    .heartbeatInterval(heartbeat)
                    .missedHeartbeatsLimit(MISSED_BEATS)
                    .deleteUnresolvedAfter(NEVER_DELETE)
                    .shutdownMaxWait(LONGEST_END)
                    .addSchedulerListener(new AbstractSchedulerListener() {
                        @Override
                        public void onSchedulerEvent(SchedulerEventType type) {
                            isAway |=
                                    type == SchedulerEventType.UNEXPECTED_ERROR; // else it is logged ten times a second
                        }
                    })
                    .build();
        }

        private Thread daemon(Runnable work, String name) {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        }

        void start() {
            rows.sweep();
            ringing.start();
            ending.start();
            scheduler.start();
        }

        // ---- waking

        /** Picks no more than this node takes in hand, and nothing while the database is known to be away. */
        private final class Picking extends PostgreSqlJdbcCustomization {
            Picking() {
                super(false, false);
            }

            @Override
            public List<Execution> lockAndFetchSingleStatement(
                    JdbcTaskRepositoryContext context, Instant now, int limit, boolean byPriority) {
                int room = Math.min(limit, awakeAtOnce - awake.size());
                isFull = room < limit;
                if (room <= 0 || isAway || silent) {
                    return List.of();
                }
                List<Execution> picked = super.lockAndFetchSingleStatement(context, now, room, byPriority);
                Instant taken = time.now();
                picked.forEach(row -> take(new Awake(
                        new Picked(ActivationId.of(row.taskInstance.getId()), row.version, row.executionTime),
                        Duration.between(row.executionTime, taken))));
                return picked;
            }
        }

        private void take(Awake wakeUp) {
            store.awake().add(wakeUp.run());
            awake.put(wakeUp.run(), wakeUp);
            due.add(wakeUp);
        }

        private void ring() {
            long tickedAt = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
            while (!silent) {
                try {
                    List<WakeUp> batch = new ArrayList<>();
                    Awake first = due.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
                    if (first != null) {
                        batch.add(first);
                        due.drainTo(batch);
                        bell.ring(batch);
                    }
                    boolean isTime = System.nanoTime() - tickedAt >= TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
                    if (isTime && System.nanoTime() - heardAt < LONGEST_SILENCE.toNanos()) {
                        tickedAt = System.nanoTime();
                        bell.tick();
                    }
                } catch (InterruptedException e) {
                    return; // closing
                } catch (RuntimeException | Error e) { // the next tick tries again; what leaves here would end all
                    LOG.debug("waking goes on", e);
                }
            }
        }

        @Override
        public void ring(ActivationId run) {
            rows.ring(run);
            scheduler.triggerCheckForDueExecutions();
        }

        @Override
        public Optional<Sleeper> sleeper(ActivationId run) {
            return rows.asleep(run)
                    .map(row -> new Sleeper(
                            row.until().isBefore(WakeUpRows.NEVER)
                                    ? Optional.of(clock.instant().plus(Duration.between(row.now(), row.until())))
                                    : Optional.empty(),
                            row.size()));
        }

        // ---- ending

        /** Ends wake-ups many at a time, says that the others are in hand, and asks what time it is. */
        private void end() {
            List<End> batch = new ArrayList<>();
            while (true) {
                try {
                    End first = batch.isEmpty() ? ends.poll(TICK_MILLIS, TimeUnit.MILLISECONDS) : null;
                    boolean isClosing = closing.getCount() == 0;
                    if (first != null) {
                        batch.add(first);
                        isClosing = closing.await(GATHER_MILLIS, TimeUnit.MILLISECONDS);
                    }
                    ends.drainTo(batch, MOST_AT_A_POLL);
                    if (!batch.isEmpty()) {
                        batch.sort(Comparator.comparing(e -> e.row().run().value()));
                        rows.end(batch);
                        batch.clear();
                    }
                    if (isClosing && ends.isEmpty()) {
                        return;
                    }
                    beatAndSweep();
                } catch (InterruptedException e) {
                    return; // whoever closes has waited long enough
                } catch (RuntimeException | Error e) {
                    LOG.debug("the database does not answer", e);
                    isAway = true;
                    if (isRetryOver()) {
                        return;
                    }
                }
            }
        }

        private boolean isRetryOver() {
            try {
                return closing.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                return true;
            }
        }

        private void beatAndSweep() {
            long now = System.nanoTime();
            if (isAway || now - nextBeat >= 0) {
                nextBeat = now + heartbeat.toNanos();
                Duration leap = time.read();
                heardAt = now;
                if (leap.isNegative()) {
                    scheduler.triggerCheckForDueExecutions(); // it waits for a time that is far away now
                }
                beat();
                isAway = false;
            }
            if (now - nextSweep >= 0) {
                nextSweep = now + BETWEEN_SWEEPS.toNanos();
                rows.sweep();
            }
        }

        private void beat() {
            List<Awake> all = List.copyOf(awake.values());
            if (!all.isEmpty()) {
                Set<ActivationId> ours = rows.beat(all.stream()
                        .map(a -> a.row)
                        .sorted(Comparator.comparing(row -> row.run().value()))
                        .toList());
                all.stream().filter(a -> !ours.contains(a.run())).forEach(Awake::drop);
            }
        }

        // ---- the end

        @Override
        public void silence() {
            silent = true;
        }

        @Override
        public void close() {
            silence();
            scheduler.stop();
            awake.values().forEach(a -> a.end(Optional.of(time.now()), false)); // others take them over
            closing.countDown();
            try {
                ending.join(LONGEST_END.toMillis());
                ringing.join(LONGEST_END.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            ending.interrupt();
        }

        private final class Awake implements WakeUp {
            private final Picked row;
            private final Duration late;

            Awake(Picked row, Duration late) {
                this.row = row;
                this.late = late;
            }

            @Override
            public ActivationId run() {
                return row.run();
            }

            /** It is not known: whoever is woken asks the store, for many at once. */
            @Override
            public boolean isWritten() {
                return false;
            }

            @Override
            public Duration late() {
                return late;
            }

            @Override
            public void sleep(Optional<Instant> until, long size) {
                end(Optional.of(until.map(this::next).orElse(WakeUpRows.NEVER)), false);
            }

            @Override
            public void retry(Instant at) {
                end(Optional.of(next(at)), true);
            }

            @Override
            public void end() {
                end(Optional.empty(), false);
            }

            /** By the database's clock, whatever the node's says. */
            private Instant next(Instant at) {
                Duration pause = Duration.between(clock.instant(), at);
                Instant now = time.now();
                Duration longest = Duration.between(now, WakeUpRows.NEVER);
                Instant next =
                        pause.isNegative() ? now : pause.compareTo(longest) > 0 ? WakeUpRows.NEVER : now.plus(pause);
                return next.truncatedTo(ChronoUnit.MICROS);
            }

            private void end(Optional<Instant> next, boolean isFailed) {
                if (drop()) {
                    ends.add(new End(row, next, isFailed));
                }
            }

            /** @return false if it was dropped before, or another node has it by now */
            private boolean drop() {
                boolean isOurs = awake.remove(run(), this);
                if (isOurs) {
                    store.awake().remove(run());
                    if (isFull && awake.size() <= awakeAtOnce / 2) {
                        isFull = false;
                        scheduler.triggerCheckForDueExecutions();
                    }
                }
                return isOurs;
            }
        }
    }
}
