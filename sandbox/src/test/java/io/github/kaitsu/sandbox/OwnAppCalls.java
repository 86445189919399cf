package io.github.kaitsu.sandbox;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.internal.View;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** An application of the embedding team's own at one provider, written with the JDK alone. */
final class OwnAppCalls {
    static final String VERIFIER = "abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQ";

    private final HttpClient client = HttpClient.newHttpClient();
    final Sandbox sandbox;
    final CloudService.Provider provider;
    final Walk walk;

    OwnAppCalls(Sandbox sandbox, CloudService.Provider provider) {
        this.sandbox = sandbox;
        this.provider = provider;
        this.walk = new Walk(sandbox);
    }

    /** What this provider's authorization address carries when all is right, without the redirect address. */
    Map<String, String> asking(String... scopes) {
        Map<String, String> out = new LinkedHashMap<>();
        out.put("client_id", sandbox.clientId(provider));
        out.put("response_type", "code");
        out.put("state", "s&t");
        if (scopes.length > 0) {
            out.put("scope", String.join(" ", scopes));
        }
        if (provider != CloudService.Provider.BOX) {
            out.put("code_challenge", challenge(VERIFIER));
            out.put("code_challenge_method", "S256");
        }
        if (provider == CloudService.Provider.DROPBOX) {
            out.put("token_access_type", "offline");
        }
        if (provider == CloudService.Provider.GOOGLE) {
            out.put("access_type", "offline");
            out.put("prompt", "consent");
        }
        return out;
    }

    String[] usualScopes() {
        return switch (provider) {
            case BOX -> new String[0];
            case DROPBOX -> new String[] {"team_info.read", "members.read"};
            case GOOGLE ->
                new String[] {
                    "openid",
                    "https://www.googleapis.com/auth/admin.directory.user.readonly",
                    "https://www.googleapis.com/auth/admin.reports.audit.readonly"
                };
            case MICROSOFT365 ->
                new String[] {"openid", "profile", "offline_access", "https://graph.microsoft.com/Directory.Read.All"};
        };
    }

    String allow() {
        return switch (provider) {
            case BOX -> "Boxへのアクセス許可";
            case DROPBOX, GOOGLE -> "許可";
            case MICROSOFT365 -> "承諾";
        };
    }

    String deny() {
        return provider == CloudService.Provider.BOX ? "Boxへのアクセス拒否" : "キャンセル";
    }

    /** The page behind an authorization address, signed in. */
    View page(Map<String, String> asked) {
        return walk.signIn(walk.visitor.open(authorize(asked)));
    }

    URI authorize(Map<String, String> asked) {
        String address = switch (provider) {
            case BOX -> sandbox.box() + "/api/oauth2/authorize";
            case DROPBOX -> sandbox.dropbox() + "/oauth2/authorize";
            case GOOGLE -> sandbox.google() + "/o/oauth2/v2/auth";
            case MICROSOFT365 -> sandbox.microsoft() + "/organizations/oauth2/v2.0/authorize";
        };
        return URI.create(address + "?" + CheckedCalls.form(asked));
    }

    /** Asks, presses a button, and returns what came back with the redirect address it came to. */
    Map<String, String> consent(Map<String, String> asked, String button) {
        return consent(asked, button, Map.of());
    }

    Map<String, String> consent(Map<String, String> asked, String button, Map<String, String> fields) {
        try (Receiver receiver = new Receiver()) {
            Map<String, String> all = new LinkedHashMap<>(asked);
            all.putIfAbsent("redirect_uri", receiver.address());
            walk.visitor.press(page(all), button, fields);
            Map<String, String> back = new LinkedHashMap<>(receiver.seen);
            back.put("redirect_uri", all.get("redirect_uri"));
            return back;
        }
    }

    /** Consents as usual; what the token endpoint wants for the code. */
    Map<String, String> code() {
        Map<String, String> back = consent(asking(usualScopes()), allow());
        return redeeming(back.get("code"), back.get("redirect_uri"));
    }

    Map<String, String> redeeming(String code, String redirect) {
        Map<String, String> out = new LinkedHashMap<>();
        out.put("grant_type", "authorization_code");
        out.put("code", code);
        out.put("redirect_uri", redirect);
        if (provider != CloudService.Provider.BOX) {
            out.put("code_verifier", VERIFIER);
        }
        return out;
    }

    HttpResponse<String> token(Map<String, String> form) {
        Map<String, String> all = new LinkedHashMap<>(form);
        all.putIfAbsent("client_id", sandbox.clientId(provider));
        sandbox.clientSecret(provider).ifPresent(s -> all.putIfAbsent("client_secret", s));
        return post(tokenEndpoint(), all);
    }

    HttpResponse<String> refresh(String refreshToken) {
        return token(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
    }

    HttpResponse<String> post(String address, Map<String, String> form) {
        return send(HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(CheckedCalls.form(form))));
    }

    private String tokenEndpoint() {
        return switch (provider) {
            case BOX -> sandbox.boxApi() + "/oauth2/token";
            case DROPBOX -> sandbox.dropboxApi() + "/oauth2/token";
            case GOOGLE -> sandbox.googleApi() + "/token";
            case MICROSOFT365 -> sandbox.microsoft() + "/organizations/oauth2/v2.0/token";
        };
    }

    /** A call of the provider's API that shows whether a token is good. */
    HttpResponse<String> call(String accessToken) {
        URI api = URI.create(
                switch (provider) {
                    case BOX -> sandbox.boxApi() + "/2.0/users/me";
                    case DROPBOX -> sandbox.dropboxApi() + "/2/nothing/of_this_name";
                    case GOOGLE -> sandbox.googleApi() + "/nothing/of/this/name";
                    case MICROSOFT365 -> sandbox.graph() + "/v1.0/nothingOfThisName";
                });
        HttpRequest.Builder request = HttpRequest.newBuilder(api);
        if (!accessToken.isEmpty()) {
            request.header("Authorization", "Bearer " + accessToken);
        }
        return send(
                provider == CloudService.Provider.DROPBOX
                        ? request.POST(HttpRequest.BodyPublishers.ofString("null"))
                        : request.GET());
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        return CheckedCalls.send(client, request);
    }

    static Map<String, String> with(Map<String, String> values, String name, String value) {
        Map<String, String> out = new LinkedHashMap<>(values);
        if (value.isEmpty()) {
            out.remove(name);
        } else {
            out.put(name, value);
        }
        return out;
    }

    static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
