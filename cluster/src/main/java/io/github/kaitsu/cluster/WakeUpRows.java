package io.github.kaitsu.cluster;

import io.github.kaitsu.ActivationId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** db-scheduler's rows, where its own statements would be one for each run, or would lose what is written meanwhile. Thread-safe. */
final class WakeUpRows {
    static final String TABLE = "kaitsu_wake_up";
    static final String TASK = "look";

    /** When a run is woken that waits for somebody to write; no row is without a time. */
    static final Instant NEVER =
            OffsetDateTime.of(9999, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC).toInstant();

    private final Database database;

    WakeUpRows(Database database) {
        this.database = database;
    }

    /**
     * A row that this node has picked.
     *
     * @param due its time when it was picked: another one now says that somebody has written
     */
    record Picked(ActivationId run, long version, Instant due) {}

    /**
     * How a picked row goes on.
     *
     * @param next when it is woken; absent: it has ended, and the row goes
     * @param isFailed whether that is no sleep, but another attempt
     */
    record End(Picked row, Optional<Instant> next, boolean isFailed) {}

    // ---- by whoever writes in a run, in his transaction

    /** Wakes a run, whoever has it in hand. */
    static void written(Connection connection, ActivationId run) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO " + TABLE
                + " (task_name, task_instance, execution_time, picked, version)"
                + " VALUES ('" + TASK + "', ?, clock_timestamp(), false, 1)"
                + " ON CONFLICT (task_name, task_instance) DO UPDATE SET execution_time = clock_timestamp()")) {
            statement.setString(1, run.value());
            statement.executeUpdate();
        }
    }

    /** The run is forgotten. */
    static void remove(Connection connection, ActivationId run) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "DELETE FROM " + TABLE + " WHERE task_name = '" + TASK + "' AND task_instance = ?")) {
            statement.setString(1, run.value());
            statement.executeUpdate();
        }
    }

    // ---- by whoever wants something of a run

    /** Wakes it, unless it is in hand, or tried again soon. */
    void ring(ActivationId run) {
        int ignored = database.each((connection, dialect) -> {
            try (PreparedStatement statement = connection.prepareStatement("INSERT INTO " + TABLE + " AS w"
                    + " (task_name, task_instance, execution_time, picked, version)"
                    + " VALUES ('" + TASK + "', ?, clock_timestamp(), false, 1)"
                    + " ON CONFLICT (task_name, task_instance) DO UPDATE SET execution_time = clock_timestamp()"
                    + " WHERE NOT w.picked AND w.execution_time > clock_timestamp()"
                    + " AND coalesce(w.consecutive_failures, 0) = 0")) {
                statement.setString(1, run.value());
                return statement.executeUpdate();
            }
        });
    }

    /**
     * How a run sleeps, by the database's clock.
     *
     * @param now when that was so
     */
    record Asleep(Instant until, Instant now, long size) {}

    /** Empty if it does not: it is due, in hand, tried again soon, or has ended. */
    Optional<Asleep> asleep(ActivationId run) {
        return database.each((connection, dialect) -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT w.execution_time, clock_timestamp(), a.size FROM " + TABLE
                            + " w JOIN kaitsu_activation a ON a.id = w.task_instance"
                            + " WHERE w.task_name = '" + TASK + "' AND w.task_instance = ? AND NOT w.picked AND"
                            + " w.execution_time > clock_timestamp() AND"
                            + " coalesce(w.consecutive_failures, 0) = 0")) {
                statement.setString(1, run.value());
                try (ResultSet row = statement.executeQuery()) {
                    return row.next()
                            ? Optional.of(new Asleep(time(row, 1), time(row, 2), row.getLong(3)))
                            : Optional.empty();
                }
            }
        });
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    // ---- by whoever was woken

    /** Ends wake-ups, of which another node may have taken some over meanwhile: those stay as they are. */
    void end(Collection<End> ends) {
        List<End> asleep = ends.stream().filter(e -> e.next().isPresent()).toList();
        List<End> over = ends.stream().filter(e -> e.next().isEmpty()).toList();
        if (!asleep.isEmpty()) {
            int ignored = database.each((connection, dialect) -> sleep(connection, asleep));
        }
        if (!over.isEmpty()) {
            int ignored = database.each((connection, dialect) -> delete(connection, over));
        }
    }

    /** What somebody has written meanwhile has set the time: that counts, if it is sooner. */
    private static int sleep(Connection connection, List<End> ends) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("UPDATE " + TABLE
                + " w SET picked = false, picked_by = NULL, last_heartbeat = NULL, last_success = clock_timestamp(),"
                + " consecutive_failures = e.failed, version = w.version + 1, execution_time ="
                + " CASE WHEN w.execution_time = e.due THEN e.next ELSE least(w.execution_time, e.next) END"
                + " FROM unnest(CAST(? AS varchar[]), CAST(? AS bigint[]), CAST(? AS timestamptz[]),"
                + " CAST(? AS timestamptz[]), CAST(? AS integer[])) AS e(id, version, due, next, failed)"
                + " WHERE w.task_name = '" + TASK + "' AND w.task_instance = e.id AND w.version = e.version"
                + " AND w.picked")) {
            setRows(statement, ends.stream().map(End::row).toList(), true);
            array(statement, 4, "timestamptz", ends, e -> e.next().orElseThrow().toString());
            array(statement, 5, "integer", ends, e -> e.isFailed() ? 1 : 0);
            return statement.executeUpdate();
        }
    }

    /** One in which somebody has written meanwhile is left as it is, and found dead soon. */
    private static int delete(Connection connection, List<End> ends) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM " + TABLE + " w"
                + " USING unnest(CAST(? AS varchar[]), CAST(? AS bigint[]), CAST(? AS timestamptz[]))"
                + " AS e(id, version, due)"
                + " WHERE w.task_name = '" + TASK + "' AND w.task_instance = e.id AND w.version = e.version"
                + " AND w.picked AND w.execution_time = e.due")) {
            setRows(statement, ends.stream().map(End::row).toList(), true);
            return statement.executeUpdate();
        }
    }

    /** Says that these are in hand. @return those that are, and not another node's by now */
    Set<ActivationId> beat(List<Picked> rows) {
        return database.each((connection, dialect) -> {
            try (PreparedStatement statement = connection.prepareStatement("UPDATE " + TABLE
                    + " w SET last_heartbeat = clock_timestamp()"
                    + " FROM unnest(CAST(? AS varchar[]), CAST(? AS bigint[])) AS e(id, version)"
                    + " WHERE w.task_name = '" + TASK + "' AND w.task_instance = e.id AND w.version = e.version"
                    + " AND w.picked RETURNING w.task_instance")) {
                setRows(statement, rows, false);
                Set<ActivationId> ours = new HashSet<>();
                try (ResultSet beaten = statement.executeQuery()) {
                    while (beaten.next()) {
                        ours.add(ActivationId.of(beaten.getString(1)));
                    }
                }
                return ours;
            }
        });
    }

    private static void setRows(PreparedStatement statement, List<Picked> rows, boolean withDue) throws SQLException {
        array(statement, 1, "varchar", rows, row -> row.run().value());
        array(statement, 2, "bigint", rows, Picked::version);
        if (withDue) {
            array(statement, 3, "timestamptz", rows, row -> row.due().toString());
        }
    }

    private static <T> void array(
            PreparedStatement statement, int at, String type, List<T> all, Function<T, Object> value)
            throws SQLException {
        Object[] values = new ArrayList<>(all).stream().map(value).toArray();
        statement.setArray(at, statement.getConnection().createArrayOf(type, values));
    }

    // ---- the store is the truth

    /** Makes the rows that are missing, and removes those of runs that are forgotten or were never there. */
    void sweep() {
        int ignored = database.each((connection, dialect) -> {
            try (PreparedStatement missing = connection.prepareStatement("INSERT INTO " + TABLE
                            + " (task_name, task_instance, execution_time, picked, version)"
                            + " SELECT '" + TASK + "', a.id, clock_timestamp(), false, 1 FROM kaitsu_activation a"
                            + " WHERE a.size > 0 AND (a.headless OR a.turn <> 'NOBODY') AND NOT EXISTS"
                            + " (SELECT 1 FROM " + TABLE + " w WHERE w.task_name = '" + TASK
                            + "' AND w.task_instance = a.id) ON CONFLICT DO NOTHING");
                    PreparedStatement orphans = connection.prepareStatement("DELETE FROM " + TABLE
                            + " w WHERE w.task_name = '" + TASK + "' AND NOT w.picked AND NOT EXISTS"
                            + " (SELECT 1 FROM kaitsu_activation a WHERE a.id = w.task_instance AND a.size > 0)")) {
                return missing.executeUpdate() + orphans.executeUpdate();
            }
        });
    }
}
