package io.github.kaitsu.microsoft365;

import io.github.kaitsu.microsoft365.internal.GraphReads;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.CallRetry;
import io.github.kaitsu.vendor.http.Addresses;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A read-only connection to one Microsoft 365 tenant through the embedding team's own app, with a token of the Global
 * Administrator who consented to it (delegated: an application's own token tells nobody's roles).
 *
 * <p>It needs {@link #SCOPES}. Where some are missing, the looks that need them say so and a person is asked instead. The least
 * scope for each:
 *
 * <table>
 * <caption>Delegated scopes</caption>
 * <tr><th>Look</th><th>Scope</th></tr>
 * <tr><td>tenant, the user's active roles</td><td>{@code User.Read}</td></tr>
 * <tr><td>number of users</td><td>{@code User.ReadBasic.All}</td></tr>
 * <tr><td>licences</td><td>{@code LicenseAssignment.Read.All}</td></tr>
 * <tr><td>SharePoint's address</td><td>{@code Sites.Read.All}</td></tr>
 * <tr><td>apps and their application roles</td><td>{@code Application.Read.All}</td></tr>
 * <tr><td>delegated permissions of apps</td><td>{@code Directory.Read.All}, which covers all above but SharePoint's</td></tr>
 * <tr><td>recorded consents, as support only</td><td>{@code AuditLog.Read.All}</td></tr>
 * </table>
 *
 * <p>Immutable and thread-safe; holds a pool of HTTP connections, so keep one per customer instead of building one per look.
 * Its text hides the tokens.
 */
public final class GraphConnection {
    /** The fewest delegated scopes with which every look works; all but {@code User.Read} need an administrator's consent. */
    public static final Set<String> SCOPES =
            Set.of("User.Read", "Directory.Read.All", "Sites.Read.All", "AuditLog.Read.All");

    private final NationalCloud cloud;
    private final GraphReads reads;

    private GraphConnection(Builder b) {
        this.cloud = b.cloud;
        URI address = b.baseUrl == null ? cloud.graph() : b.baseUrl;
        this.reads = new GraphReads(
                b.tokens, Addresses.base(address, "baseUrl"), cloud.sharePointSuffix(), b.retry, b.clock);
    }

    public static Builder builder(AccessTokens tokens) {
        return new Builder(tokens);
    }

    GraphReads reads() {
        return reads;
    }

    @Override
    public String toString() {
        return "GraphConnection[" + cloud + ", " + reads + "]";
    }

    /** Not thread-safe. */
    public static final class Builder {
        private final AccessTokens tokens;
        private NationalCloud cloud = NationalCloud.WORLDWIDE;
        private @Nullable URI baseUrl;
        private CallRetry retry = CallRetry.ofDefaults();
        private Clock clock = Clock.systemUTC();

        private Builder(AccessTokens tokens) {
            this.tokens = Objects.requireNonNull(tokens);
        }

        /** Where the tenant is. Default: {@link NationalCloud#WORLDWIDE}. */
        public Builder cloud(NationalCloud where) {
            this.cloud = Objects.requireNonNull(where);
            return this;
        }

        /**
         * Default: that of the cloud, without {@code /v1.0}. Plain http is for this very machine only: tests and the sandbox.
         */
        public Builder baseUrl(URI address) {
            this.baseUrl = address;
            return this;
        }

        /** Default: {@link CallRetry#ofDefaults()}. The SDK's own retries and redirects are off in any case. */
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
        public GraphConnection build() {
            return new GraphConnection(this);
        }
    }
}
