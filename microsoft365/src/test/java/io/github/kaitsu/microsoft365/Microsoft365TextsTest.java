package io.github.kaitsu.microsoft365;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.contract.Steps;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.provision.Notice;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.text.Labels;
import io.github.kaitsu.text.Texts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every text there is, in both languages, as a person would read it. */
class Microsoft365TextsTest {
    private static final List<Locale> LANGUAGES = List.of(Locale.JAPANESE, Locale.ENGLISH);
    private static final List<ServiceAccountProvisioner> PROVISIONERS = Stream.concat(
                    Microsoft365Provisioners.create().stream(),
                    Microsoft365Provisioners.create(Connections.none()).stream())
            .toList();
    private static final List<String> PARTS = List.of("title", "goal", "who", "why", "verify");

    @Test
    void texts_inBothLanguages_haveTheSameKeysAndPlaceholders() {
        Texts ja = texts(Locale.JAPANESE);
        Texts en = texts(Locale.ENGLISH);
        assertThat(ja.keys()).isEqualTo(en.keys());
        for (String key : ja.keys()) {
            assertThat(placeholders(ja.get(key))).as(key).isEqualTo(placeholders(en.get(key)));
        }
    }

    /** The later of two would win and nobody would notice. */
    @Test
    void texts_inBothLanguages_haveEachKeyOnce() throws IOException {
        for (String language : List.of("ja", "en")) {
            Path file = Path.of("src/main/resources/io/github/kaitsu/microsoft365/actions_" + language + ".properties");
            assertThat(Files.readAllLines(file).stream()
                            .filter(l -> !l.startsWith("#") && l.contains("="))
                            .map(l -> l.substring(0, l.indexOf('='))))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void texts_ofEveryAction_areCompleteAndResolve() {
        for (OperatorAction action : actions()) {
            String key = action.template().key();
            for (Locale language : LANGUAGES) {
                List<String> all = new ArrayList<>(List.of(
                        action.title(language),
                        action.goal(language),
                        action.who(language),
                        action.why(language),
                        action.verification(language)));
                all.addAll(action.instructions(language));
                assertThat(all)
                        .as(key)
                        .hasSizeGreaterThan(PARTS.size() + 1)
                        .allSatisfy(text -> assertThat(text).isNotBlank().doesNotContain("{", "}", "null"));
                assertThat(action.values(language).values()).as(key).doesNotContain("");
            }
        }
    }

    @Test
    void texts_ofStepsAndNotices_resolve() {
        for (StepContext context : contexts()) {
            for (ServiceAccountProvisioner provisioner : PROVISIONERS) {
                for (Locale language : LANGUAGES) {
                    for (ActivationStep step : Steps.all(provisioner, context)) {
                        assertThat(Texts.load(step.texts(), "actions", language).get("step." + step.titleKey()))
                                .isNotBlank();
                    }
                    for (Notice notice : Stream.concat(
                                    provisioner.notices(context).stream(), Stream.of(provisioner.prerequisite()))
                            .toList()) {
                        assertThat(notice.text(language)).isNotBlank().doesNotContain("{", "}");
                    }
                }
            }
        }
    }

    /** Titles, expectations and limits are shown as they stand: no label is put in. */
    @Test
    void common20_whenAStepIsCheckedByALook_itSaysWhatHadToBeSeenAndWhatItCannotTell() {
        for (StepContext context : contexts()) {
            for (ServiceAccountProvisioner provisioner : PROVISIONERS) {
                for (Locale language : LANGUAGES) {
                    for (ActivationStep step : probed(provisioner, context)) {
                        for (String key : List.of("expected." + step.titleKey(), "limit." + step.titleKey())) {
                            assertThat(texts(language).get(key))
                                    .as(key)
                                    .isNotBlank()
                                    .doesNotContain("{", "}");
                        }
                    }
                }
            }
        }
    }

    private static List<ActivationStep> probed(ServiceAccountProvisioner provisioner, StepContext context) {
        return Steps.all(provisioner, context).stream()
                .filter(s -> s.check().probe().isPresent())
                .toList();
    }

    @Test
    void texts_withoutAUser_doNotExist() {
        Set<String> used = new TreeSet<>();
        actions().forEach(a -> used.addAll(keys(a)));
        for (StepContext context : contexts()) {
            for (ServiceAccountProvisioner provisioner : PROVISIONERS) {
                Steps.all(provisioner, context).forEach(s -> used.add("step." + s.titleKey()));
                provisioner.unfinished(context).ifPresent(q -> used.add("step.unfinished"));
                probed(provisioner, context)
                        .forEach(s -> used.addAll(List.of("expected." + s.titleKey(), "limit." + s.titleKey())));
                provisioner.notices(context).forEach(n -> used.add(n.key()));
                used.add(provisioner.prerequisite().key());
            }
        }
        used.addAll(findings());
        StatementTextsTest.codes().forEach(code -> used.add("seen." + code));
        assertThat(used).containsAll(texts(Locale.JAPANESE).keys());
    }

    /** Under which keys the texts of an action stand. */
    private static Set<String> keys(OperatorAction action) {
        Texts texts = texts(Locale.JAPANESE);
        String key = action.template().key();
        Set<String> variants = action.template().variantsIn(action.edition());
        Set<String> keys = new TreeSet<>(texts.lineKeys(key, variants));
        PARTS.forEach(part -> keys.add(texts.key(key + "." + part, variants).orElseThrow()));
        action.template().form().choices().forEach(choice -> keys.add("choice." + choice));
        return keys;
    }

    @Test
    void texts_ofEveryFinding_sayWhatItIsAndWhatToDo() {
        for (Locale language : LANGUAGES) {
            for (String key : findings()) {
                String text = Labels.of(Edition.CONSOLE_2024_07, language)
                        .fill(texts(language).get(key), List.of());
                assertThat(text).as(key).isNotBlank().doesNotContain("{", "}");
            }
        }
    }

    /** Every reason that the code gives to a failing look or finds behind an answer, and its next step. */
    private static Set<String> findings() {
        Pattern quoted = Pattern.compile(
                "ProbeResult\\.fails\\(\\s*\"([^\"]+)\"|new Meaning\\(\\s*Refusal\\.[A-Z_]+,\\s*\"([^\"]+)\"");
        Set<String> keys = new TreeSet<>();
        keys.add("fails." + ProbeResult.WRONG_TENANT);
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                Matcher m = quoted.matcher(Files.readString(file));
                while (m.find()) {
                    IntStream.rangeClosed(1, m.groupCount())
                            .mapToObj(m::group)
                            .filter(Objects::nonNull)
                            .forEach(name -> keys.add("fails." + name));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(keys).hasSizeGreaterThan(20);
        List.copyOf(keys).forEach(key -> keys.add(key + ".next"));
        return keys;
    }

    /** Numbers of a manual's steps dangle, and no two-factor prompt is ever to be skipped (COMMON-4). */
    @Test
    void common4_whenAPersonReads_nothingIsSkippedAndNoManualIsCited() {
        for (Locale language : LANGUAGES) {
            Texts texts = texts(language);
            assertThat(texts.keys())
                    .allSatisfy(key -> assertThat(texts.get(key))
                            .doesNotContain("手順①", "手順②", "スキップ", "manual")
                            .doesNotContainPattern("手順[0-9０-９①-⑳]"));
        }
    }

    private static Set<String> placeholders(String text) {
        return Pattern.compile("\\{[^}]*}")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    private static Texts texts(Locale language) {
        return Texts.load(Microsoft365Provisioners.class, "actions", language);
    }

    private static Set<OperatorAction> actions() {
        Set<OperatorAction> actions = new LinkedHashSet<>();
        for (StepContext context : contexts()) {
            for (ServiceAccountProvisioner provisioner : PROVISIONERS) {
                actions.add(Known.render(provisioner.grant(context), context.edition()));
                provisioner
                        .unfinished(context)
                        .map(t -> Known.render(t, context.edition()))
                        .ifPresent(actions::add);
                for (ActivationStep step : Steps.all(provisioner, context)) {
                    Stream.concat(step.action().stream(), step.check().question().stream())
                            .map(t -> Known.render(t, context.edition()))
                            .forEach(actions::add);
                }
            }
        }
        return actions;
    }

    /** All that changes a text: edition, policies, what is known of Teams' app, which case of MIP. */
    private static List<StepContext> contexts() {
        List<StepContext> contexts = new ArrayList<>();
        for (Edition edition : Edition.values()) {
            for (List<String> policies : List.of(List.<String>of(), List.of("Default policy"))) {
                for (boolean site : List.of(true, false)) {
                    ActivationRequest.Builder request = Known.request(
                                    CloudService.EXCHANGE_ONLINE,
                                    CloudService.SHAREPOINT_ONLINE,
                                    CloudService.ONEDRIVE,
                                    CloudService.MICROSOFT_TEAMS)
                            .edition(edition)
                            .policies(policies);
                    if (site) {
                        request.sharePointAdminSite(Known.ADMIN_SITE);
                    }
                    facts().forEach(f -> contexts.add(Known.context(request.build(), f)));
                }
            }
        }
        for (String which : List.of("first-time", "rms", "policy-only")) {
            contexts.add(Known.context(
                    Known.request(CloudService.MIP).build(),
                    Map.of("answer.mip.case", which, "tenant.MICROSOFT365", "t")));
        }
        return contexts;
    }

    private static List<Map<String, String>> facts() {
        String teams = "console.app-id.MICROSOFT_TEAMS";
        return List.of(
                Map.of(),
                Map.of("tenant.MICROSOFT365", "t"),
                Map.of(teams, ""),
                Map.of(teams, Known.APP_ID),
                Map.of(teams, Known.APP_ID, "console.app-id.SHAREPOINT_ONLINE", Known.APP_ID));
    }
}
