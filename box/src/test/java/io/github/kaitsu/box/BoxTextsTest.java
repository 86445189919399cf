package io.github.kaitsu.box;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.Edition;
import io.github.kaitsu.internal.Labels;
import io.github.kaitsu.internal.Texts;
import io.github.kaitsu.spi.ActionTemplate;
import io.github.kaitsu.spi.ActivationStep;
import io.github.kaitsu.spi.Connections;
import io.github.kaitsu.spi.Look;
import io.github.kaitsu.spi.Notice;
import io.github.kaitsu.spi.StepContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BoxTextsTest {
    private static final Texts JA = Texts.load(BoxProvisioner.class, "actions", Locale.JAPANESE);
    private static final Texts EN = Texts.load(BoxProvisioner.class, "actions", Locale.ENGLISH);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}");
    private static final List<String> PARTS = List.of("title", "goal", "who", "why", "verify", "1");

    private final BoxProvisioner provisioner = BoxProvisioner.create(Connections.none());

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
                Texts texts = Texts.load(BoxProvisioner.class, "actions", locale);
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
    void texts_ofEveryActionStepNoticeAndFinding_exist_andNoOthers() throws Exception {
        Set<String> needed = new TreeSet<>();
        for (StepContext context : contexts()) {
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
        for (String reason : reasons()) {
            needed.add("fails." + reason);
            needed.add("fails." + reason + ".next");
        }
        assertThat(JA.keys()).containsExactlyInAnyOrderElementsOf(needed);
    }

    @Test
    void notices_whenShown_haveTheirLabels() {
        for (Locale locale : List.of(Locale.JAPANESE, Locale.ENGLISH)) {
            for (Notice notice : provisioner.notices(contexts().get(0))) {
                assertThat(notice.text(locale)).isNotBlank().doesNotContain("{");
            }
            assertThat(provisioner.prerequisite().text(locale)).isNotBlank();
        }
    }

    @Test
    void box3_theInstructions_acceptBothNamesOfTheApp() {
        for (Locale locale : List.of(Locale.JAPANESE, Locale.ENGLISH)) {
            assertThat(lines("added-by-default", locale))
                    .contains("Trend Micro - Cloud App Security")
                    .containsPattern("[「“]Cloud App Security[」”]");
        }
    }

    @Test
    void box5_theInstructions_askForTheEnforcedNotifications() {
        assertThat(lines("added-by-default", Locale.JAPANESE))
                .contains("Enforce event notifications settings on all users", "デフォルトで追加", "アプリケーションの個別管理");
    }

    @Test
    void box6_theSecondBoxIsTickedAfterTheFirst_andTheSettingIsSaved() {
        for (String key : List.of("mute-folder", "mute-folder-by-path")) {
            assertThat(lines(key, Locale.JAPANESE))
                    .containsSubsequence(
                            "メールと通知", "このフォルダとすべてのサブフォルダのデフォルト設定を上書きする", "すべてのコラボレータへのすべてのメール通知を無効化する", "保存");
        }
    }

    @Test
    void box1_theGrantOfTheManuals_namesTheirLabelsInTheirOrder() {
        assertThat(lines("grant-policies", Locale.JAPANESE))
                .containsSubsequence(
                        "運用管理",
                        "サービスアカウント",
                        "追加",
                        "Box",
                        "ZERO",
                        "権限の付与",
                        "Boxへのアクセス許可",
                        "Please close this window, then back to Trend Micro Cloud App Security continue provision.",
                        "ステータスの更新",
                        "閉じる",
                        "×");
    }

    @Test
    void box1_theGrantOfTodaysConsole_endsWithItsSentence() {
        assertThat(lines("grant-2024-07", Locale.ENGLISH))
                .containsSubsequence(
                        "Service Status",
                        "Grant Access",
                        "Grant Permission",
                        "Grant access to Box",
                        "Successfully created a service account and synced data.")
                .doesNotContain("ステータスの更新");
    }

    /** The handbook: never cite a manual's step, never advise to skip two-factor, never ask for a password. */
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
            if (key.matches("[a-z0-9-]+\\.(goal|why|verify|\\d)")) {
                assertThat(JA.get(key)).as(key).endsWith("。");
            }
        }
    }

    private static Set<String> keys(ActionTemplate action) {
        assertThat(action.texts()).isEqualTo(BoxProvisioner.class);
        Set<String> keys = new HashSet<>();
        PARTS.forEach(p -> keys.add(action.key() + "." + p));
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

    private static List<StepContext> contexts() {
        List<StepContext> all = new ArrayList<>();
        for (Edition edition : Edition.values()) {
            for (List<String> policies : List.of(List.<String>of(), List.of("P"))) {
                for (Map<String, String> facts : List.of(Map.<String, String>of(), Map.of("box.temp-folder-id", "1"))) {
                    all.add(BoxProvisionerTest.context(facts, edition, policies));
                }
            }
        }
        return all;
    }

    /** Every reason that the code gives to a failing look. */
    private static Set<String> reasons() throws IOException {
        Set<String> reasons = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                if (Files.readString(file).contains("Look.WRONG_TENANT")) {
                    reasons.add(Look.WRONG_TENANT);
                }
                Matcher m =
                        Pattern.compile("new Look\\.Fails\\(\\s*\"([^\"]+)\"").matcher(Files.readString(file));
                while (m.find()) {
                    reasons.add(m.group(1));
                }
            }
        }
        assertThat(reasons).isNotEmpty();
        return reasons;
    }

    private static String lines(String key, Locale locale) {
        Texts texts = Texts.load(BoxProvisioner.class, "actions", locale);
        StringBuilder lines = new StringBuilder();
        for (int n = 1; texts.find(key + "." + n).isPresent(); n++) {
            lines.append(Labels.of(Edition.CONSOLE_2024_04, locale)
                            .fill(texts.get(key + "." + n), List.of("ZERO", "ONE")))
                    .append('\n');
        }
        return lines.toString();
    }

    private static Set<String> placeholders(String text) {
        Set<String> found = new TreeSet<>();
        Matcher m = PLACEHOLDER.matcher(text);
        while (m.find()) {
            found.add(m.group());
        }
        return found;
    }
}
