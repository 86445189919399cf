package io.github.kaitsu.consent.internal;

import static io.github.kaitsu.files.StoreJson.optional;
import static io.github.kaitsu.files.StoreJson.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.AuthorizationServer.Identity;
import io.github.kaitsu.consent.CredentialStore;
import io.github.kaitsu.consent.TokenGrant;
import io.github.kaitsu.files.Format;
import io.github.kaitsu.files.StoreJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an entry of kind {@link CredentialStore.Kind#GRANT} holds. A secret, as its grant is.
 *
 * @param account who consented, as the vendor shows it
 * @param tenant as in the fact {@code tenant.<PROVIDER>}
 * @param since when it was consented; a refresh leaves it
 * @param client the app it was given to; empty if that is not known
 */
public record GrantRecord(TokenGrant grant, String account, String tenant, Instant since, String client, State state) {
    /** What may be done with the grant. */
    public enum State {
        /** It may be used and refreshed. */
        ACTIVE,
        /** The vendor does not accept it any more; its tokens are gone from the record. A new consent replaces it. */
        DEAD,
        /** It is being given back: nobody uses or refreshes it, whoever finds it revokes and deletes it. */
        RETURNING
    }

    private static final Format FORMAT = new Format("kaitsu-grant", 1);

    public static GrantRecord of(TokenGrant grant, Identity who, Instant since, String client) {
        return new GrantRecord(grant, who.account(), who.tenant(), since, client, State.ACTIVE);
    }

    public boolean active() {
        return state == State.ACTIVE;
    }

    /** With the tokens of a refresh. What the vendor does not send again stays: refresh token (Dropbox, Google), scopes. */
    public GrantRecord refreshed(TokenGrant fresh) {
        TokenGrant whole = new TokenGrant(
                fresh.accessToken(),
                fresh.expiresAt(),
                fresh.refreshToken().or(grant::refreshToken),
                fresh.scopes().isEmpty() ? grant.scopes() : fresh.scopes());
        return new GrantRecord(whole, account, tenant, since, client, State.ACTIVE);
    }

    /** Without its tokens: what nobody accepts need not be kept. */
    public GrantRecord dead() {
        TokenGrant empty = new TokenGrant("", Optional.empty(), Optional.empty(), grant.scopes());
        return new GrantRecord(empty, account, tenant, since, client, State.DEAD);
    }

    public GrantRecord returning() {
        return new GrantRecord(grant, account, tenant, since, client, State.RETURNING);
    }

    /** Whether this app may use it, as far as is known. */
    public boolean isOf(String app) {
        return client.isEmpty() || app.isEmpty() || client.equals(app);
    }

    /** Whether both come from one consent. */
    public boolean sameConsent(GrantRecord other) {
        return account.equals(other.account) && tenant.equals(other.tenant) && since.equals(other.since);
    }

    // ---- as stored

    public byte[] bytes() {
        ObjectNode json = FORMAT.tag()
                .put("state", state.name())
                .put("account", account)
                .put("tenant", tenant)
                .put("since", since.toString())
                .put("client", client)
                .put("accessToken", grant.accessToken());
        grant.expiresAt().ifPresent(end -> json.put("expiresAt", end.toString()));
        grant.refreshToken().ifPresent(token -> json.put("refreshToken", token));
        new TreeSet<>(grant.scopes()).forEach(json.putArray("scopes")::add);
        return StoreJson.bytes(json);
    }

    /**
     * Reads what {@link #bytes} wrote.
     *
     * @throws KaitsuException STORE_NEWER, STORE_CORRUPT
     */
    public static GrantRecord parse(byte[] stored) {
        KaitsuException corrupt = KaitsuException.of(ErrorCode.STORE_CORRUPT, "", FORMAT.name(), 1);
        JsonNode json = StoreJson.parse(stored).orElseThrow(() -> corrupt);
        FORMAT.check(json, FORMAT.name(), corrupt);
        try {
            Set<String> scopes = new TreeSet<>();
            json.required("scopes").forEach(scope -> scopes.add(scope.asText()));
            TokenGrant grant = new TokenGrant(
                    text(json, "accessToken"),
                    optional(json, "expiresAt").map(Instant::parse),
                    optional(json, "refreshToken"),
                    scopes);
            return new GrantRecord(
                    grant,
                    text(json, "account"),
                    text(json, "tenant"),
                    Instant.parse(text(json, "since")),
                    optional(json, "client").orElse(""),
                    State.valueOf(text(json, "state")));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw corrupt; // no cause: it might quote what was read
        }
    }

    @Override
    public String toString() {
        return "GrantRecord[" + grant + ", account=" + account + ", tenant=" + tenant + ", since=" + since + ", "
                + state + "]";
    }
}
