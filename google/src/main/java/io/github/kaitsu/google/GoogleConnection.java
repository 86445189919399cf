package io.github.kaitsu.google;

import io.github.kaitsu.google.internal.Api;
import io.github.kaitsu.google.internal.GoogleReads;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.ConnectionBuilder;
import io.github.kaitsu.vendor.VendorAccess;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.net.URI;
import java.util.Set;
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

    /** For one look. Google's clients are made once: who looks first lends its HTTP client to all. */
    synchronized GoogleReads reads(VendorHttp http) {
        if (reads == null) {
            reads = new GoogleReads(access, signs, http);
        }
        return reads.forLook();
    }

    @Override
    public String toString() {
        return "GoogleConnection[" + access + "]";
    }

    /** The base URL stands for all of Google's APIs; by default each is at its own host. Not thread-safe. */
    public static final class Builder extends ConnectionBuilder<GoogleConnection, Builder> {
        private static final URI DEFAULT_BASE = URI.create(Api.OWN_HOSTS);

        private Builder(AccessTokens tokens) {
            super(tokens, DEFAULT_BASE, access -> new GoogleConnection(access, GoogleAppSigns.ofDefaults()));
        }

        @Override
        protected Builder self() {
            return this;
        }

        /** By which names and ids Trend Micro's app is known. Default: {@link GoogleAppSigns#ofDefaults()}. */
        public Builder app(GoogleAppSigns known) {
            instead(DEFAULT_BASE, access -> new GoogleConnection(access, known));
            return this;
        }
    }
}
