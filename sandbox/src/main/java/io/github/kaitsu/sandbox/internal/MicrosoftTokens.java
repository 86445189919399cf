package io.github.kaitsu.sandbox.internal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.CloudService;
import java.util.List;

/** Microsoft's {@code /{tenant}/oauth2/v2.0/token} for a public client; each refresh brings another refresh token, old ones stay. */
final class MicrosoftTokens {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final OwnApps apps;
    private final World world;

    MicrosoftTokens(Ledger ledger) {
        this.apps = new OwnApps(ledger, CloudService.Provider.MICROSOFT365);
        this.world = ledger.world();
    }

    Response token(Request r) {
        OwnApps.Outcome outcome = apps.token(r);
        return outcome instanceof OwnApps.Issued issued
                ? answer(issued)
                : error(((OwnApps.Refused) outcome).reason(), r);
    }

    private Response answer(OwnApps.Issued issued) {
        List<String> scopes = issued.scopes().stream()
                .filter(s -> !s.equals("offline_access"))
                .toList();
        long life = apps.app.accessLife().toSeconds();
        ObjectNode json = JSON.objectNode()
                .put("token_type", "Bearer")
                .put("scope", String.join(" ", scopes))
                .put("expires_in", life)
                .put("ext_expires_in", life)
                .put("access_token", issued.access());
        if (!issued.refresh().isEmpty()) {
            json.put("refresh_token", issued.refresh());
        }
        if (issued.grant().has("openid")) {
            json.put("id_token", IdTokens.microsoft(world, apps.app, issued));
        }
        return Response.json(200, json.put("client_info", IdTokens.clientInfo(world, issued.grant())));
    }

    private Response error(OwnApps.Reason reason, Request r) {
        return switch (reason) {
            case UNKNOWN_CLIENT ->
                error(
                        400,
                        "unauthorized_client",
                        700016,
                        "Application with identifier '" + r.field("client_id") + "' was not found in the directory '"
                                + world.setup().company() + "'.");
            case SECRET_MISSING, WRONG_SECRET ->
                error(401, "invalid_client", 7000215, "Invalid client secret provided.");
            case SECRET_OF_PUBLIC_CLIENT ->
                error(
                        401,
                        "invalid_client",
                        700025,
                        "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.");
            case NO_GRANT_TYPE -> missing("grant_type");
            case WRONG_GRANT_TYPE ->
                error(
                        400,
                        "unsupported_grant_type",
                        70003,
                        "The app requested an unsupported grant type '" + r.field("grant_type") + "'.");
            case CODE_MISSING -> missing("code");
            case UNKNOWN_CODE, UNKNOWN_REFRESH_TOKEN ->
                error(400, "invalid_grant", 9002313, "Invalid request. Request is malformed or invalid.");
            case SPENT_CODE ->
                error(
                        400,
                        "invalid_grant",
                        54005,
                        "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an"
                                + " existing refresh token.");
            case EXPIRED_CODE ->
                error(
                        400,
                        "invalid_grant",
                        70008,
                        "The provided authorization code or refresh token has expired due to inactivity. Send a new"
                                + " interactive authorization request for this user and resource.");
            case OTHER_REDIRECT ->
                r.field("redirect_uri").isEmpty()
                        ? missing("redirect_uri")
                        : error(
                                400,
                                "invalid_client",
                                500112,
                                "The reply address '" + r.field("redirect_uri") + "' does not match the reply address"
                                        + " provided when requesting Authorization code.");
            case CHALLENGE_MISSING, VERIFIER_MISSING, WRONG_VERIFIER ->
                error(
                        400,
                        "invalid_grant",
                        501481,
                        "The Code_Verifier does not match the code_challenge supplied in the authorization request.");
            case EXPIRED_REFRESH_TOKEN ->
                error(
                        400,
                        "invalid_grant",
                        700082,
                        "The refresh token has expired due to inactivity. The token was inactive for 90.00:00:00.");
            case REVOKED ->
                error(400, "invalid_grant", 50173, "The provided grant has expired due to it being revoked.");
            case MORE_SCOPES ->
                error(
                        400,
                        "invalid_grant",
                        65001,
                        "The user or administrator has not consented to use the application with ID '"
                                + apps.app.clientId() + "'. Send an interactive authorization request for this user and"
                                + " resource.");
        };
    }

    private Response missing(String parameter) {
        return error(
                400,
                "invalid_request",
                900144,
                "The request body must contain the following parameter: '" + parameter + "'.");
    }

    /** Microsoft's error: the code again as a number, and what support asks for. */
    Response error(int status, String error, int code, String text) {
        String trace = world.setup().secrets().guid("microsoft/trace/" + world.ownGrants.issued());
        String now = world.now().toString().replaceAll("(\\.[0-9]+)?Z$", "Z").replace('T', ' ');
        ObjectNode json = JSON.objectNode()
                .put("error", error)
                .put(
                        "error_description",
                        "AADSTS" + code + ": " + text + " Trace ID: " + trace + " Correlation ID: " + trace
                                + " Timestamp: " + now);
        json.putArray("error_codes").add(code);
        json.put("timestamp", now)
                .put("trace_id", trace)
                .put("correlation_id", trace)
                .put("error_uri", "https://login.microsoftonline.com/error?code=" + code);
        return Response.json(status, json);
    }
}
