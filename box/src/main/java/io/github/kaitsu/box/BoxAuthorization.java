package io.github.kaitsu.box;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.consent.OAuthApp;
import io.github.kaitsu.consent.RefusalWords;
import io.github.kaitsu.consent.TokenGrant;
import io.github.kaitsu.vendor.Refusal;
import io.github.kaitsu.vendor.VendorAnswer;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The consent of a Box administrator to the embedding team's own app; not Trend Micro's consent, which starts in the console.
 *
 * <p>Box knows no PKCE and wants the client secret; a code lives 30 seconds; an access token an hour; a refresh token 60 days,
 * and works once: {@link #refresh} spends the old one, whatever becomes of the answer. The Box SDK is not used: its address of the
 * consent page ignores its base URLs, which enterprises on {@code ent.box.com} and tests need, and it refreshes in several threads
 * at once, which loses the grant.
 *
 * <p>Box does not say which scopes it granted: what is ticked in the app narrows them silently. So a grant names those that were
 * asked for, and a look that may not read says so when it is made. Box's page takes neither an account nor a language.
 *
 * <p>Immutable and thread-safe; keeps no token; its text hides the secret.
 */
public final class BoxAuthorization extends OAuthApp {
    /** For everybody but Box Verified Enterprise, who use {@code https://ent.box.com/api/oauth2/authorize}. */
    public static final URI DEFAULT_PAGE = URI.create("https://account.box.com/api/oauth2/authorize");

    /** The least that the looks need: {@link BoxConnection#SCOPES}. */
    public static final Set<String> SCOPES = BoxConnection.SCOPES;

    /** Box says {@code unauthorized_client} of an app that an enterprise does not allow, and of an app that may do nothing anywhere. */
    private static final RefusalWords WORDS = RefusalWords.standard()
            .describedAs(
                    Refusal.BLOCKED_BY_POLICY,
                    "\\b(enterprise|admin|administrators?|co-admin)\\b",
                    "unauthorized_client",
                    "invalid_client",
                    "access_denied")
            .describedAs(Refusal.NOT_ADMINISTRATOR, "\\bpermission to authorize\\b", "access_denied")
            .describedAs(
                    Refusal.APP,
                    "\\b(app|application|client)\\b.*\\b(disabled|deactivated|deleted)\\b",
                    "unauthorized_client");

    private final URI base;

    private BoxAuthorization(Builder b) {
        super(CloudService.Provider.BOX, SCOPES, WORDS, b.page, at(b.baseUrl, "/oauth2/token"), b);
        this.base = b.baseUrl;
    }

    /** The app as registered, at Box itself. */
    public static BoxAuthorization of(String clientId, String clientSecret) {
        return builder(clientId, clientSecret).build();
    }

    /**
     * Begins one.
     *
     * @throws IllegalArgumentException if client id or secret are blank
     */
    public static Builder builder(String clientId, String clientSecret) {
        return new Builder(clientId, clientSecret);
    }

    @Override
    public boolean pkce() {
        return false;
    }

    @Override
    protected boolean refreshTokenWorksOnce() {
        return true;
    }

    /** The account is an administrator only if it is the primary one: co-administrators cannot link (BOX-1). */
    @Override
    public Identity identify(TokenGrant grant) throws InterruptedException {
        VendorAnswer me = get(at(base, "/2.0/users/me?fields=id,login,name,role,enterprise,status"), grant);
        return new Identity(
                me.need("/login"),
                me.text("/enterprise/id").orElse(""),
                me.text("/role").map("admin"::equals));
    }

    @Override
    public void revoke(TokenGrant grant) throws InterruptedException {
        revoke(at(base, "/oauth2/revoke"), grant, withClient(Map.of()));
    }

    /** Not thread-safe. */
    public static final class Builder extends OAuthApp.Builder<Builder> {
        private URI page = DEFAULT_PAGE;
        private URI baseUrl = BoxConnection.DEFAULT_BASE;

        private Builder(String clientId, String clientSecret) {
            super(clientId, Objects.requireNonNull(clientSecret));
        }

        @Override
        protected Builder self() {
            return this;
        }

        /** The consent page. Default: {@link #DEFAULT_PAGE}. */
        public Builder page(URI address) {
            this.page = address;
            return this;
        }

        /** Tokens and API. Default: {@code https://api.box.com}. */
        public Builder baseUrl(URI address) {
            this.baseUrl = address;
            return this;
        }

        /**
         * Builds it; connects to nothing.
         *
         * @throws IllegalArgumentException if an address is neither https nor http to this very machine
         */
        public BoxAuthorization build() {
            return new BoxAuthorization(this);
        }
    }
}
