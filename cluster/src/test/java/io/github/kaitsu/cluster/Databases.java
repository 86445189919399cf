package io.github.kaitsu.cluster;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGConnectionPoolDataSource;

/** Empty databases: one PostgreSQL server for all tests of a JVM, as durable as in production. */
final class Databases {
    private Databases() {}

    /** The server ends with the JVM. */
    private static final class Server {
        private static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                System.setProperty(
                        "ot.epg.working-dir",
                        Path.of("target/postgres").toAbsolutePath().toString());
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** One that pools its connections, and whose schema was emptied: no two tests have one at a time. */
    static DataSource postgreSql() throws SQLException {
        execute(
                Pool.OPEN,
                "TRUNCATE kaitsu_activation, kaitsu_journal, kaitsu_lease, kaitsu_claim, kaitsu_credential,"
                        + " kaitsu_hold, kaitsu_wake_up");
        return Pool.OPEN;
    }

    /** The same without a pool, for who ends connections. */
    static DataSource unpooledPostgreSql() {
        return Server.RUNNING.getPostgresDatabase();
    }

    private static final class Pool {
        private static final JdbcConnectionPool OPEN = open();

        private static JdbcConnectionPool open() {
            KaitsuSchema.migrate(unpooledPostgreSql());
            PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
            source.setUrl(Server.RUNNING.getJdbcUrl("postgres", "postgres"));
            JdbcConnectionPool pool = JdbcConnectionPool.create(source);
            pool.setMaxConnections(30);
            return pool;
        }
    }

    /** @param file without its ending */
    static JdbcConnectionPool h2(String file) {
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:" + file, "kaitsu", "");
        KaitsuSchema.migrate(pool);
        return pool;
    }

    static void execute(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
