package io.github.kaitsu.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.Edition;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Notice;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.text.Labels;
import io.github.kaitsu.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What every provisioner must keep to: ids that stay the same, and texts that are complete in Japanese and English and name
 * pages' labels from the catalogue.
 *
 * <p>Extend it in your module's tests; all texts stand beside one class, in {@code actions_ja} and {@code actions_en}.
 */
public abstract class ServiceAccountProvisionerContract {
    private static final List<Locale> LANGUAGES = List.of(Locale.JAPANESE, Locale.ENGLISH);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}");
    private static final Pattern SENTENCE = Pattern.compile("[a-z0-9-]+\\.(goal|why|verify|\\d+)(@.+)?");

    private static final List<String> PARTS = List.of("title", "goal", "who", "why", "verify");
    private static final List<String> ARGUMENTS = List.of("ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE");

    /** For those who extend it. */
    protected ServiceAccountProvisionerContract() {}

    /** The provisioners of the module. */
    protected abstract List<? extends ServiceAccountProvisioner> provisioners();

    /** Every situation in which a provisioner names other steps or other texts. */
    protected abstract List<StepContext> contexts(ServiceAccountProvisioner provisioner);

    /** The class beside which the texts stand. */
    protected abstract Class<?> texts();

    /** Keys that no step, action or notice names: findings of looks, for instance. */
    protected Set<String> furtherKeys() {
        return Set.of();
    }

    @Test
    void steps_whenNamedAnew_keepTheirIdsAndNameNoneTwice() {
        for (ServiceAccountProvisioner provisioner : provisioners()) {
            for (StepContext context : contexts(provisioner)) {
                List<String> ids = ids(provisioner.steps(context));
                assertThat(ids).doesNotHaveDuplicates().isEqualTo(ids(provisioner.steps(context)));
                assertThat(ids(provisioner.removalSteps(context))).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void texts_inBothLanguages_haveTheSameKeysAndPlaceholders() {
        Texts ja = in(Locale.JAPANESE);
        Texts en = in(Locale.ENGLISH);
        assertThat(ja.keys()).isEqualTo(en.keys());
        for (String key : ja.keys()) {
            assertThat(placeholders(ja.get(key))).as(key).isEqualTo(placeholders(en.get(key)));
        }
    }

    @Test
    void texts_whenFilled_haveEveryLabelAndNoPlaceholderLeft() {
        for (Edition edition : Edition.values()) {
            for (Locale language : LANGUAGES) {
                Texts texts = in(language);
                for (String key : texts.keys()) {
                    String filled = Labels.of(edition, language).fill(texts.get(key), ARGUMENTS);
                    assertThat(filled).as(key).isNotBlank().doesNotContain("{", "}");
                }
            }
        }
    }

    @Test
    void texts_ofStepTitles_needNoLabels() {
        for (Locale language : LANGUAGES) {
            in(language).keys().stream()
                    .filter(k -> k.startsWith("step."))
                    .forEach(key -> assertThat(in(language).get(key)).doesNotContain("{"));
        }
    }

    @Test
    void texts_ofEveryActionStepAndNotice_exist_andNoOthers() {
        Set<String> needed = new TreeSet<>(furtherKeys());
        for (ServiceAccountProvisioner provisioner : provisioners()) {
            for (StepContext context : contexts(provisioner)) {
                List<ActivationStep> steps = new ArrayList<>(provisioner.steps(context));
                steps.addAll(provisioner.removalSteps(context));
                for (ActivationStep step : steps) {
                    needed.add("step." + step.titleKey());
                    step.action().ifPresent(a -> needed.addAll(keys(a, context)));
                    step.check().question().ifPresent(a -> needed.addAll(keys(a, context)));
                }
                needed.addAll(keys(provisioner.grant(context), context));
                provisioner.unfinished(context).ifPresent(question -> {
                    needed.addAll(keys(question, context));
                    needed.add("step.unfinished");
                });
                provisioner.notices(context).stream().map(Notice::key).forEach(needed::add);
                needed.add(provisioner.prerequisite().key());
            }
        }
        assertThat(in(Locale.JAPANESE).keys()).containsExactlyInAnyOrderElementsOf(needed);
    }

    /** Never cite a manual's step, never advise to skip two-factor (COMMON-4). */
    @Test
    void common4_whenAPersonReads_nothingIsSkippedAndNoManualIsCited() {
        for (Locale language : LANGUAGES) {
            Texts texts = in(language);
            for (String key : texts.keys()) {
                assertThat(texts.get(key))
                        .as(key)
                        .doesNotContainPattern("[①-⑳]|手順[0-9０-９]|[Ss]tep \\d|スキップ|[Ss]kip|二要素|2要素|two-factor");
                if (SENTENCE.matcher(key).matches()) {
                    assertThat(texts.get(key)).as(key).endsWith(language.equals(Locale.JAPANESE) ? "。" : ".");
                }
            }
        }
    }

    /** Under which keys its texts stand; the plain key of a part that is missing. */
    private Set<String> keys(ActionTemplate action, StepContext context) {
        assertThat(action.texts()).isEqualTo(texts());
        Set<String> variants = action.variantsIn(context.edition());
        Texts ja = in(Locale.JAPANESE);
        Set<String> keys = new TreeSet<>(ja.lineKeys(action.key(), variants));
        assertThat(keys).as(action.key()).isNotEmpty();
        for (String part : PARTS) {
            String key = action.key() + "." + part;
            keys.add(ja.key(key, variants).orElse(key));
        }
        for (String label : action.values().keySet()) {
            assertThat(Labels.of(Edition.AUTO, Locale.ENGLISH).text(label)).isNotBlank();
        }
        return keys;
    }

    private Texts in(Locale language) {
        return Texts.load(texts(), "actions", language);
    }

    private static List<String> ids(List<ActivationStep> steps) {
        return steps.stream().map(s -> s.id().value()).toList();
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }
}
