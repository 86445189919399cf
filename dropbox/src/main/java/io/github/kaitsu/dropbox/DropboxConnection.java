package io.github.kaitsu.dropbox;

import io.github.kaitsu.dropbox.internal.DropboxReads;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.CallRetry;
import io.github.kaitsu.vendor.http.Addresses;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;

/**
 * A read-only connection to one Dropbox team through the embedding team's own app, with the token of the team administrator
 * who consented to it. It needs the scopes of {@link #SCOPES}; one that is missing is found before the link.
 *
 * <p>Immutable and thread-safe; holds a pool of HTTP connections, so keep one per customer instead of building one per look.
 * Its text hides the tokens.
 */
public final class DropboxConnection {
    /**
     * The least that the looks need, reading alone: team and administrator; the team's log; the team's namespaces, and acting
     * as the administrator; the folders' names. Dropbox wants each ticked in the app's settings too, before the consent.
     */
    public static final Set<String> SCOPES =
            Set.of("team_info.read", "events.read", "team_data.member", "files.metadata.read");

    static final URI DEFAULT_BASE = URI.create("https://api.dropboxapi.com");

    private final String base;
    private final DropboxReads reads;

    private DropboxConnection(Builder b) {
        this.base = Addresses.base(b.baseUrl, "baseUrl");
        this.reads = new DropboxReads(b.tokens, base, b.retry, b.clock);
    }

    public static Builder builder(AccessTokens tokens) {
        return new Builder(tokens);
    }

    DropboxReads reads() {
        return reads;
    }

    @Override
    public String toString() {
        return "DropboxConnection[" + base + "]";
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

        /** Default: {@code https://api.dropboxapi.com}. Plain http is for this very machine only: tests and the sandbox. */
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
         * @throws IllegalArgumentException if the address is neither https nor http to this very machine
         */
        public DropboxConnection build() {
            return new DropboxConnection(this);
        }
    }
}
