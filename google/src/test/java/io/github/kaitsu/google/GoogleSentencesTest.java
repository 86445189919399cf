package io.github.kaitsu.google;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Statement;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.text.Sentences;
import io.github.kaitsu.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Evidence is data: the code names what was seen, the texts say it. */
class GoogleSentencesTest {
    private static final List<Locale> LANGUAGES = List.of(Locale.JAPANESE, Locale.ENGLISH);
    private static final Pattern JAPANESE = Pattern.compile("[\\p{IsHiragana}\\p{IsKatakana}\\p{IsHan}]");
    /** Two plain words in a row: names of products begin with a capital. */
    private static final Pattern ENGLISH = Pattern.compile("(?<![\\w/.-])[a-z]{2,} [a-z]{2,}");

    @Test
    void evidence_everyCodeIsSaidInBothLanguages() {
        assertThat(Sources.codes()).hasSizeGreaterThan(40).allMatch(c -> c.matches("[a-z0-9]+(-[a-z0-9]+)*"));
        for (String code : Sources.codes()) {
            Statement seen = Statement.of(code, "ONE", "TWO", "THREE", "FOUR");
            for (Edition edition : Edition.values()) {
                assertThat(Sentences.say(GoogleProvisioners.class, seen, edition, Locale.JAPANESE))
                        .as(code)
                        .containsPattern(JAPANESE)
                        .doesNotContain("{", "}");
                assertThat(Sentences.say(GoogleProvisioners.class, seen, edition, Locale.ENGLISH))
                        .as(code)
                        .doesNotContain("{", "}");
            }
        }
    }

    @Test
    void evidence_noSentenceStandsInTheCode() {
        assertThat(Sources.code()).doesNotContain("new ProbeResult.", "new Statement(");
        for (Sources.Saying saying : Sources.sayings()) {
            assertThat(saying.literals()).as(saying.code()).noneMatch(l -> l.contains(" "));
        }
    }

    @Test
    void evidence_everyStepWithAProbeSaysWhatItExpects_andWhatTheProbeCannotTell() {
        Set<String> titles = probed();
        assertThat(titles).hasSize(12);
        for (Locale language : LANGUAGES) {
            Texts texts = texts(language);
            for (String prefix : List.of("expected.", "limit.")) {
                assertThat(texts.keys().stream().filter(k -> k.startsWith(prefix)))
                        .containsExactlyInAnyOrderElementsOf(
                                titles.stream().map(t -> prefix + t).toList());
                titles.forEach(title -> assertThat(texts.get(prefix + title))
                        .as("shown as it stands, without labels")
                        .doesNotContain("{")
                        .endsWith(language.equals(Locale.JAPANESE) ? "。" : "."));
            }
        }
    }

    @Test
    void texts_ofEachLanguage_holdNoSentenceOfTheOther_andCiteNoRule() {
        Texts ja = texts(Locale.JAPANESE);
        Texts en = texts(Locale.ENGLISH);
        for (String key : ja.keys()) {
            assertThat(ja.get(key)).as(key).containsPattern(JAPANESE).doesNotContainPattern(ENGLISH);
            assertThat(en.get(key)).as(key).doesNotContainPattern(JAPANESE);
            assertThat(ja.get(key) + en.get(key)).as(key).doesNotContainPattern("(GOOGLE|COMMON)-\\d");
        }
    }

    private static Set<String> probed() {
        Set<String> titles = new TreeSet<>();
        Map<String, String> facts = Map.of(
                "tenant.GOOGLE", "C012", "google.marketplace-policy", "CLOSED", "google.api-controls", "restricted");
        for (ServiceAccountProvisioner provisioner : GoogleProvisioners.create(Connections.none())) {
            StepContext context = Given.knowing(facts, provisioner.service());
            List<ActivationStep> steps = new ArrayList<>(provisioner.steps(context));
            steps.addAll(provisioner.removalSteps(context));
            steps.addAll(provisioner.steps(Given.knowing(facts, CloudService.GMAIL, CloudService.GOOGLE_DRIVE)));
            steps.stream().filter(s -> s.check().probe().isPresent()).forEach(s -> titles.add(s.titleKey()));
        }
        return titles;
    }

    private static Texts texts(Locale language) {
        return Texts.load(GoogleProvisioners.class, "actions", language);
    }
}
