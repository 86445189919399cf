package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;

/**
 * {@code oauth2.googleapis.com}, {@code admin.googleapis.com} and the other hosts of Google's APIs in one: the token endpoints, and
 * the calls that the activation's looks need.
 */
final class GoogleApi implements Site.Handler {
    private final GoogleTokens tokens;
    private final Bearers bearers;

    GoogleApi(Ledger ledger) {
        this.tokens = new GoogleTokens(ledger);
        this.bearers = new Bearers(ledger.world(), CloudService.Provider.GOOGLE);
    }

    @Override
    public Response answer(Request r) {
        return switch (r.method() + " " + r.path()) {
            case "POST /token" -> tokens.token(r);
            case "POST /revoke", "GET /revoke" -> tokens.revoke(r);
            default -> bearers.answer(r, grant -> call(r));
        };
    }

    /** Google's APIs, by their paths; no two hosts share one. */
    private static Response call(Request r) {
        return switch (r.method() + " " + r.path()) {
            default -> notFound(r);
        };
    }

    /** Google's page for addresses that nothing answers. */
    private static Response notFound(Request r) {
        return Response.html(
                404,
                "<!DOCTYPE html>\n<html lang=en><title>Error 404 (Not Found)!!1</title><p><b>404.</b> That’s an error."
                        + "<p>The requested URL <code>" + Html.escape(r.path())
                        + "</code> was not found on this server.\n");
    }
}
