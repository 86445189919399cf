package io.github.kaitsu.cluster;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.store.ActivationStore.Changes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * H2 in a file, which one process has open, and others of the same machine through it where the address says {@code AUTO_SERVER}: a
 * lease is its process's, until that is dead, and no clock is asked. Its numbers of commits are given one after the other.
 */
final class H2 implements Dialect {
    private static final String PROCESS = ProcessHandle.current().pid() + "@"
            + ProcessHandle.current().info().startInstant().orElse(Instant.EPOCH);

    private static final Pattern HOLDER = Pattern.compile("(\\d{1,18})@(.*)");

    @Override
    public void prepare(Connection connection) {
        // Its settings decide nothing.
    }

    /** Its commits are not, whatever WRITE_DELAY says. */
    @Override
    public void force(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
        }
    }

    @Override
    public String unlessThere() {
        return "";
    }

    @Override
    public String contains(String column) {
        return "ARRAY_CONTAINS(" + column + ", CAST(? AS varchar))";
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public void wake(Connection connection, ActivationId run) {
        // Its one process hears of what it writes.
    }

    @Override
    public void letSleep(Connection connection, ActivationId run) {
        // There is nothing to end.
    }

    @Override
    public OptionalLong lease(Connection connection, String id) throws SQLException {
        OptionalLong given = taken(connection, id, "holder IS NULL");
        if (given.isPresent()) {
            return given;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO kaitsu_lease (id, token, holder) VALUES (?, 1, '" + PROCESS + "')")) {
            insert.setString(1, id);
            if (Database.isInserted(insert)) {
                return OptionalLong.of(1);
            }
        }
        String holder = holder(connection, id);
        return isAlive(holder) ? OptionalLong.empty() : taken(connection, id, "holder = '" + holder + "'");
    }

    private static OptionalLong taken(Connection connection, String id, String condition) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("SELECT token FROM FINAL TABLE (UPDATE kaitsu_lease"
                + " SET token = token + 1, holder = '" + PROCESS + "' WHERE id = ? AND " + condition + ")")) {
            update.setString(1, id);
            try (ResultSet given = update.executeQuery()) {
                return given.next() ? OptionalLong.of(given.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    /** Nobody's if it was given back just now. */
    private static String holder(Connection connection, String id) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT holder FROM kaitsu_lease WHERE id = ? AND holder IS NOT NULL")) {
            statement.setString(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1).replace("'", "''") : "";
            }
        }
    }

    /** A number is given again to a process that began later. */
    private static boolean isAlive(String holder) {
        Matcher process = HOLDER.matcher(holder);
        return process.matches()
                && ProcessHandle.of(Long.parseLong(process.group(1)))
                        .filter(ProcessHandle::isAlive)
                        .flatMap(running -> running.info().startInstant())
                        .filter(begun -> begun.toString().equals(process.group(2)))
                        .isPresent();
    }

    @Override
    public String held() {
        return "holder = '" + PROCESS + "'";
    }

    @Override
    public String renewed() {
        return "holder = holder";
    }

    @Override
    public String released() {
        return "holder = NULL";
    }

    @Override
    public void count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE kaitsu_written SET counted = counted + 1");
        }
    }

    @Override
    public String written() {
        return "(SELECT counted FROM kaitsu_written)";
    }

    @Override
    public Changes changes(Connection connection, Changes since) throws SQLException {
        long counted;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT counted FROM kaitsu_written")) {
            row.next();
            counted = row.getLong(1);
        }
        List<ActivationId> runs = new ArrayList<>();
        if (!since.cursor().isEmpty() && !since.cursor().equals(Long.toString(counted))) {
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT DISTINCT id FROM kaitsu_journal WHERE written > ? AND written <= ?")) {
                statement.setLong(1, Long.parseLong(since.cursor()));
                statement.setLong(2, counted);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        runs.add(ActivationId.of(rows.getString(1)));
                    }
                }
            }
        }
        return new Changes(runs, Long.toString(counted));
    }

    @Override
    public void keepOpen(Connection connection) {
        // Nothing ends it.
    }
}
