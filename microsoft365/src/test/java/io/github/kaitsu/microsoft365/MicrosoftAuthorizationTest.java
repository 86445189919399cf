package io.github.kaitsu.microsoft365;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kaitsu.consent.AuthorizationServer;
import io.github.kaitsu.consent.AuthorizationServer.Refusal;
import io.github.kaitsu.consent.TokenGrant;
import io.github.kaitsu.vendor.VendorCallException;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MicrosoftAuthorizationTest {
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String CLIENT = "5a4db0c5-0c5a-4c5a-8b0c-5a4db0c50c5a";
    private static final String STATE = "0123456789abcdef012345";
    private static final URI BACK = URI.create("http://localhost:4000/back");
    private static final String VERIFIER = "verifier_secret_verifier_secret_verifier_secret";
    private static final Set<String> ASKED = Set.of("User.Read", "Sites.Read.All");
    private static final String TOKENS = """
            {"token_type":"Bearer","scope":"https://graph.microsoft.com/User.Read profile openid email",\
            "expires_in":3599,"ext_expires_in":3599,"access_token":"access_secret","refresh_token":"refresh_secret_2"}""";

    private MockWebServer server;
    private MicrosoftAuthorization microsoft;

    @BeforeEach
    void start() throws IOException {
        server = new MockWebServer();
        server.start();
        microsoft = at(MicrosoftAuthorization.builder(CLIENT));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private MicrosoftAuthorization at(MicrosoftAuthorization.Builder builder) {
        return builder.loginUrl(base()).graphUrl(base()).clock(CLOCK).build();
    }

    private URI base() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    private static MockResponse json(int status, String body) {
        return new MockResponse()
                .setResponseCode(status)
                .setHeader("Content-Type", "application/json; charset=utf-8")
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

    private static Map<String, String> parameters(String query) {
        return Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> pair[0],
                        pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                        (a, b) -> {
                            throw new AssertionError("twice: " + a);
                        },
                        TreeMap::new));
    }

    @Test
    void client_isTheAppsId() {
        assertThat(microsoft.client()).isEqualTo(CLIENT);
    }

    @Test
    void authorizationUrl_asksForACodeInTheQueryWithPkce() {
        assertThat(microsoft.authorizationUrl(question(Optional.of("a@example.com"))))
                .hasToString(base() + "/organizations/oauth2/v2.0/authorize?response_type=code&client_id=" + CLIENT
                        + "&redirect_uri=http%3A%2F%2Flocalhost%3A4000%2Fback&state=" + STATE
                        + "&scope=https%3A%2F%2Fgraph.microsoft.com%2FSites.Read.All"
                        + "%20https%3A%2F%2Fgraph.microsoft.com%2FUser.Read%20offline_access%20openid%20profile"
                        + "&code_challenge=challenge&code_challenge_method=S256"
                        + "&response_mode=query&prompt=consent&login_hint=a%40example.com");
    }

    @ParameterizedTest
    @CsvSource({
        "WORLDWIDE, login.microsoftonline.com, graph.microsoft.com",
        "US_GOVERNMENT, login.microsoftonline.us, graph.microsoft.us",
        "US_DEFENSE, login.microsoftonline.us, dod-graph.microsoft.us",
        "CHINA, login.chinacloudapi.cn, microsoftgraph.chinacloudapi.cn"
    })
    void authorizationUrl_whenTheTenantLivesElsewhere_asksThereForThatCloudsGraph(
            NationalCloud cloud, String login, String graph) {
        URI url = MicrosoftAuthorization.builder(CLIENT)
                .cloud(cloud)
                .tenant("contoso.onmicrosoft.com")
                .build()
                .authorizationUrl(question(Optional.empty()));
        assertThat(url.toString())
                .startsWith("https://" + login + "/contoso.onmicrosoft.com/oauth2/v2.0/authorize?")
                .doesNotContain("login_hint");
        assertThat(parameters(url.getRawQuery()).get("scope"))
                .isEqualTo("https://" + graph + "/Sites.Read.All https://" + graph
                        + "/User.Read offline_access openid profile");
        assertThat(cloud.login().getHost()).isEqualTo(login);
        assertThat(cloud.graph().getHost()).isEqualTo(graph);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"common", "consumers", "", "a b", "contoso.com/x", "../x", "00000000-0000-0000-0000-00000000000"
            })
    void build_whenTheTenantIsNone_isRefused(String tenant) {
        assertThatThrownBy(() ->
                        MicrosoftAuthorization.builder(CLIENT).tenant(tenant).build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void redeem_sendsOneRequest_andEmptiesTheLibrarysMemoryIntoTheGrant() throws Exception {
        server.enqueue(json(200, TOKENS));
        TokenGrant grant = microsoft.redeem(code());
        assertThat(grant.accessToken()).isEqualTo("access_secret");
        assertThat(grant.refreshToken()).contains("refresh_secret_2");
        assertThat(grant.expiresAt()).contains(NOW.plusSeconds(3599));
        assertThat(grant.scopes())
                .containsExactlyInAnyOrder("User.Read", "profile", "openid", "email", "offline_access");
        assertThat(server.getRequestCount()).isEqualTo(1);
        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("POST /organizations/oauth2/v2.0/token HTTP/1.1");
        assertThat(parameters(body(request)))
                .containsEntry("grant_type", "authorization_code")
                .containsEntry("code", "code_secret")
                .containsEntry("code_verifier", VERIFIER)
                .containsEntry("redirect_uri", BACK.toString())
                .containsEntry("client_id", CLIENT)
                .doesNotContainKey("client_secret");
    }

    @ParameterizedTest
    @EnumSource(NationalCloud.class)
    void redeem_whenTheTenantLivesElsewhere_discoversNothingAndTakesThatCloudsNamesOff(NationalCloud cloud)
            throws Exception {
        server.enqueue(
                json(200, TOKENS.replace("graph.microsoft.com", cloud.graph().getHost())));
        TokenGrant grant =
                at(MicrosoftAuthorization.builder(CLIENT).cloud(cloud)).redeem(code());
        assertThat(grant.scopes()).contains("User.Read").noneMatch(scope -> scope.contains("://"));
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void redeem_whenTheAppIsAWebApp_sendsItsSecret() throws Exception {
        server.enqueue(json(200, TOKENS));
        MicrosoftAuthorization web = at(MicrosoftAuthorization.builder(CLIENT).clientSecret("client_secret_1"));
        web.redeem(code());
        assertThat(parameters(body(server.takeRequest())))
                .containsEntry("client_secret", "client_secret_1")
                .containsEntry("code_verifier", VERIFIER);
        assertThat(web.toString()).doesNotContain("client_secret_1");
    }

    /** The code is spent: what the library dislikes in the answer must not cost the grant. */
    @Test
    void redeem_whenTheLibraryCannotReadTheAnswer_theTokensAreTakenAllTheSame() throws Exception {
        server.enqueue(json(200, TOKENS.replace("}", ",\"id_token\":\"no token\",\"client_info\":\"!\"}")));
        assertThat(microsoft.redeem(code()).refreshToken()).contains("refresh_secret_2");
    }

    @Test
    void refresh_takesTheNewRefreshToken_andWithoutOneKeepsTheOld() throws Exception {
        server.enqueue(json(200, TOKENS));
        server.enqueue(json(200, TOKENS.replace(",\"refresh_token\":\"refresh_secret_2\"", "")));
        assertThat(microsoft.refresh(grant()).refreshToken()).contains("refresh_secret_2");
        assertThat(microsoft.refresh(grant()).refreshToken()).contains("refresh_secret_1");
        assertThat(parameters(body(server.takeRequest())))
                .containsEntry("grant_type", "refresh_token")
                .containsEntry("refresh_token", "refresh_secret_1")
                .containsEntry("client_id", CLIENT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"error\":\"invalid_grant\",\"error_description\":\"AADSTS70008: access_secret\"} | invalid_grant",
                "400 | {\"error\":\"interaction_required\",\"error_description\":\"AADSTS53003: Blocked\"} | AADSTS53003",
                "400 | {\"error\":\"invalid_grant\",\"error_description\":\"AADSTS53003: Blocked\"} | AADSTS53003",
                "400 | {\"error\":\"invalid_grant\",\"error_description\":\"AADSTS50173: new password\"} | invalid_grant",
                "401 | {\"error\":\"invalid_client\",\"error_description\":\"access_secret\"} | invalid_client",
                "429 | {\"error\":\"temporarily_unavailable\"} | temporarily_unavailable",
                "503 | <html>access_secret</html> | ",
                "302 | {} | redirect",
            })
    void redeem_whenRefused_saysOnlyTheWord_andAsksOnce(int status, String body, String code) {
        server.enqueue(json(status, body).setHeader("Retry-After", "7").setHeader("Location", "/elsewhere"));
        VendorCallException e = catchThrowableOfType(VendorCallException.class, () -> microsoft.redeem(code()));
        assertThat(e.status()).isEqualTo(status);
        assertThat(e.code()).isEqualTo(Optional.ofNullable(code));
        assertThat(e.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(e).hasNoCause();
        assertThat(e.getMessage()).doesNotContain("secret");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"53003, BLOCKED_BY_POLICY", "50076, BLOCKED_BY_POLICY", "90094, NOT_ADMINISTRATOR", "70008, EXPIRED"})
    void redeem_whenRefused_theWordTellsWhy(String aadsts, Refusal why) {
        server.enqueue(json(400, "{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS" + aadsts + ": x\"}"));
        VendorCallException e = catchThrowableOfType(VendorCallException.class, () -> microsoft.redeem(code()));
        assertThat(microsoft.refusal(e.code().orElseThrow(), "")).isEqualTo(why);
    }

    /** Its tokens would be deleted if it were said to be gone. */
    @ParameterizedTest
    @CsvSource({"invalid_grant, AADSTS53003: x, AADSTS53003", "interaction_required, x, interaction_required"})
    void refresh_whenARuleBlocksIt_mustBeConnectedAgainAndIsNotGone(String error, String text, String word) {
        server.enqueue(json(400, "{\"error\":\"" + error + "\",\"error_description\":\"" + text + "\"}"));
        VendorCallException e = catchThrowableOfType(VendorCallException.class, () -> microsoft.refresh(grant()));
        assertThat(e.authorizationLost()).isTrue();
        assertThat(e.code()).contains(word);
    }

    /** msal4j remembers refusals for the whole process and then answers in the vendor's place. */
    @Test
    void refresh_whenRefusedBefore_asksTheVendorAgain() throws Exception {
        server.enqueue(json(429, "{\"error\":\"temporarily_unavailable\"}").setHeader("Retry-After", "60"));
        server.enqueue(json(400, "{\"error\":\"invalid_grant\",\"suberror\":\"basic_action\"}"));
        server.enqueue(json(200, TOKENS));
        assertThatThrownBy(() -> microsoft.refresh(grant())).isInstanceOf(VendorCallException.class);
        assertThatThrownBy(() -> microsoft.refresh(grant()))
                .isInstanceOf(VendorCallException.class)
                .matches(e -> ((VendorCallException) e).authorizationLost());
        assertThat(microsoft.refresh(grant()).accessToken()).isEqualTo("access_secret");
        assertThat(server.getRequestCount()).isEqualTo(3);
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
        assertThatThrownBy(() -> microsoft.redeem(code()))
                .hasMessage("POST /organizations/oauth2/v2.0/token: status 200 malformed_answer")
                .hasNoCause();
    }

    @Test
    void refresh_whenTheAnswerIsLost_isNotRepeated() {
        server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
        VendorCallException e = catchThrowableOfType(VendorCallException.class, () -> microsoft.refresh(grant()));
        assertThat(e.code()).contains("answer_lost");
        assertThat(e.retryable()).isFalse();
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void redeem_whenTheThreadIsInterrupted_endsWithTheInterruption() {
        server.enqueue(json(200, TOKENS).setHeadersDelay(30, TimeUnit.SECONDS));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> microsoft.redeem(code())).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void identify_asksGraph_andOnlyAnActiveGlobalAdministratorIsOne() throws Exception {
        server.enqueue(json(200, "{\"userPrincipalName\":\"admin@contoso.example\"}"));
        server.enqueue(json(200, "{\"value\":[{\"id\":\"tenant-id\"}]}"));
        server.enqueue(
                json(
                        200,
                        "{\"value\":[{\"roleTemplateId\":\"x\"},{\"roleTemplateId\":\"62e90394-69f5-4237-9190-012177145e10\"}]}"));
        assertThat(microsoft.identify(grant()))
                .isEqualTo(new AuthorizationServer.Identity("admin@contoso.example", "tenant-id", Optional.of(true)));
        RecordedRequest me = server.takeRequest();
        assertThat(me.getRequestLine()).isEqualTo("GET /v1.0/me?$select=userPrincipalName HTTP/1.1");
        assertThat(me.getHeader("Authorization")).isEqualTo("Bearer access_old");
        assertThat(server.takeRequest().getPath()).isEqualTo("/v1.0/organization?$select=id");
        assertThat(server.takeRequest().getPath())
                .isEqualTo("/v1.0/me/transitiveMemberOf/microsoft.graph.directoryRole?$select=roleTemplateId");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"value\":[]} | false",
                "200 | {\"value\":[{\"roleTemplateId\":\"e8611ab8-c189-46e8-94e1-60213ab1f814\"}]} | false",
                "403 | {\"error\":{\"code\":\"Authorization_RequestDenied\"}} | ",
            })
    void identify_whenNoGlobalAdministrator_saysSo_andWhenNotTold_saysNothing(
            int status, String roles, Boolean administrator) throws Exception {
        server.enqueue(json(200, "{\"userPrincipalName\":\"user@contoso.example\"}"));
        server.enqueue(json(200, "{\"value\":[{\"id\":\"tenant-id\"}]}"));
        server.enqueue(json(status, roles));
        assertThat(microsoft.identify(grant()).administrator()).isEqualTo(Optional.ofNullable(administrator));
    }

    @ParameterizedTest
    @CsvSource({
        "65004, DENIED",
        "90094, NOT_ADMINISTRATOR",
        "90095, NOT_ADMINISTRATOR",
        "50105, BLOCKED_BY_POLICY",
        "50074, BLOCKED_BY_POLICY",
        "50076, BLOCKED_BY_POLICY",
        "50079, BLOCKED_BY_POLICY",
        "53000, BLOCKED_BY_POLICY",
        "53001, BLOCKED_BY_POLICY",
        "53003, BLOCKED_BY_POLICY",
        "530032, BLOCKED_BY_POLICY",
        "50020, WRONG_ACCOUNT",
        "54005, EXPIRED",
        "70000, EXPIRED",
        "70008, EXPIRED",
        "700082, EXPIRED",
        "65001, OTHER",
        "65005, OTHER",
        "650052, OTHER",
        "650056, OTHER",
        "650057, OTHER",
        "50011, OTHER",
        "500113, OTHER",
        "700016, OTHER",
        "90002, OTHER",
        "90038, OTHER",
        "50053, OTHER",
        "50055, OTHER",
        "50057, OTHER",
        "50126, OTHER"
    })
    void refusal_isTheCodesMeaning_whereverItStands(String code, Refusal meaning) {
        assertThat(microsoft.refusal("server_error", "AADSTS" + code + ": text"))
                .isEqualTo(meaning);
        assertThat(microsoft.refusal("AADSTS" + code, "")).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "access_denied, '', DENIED",
        "access_denied, AADSTS90094: admin needed, NOT_ADMINISTRATOR",
        "access_denied, AADSTS99999: new, DENIED",
        "invalid_grant, '', EXPIRED",
        "server_error, '', OTHER",
        "'', '', OTHER"
    })
    void refusal_whenTheCodeSaysNothing_isTheErrors(String error, String description, Refusal meaning) {
        assertThat(microsoft.refusal(error, description)).isEqualTo(meaning);
    }

    @Test
    void revoke_isNothingMicrosoftKnows_andSaysSo() {
        assertThat(microsoft.canRevoke()).isFalse();
        VendorCallException e = catchThrowableOfType(VendorCallException.class, () -> microsoft.revoke(grant()));
        assertThat(e.code()).contains("no_revocation");
        assertThat(e.retryable()).isFalse();
        assertThat(server.getRequestCount()).isZero();
    }
}
