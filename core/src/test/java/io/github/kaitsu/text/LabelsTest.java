package io.github.kaitsu.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LabelsTest {
    private static final Texts JA = Texts.load(Labels.class, "labels", Locale.JAPANESE);
    private static final Texts EN = Texts.load(Labels.class, "labels", Locale.ENGLISH);
    private static final Pattern KEY = Pattern.compile("[a-z0-9]+\\.[A-Za-z0-9.-]+(@.+)?");

    @Test
    void labels_inBothLanguages_haveTheSameKeys() {
        assertThat(JA.keys()).isEqualTo(EN.keys()).isNotEmpty();
    }

    @Test
    void labels_whenRead_areWholeAndClean() {
        for (Texts texts : List.of(JA, EN)) {
            for (String key : texts.keys()) {
                assertThat(key).matches(KEY);
                assertThat(texts.get(key))
                        .as(key)
                        .isNotBlank()
                        .isEqualTo(texts.get(key).strip())
                        .doesNotContain("{", "}", "\uFFFD");
            }
        }
    }

    @Test
    void labels_ofAnEdition_belongToAKnownEditionAndReplaceACommonOne() {
        Set<String> editions = Arrays.stream(Edition.values()).map(Edition::id).collect(Collectors.toSet());
        for (String key : JA.keys()) {
            int at = key.indexOf('@');
            if (at >= 0) {
                assertThat(JA.keys()).contains(key.substring(0, at));
                assertThat(editions).contains(key.substring(at + 1));
            }
        }
    }

    @Test
    void labels_ofServices_areThoseOfCloudService() {
        for (CloudService service : CloudService.standard()) {
            assertThat(JA.keys().stream().filter(k -> k.startsWith("service.")).map(JA::get))
                    .contains(service.label(Locale.JAPANESE));
            assertThat(EN.keys().stream().filter(k -> k.startsWith("service.")).map(EN::get))
                    .contains(service.label(Locale.ENGLISH));
        }
    }

    /** The handbook: where one language has no attested label, the original and a translation marked as ours. */
    @Test
    void labels_withoutAnAttestedTranslation_keepTheOriginalAndMarkOurs() {
        assertThat(EN.get("console.updateStatus")).isEqualTo("ステータスの更新 (\"Update status\", our translation)");
        assertThat(EN.get("console.severity")).startsWith("重大度 (").endsWith(", our translation)");
        assertThat(JA.get("box.enforceNotifications"))
                .startsWith("Enforce event notifications settings on all users（")
                .endsWith("は当方の訳）");
        for (String key : EN.keys()) {
            assertThat(EN.get(key).contains("our translation"))
                    .as("only translations of ours are in Japanese in the English file: " + key)
                    .isEqualTo(EN.get(key).codePoints().anyMatch(LabelsTest::isJapanese));
        }
    }

    @Test
    void fill_whenAnEditionHasItsOwnLabel_takesIt() {
        String text = "{google.signIn}";
        assertThat(Labels.of(Edition.CONSOLE_2024_04, Locale.JAPANESE).fill(text, List.of()))
                .isEqualTo("Sign in with Google");
        assertThat(Labels.of(Edition.CONSOLE_2024_07, Locale.JAPANESE).fill(text, List.of()))
                .isEqualTo("権限の付与");
    }

    @Test
    void fill_whenAnArgumentLooksLikeALabel_leavesItAlone() {
        assertThat(Labels.of(Edition.AUTO, Locale.ENGLISH)
                        .fill("{console.add}: {0}", List.of("{console.remove} $1 {0}")))
                .isEqualTo("Add: {console.remove} $1 {0}");
    }

    @Test
    void fill_whenALabelIsUnknown_saysWhich() {
        assertThatThrownBy(() -> Labels.of(Edition.AUTO, Locale.ENGLISH).fill("{console.nonsense}", List.of()))
                .hasMessageContaining("console.nonsense");
    }

    private static boolean isJapanese(int c) {
        Character.UnicodeScript script = Character.UnicodeScript.of(c);
        return script == Character.UnicodeScript.HAN
                || script == Character.UnicodeScript.HIRAGANA
                || script == Character.UnicodeScript.KATAKANA;
    }
}
