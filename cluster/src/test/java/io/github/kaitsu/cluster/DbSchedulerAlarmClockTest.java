package io.github.kaitsu.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationRetryPolicy;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Quiet;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.store.ActivationStore.Lease;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One alarm clock for several nodes. Nothing here is measured: what is awaited happens, whenever. */
class DbSchedulerAlarmClockTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration PERIOD = Duration.ofMillis(400);

    private DataSource source;
    private final List<ActivationClient> nodes = new ArrayList<>();

    @BeforeEach
    void empty() throws SQLException {
        source = Databases.postgreSql();
    }

    @AfterEach
    void close() {
        nodes.forEach(ActivationClient::close);
    }

    private static CustomerId customer(int number) {
        return CustomerId.of(ConsoleSite.JP, "CAS" + number);
    }

    private static ActivationId run(int number) {
        return ActivationId.of("run-" + number);
    }

    private static Activation begin(ActivationClient client, int number) {
        return client.begin(
                run(number),
                ActivationRequest.builder(customer(number))
                        .services(CloudService.BOX)
                        .build());
    }

    private ActivationClient node(Duration period, Function<ProbeContext, ProbeResult> look) {
        return node(period, Clock.systemUTC(), look);
    }

    private ActivationClient node(Duration period, Clock clock, Function<ProbeContext, ProbeResult> look) {
        return node(period, clock, 512, look);
    }

    private ActivationClient node(
            Duration period, Clock clock, int awakeAtOnce, Function<ProbeContext, ProbeResult> look) {
        JdbcActivationStore store = JdbcActivationStore.on(source);
        ActivationClient node = ActivationClient.builder()
                .provisioner(new OneLook(look))
                .store(store)
                .clock(clock)
                .alarmClock(DbSchedulerAlarmClock.builder(store)
                        .heartbeat(Duration.ofMillis(200))
                        .awakeAtOnce(awakeAtOnce)
                        .build())
                .policy(ActivationRetryPolicy.builder()
                        .firstLook(period)
                        .lookFraction(0.0001)
                        .build())
                .build();
        nodes.add(node);
        return node;
    }

    private ActivationClient desk() {
        ActivationClient desk = ActivationClient.builder()
                .provisioner(new OneLook(at -> unclear()))
                .store(JdbcActivationStore.on(source))
                .build();
        nodes.add(desk);
        return desk;
    }

    private static ProbeResult unclear() {
        return ProbeResult.unclear("look-failed", "TIMEOUT");
    }

    /** A vendor that answers when the test lets him. */
    private static ProbeResult unclearAfter(CountDownLatch latch) {
        try {
            await(latch);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return unclear();
    }

    private String text(String query) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    // ---- who looks

    private record Look(int node, long start, long end) {}

    /** If each node were woken for each run, looks would follow one another sooner. */
    @Test
    void nodes_twoOnOneDatabase_areWokenForARunOneAtATime_onceAPeriod() throws Exception {
        int runs = 20;
        CountDownLatch looked = new CountDownLatch(runs * 6);
        Map<CustomerId, Queue<Look>> looks = new ConcurrentHashMap<>();
        for (int i = 0; i < 2; i++) {
            int number = i;
            node(PERIOD, at -> {
                        long start = System.nanoTime();
                        looks.computeIfAbsent(at.customer(), c -> new ConcurrentLinkedQueue<>())
                                .add(new Look(number, start, System.nanoTime()));
                        looked.countDown();
                        return unclear();
                    })
                    .start();
        }
        ActivationClient desk = desk();
        for (int i = 0; i < runs; i++) {
            begin(desk, i);
        }
        await(looked);

        assertThat(looks).hasSize(runs);
        looks.values().forEach(all -> {
            List<Look> inTurn = List.copyOf(all);
            for (int i = 1; i < inTurn.size(); i++) {
                assertThat(inTurn.get(i).start() - inTurn.get(i - 1).end())
                        .as("%s", inTurn)
                        .isGreaterThan(PERIOD.toNanos() * 9 / 10);
            }
        });
    }

    @Test
    void look_thatFindsNothingNew_writesNoRowOfTheRun_andReadsNoJournal() throws Exception {
        CountDownLatch looked = new CountDownLatch(5);
        ActivationClient node = node(PERIOD, at -> {
            looked.countDown();
            return unclear();
        });
        begin(node, 1);
        node.start();
        assertThat(node.awaitQuiet(run(1), LONG)).isPresent();
        String rows = "SELECT string_agg(xmin || ' ' || ctid, ',') FROM ";
        String before = text(rows + "kaitsu_activation") + text(rows + "kaitsu_journal") + text(rows + "kaitsu_lease");
        await(looked);

        assertThat(text(rows + "kaitsu_activation") + text(rows + "kaitsu_journal") + text(rows + "kaitsu_lease"))
                .isEqualTo(before);
    }

    // ---- what others write

    /** db-scheduler alone refuses to reschedule what is picked: the answer would wait for the next look, hours away. */
    @Test
    void written_whileTheRunIsBeingLookedAt_wakesItAgainAtOnce() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        ActivationClient node = node(Duration.ofHours(6), at -> {
            looking.countDown();
            return unclearAfter(answered);
        });
        ActivationClient desk = desk();
        Activation run = begin(desk, 1);
        node.start();
        await(looking);
        assertThat(text("SELECT picked FROM kaitsu_wake_up")).isEqualTo("t");

        String due = text("SELECT execution_time FROM kaitsu_wake_up");
        desk.cancel(run(1), "sato");
        assertThat(text("SELECT execution_time > '" + due + "' FROM kaitsu_wake_up"))
                .isEqualTo("t");
        answered.countDown();

        assertThat(run.await(LONG)).isPresent();
    }

    /** Whoever ends the look does not know of it. */
    @Test
    void written_whileTheRunIsBeingLookedAt_isNotPutOffByTheEndOfTheLook() throws Exception {
        ActivationClient desk = desk();
        begin(desk, 1);
        begin(desk, 2);
        String picked = "UPDATE kaitsu_wake_up SET picked = true, version = 2, execution_time = '2026-01-01T00:00:00Z'";
        Databases.execute(source, picked);
        desk.cancel(run(1), "sato");
        WakeUpRows rows = new WakeUpRows(new Database(source));
        Instant due = Instant.parse("2026-01-01T00:00:00Z");
        Optional<Instant> far = Optional.of(Instant.parse("2999-01-01T00:00:00Z"));

        rows.end(List.of(
                new WakeUpRows.End(new WakeUpRows.Picked(run(1), 2, due), far, false),
                new WakeUpRows.End(new WakeUpRows.Picked(run(2), 2, due), far, false)));

        assertThat(text("SELECT string_agg(task_instance, ',') FROM kaitsu_wake_up"
                        + " WHERE NOT picked AND execution_time <= clock_timestamp()"))
                .isEqualTo("run-1");
        Databases.execute(source, picked);
        desk.cancel(run(2), "sato");
        rows.end(List.of(new WakeUpRows.End(new WakeUpRows.Picked(run(2), 2, due), Optional.empty(), false)));
        assertThat(text("SELECT count(*) FROM kaitsu_wake_up"))
                .as("what is written after the end is seen to")
                .isEqualTo("2");
    }

    @Test
    void written_whileTheRunSleeps_wakesIt_andItsRowGoesWithItsEnd() throws Exception {
        ActivationClient node = node(Duration.ofHours(6), at -> unclear());
        ActivationClient desk = desk();
        Activation run = begin(desk, 1);
        node.start();
        Quiet quiet = node.awaitQuiet(run(1), LONG).orElseThrow();
        assertThat(quiet.until()).isPresent();

        desk.cancel(run(1), "sato");

        assertThat(run.await(LONG)).isPresent();
        assertThat(node.awaitQuiet(run(1), LONG)).isPresent();
        node.stop(LONG);
        assertThat(text("SELECT count(*) FROM kaitsu_wake_up")).isEqualTo("0");
    }

    /** A batch advances runs beside a node: what it has decided may be due earlier than what the node knows of. */
    @Test
    void written_byWhoHasTheLeaseButWasNotWoken_wakesTheRun() throws Exception {
        JdbcActivationStore store = JdbcActivationStore.on(source);
        ActivationClient node = node(Duration.ofHours(6), at -> unclear());
        begin(node, 1);
        node.start();
        assertThat(node.awaitQuiet(run(1), LONG)).isPresent();
        node.stop(LONG);
        assertThat(text("SELECT execution_time > clock_timestamp() FROM kaitsu_wake_up"))
                .isEqualTo("t");

        try (Lease lease = store.tryLease(run(1)).orElseThrow()) {
            long size = store.size(run(1));
            store.append(
                    run(1),
                    size,
                    Optional.of(lease),
                    List.of(new JournalEntry(size + 1, Instant.now(), new Event.SlotTaken(CloudService.BOX))),
                    store.head(run(1)));
        }

        assertThat(text("SELECT execution_time > clock_timestamp() FROM kaitsu_wake_up"))
                .isEqualTo("f");
    }

    // ---- the store is the truth

    @Test
    void wakeUps_thatAreMissing_areMadeAtTheStart() throws Exception {
        ActivationClient desk = desk();
        begin(desk, 1);
        begin(desk, 2);
        Databases.execute(source, "DELETE FROM kaitsu_wake_up WHERE task_instance = 'run-1'");
        Databases.execute(source, "UPDATE kaitsu_wake_up SET task_instance = 'nobody'");
        CountDownLatch looked = new CountDownLatch(2);
        ActivationClient node = node(Duration.ofHours(6), at -> {
            looked.countDown();
            return unclear();
        });

        node.start();

        await(looked);
        assertThat(node.awaitQuiet(run(1), LONG)).isPresent();
        assertThat(text("SELECT count(*) FROM kaitsu_wake_up WHERE task_instance = 'nobody'"))
                .isEqualTo("0");
    }

    // ---- nodes that die, stand still, or have another time

    /** What a dead node had in hand is looked at by another one. */
    @Test
    void node_thatDiesWhileItLooks_losesTheRunToAnother() throws Exception {
        ActivationClient desk = desk();
        begin(desk, 1);
        Databases.execute(
                source,
                "UPDATE kaitsu_wake_up SET picked = true, picked_by = 'dead', version = version + 1,"
                        + " last_heartbeat = clock_timestamp()");
        CountDownLatch looked = new CountDownLatch(1);

        node(Duration.ofHours(6), at -> {
                    looked.countDown();
                    return unclear();
                })
                .start();

        await(looked);
    }

    /** A look may take longer than a node may be silent: what is in hand is said to be, many at a time. */
    @Test
    void look_thatTakesLongerThanADeadNodeHas_isNotTakenOver() throws Exception {
        CountDownLatch beats = new CountDownLatch(1);
        CountDownLatch other = new CountDownLatch(2);
        Function<ProbeContext, ProbeResult> look = at -> {
            other.countDown();
            return unclearAfter(beats);
        };
        ActivationClient one = node(Duration.ofHours(6), look);
        ActivationClient two = node(Duration.ofHours(6), look);
        begin(one, 1);
        one.start();
        two.start();
        String version = null;
        for (int i = 0; i < 12; i++) { // twelve heartbeats, three times what a dead one has
            String last = text("SELECT coalesce(last_heartbeat, '-infinity') FROM kaitsu_wake_up");
            while (text("SELECT coalesce(last_heartbeat, '-infinity') > '" + last + "' FROM kaitsu_wake_up")
                    .equals("f")) {
                Thread.onSpinWait();
            }
            version = text("SELECT version FROM kaitsu_wake_up");
        }

        assertThat(version).as("picked once").isEqualTo("2");
        assertThat(other.getCount()).isEqualTo(1);
        beats.countDown();
    }

    /** Whoever was taken for dead and comes back has nothing to say about the row. */
    @Test
    void node_thatComesBackAfterItsRunWasTakenOver_endsNothing() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch back = new CountDownLatch(1);
        ActivationClient node = node(Duration.ofHours(6), at -> {
            looking.countDown();
            return unclearAfter(back);
        });
        begin(node, 1);
        node.start();
        await(looking);
        Databases.execute(
                source,
                "UPDATE kaitsu_wake_up SET picked_by = 'another', version = version + 1,"
                        + " last_heartbeat = clock_timestamp() + interval '1 hour'");
        back.countDown();
        node.stop(LONG);

        assertThat(text("SELECT picked_by FROM kaitsu_wake_up")).isEqualTo("another");
    }

    @Test
    void node_whoseClockIsHoursAhead_takesNobodyForDead_andWakesNobodyEarly() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch twice = new CountDownLatch(2);
        ActivationClient here = node(
                Duration.ofHours(1),
                Clock.systemUTC(),
                1,
                at -> { // one in hand: the second run is the other node's
                    looking.countDown();
                    twice.countDown();
                    return unclearAfter(held);
                });
        begin(here, 1);
        here.start();
        await(looking);
        CountDownLatch there = new CountDownLatch(1);
        ActivationClient ahead = node(Duration.ofHours(1), Clock.offset(Clock.systemUTC(), Duration.ofDays(2)), at -> {
            if (at.customer().equals(customer(1))) {
                twice.countDown();
            }
            there.countDown();
            return unclear();
        });
        ahead.start();
        begin(ahead, 2);
        await(there); // it works
        held.countDown();
        assertThat(here.awaitQuiet(run(1), LONG)).isPresent();
        assertThat(ahead.awaitQuiet(run(2), LONG)).isPresent();

        assertThat(twice.getCount()).isEqualTo(1);
        assertThat(text("SELECT bool_and(execution_time BETWEEN clock_timestamp() + interval '50 minutes'"
                        + " AND clock_timestamp() + interval '70 minutes') FROM kaitsu_wake_up"))
                .isEqualTo("t");
    }

    @Test
    void databaseClock_isTheDatabases_andKnowsWhenItHasLeapt() {
        DatabaseClock clock = new DatabaseClock(new Database(source));

        Instant before = clock.now();
        assertThat(Duration.between(before, Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
        assertThat(clock.read().abs()).isLessThan(Duration.ofMinutes(1));
        assertThat(clock.now()).isAfter(before);
    }

    // ---- the end

    @Test
    void stop_inTheMiddleOfWork_leavesNothingInHand() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        ActivationClient node = node(Duration.ofHours(6), at -> {
            looking.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return unclear();
        });
        for (int i = 0; i < 10; i++) {
            begin(node, i);
        }
        node.start();
        await(looking);

        node.stop(Duration.ZERO);

        assertThat(text("SELECT count(*) FROM kaitsu_wake_up WHERE picked")).isEqualTo("0");
        assertThat(text("SELECT count(*) FROM kaitsu_wake_up")).isEqualTo("10");
    }

    @Test
    void connections_thatAreKilled_areNoReasonToStop() throws Exception {
        CountDownLatch looked = new CountDownLatch(3);
        ActivationClient node = node(PERIOD, at -> {
            looked.countDown();
            return unclear();
        });
        begin(node, 1);
        node.start();
        for (int i = 0; i < 20; i++) {
            try (Connection connection = Databases.unpooledPostgreSql().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
            }
        }

        await(looked);
        assertThat(node.isAdvancing()).isTrue();
    }

    @Test
    void h2_hasNoNodes_andSaysSo(@TempDir Path folder) {
        JdbcActivationStore store =
                JdbcActivationStore.on(Databases.h2(folder.resolve("kaitsu").toString()));

        assertThatThrownBy(() -> ActivationClient.builder()
                        .store(store)
                        .alarmClock(DbSchedulerAlarmClock.of(store))
                        .build()
                        .start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs PostgreSQL");
        store.close();
    }
}
