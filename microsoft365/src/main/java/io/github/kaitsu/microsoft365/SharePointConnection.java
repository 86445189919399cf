package io.github.kaitsu.microsoft365;

import io.github.kaitsu.microsoft365.internal.SharePointReads;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.CallRetry;
import io.github.kaitsu.vendor.http.Addresses;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A read-only connection to one tenant's SharePoint admin site, through which Teams' permission is looked at (M365-10).
 *
 * <p>It wants tokens for the admin site itself (scope {@code https://<name>-admin.sharepoint.com/.default}), not Microsoft Graph's:
 * app-only ones with {@code Sites.Read.All}, bought with a certificate, since SharePoint refuses those bought with a secret.
 * Whether the token of a signed-in administrator is accepted is not documented; where it is not, a person is asked as without a
 * connection.
 *
 * <p>Immutable and thread-safe; holds a pool of HTTP connections, so keep one per customer instead of building one per look.
 * Its text hides the tokens.
 */
public final class SharePointConnection {
    private final String base;
    private final SharePointReads reads;

    private SharePointConnection(Builder b) {
        if (b.adminSite == null) {
            throw new IllegalArgumentException("adminSite is missing");
        }
        this.base = Addresses.base(b.adminSite, "adminSite");
        this.reads = new SharePointReads(b.tokens, base, b.retry, b.clock);
    }

    public static Builder builder(AccessTokens tokens) {
        return new Builder(tokens);
    }

    SharePointReads reads() {
        return reads;
    }

    @Override
    public String toString() {
        return "SharePointConnection[" + base + "]";
    }

    /** Not thread-safe. */
    public static final class Builder {
        private final AccessTokens tokens;
        private @Nullable URI adminSite;
        private CallRetry retry = CallRetry.ofDefaults();
        private Clock clock = Clock.systemUTC();

        private Builder(AccessTokens tokens) {
            this.tokens = Objects.requireNonNull(tokens);
        }

        /** The tenant's admin site; this or the other is required. */
        public Builder adminSite(SharePointAdminSite site) {
            return adminSite(site.uri());
        }

        /** For tenants with an address of their own. Plain http is for this very machine only: tests and the sandbox. */
        public Builder adminSite(URI address) {
            this.adminSite = address;
            return this;
        }

        /** Default: {@link CallRetry#ofDefaults()}. The HTTP client repeats nothing by itself. */
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
         * @throws IllegalArgumentException if the admin site is missing, or neither https nor http to this very machine
         */
        public SharePointConnection build() {
            return new SharePointConnection(this);
        }
    }
}
