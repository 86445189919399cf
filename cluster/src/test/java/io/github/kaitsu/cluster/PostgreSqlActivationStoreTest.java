package io.github.kaitsu.cluster;

import static io.github.kaitsu.contract.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.contract.ActivationStoreContract;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.ActivationStore.Changes;
import io.github.kaitsu.store.ActivationStore.Lease;
import io.github.kaitsu.store.RunQuery;
import io.github.kaitsu.store.StoreCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class PostgreSqlActivationStoreTest extends ActivationStoreContract {
    private static final ActivationId RUN = ActivationId.of("run-1");
    private static final ActivationId LATE = ActivationId.of("run-2");

    private DataSource source;

    @Override
    protected ActivationStore newStore() throws SQLException {
        source = Databases.postgreSql();
        return reopen();
    }

    @Override
    protected ActivationStore reopen() {
        return JdbcActivationStore.on(source);
    }

    @Test
    void database_ofTheseTests_isAsDurableAsInProduction() throws SQLException {
        assertThat(text("SHOW fsync")).isEqualTo("on");
        assertThat(text("SHOW synchronous_commit")).isEqualTo("on");
    }

    // ---- leases

    @Test
    void lease_whenItsTimeIsOver_isLostAndGivenToTheNext() throws SQLException {
        ActivationStore here = reopen();
        ActivationStore there = reopen();
        Lease old = here.tryLease(RUN).orElseThrow();
        assertThat(there.tryLease(RUN)).isEmpty();
        assertThat(old.renew()).isTrue();

        Databases.execute(source, "UPDATE kaitsu_lease SET lease_until = clock_timestamp()"); // as if it had passed

        assertThat(old.renew()).isFalse();
        assertRefused(ErrorCode.STORE_CONFLICT, () -> here.append(RUN, 0, Optional.of(old), entries(0, "late")));
        Lease next = there.tryLease(RUN).orElseThrow();
        assertThat(next.fencingToken()).isGreaterThan(old.fencingToken());
        old.close(); // gives back nothing of the other's
        there.append(RUN, 0, Optional.of(next), entries(0, "a"));
        assertThat(here.size(RUN)).isEqualTo(1);
    }

    @Test
    void lease_afterTheRunWasForgotten_neverHasATokenOfBefore() {
        ActivationStore here = reopen();
        here.append(RUN, 0, Optional.empty(), entries(0, "a"));
        long token;
        try (Lease lease = here.tryLease(RUN).orElseThrow()) {
            token = lease.fencingToken();
            here.forget(RUN, 1, lease, Instant.EPOCH);
        }

        assertThat(here.tryLease(RUN).orElseThrow().fencingToken()).isGreaterThan(token);
    }

    // ---- what is written

    @Test
    void looking_always_writesNothing() throws SQLException {
        ActivationStore here = reopen();
        here.append(RUN, 0, Optional.empty(), entries(0, "a"));
        Changes begun = here.changedSince(Changes.NONE);
        String before = text("SELECT xmin || ' ' || xmax || ' ' || ctid FROM kaitsu_activation");

        here.load(RUN);
        here.tail(RUN, 0);
        here.grown(Map.of(RUN, 0L));
        here.head(RUN);
        here.headless();
        here.find(RunQuery.live(), Optional.empty(), 10);
        here.tryLease(RUN).orElseThrow().close();

        assertThat(text("SELECT xmin || ' ' || xmax || ' ' || ctid FROM kaitsu_activation"))
                .isEqualTo(before);
        assertThat(here.changedSince(begun).runs()).isEmpty();
    }

    @Test
    void append_thatFailsHalfWay_leavesNothing() throws SQLException {
        ActivationStore here = reopen();
        here.append(RUN, 0, Optional.empty(), entries(0, "a"));
        try (Connection other = source.getConnection()) {
            insert(other, RUN, entries(2, "in the way").get(0)); // number 3
        }

        assertRefused(ErrorCode.IO_ERROR, () -> here.append(RUN, 1, Optional.empty(), entries(1, "b", "c")));

        assertThat(here.size(RUN)).isEqualTo(1);
        assertThat(text("SELECT count(*) FROM kaitsu_journal")).isEqualTo("2");
    }

    @Test
    void journal_withAnEntryLostOrPutElsewhere_isCorrupt() throws SQLException {
        ActivationStore here = reopen();
        here.append(RUN, 0, Optional.empty(), entries(0, "a", "b", "c"));
        Databases.execute(source, "UPDATE kaitsu_journal SET number = 4 WHERE number = 3");
        assertRefused(ErrorCode.STORE_CORRUPT, () -> here.load(RUN));
        Databases.execute(source, "UPDATE kaitsu_journal SET number = 3 WHERE number = 4");
        assertThat(here.load(RUN)).isPresent();
        Databases.execute(source, "DELETE FROM kaitsu_journal WHERE number = 3");
        assertRefused(ErrorCode.STORE_CORRUPT, () -> here.tail(RUN, 1));
        assertRefused(ErrorCode.STORE_CORRUPT, () -> here.tail(RUN, 2));
    }

    // ---- changes

    /** A cursor that counts would have passed it by. */
    @Test
    void changedSince_whenAnEarlierTransactionCommitsLater_namesItThen() throws SQLException {
        ActivationStore here = reopen();
        Changes begun = here.changedSince(Changes.NONE);
        try (Connection late = source.getConnection()) {
            late.setAutoCommit(false);
            insert(late, LATE, entries(0, "late").get(0));
            here.append(RUN, 0, Optional.empty(), entries(0, "a"));

            Changes first = here.changedSince(begun);
            assertThat(first.runs()).containsExactly(RUN);
            assertThat(here.changedSince(first).runs()).isEmpty();
            late.commit();

            Changes second = here.changedSince(first);
            assertThat(second.runs()).containsExactly(LATE);
            assertThat(here.changedSince(second).runs()).isEmpty();
        }
    }

    private static void insert(Connection connection, ActivationId id, JournalEntry entry) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO kaitsu_journal (id, number, entry) VALUES (?, ?, ?)")) {
            statement.setString(1, id.value());
            statement.setLong(2, entry.number());
            statement.setString(3, StoreCodec.write(entry));
            statement.executeUpdate();
        }
    }

    // ---- lists

    /** What each append changes is in no index but one that goes by turns. */
    @Test
    void append_inTheSameTurn_touchesNoIndexOfTheRuns() throws SQLException {
        List<String> indexed = List.of("size", "head", "last_event_at", "statuses");

        for (String column : indexed) {
            assertThat(text("SELECT count(*) FROM pg_indexes WHERE schemaname = current_schema()"
                            + " AND tablename = 'kaitsu_activation' AND indexdef ~ '\\m" + column + "\\M'"))
                    .as(column)
                    .isEqualTo("0");
        }
    }

    private String text(String query) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}
