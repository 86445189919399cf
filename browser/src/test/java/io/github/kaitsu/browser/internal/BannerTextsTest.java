package io.github.kaitsu.browser.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.browser.PersonTask;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BannerTextsTest {
    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void everyTaskAndEveryReason_hasItsText(String language) {
        BannerTexts texts = BannerTexts.of(Locale.forLanguageTag(language));

        Stream<String> keys = Stream.concat(
                Stream.of(PersonTask.Kind.values()).map(k -> "task." + k),
                Stream.of(Unexpected.Reason.values()).map(r -> "back." + r));
        assertThat(Stream.concat(keys, Stream.of("banner.machine", "banner.person", "back.STOPPED")))
                .allSatisfy(key -> assertThat(texts.get(key, "X"))
                        .isNotBlank()
                        .doesNotContain("{0}")
                        .matches(t -> language.equals("ja") == t.codePoints().anyMatch(c -> c > 0x3000), key));
    }
}
