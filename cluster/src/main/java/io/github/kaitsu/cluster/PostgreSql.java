package io.github.kaitsu.cluster;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.store.ActivationStore.Changes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL, 13 or later. Leases go by its clock, changes by its transactions. */
final class PostgreSql implements Dialect {
    private static final Logger LOG = LoggerFactory.getLogger(PostgreSql.class);

    /** Longer than a call of a vendor, before which a lease is renewed; who dies keeps others waiting no longer. */
    private static final String LEASE_END = "clock_timestamp() + interval '40 seconds'";

    @Override
    public void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet settings = statement.executeQuery(
                        "SELECT name FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit') AND setting ="
                                + " 'off'")) {
            while (settings.next()) {
                LOG.warn("{} is off in this database: a crash of it loses what was confirmed", settings.getString(1));
            }
        }
    }

    @Override
    public void force(Connection connection) {
        // Its commits are.
    }

    @Override
    public String unlessThere() {
        return " ON CONFLICT DO NOTHING";
    }

    @Override
    public String contains(String column) {
        return column + " @> ARRAY[CAST(? AS varchar)]";
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void wake(Connection connection, ActivationId run) throws SQLException {
        WakeUpRows.written(connection, run);
    }

    @Override
    public void letSleep(Connection connection, ActivationId run) throws SQLException {
        WakeUpRows.remove(connection, run);
    }

    @Override
    public OptionalLong lease(Connection connection, String id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO kaitsu_lease AS l (id, token, lease_until) VALUES (?, 1, " + LEASE_END + ")"
                        + " ON CONFLICT (id) DO UPDATE SET token = l.token + 1, lease_until = EXCLUDED.lease_until"
                        + " WHERE l.lease_until IS NULL OR l.lease_until <= clock_timestamp() RETURNING token")) {
            statement.setString(1, id);
            try (ResultSet given = statement.executeQuery()) {
                return given.next() ? OptionalLong.of(given.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    @Override
    public String held() {
        return "lease_until > clock_timestamp()";
    }

    @Override
    public String renewed() {
        return "lease_until = " + LEASE_END;
    }

    @Override
    public String released() {
        return "lease_until = NULL";
    }

    @Override
    public void count(Connection connection) {
        // The transaction's own number is the count.
    }

    @Override
    public String written() {
        return "pg_current_xact_id()";
    }

    /**
     * The cursor is a snapshot, and what changed is what it did not see and this one does: a transaction that was open then is named
     * after its commit, and none twice. Numbers of later transactions than there were come from a restored dump.
     */
    @Override
    public Changes changes(Connection connection, Changes since) throws SQLException {
        boolean isFirst = since.cursor().isEmpty();
        String changed = isFirst
                ? "CAST(NULL AS varchar ARRAY)"
                : "ARRAY(SELECT DISTINCT id FROM kaitsu_journal"
                        + " WHERE written >= pg_snapshot_xmin(CAST(? AS pg_snapshot))"
                        + " AND written < pg_snapshot_xmax(pg_current_snapshot())"
                        + " AND NOT pg_visible_in_snapshot(written, CAST(? AS pg_snapshot)))";
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT CAST(pg_current_snapshot() AS varchar), " + changed)) {
            if (!isFirst) {
                statement.setString(1, since.cursor());
                statement.setString(2, since.cursor());
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                List<ActivationId> runs = new ArrayList<>();
                if (!isFirst) {
                    for (Object id : (Object[]) row.getArray(2).getArray()) {
                        runs.add(ActivationId.of((String) id));
                    }
                }
                return new Changes(runs, row.getString(1));
            }
        }
    }

    @Override
    public void keepOpen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
        }
    }
}
