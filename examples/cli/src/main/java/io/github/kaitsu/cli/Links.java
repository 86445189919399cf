package io.github.kaitsu.cli;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.consent.ConsentClient;
import io.github.kaitsu.microsoft365.SharePointConnection;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.SandboxConnections;
import io.github.kaitsu.vendor.AccessTokens;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Of one customer: through what the customer consented to; in a sandbox, where nobody was asked, with tokens that the sandbox makes;
 * else not at all.
 */
final class Links implements Linked {
    private final CustomerId customer;
    private final Optional<ConsentClient> consents;
    private final Optional<Sandbox> sandbox;

    Links(CustomerId customer, Optional<ConsentClient> consents, Optional<Sandbox> sandbox) {
        this.customer = customer;
        this.consents = consents;
        this.sandbox = sandbox;
    }

    @Override
    public <T> Connections<T> to(
            CloudService.Provider provider,
            Function<AccessTokens, T> real,
            BiFunction<SandboxConnections, AccessTokens, T> inSandbox) {
        Function<AccessTokens, T> connect = sandbox.map(SandboxConnections::of)
                .<Function<AccessTokens, T>>map(to -> tokens -> inSandbox.apply(to, tokens))
                .orElse(real);
        if (consents.isPresent() && isConsents(consents.get(), provider)) {
            return consents.get().connections(provider, connect);
        }
        return minted(provider, connect);
    }

    @Override
    public Connections<SharePointConnection> sharePoint() {
        return sandbox.map(s -> minted(
                        CloudService.Provider.MICROSOFT365, SandboxConnections.of(s)::sharePoint, s.sharePointScope()))
                .orElse(Connections.none());
    }

    /** One connection for everybody, with tokens that the sandbox makes; none without one. */
    private <T> Connections<T> minted(
            CloudService.Provider provider, Function<AccessTokens, T> connect, String... scopes) {
        return sandbox.map(s -> connect.apply(SandboxConnections.of(s).tokens(provider, scopes)))
                .<Connections<T>>map(connection -> any -> Optional.of(connection))
                .orElse(Connections.none());
    }

    /** For real whatever is granted, also later; in a sandbox only what is granted already. */
    private boolean isConsents(ConsentClient client, CloudService.Provider provider) {
        return sandbox.isEmpty()
                ? client.providers().contains(provider)
                : client.held(customer).contains(provider);
    }
}
