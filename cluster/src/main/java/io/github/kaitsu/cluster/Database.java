package io.github.kaitsu.cluster;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The host's database. Thread-safe. */
final class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final String DUPLICATE = "23505";

    private final DataSource source;
    private volatile @Nullable Dialect known;

    Database(DataSource source) {
        this.source = source;
    }

    DataSource source() {
        return source;
    }

    interface Work<T> {
        T on(Connection connection, Dialect dialect) throws SQLException;
    }

    /** One statement, or several that need not agree: for what is read, or need not outlive a crash. */
    <T> T each(Work<T> work) {
        return run(true, work);
    }

    /** Everything, on the medium, or nothing. */
    <T> T together(Work<T> work) {
        return run(false, work);
    }

    private <T> T run(boolean isAutoCommit, Work<T> work) {
        boolean isInterrupted =
                Thread.interrupted(); // it must not tear an embedded database's file from under all others
        try (Connection connection = source.getConnection()) {
            Dialect dialect = dialect(connection);
            boolean before = connection.getAutoCommit();
            connection.setAutoCommit(isAutoCommit);
            try {
                return work(connection, dialect, isAutoCommit, work);
            } finally {
                restore(connection, before); // not every pool does
            }
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static <T> T work(Connection connection, Dialect dialect, boolean isAutoCommit, Work<T> work)
            throws SQLException {
        try {
            T result = work.on(connection, dialect);
            if (!isAutoCommit) {
                connection.commit();
                dialect.force(connection);
            }
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            if (!isAutoCommit) {
                rollBack(connection);
            }
            throw e;
        }
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) { // nobody must commit what is left, nor use the connection again
            LOG.debug("a transaction cannot be rolled back: SQL state {}", e.getSQLState());
            abort(connection);
        }
    }

    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("a connection cannot be ended: SQL state {}", e.getSQLState());
        }
    }

    private static void restore(Connection connection, boolean isAutoCommit) {
        try {
            connection.setAutoCommit(isAutoCommit);
        } catch (SQLException e) {
            LOG.debug("a connection is of no more use: SQL state {}", e.getSQLState());
        }
    }

    /** A connection whose transaction stays open, if the work says so. */
    Optional<Connection> open(Work<Boolean> work) {
        Connection connection = null;
        boolean isKept = false;
        try {
            connection = source.getConnection();
            Dialect dialect = dialect(connection);
            connection.setAutoCommit(false);
            isKept = work.on(connection, dialect);
            return isKept ? Optional.of(connection) : Optional.empty();
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            if (connection != null && !isKept) {
                giveBack(connection);
            }
        }
    }

    private static void giveBack(Connection connection) {
        try (connection) {
            rollBack(connection);
            restore(connection, true);
        } catch (SQLException e) {
            LOG.debug("a connection cannot be given back: SQL state {}", e.getSQLState());
        }
    }

    private Dialect dialect(Connection connection) throws SQLException {
        Dialect dialect = known;
        if (dialect == null) {
            String product = connection.getMetaData().getDatabaseProductName();
            dialect = switch (product.toLowerCase(Locale.ROOT)) {
                case "postgresql" -> new PostgreSql();
                case "h2" -> new H2();
                default -> throw new IllegalArgumentException("neither PostgreSQL nor H2, but " + product);
            };
            dialect.prepare(connection);
            known = dialect;
        }
        return dialect;
    }

    static KaitsuException failed(SQLException e) {
        return KaitsuException.because(e, ErrorCode.IO_ERROR, "database", String.valueOf(e.getSQLState()));
    }

    /** Whether a row was inserted; it is there already if not. */
    static boolean isInserted(PreparedStatement insert) throws SQLException {
        try {
            return insert.executeUpdate() == 1;
        } catch (SQLException e) {
            if (DUPLICATE.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }
}
