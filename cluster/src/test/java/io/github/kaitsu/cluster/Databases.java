package io.github.kaitsu.cluster;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGSimpleDataSource;

/** Empty databases: one PostgreSQL server for all tests of a JVM, as durable as in production, with a schema for each test. */
final class Databases {
    private static final AtomicInteger COUNT = new AtomicInteger();

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

    static DataSource postgreSql() throws SQLException {
        String schema = "test_" + COUNT.incrementAndGet();
        PGSimpleDataSource source = (PGSimpleDataSource) Server.RUNNING.getPostgresDatabase();
        execute(source, "CREATE SCHEMA " + schema);
        PGSimpleDataSource within = (PGSimpleDataSource) Server.RUNNING.getPostgresDatabase();
        within.setCurrentSchema(schema);
        KaitsuSchema.migrate(within);
        return within;
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
