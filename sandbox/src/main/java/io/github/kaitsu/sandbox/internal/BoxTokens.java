package io.github.kaitsu.sandbox.internal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /oauth2/token} and {@code /oauth2/revoke}: codes and refresh tokens are good once, refresh tokens rotate. */
public final class BoxTokens {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Ledger ledger;
    private final World world;

    public BoxTokens(Ledger ledger) {
        this.ledger = ledger;
        this.world = ledger.world();
    }

    /** An access and a refresh token, as a consent would bring. */
    public Map.Entry<String, String> mint() {
        synchronized (ledger) {
            return issue(null);
        }
    }

    /** Whether a bearer token is good now. */
    boolean accepts(String accessToken) {
        BoxState.Tokens tokens = world.box.byAccess.get(Secrets.digest(accessToken));
        return tokens != null && world.now().isBefore(tokens.at().plus(BoxState.ACCESS_LIFE));
    }

    Response token(Request r) {
        if (!isOurClient(r)) {
            return error("invalid_client", "The client credentials are invalid");
        }
        return switch (r.field("grant_type")) {
            case "authorization_code" -> byCode(r);
            case "refresh_token" -> byRefreshToken(r);
            case "" -> error("invalid_request", "Invalid grant_type parameter or parameter missing");
            default -> error("unsupported_grant_type", "The grant type is not supported by this client");
        };
    }

    Response revoke(Request r) {
        if (!isOurClient(r)) {
            return error("invalid_client", "The client credentials are invalid");
        }
        String digest = Secrets.digest(r.field("token"));
        BoxState.Tokens tokens = world.box.byAccess.getOrDefault(digest, world.box.byRefresh.get(digest));
        if (tokens == null) {
            return error("invalid_token", "The token provided is invalid");
        }
        ledger.record(new Change.BoxTokensRevoked(tokens.grant()));
        return Response.empty(200);
    }

    private Response byCode(Request r) {
        String digest = Secrets.digest(r.field("code"));
        Change.BoxCodeIssued code = world.box.codes.get(digest);
        if (code == null) {
            return error("invalid_grant", "Auth code doesn't exist or is invalid for the client");
        }
        if (world.now().isAfter(code.until())) {
            return error("invalid_grant", "The authorization code has expired");
        }
        if (r.has("redirect_uri") && !r.field("redirect_uri").equals(code.redirectUri())) {
            return error("redirect_uri_mismatch", "The redirect URI provided does not match");
        }
        return answer(issue(digest));
    }

    private Response byRefreshToken(Request r) {
        String digest = Secrets.digest(r.field("refresh_token"));
        BoxState.Tokens tokens = world.box.byRefresh.get(digest);
        if (tokens == null) {
            return error("invalid_grant", "Invalid refresh token");
        }
        if (!world.now().isBefore(tokens.at().plus(BoxState.REFRESH_LIFE))) {
            return error("invalid_grant", "Refresh token has expired");
        }
        return answer(issue(digest));
    }

    private Map.Entry<String, String> issue(@Nullable String spent) {
        Secrets secrets = world.setup().secrets();
        int n = world.box.tokensIssued;
        String access = secrets.hex("box/access/" + n, 32);
        String refresh = secrets.hex("box/refresh/" + n, 64);
        Instant at = world.now();
        ledger.record(new Change.BoxTokensIssued(spent, Secrets.digest(access), Secrets.digest(refresh), at));
        return Map.entry(access, refresh);
    }

    private boolean isOurClient(Request r) {
        return r.field("client_id").equals(BoxConsent.CLIENT_ID)
                && r.field("client_secret").equals(BoxConsent.clientSecret(world.setup()));
    }

    private static Response answer(Map.Entry<String, String> tokens) {
        ObjectNode json = JSON.objectNode()
                .put("access_token", tokens.getKey())
                .put("expires_in", BoxState.ACCESS_LIFE.toSeconds())
                .put("refresh_token", tokens.getValue())
                .put("token_type", "bearer");
        json.putArray("restricted_to");
        return Response.json(200, json);
    }

    private static Response error(String error, String description) {
        return Response.json(400, JSON.objectNode().put("error", error).put("error_description", description));
    }
}
