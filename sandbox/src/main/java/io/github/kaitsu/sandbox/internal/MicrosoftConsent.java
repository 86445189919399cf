package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.internal.Grants.Grant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Microsoft: the code flow of a public client; the tenant is in the path. */
final class MicrosoftConsent extends OwnConsent {
    MicrosoftConsent(Ledger ledger, ProviderPages pages) {
        super(ledger.world(), new OwnApps(ledger, CloudService.Provider.MICROSOFT365), pages);
    }

    @Override
    String[] labels(Labels t) {
        return new String[] {t.get("microsoft.asks"), t.get("microsoft.accept"), t.get("microsoft.cancel")};
    }

    @Override
    String words(Flaw flaw, Asked asked) {
        return switch (flaw) {
            case CLIENT ->
                "AADSTS700016: Application with identifier '" + asked.get("client_id")
                        + "' was not found in the directory '" + world.setup().company() + "'.";
            case REDIRECT ->
                "AADSTS50011: The redirect URI '" + asked.get("redirect_uri")
                        + "' specified in the request does not match the redirect URIs configured for the application '"
                        + asked.get("client_id") + "'.";
            case RESPONSE_TYPE ->
                "AADSTS70005: response_type '" + asked.get("response_type") + "' is not supported for the application.";
            case CHALLENGE_METHOD ->
                "AADSTS901012: The code_challenge_method '" + asked.get("code_challenge_method")
                        + "' is not supported.";
            case SCOPE ->
                asked.scopes().isEmpty()
                        ? "AADSTS900144: The request body must contain the following parameter: 'scope'."
                        : "AADSTS650053: The application 'Kaitsu' asked for a scope that doesn't exist on the resource.";
        };
    }

    @Override
    Map<String, String> denied() {
        return cancelled();
    }

    static Map<String, String> cancelled() {
        Map<String, String> back = new LinkedHashMap<>();
        back.put("error", "access_denied");
        back.put("error_subcode", "cancel");
        back.put("error_description", "AADSTS65004: User declined to consent to access the app.");
        return back;
    }

    @Override
    Map<String, String> granted(Asked asked, String code, Grant grant) {
        Map<String, String> back = new LinkedHashMap<>();
        back.put("code", code);
        if (asked.get("client_info").equals("1")) {
            back.put("client_info", IdTokens.clientInfo(world, grant));
        }
        back.put("session_state", world.setup().secrets().guid("microsoft/session/" + grant.id()));
        return back;
    }

    @Override
    boolean isOffline(Asked asked) {
        return asked.scopes().contains("offline_access");
    }

    @Override
    boolean asksForAllByDefault() {
        return false;
    }
}
