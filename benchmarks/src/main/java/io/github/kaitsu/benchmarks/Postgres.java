package io.github.kaitsu.benchmarks;

import io.github.kaitsu.cluster.KaitsuSchema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGConnectionPoolDataSource;

/** A PostgreSQL on this machine with its defaults, which keep what is committed, and Kaitsu's tables in it. */
final class Postgres implements AutoCloseable {
    private static final double TICKS_A_SECOND = 100; // of Linux

    private final Path folder = Files.createTempDirectory("kaitsu-bench");
    private final EmbeddedPostgres server;

    Postgres() throws IOException {
        server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder.resolve("server").toFile())
                .setDataDirectory(folder.resolve("data"))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "100")
                .start();
        KaitsuSchema.migrate(server.getPostgresDatabase());
    }

    JdbcConnectionPool pool() {
        PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
        source.setUrl(server.getJdbcUrl("postgres", "postgres"));
        JdbcConnectionPool pool = JdbcConnectionPool.create(source);
        pool.setMaxConnections(24);
        return pool;
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            boolean ignored = statement.execute(sql);
        }
    }

    long number(String query) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Processor time of the server and of what it has begun, in nanoseconds. */
    long cpu() throws IOException {
        String main = Files.readAllLines(folder.resolve("data").resolve("postmaster.pid"))
                .get(0)
                .strip();
        double ticks = 0;
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes.toList()) {
                List<String> stat = stat(process);
                boolean isMain = process.endsWith(main);
                if (isMain || (stat.size() > 15 && stat.get(1).equals(main))) {
                    ticks += Double.parseDouble(stat.get(11)) + Double.parseDouble(stat.get(12));
                }
                if (isMain) { // those that have ended
                    ticks += Double.parseDouble(stat.get(13)) + Double.parseDouble(stat.get(14));
                }
            }
        }
        return (long) (ticks / TICKS_A_SECOND * 1e9);
    }

    /** What stands behind the name: the state, the parent, … */
    private static List<String> stat(Path process) {
        try {
            String line = Files.readString(process.resolve("stat"));
            return List.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // no process, or one that has ended
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        Machine.delete(folder);
    }
}
