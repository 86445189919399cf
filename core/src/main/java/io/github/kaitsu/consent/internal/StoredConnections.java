package io.github.kaitsu.consent.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.vendor.AccessTokens;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** One connection per customer, as long as its grant is the same one. Looks into the store each time it is asked. */
public final class StoredConnections<T> implements Connections<T> {
    private final HeldGrants grants;
    private final CloudService.Provider provider;
    private final Function<CustomerId, AccessTokens> tokens;
    private final Function<AccessTokens, T> connect;
    private final Map<CustomerId, Connected<T>> connected = new ConcurrentHashMap<>();

    private record Connected<T>(GrantRecord grant, T connection) {}

    public StoredConnections(
            HeldGrants grants,
            CloudService.Provider provider,
            Function<CustomerId, AccessTokens> tokens,
            Function<AccessTokens, T> connect) {
        this.grants = grants;
        this.provider = provider;
        this.tokens = tokens;
        this.connect = connect;
    }

    @Override
    public Optional<T> find(CustomerId customer) {
        Optional<GrantRecord> grant = grants.inUse(customer, provider);
        if (grant.isEmpty()) {
            connected.remove(customer);
            return Optional.empty();
        }
        return Optional.of(connected.compute(customer, (c, old) -> {
                    boolean same = old != null && old.grant.sameConsent(grant.get());
                    return same ? old : new Connected<>(grant.get(), connect.apply(tokens.apply(c)));
                })
                .connection);
    }
}
