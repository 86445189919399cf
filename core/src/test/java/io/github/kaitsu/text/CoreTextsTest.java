package io.github.kaitsu.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.Performer;
import io.github.kaitsu.Phase;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.report.Handover;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file {@code actions} of the core in both languages. */
class CoreTextsTest {
    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d)}");
    private static final Pattern LABEL = Pattern.compile("\\{([a-z0-9]+\\.[A-Za-z0-9.-]+)}");
    private static final Pattern ANY_BRACE = Pattern.compile("\\{[^}]*}?|}");
    /** Actions about one service: {0} is its Japanese name, {1} its English one. */
    private static final Pattern NAMES_A_SERVICE =
            Pattern.compile("^(read|read-again|own-text|sentence|finish|clear-pending|remove)\\..*");
    /** Used without the catalogue of labels. */
    private static final Pattern AS_IT_STANDS =
            Pattern.compile("^(step|role|open|status|failure|evidence|waiting|skipped|blocked|source|detail|report|kind"
                    + "|performer|phase|plan|found|trademarks|answer|part|handover)\\..*");

    private final Texts ja = Texts.load(Texts.class, "actions", Locale.JAPANESE);
    private final Texts en = Texts.load(Texts.class, "actions", Locale.ENGLISH);

    @Test
    void actions_inBothLanguages_haveTheSameKeys() {
        assertThat(new TreeSet<>(ja.keys())).isEqualTo(new TreeSet<>(en.keys()));
    }

    @Test
    void actions_inBothLanguages_haveTheSamePlaceholders() {
        for (String key : en.keys()) {
            boolean aboutAService = NAMES_A_SERVICE.matcher(key).matches();
            assertThat(arguments(ja.get(key)))
                    .as(key)
                    .isEqualTo(aboutAService ? asJapanese(key) : arguments(en.get(key)));
            if (aboutAService) {
                assertThat(ja.get(key)).as(key).doesNotContain("{1}");
                assertThat(en.get(key)).as(key).doesNotContain("{0}");
            }
            assertThat(labels(ja.get(key))).as(key).isEqualTo(labels(en.get(key)));
        }
    }

    private Set<String> asJapanese(String key) {
        return arguments(en.get(key)).stream()
                .map(a -> a.equals("1") ? "0" : a)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void actions_always_areCleanAndHaveNoStrayBrace() {
        for (Texts texts : List.of(ja, en)) {
            for (String key : texts.keys()) {
                assertThat(texts.get(key))
                        .as(key)
                        .isNotBlank()
                        .isEqualTo(texts.get(key).strip())
                        .doesNotContain("\uFFFD");
                for (String brace : found(ANY_BRACE, texts.get(key), 0)) {
                    assertThat(brace).as(key).matches(ARGUMENT.pattern() + "|" + LABEL.pattern());
                }
            }
        }
    }

    @Test
    void actions_usedWithoutTheCatalogue_nameNoLabel() {
        for (String key : en.keys()) {
            if (AS_IT_STANDS.matcher(key).matches()) {
                assertThat(labels(ja.get(key))).as(key).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void actions_whateverTheLabel_itIsInTheCatalogue(String language) {
        Locale locale = Locale.forLanguageTag(language);
        Set<String> catalogue = Texts.load(Labels.class, "labels", locale).keys();
        Texts texts = Texts.load(Texts.class, "actions", locale);
        Set<String> used = texts.keys().stream()
                .flatMap(k -> labels(texts.get(k)).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(catalogue).containsAll(used);
    }

    @Test
    void actions_whateverTheCodeMayShow_haveWords() {
        assertThat(en.keys()).containsAll(keys("status.", ActivationStatus.values()));
        assertThat(en.keys()).containsAll(keys("failure.", FailureReason.values()));
        assertThat(en.keys())
                .containsAll(keys("failure.", FailureReason.values()).stream()
                        .map(k -> k + ".next")
                        .toList());
        assertThat(en.keys()).containsAll(keys("evidence.", Evidence.Level.values()));
        assertThat(en.keys())
                .containsAll(keys("evidence.", Evidence.Level.values()).stream()
                        .map(k -> k + ".about")
                        .toList());
        assertThat(en.keys()).containsAll(keys("blocked.", BlockReason.values()));
        assertThat(en.keys()).containsAll(keys("answer.", AnswerForm.Kind.values()));
        assertThat(en.keys()).containsAll(keys("report.edition.", Edition.values()));
        for (String run : List.of("activation.", "removal.")) {
            assertThat(en.keys()).containsAll(keys("handover.title." + run, Handover.Outcome.values()));
            assertThat(en.keys()).containsAll(keys("handover.outcome." + run, Handover.Outcome.values()));
        }
        assertThat(en.keys()).containsAll(keys("performer.", Performer.values()));
        assertThat(en.keys()).containsAll(keys("phase.", Phase.values()));
        assertThat(en.keys()).containsAll(keys("kind.", ActionTemplate.Kind.values()));
        assertThat(en.keys()).contains("waiting.NOTHING", "waiting.OPERATOR", "waiting.TIME", "waiting.LINK_SLOT");
        assertThat(en.keys())
                .contains("found.HOLDS", "found.FAILS", "found.UNCLEAR", "found.NOT_BEFORE", "found.NO_ACCESS");
    }

    private static List<String> keys(String prefix, Enum<?>[] values) {
        return List.of(values).stream().map(v -> prefix + v.name()).toList();
    }

    @Test
    void common3_whoSetsAPassword_isToldTheRule() {
        assertThat(ja.get("password.3")).contains("8文字以上25文字以下", "数字", "大文字", "小文字");
        assertThat(en.get("password.3")).contains("8 to 25", "digits", "upper-case", "lower-case");
    }

    @Test
    void common4_whoIsOfferedTwoFactor_isNeverToldToSkipIt() {
        for (Texts texts : List.of(ja, en)) {
            assertThat(texts.get("sign-in.3")).contains("{console.setUpTwoFactor}");
            assertThat(texts.keys().stream()
                            .filter(k -> k.startsWith("sign-in."))
                            .map(texts::get))
                    .noneMatch(t ->
                            t.contains("スキップ") || t.toLowerCase(Locale.ROOT).contains("skip"));
        }
    }

    @Test
    void common4_noText_asksForAPassword() {
        assertThat(ja.get("sign-in.8")).contains("お尋ねすることはありません");
        assertThat(en.get("sign-in.8")).contains("never asks");
        assertThat(ja.get("seen.read-paste")).contains("パスワードは含めない");
        assertThat(en.get("seen.read-paste")).contains("Never include a password");
    }

    @Test
    void common13_whoHasPendingCleared_isToldNeverToRemove() {
        assertThat(ja.get("clear-pending.6")).contains("{console.remove}", "しないでください");
        assertThat(en.get("clear-pending.6")).startsWith("Do not “{console.remove}”");
    }

    @Test
    void common15_openItem_namesBothPolicyDocuments() {
        for (Texts texts : List.of(ja, en)) {
            assertThat(texts.get("open.policies.threats")).contains("【ポリシー設定】高度な脅威対策設定手順");
            assertThat(texts.get("open.policies.leaks")).contains("【ポリシー設定】情報漏えい対策設定手順");
        }
    }

    @Test
    void common18_trademarks_nameTheirOwnersAndThePresentName() {
        String lines = ja.keys().stream()
                .filter(k -> k.startsWith("trademarks."))
                .map(ja::get)
                .collect(Collectors.joining());
        assertThat(lines)
                .contains("Box, Inc.", "Dropbox, Inc.", "Google LLC", "Microsoft Corporation", "トレンドマイクロ株式会社")
                .contains("ＮＴＴ東日本株式会社", "2025年7月1日");
        assertThat(en.get("trademarks.6")).contains("ＮＴＴ東日本株式会社", "30 June 2025");
    }

    /** Several step numbers of the manuals dangle. */
    @Test
    void texts_toPersons_neverCiteAManualsStep() {
        Pattern citation = Pattern.compile("[①-⑳]|手順[0-9０-９]|P[0-9]|(?i:step \\d|page \\d)");
        for (Texts texts : List.of(ja, en)) {
            assertThat(texts.keys()).allSatisfy(k -> assertThat(texts.get(k)).doesNotContainPattern(citation));
        }
    }

    private static Set<String> arguments(String text) {
        return found(ARGUMENT, text, 1);
    }

    private static Set<String> labels(String text) {
        return found(LABEL, text, 1);
    }

    private static Set<String> found(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult m) -> m.group(group))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
