package io.github.kaitsu.google;

import io.github.kaitsu.google.internal.GoogleReads;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.CallRetry;
import io.github.kaitsu.vendor.http.Addresses;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A read-only connection to one customer's Google Workspace through the embedding team's own app or service account, in the name
 * of the super admin who gives the grant in the console. It needs {@link #SCOPES}; without {@link GoogleScopes#TOKENS}
 * and {@link GoogleScopes#LICENCES}, which also allow writing, a person is asked for what they would show.
 *
 * <p>Immutable and thread-safe; keep one per customer. Its text hides the tokens.
 */
public final class GoogleConnection {
    /** All scopes that the looks need; {@link GoogleScopes} tells them apart. */
    public static final Set<String> SCOPES = Set.copyOf(GoogleScopes.all());

    private final String address;
    private final GoogleReads reads;

    private GoogleConnection(Builder b) {
        Optional<URI> base = b.baseUrl.map(address -> URI.create(Addresses.base(address, "baseUrl")));
        this.address = base.map(URI::toString).orElse("Google");
        this.reads = new GoogleReads(b.tokens, base, b.retry, b.clock, b.signs);
    }

    /** Begins one; {@link GoogleAccessTokens} makes tokens of Google's own credentials. */
    public static Builder builder(AccessTokens tokens) {
        return new Builder(tokens);
    }

    GoogleReads reads() {
        return reads;
    }

    @Override
    public String toString() {
        return "GoogleConnection[" + address + "]";
    }

    /** Not thread-safe. */
    public static final class Builder {
        private final AccessTokens tokens;
        private Optional<URI> baseUrl = Optional.empty();
        private CallRetry retry = CallRetry.ofDefaults();
        private Clock clock = Clock.systemUTC();
        private GoogleAppSigns signs = GoogleAppSigns.ofDefaults();

        private Builder(AccessTokens tokens) {
            this.tokens = Objects.requireNonNull(tokens);
        }

        /**
         * One address that stands for all of Google's APIs. Default: each at its own host. Plain http is for this very machine
         * only: tests and the sandbox.
         */
        public Builder baseUrl(URI all) {
            this.baseUrl = Optional.of(all);
            return this;
        }

        /** Default: {@link CallRetry#ofDefaults()}. The retries of Google's libraries are off in any case. */
        public Builder retry(CallRetry policy) {
            this.retry = policy;
            return this;
        }

        /** What a {@code Retry-After} date is compared with. Default: the system's. */
        public Builder clock(Clock time) {
            this.clock = time;
            return this;
        }

        /** By which names and ids Trend Micro's app is known. Default: {@link GoogleAppSigns#ofDefaults()}. */
        public Builder app(GoogleAppSigns known) {
            this.signs = known;
            return this;
        }

        /**
         * Builds it; connects to nothing.
         *
         * @throws IllegalArgumentException if the base URL is neither https nor http to this very machine
         */
        public GoogleConnection build() {
            return new GoogleConnection(this);
        }
    }
}
