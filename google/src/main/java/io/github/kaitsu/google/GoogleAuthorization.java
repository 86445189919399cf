package io.github.kaitsu.google;

import com.google.auth.oauth2.ClientId;
import com.google.auth.oauth2.PKCEProvider;
import com.google.auth.oauth2.UserAuthorizer;
import com.google.auth.oauth2.UserCredentials;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.consent.AuthorizationServer;
import io.github.kaitsu.consent.ConsentAddress;
import io.github.kaitsu.consent.TokenGrant;
import io.github.kaitsu.google.internal.AuthOverTokenEndpoint;
import io.github.kaitsu.vendor.VendorAnswer;
import io.github.kaitsu.vendor.VendorCallException;
import io.github.kaitsu.vendor.http.Addresses;
import io.github.kaitsu.vendor.http.TokenEndpoint;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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
 * The consent of a Google Workspace super administrator to the embedding team's own app; not Trend Micro's consent, which starts
 * in the console.
 *
 * <p>A desktop client is a public one: PKCE protects it, and its secret, which Google asks for all the same, is none. Google
 * shows <em>blocked by the administrator</em> and <em>only within the organization</em> on a page of its own and sends nobody back:
 * such a consent ends by its time running out. A person may untick scopes; the grant names those that are left.
 *
 * <p>Codes and refresh tokens go through Google's {@code UserAuthorizer} and {@code UserCredentials}. The address of the consent
 * page is our own, since the library's asks for {@code include_granted_scopes}, which would bring back more than was asked for;
 * and so is the revocation, since the library writes the token into an address.
 *
 * <p>Immutable and thread-safe; keeps no token; its text hides the secret.
 */
public final class GoogleAuthorization implements AuthorizationServer {

    /**
     * The least that the looks need. For what the administrator has permitted, and for the editions, Google has no scope that
     * only reads; Kaitsu sends nothing but GET.
     */
    public static final Set<String> SCOPES = GoogleConnection.SCOPES;

    private static final Map<String, Refusal> REFUSALS = Map.of(
            "access_denied", Refusal.DENIED,
            "admin_policy_enforced", Refusal.BLOCKED_BY_POLICY,
            "policy_enforced", Refusal.BLOCKED_BY_POLICY, // Advanced Protection
            "org_internal", Refusal.WRONG_ACCOUNT,
            "invalid_grant", Refusal.EXPIRED);

    private static final URI TOKEN = URI.create("https://oauth2.googleapis.com/token"); // only its path counts
    private static final String OPERATION = "POST /token";
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;

    private final String clientId;
    private final String clientSecret;
    private final URI page;
    private final TokenEndpoint tokens;
    private final TokenEndpoint openId;
    private final TokenEndpoint directory;

    private GoogleAuthorization(Builder b) {
        this.clientId = b.clientId;
        this.clientSecret = b.clientSecret;
        this.page = URI.create(Addresses.base(b.page, "page"));
        this.tokens = TokenEndpoint.builder(b.tokens).clock(b.clock).build();
        this.openId = TokenEndpoint.builder(b.openId).clock(b.clock).build();
        this.directory = TokenEndpoint.builder(b.directory).clock(b.clock).build();
    }

    /** The app as registered, at Google itself. */
    public static GoogleAuthorization of(String clientId, String clientSecret) {
        return builder(clientId, clientSecret).build();
    }

    /**
     * Begins one.
     *
     * @param clientSecret as Google's console shows it, for desktop clients too
     */
    public static Builder builder(String clientId, String clientSecret) {
        return new Builder(clientId, clientSecret);
    }

    @Override
    public CloudService.Provider provider() {
        return CloudService.Provider.GOOGLE;
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
        return true;
    }

    /** Always asks anew, since Google gives a refresh token at a consent and never again. */
    @Override
    public URI authorizationUrl(Question question) {
        Map<String, String> own = new LinkedHashMap<>();
        own.put("access_type", "offline");
        own.put("prompt", "consent");
        question.account().ifPresent(account -> {
            own.put("login_hint", account);
            own.put("hd", account.substring(account.indexOf('@') + 1));
        });
        own.put("hl", question.language().toLanguageTag());
        return ConsentAddress.of(page, clientId, question, own);
    }

    @Override
    public TokenGrant redeem(Code code) throws InterruptedException {
        AuthOverTokenEndpoint http = new AuthOverTokenEndpoint(tokens);
        UserAuthorizer.Builder google = UserAuthorizer.newBuilder()
                .setClientId(ClientId.of(clientId, clientSecret))
                .setScopes(code.scopes())
                .setCallbackUri(code.redirectUri())
                .setTokenServerUri(TOKEN)
                .setHttpTransportFactory(http);
        code.verifier().ifPresent(verifier -> google.setPKCEProvider(new StoredVerifier(verifier)));
        return call(
                http,
                () -> google.build().getCredentialsFromCode(code.value(), code.redirectUri()),
                Optional.empty(),
                code.scopes());
    }

    /** The refresh token stays as it is. */
    @Override
    public TokenGrant refresh(TokenGrant grant) throws InterruptedException {
        String token = grant.refreshToken()
                .orElseThrow(() -> VendorCallException.of(OPERATION, 0)
                        .code("invalid_grant")
                        .retryable(false)
                        .build());
        AuthOverTokenEndpoint http = new AuthOverTokenEndpoint(tokens);
        UserCredentials google = UserCredentials.newBuilder()
                .setClientId(clientId)
                .setClientSecret(clientSecret)
                .setRefreshToken(token)
                .setTokenServerUri(TOKEN)
                .setHttpTransportFactory(http)
                .build();
        return call(http, google::refreshAccessToken, grant.refreshToken(), grant.scopes());
    }

    private interface LibraryCall {
        Object make() throws IOException;
    }

    /**
     * Refusals come through the library as they are. What it dislikes in an answer that is there counts for nothing: the code is
     * spent, and the tokens are read here.
     */
    private TokenGrant call(
            AuthOverTokenEndpoint http, LibraryCall call, Optional<String> refreshToken, Set<String> scopes)
            throws InterruptedException {
        Instant asked = tokens.clock().instant();
        try {
            call.make();
        } catch (VendorCallException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException(OPERATION);
            }
        }
        VendorAnswer answer = http.last().orElseThrow(GoogleAuthorization::malformed);
        OptionalLong life = answer.number("/expires_in"); // the library counts from the system's clock
        return new TokenGrant(
                answer.need("/access_token"),
                life.isPresent() ? Optional.of(asked.plusSeconds(life.getAsLong())) : Optional.empty(),
                answer.text("/refresh_token").or(() -> refreshToken),
                answer.text("/scope")
                        .map(list -> Set.copyOf(List.of(list.strip().split("\\s+"))))
                        .orElse(scopes));
    }

    private static VendorCallException malformed() {
        return VendorCallException.of(OPERATION, OK)
                .code(TokenEndpoint.MALFORMED)
                .build();
    }

    /** Of a consent that another process may have begun; the challenge went with its address. */
    private record StoredVerifier(String verifier) implements PKCEProvider {
        @Override
        public String getCodeChallenge() {
            return "sent-before"; // the library wants one, and does not send it with a code
        }

        @Override
        public String getCodeChallengeMethod() {
            return "S256";
        }

        @Override
        public String getCodeVerifier() {
            return verifier;
        }

        @Override
        public String toString() {
            return "StoredVerifier[***]";
        }
    }

    /**
     * The account is an administrator only if it is a super administrator (GOOGLE-1). Without the scope to read users, the
     * account is its mail address if the scope for that was granted, else its number; the tenant is empty, and whether it
     * administers is not known.
     */
    @Override
    public Identity identify(TokenGrant grant) throws InterruptedException {
        VendorAnswer who = openId.get("/v1/userinfo", grant.accessToken());
        String id = who.need("/sub");
        String account = who.text("/email").orElse(id);
        if (!grant.scopes().contains(GoogleScopes.USERS)) {
            return new Identity(account, "", Optional.empty());
        }
        String user = "/admin/directory/v1/users/" + URLEncoder.encode(id, StandardCharsets.UTF_8)
                + "?fields=primaryEmail,isAdmin,customerId";
        try {
            VendorAnswer found = directory.get(user, grant.accessToken());
            return new Identity(
                    found.need("/primaryEmail"), found.text("/customerId").orElse(""), found.flag("/isAdmin"));
        } catch (VendorCallException e) {
            if (e.status() == FORBIDDEN && e.code().filter("forbidden"::equals).isPresent()) {
                return new Identity(
                        account, "", Optional.of(false)); // who administers nothing may not even read himself
            }
            throw e;
        }
    }

    /** Ends the app's whole grant of this account, with all its tokens. */
    @Override
    public void revoke(TokenGrant grant) throws InterruptedException {
        try {
            tokens.post("/revoke", Map.of("token", grant.refreshToken().orElse(grant.accessToken())));
        } catch (VendorCallException e) {
            if (!e.code()
                    .filter(Set.of("invalid_token", "invalid_grant")::contains)
                    .isPresent()) {
                throw e;
            } // gone already
        }
    }

    @Override
    public Refusal refusal(String error, String description) {
        return REFUSALS.getOrDefault(error, Refusal.OTHER);
    }

    @Override
    public String toString() {
        return "GoogleAuthorization[" + clientId + ", ***, " + page + ", " + tokens + "]";
    }

    /** All addresses may be plain http to this very machine, for tests and the sandbox. Not thread-safe. */
    public static final class Builder {
        private final String clientId;
        private final String clientSecret;
        private URI page = URI.create("https://accounts.google.com/o/oauth2/v2/auth");
        private URI tokens = URI.create("https://oauth2.googleapis.com");
        private URI openId = URI.create("https://openidconnect.googleapis.com");
        private URI directory = URI.create("https://admin.googleapis.com");
        private Clock clock = Clock.systemUTC();

        private Builder(String clientId, String clientSecret) {
            this.clientId = Objects.requireNonNull(clientId);
            this.clientSecret = Objects.requireNonNull(clientSecret);
        }

        /** The consent page. Default: {@code https://accounts.google.com/o/oauth2/v2/auth}. */
        public Builder page(URI address) {
            this.page = address;
            return this;
        }

        /** What {@code /token} and {@code /revoke} follow. Default: {@code https://oauth2.googleapis.com}. */
        public Builder tokenUrl(URI address) {
            this.tokens = address;
            return this;
        }

        /** What {@code /v1/userinfo} follows. Default: {@code https://openidconnect.googleapis.com}. */
        public Builder openIdUrl(URI address) {
            this.openId = address;
            return this;
        }

        /** What {@code /admin/directory/v1} follows. Default: {@code https://admin.googleapis.com}. */
        public Builder directoryUrl(URI address) {
            this.directory = address;
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
         * @throws IllegalArgumentException if client id or secret are blank, or an address neither https nor http to this very machine
         */
        public GoogleAuthorization build() {
            if (clientId.isBlank() || clientSecret.isBlank()) {
                throw new IllegalArgumentException("client id and secret must not be empty");
            }
            return new GoogleAuthorization(this);
        }
    }
}
