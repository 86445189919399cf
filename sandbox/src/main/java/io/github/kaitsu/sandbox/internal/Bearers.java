package io.github.kaitsu.sandbox.internal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.internal.Grants.Grant;
import io.github.kaitsu.sandbox.internal.Grants.Token;
import java.util.Optional;
import java.util.function.Function;

/** Who calls a provider's API: the grant behind a request's bearer token, or that provider's refusal. */
final class Bearers {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String SCHEME = "Bearer ";

    private final World world;
    private final CloudService.Provider provider;

    Bearers(World world, CloudService.Provider provider) {
        this.world = world;
        this.provider = provider;
    }

    private enum Flaw {
        MISSING,
        UNKNOWN,
        EXPIRED
    }

    /** Answers a request that carries a token which is good now, with what the token is good for. */
    Response answer(Request r, Function<Grant, Response> inside) {
        String header = r.header("Authorization").orElse("");
        if (!header.startsWith(SCHEME)) {
            return refuse(Flaw.MISSING, r);
        }
        Optional<Token> token = world.ownGrants
                .access(
                        provider,
                        Secrets.digest(header.substring(SCHEME.length()).strip()))
                .filter(t -> !world.ownGrants.isRevoked(t.grant()));
        if (token.isEmpty()) {
            return refuse(Flaw.UNKNOWN, r);
        }
        return token.get().isOver(world.now())
                ? refuse(Flaw.EXPIRED, r)
                : inside.apply(token.get().grant());
    }

    /** The answer to a token that is good, but not for this call; Box's API has words of its own for that. */
    Response lacks(String scope) {
        return switch (provider) {
            case BOX ->
                Response.empty(403)
                        .with(
                                "WWW-Authenticate",
                                "Bearer realm=\"Service\", error=\"insufficient_scope\", error_description=\"The request"
                                        + " requires higher privileges than provided by the access token.\"");
            case DROPBOX -> {
                ObjectNode error =
                        JSON.objectNode().put(".tag", "missing_scope").put("required_scope", scope);
                yield dropbox("missing_scope/..", error);
            }
            case GOOGLE -> googleLacksScope();
            case MICROSOFT365 ->
                Response.json(
                        403,
                        graphError(
                                world,
                                "Authorization_RequestDenied",
                                "Insufficient privileges to complete the operation."));
        };
    }

    private Response refuse(Flaw flaw, Request r) {
        return switch (provider) {
            case BOX ->
                Response.empty(401)
                        .with(
                                "WWW-Authenticate",
                                "Bearer realm=\"Service\", error=\"invalid_token\","
                                        + " error_description=\"The access token provided is invalid.\"");
            case DROPBOX -> refuseAtDropbox(flaw, r);
            case GOOGLE -> refuseAtGoogle(flaw);
            case MICROSOFT365 -> refuseAtGraph(flaw);
        };
    }

    private static Response refuseAtDropbox(Flaw flaw, Request r) {
        if (flaw == Flaw.MISSING) {
            return Response.text(
                    400,
                    "Error in call to API function \"" + r.path().replaceFirst("^/2/", "")
                            + "\": Must provide HTTP header \"Authorization\" or URL parameter \"authorization\".");
        }
        String tag = flaw == Flaw.EXPIRED ? "expired_access_token" : "invalid_access_token";
        return dropbox(tag + "/...", JSON.objectNode().put(".tag", tag));
    }

    private static Response dropbox(String summary, ObjectNode error) {
        ObjectNode body = JSON.objectNode().put("error_summary", summary);
        body.set("error", error);
        return Response.json(401, body);
    }

    private static Response refuseAtGoogle(Flaw flaw) {
        String expected = " Expected OAuth 2 access token, login cookie or other valid authentication credential. See"
                + " https://developers.google.com/identity/sign-in/web/devconsole-project.";
        String why = flaw == Flaw.MISSING
                ? "Request is missing required authentication credential."
                : "Request had invalid authentication credentials.";
        ObjectNode error = googleError(
                401,
                why + expected,
                flaw == Flaw.MISSING ? "required" : "authError",
                flaw == Flaw.MISSING ? "Login Required." : "Invalid Credentials",
                "UNAUTHENTICATED");
        return Response.json(401, error)
                .with(
                        "WWW-Authenticate",
                        "Bearer realm=\"https://accounts.google.com/\""
                                + (flaw == Flaw.MISSING ? "" : ", error=\"invalid_token\""));
    }

    private static Response googleLacksScope() {
        ObjectNode error = googleError(
                403,
                "Request had insufficient authentication scopes.",
                "insufficientPermissions",
                "Insufficient Permission",
                "PERMISSION_DENIED");
        error.withObject("/error")
                .withArray("details")
                .addObject()
                .put("@type", "type.googleapis.com/google.rpc.ErrorInfo")
                .put("reason", "ACCESS_TOKEN_SCOPE_INSUFFICIENT")
                .put("domain", "googleapis.com");
        return Response.json(403, error);
    }

    /** The shape of all Google's errors, old and new names beside each other. */
    static ObjectNode googleError(int code, String message, String reason, String oldMessage, String status) {
        ObjectNode body = JSON.objectNode();
        ObjectNode error = body.putObject("error").put("code", code).put("message", message);
        error.putArray("errors")
                .addObject()
                .put("message", oldMessage)
                .put("domain", "global")
                .put("reason", reason);
        error.put("status", status);
        return body;
    }

    private Response refuseAtGraph(Flaw flaw) {
        String why = switch (flaw) {
            case MISSING -> "Access token is empty.";
            case UNKNOWN -> "IDX14100: JWT is not well formed, there are no dots (.).";
            case EXPIRED -> "Lifetime validation failed, the token is expired.";
        };
        return Response.json(401, graphError(world, "InvalidAuthenticationToken", why))
                .with(
                        "WWW-Authenticate",
                        "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\"");
    }

    /** The shape of all Graph's errors. */
    static ObjectNode graphError(World world, String code, String message) {
        String request = world.setup().secrets().guid("graph/request/" + world.ownGrants.issued());
        ObjectNode body = JSON.objectNode();
        ObjectNode error = body.putObject("error").put("code", code).put("message", message);
        error.putObject("innerError")
                .put("date", world.now().toString().replaceAll("(\\.[0-9]+)?Z$", ""))
                .put("request-id", request)
                .put("client-request-id", request);
        return body;
    }
}
