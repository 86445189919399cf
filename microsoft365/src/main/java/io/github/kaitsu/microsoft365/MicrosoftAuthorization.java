package io.github.kaitsu.microsoft365;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.consent.OAuthApp;
import io.github.kaitsu.consent.RefusalWords;
import io.github.kaitsu.consent.TokenGrant;
import io.github.kaitsu.microsoft365.internal.TenantLooks;
import io.github.kaitsu.vendor.Refusal;
import io.github.kaitsu.vendor.VendorAnswer;
import io.github.kaitsu.vendor.VendorCallException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The consent of a Microsoft 365 Global Administrator to the embedding team's own app; not Trend Micro's consent, which starts in
 * the console. For the whole organisation at once, also for other people than the one who consents, see
 * {@link MicrosoftAdminConsent}.
 *
 * <p>PKCE is always used. A desktop app has no client secret, a web app has one. Microsoft's library msal4j is not used: it hands
 * out no refresh token, remembers refusals for the whole process and answers in the vendor's place, and counts lives from the
 * system's clock.
 *
 * <p>Microsoft has no call that ends one grant, so {@link #canRevoke} is false: the tokens are deleted here, an access token goes
 * on for up to about an hour, and the grant is listed until a person removes the app: the one who consented at
 * {@code https://myapps.microsoft.com}, an administrator in the Entra admin center under enterprise applications.
 *
 * <p>Immutable and thread-safe; keeps no token; its text hides the secret.
 */
public final class MicrosoftAuthorization extends OAuthApp {
    /** The least that the looks need, all of them reading. */
    public static final Set<String> SCOPES = GraphConnection.SCOPES;

    private static final String SMTP = "smtp:";
    private static final String OFFLINE = "offline_access";

    /** Those of OpenID Connect that are always asked for, besides. */
    private static final Set<String> SIGNED_IN = Set.of("openid", "profile", OFFLINE);

    private static final String DEFAULT = ".default";

    /** Microsoft Graph in every tenant and cloud. */
    private static final String GRAPH_ID = "00000003-0000-0000-c000-000000000000/";

    private static final Pattern ISSUED_BY = Pattern.compile("/" + MicrosoftAdminConsent.ID + "/v2\\.0");

    private final String resource;
    private final List<String> issuers;
    private final URI graph;

    private MicrosoftAuthorization(Builder b) {
        super(
                CloudService.Provider.MICROSOFT365,
                SCOPES,
                RefusalWords.standard(), // see refusal
                b.login("authorize"),
                b.login("token"),
                b);
        this.resource = b.cloud.graph() + "/";
        this.issuers = List.of(origin(), b.cloud.issuer().toString());
        this.graph = at(b.graphUrl == null ? b.cloud.graph() : b.graphUrl, "/v1.0");
    }

    /** A desktop app as registered, at Microsoft's worldwide cloud. */
    public static MicrosoftAuthorization of(String clientId) {
        return builder(clientId).build();
    }

    /**
     * Begins one.
     *
     * @throws IllegalArgumentException if the client id is blank
     */
    public static Builder builder(String clientId) {
        return new Builder(clientId);
    }

    /** Asks for consent anew, and for the answer in the query. Microsoft takes no language. */
    @Override
    protected Map<String, String> pageParameters(Question question) {
        Map<String, String> own = new LinkedHashMap<>();
        own.put("response_mode", "query");
        own.put("prompt", "consent");
        question.account().ifPresent(account -> own.put("login_hint", account));
        return own;
    }

    @Override
    protected Map<String, String> tokenParameters(Set<String> asked) {
        return Map.of("scope", String.join(" ", pageScopes(asked)));
    }

    /** Those of OpenID Connect belong to no resource; the others are Microsoft Graph's. */
    @Override
    protected Set<String> pageScopes(Set<String> asked) {
        Set<String> named = new TreeSet<>(SIGNED_IN);
        for (String scope : asked) {
            boolean bare = SIGNED_IN.contains(scope) || scope.equals("email") || scope.contains("://");
            named.add(bare ? scope : resource + scope);
        }
        return named;
    }

    /**
     * Microsoft grants {@code offline_access} by a refresh token and does not list it; what {@code .default} brought it lists by name.
     */
    @Override
    protected Set<String> grantedScopes(Set<String> listed, Set<String> asked, boolean refreshable) {
        Set<String> granted = listed.stream().map(this::bare).collect(Collectors.toSet());
        if (granted.stream().map(this::scopeName).anyMatch(scope -> !SIGNED_IN.contains(scope))) {
            asked.stream().filter(scope -> scopeName(scope).equals(DEFAULT)).forEach(granted::add);
        }
        if (refreshable) {
            granted.add(OFFLINE);
        }
        return granted;
    }

    /** Microsoft writes Graph's with its address, its app ID or without, in any case. */
    @Override
    protected String scopeName(String scope) {
        return super.scopeName(bare(scope));
    }

    private String bare(String scope) {
        return Stream.of(resource, GRAPH_ID)
                .filter(prefix -> scope.regionMatches(true, 0, prefix, 0, prefix.length()))
                .findFirst()
                .map(prefix -> scope.substring(prefix.length()))
                .orElse(scope);
    }

    /** {@code https://login.microsoftonline.com/<tenant>/v2.0}, of whichever tenant signed in; {@link #identify} tells which. */
    @Override
    public boolean isIssuer(String iss) {
        return issuers.stream()
                .anyMatch(issuer -> iss.startsWith(issuer + "/")
                        && ISSUED_BY.matcher(iss.substring(issuer.length())).matches());
    }

    /**
     * The code says more than the error, but {@code invalid_grant} means that a grant is gone, unless its code is known to mean
     * something else: a rule of the organisation comes with the same error. The code is kept beside it.
     */
    @Override
    protected Optional<String> errorWord(VendorAnswer refusal) {
        Optional<String> code = refusal.text("/error_description").flatMap(this::detail);
        return code.filter(AadstsCodes::isNoEnd)
                .or(() -> refusal.text("/error").filter("invalid_grant"::equals))
                .or(() -> code)
                .or(() -> refusal.errorWord());
    }

    @Override
    public Refusal refusal(String error, String description) {
        return AadstsCodes.refusal(error, description);
    }

    @Override
    public Optional<String> detail(String description) {
        return AadstsCodes.in(description);
    }

    /**
     * Read from Microsoft Graph with the token, which nobody can forge. The account is the name it signs in with; a mail address
     * counts beside it in domains that the tenant has proved to be its own, since others an administrator may write at will. Administers whose role as Global Administrator is active
     * now: one who may activate it (PIM) and has not does not.
     */
    @Override
    public Identity identify(TokenGrant grant) throws InterruptedException {
        VendorAnswer me = get(at(graph, "/me?$select=userPrincipalName,mail,proxyAddresses"), grant);
        VendorAnswer organization = get(at(graph, "/organization?$select=id,verifiedDomains"), grant);
        return new Identity(
                me.need("/userPrincipalName"),
                organization.need("/value/0/id"),
                administrator(grant),
                aliases(me, organization.texts("/value/0/verifiedDomains", "/name")));
    }

    private static Set<String> aliases(VendorAnswer me, List<String> domains) {
        Stream<String> proxies = me.texts("/proxyAddresses", "").stream()
                .filter(address -> address.regionMatches(true, 0, SMTP, 0, SMTP.length()))
                .map(address -> address.substring(SMTP.length()));
        return Stream.concat(me.text("/mail").stream(), proxies)
                .filter(address -> domains.isEmpty() || domains.stream().anyMatch(domain -> isIn(domain, address)))
                .collect(Collectors.toSet());
    }

    private static boolean isIn(String domain, String address) {
        return domain.equalsIgnoreCase(address.substring(address.lastIndexOf('@') + 1));
    }

    private Optional<Boolean> administrator(TokenGrant grant) throws InterruptedException {
        try {
            String roles = "/me/transitiveMemberOf/microsoft.graph.directoryRole?$select=roleTemplateId";
            return Optional.of(get(at(graph, roles), grant)
                    .texts("/value", "/roleTemplateId")
                    .contains(TenantLooks.GLOBAL_ADMINISTRATOR));
        } catch (VendorCallException e) {
            if (e.status() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw e;
            }
            return Optional.empty();
        }
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

    /** Addresses may be plain http to this very machine, for tests and the sandbox. Not thread-safe. */
    public static final class Builder extends OAuthApp.Builder<Builder> {
        private NationalCloud cloud = NationalCloud.WORLDWIDE;
        private String tenant = "organizations";
        private @Nullable URI loginUrl;
        private @Nullable URI graphUrl;

        private Builder(String clientId) {
            super(clientId, null);
        }

        @Override
        protected Builder self() {
            return this;
        }

        private URI login(String page) {
            return at(loginUrl == null ? cloud.login() : loginUrl, "/" + tenant + "/oauth2/v2.0/" + page);
        }

        /** Of a web app. Default: none, as a desktop app. */
        public Builder clientSecret(String secret) {
            secret(secret);
            return this;
        }

        /** Default: {@link NationalCloud#WORLDWIDE}. */
        public Builder cloud(NationalCloud where) {
            this.cloud = where;
            return this;
        }

        /**
         * The only tenant that may consent, as id or verified domain. Default: any work or school account's.
         *
         * @throws IllegalArgumentException if it is neither
         */
        public Builder tenant(String idOrDomain) {
            MicrosoftAdminConsent.checkTenant(idOrDomain);
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

        /**
         * Builds it; connects to nothing.
         *
         * @throws IllegalArgumentException if an address is neither https nor http to this very machine
         */
        public MicrosoftAuthorization build() {
            return new MicrosoftAuthorization(this);
        }
    }
}
