package io.github.kaitsu.dropbox;

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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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
class DropboxAuthorizationTest {
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final String STATE = "0123456789abcdef012345";
    private static final URI BACK = URI.create("http://127.0.0.1:4000/back");
    private static final String VERIFIER = "verifier_secret_verifier_secret_verifier_secret";
    private static final Set<String> ASKED = Set.of("team_info.read", "events.read");
    private static final String TOKENS = """
            {"access_token":"access_secret","expires_in":14400,"token_type":"bearer","scope":"account_info.read team_info.read",\
            "refresh_token":"refresh_secret_2","team_id":"dbtid:1","uid":""}""";
    private static final String ADMIN = """
            {"admin_profile":{"team_member_id":"dbmid:1","email":"admin@example.com","email_verified":true,\
            "status":{".tag":"active"},"name":{"given_name":"A","surname":"B","familiar_name":"A","display_name":"A B",\
            "abbreviated_name":"AB"},"membership_type":{".tag":"full"},"groups":[],"member_folder_id":"1","root_folder_id":"2"}}""";
    private static final String TEAM = """
            {"name":"Example","team_id":"dbtid:1","num_licensed_users":5,"num_provisioned_users":3,"num_used_licenses":3,\
            "policies":{"sharing":{"shared_folder_member_policy":{".tag":"team"},"shared_folder_join_policy":{".tag":"from_anyone"},\
            "shared_link_create_policy":{".tag":"team_only"},"group_creation_policy":{".tag":"admins_only"},\
            "shared_folder_link_restriction_policy":{".tag":"members"},"enforce_link_password_policy":{".tag":"optional"},\
            "default_link_expiration_days_policy":{".tag":"none"},"shared_link_default_permissions_policy":{".tag":"default"}},\
            "emm_state":{".tag":"disabled"},"office_addin":{".tag":"disabled"},"suggest_members_policy":{".tag":"enabled"},\
            "top_level_content_policy":{".tag":"admin_only"}}}""";

    private MockWebServer server;
    private DropboxAuthorization dropbox;

    @BeforeEach
    void start() throws IOException {
        server = new MockWebServer();
        server.start();
        dropbox = DropboxAuthorization.builder("app_key")
                .baseUrl(base())
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
        assertThat(dropbox.client()).isEqualTo("app_key");
    }

    @Test
    void authorizationUrl_asksAWorkAccountForARefreshTokenWithPkce() {
        assertThat(DropboxAuthorization.of("app_key").authorizationUrl(question(Optional.of("a@example.com"))))
                .hasToString("https://www.dropbox.com/oauth2/authorize?response_type=code&client_id=app_key"
                        + "&redirect_uri=http%3A%2F%2F127.0.0.1%3A4000%2Fback&state=" + STATE
                        + "&scope=events.read%20team_info.read&code_challenge=challenge&code_challenge_method=S256"
                        + "&token_access_type=offline&require_role=work&disable_signup=true&locale=ja");
    }

    /** {@code DbxPKCEWebAuth} can only finish what the same instance began. */
    @Test
    void redeem_whenAnotherProcessBegan_bringsItsVerifierAndNoSecret() throws Exception {
        server.enqueue(json(200, TOKENS));
        assertThat(dropbox.redeem(code()))
                .isEqualTo(new TokenGrant(
                        "access_secret",
                        Optional.of(NOW.plus(Duration.ofHours(4))),
                        Optional.of("refresh_secret_2"),
                        Set.of("account_info.read", "team_info.read")));
        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("POST /oauth2/token HTTP/1.1");
        assertThat(request.getHeader("Content-Type")).startsWith("application/x-www-form-urlencoded");
        assertThat(request.getHeader("Authorization")).isNull();
        assertThat(body(request).split("&"))
                .containsExactlyInAnyOrder(
                        "grant_type=authorization_code",
                        "code=code_secret",
                        "client_id=app_key",
                        "code_verifier=" + VERIFIER,
                        "redirect_uri=http%3A%2F%2F127.0.0.1%3A4000%2Fback");
    }

    @Test
    void redeem_whenDropboxDoesNotSayTheScopes_namesThoseAskedFor() throws Exception {
        server.enqueue(json(200, TOKENS.replace("\"scope\":\"account_info.read team_info.read\",", "")));
        assertThat(dropbox.redeem(code()).scopes()).isEqualTo(ASKED);
    }

    @Test
    void redeem_whenAScopeComesTwice_itIsOne() throws Exception {
        server.enqueue(json(200, TOKENS.replace("account_info.read team_info.read", "a.read b.read  a.read")));
        assertThat(dropbox.redeem(code()).scopes()).containsExactlyInAnyOrder("a.read", "b.read");
    }

    /** The code is spent: what the SDK dislikes in the answer must not cost the grant. */
    @Test
    void redeem_whenTheSdkCannotReadTheAnswer_theTokensAreTakenAllTheSame() throws Exception {
        server.enqueue(json(200, "{\"access_token\":\"access_secret\",\"refresh_token\":\"refresh_secret_2\"}"));
        assertThat(dropbox.redeem(code()).refreshToken()).contains("refresh_secret_2");
    }

    @Test
    void refresh_keepsTheRefreshToken_andNeedsNoSecret() throws Exception {
        server.enqueue(
                json(200, "{\"access_token\":\"access_secret\",\"expires_in\":14400,\"token_type\":\"bearer\"}"));
        assertThat(dropbox.refresh(grant()))
                .isEqualTo(new TokenGrant(
                        "access_secret",
                        Optional.of(NOW.plus(Duration.ofHours(4))),
                        Optional.of("refresh_secret_1"),
                        ASKED));
        RecordedRequest request = server.takeRequest();
        assertThat(request.getHeader("Authorization")).isNull();
        assertThat(body(request).split("&"))
                .containsExactlyInAnyOrder(
                        "grant_type=refresh_token", "refresh_token=refresh_secret_1", "client_id=app_key");
    }

    @Test
    void identify_namesTheAdministratorAndTheTeam() throws Exception {
        server.enqueue(json(200, TEAM));
        server.enqueue(json(200, ADMIN));
        assertThat(dropbox.identify(grant()))
                .isEqualTo(new AuthorizationServer.Identity("admin@example.com", "dbtid:1", Optional.of(true)));
        RecordedRequest team = server.takeRequest();
        assertThat(team.getRequestLine()).isEqualTo("POST /2/team/get_info HTTP/1.1");
        assertThat(team.getHeader("Authorization")).isEqualTo("Bearer access_old");
        assertThat(server.takeRequest().getPath()).isEqualTo("/2/team/token/get_authenticated_admin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mapping_not_found", "admin_not_active"})
    void identify_whenNoAdministratorStandsBehindTheToken_saysSo(String tag) throws Exception {
        server.enqueue(json(200, TEAM));
        server.enqueue(json(409, "{\"error_summary\":\"" + tag + "/..\",\"error\":{\".tag\":\"" + tag + "\"}}"));
        assertThat(dropbox.identify(grant()))
                .isEqualTo(new AuthorizationServer.Identity("", "dbtid:1", Optional.of(false)));
    }

    @Test
    void identify_whenAScopeIsMissing_saysWhichKindOfRefusal() {
        server.enqueue(
                json(
                        401,
                        "{\"error_summary\":\"missing_scope/..\",\"error\":{\".tag\":\"missing_scope\",\"required_scope\":\"x\"}}"));
        assertThatThrownBy(() -> dropbox.identify(grant()))
                .hasMessage("POST /2/team/get_info: status 401 missing_scope");
    }

    @Test
    void revoke_endsTheTokenAndItsRefreshToken() throws Exception {
        server.enqueue(json(200, "null"));
        dropbox.revoke(grant());
        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("POST /2/auth/token/revoke HTTP/1.1");
        assertThat(request.getHeader("Authorization")).isEqualTo("Bearer access_old");
        assertThat(body(request)).isEqualTo("null");
    }

    @Test
    void revoke_whenTheAccessTokenHasRunOut_renewsItFirst() throws Exception {
        server.enqueue(json(401, "{\"error_summary\":\"x\",\"error\":{\".tag\":\"expired_access_token\"}}"));
        server.enqueue(
                json(200, "{\"access_token\":\"access_secret\",\"expires_in\":14400,\"token_type\":\"bearer\"}"));
        server.enqueue(json(200, "null"));
        dropbox.revoke(grant());
        server.takeRequest();
        server.takeRequest();
        assertThat(server.takeRequest().getHeader("Authorization")).isEqualTo("Bearer access_secret");
    }

    @Test
    void revoke_whenGoneAlready_isDone() throws Exception {
        server.enqueue(json(401, "{\"error_summary\":\"x\",\"error\":{\".tag\":\"invalid_access_token\"}}"));
        server.enqueue(json(400, "{\"error\":\"invalid_grant\"}"));
        dropbox.revoke(grant());
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void revoke_whenItFails_saysSo() {
        server.enqueue(json(500, "oops"));
        assertThatThrownBy(() -> dropbox.revoke(grant())).hasMessage("POST /2/auth/token/revoke: status 500");
        server.enqueue(json(401, "{\"error_summary\":\"x\",\"error\":{\".tag\":\"expired_access_token\"}}"));
        server.enqueue(json(503, ""));
        assertThatThrownBy(() -> dropbox.revoke(grant())).hasMessage("POST /oauth2/token: status 503");
    }

    @ParameterizedTest
    @CsvSource({
        "access_denied, DENIED",
        "invalid_grant, EXPIRED",
        "invalid_client, OTHER",
        "unauthorized_client, BLOCKED_BY_POLICY",
        "temporarily_unavailable, OTHER",
        "'', OTHER"
    })
    void refusal_isTheErrorsMeaning(String error, Refusal meaning) {
        assertThat(dropbox.refusal(error, "access_denied")).isEqualTo(meaning);
    }

    @Test
    void itSaysWhatItIs() {
        assertThat(dropbox.provider()).isEqualTo(CloudService.Provider.DROPBOX);
        assertThat(dropbox.pkce()).isTrue();
        assertThat(dropbox.scopes()).allMatch(scope -> scope.endsWith(".read") || scope.equals("team_data.member"));
        assertThat(dropbox.toString() + question(Optional.empty()) + code())
                .contains("app_key")
                .doesNotContain("secret", STATE);
        assertThatThrownBy(() -> DropboxAuthorization.of(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void redeem_whenTheAnswerIsLost_isNotRepeated() {
        server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
        VendorCallException e = catchThrowableOfType(VendorCallException.class, () -> dropbox.redeem(code()));
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
        assertThatThrownBy(() -> dropbox.redeem(code()))
                .isInstanceOf(VendorCallException.class)
                .hasMessage("POST /oauth2/token: status 200 malformed_answer")
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
        VendorCallException e = catchThrowableOfType(VendorCallException.class, () -> dropbox.redeem(code()));
        assertThat(e.status()).isEqualTo(status);
        assertThat(e.code()).isEqualTo(Optional.ofNullable(word));
        assertThat(e.retryAfter()).contains(Duration.ofSeconds(7));
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString() + dropbox).doesNotContain("secret");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void redeem_whenTheThreadIsInterrupted_endsWithTheInterruption() {
        server.enqueue(json(200, TOKENS).setHeadersDelay(30, TimeUnit.SECONDS));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> dropbox.redeem(code())).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void refresh_whenTheGrantIsGone_saysInvalidGrant() {
        server.enqueue(json(400, "{\"error\":\"invalid_grant\"}"));
        VendorCallException e = catchThrowableOfType(VendorCallException.class, () -> dropbox.refresh(grant()));
        assertThat(e.code()).contains("invalid_grant");
        TokenGrant without = new TokenGrant("access_old", Optional.empty(), Optional.empty(), ASKED);
        assertThatThrownBy(() -> dropbox.refresh(without)).hasMessageContaining("invalid_grant");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }
}
