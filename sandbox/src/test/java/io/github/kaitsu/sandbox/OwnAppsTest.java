package io.github.kaitsu.sandbox;

import static io.github.kaitsu.sandbox.CheckedCalls.json;
import static io.github.kaitsu.sandbox.OwnAppCalls.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kaitsu.CloudService;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Consent to the embedding team's own application, and its tokens, as each of the four vendors handles them. */
class OwnAppsTest {
    @ParameterizedTest
    @EnumSource(CloudService.Provider.class)
    void code_isGoodOnce_forTheClientThatAskedAndForWhatItAsked(CloudService.Provider provider) {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            OwnAppCalls app = new OwnAppCalls(sandbox, provider);
            Map<String, String> back = app.consent(app.asking(app.usualScopes()), app.allow());
            assertThat(back).containsEntry("state", "s&t");
            Map<String, String> redeeming = app.redeeming(back.get("code"), back.get("redirect_uri"));
            HttpResponse<String> answer = app.token(redeeming);
            assertThat(answer.statusCode()).isEqualTo(200);
            String access = json(answer).get("access_token").asText();
            assertThat(json(answer).get("refresh_token").asText()).isNotEmpty();
            assertThat(app.call(access).statusCode()).isEqualTo(liveStatus(provider));
            assertThat(app.token(redeeming).body()).contains("invalid_grant");
            assertThat(app.call(access).statusCode()).isEqualTo(liveStatus(provider)); // a replay ends nothing
        }
    }

    @ParameterizedTest
    @EnumSource(CloudService.Provider.class)
    void code_whenLate_unknown_orBroughtByAStranger_isRefused(CloudService.Provider provider) {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            OwnAppCalls app = new OwnAppCalls(sandbox, provider);
            Map<String, String> good = app.code();
            assertThat(app.token(with(good, "code", "x1")).body()).contains("invalid_grant");
            assertThat(app.token(with(good, "redirect_uri", "http://127.0.0.1:1/other"))
                            .statusCode())
                    .isEqualTo(400);
            HttpResponse<String> stranger = app.token(with(good, "client_id", "somebody"));
            assertThat(stranger.statusCode()).isIn(400, 401);
            assertThat(json(stranger).get("error").asText()).endsWith("_client");
            HttpResponse<String> secret = app.token(with(good, "client_secret", "guessed"));
            assertThat(json(secret).get("error").asText()).isEqualTo("invalid_client");
            assertThat(app.token(with(good, "grant_type", "password")).body()).contains("unsupported_grant_type");
            sandbox.clock().advance(Duration.ofMinutes(11));
            assertThat(app.token(good).body()).contains("invalid_grant");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = CloudService.Provider.class,
            names = {"DROPBOX", "GOOGLE", "MICROSOFT365"})
    void code_withoutTheRightVerifier_isRefused(CloudService.Provider provider) {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            OwnAppCalls app = new OwnAppCalls(sandbox, provider);
            Map<String, String> good = app.code();
            assertThat(app.token(with(good, "code_verifier", "")).statusCode()).isEqualTo(400);
            HttpResponse<String> wrong = app.token(with(good, "code_verifier", OwnAppCalls.VERIFIER.replace('a', 'b')));
            assertThat(wrong.statusCode()).isEqualTo(400);
            assertThat(wrong.body()).contains("invalid_grant").containsIgnoringCase("verifier");
            assertThat(app.token(good).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void code_atDropbox_withoutAChallenge_isWorthNothingToAPublicClient() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            OwnAppCalls app = new OwnAppCalls(sandbox, CloudService.Provider.DROPBOX);
            Map<String, String> asked = with(app.asking(), "code_challenge", "");
            Map<String, String> back = app.consent(with(asked, "code_challenge_method", ""), app.allow());
            Map<String, String> redeeming = app.redeeming(back.get("code"), back.get("redirect_uri"));
            assertThat(app.token(with(redeeming, "code_verifier", "")).body()).contains("No auth function");
            assertThat(app.token(redeeming).body()).contains("No auth function");
        }
    }

    @ParameterizedTest
    @EnumSource(CloudService.Provider.class)
    void denied_comesBackWithTheState(CloudService.Provider provider) {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            OwnAppCalls app = new OwnAppCalls(sandbox, provider);
            Map<String, String> back = app.consent(app.asking(app.usualScopes()), app.deny());
            assertThat(back).containsEntry("error", "access_denied").containsEntry("state", "s&t");
            assertThat(back).doesNotContainKey("code");
        }
    }

    @ParameterizedTest
    @EnumSource(CloudService.Provider.class)
    void address_whenWrong_showsTheVendorsErrorAndSendsNobodyAnywhere(CloudService.Provider provider) {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            OwnAppCalls app = new OwnAppCalls(sandbox, provider);
            Map<String, String> good =
                    with(app.asking(app.usualScopes()), "redirect_uri", "http://localhost:4711/callback");
            assertThat(app.page(good).hasButton(app.allow())).isTrue();
            Map<String, String> wrong = new LinkedHashMap<>();
            wrong.put("client_id", "somebody");
            wrong.put("redirect_uri", "https://elsewhere.example.com/");
            wrong.put("response_type", "token");
            wrong.put("scope", "files.content.write");
            wrong.forEach((name, value) -> {
                var page = app.page(with(good, name, value));
                assertThat(page.status()).as(name).isEqualTo(400);
                assertThat(page.error()).as(name).isNotEmpty();
                assertThat(page.hasButton(app.allow())).isFalse();
            });
            String registered = "https://app.example.com/oauth/callback";
            assertThat(app.page(with(good, "redirect_uri", registered)).hasButton(app.allow()))
                    .isTrue();
            assertThat(app.page(with(good, "redirect_uri", registered + "/more"))
                            .hasButton(app.allow()))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(CloudService.Provider.class)
    void refresh_followsEachVendorsRules(CloudService.Provider provider) {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            OwnAppCalls app = new OwnAppCalls(sandbox, provider);
            Sandbox.Tokens minted = sandbox.mintTokens(provider);
            assertThat(app.call(minted.accessToken()).statusCode()).isEqualTo(liveStatus(provider));
            sandbox.clock().advance(Duration.ofHours(4));
            assertThat(app.call(minted.accessToken()).statusCode()).isEqualTo(401);
            JsonNode first = json(app.refresh(minted.refreshToken()));
            assertThat(app.call(first.get("access_token").asText()).statusCode())
                    .isEqualTo(liveStatus(provider));
            assertThat(first.has("refresh_token"))
                    .isEqualTo(provider == CloudService.Provider.BOX || provider == CloudService.Provider.MICROSOFT365);
            boolean again = app.refresh(minted.refreshToken()).statusCode() == 200;
            assertThat(again).isEqualTo(provider != CloudService.Provider.BOX);
            assertThat(sandbox.summary().refreshes(provider))
                    .isEqualTo(new SandboxSummary.Refreshes(2, provider == CloudService.Provider.BOX ? 1 : 2));
            sandbox.clock().advance(Duration.ofDays(91));
            String last = first.path("refresh_token").asText(minted.refreshToken());
            boolean lasts = provider == CloudService.Provider.DROPBOX || provider == CloudService.Provider.GOOGLE;
            assertThat(app.refresh(last).statusCode() == 200).isEqualTo(lasts);
        }
    }

    @Test
    void revoked_endsTheWholeGrant() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            OwnAppCalls google = new OwnAppCalls(sandbox, CloudService.Provider.GOOGLE);
            Sandbox.Tokens tokens = sandbox.mintTokens(CloudService.Provider.GOOGLE);
            Map<String, String> token = Map.of("token", tokens.refreshToken());
            assertThat(google.post(sandbox.googleApi() + "/revoke", token).statusCode())
                    .isEqualTo(200);
            assertThat(google.call(tokens.accessToken()).statusCode()).isEqualTo(401);
            assertThat(google.refresh(tokens.refreshToken()).body()).contains("invalid_grant", "expired or revoked");
            assertThat(google.post(sandbox.googleApi() + "/revoke", token).body())
                    .contains("invalid_token");

            OwnAppCalls dropbox = new OwnAppCalls(sandbox, CloudService.Provider.DROPBOX);
            Sandbox.Tokens team = sandbox.mintTokens(CloudService.Provider.DROPBOX);
            String more = json(dropbox.refresh(team.refreshToken()))
                    .get("access_token")
                    .asText();
            assertThat(dropbox.send(HttpRequest.newBuilder(URI.create(sandbox.dropboxApi() + "/2/auth/token/revoke"))
                                    .header("Authorization", "Bearer " + more)
                                    .POST(HttpRequest.BodyPublishers.ofString("null")))
                            .body())
                    .isEqualTo("null");
            assertThat(dropbox.call(team.accessToken()).body()).contains("invalid_access_token");
            assertThat(dropbox.refresh(team.refreshToken()).body()).contains("invalid_grant");
        }
    }

    @Test
    void google_whenThePersonUnticksAScope_theAnswerSaysWhatIsLeft() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            OwnAppCalls app = new OwnAppCalls(sandbox, CloudService.Provider.GOOGLE);
            String unticked = app.usualScopes()[1];
            Map<String, String> back = app.consent(app.asking(app.usualScopes()), app.allow(), Map.of(unticked, ""));
            assertThat(back.get("scope")).doesNotContain(unticked).contains(app.usualScopes()[2]);
            JsonNode answer = json(app.token(app.redeeming(back.get("code"), back.get("redirect_uri"))));
            assertThat(answer.get("scope").asText()).isEqualTo("openid " + app.usualScopes()[2]);
            JsonNode who = claims(answer.get("id_token").asText());
            assertThat(who.get("email").asText()).isEqualTo(sandbox.administrator());
            assertThat(who.get("hd").asText()).isEqualTo("example.co.jp");
        }
    }

    @Test
    void google_withoutPromptingAnew_bringsNoSecondRefreshToken() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            OwnAppCalls app = new OwnAppCalls(sandbox, CloudService.Provider.GOOGLE);
            assertThat(json(app.token(app.code())).has("refresh_token")).isTrue();
            Map<String, String> back = app.consent(with(app.asking(app.usualScopes()), "prompt", ""), app.allow());
            assertThat(json(app.token(app.redeeming(back.get("code"), back.get("redirect_uri"))))
                            .has("refresh_token"))
                    .isFalse();
        }
    }

    @Test
    void microsoft_saysWhoSignedIn_andRefreshesForFewerScopes() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            OwnAppCalls app = new OwnAppCalls(sandbox, CloudService.Provider.MICROSOFT365);
            JsonNode answer = json(app.token(app.code()));
            assertThat(answer.get("scope").asText())
                    .isEqualTo("openid profile https://graph.microsoft.com/Directory.Read.All");
            JsonNode who = claims(answer.get("id_token").asText());
            assertThat(who.get("tid").asText()).isEqualTo(sandbox.tenant(CloudService.Provider.MICROSOFT365));
            assertThat(who.get("preferred_username").asText()).isEqualTo(sandbox.administrator());
            JsonNode client = json(
                    utf8(Base64.getUrlDecoder().decode(answer.get("client_info").asText())));
            assertThat(client.get("uid")).isEqualTo(who.get("oid"));
            Map<String, String> refresh = new LinkedHashMap<>();
            refresh.put("grant_type", "refresh_token");
            refresh.put("refresh_token", answer.get("refresh_token").asText());
            assertThat(app.token(with(refresh, "scope", "Directory.Read.All openid offline_access"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(app.token(with(refresh, "scope", "AuditLog.Read.All")).body())
                    .contains("AADSTS65001");
        }
    }

    @Test
    void microsoft_default_meansAllThatIsRegistered() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            OwnAppCalls app = new OwnAppCalls(sandbox, CloudService.Provider.MICROSOFT365);
            Map<String, String> back = app.consent(
                    app.asking("openid", "offline_access", "https://graph.microsoft.com/.default"), app.allow());
            JsonNode answer = json(app.token(app.redeeming(back.get("code"), back.get("redirect_uri"))));
            assertThat(answer.get("scope").asText()).contains("Directory.Read.All", "AuditLog.Read.All");
        }
    }

    @Test
    void microsoft_tellsClientsWhereItsEndpointsAre() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            OwnAppCalls app = new OwnAppCalls(sandbox, CloudService.Provider.MICROSOFT365);
            String tenant = sandbox.tenant(app.provider);
            HttpRequest.Builder configuration = HttpRequest.newBuilder(
                    URI.create(sandbox.microsoft() + "/" + tenant + "/v2.0/.well-known/openid-configuration"));
            assertThat(json(app.send(configuration)).get("token_endpoint").asText())
                    .isEqualTo(sandbox.microsoft() + "/" + tenant + "/oauth2/v2.0/token");
            HttpRequest.Builder instances = HttpRequest.newBuilder(
                    URI.create(sandbox.microsoft() + "/common/discovery/instance?api-version=1.1"));
            assertThat(json(app.send(instances)).at("/metadata/0/aliases")).isNotEmpty();
            assertThat(app.post(sandbox.microsoft() + "/nobody.example/oauth2/v2.0/token", Map.of())
                            .body())
                    .contains("AADSTS90002");
            assertThat(sandbox.summary().handsOn(HandsOn.Actor.PERSON)).isEqualTo(HandsOn.NOTHING);
        }
    }

    @Test
    void dropbox_withoutARedirectAddress_showsTheCode() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            OwnAppCalls app = new OwnAppCalls(sandbox, CloudService.Provider.DROPBOX);
            var shown = app.walk.visitor.press(app.page(app.asking(app.usualScopes())), app.allow());
            String code = shown.headings().get(0);
            assertThat(app.token(with(app.redeeming(code, ""), "redirect_uri", ""))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private static JsonNode claims(String token) {
        return json(utf8(Base64.getUrlDecoder().decode(token.split("\\.")[1])));
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The calls that show a token's worth are known to nobody but Box. */
    private static int liveStatus(CloudService.Provider provider) {
        return switch (provider) {
            case BOX -> 200;
            case GOOGLE -> 404;
            case DROPBOX, MICROSOFT365 -> 400;
        };
    }
}
