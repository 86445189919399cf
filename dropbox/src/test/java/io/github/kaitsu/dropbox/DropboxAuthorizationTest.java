package io.github.kaitsu.dropbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.consent.AuthorizationServer;
import io.github.kaitsu.consent.TokenGrant;
import io.github.kaitsu.contract.AuthorizationServerContract;
import io.github.kaitsu.vendor.Refusal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DropboxAuthorizationTest extends AuthorizationServerContract {
    private static final String RUN_OUT = "{\"error_summary\":\"x\",\"error\":{\".tag\":\"expired_access_token\"}}";
    private static final String RENEWED =
            "{\"access_token\":\"access_secret\",\"expires_in\":14400,\"token_type\":\"bearer\"}";

    @Override
    protected AuthorizationServer server(URI base) {
        return DropboxAuthorization.builder(CLIENT).baseUrl(base).clock(CLOCK).build();
    }

    @Override
    protected CloudService.Provider provider() {
        return CloudService.Provider.DROPBOX;
    }

    @Override
    protected String tokenPath() {
        return "/oauth2/token";
    }

    @Override
    protected Set<String> asked() {
        return Set.of("team_info.read", "events.read");
    }

    @Override
    protected Set<String> granted() {
        return Set.of("account_info.read", "team_info.read");
    }

    @Override
    protected String tokens() {
        return """
                {"access_token":"access_secret","expires_in":3600,"token_type":"bearer","scope":"account_info.read team_info.read",\
                "refresh_token":"refresh_secret_2","team_id":"dbtid:1","uid":""}""";
    }

    @Override
    protected List<Answer> person() {
        return List.of(
                new Answer(200, "{\"team_id\":\"dbtid:1\"}"),
                new Answer(
                        200,
                        "{\"admin_profile\":{\"email\":\"admin@example.com\",\"secondary_emails\":["
                                + "{\"email\":\"claimed@example.com\",\"is_verified\":false},"
                                + "{\"email\":\"a@example.com\",\"is_verified\":true}]}}"));
    }

    @Override
    protected List<String> names() {
        return List.of("admin@example.com", "a@example.com");
    }

    @Override
    protected List<String> foreignNames() {
        return List.of("claimed@example.com");
    }

    @Override
    protected Map<String, Refusal> refusals() {
        return Map.of("invalid_grant", Refusal.EXPIRED);
    }

    @Override
    protected List<Answer> goneAlready() {
        return List.of(
                new Answer(401, "{\"error_summary\":\"x\",\"error\":{\".tag\":\"invalid_access_token\"}}"),
                new Answer(400, "{\"error\":\"invalid_grant\"}"));
    }

    @Test
    void authorizationUrl_asksAWorkAccountForARefreshTokenWithPkce() {
        assertThat(server().authorizationUrl(question(Optional.of("a@example.com"))))
                .hasToString("https://www.dropbox.com/oauth2/authorize?response_type=code&client_id=" + CLIENT
                        + "&redirect_uri=http%3A%2F%2F127.0.0.1%3A4000%2Fback&state=" + STATE
                        + "&scope=events.read%20team_info.read&code_challenge=challenge&code_challenge_method=S256"
                        + "&token_access_type=offline&require_role=work&disable_signup=true&locale=ja");
    }

    @Test
    void refresh_keepsTheRefreshToken() throws Exception {
        answer(200, RENEWED);
        assertThat(server().refresh(grant()))
                .isEqualTo(new TokenGrant(
                        "access_secret",
                        Optional.of(NOW.plus(Duration.ofHours(4))),
                        Optional.of("refresh_secret_1"),
                        asked()));
    }

    @Test
    void identify_namesTheAdministratorAndTheTeam() throws Exception {
        answer(200, "{\"team_id\":\"dbtid:1\"}");
        answer(200, "{\"admin_profile\":{\"email\":\"admin@example.com\"}}");
        assertThat(server().identify(grant()))
                .isEqualTo(new AuthorizationServer.Identity("admin@example.com", "dbtid:1", Optional.of(true)));
        assertThat(requests())
                .extracting(Asked::line)
                .containsExactly("POST /2/team/get_info", "POST /2/team/token/get_authenticated_admin");
        assertThat(requests().get(0).headers()).containsEntry("Authorization", "Bearer access_old");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mapping_not_found", "admin_not_active"})
    void identify_whenNoAdministratorStandsBehindTheToken_saysSo(String tag) throws Exception {
        answer(200, "{\"team_id\":\"dbtid:1\"}");
        answer(409, "{\"error_summary\":\"" + tag + "/..\",\"error\":{\".tag\":\"" + tag + "\"}}");
        assertThat(server().identify(grant()))
                .isEqualTo(new AuthorizationServer.Identity("", "dbtid:1", Optional.of(false)));
    }

    @Test
    void identify_whenAScopeIsMissing_saysWhichKindOfRefusal() {
        answer(401, "{\"error_summary\":\"missing_scope/..\",\"error\":{\".tag\":\"missing_scope\"}}");
        assertThatThrownBy(() -> server().identify(grant()))
                .hasMessage("POST /2/team/get_info: status 401 missing_scope");
    }

    @Test
    void revoke_endsTheTokenAndItsRefreshToken() throws Exception {
        answer(200, "null");
        server().revoke(grant());
        Asked request = requests().get(0);
        assertThat(request.line()).isEqualTo("POST /2/auth/token/revoke");
        assertThat(request.headers())
                .containsEntry("Authorization", "Bearer access_old")
                .containsEntry("Content-Type", "application/json");
        assertThat(request.body()).isEqualTo("null");
    }

    @Test
    void revoke_whenTheAccessTokenHasRunOut_renewsItFirst() throws Exception {
        answer(401, RUN_OUT);
        answer(200, RENEWED);
        answer(200, "null");
        server().revoke(grant());
        assertThat(requests().get(2).headers()).containsEntry("Authorization", "Bearer access_secret");
    }

    @Test
    void revoke_whenTheRenewalFails_saysSo() {
        answer(401, RUN_OUT);
        answer(503, "");
        assertThatThrownBy(() -> server().revoke(grant())).hasMessage("POST /oauth2/token: status 503");
    }

    /** The description tells whose it is; where it does not, nobody is blamed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "invalid_client | This app is currently disabled | APP",
                "invalid_client: Invalid client_id or client_secret |  | APP",
                " | This app is currently disabled. | APP",
                " | The app was deleted | APP",
                "invalid_request | The app has been disabled | APP",
                "unauthorized_client | The team's administrator has blocked this app. | BLOCKED_BY_POLICY",
                "access_denied | This app has been disabled by your team admin | BLOCKED_BY_POLICY",
                "app_blocked_by_permissions |  | BLOCKED_BY_POLICY",
                "access_denied | Only a team administrator can authorize this app. | NOT_ADMINISTRATOR",
                "access_denied | The user chose not to give your app access to their Dropbox account. | DENIED",
                "unauthorized_client |  | OTHER",
                "invalid_grant | refresh token is invalid or revoked | EXPIRED"
            })
    void refusal_whoeverIsNamed_isMeant(@Nullable String error, @Nullable String description, Refusal meaning) {
        assertThat(server().refusal(error == null ? "" : error, description == null ? "" : description))
                .isEqualTo(meaning);
    }

    @Test
    void itIsAPublicClient_thatOnlyReads() {
        assertThat(server().pkce()).isTrue();
        assertThat(server().scopes()).allMatch(scope -> scope.endsWith(".read") || scope.equals("team_data.member"));
        assertThatThrownBy(() -> DropboxAuthorization.of(" ")).isInstanceOf(IllegalArgumentException.class);
    }
}
