package io.github.kaitsu.box;

import io.github.kaitsu.box.internal.BoxReads;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.CallRetry;
import io.github.kaitsu.vendor.http.Addresses;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;

/**
 * A read-only connection to one Box enterprise through the embedding team's own app, with the token of the administrator who
 * consented to it. It needs the scopes of {@link #SCOPES}.
 *
 * <p>Immutable and thread-safe; holds a pool of HTTP connections, so keep one per customer instead of building one per look.
 * Its text hides the tokens.
 */
public final class BoxConnection {
    /**
     * The least that the looks need. Box has no read-only scopes for users, groups and enterprise settings; Kaitsu sends
     * nothing but GET.
     */
    public static final Set<String> SCOPES =
            Set.of("root_readonly", "manage_managed_users", "manage_groups", "manage_enterprise_properties");

    static final URI DEFAULT_BASE = URI.create("https://api.box.com");

    private final String base;
    private final BoxReads reads;

    private BoxConnection(Builder b) {
        this.base = Addresses.base(b.baseUrl, "baseUrl");
        this.reads = new BoxReads(b.tokens, base, b.retry, b.clock);
    }

    public static Builder builder(AccessTokens tokens) {
        return new Builder(tokens);
    }

    BoxReads reads() {
        return reads;
    }

    @Override
    public String toString() {
        return "BoxConnection[" + base + "]";
    }

    /** Not thread-safe. */
    public static final class Builder {
        private final AccessTokens tokens;
        private URI baseUrl = DEFAULT_BASE;
        private CallRetry retry = CallRetry.ofDefaults();
        private Clock clock = Clock.systemUTC();

        private Builder(AccessTokens tokens) {
            this.tokens = Objects.requireNonNull(tokens);
        }

        /** Default: {@code https://api.box.com}. Plain http is for this very machine only: tests and the sandbox. */
        public Builder baseUrl(URI address) {
            this.baseUrl = address;
            return this;
        }

        /** Default: {@link CallRetry#ofDefaults()}. The SDK's own retries are off in any case. */
        public Builder retry(CallRetry policy) {
            this.retry = policy;
            return this;
        }

        /** What a {@code Retry-After} date is compared with. Default: the system's. */
        public Builder clock(Clock time) {
            this.clock = time;
            return this;
        }

        /**
         * Builds it; connects to nothing.
         *
         * @throws IllegalArgumentException if the base URL is neither https nor http to this very machine
         */
        public BoxConnection build() {
            return new BoxConnection(this);
        }
    }
}
