package io.github.kaitsu.sandbox.internal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.internal.Grants.Grant;
import java.util.Optional;

/** Box's {@code /oauth2/token} and {@code /oauth2/revoke}: codes and refresh tokens are good once, refresh tokens rotate. */
final class BoxTokens {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final OwnApps apps;

    BoxTokens(Ledger ledger) {
        this.apps = new OwnApps(ledger, CloudService.Provider.BOX);
    }

    Response token(Request r) {
        OwnApps.Outcome outcome = apps.token(r);
        return outcome instanceof OwnApps.Issued issued ? answer(issued) : error(((OwnApps.Refused) outcome).reason());
    }

    Response revoke(Request r) {
        if (apps.strange(r).isPresent()) {
            return error("invalid_client", "The client credentials are invalid");
        }
        Optional<Grant> grant = apps.find(r.field("token"));
        if (grant.isEmpty()) {
            return error("invalid_token", "The token provided is invalid");
        }
        apps.revoke(grant.get());
        return Response.empty(200);
    }

    private Response answer(OwnApps.Issued issued) {
        ObjectNode json = JSON.objectNode()
                .put("access_token", issued.access())
                .put("expires_in", apps.app.accessLife().toSeconds())
                .put("refresh_token", issued.refresh())
                .put("token_type", "bearer");
        json.putArray("restricted_to");
        return Response.json(200, json);
    }

    private static Response error(OwnApps.Reason reason) {
        return switch (reason) {
            case UNKNOWN_CLIENT, SECRET_MISSING, WRONG_SECRET, SECRET_OF_PUBLIC_CLIENT ->
                error("invalid_client", "The client credentials are invalid");
            case NO_GRANT_TYPE -> error("invalid_request", "Invalid grant_type parameter or parameter missing");
            case WRONG_GRANT_TYPE -> error("unsupported_grant_type", "The grant type is not supported by this client");
            case CODE_MISSING, UNKNOWN_CODE, SPENT_CODE, CHALLENGE_MISSING, VERIFIER_MISSING, WRONG_VERIFIER ->
                error("invalid_grant", "Auth code doesn't exist or is invalid for the client");
            case EXPIRED_CODE -> error("invalid_grant", "The authorization code has expired");
            case OTHER_REDIRECT -> error("redirect_uri_mismatch", "The redirect URI provided does not match");
            case UNKNOWN_REFRESH_TOKEN, REVOKED -> error("invalid_grant", "Invalid refresh token");
            case EXPIRED_REFRESH_TOKEN -> error("invalid_grant", "Refresh token has expired");
            case MORE_SCOPES -> error("invalid_scope", "The scope is wider than what was granted");
        };
    }

    private static Response error(String error, String description) {
        return Response.json(400, JSON.objectNode().put("error", error).put("error_description", description));
    }
}
