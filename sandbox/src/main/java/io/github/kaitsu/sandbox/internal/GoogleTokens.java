package io.github.kaitsu.sandbox.internal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.internal.Grants.Grant;
import java.util.Optional;

/** Google's {@code /token} for a desktop client, whose secret is none but is asked for, and {@code /revoke}. */
final class GoogleTokens {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final OwnApps apps;
    private final World world;

    GoogleTokens(Ledger ledger) {
        this.apps = new OwnApps(ledger, CloudService.Provider.GOOGLE);
        this.world = ledger.world();
    }

    Response token(Request r) {
        OwnApps.Outcome outcome = apps.token(r);
        return outcome instanceof OwnApps.Issued issued
                ? answer(issued)
                : error(((OwnApps.Refused) outcome).reason(), r);
    }

    /** Takes a token of either kind, in the form or in the address, from anybody who has it. */
    Response revoke(Request r) {
        String token = r.field("token").isEmpty() ? r.query("token") : r.field("token");
        Optional<Grant> grant = apps.find(token);
        if (grant.isEmpty()) {
            return error(400, "invalid_token", "Token expired or revoked");
        }
        apps.revoke(grant.get());
        return Response.json(200, JSON.objectNode());
    }

    private Response answer(OwnApps.Issued issued) {
        ObjectNode json = JSON.objectNode()
                .put("access_token", issued.access())
                .put("expires_in", apps.app.accessLife().toSeconds());
        if (!issued.refresh().isEmpty()) {
            json.put("refresh_token", issued.refresh());
        }
        json.put("scope", String.join(" ", issued.scopes())).put("token_type", "Bearer");
        if (issued.grant().has("openid")) {
            json.put("id_token", IdTokens.google(world, apps.app, issued));
        }
        return Response.json(200, json);
    }

    private static Response error(OwnApps.Reason reason, Request r) {
        return switch (reason) {
            case UNKNOWN_CLIENT -> error(401, "invalid_client", "The OAuth client was not found.");
            case SECRET_MISSING -> error(400, "invalid_request", "client_secret is missing.");
            case WRONG_SECRET, SECRET_OF_PUBLIC_CLIENT ->
                error(401, "invalid_client", "The provided client secret is invalid.");
            case NO_GRANT_TYPE -> error(400, "invalid_request", "Missing required parameter: grant_type");
            case WRONG_GRANT_TYPE ->
                error(400, "unsupported_grant_type", "Invalid grant_type: " + r.field("grant_type"));
            case CODE_MISSING -> error(400, "invalid_request", "Missing required parameter: code");
            case UNKNOWN_CODE -> error(400, "invalid_grant", "Malformed auth code.");
            case SPENT_CODE, EXPIRED_CODE, UNKNOWN_REFRESH_TOKEN -> error(400, "invalid_grant", "Bad Request");
            case OTHER_REDIRECT -> error(400, "redirect_uri_mismatch", "Bad Request");
            case CHALLENGE_MISSING, VERIFIER_MISSING -> error(400, "invalid_grant", "Missing code verifier.");
            case WRONG_VERIFIER -> error(400, "invalid_grant", "Invalid code verifier.");
            case EXPIRED_REFRESH_TOKEN, REVOKED -> error(400, "invalid_grant", "Token has been expired or revoked.");
            case MORE_SCOPES -> error(400, "invalid_scope", "Some requested scopes were invalid.");
        };
    }

    private static Response error(int status, String error, String description) {
        return Response.json(status, JSON.objectNode().put("error", error).put("error_description", description));
    }
}
