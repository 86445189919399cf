package io.github.kaitsu.cluster;

import io.github.kaitsu.consent.CredentialStore;
import io.github.kaitsu.consent.EncryptionKeys;
import io.github.kaitsu.contract.CredentialStoreContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;

class H2CredentialStoreTest extends CredentialStoreContract {
    private static final List<JdbcConnectionPool> POOLS = new ArrayList<>();

    @TempDir
    static Path temp;

    @Override
    protected CredentialStore newStore() {
        POOLS.add(Databases.h2("retry:" + temp.resolve("store-" + POOLS.size())));
        return reopen();
    }

    @Override
    protected CredentialStore reopen() {
        return JdbcCredentialStore.on(POOLS.get(POOLS.size() - 1), EncryptionKeys.of(new byte[32]));
    }

    @AfterAll
    static void closePools() {
        POOLS.forEach(JdbcConnectionPool::dispose);
        POOLS.clear();
    }
}
