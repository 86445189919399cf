package io.github.kaitsu.microsoft365;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.OperatorAction;
import io.github.kaitsu.internal.Labels;
import io.github.kaitsu.internal.Texts;
import io.github.kaitsu.spi.ActivationStep;
import io.github.kaitsu.spi.Look;
import io.github.kaitsu.spi.Notice;
import io.github.kaitsu.spi.ServiceAccountProvisioner;
import io.github.kaitsu.spi.StepContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every text there is, in both languages, as a person would read it. */
class Microsoft365TextsTest {
    private static final List<Locale> LANGUAGES = List.of(Locale.JAPANESE, Locale.ENGLISH);
    private static final List<String> PARTS = List.of("title", "goal", "who", "why", "verify", "1");

    @Test
    void texts_inBothLanguages_haveTheSameKeys() {
        assertThat(texts(Locale.JAPANESE).keys())
                .isEqualTo(texts(Locale.ENGLISH).keys());
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
                        .hasSizeGreaterThan(PARTS.size())
                        .allSatisfy(text -> assertThat(text).isNotBlank().doesNotContain("{", "}", "null"));
                assertThat(action.values(language).values()).as(key).doesNotContain("");
            }
        }
    }

    @Test
    void texts_ofStepsAndNotices_resolve() {
        for (StepContext context : contexts()) {
            for (ServiceAccountProvisioner provisioner : Microsoft365Provisioners.create()) {
                for (Locale language : LANGUAGES) {
                    for (ActivationStep step : steps(provisioner, context)) {
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

    @Test
    void texts_withoutAUser_doNotExist() {
        Set<String> used = new TreeSet<>();
        actions().forEach(a -> used.add(a.template().key()));
        for (StepContext context : contexts()) {
            for (ServiceAccountProvisioner provisioner : Microsoft365Provisioners.create()) {
                steps(provisioner, context).forEach(s -> used.add("step." + s.titleKey()));
                provisioner.notices(context).forEach(n -> used.add(n.key()));
                used.add(provisioner.prerequisite().key());
            }
        }
        for (String reason : reasons()) {
            used.add("fails." + reason);
            used.add("fails." + reason + ".next");
        }
        for (String key : texts(Locale.JAPANESE).keys()) {
            String stem = key.startsWith("fails.")
                            || key.startsWith("step.")
                            || key.startsWith("notice.")
                            || key.equals("prerequisite")
                    ? key
                    : key.substring(0, key.lastIndexOf('.'));
            assertThat(used).contains(stem);
        }
    }

    @Test
    void texts_ofEveryFailingLook_resolveInBothEditions() {
        for (String reason : reasons()) {
            for (String key : List.of("fails." + reason, "fails." + reason + ".next")) {
                for (Locale language : LANGUAGES) {
                    for (Edition edition : Edition.values()) {
                        assertThat(Labels.of(edition, language)
                                        .fill(texts(language).get(key), List.of()))
                                .as(key)
                                .isNotBlank()
                                .doesNotContain("{", "}");
                    }
                }
            }
        }
    }

    /** Every reason that the code gives to a failing look. */
    private static Set<String> reasons() {
        Set<String> reasons = new TreeSet<>();
        Pattern given = Pattern.compile("new Look\\.Fails\\(\\s*\"([^\"]+)\"");
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                String code = Files.readString(file);
                if (code.contains("Look.WRONG_TENANT")) {
                    reasons.add(Look.WRONG_TENANT);
                }
                given.matcher(code).results().forEach(m -> reasons.add(m.group(1)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(reasons).isNotEmpty();
        return reasons;
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

    private static Texts texts(Locale language) {
        return Texts.load(Microsoft365Provisioners.class, "actions", language);
    }

    private static Set<OperatorAction> actions() {
        Set<OperatorAction> actions = new LinkedHashSet<>();
        for (StepContext context : contexts()) {
            for (ServiceAccountProvisioner provisioner : Microsoft365Provisioners.create()) {
                actions.add(Known.render(provisioner.grant(context), context.edition()));
                for (ActivationStep step : steps(provisioner, context)) {
                    Stream.concat(step.action().stream(), step.check().question().stream())
                            .map(t -> Known.render(t, context.edition()))
                            .forEach(actions::add);
                }
            }
        }
        return actions;
    }

    private static List<ActivationStep> steps(ServiceAccountProvisioner provisioner, StepContext context) {
        return Stream.concat(provisioner.steps(context).stream(), provisioner.removalSteps(context).stream())
                .toList();
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
            contexts.add(Known.context(Known.request(CloudService.MIP).build(), Map.of("answer.mip.case", which)));
        }
        return contexts;
    }

    private static List<Map<String, String>> facts() {
        String teams = "console.app-id.MICROSOFT_TEAMS";
        return List.of(
                Map.of(),
                Map.of(teams, ""),
                Map.of(teams, Known.APP_ID),
                Map.of(teams, Known.APP_ID, "console.app-id.SHAREPOINT_ONLINE", Known.APP_ID));
    }
}
