package io.github.kaitsu.box;

import static io.github.kaitsu.box.BoxServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.consent.AuthorizationServer;
import io.github.kaitsu.consent.AuthorizationServer.Refusal;
import io.github.kaitsu.consent.TokenGrant;
import io.github.kaitsu.vendor.VendorCallException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import okhttp3.mockwebserver.MockResponse;
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
class BoxAuthorizationTest {
    private static final String TOKEN = "/oauth2/token";
    private static final String REVOKE = "/oauth2/revoke";
    private static final String ME = "/2.0/users/me";
    private static final String CLIENT = "&client_id=abc&client_secret=client_secret_1";
    private static final Set<String> ASKED = Set.of("root_readonly");
    private static final String TOKENS = """
            {"access_token":"access_secret","expires_in":3600,"refresh_token":"refresh_secret_2",\
            "restricted_to":[],"token_type":"bearer"}""";

    private BoxServer server;
    private BoxAuthorization box;

    @BeforeEach
    void start() throws Exception {
        server = new BoxServer();
        box = BoxAuthorization.builder("abc", "client_secret_1")
                .baseUrl(server.base())
                .clock(BoxServer.CLOCK)
                .build();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private static AuthorizationServer.Code code() {
        return new AuthorizationServer.Code(
                "code_secret", URI.create("http://127.0.0.1:4000/back"), Optional.empty(), ASKED);
    }

    private static TokenGrant grant() {
        return new TokenGrant("access_old", Optional.of(BoxServer.NOW), Optional.of("refresh_secret_1"), ASKED);
    }

    @Test
    void client_isTheAppsId() {
        assertThat(box.client()).isEqualTo("abc");
    }

    @Test
    void redeem_sendsWhatBoxAsksFor_andGivesWhatItGranted() throws Exception {
        server.on(TOKEN, TOKENS);
        TokenGrant grant = box.redeem(code());
        assertThat(grant)
                .isEqualTo(new TokenGrant(
                        "access_secret",
                        Optional.of(BoxServer.NOW.plus(Duration.ofHours(1))),
                        Optional.of("refresh_secret_2"),
                        ASKED));
        RecordedRequest request = server.requests.get(0);
        assertThat(request.getRequestLine()).isEqualTo("POST /oauth2/token HTTP/1.1");
        assertThat(request.getHeader("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(server.bodies.get(0))
                .isEqualTo("grant_type=authorization_code&code=code_secret"
                        + "&redirect_uri=http%3A%2F%2F127.0.0.1%3A4000%2Fback" + CLIENT);
    }

    @Test
    void refresh_takesTheNewRefreshToken_fromOneRequest() throws Exception {
        server.on(TOKEN, TOKENS);
        assertThat(box.refresh(grant()).refreshToken()).contains("refresh_secret_2");
        assertThat(server.requests).hasSize(1);
        assertThat(server.bodies.get(0)).isEqualTo("grant_type=refresh_token&refresh_token=refresh_secret_1" + CLIENT);
    }

    /** The old one is spent: to go on with it would be to lose the grant silently. */
    @Test
    void refresh_whenNoNewRefreshTokenComes_isMalformed() {
        server.on(TOKEN, "{\"access_token\":\"access_secret\",\"expires_in\":3600}");
        assertThatThrownBy(() -> box.refresh(grant())).hasMessage("POST /oauth2/token: status 200 malformed_answer");
    }

    @Test
    void refresh_whenTheAnswerIsLost_isNotRepeated() {
        server.on(TOKEN, new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST), json(200, TOKENS));
        VendorCallException e = catchThrowableOfType(VendorCallException.class, () -> box.refresh(grant()));
        assertThat(e.code()).contains("answer_lost");
        assertThat(e.retryable()).isFalse();
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void refresh_whenTheGrantIsGone_saysInvalidGrant() {
        server.on(TOKEN, json(400, "{\"error\":\"invalid_grant\",\"error_description\":\"refresh_secret_1\"}"));
        VendorCallException e = catchThrowableOfType(VendorCallException.class, () -> box.refresh(grant()));
        assertThat(e.code()).contains("invalid_grant");
        assertThat(e.authorizationLost()).isTrue();
        TokenGrant without = new TokenGrant("access_old", Optional.empty(), Optional.empty(), ASKED);
        assertThatThrownBy(() -> box.refresh(without)).hasMessageContaining("invalid_grant");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {"admin, true", "coadmin, false", "user, false", "null, null"})
    void identify_administersOnlyThePrimaryAdministrator(String role, Boolean administrator) throws Exception {
        String me = role == null
                ? "{\"type\":\"user\",\"id\":\"1\",\"login\":\"a@example.com\",\"enterprise\":{\"id\":\"77\"}}"
                : "{\"type\":\"user\",\"id\":\"1\",\"login\":\"a@example.com\",\"role\":\"" + role
                        + "\",\"enterprise\":{\"id\":\"77\"}}";
        server.on(ME, me);
        assertThat(box.identify(grant()))
                .isEqualTo(new AuthorizationServer.Identity("a@example.com", "77", Optional.ofNullable(administrator)));
        assertThat(server.lines()).containsExactly("GET /2.0/users/me?fields=id,login,name,role,enterprise,status");
        assertThat(server.requests.get(0).getHeader("Authorization")).isEqualTo("Bearer access_old");
        assertThat(server.violations).isEmpty();
    }

    @Test
    void revoke_endsTheGrantByItsRefreshToken() throws Exception {
        server.on(REVOKE, json(200, ""));
        box.revoke(grant());
        assertThat(server.bodies.get(0)).isEqualTo("token=refresh_secret_1" + CLIENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_token", "invalid_grant"})
    void revoke_whenGoneAlready_isDone(String error) throws Exception {
        server.on(REVOKE, json(400, "{\"error\":\"" + error + "\"}"));
        box.revoke(grant());
        assertThat(server.requests).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"401, invalid_client", "503, unavailable"})
    void revoke_whenItFails_saysSo(int status, String error) {
        server.on(REVOKE, json(status, "{\"error\":\"" + error + "\"}"));
        assertThatThrownBy(() -> box.revoke(grant())).hasMessageContaining(error);
    }

    @ParameterizedTest
    @CsvSource({
        "access_denied, DENIED",
        "invalid_grant, EXPIRED",
        "unauthorized_client, BLOCKED_BY_POLICY",
        "invalid_client, OTHER",
        "redirect_uri_mismatch, OTHER",
        "temporarily_unavailable, OTHER",
        "'', OTHER"
    })
    void refusal_isTheErrorsMeaning(String error, Refusal meaning) {
        assertThat(box.refusal(error, "access_denied")).isEqualTo(meaning);
    }

    @Test
    void itSaysWhatItIs_andHidesTheSecret() {
        server.on(TOKEN, json(400, "{\"error\":\"client_secret_1 is wrong\",\"error_description\":\"code_secret\"}"));
        Throwable e = catchThrowableOfType(VendorCallException.class, () -> box.redeem(code()));
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString() + box + code() + grant()).contains("abc").doesNotContain("secret");
        assertThat(box.provider()).isEqualTo(CloudService.Provider.BOX);
        assertThat(box.scopes()).isEqualTo(BoxAuthorization.SCOPES);
        assertThat(box.canRevoke()).isTrue();
    }

    @Test
    void build_whenClientOrAddressIsNone_isRefused() {
        assertThatThrownBy(() -> BoxAuthorization.of(" ", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BoxAuthorization.of("x", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BoxAuthorization.builder("x", "y")
                        .page(URI.create("http://account.box.com/api/oauth2/authorize"))
                        .build())
                .hasMessageContaining("page");
    }
}
