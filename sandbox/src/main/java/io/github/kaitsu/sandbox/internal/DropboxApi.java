package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.internal.Grants.Grant;

/** {@code api.dropboxapi.com}: the token endpoints, and the calls that the activation's looks need. */
final class DropboxApi implements Site.Handler {
    private final DropboxTokens tokens;
    private final Bearers bearers;

    DropboxApi(Ledger ledger) {
        this.tokens = new DropboxTokens(ledger);
        this.bearers = new Bearers(ledger.world(), CloudService.Provider.DROPBOX);
    }

    @Override
    public Response answer(Request r) {
        if (r.isPost("/oauth2/token")) {
            return tokens.token(r);
        }
        return bearers.answer(r, grant -> call(r, grant));
    }

    /** Dropbox's functions; all are POST. */
    private Response call(Request r, Grant grant) {
        return switch (r.method() + " " + r.path()) {
            case "POST /2/auth/token/revoke" -> tokens.revoke(grant);
            default -> Response.text(400, "Unknown API function: \"" + r.path().replaceFirst("^/2/", "") + "\"");
        };
    }
}
