package io.github.kaitsu.consent.internal;

import static io.github.kaitsu.files.StoreJson.optional;
import static io.github.kaitsu.files.StoreJson.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.CredentialStore;
import io.github.kaitsu.consent.PendingConsent;
import io.github.kaitsu.files.Format;
import io.github.kaitsu.files.StoreJson;
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
    private static final Format FORMAT = new Format("kaitsu-pending", 1);

    PendingConsent toPublic(String id, CustomerId customer, CloudService.Provider provider) {
        return new PendingConsent(id, customer, provider, authorizationUrl, redirectUri, expiresAt);
    }

    byte[] bytes() {
        ObjectNode json = FORMAT.tag()
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
        KaitsuException corrupt = KaitsuException.of(ErrorCode.STORE_CORRUPT, "", FORMAT.name(), 1);
        JsonNode json = StoreJson.parse(stored).orElseThrow(() -> corrupt);
        FORMAT.check(json, FORMAT.name(), corrupt);
        try {
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
            throw corrupt; // no cause: it might quote what was read
        }
    }

    @Override
    public String toString() {
        return "PendingRecord[***, redirectUri=" + redirectUri + ", until " + expiresAt + "]";
    }
}
