package io.github.kaitsu.google;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleAuthorizationTest extends AuthorizationServerContract {
    private static final String USERS = "https://www.googleapis.com/auth/admin.directory.user.readonly";
    private static final String LOGS = "https://www.googleapis.com/auth/admin.reports.audit.readonly";

    @Override
    protected AuthorizationServer server(URI base) {
        return GoogleAuthorization.builder(CLIENT, SECRET)
                .tokenUrl(base)
                .openIdUrl(base)
                .directoryUrl(base)
                .clock(CLOCK)
                .build();
    }

    @Override
    protected CloudService.Provider provider() {
        return CloudService.Provider.GOOGLE;
    }

    @Override
    protected String tokenPath() {
        return "/token";
    }

    @Override
    protected Set<String> asked() {
        return Set.of("openid", USERS, LOGS);
    }

    /** A person may untick scopes. */
    @Override
    protected Set<String> granted() {
        return Set.of("openid", USERS);
    }

    @Override
    protected String tokens() {
        return "{\"access_token\":\"access_secret\",\"expires_in\":3600,\"token_type\":\"Bearer\",\"scope\":\"openid "
                + USERS + "\",\"refresh_token\":\"refresh_secret_2\",\"id_token\":\"id_secret\"}";
    }

    @Override
    protected boolean hasSecret() {
        return true;
    }

    @Override
    protected List<Answer> person() {
        return List.of(
                new Answer(200, "{\"sub\":\"1234567890\",\"email\":\"sato@example.com\"}"),
                new Answer(
                        200,
                        "{\"primaryEmail\":\"admin@example.com\",\"isAdmin\":true,\"customerId\":\"C01\","
                                + "\"aliases\":[\"a@example.com\",\"a@example.co.jp\"],"
                                + "\"nonEditableAliases\":[\"admin@example.com.test-google-a.com\"],"
                                + "\"recoveryEmail\":\"home@example.net\"}"));
    }

    @Override
    protected List<String> names() {
        return List.of(
                "admin@example.com",
                "sato@example.com",
                "a@example.com",
                "a@example.co.jp",
                "admin@example.com.test-google-a.com");
    }

    @Override
    protected List<String> foreignNames() {
        return List.of("home@example.net");
    }

    @Override
    protected Map<String, List<String>> scopeForms() {
        String auth = "https://www.googleapis.com/auth/";
        return Map.of(
                "email",
                List.of("email", auth + "userinfo.email", "openid " + auth + "userinfo.email"),
                auth + "userinfo.email",
                List.of("email", auth + "userinfo.email"),
                "profile",
                List.of("profile", auth + "userinfo.profile"),
                auth + "userinfo.profile",
                List.of("profile"));
    }

    @Override
    protected List<String> issuers() {
        return List.of("https://accounts.google.com");
    }

    @Override
    protected Map<String, Refusal> refusals() {
        return Map.of(
                "access_denied", Refusal.DENIED,
                "admin_policy_enforced", Refusal.BLOCKED_BY_POLICY,
                "policy_enforced", Refusal.BLOCKED_BY_POLICY,
                "org_internal", Refusal.WRONG_ACCOUNT,
                "invalid_grant", Refusal.EXPIRED,
                "deleted_client", Refusal.APP,
                "disabled_client", Refusal.APP,
                "disallowed_useragent", Refusal.OTHER,
                "invalid_scope", Refusal.OTHER);
    }

    @Override
    protected List<Answer> goneAlready() {
        return List.of(new Answer(400, "{\"error\":\"invalid_token\"}"));
    }

    @Test
    void authorizationUrl_asksForARefreshTokenWithPkce_andForNothingGrantedBefore() {
        assertThat(server().authorizationUrl(question(Optional.of("a@example.com"))))
                .hasToString("https://accounts.google.com/o/oauth2/v2/auth?response_type=code&client_id=" + CLIENT
                        + "&redirect_uri=http%3A%2F%2F127.0.0.1%3A4000%2Fback&state=" + STATE
                        + "&scope=https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fadmin.directory.user.readonly"
                        + "%20https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fadmin.reports.audit.readonly%20openid"
                        + "&code_challenge=challenge&code_challenge_method=S256&access_type=offline&prompt=consent"
                        + "&login_hint=a%40example.com&hd=example.com&hl=ja");
        assertThat(server().authorizationUrl(question(Optional.empty())).getQuery())
                .doesNotContain("login_hint", "hd=", "include_granted_scopes");
    }

    @Test
    void refresh_keepsTheRefreshToken() throws Exception {
        answer(200, "{\"access_token\":\"access_secret\",\"expires_in\":3599}");
        assertThat(server().refresh(grant()))
                .isEqualTo(new TokenGrant(
                        "access_secret",
                        Optional.of(NOW.plus(Duration.ofSeconds(3599))),
                        Optional.of("refresh_secret_1"),
                        asked()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void identify_administersOnlyASuperAdministrator(boolean isAdmin) throws Exception {
        answer(200, "{\"sub\":\"1234567890\"}");
        answer(
                200,
                "{\"primaryEmail\":\"a@example.com\",\"customerId\":\"C01\",\"isAdmin\":" + isAdmin
                        + ",\"isDelegatedAdmin\":true}");
        assertThat(server().identify(grant()))
                .isEqualTo(new AuthorizationServer.Identity("a@example.com", "C01", Optional.of(isAdmin)));
        assertThat(requests())
                .extracting(Asked::line)
                .containsExactly(
                        "GET /v1/userinfo",
                        "GET /admin/directory/v1/users/1234567890?fields=primaryEmail,isAdmin,customerId,aliases,nonEditableAliases");
        assertThat(requests().get(0).headers()).containsEntry("Authorization", "Bearer access_old");
    }

    @Test
    void identify_whenTheScopeToReadUsersWasNotGranted_saysWhatItKnows() throws Exception {
        answer(200, "{\"sub\":\"1234567890\"}");
        TokenGrant fewer = new TokenGrant("access_old", Optional.of(NOW), Optional.empty(), Set.of("openid"));
        assertThat(server().identify(fewer))
                .isEqualTo(new AuthorizationServer.Identity("1234567890", "", Optional.empty()));
        answer(200, "{\"sub\":\"1234567890\",\"email\":\"a@example.com\"}");
        assertThat(server().identify(fewer))
                .isEqualTo(new AuthorizationServer.Identity("a@example.com", "", Optional.empty()));
        assertThat(requests()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"forbidden, false", "accessNotConfigured, true", "insufficientPermissions, true"})
    void identify_whenNotAllowed_isNoAdministrator_unlessTheAppIsToBlame(String reason, boolean fails)
            throws Exception {
        answer(200, "{\"sub\":\"1234567890\"}");
        answer(
                403,
                "{\"error\":{\"code\":403,\"errors\":[{\"reason\":\"" + reason
                        + "\"}],\"status\":\"PERMISSION_DENIED\"}}");
        if (fails) {
            assertThatThrownBy(() -> server().identify(grant()))
                    .hasMessage("GET /admin/directory/v1/users/1234567890: status 403 " + reason);
        } else {
            assertThat(server().identify(grant()).administrator()).contains(false);
        }
    }

    @Test
    void revoke_endsTheGrantByItsRefreshToken() throws Exception {
        answer(200, "{}");
        server().revoke(grant());
        assertThat(requests().get(0).line()).isEqualTo("POST /revoke");
        assertThat(requests().get(0).body()).isEqualTo("token=refresh_secret_1");
    }

    @Test
    void itIsProtectedByPkce_andAsksForWhatTheLooksNeed() {
        assertThat(server().pkce()).isTrue();
        assertThat(server().scopes()).contains("openid", USERS, LOGS);
    }

    @Test
    void build_whenClientOrAddressIsNone_isRefused() {
        assertThatThrownBy(() -> GoogleAuthorization.of(" ", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> GoogleAuthorization.of("x", " ")).isInstanceOf(IllegalArgumentException.class);
        URI plain = URI.create("http://admin.googleapis.com");
        GoogleAuthorization.Builder directory =
                GoogleAuthorization.builder("x", "y").directoryUrl(plain);
        assertThatThrownBy(directory::build).hasMessageContaining("https");
        GoogleAuthorization.Builder openId =
                GoogleAuthorization.builder("x", "y").openIdUrl(plain);
        assertThatThrownBy(openId::build).hasMessageContaining("https");
    }
}
