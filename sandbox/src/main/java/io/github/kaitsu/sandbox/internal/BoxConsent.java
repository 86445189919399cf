package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.internal.Grants.Grant;
import java.util.Map;

/** Box: a code that lives for 30 seconds, no PKCE; scopes may only narrow what the application has. */
final class BoxConsent extends OwnConsent {
    BoxConsent(Ledger ledger, ProviderPages pages) {
        super(ledger.world(), new OwnApps(ledger, CloudService.Provider.BOX), pages);
    }

    @Override
    String[] labels(Labels t) {
        return new String[] {"Box", t.get("box.grant"), t.get("box.deny")};
    }

    @Override
    String words(Flaw flaw, Asked asked) {
        return switch (flaw) {
            case CLIENT -> "invalid_client: The client_id is invalid.";
            case REDIRECT ->
                "redirect_uri_mismatch: The redirect URI provided does not match the one configured in your app.";
            case RESPONSE_TYPE -> "unsupported_response_type: Unsupported response type.";
            case CHALLENGE_METHOD -> "invalid_request";
            case SCOPE -> "invalid_scope: The requested scope is invalid.";
        };
    }

    @Override
    Map<String, String> denied() {
        return Map.of("error", "access_denied", "error_description", "The user denied access to your application");
    }

    @Override
    Map<String, String> granted(Asked asked, String code, Grant grant) {
        return Map.of("code", code);
    }

    @Override
    boolean isOffline(Asked asked) {
        return true;
    }
}
