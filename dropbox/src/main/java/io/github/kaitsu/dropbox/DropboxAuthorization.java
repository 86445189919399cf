package io.github.kaitsu.dropbox;

import com.dropbox.core.DbxException;
import com.dropbox.core.DbxHost;
import com.dropbox.core.DbxPKCEManager;
import com.dropbox.core.DbxRequestConfig;
import com.dropbox.core.oauth.DbxCredential;
import com.dropbox.core.v2.DbxClientV2;
import com.dropbox.core.v2.DbxTeamClientV2;
import com.dropbox.core.v2.team.TeamMemberProfile;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.consent.AuthorizationServer;
import io.github.kaitsu.consent.ConsentAddress;
import io.github.kaitsu.consent.TokenGrant;
import io.github.kaitsu.dropbox.internal.SdkOverTokenEndpoint;
import io.github.kaitsu.vendor.VendorCallException;
import io.github.kaitsu.vendor.http.Addresses;
import io.github.kaitsu.vendor.http.TokenEndpoint;
import io.github.kaitsu.vendor.http.VendorAnswer;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The consent of a Dropbox team administrator to the embedding team's own app; not Trend Micro's consent, which starts in the
 * console.
 *
 * <p>The app is a public client: PKCE protects it, and no secret is needed, for refreshing neither. An access token lives four
 * hours; the refresh token stays as it is and does not end by itself.
 *
 * <p>The Dropbox SDK's {@code DbxPKCEWebAuth} must finish in the instance that began, so it cannot complete a consent that another
 * process began. Its {@code DbxPKCEManager} can, given the stored verifier, and is used; so are {@code DbxCredential} for the
 * refresh and the SDK's clients for the rest. The address of the consent page is our own, since the SDK's puts a verifier and a
 * state of its own into it.
 *
 * <p>Immutable and thread-safe; keeps no token.
 */
public final class DropboxAuthorization implements AuthorizationServer {
    /** The least that the looks need, all of them reading. */
    public static final Set<String> SCOPES = DropboxConnection.SCOPES;

    private static final Map<String, Refusal> REFUSALS = Map.of(
            "access_denied", Refusal.DENIED,
            "invalid_grant", Refusal.EXPIRED,
            "unauthorized_client", Refusal.BLOCKED_BY_POLICY); // inferred: Dropbox documents none for it

    private static final String TOKEN = "POST /oauth2/token";
    private static final int OK = 200;
    private static final int CONFLICT = 409;
    private static final Set<String> NO_ADMINISTRATOR = Set.of("mapping_not_found", "admin_not_active");

    private final String appKey;
    private final URI page;
    private final TokenEndpoint dropbox;

    private DropboxAuthorization(Builder b) {
        this.appKey = b.appKey;
        this.page = URI.create(Addresses.base(b.page, "page"));
        this.dropbox = TokenEndpoint.builder(b.baseUrl).clock(b.clock).build();
    }

    /** The app as registered, at Dropbox itself. */
    public static DropboxAuthorization of(String appKey) {
        return builder(appKey).build();
    }

    public static Builder builder(String appKey) {
        return new Builder(appKey);
    }

    @Override
    public CloudService.Provider provider() {
        return CloudService.Provider.DROPBOX;
    }

    @Override
    public String client() {
        return appKey;
    }

    @Override
    public Set<String> scopes() {
        return SCOPES;
    }

    @Override
    public boolean pkce() {
        return true;
    }

    /** Asks for a work account and lets nobody make a new one. Dropbox takes no account as a hint. */
    @Override
    public URI authorizationUrl(Question question) {
        Map<String, String> own = new LinkedHashMap<>();
        own.put("token_access_type", "offline");
        own.put("require_role", "work");
        own.put("disable_signup", "true");
        own.put("locale", question.language().toLanguageTag());
        return ConsentAddress.of(page, appKey, question, own);
    }

    @Override
    public TokenGrant redeem(Code code) throws InterruptedException {
        String verifier = code.verifier().orElseThrow(() -> new IllegalArgumentException("no verifier"));
        String back = code.redirectUri().toString();
        return tokens(
                config -> new DbxPKCEManager(verifier)
                        .makeTokenRequest(config, code.value(), appKey, back, DbxHost.DEFAULT),
                Optional.empty(),
                code.scopes());
    }

    @Override
    public TokenGrant refresh(TokenGrant grant) throws InterruptedException {
        String token = grant.refreshToken()
                .orElseThrow(() -> VendorCallException.of(TOKEN, 0)
                        .code("invalid_grant")
                        .retryable(false)
                        .build());
        return tokens(
                config -> new DbxCredential(grant.accessToken(), 0L, token, appKey).refresh(config),
                grant.refreshToken(),
                grant.scopes());
    }

    private interface TokenCall {
        Object make(DbxRequestConfig config) throws DbxException;
    }

    /**
     * Refusals come through the SDK as they are. What it dislikes in an answer that is there counts for nothing: the code is
     * spent, and the tokens are read here.
     */
    private TokenGrant tokens(TokenCall call, Optional<String> refreshToken, Set<String> scopes)
            throws InterruptedException {
        SdkOverTokenEndpoint http = new SdkOverTokenEndpoint(dropbox);
        Instant asked = dropbox.clock().instant();
        try {
            call.make(config(http));
        } catch (VendorCallException e) {
            throw e;
        } catch (DbxException | RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException(TOKEN);
            }
        }
        VendorAnswer answer = http.last().orElseThrow(() -> malformed(TOKEN));
        OptionalLong life = answer.number("/expires_in"); // the SDK counts from the system's clock
        return new TokenGrant(
                answer.need("/access_token"),
                life.isPresent() ? Optional.of(asked.plusSeconds(life.getAsLong())) : Optional.empty(),
                answer.text("/refresh_token").or(() -> refreshToken),
                answer.text("/scope")
                        .map(list -> Set.copyOf(List.of(list.strip().split("\\s+"))))
                        .orElse(scopes));
    }

    /** Without the team's administrator behind the token, the account is empty and does not administer. */
    @Override
    public Identity identify(TokenGrant grant) throws InterruptedException {
        DbxTeamClientV2 client = new DbxTeamClientV2(config(new SdkOverTokenEndpoint(dropbox)), grant.accessToken());
        String team =
                call("POST /2/team/get_info", () -> client.team().getInfo()).getTeamId();
        String operation = "POST /2/team/token/get_authenticated_admin";
        try {
            TeamMemberProfile admin = call(operation, () -> client.team().tokenGetAuthenticatedAdmin())
                    .getAdminProfile();
            return new Identity(admin.getEmail(), team, Optional.of(true));
        } catch (VendorCallException e) {
            if (e.status() == CONFLICT
                    && e.code().filter(NO_ADMINISTRATOR::contains).isPresent()) {
                return new Identity("", team, Optional.of(false));
            }
            throw e;
        }
    }

    /** Ends the access token with its refresh token and all that came from it. An access token that has run out is renewed for it. */
    @Override
    public void revoke(TokenGrant grant) throws InterruptedException {
        try {
            revoke(grant.accessToken());
        } catch (VendorCallException e) {
            if (!e.authorizationLost()) {
                throw e;
            }
            if (grant.refreshToken().isPresent()) {
                revokeRenewed(grant);
            }
        }
    }

    private void revokeRenewed(TokenGrant grant) throws InterruptedException {
        try {
            revoke(refresh(grant).accessToken());
        } catch (VendorCallException e) {
            if (!e.authorizationLost()) {
                throw e;
            } // gone already
        }
    }

    private void revoke(String token) throws InterruptedException {
        DbxClientV2 client = new DbxClientV2(config(new SdkOverTokenEndpoint(dropbox)), token);
        call("POST /2/auth/token/revoke", () -> {
            client.auth().tokenRevoke();
            return true;
        });
    }

    private static DbxRequestConfig config(SdkOverTokenEndpoint http) {
        return DbxRequestConfig.newBuilder("kaitsu").withHttpRequestor(http).build();
    }

    private interface SdkCall<T> {
        T make() throws DbxException;
    }

    /** Refusals have come through the SDK as they are; its own exceptions say only that it cannot read an answer. */
    private static <T> T call(String operation, SdkCall<T> call) throws InterruptedException {
        try {
            return call.make();
        } catch (VendorCallException e) {
            throw e;
        } catch (DbxException | RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException(operation);
            }
            throw malformed(operation);
        }
    }

    private static VendorCallException malformed(String operation) {
        return VendorCallException.of(operation, OK)
                .code(TokenEndpoint.MALFORMED)
                .build();
    }

    @Override
    public Refusal refusal(String error, String description) {
        return REFUSALS.getOrDefault(error, Refusal.OTHER);
    }

    @Override
    public String toString() {
        return "DropboxAuthorization[" + appKey + ", " + page + ", " + dropbox + "]";
    }

    /** Both addresses may be plain http to this very machine, for tests and the sandbox. Not thread-safe. */
    public static final class Builder {
        private final String appKey;
        private URI page = URI.create("https://www.dropbox.com/oauth2/authorize");
        private URI baseUrl = URI.create("https://api.dropboxapi.com");
        private Clock clock = Clock.systemUTC();

        private Builder(String appKey) {
            this.appKey = Objects.requireNonNull(appKey);
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

        /** What lives are counted from. Default: the system's. */
        public Builder clock(Clock time) {
            this.clock = time;
            return this;
        }

        /**
         * Builds it; connects to nothing.
         *
         * @throws IllegalArgumentException if the app key is blank, or an address neither https nor http to this very machine
         */
        public DropboxAuthorization build() {
            if (appKey.isBlank()) {
                throw new IllegalArgumentException("app key must not be empty");
            }
            return new DropboxAuthorization(this);
        }
    }
}
