package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.internal.Grants.Grant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Google: the person may untick scopes, so that fewer come back; a refresh token only when consent is given anew. */
final class GoogleConsent extends OwnConsent {
    GoogleConsent(Ledger ledger, ProviderPages pages) {
        super(ledger.world(), new OwnApps(ledger, CloudService.Provider.GOOGLE), pages);
    }

    @Override
    String[] labels(Labels t) {
        return new String[] {t.get("google.requests"), t.get("google.allow"), t.get("google.deny")};
    }

    @Override
    String words(Flaw flaw, Asked asked) {
        return switch (flaw) {
            case CLIENT -> "Error 401: invalid_client";
            case REDIRECT -> "Error 400: redirect_uri_mismatch";
            case RESPONSE_TYPE -> "Error 400: unsupported_response_type";
            case CHALLENGE_METHOD -> "Error 400: invalid_request";
            case SCOPE ->
                asked.scopes().isEmpty()
                        ? "Error 400: invalid_request. Missing required parameter: scope"
                        : "Error 400: invalid_scope";
        };
    }

    @Override
    Map<String, String> denied() {
        return Map.of("error", "access_denied");
    }

    @Override
    Map<String, String> granted(Asked asked, String code, Grant grant) {
        Map<String, String> back = new LinkedHashMap<>();
        back.put("iss", "https://accounts.google.com");
        back.put("code", code);
        back.put("scope", String.join(" ", grant.scopes()));
        back.put("authuser", "0");
        back.put("hd", IdTokens.domain(grant.account()));
        back.put("prompt", "consent");
        return back;
    }

    @Override
    boolean isOffline(Asked asked) {
        boolean anew = OwnApps.list(asked.get("prompt")).contains("consent") || !apps.knows(apps.administrator());
        return asked.get("access_type").equals("offline") && anew;
    }

    @Override
    boolean asksForAllByDefault() {
        return false;
    }

    /** One scope besides signing in can only be granted or denied. */
    @Override
    void show(List<String> scopes, Form form) {
        boolean several = mayChoose(scopes);
        for (String scope : scopes) {
            if (several && !OwnApp.isSignIn(scope)) {
                form.tick("scope", scope, scope, true);
            } else {
                form.note(scope);
            }
        }
    }

    @Override
    List<String> chosen(List<String> scopes, Request r) {
        boolean several = mayChoose(scopes);
        return scopes.stream()
                .filter(s -> !several || OwnApp.isSignIn(s) || r.fields("scope").contains(s))
                .toList();
    }

    private static boolean mayChoose(List<String> scopes) {
        return scopes.stream().filter(s -> !OwnApp.isSignIn(s)).count() > 1;
    }
}
