package io.github.kaitsu.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConsentRequestTest {

    @Test
    void request_builtAnew_keepsWhatIsNotChanged() {
        ConsentRequest request = Consents.request()
                .scopes(Set.of("a", "b"))
                .account("admin@example.co.jp")
                .tenant("T1")
                .life(Duration.ofHours(2))
                .language(Locale.JAPANESE)
                .build();

        assertThat(request.toBuilder().build()).isEqualTo(request).hasSameHashCodeAs(request);
        assertThat(request.toBuilder().tenant("T2").build())
                .isNotEqualTo(request)
                .satisfies(other -> assertThat(other.account()).contains("admin@example.co.jp"));
    }
}
