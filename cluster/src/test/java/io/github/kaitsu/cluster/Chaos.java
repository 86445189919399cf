package io.github.kaitsu.cluster;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Real nodes on a real PostgreSQL, to which everything happens that can: they are killed, stopped for longer than a lease, cut from the
 * database, and have clocks minutes and days off; the database is stopped and started, its connections are killed, and a snapshot is
 * held open. Judged from the journals: every run ends, none was advanced by two nodes at once, none is lost, and nobody had to restart
 * anything.
 *
 * <p>{@code Chaos RUNS FAULTS SEED}, with the class path of the tests; prints the figures, and exits with 1 if something is wrong.
 */
final class Chaos implements AutoCloseable {
    private static final int NODES = 3;
    private static final long[] CLOCKS = {0, 300, 2 * 24 * 3600};
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final int runs;
    private final Duration period;
    private final Duration stop;
    private final Random random;
    private final Path folder;
    private final List<Wire> wires = new ArrayList<>();
    private final List<Process> nodes = new ArrayList<>();
    private final Map<String, Integer> done = new TreeMap<>();
    private EmbeddedPostgres database;
    private ActivationClient desk;
    private int begun;
    private int cancelled;

    private Chaos(int runs, Duration period, Duration stop, long seed) throws IOException, SQLException {
        this.runs = runs;
        this.period = period;
        this.stop = stop;
        this.random = new Random(seed);
        this.folder = Files.createTempDirectory("kaitsu-chaos");
        this.database = start(0);
        KaitsuSchema.migrate(database.getPostgresDatabase());
        execute("CREATE TABLE chaos_audit (id varchar, number bigint, token bigint, node varchar)");
        execute("CREATE FUNCTION chaos_audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO chaos_audit"
                + " SELECT NEW.id, NEW.number, (SELECT token FROM kaitsu_lease WHERE id = NEW.id),"
                + " current_setting('application_name'); RETURN NULL; END $$");
        execute("CREATE TRIGGER chaos_audit AFTER INSERT ON kaitsu_journal"
                + " FOR EACH ROW EXECUTE FUNCTION chaos_audit()");
        this.desk = ActivationClient.builder()
                .provisioner(new OneLook(at -> {
                    throw new IllegalStateException("the desk looks at nothing");
                }))
                .store(JdbcActivationStore.on(ChaosNode.pool(url(database.getPort()), "desk")))
                .build();
        for (int i = 0; i < NODES; i++) {
            wires.add(new Wire(database.getPort()));
            nodes.add(node(i));
        }
    }

    /** What it was, and what came of it. */
    record Result(int runs, int ended, long entries, long leases, Map<String, Integer> faults, List<String> wrong) {}

    public static void main(String[] arguments) throws Exception {
        Result result = run(
                Integer.parseInt(arguments[0]),
                Integer.parseInt(arguments[1]),
                Duration.ofSeconds(10),
                Duration.ofSeconds(45),
                Long.parseLong(arguments[2]));
        System.out.println(result);
        System.exit(result.wrong().isEmpty() ? 0 : 1);
    }

    /**
     * Does it.
     *
     * @param period between two looks of a run
     * @param stop how long a node stands still
     */
    static Result run(int runs, int faults, Duration period, Duration stop, long seed) throws Exception {
        try (Chaos chaos = new Chaos(runs, period, stop, seed)) {
            chaos.begin(runs / 4);
            for (int i = 0; i < faults; i++) {
                chaos.fault(i);
                chaos.begin(runs * 3 / 4 / faults + 1);
                chaos.cancel(runs / faults);
            }
            chaos.begin(runs);
            chaos.cancel(runs);
            return chaos.judged();
        }
    }

    // ---- what is there

    private EmbeddedPostgres start(int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(
                        Path.of("target/postgres").toAbsolutePath().toFile())
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "200");
        return port == 0 ? builder.start() : builder.setPort(port).start();
    }

    private static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
    }

    private Process node(int number) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChaosNode.class.getName(),
                        url(wires.get(number).port()),
                        "node-" + number + "-" + done.getOrDefault("kill -9", 0),
                        Long.toString(CLOCKS[number]),
                        Long.toString(period.toMillis()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("node-" + number + ".log").toFile())
                .start();
    }

    private void begin(int more) throws InterruptedException {
        for (int until = Math.min(runs, begun + more); begun < until; begun++) {
            ActivationId id = ActivationId.of("run-" + begun);
            CustomerId customer = CustomerId.of(ConsoleSite.JP, "CAS" + begun);
            persist(() -> desk.begin(
                    id,
                    ActivationRequest.builder(customer)
                            .services(CloudService.BOX)
                            .build()));
        }
    }

    private void cancel(int more) throws InterruptedException {
        for (int until = Math.min(begun, cancelled + more); cancelled < until; cancelled++) {
            ActivationId id = ActivationId.of("run-" + cancelled);
            persist(() -> desk.cancel(id, "sato"));
        }
    }

    /** As whoever is told that the database does not answer: he does it again. */
    private static void persist(Runnable work) throws InterruptedException {
        long start = System.nanoTime();
        while (true) {
            try {
                work.run();
                return;
            } catch (KaitsuException e) {
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    // ---- what happens

    private void fault(int number) throws Exception {
        int some = random.nextInt(NODES);
        switch (number % 7) {
            case 0, 5 -> {
                note("kill -9");
                nodes.get(some).destroyForcibly().waitFor();
                work(1);
                nodes.set(some, node(some));
            }
            case 1 -> {
                note("SIGSTOP");
                signal("STOP", nodes.get(some));
                Thread.sleep(stop.toMillis());
                signal("CONT", nodes.get(some));
            }
            case 2 -> {
                note("cut off");
                wires.get(some).cut(true);
                Thread.sleep(Math.min(6_000, stop.toMillis())); // longer than a dead node has
                wires.get(some).cut(false);
            }
            case 3 -> {
                note("connections killed");
                execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                        + " AND backend_type = 'client backend'");
            }
            case 4 -> {
                note("database stopped");
                int port = database.getPort();
                database.close();
                Thread.sleep(500 + random.nextInt(2_000));
                database = start(port);
            }
            default -> {
                note("snapshot held open");
                try (Connection connection = database.getPostgresDatabase().getConnection();
                        Statement statement = connection.createStatement()) {
                    connection.setAutoCommit(false);
                    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                    statement.execute("SELECT count(*) FROM kaitsu_journal");
                    work(runs / 20 + 5);
                }
            }
        }
        work(3);
    }

    private void note(String fault) {
        done.merge(fault, 1, Integer::sum);
    }

    private static void signal(String name, Process process) throws IOException, InterruptedException {
        int ignored = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Waits until so much more was written, by whomever; a little at the most where little is left. */
    private void work(int entries) throws Exception {
        long before = number("SELECT count(*) FROM chaos_audit");
        long end = System.nanoTime() + period.toNanos() * 2;
        while (System.nanoTime() < end && number("SELECT count(*) FROM chaos_audit") < before + entries) {
            Thread.sleep(50);
        }
    }

    // ---- what came of it

    private Result judged() throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String live = "SELECT count(*) FROM kaitsu_activation WHERE turn IS DISTINCT FROM 'NOBODY'";
        while (System.nanoTime() < end && number(live) > 0) {
            Thread.sleep(200);
        }
        List<String> wrong = new ArrayList<>();
        int ended = 0;
        for (int i = 0; i < runs; i++) {
            ActivationId id = ActivationId.of("run-" + i);
            List<JournalEntry> journal = desk.events(id); // whose numbers are without a gap, or it is corrupt
            ended += endsOnce(journal) ? 1 : 0;
            if (!endsOnce(journal)) {
                wrong.add(id + " does not end, or not once");
            }
            repeated(journal).ifPresent(what -> wrong.add(id + " was decided twice: " + what));
        }
        long twice = number("SELECT count(*) FROM (SELECT id, token FROM chaos_audit WHERE node LIKE 'node-%'"
                + " GROUP BY id, token HAVING count(DISTINCT node) > 1) t");
        if (twice > 0) {
            wrong.add(twice + " leases were used by two nodes");
        }
        long back =
                number("SELECT count(*) FROM (SELECT token, lag(token) OVER (PARTITION BY id ORDER BY number) AS last"
                        + " FROM chaos_audit WHERE node LIKE 'node-%') t WHERE token < last");
        if (back > 0) {
            wrong.add(back + " entries were written under a lease that was over");
        }
        return new Result(
                runs,
                ended,
                number("SELECT count(*) FROM chaos_audit"),
                number("SELECT count(DISTINCT (id, token)) FROM chaos_audit WHERE node LIKE 'node-%'"),
                done,
                wrong);
    }

    private static boolean endsOnce(List<JournalEntry> journal) {
        long ends =
                journal.stream().filter(e -> e.event() instanceof Event.Ended).count();
        return ends == 1;
    }

    /** Two nodes that decide at once would offer the same twice, or write down what was seen already. */
    private static Optional<String> repeated(List<JournalEntry> journal) {
        List<String> offered = journal.stream()
                .filter(e -> e.event() instanceof Event.Offered)
                .map(e -> ((Event.Offered) e.event()).action().toString())
                .toList();
        if (offered.stream().distinct().count() < offered.size()) {
            return Optional.of("offered " + offered);
        }
        Event last = null;
        for (JournalEntry entry : journal) {
            if (entry.event() instanceof Event.Looked && entry.event().equals(last)) {
                return Optional.of(entry.event().toString());
            }
            last = entry.event() instanceof Event.Looked ? entry.event() : last;
        }
        return Optional.empty();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            boolean ignored = statement.execute(sql);
        }
    }

    private long number(String query) throws SQLException {
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            for (Process node : nodes) {
                signal("CONT", node);
                boolean ignored = node.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Wire wire : wires) {
            wire.close();
        }
        desk.close();
        database.close();
        try (Stream<Path> left = Files.walk(folder)) {
            left.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }
}
