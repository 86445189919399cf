package io.github.kaitsu.consent;

import io.github.kaitsu.vendor.http.Addresses;
import io.github.kaitsu.vendor.http.TokenEndpoint;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** To be deleted with its last user: {@link OAuthApp} takes its place. The address of a vendor's consent page: RFC 6749 §4.1.1 with the challenge of RFC 7636 §4.3. */
public final class ConsentAddress {
    private static final int SHORTEST_STATE = 22; // 128 bits in base64url

    private ConsentAddress() {}

    /**
     * Builds one.
     *
     * @param page the vendor's page, without query
     * @param own what this vendor understands besides, in this order
     * @throws IllegalArgumentException if the state is too short for 128 bits, client id or scopes are missing, or page or
     *     redirect URI are neither https nor http to this very machine
     */
    public static URI of(URI page, String clientId, AuthorizationServer.Question question, Map<String, String> own) {
        if (question.state().length() < SHORTEST_STATE) {
            throw new IllegalArgumentException("state must have at least " + SHORTEST_STATE + " characters");
        }
        if (clientId.isBlank() || question.scopes().isEmpty()) {
            throw new IllegalArgumentException("client id and scopes must not be empty");
        }
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", clientId);
        query.put("redirect_uri", Addresses.redirect(question.redirectUri()));
        query.put("state", question.state());
        query.put("scope", String.join(" ", question.scopes().stream().sorted().toList()));
        question.challenge().ifPresent(challenge -> {
            query.put("code_challenge", challenge);
            query.put("code_challenge_method", "S256");
        });
        query.putAll(own);
        return URI.create(Addresses.base(page, "page") + "?" + TokenEndpoint.form(query));
    }
}
