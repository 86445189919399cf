package io.github.kaitsu.benchmarks;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.cluster.DbSchedulerAlarmClock;
import io.github.kaitsu.cluster.JdbcActivationStore;
import io.github.kaitsu.cluster.KaitsuSchema;
import io.github.kaitsu.console.ConsoleSite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.jdbcx.JdbcConnectionPool;

/** Runs in a database: on PostgreSQL with one alarm clock for all nodes, beside bare db-scheduler, and on H2 in a file. */
final class Clustered {
    private static final int IN_HAND = 512;
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private Clustered() {}

    static List<String> rows(long callMillis) {
        return List.of(
                "postgresql-lateness-" + callMillis + "ms",
                "postgresql-cpu-per-look-" + callMillis + "ms",
                "postgresql-idle-look-writes-" + callMillis + "ms");
    }

    private static ActivationClient node(JdbcConnectionPool pool, Looking looking, OneLook service, int permits) {
        JdbcActivationStore store = JdbcActivationStore.on(pool);
        return Looking.builder(store, looking.period(), service)
                .looksAtOnce(permits, 4)
                .alarmClock(DbSchedulerAlarmClock.builder(store)
                        .awakeAtOnce(Math.max(IN_HAND, 2 * permits))
                        .heartbeat(HEARTBEAT)
                        .build())
                .build();
    }

    private static void begin(ActivationClient client, int runs) {
        for (int i = 0; i < runs; i++) {
            client.begin(Looking.run(i), Looking.request(i));
        }
    }

    // ---- how late, and for how much

    static List<Row> every(boolean quick, long callMillis) throws Exception {
        int runs = quick ? 1_000 : 50_000;
        double looksASecond = quick ? 50 : 50_000 / 60.0;
        int warmUp = quick ? 1 : 4;
        int measured = 2;
        try (Postgres database = new Postgres()) {
            Looking bare = new Looking(runs, callMillis, looksASecond);
            double bareCpu = bare(database, bare, runs, warmUp, measured);
            Looking looking = new Looking(runs, callMillis, looksASecond);
            JdbcConnectionPool pool = database.pool();
            try (ActivationClient client =
                    node(pool, looking, new OneLook(at -> looking.look(at.customer())), IN_HAND)) {
                client.start();
                begin(client, runs);
                looking.periods(1 + warmUp);
                looking.lateness().clear();
                String rows = "SELECT n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_user_tables"
                        + " WHERE relname = 'kaitsu_activation'";
                database.execute("SELECT pg_stat_force_next_flush()");
                long before = database.number(rows);
                long cpu = Machine.cpu() + database.cpu();
                looking.periods(measured);
                cpu = Machine.cpu() + database.cpu() - cpu;
                Machine.sleep(2_000); // statistics are a second old
                long written = database.number(rows) - before;
                int looks = looking.lateness().count();
                double perLook = cpu / 1e3 / looks;
                String how =
                        "%,d looks of %,d runs, one each %d s, after %d s; p50 %.1f ms; baseline: bare db-scheduler, 512 threads, the same waits and database"
                                .formatted(
                                        looks,
                                        runs,
                                        looking.period().toSeconds(),
                                        looking.period().toSeconds() * (1 + warmUp),
                                        looking.lateness().percentile(0.5) / 1e6);
                double late = looking.lateness().percentile(0.99) / 1e6;
                double bareLate = bare.lateness().percentile(0.99) / 1e6;
                return List.of(
                        new Row(
                                rows(callMillis).get(0),
                                "< 500 ms and at most twice the baseline",
                                rounded(late),
                                "ms",
                                rounded(bareLate),
                                late < 500 && late <= 2 * bareLate,
                                "p99; " + how),
                        new Row(
                                rows(callMillis).get(1),
                                "at most twice the baseline",
                                rounded(perLook),
                                "µs",
                                rounded(bareCpu),
                                perLook <= 2 * bareCpu,
                                "processor time of JVM and PostgreSQL a look; " + how),
                        Row.none(
                                rows(callMillis).get(2),
                                (double) written,
                                "rows",
                                "rows of kaitsu_activation written while " + looks + " looks found nothing new"));
            } finally {
                pool.dispose();
            }
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }

    /** @return its processor time a look, in microseconds */
    private static double bare(Postgres database, Looking looking, int runs, int warmUp, int measured)
            throws Exception {
        database.execute("CREATE TABLE scheduled_tasks (task_name text NOT NULL, task_instance text NOT NULL,"
                + " task_data bytea, execution_time timestamptz NOT NULL, picked boolean NOT NULL, picked_by text,"
                + " last_success timestamptz, last_failure timestamptz, consecutive_failures int,"
                + " last_heartbeat timestamptz, version bigint NOT NULL, priority smallint,"
                + " PRIMARY KEY (task_name, task_instance))");
        database.execute("CREATE INDEX ON scheduled_tasks (execution_time)");
        database.execute("CREATE INDEX ON scheduled_tasks (last_heartbeat)");
        database.execute("INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)"
                + " SELECT 'look', i, clock_timestamp() + i * interval '1 second' * "
                + looking.period().toMillis() / 1000.0 / runs + ", false, 1 FROM generate_series(1, " + runs + ") i");
        JdbcConnectionPool pool = database.pool();
        CustomTask<Void> task = Tasks.custom("look", Void.class).execute((run, context) -> {
            looking.look(run.getId());
            return (complete, row) -> row.reschedule(complete, Instant.now().plus(looking.period()));
        });
        Scheduler scheduler = Scheduler.create(pool, task)
                .threads(IN_HAND)
                .pollingInterval(Duration.ofMillis(100))
                .pollUsingLockAndFetch(0.5, 1.0)
                .heartbeatInterval(HEARTBEAT)
                .shutdownMaxWait(Duration.ofSeconds(2))
                .build();
        try {
            scheduler.start();
            looking.periods(1 + Math.min(1, warmUp));
            looking.lateness().clear();
            long cpu = Machine.cpu() + database.cpu();
            looking.periods(measured);
            cpu = Machine.cpu() + database.cpu() - cpu;
            return cpu / 1e3 / looking.lateness().count();
        } finally {
            scheduler.stop();
            pool.dispose();
        }
    }

    // ---- two nodes

    static List<Row> twoNodes(boolean quick) throws Exception {
        double one = looksASecond(1, quick);
        double two = looksASecond(2, quick);
        return List.of(new Row(
                "postgresql-two-nodes",
                "at least 1.6 × one",
                rounded(two / one),
                "×",
                rounded(one),
                two / one >= 1.6,
                "%.1f looks a second of 500 ms by two nodes with 64 permits each, the baseline by one; more is due than both can do; two looks of one run at once: none, or this row fails"
                        .formatted(two)));
    }

    private static double looksASecond(int nodes, boolean quick) throws Exception {
        int runs = quick ? 500 : 2_000;
        int seconds = quick ? 10 : 60;
        AtomicLong looks = new AtomicLong();
        Set<CustomerId> now = ConcurrentHashMap.newKeySet();
        AtomicLong twice = new AtomicLong();
        OneLook service = new OneLook(at -> {
            if (!now.add(at.customer())) {
                twice.incrementAndGet();
            }
            Machine.sleep(500);
            now.remove(at.customer());
            looks.incrementAndGet();
        });
        List<ActivationClient> all = new ArrayList<>();
        try (Postgres database = new Postgres()) {
            Looking looking = new Looking(runs, 500, runs); // a look a second each, if it could be
            for (int i = 0; i < nodes; i++) {
                all.add(node(database.pool(), looking, service, 64));
            }
            begin(all.get(0), runs);
            all.forEach(ActivationClient::start);
            long patience = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
            while (looks.get() < 2L * runs && System.nanoTime() < patience) { // first looks are written down
                Machine.sleep(100);
            }
            looks.set(0);
            Machine.sleep(seconds * 1_000L);
            double rate = looks.get() / (double) seconds;
            all.forEach(client -> client.stop(Duration.ofSeconds(2)));
            all.forEach(ActivationClient::close);
            if (twice.get() > 0) {
                throw new IllegalStateException(twice + " looks of a run that was being looked at");
            }
            return rate;
        }
    }

    // ---- fairness

    /** How long others wait beside a console with a thousand organisations, and without it. */
    static List<Row> fair(boolean quick) throws Exception {
        double alone = late(0, quick);
        double beside = late(1_000, quick);
        return List.of(new Row(
                "postgresql-fair",
                "at most twice the baseline, or 500 ms",
                rounded(beside),
                "ms",
                rounded(alone),
                beside <= Math.max(500, 2 * alone),
                "p99 lateness of 200 customers beside a console with 1,000 organisations, each looked at every"
                        + " 10 s for 20 ms, 8 permits; baseline: without it"));
    }

    private static double late(int ofOne, boolean quick) throws Exception {
        int others = 200;
        Looking looking = new Looking(others, 20, others / 10.0);
        try (Postgres database = new Postgres()) {
            JdbcConnectionPool pool = database.pool();
            try (ActivationClient client = node(
                    pool,
                    looking,
                    new OneLook(at -> {
                        if (at.customer().account().startsWith("BIG")) {
                            Machine.sleep(20);
                        } else {
                            looking.look(at.customer());
                        }
                    }),
                    8)) {
                for (int i = 0; i < ofOne; i++) {
                    client.begin(
                            ActivationId.of("big-" + i),
                            ActivationRequest.builder(new CustomerId(ConsoleSite.JP, "BIG", "organisation-" + i))
                                    .services(CloudService.BOX)
                                    .build());
                }
                begin(client, others);
                client.start();
                long patience = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
                while (looking.lateness().count() < others && System.nanoTime() < patience) {
                    Machine.sleep(100);
                }
                looking.lateness().clear();
                looking.periods(quick ? 2 : 6);
                return looking.lateness().percentile(0.99) / 1e6;
            } finally {
                pool.dispose();
            }
        }
    }

    // ---- a crash

    static List<Row> crash(boolean quick) throws Exception {
        int runs = 20;
        CountDownLatch looked = new CountDownLatch(runs);
        try (Postgres database = new Postgres()) {
            JdbcConnectionPool pool = database.pool();
            Looking looking = new Looking(runs, 0, runs / 3600.0);
            try (ActivationClient client = node(pool, looking, new OneLook(at -> looked.countDown()), 64)) {
                begin(client, runs);
                database.execute("UPDATE kaitsu_wake_up SET picked = true, picked_by = 'gone', version = version + 1,"
                        + " last_heartbeat = clock_timestamp()");
                client.start();
                long t = System.nanoTime();
                boolean isResumed = looked.await(2, TimeUnit.MINUTES);
                double seconds = (System.nanoTime() - t) / 1e9;
                return List.of(new Row(
                        "postgresql-crash-resume",
                        "< 7 heartbeats of 5 s",
                        rounded(seconds),
                        "s",
                        null,
                        isResumed && seconds < 7 * HEARTBEAT.toSeconds(),
                        "from the last heartbeat of a node that is gone, with 20 runs in hand, to the look at"
                                + " the last of them by another"));
            } finally {
                pool.dispose();
            }
        }
    }

    // ---- H2

    static List<Row> h2(boolean quick) throws Exception {
        int runs = quick ? 1_000 : 20_000;
        double looksASecond = quick ? 80 : 20_000 / 60.0;
        Path folder = Files.createTempDirectory("kaitsu-bench");
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:retry:" + folder.resolve("store"), "sa", "");
        Looking looking = new Looking(runs, 0, looksASecond);
        try {
            KaitsuSchema.migrate(pool);
            AtomicLong writes = new AtomicLong();
            try (ActivationClient client = Looking.client(
                    Looking.counting(JdbcActivationStore.on(pool), writes),
                    looking.period(),
                    new OneLook(at -> looking.look(at.customer())))) {
                client.start();
                begin(client, runs);
                looking.periods(quick ? 2 : 4);
                looking.lateness().clear();
                writes.set(0);
                looking.periods(2);
                return List.of(
                        Row.below(
                                "h2-lateness",
                                100,
                                looking.lateness().percentile(0.99) / 1e6,
                                "ms",
                                null,
                                "p99; %,d looks of %,d runs, one each %d s; p50 %.1f ms"
                                        .formatted(
                                                looking.lateness().count(),
                                                runs,
                                                looking.period().toSeconds(),
                                                looking.lateness().percentile(0.5) / 1e6)),
                        Row.none(
                                "h2-idle-look-writes",
                                (double) writes.get(),
                                "writing calls",
                                "calls of the store that write while looks found nothing new"));
            }
        } finally {
            pool.dispose();
            Machine.delete(folder);
        }
    }
}
