package io.github.kaitsu.cluster;

import static io.github.kaitsu.contract.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.consent.CredentialStore;
import io.github.kaitsu.consent.CredentialStore.Hold;
import io.github.kaitsu.consent.EncryptionKeys;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.contract.CredentialStoreContract;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class PostgreSqlCredentialStoreTest extends CredentialStoreContract {
    private static final byte[] OLD = new byte[32];
    private static final byte[] NEW = "a key of thirty-two bytes, so so".getBytes(StandardCharsets.US_ASCII);
    private static final CredentialStore.Key ONE =
            CredentialStore.Key.grant(CustomerId.of(ConsoleSite.JP, "one"), CloudService.Provider.BOX);
    private static final CredentialStore.Key TWO =
            CredentialStore.Key.grant(CustomerId.of(ConsoleSite.JP, "two"), CloudService.Provider.BOX);

    private DataSource source;

    @Override
    protected CredentialStore newStore() throws SQLException {
        source = Databases.postgreSql();
        return reopen();
    }

    @Override
    protected CredentialStore reopen() {
        return with(EncryptionKeys.of(OLD));
    }

    private JdbcCredentialStore with(EncryptionKeys keys) {
        return JdbcCredentialStore.on(source, keys);
    }

    /** A node that is killed, or cut off, says nothing any more; its server sees that the connection has ended. */
    @Test
    void hold_ofANodeThatDied_isFree() throws Exception {
        Hold dead = JdbcCredentialStore.on(Databases.unpooledPostgreSql(), EncryptionKeys.of(OLD))
                .hold(ONE);
        Databases.execute(
                source,
                "SELECT pg_terminate_backend(pid) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation"
                        + " WHERE c.oid = 'kaitsu_hold'::regclass AND l.mode = 'RowShareLock' AND pid <> pg_backend_pid()");

        Hold next = reopen().hold(ONE);

        dead.close(); // harmless
        next.close();
        assertThat(text("SELECT count(*) FROM kaitsu_hold")).isEqualTo("0");
    }

    /** As Box's: the second use of one ends the grant. */
    @Test
    void refresh_atTwoNodesAtOnce_spendsEachTokenOnce() throws Exception {
        CredentialStore[] nodes = {reopen(), reopen()};
        nodes[0].put(ONE, 0, new byte[] {0});
        Set<Byte> spent = ConcurrentHashMap.newKeySet();
        List<Callable<Boolean>> refreshes = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            CredentialStore node = nodes[i % 2];
            refreshes.add(() -> {
                Hold hold = node.hold(ONE);
                try {
                    CredentialStore.Entry now = node.load(ONE).orElseThrow();
                    byte token = now.secret()[0];
                    return spent.add(token)
                            && node.put(ONE, now.version(), new byte[] {(byte) (token + 1)})
                                    .isPresent();
                } finally {
                    hold.close();
                }
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (Future<Boolean> refreshed : threads.invokeAll(refreshes)) {
                assertThat(refreshed.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(spent).hasSize(12);
        for (CredentialStore node : nodes) {
            node.close();
        }
    }

    @Test
    void secret_whereItIsKept_isNotReadable() throws SQLException {
        reopen().put(ONE, 0, "hush-hush".getBytes(StandardCharsets.UTF_8));

        assertThat(text("SELECT sealed FROM kaitsu_credential"))
                .contains("one")
                .doesNotContain("hush")
                .doesNotContain("aHVzaC1odXNo"); // the same in Base64
    }

    @Test
    void entry_thatIsAnothersOrOlder_isRefusedAndNotOverwritten() throws SQLException {
        CredentialStore store = reopen();
        store.put(ONE, 0, new byte[] {1});
        store.put(TWO, 0, new byte[] {2});
        Databases.execute(
                source,
                "UPDATE kaitsu_credential c SET sealed = o.sealed FROM kaitsu_credential o WHERE o.name <> c.name");
        assertRefused(ErrorCode.STORE_CORRUPT, () -> store.load(ONE));
        assertRefused(ErrorCode.STORE_CORRUPT, () -> store.put(ONE, 1, new byte[] {3}));
        assertThat(store.keys()).isEmpty();
        assertThat(store.delete(ONE, 1)).isTrue();
        assertThat(store.put(ONE, 2, new byte[] {3})).contains(3L);

        Databases.execute(source, "UPDATE kaitsu_credential SET version = 4 WHERE version = 3");
        assertRefused(ErrorCode.CREDENTIAL_ROLLED_BACK, () -> store.load(ONE));
    }

    @Test
    void rotate_always_makesTheOldKeyUnneeded() {
        CredentialStore before = reopen();
        before.put(ONE, 0, new byte[] {1});
        before.put(TWO, 0, new byte[] {2});
        assertRefused(
                ErrorCode.CREDENTIAL_KEY, () -> with(EncryptionKeys.of(NEW)).load(ONE));

        with(EncryptionKeys.of(NEW, OLD)).rotate();

        JdbcCredentialStore after = with(EncryptionKeys.of(NEW));
        assertThat(after.load(ONE).orElseThrow().secret()).containsExactly(1);
        assertThat(after.version(ONE)).isEqualTo(1);
        assertThat(after.keys()).isEqualTo(Set.of(ONE, TWO));
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
