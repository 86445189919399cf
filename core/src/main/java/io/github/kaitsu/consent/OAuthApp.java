package io.github.kaitsu.consent;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.vendor.Refusal;
import io.github.kaitsu.vendor.VendorAnswer;
import io.github.kaitsu.vendor.VendorCallException;
import io.github.kaitsu.vendor.http.Addresses;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The code flow of an app at one vendor (RFC 6749 with PKCE, RFC 7636), the same for all of them: the address of the consent page,
 * the form that gives a code or a refresh token for tokens, their life counted from our clock, the scopes that were left, the end
 * of a grant. A vendor says where its pages and tokens are, what it asks for besides, who consented, and what its refusals mean.
 *
 * <p>No vendor's OAuth library is used: a code and a refresh token may work once, and each of the libraries repeats, keeps or
 * dislikes something that would lose them. Immutable and thread-safe; keeps no token; its text hides the secret.
 */
public abstract class OAuthApp implements AuthorizationServer {
    /** What an app is asked to end, and is ended already. */
    private static final Set<String> GONE = Set.of("invalid_token", "invalid_grant");

    private static final Map<String, String> FORM = Map.of("Content-Type", "application/x-www-form-urlencoded");
    /** In seconds; no vendor of ours gives a token that lives longer than about a day. */
    private static final BigDecimal LONGEST_LIFE =
            BigDecimal.valueOf(Duration.ofDays(1).toSeconds());

    private static final int SHORTEST_STATE = 22; // 128 bits in base64url

    private final CloudService.Provider provider;
    private final Set<String> scopes;
    private final RefusalWords words;
    private final String clientId;
    private final @Nullable String clientSecret;
    private final String page;
    private final URI tokens;
    private final Clock clock;
    private final VendorHttp http;

    /**
     * For the vendors.
     *
     * @param scopes as {@link AuthorizationServer#scopes} gives them
     * @param words what its refusals mean
     * @param page where the administrator consents, without query
     * @param tokens where codes and refresh tokens are given for tokens, as {@link #at} gives it
     * @throws IllegalArgumentException if the page is neither https nor http to this very machine
     */
    protected OAuthApp(
            CloudService.Provider provider,
            Set<String> scopes,
            RefusalWords words,
            URI page,
            URI tokens,
            Builder<?> app) {
        this.provider = provider;
        this.scopes = Set.copyOf(scopes);
        this.words = words;
        this.clientId = app.clientId;
        this.clientSecret = app.clientSecret;
        this.page = Addresses.base(page, "page");
        this.tokens = tokens;
        this.clock = app.clock;
        this.http = VendorHttp.create().within(app.limit);
    }

    /**
     * A path, and a query if there is one, behind a base address.
     *
     * @throws IllegalArgumentException if the base is neither https nor http to this very machine
     */
    protected static URI at(URI base, String path) {
        return URI.create(Addresses.base(base, "address") + path);
    }

    @Override
    public final CloudService.Provider provider() {
        return provider;
    }

    @Override
    public final String client() {
        return clientId;
    }

    @Override
    public final Set<String> scopes() {
        return scopes;
    }

    @Override
    public boolean pkce() {
        return true;
    }

    // ---- what a vendor may add

    /** What the consent page understands besides, in this order. */
    protected Map<String, String> pageParameters(Question question) {
        return Map.of();
    }

    /** What the token endpoint wants besides. */
    protected Map<String, String> tokenParameters(Set<String> asked) {
        return Map.of();
    }

    /** How the vendor calls the scopes on its consent page. */
    protected Set<String> pageScopes(Set<String> asked) {
        return asked;
    }

    /**
     * The scopes of a grant.
     *
     * @param listed as the vendor calls them; never asked if it lists none, as Box does: then they are those that were asked for
     * @param refreshable whether a refresh token came, or is kept
     */
    protected Set<String> grantedScopes(Set<String> listed, Set<String> asked, boolean refreshable) {
        return listed;
    }

    /** One name for all by which the vendor knows a scope: a grant names it as it was asked for. Default: its case is ignored. */
    protected String scopeName(String scope) {
        return scope.toLowerCase(Locale.ROOT);
    }

    /** Whether a refresh token is spent by its use, so that an answer without a new one is none. */
    protected boolean refreshTokenWorksOnce() {
        return false;
    }

    /** The vendor's word for a refusal, for {@link VendorCallException#code()} and {@link #refusal}. */
    protected Optional<String> errorWord(VendorAnswer refusal) {
        return refusal.errorWord();
    }

    // ---- the flow

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the state is too short for 128 bits, there are no scopes, or the redirect URI is neither
     *     https nor http to this very machine
     */
    @Override
    public final URI authorizationUrl(Question question) {
        if (question.state().length() < SHORTEST_STATE) {
            throw new IllegalArgumentException("state must have at least " + SHORTEST_STATE + " characters");
        }
        if (question.scopes().isEmpty()) {
            throw new IllegalArgumentException("scopes must not be empty");
        }
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", clientId);
        query.put("redirect_uri", Addresses.redirect(question.redirectUri()));
        query.put("state", question.state());
        query.put("scope", String.join(" ", new TreeSet<>(pageScopes(question.scopes()))));
        if (pkce()) {
            question.challenge().ifPresent(challenge -> {
                query.put("code_challenge", challenge);
                query.put("code_challenge_method", "S256");
            });
        }
        query.putAll(pageParameters(question));
        return URI.create(page + "?" + form(query));
    }

    /** The issuer of the vendors' own: the origin of the consent page, letter by letter. */
    @Override
    public boolean isIssuer(String iss) {
        return iss.equals(origin());
    }

    /** Scheme and host of the consent page. */
    protected final String origin() {
        URI address = URI.create(page);
        return address.getScheme() + "://" + address.getRawAuthority();
    }

    @Override
    public final TokenGrant redeem(Code code) throws InterruptedException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code.value());
        form.put("redirect_uri", code.redirectUri().toString());
        if (pkce()) {
            form.put("code_verifier", code.verifier().orElseThrow(() -> new IllegalArgumentException("no verifier")));
        }
        return granted(form, Optional.empty(), code.scopes());
    }

    @Override
    public TokenGrant refresh(TokenGrant grant) throws InterruptedException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put(
                "refresh_token",
                grant.refreshToken().orElseThrow(() -> VendorCallException.gone("POST " + tokens.getRawPath())));
        return granted(form, grant.refreshToken(), grant.scopes());
    }

    private TokenGrant granted(Map<String, String> form, Optional<String> spent, Set<String> asked)
            throws InterruptedException {
        form.putAll(tokenParameters(asked));
        Instant sent = clock.instant();
        VendorAnswer answer = tokens(withClient(form));
        Optional<String> refresh = refreshTokenWorksOnce()
                ? Optional.of(answer.need("/refresh_token"))
                : answer.text("/refresh_token").or(() -> spent);
        return new TokenGrant(
                answer.need("/access_token"),
                answer.decimal("/expires_in").flatMap(life -> end(sent, life)),
                refresh,
                answer.text("/scope")
                        .map(list -> Set.copyOf(List.of(list.strip().split("\\s+"))))
                        .map(listed -> asAsked(grantedScopes(listed, asked, refresh.isPresent()), asked))
                        .orElse(asked));
    }

    /** Unknown where no life can be meant: such a token is used until it is refused. What is too long is refreshed in time. */
    private static Optional<Instant> end(Instant sent, BigDecimal life) {
        return life.compareTo(BigDecimal.ONE) < 0
                ? Optional.empty()
                : Optional.of(sent.plusSeconds(life.min(LONGEST_LIFE).longValue()));
    }

    private Set<String> asAsked(Set<String> granted, Set<String> asked) {
        Map<String, List<String>> names = asked.stream().collect(Collectors.groupingBy(this::scopeName));
        return granted.stream()
                .flatMap(scope -> names.getOrDefault(scopeName(scope), List.of(scope)).stream())
                .collect(Collectors.toSet());
    }

    /** What the token endpoint refuses is understood here, where its words still stand in their answer. */
    private VendorAnswer tokens(Map<String, String> form) throws InterruptedException {
        VendorAnswer answer = exchange("POST", tokens, FORM, form(form));
        if (answer.isSuccess()) {
            return answer;
        }
        String error = answer.text("/error").orElse("");
        String description = answer.text("/error_description").orElseGet(() -> error.isEmpty() ? answer.body() : "");
        VendorCallException refused = answer.refusal(errorWord(answer), clock.instant())
                .detail(detail(description).orElse(null))
                .build();
        boolean isKnown = !refused.retryable() && !answer.isRedirect();
        throw refused.meaning(isKnown ? refusal(error, description) : Refusal.PASSING, clientId);
    }

    /**
     * Ends a grant by a form with its refresh token, or its access token without one (RFC 7009). One that is gone already is no
     * error.
     *
     * @param form what goes with the token; {@link #withClient} adds the app
     */
    protected final void revoke(URI address, TokenGrant grant, Map<String, String> form) throws InterruptedException {
        Map<String, String> whole = new LinkedHashMap<>();
        whole.put("token", grant.refreshToken().orElse(grant.accessToken()));
        whole.putAll(form);
        try {
            post(address, whole);
        } catch (VendorCallException e) {
            if (e.code().filter(GONE::contains).isEmpty()) {
                throw e;
            }
        }
    }

    /** A form with the app's id, and its secret if it has one. */
    protected final Map<String, String> withClient(Map<String, String> form) {
        Map<String, String> whole = new LinkedHashMap<>(form);
        whole.put("client_id", clientId);
        if (clientSecret != null) {
            whole.put("client_secret", clientSecret);
        }
        return whole;
    }

    @Override
    public Refusal refusal(String error, String description) {
        return words.meaning(error, description);
    }

    // ---- calls

    /**
     * Posts a form (RFC 6749 §3.2).
     *
     * @throws VendorCallException if there is no answer with a status of 2xx
     */
    protected final VendorAnswer post(URI address, Map<String, String> form) throws InterruptedException {
        return call("POST", address, FORM, form(form));
    }

    /**
     * Reads with the grant's access token.
     *
     * @throws VendorCallException as {@link #post}
     */
    protected final VendorAnswer get(URI address, TokenGrant grant) throws InterruptedException {
        return call("GET", address, bearer(grant), "");
    }

    /**
     * Sends JSON with the grant's access token.
     *
     * @throws VendorCallException as {@link #post}
     */
    protected final VendorAnswer postJson(URI address, TokenGrant grant, String json) throws InterruptedException {
        Map<String, String> headers = new LinkedHashMap<>(bearer(grant));
        headers.put("Content-Type", "application/json");
        return call("POST", address, headers, json);
    }

    private static Map<String, String> bearer(TokenGrant grant) {
        return Map.of("Authorization", "Bearer " + grant.accessToken());
    }

    private VendorAnswer call(String method, URI address, Map<String, String> headers, String body)
            throws InterruptedException {
        VendorAnswer answer = exchange(method, address, headers, body);
        if (!answer.isSuccess()) {
            throw answer.refusal(errorWord(answer), clock.instant()).build();
        }
        return answer;
    }

    private VendorAnswer exchange(String method, URI address, Map<String, String> headers, String body)
            throws InterruptedException {
        Map<String, String> sent = new LinkedHashMap<>(headers);
        sent.put("Accept", "application/json");
        return http.exchange(method, address, sent, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Names and values as a form or a query writes them. */
    public static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(f -> encoded(f.getKey()) + "=" + encoded(f.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName() + "[" + clientId + ", ***, " + page + ", " + tokens + "]";
    }

    /**
     * What the apps of all vendors are built of. Every address may be plain http to this very machine, for tests and the sandbox.
     * Not thread-safe.
     *
     * @param <B> the vendor's builder
     */
    public abstract static class Builder<B extends Builder<B>> {
        private final String clientId;
        private @Nullable String clientSecret;
        private Clock clock = Clock.systemUTC();
        private Duration limit = VendorHttp.WHOLE_CALL;

        /**
         * For the vendors.
         *
         * @param clientSecret null if the app has none
         * @throws IllegalArgumentException if one of them is blank
         */
        protected Builder(String clientId, @Nullable String clientSecret) {
            this.clientId = named(Objects.requireNonNull(clientId), "client id");
            this.clientSecret = clientSecret == null ? null : named(clientSecret, "client secret");
        }

        private static String named(String text, String name) {
            if (text.isBlank()) {
                throw new IllegalArgumentException(name + " must not be empty");
            }
            return text;
        }

        /** This. */
        protected abstract B self();

        /** For apps that may have a secret and need not. */
        protected final void secret(String secret) {
            this.clientSecret = named(secret, "client secret");
        }

        /** What lives are counted from. Default: the system's. */
        public final B clock(Clock time) {
            this.clock = time;
            return self();
        }

        /**
         * How long one call may take, from its beginning to the last byte of its answer, however slowly that comes. Default, and
         * most: 30 s.
         *
         * @throws IllegalArgumentException if it is longer than that, or no time at all
         */
        public final B callLimit(Duration whole) {
            this.limit = VendorHttp.limit(whole);
            return self();
        }
    }
}
