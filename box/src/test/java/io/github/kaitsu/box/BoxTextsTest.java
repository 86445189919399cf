package io.github.kaitsu.box;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.Edition;
import io.github.kaitsu.contract.ServiceAccountProvisionerContract;
import io.github.kaitsu.contract.StatementTextsContract;
import io.github.kaitsu.contract.Steps;
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
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
        for (String code : StatementTextsContract.codesOf("ProbeResult\\.fails")) {
            keys.add("fails." + code);
            keys.add("fails." + code + ".next");
        }
        return keys;
    }

    static Stream<ActivationStep> steps(BoxProvisioner provisioner) {
        return contexts().stream().flatMap(context -> Steps.all(provisioner, context).stream());
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
            assertThat(lines("box.added-by-default", Map.of(), locale))
                    .contains("Trend Micro - Cloud App Security")
                    .containsPattern("[「“]Cloud App Security[」”]");
        }
    }

    @Test
    void box5_theInstructions_askForTheEnforcedNotifications() {
        assertThat(lines("box.added-by-default", Map.of(), Locale.JAPANESE))
                .contains("Enforce event notifications settings on all users", "デフォルトで追加", "アプリケーションの個別管理");
    }

    @Test
    void box6_theSecondBoxIsTickedAfterTheFirst_andTheSettingIsSaved() {
        for (Map<String, String> facts : List.of(Map.<String, String>of(), Map.of("box.temp-folder-id", "1"))) {
            assertThat(lines("box.mute-folder", facts, Locale.JAPANESE))
                    .containsSubsequence(
                            "メールと通知", "このフォルダとすべてのサブフォルダのデフォルト設定を上書きする", "すべてのコラボレータへのすべてのメール通知を無効化する", "保存");
        }
    }

    @Test
    void box1_theGrantOfTheManuals_namesTheirLabelsInTheirOrder() {
        assertThat(grant(Edition.CONSOLE_2024_04, Locale.JAPANESE, "ZERO"))
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
        assertThat(grant(Edition.CONSOLE_2024_07, Locale.ENGLISH))
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

    private String grant(Edition edition, Locale locale, String... policies) {
        StepContext context = BoxProvisionerTest.context(Map.of(), edition, List.of(policies));
        return lines(provisioner.grant(context), edition, locale);
    }

    private String lines(String step, Map<String, String> facts, Locale locale) {
        Edition edition = Edition.CONSOLE_2024_04;
        StepContext context = BoxProvisionerTest.context(facts, edition, List.of());
        ActivationStep found = provisioner.steps(context).stream()
                .filter(s -> s.id().value().equals(step))
                .findFirst()
                .orElseThrow();
        return lines(found.action().orElseThrow(), edition, locale);
    }

    static String lines(ActionTemplate action, Edition edition, Locale locale) {
        return Texts.load(action.texts(), "actions", locale).lines(action.key(), action.variantsIn(edition)).stream()
                .map(line -> Labels.of(edition, locale).fill(line, action.arguments()))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
