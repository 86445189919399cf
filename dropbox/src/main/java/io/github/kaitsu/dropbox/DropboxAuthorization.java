package io.github.kaitsu.dropbox;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.consent.OAuthApp;
import io.github.kaitsu.consent.RefusalWords;
import io.github.kaitsu.consent.TokenGrant;
import io.github.kaitsu.vendor.Refusal;
import io.github.kaitsu.vendor.VendorAnswer;
import io.github.kaitsu.vendor.VendorCallException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The consent of a Dropbox team administrator to the embedding team's own app; not Trend Micro's consent, which starts in the
 * console.
 *
 * <p>The app is a public client: PKCE protects it, and no secret is needed, for refreshing neither. An access token lives four
 * hours; the refresh token stays as it is and does not end by itself.
 *
 * <p>The Dropbox SDK is not used: its {@code DbxPKCEWebAuth} must finish in the instance that began, so it cannot complete a
 * consent that another process began, and the rest of it counts lives from the system's clock and takes neither port nor scheme.
 *
 * <p>Immutable and thread-safe; keeps no token.
 */
public final class DropboxAuthorization extends OAuthApp {
    /** The least that the looks need, all of them reading. */
    public static final Set<String> SCOPES = DropboxConnection.SCOPES;

    /** A disabled app is said so in a sentence, with whatever error or none; a team that blocks the app names its administrator. */
    private static final RefusalWords WORDS = RefusalWords.standard()
            .describedAs(Refusal.NOT_ADMINISTRATOR, "\\bonly (a )?team admin", "access_denied")
            .describedAs(
                    Refusal.BLOCKED_BY_POLICY,
                    "\\b(team'?s?|admin|administrators?)\\b.*\\b(block|disabl|allow|permit|restrict|not authorized)"
                            + "|\\b(block|disabl|allow|permit|restrict|not authorized)\\w*\\b.*\\b(team|admin|administrators?)\\b",
                    "unauthorized_client",
                    "invalid_client",
                    "access_denied",
                    "")
            .describedAs(
                    Refusal.APP,
                    "\\b(app|application|client)\\b.*\\b(disabled|deactivated|deleted)\\b",
                    "unauthorized_client",
                    "invalid_client",
                    "invalid_request",
                    "access_denied",
                    "")
            .with(Refusal.APP, "invalid_client_id", "app_disabled")
            .with(Refusal.BLOCKED_BY_POLICY, "app_blocked_by_permissions");

    private static final Set<String> NO_ADMINISTRATOR = Set.of("mapping_not_found", "admin_not_active");
    private static final String NOTHING = "null"; // the argument of a route that takes none

    private final URI base;

    private DropboxAuthorization(Builder b) {
        super(CloudService.Provider.DROPBOX, SCOPES, WORDS, b.page, at(b.baseUrl, "/oauth2/token"), b);
        this.base = b.baseUrl;
    }

    /** The app as registered, at Dropbox itself. */
    public static DropboxAuthorization of(String appKey) {
        return builder(appKey).build();
    }

    /**
     * Begins one.
     *
     * @throws IllegalArgumentException if the app key is blank
     */
    public static Builder builder(String appKey) {
        return new Builder(appKey);
    }

    /** Asks for a work account and lets nobody make a new one. Dropbox takes no account as a hint. */
    @Override
    protected Map<String, String> pageParameters(Question question) {
        Map<String, String> own = new LinkedHashMap<>();
        own.put("token_access_type", "offline");
        own.put("require_role", "work");
        own.put("disable_signup", "true");
        own.put("locale", question.language().toLanguageTag());
        return own;
    }

    /** Without the team's administrator behind the token, the account is empty and does not administer. */
    @Override
    public Identity identify(TokenGrant grant) throws InterruptedException {
        String team = route("/2/team/get_info", grant).need("/team_id");
        try {
            VendorAnswer admin = route("/2/team/token/get_authenticated_admin", grant);
            return new Identity(admin.need("/admin_profile/email"), team, Optional.of(true), aliases(admin));
        } catch (VendorCallException e) {
            if (e.status() == HttpURLConnection.HTTP_CONFLICT
                    && e.code().filter(NO_ADMINISTRATOR::contains).isPresent()) {
                return new Identity("", team, Optional.of(false));
            }
            throw e;
        }
    }

    /** The secondary addresses that the person has proved. */
    private static Set<String> aliases(VendorAnswer admin) {
        Set<String> found = new HashSet<>();
        List<String> all = admin.texts("/admin_profile/secondary_emails", "/email");
        for (int n = 0; n < all.size(); n++) {
            if (admin.flag("/admin_profile/secondary_emails/" + n + "/is_verified")
                    .orElse(false)) {
                admin.text("/admin_profile/secondary_emails/" + n + "/email").ifPresent(found::add);
            }
        }
        return found;
    }

    /** Ends the access token with its refresh token and all that came from it. An access token that has run out is renewed for it. */
    @Override
    public void revoke(TokenGrant grant) throws InterruptedException {
        if (!ends(grant) && grant.refreshToken().isPresent()) {
            try {
                ends(refresh(grant));
            } catch (VendorCallException e) {
                if (!e.authorizationLost()) {
                    throw e;
                } // gone already
            }
        }
    }

    /** False if the token is no good any more. */
    private boolean ends(TokenGrant grant) throws InterruptedException {
        try {
            route("/2/auth/token/revoke", grant);
            return true;
        } catch (VendorCallException e) {
            if (!e.authorizationLost()) {
                throw e;
            }
            return false;
        }
    }

    private VendorAnswer route(String path, TokenGrant grant) throws InterruptedException {
        return postJson(at(base, path), grant, NOTHING);
    }

    /** Not thread-safe. */
    public static final class Builder extends OAuthApp.Builder<Builder> {
        private URI page = URI.create("https://www.dropbox.com/oauth2/authorize");
        private URI baseUrl = DropboxConnection.DEFAULT_BASE;

        private Builder(String appKey) {
            super(appKey, null);
        }

        @Override
        protected Builder self() {
            return this;
        }

        /** The consent page. Default: {@code https://www.dropbox.com/oauth2/authorize}. */
        public Builder page(URI address) {
            this.page = address;
            return this;
        }

        /** Tokens and API. Default: {@code https://api.dropboxapi.com}. */
        public Builder baseUrl(URI address) {
            this.baseUrl = address;
            return this;
        }

        /**
         * Builds it; connects to nothing.
         *
         * @throws IllegalArgumentException if an address is neither https nor http to this very machine
         */
        public DropboxAuthorization build() {
            return new DropboxAuthorization(this);
        }
    }
}
