package io.github.kaitsu.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.contract.ActivationStoreContract;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.ActivationStore.Lease;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2ActivationStoreTest extends ActivationStoreContract {
    private static final ActivationId RUN = ActivationId.of("run-1");
    private static final List<JdbcConnectionPool> POOLS = new ArrayList<>();

    @TempDir
    static Path temp;

    @Override
    protected ActivationStore newStore() {
        POOLS.add(Databases.h2("retry:" + temp.resolve("store-" + POOLS.size())));
        return reopen();
    }

    @Override
    protected ActivationStore reopen() {
        return JdbcActivationStore.on(pool());
    }

    private static JdbcConnectionPool pool() {
        return POOLS.get(POOLS.size() - 1);
    }

    @AfterAll
    static void closePools() {
        POOLS.forEach(JdbcConnectionPool::dispose);
        POOLS.clear();
    }

    /** A process that died gave nothing back; no other has the file open now. */
    @Test
    void lease_ofAnotherProcess_isFree() throws SQLException {
        ActivationStore here = reopen();
        Lease lost = here.tryLease(RUN).orElseThrow();
        Databases.execute(pool(), "UPDATE kaitsu_lease SET holder = '4711@2026-11-01T00:00:00Z'");

        Lease taken = here.tryLease(RUN).orElseThrow();

        assertThat(taken.fencingToken()).isGreaterThan(lost.fencingToken());
        assertThat(lost.renew()).isFalse();
        assertThat(taken.renew()).isTrue();
    }

    /** Another process of this machine has the file open through this one. */
    @Test
    void lease_ofAnotherProcessThatIsAlive_isHeld() throws SQLException {
        ActivationStore here = reopen();
        Lease theirs = here.tryLease(RUN).orElseThrow();
        ProcessHandle other = ProcessHandle.current().parent().orElseThrow();
        String name = other.pid() + "@" + other.info().startInstant().orElseThrow();
        Databases.execute(pool(), "UPDATE kaitsu_lease SET holder = '" + name + "'");

        assertThat(here.tryLease(RUN)).isEmpty();
        theirs.close(); // it is not ours to give back
        assertThat(here.tryLease(RUN)).isEmpty();
        Databases.execute(pool(), "UPDATE kaitsu_lease SET holder = NULL");
        assertThat(here.tryLease(RUN)).isPresent();
    }

    /** H2 itself waits half a second before it writes, and does not force. */
    @Test
    void append_whenItReturns_isForcedToTheMedium() {
        ForcedFiles.register();
        JdbcConnectionPool forced = Databases.h2(ForcedFiles.SCHEME + ":" + temp.resolve("forced"));
        POOLS.add(0, forced);
        ActivationStore here = JdbcActivationStore.on(forced);
        here.claim(new ActivationStore.ClaimKey("console", "JP/a"), "run-1");

        int before = ForcedFiles.count();
        here.append(RUN, 0, Optional.empty(), entries(0, "a"));

        assertThat(ForcedFiles.count()).isGreaterThan(before);
        assertThat(ForcedFiles.unforced()).isZero();
    }
}
