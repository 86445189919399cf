package io.github.kaitsu.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.consent.AuthorizationServer.Question;
import io.github.kaitsu.contract.AuthorizationServerContract;
import io.github.kaitsu.vendor.Refusal;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OAuthAppTest extends AuthorizationServerContract {
    @Override
    protected AuthorizationServer server(URI base) {
        return new SmallApp(base, CLOCK);
    }

    @Override
    protected CloudService.Provider provider() {
        return CloudService.Provider.BOX;
    }

    @Override
    protected String tokenPath() {
        return "/token";
    }

    @Override
    protected Set<String> asked() {
        return Set.of("a", "b:x");
    }

    @Override
    protected String tokens() {
        return """
                {"access_token":"access_secret","expires_in":3600,"scope":"a","refresh_token":"refresh_secret_2"}""";
    }

    @Override
    protected Set<String> granted() {
        return Set.of("a");
    }

    @Override
    protected List<Answer> person() {
        return List.of(new Answer(200, "{\"login\":\"admin@example.com\",\"also\":[\"a@example.com\"]}"));
    }

    @Override
    protected List<String> names() {
        return List.of("admin@example.com", "a@example.com");
    }

    @Override
    protected Map<String, Refusal> refusals() {
        return Map.of("access_denied", Refusal.DENIED);
    }

    @Override
    protected List<Answer> goneAlready() {
        return List.of(new Answer(400, "{\"error\":\"invalid_token\"}"));
    }

    @Test
    void authorizationUrl_writesEveryPartOnceAndEncoded() {
        assertThat(new SmallApp(new SmallApp.Builder("a&b"), base())
                        .authorizationUrl(new Question(
                                URI.create("http://[::1]:4000/back?x=1"),
                                STATE,
                                Optional.of("c-_"),
                                asked(),
                                Optional.empty(),
                                Locale.JAPANESE)))
                .hasToString("https://vendor.example/authorize?response_type=code&client_id=a%26b"
                        + "&redirect_uri=http%3A%2F%2F%5B%3A%3A1%5D%3A4000%2Fback%3Fx%3D1&state=" + STATE
                        + "&scope=a%20b%3Ax&code_challenge=c-_&code_challenge_method=S256&hl=ja");
    }

    @Test
    void refresh_whenTheVendorKeepsRefreshTokenAndScopes_theyStay() throws Exception {
        answer(200, "{\"access_token\":\"access_secret\"}");
        assertThat(server().refresh(grant()))
                .isEqualTo(new TokenGrant("access_secret", Optional.empty(), Optional.of("refresh_secret_1"), asked()));
    }
}
