package io.github.kaitsu.sandbox.internal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.internal.Grants.Grant;

/** Dropbox's {@code /oauth2/token} for a public client, and {@code /2/auth/token/revoke}; a refresh token stays. */
final class DropboxTokens {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final OwnApps apps;

    DropboxTokens(Ledger ledger) {
        this.apps = new OwnApps(ledger, CloudService.Provider.DROPBOX);
    }

    Response token(Request r) {
        OwnApps.Outcome outcome = apps.token(r);
        return outcome instanceof OwnApps.Issued issued
                ? answer(issued, r.field("grant_type").equals("refresh_token"))
                : error(((OwnApps.Refused) outcome).reason());
    }

    /** Also ends the refresh token that the access token came from, and what else came from it. */
    Response revoke(Grant grant) {
        apps.revoke(grant);
        return Response.json(200, JSON.nullNode());
    }

    private Response answer(OwnApps.Issued issued, boolean refreshed) {
        ObjectNode json = JSON.objectNode()
                .put("access_token", issued.access())
                .put("token_type", "bearer")
                .put("expires_in", apps.app.accessLife().toSeconds());
        if (refreshed) {
            return Response.json(200, json);
        }
        if (!issued.refresh().isEmpty()) {
            json.put("refresh_token", issued.refresh());
        }
        json.put("scope", String.join(" ", issued.scopes()))
                .put("uid", "")
                .put("team_id", issued.grant().account().tenant());
        return Response.json(200, json);
    }

    private static Response error(OwnApps.Reason reason) {
        return switch (reason) {
            case UNKNOWN_CLIENT, SECRET_MISSING, WRONG_SECRET, SECRET_OF_PUBLIC_CLIENT ->
                error("invalid_client", "Invalid client_id or client_secret");
            case NO_GRANT_TYPE -> error("invalid_request", "missing required field \"grant_type\"");
            case WRONG_GRANT_TYPE ->
                error(
                        "unsupported_grant_type",
                        "grant_type: value is not one of \"authorization_code\" or \"refresh_token\"");
            case CODE_MISSING -> error("invalid_request", "missing required field \"code\"");
            case CHALLENGE_MISSING, VERIFIER_MISSING ->
                error("invalid_request", "No auth function available for given request");
            case UNKNOWN_CODE, EXPIRED_CODE -> error("invalid_grant", "code doesn't exist or has expired");
            case SPENT_CODE -> error("invalid_grant", "code has already been used");
            case OTHER_REDIRECT -> error("invalid_grant", "redirect_uri mismatch");
            case WRONG_VERIFIER -> error("invalid_grant", "invalid code verifier");
            case UNKNOWN_REFRESH_TOKEN, EXPIRED_REFRESH_TOKEN, REVOKED ->
                error("invalid_grant", "refresh token is invalid or revoked");
            case MORE_SCOPES -> error("invalid_scope", "scope is wider than what was granted");
        };
    }

    private static Response error(String error, String description) {
        return Response.json(
                400, JSON.objectNode().put("error_description", description).put("error", error));
    }
}
