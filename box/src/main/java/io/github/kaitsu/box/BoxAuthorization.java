package io.github.kaitsu.box;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.consent.AuthorizationServer;
import io.github.kaitsu.consent.ConsentAddress;
import io.github.kaitsu.consent.TokenGrant;
import io.github.kaitsu.vendor.VendorCallException;
import io.github.kaitsu.vendor.http.Addresses;
import io.github.kaitsu.vendor.http.TokenEndpoint;
import io.github.kaitsu.vendor.http.VendorAnswer;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The consent of a Box administrator to the embedding team's own app; not Trend Micro's consent, which starts in the console.
 *
 * <p>Box knows no PKCE and wants the client secret; a code lives 30 seconds; an access token an hour; a refresh token 60 days,
 * and works once. The Box SDK is not used: its address of the consent page ignores its base URLs, which enterprises on
 * {@code ent.box.com} and tests need, and it refreshes in several threads at once, which loses the grant.
 *
 * <p>Box does not say which scopes it granted: what is ticked in the app narrows them silently. So a grant names those that were
 * asked for, and a look that may not read says so when it is made.
 *
 * <p>Immutable and thread-safe; keeps no token; its text hides the secret.
 */
public final class BoxAuthorization implements AuthorizationServer {
    /** For everybody but Box Verified Enterprise, who use {@code https://ent.box.com/api/oauth2/authorize}. */
    public static final URI DEFAULT_PAGE = URI.create("https://account.box.com/api/oauth2/authorize");

    /** The least that the looks need: {@link BoxConnection#SCOPES}. */
    public static final Set<String> SCOPES = BoxConnection.SCOPES;

    private static final Map<String, Refusal> REFUSALS = Map.of(
            "access_denied", Refusal.DENIED,
            "invalid_grant", Refusal.EXPIRED,
            "unauthorized_client", Refusal.BLOCKED_BY_POLICY); // inferred: the app is not enabled

    private final String clientId;
    private final String clientSecret;
    private final URI page;
    private final TokenEndpoint box;

    private BoxAuthorization(Builder b) {
        this.clientId = b.clientId;
        this.clientSecret = b.clientSecret;
        this.page = URI.create(Addresses.base(b.page, "page"));
        this.box = TokenEndpoint.builder(b.baseUrl).clock(b.clock).build();
    }

    /** The app as registered, at Box itself. */
    public static BoxAuthorization of(String clientId, String clientSecret) {
        return builder(clientId, clientSecret).build();
    }

    public static Builder builder(String clientId, String clientSecret) {
        return new Builder(clientId, clientSecret);
    }

    @Override
    public CloudService.Provider provider() {
        return CloudService.Provider.BOX;
    }

    @Override
    public String client() {
        return clientId;
    }

    @Override
    public Set<String> scopes() {
        return SCOPES;
    }

    @Override
    public boolean pkce() {
        return false;
    }

    /** Scopes can only narrow what is ticked in the app. Box takes neither an account nor a language. */
    @Override
    public URI authorizationUrl(Question question) {
        Question plain = new Question(
                question.redirectUri(),
                question.state(),
                Optional.empty(),
                question.scopes(),
                question.account(),
                question.language());
        return ConsentAddress.of(page, clientId, plain, Map.of());
    }

    @Override
    public TokenGrant redeem(Code code) throws InterruptedException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code.value());
        form.put("redirect_uri", code.redirectUri().toString());
        return tokens(form, code.scopes());
    }

    /** The old refresh token is spent by it, whatever becomes of the answer: store the new one before anything else. */
    @Override
    public TokenGrant refresh(TokenGrant grant) throws InterruptedException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put(
                "refresh_token",
                grant.refreshToken()
                        .orElseThrow(() -> VendorCallException.of("POST /oauth2/token", 0)
                                .code("invalid_grant")
                                .retryable(false)
                                .build()));
        return tokens(form, grant.scopes());
    }

    private TokenGrant tokens(Map<String, String> form, Set<String> scopes) throws InterruptedException {
        Instant asked = box.clock().instant();
        VendorAnswer answer = box.post("/oauth2/token", withClient(form));
        OptionalLong life = answer.number("/expires_in");
        return new TokenGrant(
                answer.need("/access_token"),
                life.isPresent() ? Optional.of(asked.plusSeconds(life.getAsLong())) : Optional.empty(),
                Optional.of(answer.need("/refresh_token")),
                scopes);
    }

    /** The account is an administrator only if it is the primary one: co-administrators cannot link (BOX-1). */
    @Override
    public Identity identify(TokenGrant grant) throws InterruptedException {
        VendorAnswer me = box.get("/2.0/users/me?fields=id,login,name,role,enterprise,status", grant.accessToken());
        return new Identity(
                me.need("/login"),
                me.text("/enterprise/id").orElse(""),
                me.text("/role").map("admin"::equals));
    }

    @Override
    public void revoke(TokenGrant grant) throws InterruptedException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("token", grant.refreshToken().orElse(grant.accessToken()));
        try {
            box.post("/oauth2/revoke", withClient(form));
        } catch (VendorCallException e) {
            if (!e.code()
                    .filter(Set.of("invalid_token", "invalid_grant")::contains)
                    .isPresent()) {
                throw e;
            } // gone already
        }
    }

    private Map<String, String> withClient(Map<String, String> form) {
        form.put("client_id", clientId);
        form.put("client_secret", clientSecret);
        return form;
    }

    @Override
    public Refusal refusal(String error, String description) {
        return REFUSALS.getOrDefault(error, Refusal.OTHER);
    }

    @Override
    public String toString() {
        return "BoxAuthorization[" + clientId + ", ***, " + page + ", " + box + "]";
    }

    /** Not thread-safe. */
    public static final class Builder {
        private final String clientId;
        private final String clientSecret;
        private URI page = DEFAULT_PAGE;
        private URI baseUrl = BoxConnection.DEFAULT_BASE;
        private Clock clock = Clock.systemUTC();

        private Builder(String clientId, String clientSecret) {
            this.clientId = Objects.requireNonNull(clientId);
            this.clientSecret = Objects.requireNonNull(clientSecret);
        }

        /** The consent page. Default: {@link #DEFAULT_PAGE}. Plain http is for this very machine only. */
        public Builder page(URI address) {
            this.page = address;
            return this;
        }

        /** Tokens and API. Default: {@code https://api.box.com}. Plain http is for this very machine only. */
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
         * @throws IllegalArgumentException if client id or secret are blank, or the base URL is neither https nor http to this
         *     very machine
         */
        public BoxAuthorization build() {
            if (clientId.isBlank() || clientSecret.isBlank()) {
                throw new IllegalArgumentException("client id and secret must not be empty");
            }
            return new BoxAuthorization(this);
        }
    }
}
