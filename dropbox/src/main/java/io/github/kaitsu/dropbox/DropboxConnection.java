package io.github.kaitsu.dropbox;

import io.github.kaitsu.dropbox.internal.DropboxReads;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.ConnectionBuilder;
import io.github.kaitsu.vendor.VendorAccess;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.net.URI;
import java.util.Set;

/**
 * A read-only connection to one Dropbox team through the embedding team's own app, with the token of the team administrator
 * who consented to it. It needs the scopes of {@link #SCOPES}; one that is missing is found before the link.
 *
 * <p>Immutable and thread-safe; holds neither sockets nor threads: the provisioner that looks through it does. Its text hides the
 * tokens.
 */
public final class DropboxConnection {
    /**
     * The least that the looks need, reading alone: team and administrator; the team's log; the team's namespaces, and acting
     * as the administrator; the folders' names. Dropbox wants each ticked in the app's settings too, before the consent.
     */
    public static final Set<String> SCOPES =
            Set.of("team_info.read", "events.read", "team_data.member", "files.metadata.read");

    static final URI DEFAULT_BASE = URI.create("https://api.dropboxapi.com");

    private final VendorAccess access;

    private DropboxConnection(VendorAccess access) {
        this.access = access;
    }

    /** Begins one, by default at {@code https://api.dropboxapi.com}. */
    public static Builder builder(AccessTokens tokens) {
        return new Builder(tokens);
    }

    /** For one look. */
    DropboxReads reads(VendorHttp http) {
        return new DropboxReads(access.forLook(), http);
    }

    @Override
    public String toString() {
        return "DropboxConnection[" + access + "]";
    }

    /** Not thread-safe. */
    public static final class Builder extends ConnectionBuilder<DropboxConnection, Builder> {
        private Builder(AccessTokens tokens) {
            super(tokens, DEFAULT_BASE, DropboxConnection::new);
        }

        @Override
        protected Builder self() {
            return this;
        }
    }
}
