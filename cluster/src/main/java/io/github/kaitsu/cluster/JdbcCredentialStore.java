package io.github.kaitsu.cluster;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.CredentialCodec;
import io.github.kaitsu.consent.CredentialStore;
import io.github.kaitsu.consent.EncryptionKeys;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps credentials sealed in the host's database, for any number of nodes; each has the same {@link EncryptionKeys}. What the database
 * sees is whose an entry is and its version, never the secret. An entry that was edited, is another's, or has another version than its
 * row says is refused, and not overwritten. <b>Not noticed</b> is that a whole row, or the whole database, was put back to an earlier
 * state: the vendor refuses a spent grant then, and an administrator connects again.
 *
 * <p>A {@link #hold} is a lock on a row: one node at a time refreshes a credential, and one that dies lets go with its connection. It
 * keeps one of the source's connections until it is closed, beside those that other calls use: let a pool have at least two more than
 * grants are refreshed at once.
 *
 * <p>Connections as {@link JdbcActivationStore} wants them. Thread-safe. Every method throws {@link KaitsuException} with IO_ERROR if
 * the database fails.
 */
public final class JdbcCredentialStore implements CredentialStore {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcCredentialStore.class);

    /** As long as a refresh may take: a vendor's call with all its retries. */
    private static final long LONGEST_HOLD_NANOS = TimeUnit.SECONDS.toNanos(90);

    private static final long BETWEEN_LOOKS_MILLIS = 50;

    private final Database database;
    private final CredentialCodec codec;
    private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();
    private final Set<RowHold> holds = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);

    private JdbcCredentialStore(Database database, CredentialCodec codec) {
        this.database = database;
        this.codec = codec;
    }

    /** A store in this database. Touches nothing yet. Closing the source is the host's. */
    public static JdbcCredentialStore on(DataSource source, EncryptionKeys keys) {
        return new JdbcCredentialStore(new Database(source), CredentialCodec.with(keys));
    }

    /** An entry's row; without a text the entry is deleted. */
    private record Row(long version, @Nullable String text) {
        static final Row NEVER = new Row(0, null);
    }

    private static Row row(Connection connection, String name, String locking) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT version, sealed FROM kaitsu_credential WHERE name = ?" + locking)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? new Row(row.getLong(1), row.getString(2)) : Row.NEVER;
            }
        }
    }

    private Row row(String name) {
        return database.each((connection, dialect) -> row(connection, name, ""));
    }

    @Override
    public Optional<Entry> load(Key key) {
        Row row = row(CredentialCodec.name(key));
        return Optional.ofNullable(row.text())
                .map(text -> new Entry(row.version(), codec.open(text, key, row.version())));
    }

    @Override
    public long version(Key key) {
        return row(CredentialCodec.name(key)).version();
    }

    @Override
    public Optional<Long> put(Key key, long expected, byte[] secret) {
        String name = CredentialCodec.name(key);
        String text = codec.seal(key, expected + 1, secret);
        boolean isDone = database.together((connection, dialect) -> {
            Row now = row(connection, name, " FOR UPDATE");
            if (now.text() != null) {
                Arrays.fill(codec.open(now.text(), key, now.version()), (byte) 0); // else it is not overwritten
            }
            if (now.version() != expected) {
                return false;
            }
            String sql = expected == 0
                    ? "INSERT INTO kaitsu_credential (sealed, version, name) VALUES (?, ?, ?)" + dialect.unlessThere()
                    : "UPDATE kaitsu_credential SET sealed = ?, version = ? WHERE name = ?";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, text);
                statement.setLong(2, expected + 1);
                statement.setString(3, name);
                return Database.isInserted(statement);
            }
        });
        return isDone ? Optional.of(expected + 1) : Optional.empty();
    }

    /** Deletes also what cannot be read: the way on after STORE_CORRUPT, CREDENTIAL_ROLLED_BACK and the loss of a key. */
    @Override
    public boolean delete(Key key, long expected) {
        return database.together((connection, dialect) -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("UPDATE kaitsu_credential SET sealed = NULL, version = version + 1"
                            + " WHERE name = ? AND version = ? AND sealed IS NOT NULL")) {
                statement.setString(1, CredentialCodec.name(key));
                statement.setLong(2, expected);
                return statement.executeUpdate() == 1;
            }
        });
    }

    @Override
    public Optional<Key> pending(String id) {
        String name = CredentialCodec.pendingName(id);
        return Optional.ofNullable(row(name).text()).flatMap(text -> readable(name, text));
    }

    @Override
    public Set<Key> keys() {
        Set<Key> keys = new HashSet<>();
        texts().forEach((name, text) -> readable(name, text).ifPresent(keys::add));
        return keys;
    }

    private Map<String, String> texts() {
        return database.each((connection, dialect) -> {
            Map<String, String> texts = new LinkedHashMap<>();
            try (PreparedStatement statement = connection.prepareStatement(
                            "SELECT name, sealed FROM kaitsu_credential WHERE sealed IS NOT NULL ORDER BY name");
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    texts.put(rows.getString(1), rows.getString(2));
                }
            }
            return texts;
        });
    }

    private Optional<Key> readable(String name, String text) {
        try {
            return Optional.of(codec.key(text, name));
        } catch (KaitsuException e) { // one that is damaged must not keep the others from their work
            LOG.warn("the entry {} of the credential store cannot be read: {}", name, e.code());
            return Optional.empty();
        }
    }

    /**
     * Seals every entry anew with the current key, after which no other is needed. Content and versions stay. May be called at any time,
     * once every node has the new key; after a crash, call it again.
     *
     * @throws KaitsuException as {@link #load}, at the first entry that cannot be read
     */
    public void rotate() {
        for (Map.Entry<String, String> entry : texts().entrySet()) {
            Key key = codec.key(entry.getValue(), entry.getKey());
            database.together((connection, dialect) -> {
                Row now = row(connection, entry.getKey(), " FOR UPDATE");
                if (now.text() == null) {
                    return false;
                }
                byte[] secret = codec.open(now.text(), key, now.version());
                try (PreparedStatement statement =
                        connection.prepareStatement("UPDATE kaitsu_credential SET sealed = ? WHERE name = ?")) {
                    statement.setString(1, codec.seal(key, now.version(), secret));
                    statement.setString(2, entry.getKey());
                    return statement.executeUpdate() == 1;
                } finally {
                    Arrays.fill(secret, (byte) 0);
                }
            });
        }
    }

    // ---- holds

    @Override
    public Hold hold(Key key) throws InterruptedException {
        String name = CredentialCodec.name(key);
        Semaphore turn = turns.computeIfAbsent(name, n -> new Semaphore(1, true)); // who waits here asks nobody else
        long since = System.nanoTime();
        if (!turn.tryAcquire(LONGEST_HOLD_NANOS, TimeUnit.NANOSECONDS)) {
            throw busy(key);
        }
        try {
            Optional<Connection> lock = lock(name);
            while (lock.isEmpty()) {
                boolean isClosed = closing.await(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
                if (isClosed || System.nanoTime() - since > LONGEST_HOLD_NANOS) {
                    throw busy(key);
                }
                lock = lock(name);
            }
            RowHold hold = new RowHold(name, lock.get(), turn);
            holds.add(hold);
            return hold;
        } catch (InterruptedException | RuntimeException | Error e) {
            turn.release();
            throw e;
        }
    }

    private static KaitsuException busy(Key key) {
        return KaitsuException.of(ErrorCode.STORE_BUSY, "", key.provider() + " " + key.customer());
    }

    /** Empty while another transaction has the row. */
    private Optional<Connection> lock(String name) {
        database.each((connection, dialect) -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("INSERT INTO kaitsu_hold (name) VALUES (?)" + dialect.unlessThere())) {
                statement.setString(1, name);
                return Database.isInserted(statement);
            }
        });
        return database.open((connection, dialect) -> {
            dialect.keepOpen(connection);
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT name FROM kaitsu_hold WHERE name = ? FOR UPDATE SKIP LOCKED")) {
                statement.setString(1, name);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next();
                }
            }
        });
    }

    private final class RowHold implements Hold {
        private final String name;
        private final Connection connection;
        private final Semaphore turn;

        RowHold(String name, Connection connection, Semaphore turn) {
            this.name = name;
            this.connection = connection;
            this.turn = turn;
        }

        @Override
        public void close() {
            if (!holds.remove(this)) {
                return;
            }
            try (Connection ending = connection;
                    PreparedStatement statement = ending.prepareStatement("DELETE FROM kaitsu_hold WHERE name = ?")) {
                statement.setString(1, name);
                statement.executeUpdate();
                ending.commit();
                ending.setAutoCommit(true);
            } catch (SQLException e) { // the lock goes with the connection
                LOG.debug("a hold ends with its connection: SQL state {}", e.getSQLState());
            } finally {
                turn.release();
            }
        }
    }

    /** Gives back the holds taken through this instance; to be called before the source is closed. */
    @Override
    public void close() {
        closing.countDown();
        holds.forEach(RowHold::close);
    }
}
