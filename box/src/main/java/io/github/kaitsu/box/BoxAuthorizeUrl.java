package io.github.kaitsu.box;

import io.github.kaitsu.box.internal.Addresses;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The address at which a Box administrator consents to the embedding team's own app; not Trend Micro's consent, which
 * starts in the console.
 *
 * <p>Written anew because the Box SDK's ignores its base URLs, so that enterprises on {@code ent.box.com} and tests cannot use
 * it. Box knows no PKCE; a code lives 30 seconds. Not thread-safe.
 */
public final class BoxAuthorizeUrl {
    /** For everybody but Box Verified Enterprise, who use {@code https://ent.box.com/api/oauth2/authorize}. */
    public static final URI DEFAULT_BASE = URI.create("https://account.box.com/api/oauth2/authorize");

    /**
     * The least that the looks need. Box has no read-only scopes for users, groups and enterprise settings; Kaitsu sends
     * nothing but GET.
     */
    public static final List<String> SCOPES =
            List.of("root_readonly", "manage_managed_users", "manage_groups", "manage_enterprise_properties");

    private static final int SHORTEST_STATE = 22; // 128 bits in base64url

    private final String clientId;
    private final URI redirectUri;
    private URI base = DEFAULT_BASE;
    private List<String> scopes = SCOPES;
    private @Nullable String state;

    private BoxAuthorizeUrl(String clientId, URI redirectUri) {
        this.clientId = Objects.requireNonNull(clientId);
        this.redirectUri = Objects.requireNonNull(redirectUri);
    }

    /**
     * Begins one.
     *
     * @param redirectUri as registered with the app; Box lets the port of a loopback address differ
     */
    public static BoxAuthorizeUrl of(String clientId, URI redirectUri) {
        return new BoxAuthorizeUrl(clientId, redirectUri);
    }

    /** Default: {@link #DEFAULT_BASE}. */
    public BoxAuthorizeUrl base(URI address) {
        this.base = address;
        return this;
    }

    /** Default: {@link #SCOPES}. Can only narrow what is ticked in the app. */
    public BoxAuthorizeUrl scopes(List<String> some) {
        this.scopes = List.copyOf(some);
        return this;
    }

    /** What Box must give back unchanged; at least 128 bits, fresh for each consent. */
    public BoxAuthorizeUrl state(String value) {
        this.state = value;
        return this;
    }

    /**
     * Builds the address.
     *
     * @throws IllegalArgumentException if state, client id or scopes are missing, the state is too short, or base or redirect
     *     URI are neither https nor http to this very machine
     */
    public URI build() {
        if (state == null || state.length() < SHORTEST_STATE) {
            throw new IllegalArgumentException("state must have at least " + SHORTEST_STATE + " characters");
        }
        if (clientId.isBlank() || scopes.isEmpty()) {
            throw new IllegalArgumentException("client id and scopes must not be empty");
        }
        if (!Addresses.isHttps(redirectUri) && !Addresses.isLoopbackHttp(redirectUri)) {
            throw new IllegalArgumentException("redirectUri must be https, or http to this very machine");
        }
        return URI.create(Addresses.base(base, "base") + "?response_type=code"
                + "&client_id=" + encoded(clientId)
                + "&redirect_uri=" + encoded(redirectUri.toString())
                + "&state=" + encoded(state)
                + "&scope=" + encoded(String.join(" ", scopes)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
