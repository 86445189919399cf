package io.github.kaitsu.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.consent.AuthorizationServer;
import io.github.kaitsu.contract.AuthorizationServerContract;
import io.github.kaitsu.vendor.Refusal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoxAuthorizationTest extends AuthorizationServerContract {
    @Override
    protected AuthorizationServer server(URI base) {
        return BoxAuthorization.builder(CLIENT, SECRET)
                .baseUrl(base)
                .clock(CLOCK)
                .build();
    }

    @Override
    protected CloudService.Provider provider() {
        return CloudService.Provider.BOX;
    }

    @Override
    protected String tokenPath() {
        return "/oauth2/token";
    }

    @Override
    protected Set<String> asked() {
        return Set.of("root_readonly", "manage_groups");
    }

    /** Box does not say which scopes it granted. */
    @Override
    protected Set<String> granted() {
        return asked();
    }

    @Override
    protected String tokens() {
        return """
                {"access_token":"access_secret","expires_in":3600,"refresh_token":"refresh_secret_2",\
                "restricted_to":[],"token_type":"bearer"}""";
    }

    @Override
    protected boolean hasSecret() {
        return true;
    }

    @Override
    protected List<Answer> person() {
        return List.of(
                new Answer(200, "{\"login\":\"Admin@example.com\",\"role\":\"admin\",\"name\":\"a@example.com\"}"));
    }

    @Override
    protected List<String> names() {
        return List.of("Admin@example.com");
    }

    @Override
    protected List<String> foreignNames() {
        return List.of("a@example.com");
    }

    @Override
    protected Map<String, Refusal> refusals() {
        return Map.of("invalid_grant", Refusal.EXPIRED);
    }

    @Override
    protected List<Answer> goneAlready() {
        return List.of(new Answer(400, "{\"error\":\"invalid_token\"}"));
    }

    /** The SDK's ignores the base URLs. */
    @Test
    void authorizationUrl_followsThePage_andPromisesNoPkce() {
        assertThat(BoxAuthorization.builder(CLIENT, SECRET)
                        .page(URI.create("https://ent.box.com/api/oauth2/authorize"))
                        .build()
                        .authorizationUrl(question(Optional.of("a@example.com"))))
                .hasToString("https://ent.box.com/api/oauth2/authorize?response_type=code&client_id=" + CLIENT
                        + "&redirect_uri=http%3A%2F%2F127.0.0.1%3A4000%2Fback&state=" + STATE
                        + "&scope=manage_groups%20root_readonly");
        assertThat(server().authorizationUrl(question(Optional.empty())).toString())
                .startsWith("https://account.box.com/api/oauth2/authorize?");
        assertThat(server().pkce()).isFalse();
    }

    /** The old one is spent: to go on with it would be to lose the grant silently. */
    @Test
    void refresh_whenNoNewRefreshTokenComes_isMalformed() {
        answer(200, "{\"access_token\":\"access_secret\",\"expires_in\":3600}");
        assertThatThrownBy(() -> server().refresh(grant()))
                .hasMessage("POST /oauth2/token: status 200 malformed_answer");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {"admin, true", "coadmin, false", "user, false", "null, null"})
    void identify_administersOnlyThePrimaryAdministrator(String role, Boolean administrator) throws Exception {
        String told = role == null ? "" : "\"role\":\"" + role + "\",";
        answer(200, "{\"type\":\"user\",\"login\":\"a@example.com\"," + told + "\"enterprise\":{\"id\":\"77\"}}");
        assertThat(server().identify(grant()))
                .isEqualTo(new AuthorizationServer.Identity("a@example.com", "77", Optional.ofNullable(administrator)));
        assertThat(requests().get(0).line()).isEqualTo("GET /2.0/users/me?fields=id,login,name,role,enterprise,status");
        assertThat(requests().get(0).headers()).containsEntry("Authorization", "Bearer access_old");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"error\":\"invalid_grant\"}"})
    void revoke_endsTheGrantByItsRefreshToken(String answer) throws Exception {
        answer(answer.isEmpty() ? 200 : 400, answer);
        server().revoke(grant());
        assertThat(requests()).hasSize(1);
        assertThat(requests().get(0).line()).isEqualTo("POST /oauth2/revoke");
        assertThat(requests().get(0).body())
                .isEqualTo("token=refresh_secret_1&client_id=" + CLIENT + "&client_secret=" + SECRET);
    }

    /** The description tells whose it is; where it does not, nobody is blamed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unauthorized_client | This app is not authorized by the enterprise admin | BLOCKED_BY_POLICY",
                "unauthorized_client | Cannot obtain token based on the enterprise configuration for your app | BLOCKED_BY_POLICY",
                "unauthorized_client | The app was disabled by an administrator | BLOCKED_BY_POLICY",
                "access_denied | Disabled by administrator | BLOCKED_BY_POLICY",
                "unauthorized_client | This application has been disabled | APP",
                "unauthorized_client | The grant type is unauthorized for this client_id | OTHER",
                "unauthorized_client |  | OTHER",
                "invalid_client | The client credentials are invalid | APP",
                "access_denied | The user denied access to your application | DENIED",
                "access_denied | The user does not have permission to authorize this application | NOT_ADMINISTRATOR",
                "invalid_grant | Refresh token has expired | EXPIRED"
            })
    void refusal_whoeverIsNamed_isMeant(@Nullable String error, @Nullable String description, Refusal meaning) {
        assertThat(server().refusal(error == null ? "" : error, description == null ? "" : description))
                .isEqualTo(meaning);
    }

    @Test
    void build_whenClientOrAddressIsNone_isRefused() {
        assertThatThrownBy(() -> BoxAuthorization.of(" ", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BoxAuthorization.of("x", "")).isInstanceOf(IllegalArgumentException.class);
        for (String page : List.of("http://account.box.com/api/oauth2/authorize", "https://account.box.com/x?y=1")) {
            assertThatThrownBy(() -> BoxAuthorization.builder("x", "y")
                            .page(URI.create(page))
                            .build())
                    .hasMessageContaining("page");
        }
    }
}
