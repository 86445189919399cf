package io.github.kaitsu.microsoft365;

import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.OAuthApp;
import io.github.kaitsu.microsoft365.internal.OwnApp;
import io.github.kaitsu.vendor.Refusal;
import io.github.kaitsu.vendor.VendorCallException;
import io.github.kaitsu.vendor.http.Addresses;
import io.github.kaitsu.vendor.http.Callback;
import io.github.kaitsu.vendor.http.PastedAnswer;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An administrator's consent to the embedding team's own app for a whole Microsoft 365 organisation (v2.0 endpoint). It brings no
 * tokens: {@link MicrosoftAuthorization} does, and then nobody of that organisation is asked any more.
 *
 * <p>Consenting again may take back permissions that were granted for the organisation before and are not asked for now. Source:
 * Microsoft identity platform, admin consent endpoint. Immutable and thread-safe; its text holds nothing secret.
 */
public final class MicrosoftAdminConsent {
    static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern DOMAIN =
            Pattern.compile("([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z][A-Za-z0-9-]{1,62}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]{1,80}");
    private static final int SHORTEST_STATE = 22; // 128 bits in base64url

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
         * Consented, as the redirect says: not proved, since anybody can write an address. {@link #confirm} reads it.
         *
         * @param scopes as Microsoft writes them
         */
        record Claimed(String tenant, Set<String> scopes) implements Result {
            /** Keeps an unmodifiable copy. */
            public Claimed {
                scopes = Set.copyOf(scopes);
            }
        }

        /**
         * Consented, as the tenant itself says.
         *
         * @param permissions of the whole organisation, delegated ones and the app's own, by name: {@code User.Read}
         */
        record Granted(String tenant, Set<String> permissions) implements Result {
            /** Keeps an unmodifiable copy. */
            public Granted {
                permissions = Set.copyOf(permissions);
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
     * @param answer the redirect's whole address, or its query alone, also as somebody pasted it
     * @param state the one that was sent; to be forgotten after the first match
     */
    public static Result read(String answer, String state) {
        Callback back;
        try {
            back = PastedAnswer.read(
                    answer, a -> a.hasState(state) && (a.error().isPresent() || isClaim(a)));
        } catch (KaitsuException e) {
            return new Result.StateMismatch();
        }
        if (!back.hasState(state)) {
            return new Result.StateMismatch();
        }
        Optional<String> error = back.parameter("error");
        if (error.isPresent()) { // first of all: admin_consent=True comes with failures too
            String description = back.errorDescription();
            String word = WORD.matcher(error.get()).matches() ? error.get() : "";
            return new Result.Refused(
                    AadstsCodes.refusal(error.get(), description),
                    AadstsCodes.in(description).orElse(word));
        }
        return isClaim(back)
                ? new Result.Claimed(back.parameter("tenant").orElseThrow(), scopes(back))
                : new Result.Refused(Refusal.OTHER, "");
    }

    private static boolean isClaim(Callback back) {
        return back.parameter("admin_consent").filter("true"::equalsIgnoreCase).isPresent()
                && back.parameter("tenant").filter(t -> ID.matcher(t).matches()).isPresent();
    }

    private static Set<String> scopes(Callback back) {
        return Arrays.stream(back.parameter("scope").orElse("").split("\\s+"))
                .filter(scope -> !scope.isEmpty())
                .collect(Collectors.toSet());
    }

    /**
     * Looks in the tenant whether it knows this app and what it granted to it. A consent may take some minutes to show.
     *
     * @param tenant of an administrator of the tenant that the claim names
     * @return {@link Result.Granted}; {@link Refusal#WRONG_ACCOUNT} if the connection is another tenant's; {@link Refusal#OTHER}
     *     if nothing is granted there
     * @throws VendorCallException if it cannot be read
     */
    public Result confirm(Result.Claimed claim, GraphConnection tenant) throws InterruptedException {
        OwnApp app = OwnApp.of(clientId, tenant.reads());
        if (!app.tenant().equalsIgnoreCase(claim.tenant())) {
            return new Result.Refused(Refusal.WRONG_ACCOUNT, "");
        }
        return app.permissions().isEmpty()
                ? new Result.Refused(Refusal.OTHER, "")
                : new Result.Granted(app.tenant(), app.permissions());
    }

    @Override
    public String toString() {
        return "MicrosoftAdminConsent[" + clientId + ", " + tenant + ", " + cloud + "]";
    }
}
