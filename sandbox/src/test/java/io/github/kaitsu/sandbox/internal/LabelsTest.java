package io.github.kaitsu.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class LabelsTest {
    @Test
    void bothLanguages_areComplete() {
        assertThat(Labels.of(Locale.ENGLISH).all().keySet())
                .isEqualTo(Labels.of(Locale.JAPANESE).all().keySet());
    }
}
