package io.github.kaitsu.microsoft365;

import io.github.kaitsu.microsoft365.internal.SharePointReads;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.ConnectionBuilder;
import io.github.kaitsu.vendor.VendorAccess;
import io.github.kaitsu.vendor.http.Addresses;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.net.URI;

/**
 * A read-only connection to one tenant's SharePoint admin site, through which Teams' permission is looked at (M365-10).
 *
 * <p>It wants tokens for the admin site itself (scope {@code https://<name>-admin.sharepoint.com/.default}), not Microsoft Graph's:
 * app-only ones with {@code Sites.Read.All}, bought with a certificate, since SharePoint refuses those bought with a secret.
 * Whether the token of a signed-in administrator is accepted is not documented; where it is not, a person is asked as without a
 * connection.
 *
 * <p>Immutable and thread-safe; holds neither sockets nor threads: the provisioner that looks through it does. Its text hides the
 * tokens.
 */
public final class SharePointConnection {
    private final VendorAccess access;

    private SharePointConnection(VendorAccess access) {
        this.access = access;
    }

    /** Begins one; it needs an admin site. */
    public static Builder builder(AccessTokens tokens) {
        return new Builder(tokens);
    }

    /** For one look. */
    SharePointReads reads(VendorHttp http) {
        return new SharePointReads(access.forLook(), http);
    }

    @Override
    public String toString() {
        return "SharePointConnection[" + access + "]";
    }

    /** Not thread-safe. */
    public static final class Builder extends ConnectionBuilder<SharePointConnection, Builder> {
        private static final URI NOWHERE = URI.create("https://admin-site.invalid");

        private Builder(AccessTokens tokens) {
            super(tokens, NOWHERE, access -> {
                throw new IllegalArgumentException("adminSite is missing");
            });
        }

        @Override
        protected Builder self() {
            return this;
        }

        /** The tenant's admin site; this or the other is required. */
        public Builder adminSite(SharePointAdminSite site) {
            return adminSite(site.uri());
        }

        /**
         * For tenants with an address of their own. Plain http is for this very machine only: tests and the sandbox.
         *
         * @throws IllegalArgumentException if it is neither https nor http to this very machine
         */
        public Builder adminSite(URI address) {
            instead(URI.create(Addresses.base(address, "adminSite")), SharePointConnection::new);
            return this;
        }
    }
}
