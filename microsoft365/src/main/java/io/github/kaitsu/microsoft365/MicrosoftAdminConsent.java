package io.github.kaitsu.microsoft365;

import io.github.kaitsu.consent.AuthorizationServer.Refusal;
import io.github.kaitsu.consent.OAuthApp;
import io.github.kaitsu.vendor.http.Addresses;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An administrator's consent to the embedding team's own app for a whole Microsoft 365 organisation (v2.0 endpoint). It brings no
 * tokens: {@link MicrosoftAuthorization} does, and then nobody of that organisation is asked any more.
 *
 * <p>Consenting again may take back permissions that were granted for the organisation before and are not asked for now. Source:
 * Microsoft identity platform, admin consent endpoint. Immutable and thread-safe; its text holds nothing secret.
 */
public final class MicrosoftAdminConsent {
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern DOMAIN =
            Pattern.compile("([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z][A-Za-z0-9-]{1,62}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]{1,80}");
    private static final int SHORTEST_STATE = 22; // 128 bits in base64url
    private static final int LONGEST_ANSWER = 16_384;

    private final String clientId;
    private final String tenant;
    private final NationalCloud cloud;
    private final String loginUrl;

    private MicrosoftAdminConsent(String clientId, String tenant, NationalCloud cloud, URI loginUrl) {
        this.clientId = clientId;
        this.tenant = tenant;
        this.cloud = cloud;
        this.loginUrl = Addresses.base(loginUrl, "loginUrl");
    }

    /**
     * In Microsoft's worldwide cloud.
     *
     * @param tenant its id or a verified domain
     * @throws IllegalArgumentException if the client id is blank, or the tenant is neither, as {@code common} is not
     */
    public static MicrosoftAdminConsent of(String clientId, String tenant) {
        if (clientId.isBlank()) {
            throw new IllegalArgumentException("client id must not be empty");
        }
        checkTenant(tenant);
        return new MicrosoftAdminConsent(clientId, tenant, NationalCloud.WORLDWIDE, NationalCloud.WORLDWIDE.login());
    }

    static void checkTenant(String tenant) {
        if (!ID.matcher(tenant).matches() && !DOMAIN.matcher(tenant).matches()) {
            throw new IllegalArgumentException("tenant must be an id or a verified domain");
        }
    }

    /** The same in another cloud. */
    public MicrosoftAdminConsent in(NationalCloud where) {
        return new MicrosoftAdminConsent(clientId, tenant, where, where.login());
    }

    /** The same at another address: https, or http to this very machine. */
    public MicrosoftAdminConsent loginUrl(URI address) {
        return new MicrosoftAdminConsent(clientId, tenant, cloud, address);
    }

    /**
     * Where the administrator consents.
     *
     * @param scopes names of Microsoft Graph ({@code User.Read}), or whole addresses; {@code .default} for all that the app's
     *     registration lists, application permissions included
     * @param redirectUri as registered with the app
     * @param state at least 128 random bits, used once, to come back unchanged
     * @throws IllegalArgumentException if one of them is not
     */
    public URI url(Set<String> scopes, URI redirectUri, String state) {
        if (state.length() < SHORTEST_STATE) {
            throw new IllegalArgumentException("state must have at least " + SHORTEST_STATE + " characters");
        }
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("scopes must not be empty");
        }
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", clientId);
        query.put(
                "scope",
                scopes.stream()
                        .map(scope -> scope.contains("://") ? scope : cloud.graph() + "/" + scope)
                        .sorted()
                        .collect(Collectors.joining(" ")));
        query.put("redirect_uri", Addresses.redirect(redirectUri));
        query.put("state", state);
        return URI.create(loginUrl + "/" + tenant + "/v2.0/adminconsent?" + OAuthApp.form(query));
    }

    /** How it ended. */
    public sealed interface Result {
        /**
         * Consented, as the redirect says.
         *
         * @param tenant not proved, since anybody can write an address: {@link MicrosoftAuthorization#identify} tells which
         *     organisation it is
         * @param scopes as Microsoft writes them
         */
        record Granted(String tenant, Set<String> scopes) implements Result {
            public Granted {
                scopes = Set.copyOf(scopes);
            }
        }

        /**
         * Not consented.
         *
         * @param code {@code AADSTS65004}, else the OAuth error; empty if there is neither
         */
        record Refused(Refusal refusal, String code) implements Result {}

        /** Not the answer to this question: forged, replayed, or no answer at all. Nothing is known of the consent. */
        record StateMismatch() implements Result {}
    }

    /**
     * Reads what came back.
     *
     * @param answer the redirect's whole address, or its query alone
     * @param state the one that was sent; to be forgotten after the first match
     */
    public static Result read(String answer, String state) {
        Map<String, String> query = query(answer);
        @Nullable String back = query == null ? null : query.get("state");
        if (query == null || back == null || !same(back, state)) {
            return new Result.StateMismatch();
        }
        @Nullable String error = query.get("error");
        if (error != null) { // first of all: admin_consent=True comes with failures too
            String description = query.getOrDefault("error_description", "");
            String word = WORD.matcher(error).matches() ? error : "";
            return new Result.Refused(
                    AadstsCodes.refusal(error, description),
                    AadstsCodes.in(description).orElse(word));
        }
        String tenant = query.getOrDefault("tenant", "");
        if (!query.getOrDefault("admin_consent", "").equalsIgnoreCase("true")
                || !ID.matcher(tenant).matches()) {
            return new Result.Refused(Refusal.OTHER, "");
        }
        String scopes = query.getOrDefault("scope", "").strip();
        return new Result.Granted(tenant, scopes.isEmpty() ? Set.of() : Set.copyOf(List.of(scopes.split("\\s+"))));
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /** Nothing if a parameter comes twice or cannot be read: no vendor writes that. */
    private static @Nullable Map<String, String> query(String answer) {
        if (answer.length() > LONGEST_ANSWER) {
            return null;
        }
        String text = answer.strip().replaceFirst("(?s)#.*", "");
        Map<String, String> found = new HashMap<>();
        try {
            for (String pair : text.substring(text.indexOf('?') + 1).split("&")) {
                String[] parts = pair.split("=", 2);
                if (parts.length == 2 && found.put(decoded(parts[0]), decoded(parts[1])) != null) {
                    return null;
                }
            }
            return found;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "MicrosoftAdminConsent[" + clientId + ", " + tenant + ", " + cloud + "]";
    }
}
