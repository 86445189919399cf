package io.github.kaitsu.consent.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectTest {
    /** RFC 9110 §4.2: a browser sends no port that is the scheme's own. */
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:80/cb, 127.0.0.1, true",
        "http://127.0.0.1:80/cb, 127.0.0.1:80, true",
        "http://127.0.0.1/cb, 127.0.0.1:80, true",
        "http://LocalHost:80/cb, localhost, true",
        "http://[::1]:80/cb, [::1], true",
        "http://127.0.0.1:80/cb, 127.0.0.1:8080, false",
        "http://127.0.0.1:8080/cb, 127.0.0.1, false",
        "http://127.0.0.1:8080/cb, 127.0.0.1:8080, true",
        "http://127.0.0.1:80/cb, evil.example, false",
        "http://127.0.0.1:80/cb, evil.example:80, false",
    })
    void isAuthority_asBrowsersWriteIt(URI redirect, String host, boolean ours) {
        assertThat(Redirect.isAuthority(redirect, host)).isEqualTo(ours);
    }
}
