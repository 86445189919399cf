package io.github.kaitsu.vendor;

import io.github.kaitsu.vendor.http.Addresses;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the builders of all connections to a customer's tenant have in common. Not thread-safe.
 *
 * @param <C> the vendor's kind of connection
 * @param <B> its builder
 */
public abstract class ConnectionBuilder<C, B extends ConnectionBuilder<C, B>> {
    private final AccessTokens tokens;
    private URI defaultBase;
    private Function<VendorAccess, C> connect;
    private @Nullable URI baseUrl;
    private CallRetry retry = CallRetry.ofDefaults();
    private Clock clock = Clock.systemUTC();
    private Duration limit = VendorHttp.WHOLE_CALL;

    /**
     * For the vendors' connections.
     *
     * @param connect makes one of all that was said
     */
    protected ConnectionBuilder(AccessTokens tokens, URI defaultBase, Function<VendorAccess, C> connect) {
        this.tokens = Objects.requireNonNull(tokens);
        this.defaultBase = defaultBase;
        this.connect = connect;
    }

    /** This, by its own type. */
    protected abstract B self();

    /** For vendors with more than one place: where to instead, and what is made of it. */
    protected final void instead(URI defaultBase, Function<VendorAccess, C> connect) {
        this.defaultBase = defaultBase;
        this.connect = connect;
    }

    /** Default: the vendor's own. Plain http is for this very machine only: tests and the sandbox. */
    public final B baseUrl(URI address) {
        this.baseUrl = address;
        return self();
    }

    /** Default: {@link CallRetry#ofDefaults()}. The SDKs' own retries are off in any case. */
    public final B retry(CallRetry policy) {
        this.retry = policy;
        return self();
    }

    /** What a {@code Retry-After} date is compared with. Default: the system's. */
    public final B clock(Clock time) {
        this.clock = time;
        return self();
    }

    /**
     * How long one call may take, from its beginning to the last byte of its answer, however slowly that comes; afterwards it is
     * cut off. Default, and most: 30 s.
     *
     * @throws IllegalArgumentException if it is longer than that, or no time at all
     */
    public final B callLimit(Duration whole) {
        this.limit = VendorHttp.limit(whole);
        return self();
    }

    /**
     * Builds it; connects to nothing.
     *
     * @throws IllegalArgumentException if the base URL is neither https nor http to this very machine
     */
    public final C build() {
        String base = Addresses.base(baseUrl == null ? defaultBase : baseUrl, "baseUrl");
        return connect.apply(new VendorAccess(tokens, base, retry, clock, limit, new LookNotes()));
    }
}
