package io.github.kaitsu.google;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.internal.Labels;
import io.github.kaitsu.internal.Texts;
import io.github.kaitsu.spi.ActionTemplate;
import io.github.kaitsu.spi.ActivationStep;
import io.github.kaitsu.spi.Notice;
import io.github.kaitsu.spi.ServiceAccountProvisioner;
import io.github.kaitsu.spi.StepContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GoogleTextsTest {
    private static final Class<?> ANCHOR = GoogleProvisioners.class;
    private static final Texts JA = Texts.load(ANCHOR, "actions", Locale.JAPANESE);
    private static final Texts EN = Texts.load(ANCHOR, "actions", Locale.ENGLISH);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}");
    private static final List<String> PARTS = List.of("title", "goal", "who", "why", "verify", "1");

    @Test
    void texts_inBothLanguages_haveTheSameKeysAndPlaceholders() {
        assertThat(JA.keys()).isEqualTo(EN.keys());
        for (String key : JA.keys()) {
            assertThat(placeholders(JA.get(key))).as(key).isEqualTo(placeholders(EN.get(key)));
        }
    }

    @Test
    void texts_whenFilled_haveEveryLabelAndNoPlaceholderLeft() {
        for (Edition edition : Edition.values()) {
            for (Locale locale : List.of(Locale.JAPANESE, Locale.ENGLISH)) {
                Texts texts = Texts.load(ANCHOR, "actions", locale);
                for (String key : texts.keys()) {
                    assertThat(Labels.of(edition, locale).fill(texts.get(key), List.of("ZERO", "ONE")))
                            .as(key)
                            .doesNotContain("{", "}");
                }
            }
        }
    }

    /** The engine shows titles of steps as they stand, without labels. */
    @Test
    void texts_ofStepTitles_needNoLabels() {
        for (String key : JA.keys()) {
            if (key.startsWith("step.")) {
                assertThat(JA.get(key) + EN.get(key)).doesNotContain("{");
            }
        }
    }

    @Test
    void texts_ofEveryActionStepAndNotice_exist_andNoOthers() {
        Set<String> needed = new TreeSet<>();
        for (ServiceAccountProvisioner provisioner : GoogleProvisioners.create()) {
            for (StepContext context : contexts(provisioner.service())) {
                List<ActivationStep> steps = new ArrayList<>(provisioner.steps(context));
                steps.addAll(provisioner.removalSteps(context));
                for (ActivationStep step : steps) {
                    needed.add("step." + step.titleKey());
                    step.action().ifPresent(a -> needed.addAll(keys(a)));
                    step.check().question().ifPresent(a -> needed.addAll(keys(a)));
                }
                needed.addAll(keys(provisioner.grant(context)));
                provisioner.notices(context).stream().map(Notice::key).forEach(needed::add);
                needed.add(provisioner.prerequisite().key());
            }
        }
        assertThat(JA.keys()).containsExactlyInAnyOrderElementsOf(needed);
    }

    /** The handbook: never cite a manual's step, never advise to skip two-factor. */
    @Test
    void texts_whenReadByAPerson_keepTheHouseRules() {
        for (Texts texts : List.of(JA, EN)) {
            for (String key : texts.keys()) {
                assertThat(texts.get(key))
                        .as(key)
                        .doesNotContainPattern("[①-⑳]|手順\\d|[Ss]tep \\d|スキップ|[Ss]kip|押下|二要素|2要素|two-factor");
            }
        }
        for (String key : JA.keys()) {
            if (key.matches("[a-z0-9-]+\\.(goal|why|verify|\\d+)")) {
                assertThat(JA.get(key)).as(key).endsWith("。");
                assertThat(EN.get(key)).as(key).endsWith(".");
            }
        }
    }

    private static List<StepContext> contexts(CloudService service) {
        List<StepContext> all = new ArrayList<>();
        for (Edition edition : Edition.values()) {
            all.add(Given.context(edition, service));
            all.add(Given.context(edition, CloudService.GMAIL, CloudService.GOOGLE_DRIVE));
            all.add(Given.context(edition, CloudService.GOOGLE_DRIVE, CloudService.GMAIL));
        }
        return all;
    }

    private static Set<String> keys(ActionTemplate action) {
        assertThat(action.texts()).isEqualTo(ANCHOR);
        Set<String> keys = PARTS.stream().map(p -> action.key() + "." + p).collect(Collectors.toSet());
        for (int n = 2; JA.find(action.key() + "." + n).isPresent(); n++) {
            keys.add(action.key() + "." + n);
        }
        action.values()
                .keySet()
                .forEach(label -> assertThat(
                                Labels.of(Edition.AUTO, Locale.ENGLISH).text(label))
                        .isNotBlank());
        return keys;
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }
}
