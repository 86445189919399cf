package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.internal.Grants.Grant;
import java.util.Map;

/** Dropbox: PKCE, a refresh token if {@code token_access_type=offline}, the code on the screen if there is no redirect address. */
final class DropboxConsent extends OwnConsent {
    DropboxConsent(Ledger ledger, ProviderPages pages) {
        super(ledger.world(), new OwnApps(ledger, CloudService.Provider.DROPBOX), pages);
    }

    @Override
    String[] labels(Labels t) {
        return new String[] {"Dropbox", t.get("dropbox.allow"), t.get("dropbox.deny")};
    }

    @Override
    String words(Flaw flaw, Asked asked) {
        return switch (flaw) {
            case CLIENT -> "Invalid client_id: \"" + asked.get("client_id") + "\".";
            case REDIRECT ->
                "Invalid redirect_uri. It must exactly match one of the redirect URIs you've pre-configured for your"
                        + " app (including the path).";
            case RESPONSE_TYPE -> "Invalid response_type: \"" + asked.get("response_type") + "\".";
            case CHALLENGE_METHOD -> "Invalid code_challenge_method.";
            case SCOPE -> "This app is not configured for the requested scopes.";
        };
    }

    @Override
    Map<String, String> denied() {
        return Map.of(
                "error",
                "access_denied",
                "error_description",
                "The user chose not to give your app access to their Dropbox account.");
    }

    @Override
    Map<String, String> granted(Asked asked, String code, Grant grant) {
        return Map.of("code", code);
    }

    @Override
    boolean isOffline(Asked asked) {
        return asked.get("token_access_type").equals("offline");
    }

    @Override
    boolean showsCode(Asked asked) {
        return asked.get("redirect_uri").isEmpty();
    }
}
