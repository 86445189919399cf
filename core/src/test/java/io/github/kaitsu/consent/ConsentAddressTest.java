package io.github.kaitsu.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.consent.AuthorizationServer.Question;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsentAddressTest {
    private static final URI PAGE = URI.create("https://vendor.example/authorize");
    private static final String STATE = "0123456789abcdef012345";

    private static URI of(URI page, String clientId, String back, String state, String... scopes) {
        return ConsentAddress.of(
                page,
                clientId,
                new Question(
                        URI.create(back), state, Optional.of("c-_"), Set.of(scopes), Optional.empty(), Locale.JAPANESE),
                Map.of("hl", "ja"));
    }

    @Test
    void of_writesEveryPartOnceAndEncoded() {
        assertThat(of(PAGE, "a&b", "http://[::1]:4000/back?x=1", STATE, "b:x", "a"))
                .hasToString("https://vendor.example/authorize?response_type=code&client_id=a%26b"
                        + "&redirect_uri=http%3A%2F%2F%5B%3A%3A1%5D%3A4000%2Fback%3Fx%3D1&state=" + STATE
                        + "&scope=a%20b%3Ax&code_challenge=c-_&code_challenge_method=S256&hl=ja");
    }

    @ParameterizedTest
    @CsvSource({
        "https://vendor.example/authorize, id, https://portal.example/, short, state",
        "https://vendor.example/authorize, ' ', https://portal.example/, 0123456789abcdef012345, client id",
        "https://vendor.example/authorize, id, http://portal.example/, 0123456789abcdef012345, redirectUri",
        "https://vendor.example/authorize, id, http://127.0.0.1.portal.example/, 0123456789abcdef012345, redirectUri",
        "https://vendor.example/authorize, id, https://portal.example/#x, 0123456789abcdef012345, redirectUri",
        "https://vendor.example/authorize, id, urn:ietf:wg:oauth:2.0:oob, 0123456789abcdef012345, redirectUri",
        "http://vendor.example/authorize, id, https://portal.example/, 0123456789abcdef012345, page",
        "https://vendor.example/authorize?x=1, id, https://portal.example/, 0123456789abcdef012345, page"
    })
    void of_whenAPartIsMissingOrUnsafe_isRefused(URI page, String clientId, String back, String state, String part) {
        assertThatThrownBy(() -> of(page, clientId, back, state, "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(part);
    }

    @Test
    void of_whenNothingIsAskedFor_isRefused() {
        assertThatThrownBy(() -> of(PAGE, "id", "https://portal.example/", STATE))
                .hasMessageContaining("scopes");
    }
}
