package io.github.kaitsu.google;

import static java.net.HttpURLConnection.HTTP_FORBIDDEN;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.consent.OAuthApp;
import io.github.kaitsu.consent.RefusalWords;
import io.github.kaitsu.consent.TokenGrant;
import io.github.kaitsu.vendor.Refusal;
import io.github.kaitsu.vendor.VendorAnswer;
import io.github.kaitsu.vendor.VendorCallException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The consent of a Google Workspace super administrator to the embedding team's own app; not Trend Micro's consent, which starts
 * in the console.
 *
 * <p>A desktop client is a public one: PKCE protects it, and its secret, which Google asks for all the same, is none. Google
 * shows <em>blocked by the administrator</em> and <em>only within the organization</em> on a page of its own and sends nobody back:
 * such a consent ends by its time running out. A person may untick scopes; the grant names those that are left. The refresh token
 * stays as it is.
 *
 * <p>Google's auth library is not used: its address of the consent page asks for {@code include_granted_scopes}, which would bring
 * back more than was asked for; it counts lives from the system's clock, and it writes the token that it revokes into an address.
 *
 * <p>Immutable and thread-safe; keeps no token; its text hides the secret.
 */
public final class GoogleAuthorization extends OAuthApp {
    /**
     * The least that the looks need. For what the administrator has permitted, and for the editions, Google has no scope that
     * only reads; Kaitsu sends nothing but GET.
     */
    public static final Set<String> SCOPES = GoogleConnection.SCOPES;

    private static final String ISSUER = "https://accounts.google.com";

    /** {@code invalid_scope} also comes to an account that is not of Google Workspace, and {@code unauthorized_client} is either's. */
    private static final RefusalWords WORDS = RefusalWords.standard()
            .with(Refusal.APP, "deleted_client", "disabled_client")
            .with(Refusal.OTHER, "invalid_scope")
            .with(
                    Refusal.BLOCKED_BY_POLICY,
                    "admin_policy_enforced",
                    "policy_enforced") // the latter: Advanced Protection
            .with(Refusal.WRONG_ACCOUNT, "org_internal");

    private final URI revocation;
    private final URI userInfo;
    private final URI users;

    private GoogleAuthorization(Builder b) {
        super(CloudService.Provider.GOOGLE, SCOPES, WORDS, b.page, at(b.tokens, "/token"), b);
        this.revocation = at(b.tokens, "/revoke");
        this.userInfo = at(b.openId, "/v1/userinfo");
        this.users = at(b.directory, "/admin/directory/v1/users/");
    }

    /** The app as registered, at Google itself. */
    public static GoogleAuthorization of(String clientId, String clientSecret) {
        return builder(clientId, clientSecret).build();
    }

    /**
     * Begins one.
     *
     * @param clientSecret as Google's console shows it, for desktop clients too
     * @throws IllegalArgumentException if client id or secret are blank
     */
    public static Builder builder(String clientId, String clientSecret) {
        return new Builder(clientId, clientSecret);
    }

    /** Always asks anew, since Google gives a refresh token at a consent and never again. */
    @Override
    protected Map<String, String> pageParameters(Question question) {
        Map<String, String> own = new LinkedHashMap<>();
        own.put("access_type", "offline");
        own.put("prompt", "consent");
        question.account().ifPresent(account -> {
            own.put("login_hint", account);
            own.put("hd", account.substring(account.indexOf('@') + 1));
        });
        own.put("hl", question.language().toLanguageTag());
        return own;
    }

    /** Google lists OpenID Connect's {@code email} and {@code profile} under its own names. */
    @Override
    protected String scopeName(String scope) {
        return super.scopeName(scope).replaceFirst("^(email|profile)$", "https://www.googleapis.com/auth/userinfo.$1");
    }

    /** Google sends its name though its metadata do not say so, and may leave it out. */
    @Override
    public boolean isIssuer(String iss) {
        return iss.equals(ISSUER);
    }

    /**
     * The account is an administrator only if it is a super administrator (GOOGLE-1). Without the scope to read users, the
     * account is its mail address if the scope for that was granted, else its number; the tenant is empty, and whether it
     * administers is not known.
     */
    @Override
    public Identity identify(TokenGrant grant) throws InterruptedException {
        VendorAnswer who = get(userInfo, grant);
        String id = who.need("/sub");
        String account = who.text("/email").orElse(id);
        if (!grant.scopes().contains(GoogleScopes.USERS)) {
            return new Identity(account, "", Optional.empty());
        }
        String user = URLEncoder.encode(id, StandardCharsets.UTF_8)
                + "?fields=primaryEmail,isAdmin,customerId,aliases,nonEditableAliases";
        try {
            VendorAnswer found = get(URI.create(users + user), grant);
            Set<String> aliases = new HashSet<>(found.texts("/aliases", ""));
            aliases.addAll(found.texts("/nonEditableAliases", ""));
            who.text("/email").ifPresent(aliases::add);
            return new Identity(
                    found.need("/primaryEmail"), found.text("/customerId").orElse(""), found.flag("/isAdmin"), aliases);
        } catch (VendorCallException e) {
            if (e.status() == HTTP_FORBIDDEN
                    && e.code().filter("forbidden"::equals).isPresent()) {
                return new Identity(
                        account, "", Optional.of(false)); // who administers nothing may not even read himself
            }
            throw e;
        }
    }

    /** Ends the app's whole grant of this account, with all its tokens. */
    @Override
    public void revoke(TokenGrant grant) throws InterruptedException {
        revoke(revocation, grant, Map.of());
    }

    /** Not thread-safe. */
    public static final class Builder extends OAuthApp.Builder<Builder> {
        private URI page = URI.create("https://accounts.google.com/o/oauth2/v2/auth");
        private URI tokens = URI.create("https://oauth2.googleapis.com");
        private URI openId = URI.create("https://openidconnect.googleapis.com");
        private URI directory = URI.create("https://admin.googleapis.com");

        private Builder(String clientId, String clientSecret) {
            super(clientId, Objects.requireNonNull(clientSecret));
        }

        @Override
        protected Builder self() {
            return this;
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

        /**
         * Builds it; connects to nothing.
         *
         * @throws IllegalArgumentException if an address is neither https nor http to this very machine
         */
        public GoogleAuthorization build() {
            return new GoogleAuthorization(this);
        }
    }
}
