package io.github.kaitsu.cluster;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.journal.Journal;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.RunHead;
import io.github.kaitsu.store.RunPage;
import io.github.kaitsu.store.RunQuery;
import io.github.kaitsu.store.StoreCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps activations in the host's database: PostgreSQL (13 or later), shared by any number of nodes, or H2 (2.3 or later) in a file of
 * one machine. {@link KaitsuSchema} makes the tables. An append writes journal and head in one transaction, and is on the medium when it
 * returns: on PostgreSQL as its settings say, on H2 by a checkpoint, which needs its administrator. On PostgreSQL it wakes the run as
 * well, for nodes that have one alarm clock ({@link DbSchedulerAlarmClock}).
 *
 * <p>On PostgreSQL a lease ends 40 seconds after it was taken or renewed, by the database's clock, whatever the nodes' clocks say; a
 * node that dies keeps others waiting no longer. On H2 it ends with its process. Reading, and a lease that is not asked for, write
 * nothing.
 *
 * <p>Of a forgotten run a row with its id and the time stays. What the database keeps of erased rows until it has vacuumed, in its log,
 * in replicas and backups, is the host's to erase.
 *
 * <p>Transactions are expected to be READ COMMITTED, as both databases have it, and connections to be the store's alone: not those that
 * a framework has bound to a transaction of the caller's. Thread-safe; one call uses one connection at a time and keeps none. Every
 * method throws {@link KaitsuException} with IO_ERROR if the database fails: whether an append was done is known when it is loaded
 * again. STORE_CORRUPT and STORE_NEWER for entries that were edited, are missing, or come from a later version.
 */
public final class JdbcActivationStore implements ActivationStore {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcActivationStore.class);

    private final Database database;
    private final Set<JdbcLease> leases = ConcurrentHashMap.newKeySet();

    /** What the alarm clock of this node has woken: it looks at the run after each append anyway. */
    private final Set<ActivationId> awake = ConcurrentHashMap.newKeySet();

    private JdbcActivationStore(Database database) {
        this.database = database;
    }

    /** A store in this database. Touches nothing yet. Closing the source is the host's. */
    public static JdbcActivationStore on(DataSource source) {
        return new JdbcActivationStore(new Database(source));
    }

    Database database() {
        return database;
    }

    Set<ActivationId> awake() {
        return awake;
    }

    // ---- journals

    @Override
    public Optional<Journal> load(ActivationId id) {
        return read(id, 0).map(entries -> new Journal(id, entries));
    }

    @Override
    public List<JournalEntry> tail(ActivationId id, long seen) {
        return read(id, seen).orElse(List.of());
    }

    /** The entries after those; empty if the run was not begun, or forgotten. */
    private Optional<List<JournalEntry>> read(ActivationId id, long seen) {
        return database.each((connection, dialect) -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT a.size, j.number, j.entry FROM kaitsu_activation a"
                            + " LEFT JOIN kaitsu_journal j ON j.id = a.id AND j.number > ?"
                            + " WHERE a.id = ? AND a.size > 0 ORDER BY j.number")) {
                statement.setLong(1, seen);
                statement.setString(2, id.value());
                try (ResultSet rows = statement.executeQuery()) {
                    return entries(id, seen, rows);
                }
            }
        });
    }

    private static Optional<List<JournalEntry>> entries(ActivationId id, long seen, ResultSet rows)
            throws SQLException {
        List<JournalEntry> entries = new ArrayList<>();
        long size = 0;
        long last = seen;
        while (rows.next()) {
            size = rows.getLong(1);
            long number = rows.getLong(2);
            if (rows.wasNull()) {
                break;
            }
            String where = "kaitsu_journal " + id;
            if (number != ++last) {
                throw KaitsuException.of(ErrorCode.STORE_CORRUPT, "", where, last);
            }
            JournalEntry entry = StoreCodec.entry(rows.getString(3), where);
            if (entry.number() != number) {
                throw KaitsuException.of(ErrorCode.STORE_CORRUPT, "", where, number);
            }
            entries.add(entry);
        }
        if (size > last || (!entries.isEmpty() && size != last)) {
            throw KaitsuException.of(ErrorCode.STORE_CORRUPT, "", "kaitsu_journal " + id, last + 1);
        }
        return size == 0 ? Optional.empty() : Optional.of(entries);
    }

    @Override
    public long size(ActivationId id) {
        return state(id).size();
    }

    private record State(long size, Optional<Instant> forgottenAt) {}

    private State state(ActivationId id) {
        return database.each((connection, dialect) -> state(connection, id));
    }

    private static State state(Connection connection, ActivationId id) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT size, forgotten_at FROM kaitsu_activation WHERE id = ?")) {
            statement.setString(1, id.value());
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? new State(
                                row.getLong(1),
                                Optional.ofNullable(row.getString(2)).map(Instant::parse))
                        : new State(0, Optional.empty());
            }
        }
    }

    @Override
    public List<ActivationId> grown(Map<ActivationId, Long> seen) {
        if (seen.isEmpty()) {
            return List.of();
        }
        return database.each((connection, dialect) -> {
            List<Map.Entry<ActivationId, Long>> runs = List.copyOf(seen.entrySet());
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT s.id FROM unnest(CAST(? AS varchar ARRAY), CAST(? AS bigint ARRAY)) AS s(id, size)"
                            + " LEFT JOIN kaitsu_activation a ON a.id = s.id WHERE coalesce(a.size, 0) <> s.size")) {
                statement.setArray(
                        1,
                        connection.createArrayOf(
                                "varchar",
                                runs.stream().map(run -> run.getKey().value()).toArray()));
                statement.setArray(
                        2,
                        connection.createArrayOf(
                                "bigint", runs.stream().map(Map.Entry::getValue).toArray()));
                return ids(statement);
            }
        });
    }

    private static List<ActivationId> ids(PreparedStatement statement) throws SQLException {
        List<ActivationId> ids = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                ids.add(ActivationId.of(rows.getString(1)));
            }
        }
        return ids;
    }

    @Override
    public List<ActivationId> all() {
        return ids("SELECT id FROM kaitsu_activation WHERE size > 0");
    }

    private List<ActivationId> ids(String query) {
        return database.each((connection, dialect) -> {
            try (PreparedStatement statement = connection.prepareStatement(query)) {
                return ids(statement);
            }
        });
    }

    // ---- appending

    @Override
    public void append(
            ActivationId id,
            long expectedSize,
            Optional<Lease> lease,
            List<JournalEntry> entries,
            Optional<RunHead> head) {
        List<JournalEntry> all = ActivationStore.checked(id, expectedSize, lease, entries);
        Database.Work<Boolean> work = (connection, dialect) -> {
            boolean isRight = isHeld(connection, dialect, lease);
            boolean isDone = isRight
                    && (all.isEmpty()
                            ? state(connection, id).equals(new State(expectedSize, Optional.empty()))
                            : isGrown(connection, dialect, id, expectedSize, all.size(), head));
            if (!isDone) {
                throw refused(connection, id, !isRight);
            }
            if (!all.isEmpty()) {
                dialect.count(connection);
                write(connection, dialect, id, all);
                if (lease.isEmpty() || !awake.contains(id)) {
                    dialect.wake(connection, id);
                }
            }
            return true;
        };
        boolean ignored = all.isEmpty() ? database.each(work) : database.together(work);
    }

    /** Nobody takes the lease before this transaction ends. */
    private static boolean isHeld(Connection connection, Dialect dialect, Optional<Lease> lease) throws SQLException {
        if (lease.isEmpty()) {
            return true;
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT token FROM kaitsu_lease WHERE id = ? AND token = ? AND " + dialect.held() + " FOR UPDATE")) {
            statement.setString(1, lease.get().activation().value());
            statement.setLong(2, lease.get().fencingToken());
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private static boolean isGrown(
            Connection connection,
            Dialect dialect,
            ActivationId id,
            long expectedSize,
            int more,
            Optional<RunHead> head)
            throws SQLException {
        String columns = String.join(", ", HeadColumns.NAMES);
        String sql = expectedSize == 0
                ? "INSERT INTO kaitsu_activation (" + columns + ", size, id) VALUES ("
                        + "?, ".repeat(HeadColumns.NAMES.size()) + "?, ?)" + dialect.unlessThere()
                : "UPDATE kaitsu_activation SET "
                        + HeadColumns.NAMES.stream().map(c -> c + " = ?").collect(Collectors.joining(", "))
                        + ", size = ? WHERE id = ? AND size = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int at = HeadColumns.set(statement, 1, head, head.isEmpty());
            statement.setLong(at++, expectedSize + more);
            statement.setString(at++, id.value());
            if (expectedSize == 0) {
                return Database.isInserted(statement);
            }
            statement.setLong(at, expectedSize);
            return statement.executeUpdate() == 1;
        }
    }

    private static void write(Connection connection, Dialect dialect, ActivationId id, List<JournalEntry> entries)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO kaitsu_journal (id, number, entry, written) VALUES (?, ?, ?, "
                        + dialect.written() + ")")) {
            for (JournalEntry entry : entries) {
                statement.setString(1, id.value());
                statement.setLong(2, entry.number());
                statement.setString(3, StoreCodec.write(entry));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static KaitsuException refused(Connection connection, ActivationId id, boolean isLeaseLost)
            throws SQLException {
        boolean isForgotten = state(connection, id).forgottenAt().isPresent();
        return isForgotten
                ? KaitsuException.of(ErrorCode.ACTIVATION_FORGOTTEN, "", id)
                : KaitsuException.of(ErrorCode.STORE_CONFLICT, isLeaseLost ? "lease" : "", id);
    }

    // ---- forgetting

    @Override
    public void forget(ActivationId id, long expectedSize, Lease lease, Instant at) {
        ActivationStore.checked(id, expectedSize, lease);
        Optional<Lease> right = Optional.of(lease);
        database.together((connection, dialect) -> {
            boolean isRight = isHeld(connection, dialect, right);
            if (state(connection, id).forgottenAt().isPresent()) {
                return false;
            }
            if (!isRight || !isErased(connection, id, expectedSize, at)) {
                throw refused(connection, id, !isRight);
            }
            try (PreparedStatement statement = connection.prepareStatement("DELETE FROM kaitsu_journal WHERE id = ?")) {
                statement.setString(1, id.value());
                statement.executeUpdate();
            }
            dialect.letSleep(connection, id);
            return true;
        });
    }

    private static boolean isErased(Connection connection, ActivationId id, long expectedSize, Instant at)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("UPDATE kaitsu_activation SET "
                + HeadColumns.NAMES.stream().map(c -> c + " = ?").collect(Collectors.joining(", "))
                + ", size = 0, forgotten_at = ? WHERE id = ? AND size = ?")) {
            int next = HeadColumns.set(statement, 1, Optional.empty(), false);
            statement.setString(next++, at.toString());
            statement.setString(next++, id.value());
            statement.setLong(next, expectedSize);
            return statement.executeUpdate() == 1;
        }
    }

    @Override
    public Optional<Instant> forgottenAt(ActivationId id) {
        return state(id).forgottenAt();
    }

    // ---- heads

    @Override
    public Optional<RunHead> head(ActivationId id) {
        return database.each((connection, dialect) -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT id, head FROM kaitsu_activation WHERE id = ? AND head IS NOT NULL")) {
                statement.setString(1, id.value());
                return heads(statement).stream().findFirst();
            }
        });
    }

    private static List<RunHead> heads(PreparedStatement statement) throws SQLException {
        List<RunHead> heads = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                heads.add(StoreCodec.head(rows.getString(2), "kaitsu_activation " + rows.getString(1)));
            }
        }
        return heads;
    }

    @Override
    public RunPage find(RunQuery query, Optional<ActivationId> after, int limit) {
        return database.each((connection, dialect) -> {
            HeadColumns.Wanted page = new HeadColumns.Wanted(query, dialect);
            after.ifPresent(last -> page.and("id > ?", last.value()));
            List<RunHead> found;
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT id, head FROM kaitsu_activation" + page.where() + " ORDER BY id LIMIT ?")) {
                statement.setLong(page.set(statement), limit + 1L);
                found = heads(statement);
            }
            boolean isLast = found.size() <= limit;
            List<RunHead> items = isLast ? found : found.subList(0, limit);
            long total = isLast && after.isEmpty()
                    ? items.size()
                    : total(connection, new HeadColumns.Wanted(query, dialect));
            return new RunPage(
                    items,
                    total,
                    isLast ? Optional.empty() : Optional.of(items.get(limit - 1).id()));
        });
    }

    private static long total(Connection connection, HeadColumns.Wanted wanted) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT count(*) FROM kaitsu_activation" + wanted.where())) {
            wanted.set(statement);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @Override
    public List<ActivationId> headless() {
        return ids("SELECT id FROM kaitsu_activation WHERE headless");
    }

    @Override
    public void restore(RunHead head) {
        database.each((connection, dialect) -> {
            try (PreparedStatement statement = connection.prepareStatement("UPDATE kaitsu_activation SET "
                    + HeadColumns.NAMES.stream().map(c -> c + " = ?").collect(Collectors.joining(", "))
                    + " WHERE id = ? AND size = ?")) {
                int at = HeadColumns.set(statement, 1, Optional.of(head), false);
                statement.setString(at++, head.id().value());
                statement.setLong(at, head.size());
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public Changes changedSince(Changes since) {
        return database.each((connection, dialect) -> dialect.changes(connection, since));
    }

    // ---- leases

    @Override
    public Optional<Lease> tryLease(ActivationId id) {
        OptionalLong token = database.each((connection, dialect) -> dialect.lease(connection, id.value()));
        if (token.isEmpty()) {
            return Optional.empty();
        }
        JdbcLease lease = new JdbcLease(id, token.getAsLong());
        leases.add(lease);
        return Optional.of(lease);
    }

    /** Gives back the leases taken through this instance; to be called before the source is closed. */
    @Override
    public void close() {
        leases.forEach(JdbcLease::close);
    }

    private final class JdbcLease implements Lease {
        private final ActivationId id;
        private final long token;

        JdbcLease(ActivationId id, long token) {
            this.id = id;
            this.token = token;
        }

        @Override
        public ActivationId activation() {
            return id;
        }

        @Override
        public long fencingToken() {
            return token;
        }

        @Override
        public boolean renew() {
            return database.each((connection, dialect) -> set(connection, dialect, dialect.renewed()));
        }

        @Override
        public void close() {
            if (!leases.remove(this)) {
                return;
            }
            try {
                database.each((connection, dialect) -> set(connection, dialect, dialect.released()));
            } catch (RuntimeException e) { // it ends by itself; perhaps the host has closed the source before
                LOG.debug("a lease of {} cannot be given back", id, e);
            }
        }

        private boolean set(Connection connection, Dialect dialect, String assignment) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(
                    "UPDATE kaitsu_lease SET " + assignment + " WHERE id = ? AND token = ? AND " + dialect.held())) {
                statement.setString(1, id.value());
                statement.setLong(2, token);
                return statement.executeUpdate() == 1;
            }
        }
    }

    // ---- claims

    @Override
    public boolean claim(ClaimKey key, String owner) {
        return database.together((connection, dialect) -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "INSERT INTO kaitsu_claim (kind, name, owner) VALUES (?, ?, ?)" + dialect.unlessThere())) {
                statement.setString(1, key.kind());
                statement.setString(2, key.name());
                statement.setString(3, owner);
                return Database.isInserted(statement)
                        || claimant(connection, key).equals(Optional.of(owner));
            }
        });
    }

    @Override
    public Optional<String> claimant(ClaimKey key) {
        return database.each((connection, dialect) -> claimant(connection, key));
    }

    private static Optional<String> claimant(Connection connection, ClaimKey key) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT owner FROM kaitsu_claim WHERE kind = ? AND name = ?")) {
            statement.setString(1, key.kind());
            statement.setString(2, key.name());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    @Override
    public void release(ClaimKey key, String owner) {
        database.together((connection, dialect) -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("DELETE FROM kaitsu_claim WHERE kind = ? AND name = ? AND owner = ?")) {
                statement.setString(1, key.kind());
                statement.setString(2, key.name());
                statement.setString(3, owner);
                return statement.executeUpdate();
            }
        });
    }
}
