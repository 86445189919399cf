package io.github.kaitsu.internal.consent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.PendingConsent;
import io.github.kaitsu.internal.StoreJson;
import io.github.kaitsu.spi.CredentialStore;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an entry of kind {@link CredentialStore.Kind#PENDING} holds. A secret: with state and verifier, whoever catches the
 * answer can use it.
 *
 * @param verifier absent where the vendor knows no PKCE
 * @param account whose consent is wanted, if it matters
 * @param tenant whose tenant's consent is wanted, if it matters
 */
record PendingRecord(
        String state,
        Optional<String> verifier,
        URI authorizationUrl,
        URI redirectUri,
        Set<String> scopes,
        Optional<String> account,
        Optional<String> tenant,
        Instant expiresAt) {
    private static final String FORMAT = "kaitsu-pending";
    private static final int VERSION = 1;

    PendingConsent toPublic(String id, CustomerId customer, CloudService.Provider provider) {
        return new PendingConsent(id, customer, provider, authorizationUrl, redirectUri, expiresAt);
    }

    byte[] bytes() {
        ObjectNode json = StoreJson.object()
                .put("format", FORMAT)
                .put("version", VERSION)
                .put("state", state)
                .put("authorizationUrl", authorizationUrl.toString())
                .put("redirectUri", redirectUri.toString())
                .put("expiresAt", expiresAt.toString());
        verifier.ifPresent(v -> json.put("verifier", v));
        account.ifPresent(a -> json.put("account", a));
        tenant.ifPresent(t -> json.put("tenant", t));
        new TreeSet<>(scopes).forEach(json.putArray("scopes")::add);
        return StoreJson.bytes(json);
    }

    /** @throws KaitsuException STORE_NEWER, STORE_CORRUPT */
    static PendingRecord parse(byte[] stored) {
        JsonNode json = StoreJson.parse(stored).orElse(StoreJson.object());
        boolean ours = json.path("format").asText().equals(FORMAT);
        if (ours && json.path("version").asInt() > VERSION) {
            throw KaitsuException.of(ErrorCode.STORE_NEWER, "", FORMAT);
        }
        try {
            if (!ours || json.path("version").asInt() != VERSION) {
                throw new IllegalArgumentException(FORMAT);
            }
            Set<String> scopes = new TreeSet<>();
            json.required("scopes").forEach(scope -> scopes.add(scope.asText()));
            return new PendingRecord(
                    text(json, "state"),
                    optional(json, "verifier"),
                    URI.create(text(json, "authorizationUrl")),
                    URI.create(text(json, "redirectUri")),
                    scopes,
                    optional(json, "account"),
                    optional(json, "tenant"),
                    Instant.parse(text(json, "expiresAt")));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw KaitsuException.of(ErrorCode.STORE_CORRUPT, "", FORMAT, 1); // no cause: it might quote what was read
        }
    }

    private static String text(JsonNode json, String field) {
        return json.required(field).asText();
    }

    private static Optional<String> optional(JsonNode json, String field) {
        return Optional.ofNullable(json.get(field)).map(JsonNode::asText);
    }

    @Override
    public String toString() {
        return "PendingRecord[***, redirectUri=" + redirectUri + ", until " + expiresAt + "]";
    }
}
