package io.github.kaitsu.vendor;

import io.github.kaitsu.vendor.http.Addresses;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Function;

/**
 * Builds a connection to one customer's tenant. Not thread-safe.
 *
 * @param <C> the vendor's kind of connection
 */
public final class ConnectionBuilder<C> {
    private final AccessTokens tokens;
    private final Function<VendorAccess, C> connect;
    private URI baseUrl;
    private CallRetry retry = CallRetry.ofDefaults();
    private Clock clock = Clock.systemUTC();

    /** For the vendors' connections. */
    public ConnectionBuilder(AccessTokens tokens, URI defaultBase, Function<VendorAccess, C> connect) {
        this.tokens = Objects.requireNonNull(tokens);
        this.baseUrl = defaultBase;
        this.connect = connect;
    }

    /** Default: the vendor's own. Plain http is for this very machine only: tests and the sandbox. */
    public ConnectionBuilder<C> baseUrl(URI address) {
        this.baseUrl = address;
        return this;
    }

    /** Default: {@link CallRetry#ofDefaults()}. The SDKs' own retries are off in any case. */
    public ConnectionBuilder<C> retry(CallRetry policy) {
        this.retry = policy;
        return this;
    }

    /** What a {@code Retry-After} date is compared with. Default: the system's. */
    public ConnectionBuilder<C> clock(Clock time) {
        this.clock = time;
        return this;
    }

    /**
     * Builds it; connects to nothing.
     *
     * @throws IllegalArgumentException if the base URL is neither https nor http to this very machine
     */
    public C build() {
        return connect.apply(new VendorAccess(tokens, Addresses.base(baseUrl, "baseUrl"), retry, clock));
    }
}
