package io.github.kaitsu.box;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.Edition;
import io.github.kaitsu.contract.ServiceAccountProvisionerContract;
import io.github.kaitsu.contract.StatementTextsContract;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Notice;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.text.Labels;
import io.github.kaitsu.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BoxTextsTest extends ServiceAccountProvisionerContract {
    private final BoxProvisioner provisioner = BoxProvisioner.create();

    @Override
    protected List<BoxProvisioner> provisioners() {
        return List.of(provisioner);
    }

    @Override
    protected Class<?> texts() {
        return BoxProvisioner.class;
    }

    @Override
    protected List<StepContext> contexts(ServiceAccountProvisioner any) {
        return contexts();
    }

    /** What was seen, and a message and a next step for every code that is given to a failing look. */
    @Override
    protected Set<String> furtherKeys() {
        Set<String> keys = StatementTextsContract.keys(BoxProvisioner.class, steps(provisioner));
        for (String code : StatementTextsContract.codesOf("Look\\.fails")) {
            keys.add("fails." + code);
            keys.add("fails." + code + ".next");
        }
        return keys;
    }

    static Stream<ActivationStep> steps(BoxProvisioner provisioner) {
        return contexts().stream()
                .flatMap(context ->
                        Stream.concat(provisioner.steps(context).stream(), provisioner.removalSteps(context).stream()));
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
}
