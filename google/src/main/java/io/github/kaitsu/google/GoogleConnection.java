package io.github.kaitsu.google;

import io.github.kaitsu.google.internal.Api;
import io.github.kaitsu.google.internal.GoogleReads;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.CallRetry;
import io.github.kaitsu.vendor.ConnectionBuilder;
import io.github.kaitsu.vendor.VendorAccess;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.net.URI;
import java.time.Clock;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A read-only connection to one customer's Google Workspace through the embedding team's own app or service account, in the name
 * of the super admin who gives the grant in the console. It needs {@link #SCOPES}; without {@link GoogleScopes#TOKENS}
 * and {@link GoogleScopes#LICENCES}, which also allow writing, a person is asked for what they would show.
 *
 * <p>Thread-safe; keep one per customer. Holds neither sockets nor threads: the provisioner that looks through it does. Its text
 * hides the tokens.
 */
public final class GoogleConnection {
    /** All scopes that the looks need; {@link GoogleScopes} tells them apart. */
    public static final Set<String> SCOPES = Set.copyOf(GoogleScopes.all());

    private final VendorAccess access;
    private final GoogleAppSigns signs;
    private @Nullable GoogleReads reads; // guarded by this

    private GoogleConnection(VendorAccess access, GoogleAppSigns signs) {
        this.access = access;
        this.signs = signs;
    }

    /** Begins one; {@link GoogleAccessTokens} makes tokens of Google's own credentials. */
    public static Builder builder(AccessTokens tokens) {
        return new Builder(tokens);
    }

    /** Google's clients are made once: who looks first lends its HTTP client to all. */
    synchronized GoogleReads reads(VendorHttp http) {
        if (reads == null) {
            reads = new GoogleReads(access, signs, http);
        }
        return reads;
    }

    @Override
    public String toString() {
        return "GoogleConnection[" + access + "]";
    }

    /** Not thread-safe. */
    public static final class Builder {
        private final ConnectionBuilder<VendorAccess> access;
        private GoogleAppSigns signs = GoogleAppSigns.ofDefaults();

        private Builder(AccessTokens tokens) {
            this.access = new ConnectionBuilder<>(tokens, URI.create(Api.OWN_HOSTS), Function.identity());
        }

        /**
         * One address that stands for all of Google's APIs. Default: each at its own host. Plain http is for this very machine
         * only: tests and the sandbox.
         */
        public Builder baseUrl(URI all) {
            access.baseUrl(all);
            return this;
        }

        /** Default: {@link CallRetry#ofDefaults()}. The retries of Google's libraries are off in any case. */
        public Builder retry(CallRetry policy) {
            access.retry(policy);
            return this;
        }

        /** What a {@code Retry-After} date is compared with. Default: the system's. */
        public Builder clock(Clock time) {
            access.clock(time);
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
            return new GoogleConnection(access.build(), signs);
        }
    }
}
