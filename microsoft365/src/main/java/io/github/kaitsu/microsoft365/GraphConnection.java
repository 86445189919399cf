package io.github.kaitsu.microsoft365;

import io.github.kaitsu.microsoft365.internal.GraphReads;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.ConnectionBuilder;
import io.github.kaitsu.vendor.VendorAccess;
import java.util.Set;

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
 * <p>Immutable and thread-safe; holds the SDK's client and its pool of HTTP connections, so keep one per customer instead of
 * building one per look. Its text hides the tokens.
 */
public final class GraphConnection {
    /** The fewest delegated scopes with which every look works; all but {@code User.Read} need an administrator's consent. */
    public static final Set<String> SCOPES =
            Set.of("User.Read", "Directory.Read.All", "Sites.Read.All", "AuditLog.Read.All");

    private final NationalCloud cloud;
    private final GraphReads reads;

    private GraphConnection(VendorAccess access, NationalCloud cloud) {
        this.cloud = cloud;
        this.reads = new GraphReads(access, cloud.sharePointSuffix());
    }

    /** Begins one, by default in {@link NationalCloud#WORLDWIDE}. */
    public static Builder builder(AccessTokens tokens) {
        return new Builder(tokens);
    }

    /** For one look. */
    GraphReads reads() {
        return reads.forLook();
    }

    @Override
    public String toString() {
        return "GraphConnection[" + cloud + ", " + reads + "]";
    }

    /** The base URL is without {@code /v1.0}, by default that of the cloud. Not thread-safe. */
    public static final class Builder extends ConnectionBuilder<GraphConnection, Builder> {
        private Builder(AccessTokens tokens) {
            super(
                    tokens,
                    NationalCloud.WORLDWIDE.graph(),
                    access -> new GraphConnection(access, NationalCloud.WORLDWIDE));
        }

        @Override
        protected Builder self() {
            return this;
        }

        /** Where the tenant is. Default: {@link NationalCloud#WORLDWIDE}. */
        public Builder cloud(NationalCloud where) {
            instead(where.graph(), access -> new GraphConnection(access, where));
            return this;
        }
    }
}
