package io.github.kaitsu.cli;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.consent.ConsentClient;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.AccessTokens.Token;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * How the providers are looked at: through what the customer consented to; in a sandbox, where nobody was asked, with tokens that
 * the sandbox makes; else not at all.
 */
final class Links {
    /** The shortest that a sandbox's tokens live. */
    private static final Duration TOKEN = Duration.ofMinutes(60);

    private final CustomerId customer;
    private final Optional<ConsentClient> consents;
    private final Optional<Sandbox> sandbox;

    Links(CustomerId customer, Optional<ConsentClient> consents, Optional<Sandbox> sandbox) {
        this.customer = customer;
        this.consents = consents;
        this.sandbox = sandbox;
    }

    Clock clock() {
        return sandbox.<Clock>map(Sandbox::clock).orElse(Clock.systemUTC());
    }

    /** Something of the sandbox, if it is one. */
    <T> Optional<T> inSandbox(Function<Sandbox, T> address) {
        return sandbox.map(address);
    }

    <T> Connections<T> to(CloudService.Provider provider, Function<AccessTokens, T> connect) {
        if (consents.isPresent() && isConsents(consents.get(), provider)) {
            return consents.get().connections(provider, connect);
        }
        return sandbox.<Connections<T>>map(s -> minted(s, provider, connect)).orElse(Connections.none());
    }

    /** For real whatever is granted, also later; in a sandbox only what is granted already. */
    private boolean isConsents(ConsentClient client, CloudService.Provider provider) {
        return sandbox.isEmpty()
                ? client.providers().contains(provider)
                : client.held(customer).contains(provider);
    }

    /** One connection for everybody, with tokens that the sandbox makes. */
    static <T> Connections<T> minted(
            Sandbox sandbox, CloudService.Provider provider, Function<AccessTokens, T> connect, String... scopes) {
        T connection = connect.apply(AccessTokens.singleFlight(
                spent -> new Token(
                        sandbox.mintTokens(provider, scopes).accessToken(),
                        Optional.of(sandbox.clock().instant().plus(TOKEN))),
                sandbox.clock()));
        return any -> Optional.of(connection);
    }
}
