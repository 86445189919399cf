package io.github.kaitsu.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationView.Bilingual;
import io.github.kaitsu.ActivationView.Explanation;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.consent.internal.ConsentWords;
import io.github.kaitsu.text.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConsentOutcomeTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}?|}");

    private final Texts ja = Texts.load(ConsentWords.class, "consent", Locale.JAPANESE);
    private final Texts en = Texts.load(ConsentWords.class, "consent", Locale.ENGLISH);

    static Stream<ConsentOutcome> outcomes() {
        return Arrays.stream(CloudService.Provider.values()).flatMap(ConsentOutcomeTest::of);
    }

    private static Stream<ConsentOutcome> of(CloudService.Provider p) {
        return Stream.of(
                new ConsentOutcome.Granted(Consents.CUSTOMER, p, "a@example.com", "t", Set.of("x.read"), Set.of()),
                new ConsentOutcome.Granted(
                        Consents.CUSTOMER, p, "a@example.com", "t", Set.of(), Set.of("x.read", "y.read")),
                new ConsentOutcome.Denied(p),
                new ConsentOutcome.NotAdministrator(p),
                new ConsentOutcome.BlockedByPolicy(p),
                new ConsentOutcome.NotAdministrator(p, "AADSTS90093"),
                new ConsentOutcome.BlockedByPolicy(p, "AADSTS53004"),
                new ConsentOutcome.NotInTenant(p, "AADSTS700016"),
                new ConsentOutcome.SignInRequired(p, ""),
                new ConsentOutcome.AppRefused(p, "invalid_client"),
                new ConsentOutcome.Expired(p),
                new ConsentOutcome.StateMismatch(),
                new ConsentOutcome.WrongAccount(p, "b@example.com"),
                new ConsentOutcome.WrongAccount(p, ""),
                new ConsentOutcome.ProviderError(p, "", true),
                new ConsentOutcome.ProviderError(p, "", false),
                new ConsentOutcome.ProviderError(p, "invalid_scope", false));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void explanation_whateverTheOutcome_saysWhatToDoNextInBothLanguages(ConsentOutcome outcome) {
        Explanation words = outcome.explanation();

        for (Bilingual sentence : List.of(words.message(), words.nextStep())) {
            assertThat(sentence.ja()).endsWith("。").doesNotContainPattern("[{}]");
            assertThat(sentence.en()).endsWith(".").doesNotContainPattern("[{}]|[\\u3040-\\u30FF]");
        }
    }

    /** A new outcome must be given words, and be listed here. */
    @Test
    void outcomes_ofThisTest_areAll() {
        assertThat(outcomes().<Class<?>>map(Object::getClass).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(ConsentOutcome.class.getPermittedSubclasses());
    }

    @Test
    void explanation_always_usesEveryText() {
        Set<String> shown = new HashSet<>();
        outcomes()
                .map(ConsentOutcome::explanation)
                .forEach(
                        e -> shown.addAll(List.of(e.message().en(), e.nextStep().en())));
        List<String> unused = new ArrayList<>();
        for (String key : en.keys()) {
            String opening = PLACEHOLDER.split(en.get(key).replace("{0}", "Box"), 2)[0];
            String otherOpening = PLACEHOLDER.split(en.get(key).replaceFirst("^\\{0}", "Microsoft 365"), 2)[0];
            if (!key.startsWith("page.")
                    && !key.startsWith("provider.")
                    && shown.stream().noneMatch(s -> s.contains(opening) || s.contains(otherOpening))) {
                unused.add(key);
            }
        }
        assertThat(unused).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CloudService.Provider.class)
    void explanation_toWhoDoesNotAdminister_namesTheRole(CloudService.Provider provider) {
        String next = new ConsentOutcome.NotAdministrator(provider)
                .explanation()
                .nextStep()
                .ja();
        assertThat(next)
                .contains(
                        switch (provider) {
                            case BOX -> "主管理者";
                            case DROPBOX -> "チーム管理者";
                            case GOOGLE -> "特権管理者";
                            case MICROSOFT365 -> "グローバル管理者";
                        });
    }

    @Test
    void explanation_whenScopesAreMissing_listsThemInOrder() {
        ConsentOutcome outcome = new ConsentOutcome.Granted(
                Consents.CUSTOMER,
                CloudService.Provider.GOOGLE,
                "a@example.com",
                "t",
                Set.of(),
                Set.of("y.read", "x.read"));

        assertThat(outcome.explanation().message().en()).contains("x.read, y.read");
    }

    @Test
    void explanation_ofWhatAVendorWrote_isHarmlessInATerminal() {
        ConsentOutcome outcome = new ConsentOutcome.WrongAccount(CloudService.Provider.BOX, "a\u001B[2J\u202E{0}@x");

        assertThat(outcome.explanation().message().ja()).doesNotContain("\u001B", "\u202E");
    }

    // ---- the file

    @Test
    void texts_inBothLanguages_haveTheSameKeysAndPlaceholders() {
        assertThat(new TreeSet<>(ja.keys())).isEqualTo(new TreeSet<>(en.keys()));
        for (String key : en.keys()) {
            assertThat(placeholders(ja.get(key))).as(key).isEqualTo(placeholders(en.get(key)));
            assertThat(placeholders(en.get(key))).as(key).allMatch(p -> p.matches("\\{[012]}"));
            assertThat(ja.get(key)).as(key).isNotBlank().isEqualTo(ja.get(key).strip());
            assertThat(en.get(key)).as(key).isNotBlank().isEqualTo(en.get(key).strip());
        }
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
