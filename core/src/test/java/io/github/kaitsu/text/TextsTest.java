package io.github.kaitsu.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Variants, by the test's own files {@code variants_en} and {@code variants_ja}. */
class TextsTest {
    private final Texts en = Texts.load(TextsTest.class, "variants", Locale.ENGLISH);

    @Test
    void get_whereAVariantApplies_takesItsLine_elseTheCommonOne() {
        assertThat(en.get("grant.title", Set.of())).isEqualTo("Grant");
        assertThat(en.get("grant.title", Set.of("policies"))).isEqualTo("Grant");
        assertThat(en.get("grant.title", Set.of("today", "policies"))).isEqualTo("Grant today");
    }

    @Test
    void get_whereSeveralFit_takesTheOneWithMostVariants() {
        assertThat(en.get("grant.4", Set.of("policies"))).isEqualTo("Four, with policies");
        assertThat(en.get("grant.4", Set.of("policies", "today", "more"))).isEqualTo("Four, with policies, today");
    }

    @Test
    void get_whereTwoFitEquallyWell_saysWhich() {
        assertThatThrownBy(() -> en.get("grant.title", Set.of("teams", "today")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("grant.title@teams", "grant.title@today", "variants_en.properties");
    }

    @Test
    void get_whereNoLineFits_saysWhatIsMissing_andTakesNoOtherLanguage() {
        assertThatThrownBy(() -> en.get("grant.who", Set.of("today")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("grant.who", "today", "variants_en.properties");
        Texts ja = Texts.load(TextsTest.class, "variants", Locale.JAPANESE);
        assertThatThrownBy(() -> ja.get("grant.1", Set.of("teams")))
                .hasMessageContainingAll("grant.1", "teams", "variants_ja.properties");
    }

    @Test
    void lines_whereNoneFits_areLeftOut_upToTheFirstNumberThatDoesNotExist() {
        assertThat(en.lines("grant", Set.of())).containsExactly("One", "Four");
        assertThat(en.lines("grant", Set.of("today"))).containsExactly("One", "Two, today", "Four");
        assertThat(en.lineKeys("grant", Set.of("yesterday")))
                .containsExactly("grant.1", "grant.3@yesterday", "grant.4");
    }
}
