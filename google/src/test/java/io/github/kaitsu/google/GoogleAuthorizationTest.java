package io.github.kaitsu.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.consent.AuthorizationServer;
import io.github.kaitsu.consent.AuthorizationServer.Refusal;
import io.github.kaitsu.consent.TokenGrant;
import io.github.kaitsu.vendor.VendorCallException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GoogleAuthorizationTest {
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final String STATE = "0123456789abcdef012345";
    private static final URI BACK = URI.create("http://127.0.0.1:4000/back");
    private static final String VERIFIER = "verifier_secret_verifier_secret_verifier_secret";
    private static final String USERS = "https://www.googleapis.com/auth/admin.directory.user.readonly";
    private static final String LOGS = "https://www.googleapis.com/auth/admin.reports.audit.readonly";
    private static final Set<String> ASKED = Set.of("openid", USERS, LOGS);
    private static final String TOKENS =
            "{\"access_token\":\"access_secret\",\"expires_in\":3599,\"token_type\":\"Bearer\"," + "\"scope\":\"openid "
                    + USERS + "\",\"refresh_token\":\"refresh_secret_2\",\"id_token\":\"id_secret\"}";

    private MockWebServer server;
    private GoogleAuthorization google;

    @BeforeEach
    void start() throws IOException {
        server = new MockWebServer();
        server.start();
        google = GoogleAuthorization.builder("id.apps.example", "client_secret_1")
                .tokenUrl(base())
                .openIdUrl(base())
                .directoryUrl(base())
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private URI base() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    private static MockResponse json(int status, String body) {
        return new MockResponse()
                .setResponseCode(status)
                .setHeader("Content-Type", "application/json")
                .setBody(body);
    }

    private static AuthorizationServer.Question question(Optional<String> account) {
        return new AuthorizationServer.Question(BACK, STATE, Optional.of("challenge"), ASKED, account, Locale.JAPANESE);
    }

    /** As it was sent. The newer way names a class of okio, which this module must not depend on for its tests. */
    @SuppressWarnings("deprecation")
    private static String body(RecordedRequest request) {
        return request.getUtf8Body();
    }

    private static AuthorizationServer.Code code() {
        return new AuthorizationServer.Code("code_secret", BACK, Optional.of(VERIFIER), ASKED);
    }

    private static TokenGrant grant() {
        return new TokenGrant("access_old", Optional.of(NOW), Optional.of("refresh_secret_1"), ASKED);
    }

    @Test
    void client_isTheAppsId() {
        assertThat(google.client()).isEqualTo("id.apps.example");
    }

    @Test
    void authorizationUrl_asksForARefreshTokenWithPkce_andForNothingGrantedBefore() {
        assertThat(GoogleAuthorization.of("id.apps.example", "client_secret_1")
                        .authorizationUrl(question(Optional.of("a@example.com"))))
                .hasToString("https://accounts.google.com/o/oauth2/v2/auth?response_type=code&client_id=id.apps.example"
                        + "&redirect_uri=http%3A%2F%2F127.0.0.1%3A4000%2Fback&state=" + STATE
                        + "&scope=https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fadmin.directory.user.readonly"
                        + "%20https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fadmin.reports.audit.readonly%20openid"
                        + "&code_challenge=challenge&code_challenge_method=S256&access_type=offline&prompt=consent"
                        + "&login_hint=a%40example.com&hd=example.com&hl=ja");
        assertThat(google.authorizationUrl(question(Optional.empty())).getQuery())
                .doesNotContain("login_hint", "hd=", "include_granted_scopes");
    }

    @Test
    void redeem_bringsTheVerifier_andNamesTheScopesThatAreLeft() throws Exception {
        server.enqueue(json(200, TOKENS));
        assertThat(google.redeem(code()))
                .isEqualTo(new TokenGrant(
                        "access_secret",
                        Optional.of(NOW.plusSeconds(3599)),
                        Optional.of("refresh_secret_2"),
                        Set.of("openid", USERS)));
        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("POST /token HTTP/1.1");
        assertThat(request.getHeader("Content-Type")).startsWith("application/x-www-form-urlencoded");
        assertThat(form(request))
                .isEqualTo("client_id=id.apps.example&client_secret=client_secret_1&code=code_secret&code_verifier="
                        + VERIFIER + "&grant_type=authorization_code&redirect_uri=http://127.0.0.1:4000/back");
    }

    @Test
    void redeem_whenAScopeComesTwice_itIsOne() throws Exception {
        server.enqueue(json(200, TOKENS.replace("\"openid ", "\"openid openid ")));
        assertThat(google.redeem(code()).scopes()).containsExactlyInAnyOrder("openid", USERS);
    }

    /** The code is spent: what the library dislikes in the answer must not cost the grant. */
    @Test
    void redeem_whenTheLibraryCannotReadTheAnswer_theTokensAreTakenAllTheSame() throws Exception {
        server.enqueue(json(200, TOKENS.replace("3599", "\"soon\"")));
        TokenGrant grant = google.redeem(code());
        assertThat(grant.refreshToken()).contains("refresh_secret_2");
        assertThat(grant.expiresAt()).isEmpty();
    }

    @Test
    void refresh_keepsTheRefreshToken() throws Exception {
        server.enqueue(json(200, "{\"access_token\":\"access_secret\",\"expires_in\":3599}"));
        assertThat(google.refresh(grant()))
                .isEqualTo(new TokenGrant(
                        "access_secret", Optional.of(NOW.plusSeconds(3599)), Optional.of("refresh_secret_1"), ASKED));
        assertThat(form(server.takeRequest()))
                .isEqualTo("client_id=id.apps.example&client_secret=client_secret_1&grant_type=refresh_token"
                        + "&refresh_token=refresh_secret_1");
    }

    /** Sorted and decoded. */
    private static String form(RecordedRequest request) {
        return Arrays.stream(body(request).split("&"))
                .map(pair -> URLDecoder.decode(pair, StandardCharsets.UTF_8))
                .sorted()
                .collect(Collectors.joining("&"));
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void identify_administersOnlyASuperAdministrator(boolean isAdmin) throws Exception {
        server.enqueue(json(200, "{\"sub\":\"1234567890\"}"));
        server.enqueue(json(
                200,
                "{\"primaryEmail\":\"a@example.com\",\"customerId\":\"C01\",\"isAdmin\":" + isAdmin
                        + ",\"isDelegatedAdmin\":true}"));
        assertThat(google.identify(grant()))
                .isEqualTo(new AuthorizationServer.Identity("a@example.com", "C01", Optional.of(isAdmin)));
        RecordedRequest who = server.takeRequest();
        assertThat(who.getRequestLine()).isEqualTo("GET /v1/userinfo HTTP/1.1");
        assertThat(who.getHeader("Authorization")).isEqualTo("Bearer access_old");
        assertThat(server.takeRequest().getPath())
                .isEqualTo("/admin/directory/v1/users/1234567890?fields=primaryEmail,isAdmin,customerId");
    }

    @Test
    void identify_whenTheScopeToReadUsersWasNotGranted_saysWhatItKnows() throws Exception {
        server.enqueue(json(200, "{\"sub\":\"1234567890\"}"));
        TokenGrant fewer = new TokenGrant("access_old", Optional.of(NOW), Optional.empty(), Set.of("openid"));
        assertThat(google.identify(fewer))
                .isEqualTo(new AuthorizationServer.Identity("1234567890", "", Optional.empty()));
        server.enqueue(json(200, "{\"sub\":\"1234567890\",\"email\":\"a@example.com\"}"));
        assertThat(google.identify(fewer))
                .isEqualTo(new AuthorizationServer.Identity("a@example.com", "", Optional.empty()));
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"forbidden, false", "accessNotConfigured, true", "insufficientPermissions, true"})
    void identify_whenNotAllowed_isNoAdministrator_unlessTheAppIsToBlame(String reason, boolean fails)
            throws Exception {
        server.enqueue(json(200, "{\"sub\":\"1234567890\"}"));
        server.enqueue(json(
                403,
                "{\"error\":{\"code\":403,\"errors\":[{\"reason\":\"" + reason
                        + "\"}],\"status\":\"PERMISSION_DENIED\"}}"));
        if (fails) {
            assertThatThrownBy(() -> google.identify(grant()))
                    .hasMessage("GET /admin/directory/v1/users/1234567890: status 403 " + reason);
        } else {
            assertThat(google.identify(grant()).administrator()).contains(false);
        }
    }

    @Test
    void revoke_endsTheGrantByItsRefreshToken() throws Exception {
        server.enqueue(json(200, "{}"));
        google.revoke(grant());
        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("POST /revoke HTTP/1.1");
        assertThat(body(request)).isEqualTo("token=refresh_secret_1");
    }

    @Test
    void revoke_whenGoneAlready_isDone_andWhenItFails_saysSo() throws Exception {
        server.enqueue(json(400, "{\"error\":\"invalid_token\"}"));
        google.revoke(grant());
        server.enqueue(json(503, "{}"));
        assertThatThrownBy(() -> google.revoke(grant())).hasMessage("POST /revoke: status 503");
    }

    @ParameterizedTest
    @CsvSource({
        "access_denied, DENIED",
        "admin_policy_enforced, BLOCKED_BY_POLICY",
        "policy_enforced, BLOCKED_BY_POLICY",
        "org_internal, WRONG_ACCOUNT",
        "invalid_grant, EXPIRED",
        "disallowed_useragent, OTHER",
        "redirect_uri_mismatch, OTHER",
        "invalid_client, OTHER",
        "invalid_scope, OTHER",
        "'', OTHER"
    })
    void refusal_isTheErrorsMeaning(String error, Refusal meaning) {
        assertThat(google.refusal(error, "access_denied")).isEqualTo(meaning);
    }

    @Test
    void itSaysWhatItIs_andHidesTheSecret() {
        assertThat(google.provider()).isEqualTo(CloudService.Provider.GOOGLE);
        assertThat(google.pkce()).isTrue();
        assertThat(google.scopes()).contains("openid", USERS, LOGS);
        assertThat(google.toString() + question(Optional.empty()) + code())
                .contains("id.apps.example")
                .doesNotContain("secret", STATE);
        assertThatThrownBy(() -> GoogleAuthorization.of(" ", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> GoogleAuthorization.of("x", " ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void redeem_whenTheAnswerIsLost_isNotRepeated() {
        server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
        VendorCallException e = catchThrowableOfType(VendorCallException.class, () -> google.redeem(code()));
        assertThat(e.code()).contains("answer_lost");
        assertThat(e.retryable()).isFalse();
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"access_token\":1}",
                "{\"access_token\":\"\"}",
                "<html>",
                "{\"access_to"
            })
    void redeem_whenTheAnswerIsNone_isMalformed(String body) {
        server.enqueue(json(200, body));
        assertThatThrownBy(() -> google.redeem(code()))
                .isInstanceOf(VendorCallException.class)
                .hasMessage("POST /token: status 200 malformed_answer")
                .hasNoCause();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"error\":\"invalid_grant\",\"error_description\":\"code_secret is spent\"} | invalid_grant",
                "401 | {\"error\":\"invalid_client\",\"error_description\":\"code_secret\"} | invalid_client",
                "429 | {\"error\":\"code_secret was sent too often\"} | ",
                "503 | code_secret | ",
                "302 | {} | redirect",
            })
    void redeem_whenRefused_saysOnlyTheWord_andAsksOnce(int status, String body, String word) {
        server.enqueue(json(status, body).setHeader("Retry-After", "7").setHeader("Location", "/elsewhere"));
        VendorCallException e = catchThrowableOfType(VendorCallException.class, () -> google.redeem(code()));
        assertThat(e.status()).isEqualTo(status);
        assertThat(e.code()).isEqualTo(Optional.ofNullable(word));
        assertThat(e.retryAfter()).contains(Duration.ofSeconds(7));
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString() + google).doesNotContain("secret");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void redeem_whenTheThreadIsInterrupted_endsWithTheInterruption() {
        server.enqueue(json(200, TOKENS).setHeadersDelay(30, TimeUnit.SECONDS));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> google.redeem(code())).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void refresh_whenTheGrantIsGone_saysInvalidGrant() {
        server.enqueue(json(400, "{\"error\":\"invalid_grant\"}"));
        VendorCallException e = catchThrowableOfType(VendorCallException.class, () -> google.refresh(grant()));
        assertThat(e.code()).contains("invalid_grant");
        TokenGrant without = new TokenGrant("access_old", Optional.empty(), Optional.empty(), ASKED);
        assertThatThrownBy(() -> google.refresh(without)).hasMessageContaining("invalid_grant");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }
}
