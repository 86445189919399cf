package io.github.kaitsu.box;

import io.github.kaitsu.box.internal.BoxReads;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.ConnectionBuilder;
import io.github.kaitsu.vendor.VendorAccess;
import java.net.URI;
import java.util.Set;

/**
 * A read-only connection to one Box enterprise through the embedding team's own app, with the token of the administrator who
 * consented to it. It needs the scopes of {@link #SCOPES}.
 *
 * <p>Immutable and thread-safe; holds a pool of HTTP connections and the SDK's client, so keep one per customer instead of
 * building one per look. Its text hides the tokens.
 */
public final class BoxConnection {
    /**
     * The least that the looks need. Box has no read-only scopes for users, groups and enterprise settings; Kaitsu sends
     * nothing but GET.
     */
    public static final Set<String> SCOPES =
            Set.of("root_readonly", "manage_managed_users", "manage_groups", "manage_enterprise_properties");

    static final URI DEFAULT_BASE = URI.create("https://api.box.com");

    private final BoxReads reads;

    private BoxConnection(VendorAccess access) {
        this.reads = new BoxReads(access);
    }

    /** Begins one, by default at {@code https://api.box.com}. */
    public static Builder builder(AccessTokens tokens) {
        return new Builder(tokens);
    }

    /** For one look. */
    BoxReads reads() {
        return reads.forLook();
    }

    @Override
    public String toString() {
        return "BoxConnection[" + reads + "]";
    }

    /** Not thread-safe. */
    public static final class Builder extends ConnectionBuilder<BoxConnection, Builder> {
        private Builder(AccessTokens tokens) {
            super(tokens, DEFAULT_BASE, BoxConnection::new);
        }

        @Override
        protected Builder self() {
            return this;
        }
    }
}
