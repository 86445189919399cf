package io.github.kaitsu.microsoft365;

import com.microsoft.aad.msal4j.AbstractClientApplicationBase;
import com.microsoft.aad.msal4j.AuthorizationCodeParameters;
import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.RefreshTokenParameters;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.consent.AuthorizationServer;
import io.github.kaitsu.consent.ConsentAddress;
import io.github.kaitsu.consent.TokenGrant;
import io.github.kaitsu.microsoft365.internal.CallersThread;
import io.github.kaitsu.microsoft365.internal.MsalOverTokenEndpoint;
import io.github.kaitsu.vendor.VendorAnswer;
import io.github.kaitsu.vendor.VendorCallException;
import io.github.kaitsu.vendor.http.Addresses;
import io.github.kaitsu.vendor.http.TokenEndpoint;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The consent of a Microsoft 365 Global Administrator to the embedding team's own app; not Trend Micro's consent, which starts in
 * the console. For the whole organisation at once, also for other people than the one who consents, see
 * {@link MicrosoftAdminConsent}.
 *
 * <p>Over msal4j, with its retries, its discovery of clouds, its common thread pool and its memory switched off or thrown away
 * after each call. PKCE is always used. A desktop app has no client secret, a web app has one.
 *
 * <p>Microsoft has no call that ends one grant, so {@link #canRevoke} is false: the tokens are deleted here, an access token goes
 * on for up to about an hour, and the grant is listed until a person removes the app: the one who consented at
 * {@code https://myapps.microsoft.com}, an administrator in the Entra admin center under enterprise applications.
 *
 * <p>Immutable and thread-safe; keeps no token; its text hides the secret.
 */
public final class MicrosoftAuthorization implements AuthorizationServer {
    /** The least that the looks need, all of them reading. */
    public static final Set<String> SCOPES = GraphConnection.SCOPES;

    /** Those of OpenID Connect, which belong to no resource. */
    private static final Set<String> SIGN_IN = Set.of("openid", "profile", "email", "offline_access");

    /** Those that msal4j adds to every request, so that the consent covers them. */
    private static final Set<String> SIGNED_IN = Set.of("openid", "profile", "offline_access");

    private static final String GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10";
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;

    private final String clientId;
    private final @Nullable String clientSecret;
    private final NationalCloud cloud;
    private final String tenant;
    private final URI page;
    private final TokenEndpoint login;
    private final TokenEndpoint graph;

    private MicrosoftAuthorization(Builder b) {
        this.clientId = b.clientId;
        this.clientSecret = b.clientSecret;
        this.cloud = b.cloud;
        this.tenant = b.tenant;
        URI address = b.loginUrl == null ? b.cloud.login() : b.loginUrl;
        this.page = URI.create(Addresses.base(address, "loginUrl") + "/" + tenant + "/oauth2/v2.0/authorize");
        this.login = TokenEndpoint.builder(address)
                .clock(b.clock)
                .word(MicrosoftAuthorization::word)
                .build();
        this.graph = TokenEndpoint.builder(b.graphUrl == null ? b.cloud.graph() : b.graphUrl)
                .clock(b.clock)
                .build();
    }

    /** A desktop app as registered, at Microsoft's worldwide cloud. */
    public static MicrosoftAuthorization of(String clientId) {
        return builder(clientId).build();
    }

    public static Builder builder(String clientId) {
        return new Builder(clientId);
    }

    /**
     * The code says more than the error, but {@code invalid_grant} means that a grant is gone, unless its code is known to mean
     * something else: a rule of the organisation comes with the same error.
     */
    private static Optional<String> word(VendorAnswer answer) {
        Optional<String> error = answer.text("/error");
        Optional<String> code = answer.text("/error_description").flatMap(AadstsCodes::in);
        return code.filter(AadstsCodes::wantsAPerson)
                .or(() -> error.filter("invalid_grant"::equals))
                .or(() -> code)
                .or(() -> error);
    }

    @Override
    public CloudService.Provider provider() {
        return CloudService.Provider.MICROSOFT365;
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

    /**
     * Asks for consent anew. Not msal4j's: it asks for the answer as a form that the browser posts, whatever it is told, and names
     * the account twice. Microsoft takes no language.
     */
    @Override
    public URI authorizationUrl(Question question) {
        Set<String> scopes = qualified(question.scopes());
        scopes.addAll(SIGNED_IN);
        Map<String, String> own = new LinkedHashMap<>();
        own.put("response_mode", "query");
        own.put("prompt", "consent");
        question.account().ifPresent(account -> own.put("login_hint", account));
        return ConsentAddress.of(
                page,
                clientId,
                new Question(
                        question.redirectUri(),
                        question.state(),
                        question.challenge(),
                        scopes,
                        question.account(),
                        question.language()),
                own);
    }

    @Override
    public TokenGrant redeem(Code code) throws InterruptedException {
        String verifier = code.verifier().orElseThrow(() -> new IllegalArgumentException("no verifier"));
        AuthorizationCodeParameters parameters = AuthorizationCodeParameters.builder(code.value(), code.redirectUri())
                .scopes(qualified(code.scopes()))
                .codeVerifier(verifier)
                .build();
        return acquire(app -> app.acquireToken(parameters), Optional.empty(), code.scopes());
    }

    /**
     * Microsoft sends a new refresh token and keeps the old one alive. What conditional access blocks is not gone: connecting
     * again helps, and so does a change of the rule.
     */
    @Override
    public TokenGrant refresh(TokenGrant grant) throws InterruptedException {
        String token = grant.refreshToken()
                .orElseThrow(() -> VendorCallException.of("POST " + path(), 0)
                        .code("invalid_grant")
                        .retryable(false)
                        .build());
        RefreshTokenParameters parameters =
                RefreshTokenParameters.builder(qualified(grant.scopes()), token).build();
        try {
            return acquire(app -> app.acquireToken(parameters), grant.refreshToken(), grant.scopes());
        } catch (VendorCallException e) {
            throw e.code().filter(AadstsCodes::wantsAPerson).isPresent() ? e.asAuthorizationLost() : e;
        }
    }

    private TokenGrant acquire(
            Function<AbstractClientApplicationBase, CompletableFuture<IAuthenticationResult>> call,
            Optional<String> refreshToken,
            Set<String> scopes)
            throws InterruptedException {
        MsalOverTokenEndpoint http = new MsalOverTokenEndpoint(login);
        Instant asked = login.clock().instant();
        await(call.apply(app(http)));
        VendorAnswer answer = http.last().orElseThrow(this::malformed); // msal4j hands on no refresh token
        Optional<String> refresh = answer.text("/refresh_token").or(() -> refreshToken);
        OptionalLong life = answer.number("/expires_in"); // msal4j counts from the system's clock
        return new TokenGrant(
                answer.need("/access_token"),
                life.isPresent() ? Optional.of(asked.plusSeconds(life.getAsLong())) : Optional.empty(),
                refresh,
                answer.text("/scope")
                        .map(list -> bare(list, refresh.isPresent()))
                        .orElse(scopes));
    }

    /**
     * What our own transport threw comes out as it was. What msal4j dislikes in an answer that is there counts for nothing: the
     * code is spent, and the tokens are read here.
     */
    private void await(CompletableFuture<IAuthenticationResult> future) throws InterruptedException {
        try {
            future.get();
        } catch (ExecutionException | CompletionException e) {
            Optional<Throwable> ours = Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                    .filter(c -> c instanceof VendorCallException || c instanceof InterruptedException)
                    .findFirst();
            if (ours.isPresent() && ours.get() instanceof VendorCallException refusal) {
                throw refusal;
            }
            if (ours.isPresent()) {
                throw new InterruptedException(path());
            }
        }
    }

    private VendorCallException malformed() {
        return VendorCallException.of("POST " + path(), OK)
                .code(TokenEndpoint.MALFORMED)
                .build();
    }

    private String path() {
        return "/" + tenant + "/oauth2/v2.0/token";
    }

    /** One for each call, so that what it remembers dies with it. */
    private AbstractClientApplicationBase app(MsalOverTokenEndpoint http) {
        try {
            return clientSecret == null
                    ? configured(PublicClientApplication.builder(clientId), http)
                            .build()
                    : configured(
                                    ConfidentialClientApplication.builder(
                                            clientId, ClientCredentialFactory.createFromSecret(clientSecret)),
                                    http)
                            .build();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("authority");
        }
    }

    private <T extends AbstractClientApplicationBase.Builder<T>> T configured(T builder, MsalOverTokenEndpoint http)
            throws MalformedURLException {
        return builder.authority(cloud.login() + "/" + tenant + "/")
                .validateAuthority(false)
                .instanceDiscovery(false)
                .executorService(new CallersThread())
                .httpClient(http)
                .disableInternalRetries();
    }

    private Set<String> qualified(Set<String> scopes) {
        return scopes.stream()
                .map(scope -> SIGN_IN.contains(scope) || scope.contains("://") ? scope : cloud.graph() + "/" + scope)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** As they were asked for. Microsoft grants {@code offline_access} by a refresh token and does not list it. */
    private Set<String> bare(String list, boolean offline) {
        String prefix = cloud.graph() + "/";
        Stream<String> listed = Stream.of(list.strip().split("\\s+"))
                .map(scope -> scope.startsWith(prefix) ? scope.substring(prefix.length()) : scope);
        return Stream.concat(listed, offline ? Stream.of("offline_access") : Stream.empty())
                .collect(Collectors.toSet());
    }

    /**
     * Read from Microsoft Graph with the token, which nobody can forge. Administers whose role as Global Administrator is active
     * now: one who may activate it (PIM) and has not does not.
     */
    @Override
    public Identity identify(TokenGrant grant) throws InterruptedException {
        String token = grant.accessToken();
        String account = graph.get("/v1.0/me?$select=userPrincipalName", token).need("/userPrincipalName");
        String organization = graph.get("/v1.0/organization?$select=id", token).need("/value/0/id");
        Optional<Boolean> administrator;
        try {
            administrator = Optional.of(
                    graph.get("/v1.0/me/transitiveMemberOf/microsoft.graph.directoryRole?$select=roleTemplateId", token)
                            .texts("/value", "/roleTemplateId")
                            .contains(GLOBAL_ADMINISTRATOR));
        } catch (VendorCallException e) {
            if (e.status() != FORBIDDEN) {
                throw e;
            }
            administrator = Optional.empty();
        }
        return new Identity(account, organization, administrator);
    }

    /** False; see this class. */
    @Override
    public boolean canRevoke() {
        return false;
    }

    /** Throws in any case, with code {@code no_revocation}; see this class. */
    @Override
    public void revoke(TokenGrant grant) {
        throw VendorCallException.of("revoke", 0)
                .code("no_revocation")
                .retryable(false)
                .build();
    }

    @Override
    public Refusal refusal(String error, String description) {
        return AadstsCodes.refusal(error, description);
    }

    @Override
    public String toString() {
        return "MicrosoftAuthorization[" + clientId + ", ***, " + cloud + ", " + tenant + ", " + login + "]";
    }

    /** Addresses may be plain http to this very machine, for tests and the sandbox. Not thread-safe. */
    public static final class Builder {
        private final String clientId;
        private @Nullable String clientSecret;
        private NationalCloud cloud = NationalCloud.WORLDWIDE;
        private String tenant = "organizations";
        private @Nullable URI loginUrl;
        private @Nullable URI graphUrl;
        private Clock clock = Clock.systemUTC();

        private Builder(String clientId) {
            this.clientId = Objects.requireNonNull(clientId);
        }

        /** Of a web app. Default: none, as a desktop app. */
        public Builder clientSecret(String secret) {
            this.clientSecret = secret;
            return this;
        }

        /** Default: {@link NationalCloud#WORLDWIDE}. */
        public Builder cloud(NationalCloud where) {
            this.cloud = where;
            return this;
        }

        /** The only tenant that may consent, as id or verified domain. Default: any work or school account's. */
        public Builder tenant(String idOrDomain) {
            this.tenant = idOrDomain;
            return this;
        }

        /** Pages and tokens. Default: the cloud's. */
        public Builder loginUrl(URI address) {
            this.loginUrl = address;
            return this;
        }

        /** Microsoft Graph. Default: the cloud's. */
        public Builder graphUrl(URI address) {
            this.graphUrl = address;
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
         * @throws IllegalArgumentException if the client id is blank, the tenant no tenant, or an address neither https nor http
         *     to this very machine
         */
        public MicrosoftAuthorization build() {
            if (clientId.isBlank()) {
                throw new IllegalArgumentException("client id must not be empty");
            }
            if (!tenant.equals("organizations")) {
                MicrosoftAdminConsent.checkTenant(tenant);
            }
            return new MicrosoftAuthorization(this);
        }
    }
}
