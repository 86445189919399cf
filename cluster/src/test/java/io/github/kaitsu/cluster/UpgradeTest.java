package io.github.kaitsu.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.Advanced;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.dropbox.DropboxProvisioner;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.ScriptedPerson;
import io.github.kaitsu.store.RunHead;
import io.github.kaitsu.store.RunQuery;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database that the first version of the tables was made in, by scripts that were kept as they were, and what a killed process left
 * in it: the next version brings the tables up to date, and the run goes on to its end.
 */
class UpgradeTest {
    private static final ActivationId RUN = ActivationId.of("activation-1");
    private static final String TOKEN = "9"; // of the lease that the killed process held

    @TempDir
    Path temp;

    @Test
    void h2_ofTheFirstVersion_opensAndGoesOnToTheEnd() throws Exception {
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:" + temp.resolve("v1"), "kaitsu", "");
        try {
            fill(
                    pool,
                    "h2",
                    "INSERT INTO kaitsu_journal (id, number, entry, written) VALUES (?, ?, ?, 1)",
                    "INSERT INTO kaitsu_lease (id, token, holder) VALUES ('" + RUN + "', " + TOKEN
                            + ", '6554@2026-11-30T22:46:21.630Z')");
            goesOn(pool);
        } finally {
            pool.dispose();
        }
    }

    @Test
    void postgreSql_ofTheFirstVersion_opensAndGoesOnToTheEnd() throws Exception {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(Objects.requireNonNull(((PGSimpleDataSource) Databases.unpooledPostgreSql()).getURL()));
        Databases.execute(Databases.unpooledPostgreSql(), "CREATE SCHEMA upgrade_v1");
        source.setUser("postgres");
        source.setCurrentSchema("upgrade_v1");
        fill(
                source,
                "postgresql",
                "INSERT INTO kaitsu_journal (id, number, entry) VALUES (?, ?, ?)",
                "INSERT INTO kaitsu_lease (id, token, lease_until) VALUES ('" + RUN + "', " + TOKEN
                        + ", '2026-11-30T22:46:21Z')");
        goesOn(source);
    }

    /** As that version did it. */
    private static void fill(DataSource source, String product, String entry, String lease)
            throws SQLException, IOException, URISyntaxException {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:upgrade/v1/" + product)
                .table(KaitsuSchema.HISTORY)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
        for (String row : Files.readAllLines(golden("rows.sql"))) {
            if (row.startsWith("INSERT")) {
                Databases.execute(source, row);
            }
        }
        Databases.execute(source, lease);
        List<String> entries = Files.readAllLines(golden("journal.jsonl"));
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(entry)) {
            for (int i = 0; i < entries.size(); i++) {
                statement.setString(1, RUN.value());
                statement.setLong(2, i + 1L);
                statement.setString(3, entries.get(i));
                statement.executeUpdate();
            }
        }
    }

    private static Path golden(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(UpgradeTest.class.getResource("/upgrade/v1/" + name))
                .toURI());
    }

    private void goesOn(DataSource source) throws Exception {
        KaitsuSchema.migrate(source);
        try (Sandbox sandbox = Sandbox.builder().state(sandbox()).start()) {
            ScriptedPerson person = new ScriptedPerson(sandbox, "sato");
            try (ActivationClient client = ActivationClient.builder()
                    .provisioner(DropboxProvisioner.create())
                    .store(JdbcActivationStore.on(source))
                    .clock(sandbox.clock())
                    .operator(person)
                    .build()) {
                List<RunHead> found = client.find(
                                RunQuery.live().withReference("K-1").withLabel("east"), Optional.empty(), 10)
                        .items();
                assertThat(found).extracting(RunHead::id).containsExactly(RUN);
                toTheEnd(client, person, sandbox);

                ActivationView end = client.find(RUN).orElseThrow().view();
                assertThat(end.isSuccess()).as("%s", end.services()).isTrue();
                assertThat(client.find(RunQuery.live(), Optional.empty(), 10).items())
                        .isEmpty();
            }
            assertThat(sandbox.summary().grants()).isEqualTo(Map.of(CloudService.DROPBOX, 1));
            assertThat(sandbox.summary().violations()).isEmpty();
        }
        assertThat(JdbcActivationStore.on(source).tryLease(RUN).orElseThrow().fencingToken())
                .as("no token is given twice")
                .isGreaterThan(Long.parseLong(TOKEN));
    }

    private static void toTheEnd(ActivationClient client, ScriptedPerson person, Sandbox sandbox)
            throws InterruptedException {
        for (int i = 0; i < 1_000; i++) {
            Advanced now = client.advance(RUN);
            if (now instanceof Advanced.Ended) {
                return;
            }
            Instant next = now.until().orElseThrow();
            if (!person.performOne(client)) {
                sandbox.clock().advanceTo(next);
            }
        }
        throw new AssertionError("never ends");
    }

    /** What the sandbox knew then, as its owner's alone. */
    private Path sandbox() throws Exception {
        Path folder = Files.createDirectory(
                temp.resolve("sandbox"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (Stream<Path> files = Files.list(golden("sandbox"))) {
            for (Path file : files.toList()) {
                Path copy = folder.resolve(file.getFileName().toString());
                Files.copy(file, copy);
                Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
            }
        }
        return folder;
    }
}
