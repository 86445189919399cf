package io.github.kaitsu.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ErrorCode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorTextsTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}");

    private final Texts ja = Texts.errors(Locale.JAPANESE);
    private final Texts en = Texts.errors(Locale.ENGLISH);

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void errors_whateverTheCode_haveMessageAndNextStepInBothLanguages(ErrorCode code) {
        for (Texts texts : Set.of(ja, en)) {
            assertThat(variants(texts)).anyMatch(v -> v.equals(code.name()) || v.startsWith(code.name() + "."));
        }
    }

    @Test
    void errors_inBothLanguages_haveTheSameKeys() {
        assertThat(new TreeSet<>(ja.keys())).isEqualTo(new TreeSet<>(en.keys()));
    }

    @Test
    void errors_always_haveAMessageAndANextStep() {
        for (String variant : variants(en)) {
            assertThat(en.keys()).contains(variant + ".message", variant + ".next");
        }
    }

    @Test
    void errors_always_belongToACode() {
        Set<String> codes = Arrays.stream(ErrorCode.values()).map(Enum::name).collect(Collectors.toSet());
        assertThat(variants(en)).allMatch(v -> codes.contains(v.replaceFirst("\\..*", "")));
    }

    @Test
    void errors_inBothLanguages_haveTheSamePlaceholders() {
        for (String variant : variants(en)) {
            assertThat(placeholders(ja.get(variant + ".message")))
                    .as(variant)
                    .isEqualTo(placeholders(en.get(variant + ".message")));
            assertThat(placeholders(ja.get(variant + ".next")))
                    .as(variant)
                    .isEqualTo(placeholders(en.get(variant + ".next")));
        }
    }

    @Test
    void errors_always_areNotEmpty() {
        for (Texts texts : Set.of(ja, en)) {
            assertThat(texts.keys()).allMatch(key -> !texts.get(key).isBlank());
        }
    }

    private static Set<String> variants(Texts texts) {
        return texts.keys().stream()
                .map(key -> key.replaceFirst("\\.(message|next)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
