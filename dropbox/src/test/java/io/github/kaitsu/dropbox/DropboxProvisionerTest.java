package io.github.kaitsu.dropbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Phase;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.contract.Steps;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.ActionTemplate.Kind;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.text.Labels;
import io.github.kaitsu.text.Texts;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DropboxProvisionerTest {
    private static final String TEMP = "trendmicro_cas_temp__dont_change_or_delete";
    private static final String QUARANTINE = "trendmicro_cas_quarantine__dont_change_or_delete";
    private static final StepContext MANUALS = context(Edition.CONSOLE_2024_04, List.of());
    private static final StepContext TODAY = context(Edition.CONSOLE_2024_07, List.of());

    private final DropboxProvisioner dropbox = DropboxProvisioner.create();

    @Test
    void dropbox1_beforeTheGrant_asksForAnActiveTeamAdmin() {
        ActivationStep admin = Steps.step(dropbox.steps(MANUALS), "dropbox.admin");
        assertThat(admin.phase()).isEqualTo(Phase.PREFLIGHT);
        assertThat(admin.rule()).isEqualTo("DROPBOX-1");
        assertThat(admin.required()).isTrue();
        ActionTemplate question = admin.check().question().orElseThrow();
        assertThat(question.kind()).isEqualTo(Kind.READ);
        assertThat(question.form()).isEqualTo(AnswerForm.yesOrNo());
        assertThat(text(question, "goal", Locale.JAPANESE)).contains("チーム管理者", "有効");
    }

    @Test
    void dropbox1_theGrantOfTheManuals_namesTheirLabelsInTheirOrder() {
        ActionTemplate grant = dropbox.grant(MANUALS);
        assertThat(grant.kind()).isEqualTo(Kind.DO);
        assertThat(dropbox.grantRule()).isEqualTo("DROPBOX-1");
        assertThat(lines(grant, Edition.CONSOLE_2024_04, Locale.JAPANESE))
                .containsSubsequence(
                        "運用管理",
                        "サービスアカウント",
                        "追加",
                        "Dropbox",
                        "権限の付与",
                        "続行",
                        "ログイン",
                        "許可",
                        "Please close this window, then back to Trend Micro Cloud App Security continue provision.",
                        "ステータスの更新",
                        "閉じる",
                        "×");
    }

    @Test
    void dropbox1_theGrantOfTodaysConsole_endsWithItsSentence() {
        assertThat(lines(dropbox.grant(TODAY), Edition.CONSOLE_2024_07, Locale.ENGLISH))
                .containsSubsequence(
                        "Service Status",
                        "Grant Access",
                        "Grant Access to Dropbox",
                        "Grant Permission",
                        "Allow",
                        "Successfully created a service account and synced data.")
                .doesNotContain("ステータスの更新");
    }

    @Test
    void common7_policies_areCopiedIntoTheGrant_andNoneIsValid() {
        assertThat(dropbox.grant(MANUALS).values()).isEmpty();
        assertThat(dropbox.grant(context(Edition.CONSOLE_2024_04, List.of("A", "B")))
                        .values())
                .containsExactly(Map.entry("console.selectPolicy", "A / B"));
    }

    @Test
    void common6_whenDropboxIsGreyedOut_theGrantSaysToRemoveNothing() {
        for (StepContext context : List.of(MANUALS, TODAY)) {
            assertThat(lines(dropbox.grant(context), context.edition(), Locale.JAPANESE))
                    .containsPattern("削除はせずに.*GREYED_OUT");
        }
    }

    @Test
    void common17_theGrant_saysFirstWhichAccountMustBeActiveAndHowToSeeIt() {
        for (StepContext context : List.of(MANUALS, TODAY)) {
            ActionTemplate grant = dropbox.grant(context);
            assertThat(text(grant, "1", Locale.JAPANESE)).contains("https://www.dropbox.com/", "右上", "チーム管理者");
            assertThat(text(grant, "1", Locale.ENGLISH)).contains("top right", "team admin");
        }
    }

    @Test
    void dropbox2_afterSuccess_asksOnceForEachPage() {
        List<ActivationStep> after = dropbox.steps(MANUALS).stream()
                .filter(s -> s.phase() == Phase.POST_SETUP)
                .toList();
        assertThat(after).extracting(s -> s.id().value()).containsExactly("dropbox.app-linked", "dropbox.folders");
        assertThat(after).allMatch(s -> s.rule().equals("DROPBOX-2") && s.required());
        assertThat(after)
                .extracting(s -> s.check().question().orElseThrow().link().orElseThrow())
                .doesNotHaveDuplicates()
                .contains(URI.create("https://www.dropbox.com/team/admin/settings/team_apps"));
    }

    @Test
    void dropbox2_theLookAtTheApps_acceptsBothNames() {
        ActionTemplate question = Steps.step(dropbox.steps(MANUALS), "dropbox.app-linked")
                .check()
                .question()
                .orElseThrow();
        for (Locale locale : List.of(Locale.JAPANESE, Locale.ENGLISH)) {
            assertThat(lines(question, Edition.AUTO, locale))
                    .contains("Trend Micro Cloud App Security", "Trend Micro Cloud Email and Collaboration Protection");
        }
    }

    @Test
    void dropbox2_theLookAtTheFolders_namesBoth_andAbsenceMayWait() {
        ActionTemplate question = Steps.step(dropbox.steps(MANUALS), "dropbox.folders")
                .check()
                .question()
                .orElseThrow();
        assertThat(text(question, "goal", Locale.ENGLISH)).contains(TEMP, QUARANTINE);
        assertThat(lines(question, Edition.AUTO, Locale.ENGLISH)).contains("not yet");
        assertThat(lines(question, Edition.AUTO, Locale.JAPANESE)).contains("「まだ」");
    }

    @Test
    void dropbox3_thePlanAndTheReport_holdAnAnnouncementForUsers() {
        assertThat(dropbox.notices(MANUALS)).singleElement().satisfies(notice -> {
            assertThat(notice.rule()).isEqualTo("DROPBOX-3");
            assertThat(notice.text(Locale.JAPANESE))
                    .contains("件名: ", "選択型同期", TEMP)
                    .doesNotContain("{", QUARANTINE);
            assertThat(notice.text(Locale.ENGLISH))
                    .contains("Subject: ", "Selective Sync", TEMP)
                    .doesNotContain("{");
            assertThat(notice.text(Locale.JAPANESE).lines().count()).isGreaterThan(5);
        });
    }

    @Test
    void common1_thePrerequisite_isATeamAdminAndNobodyElseSignedIn() {
        assertThat(dropbox.prerequisite().text(Locale.JAPANESE)).contains("チーム管理者", "ほかのアカウント");
        assertThat(dropbox.prerequisite().text(Locale.ENGLISH)).contains("team admin", "Nobody else");
    }

    @Test
    void dropbox2_aRemoval_endsTheLinkFirst_andLeavesFoldersToTheCustomer() {
        List<ActivationStep> steps = dropbox.removalSteps(MANUALS);
        assertThat(steps)
                .extracting(s -> s.id().value())
                .containsExactly("dropbox.remove-app", "dropbox.remove-folders");
        ActivationStep folders = steps.get(1);
        assertThat(folders.after()).containsExactly(steps.get(0).id());
        ActionTemplate action = folders.action().orElseThrow();
        assertThat(action.acceptedBlocks()).containsExactlyInAnyOrder(BlockReason.BLOCKED_BY_POLICY, BlockReason.OTHER);
        assertThat(lines(action, Edition.AUTO, Locale.ENGLISH)).containsSubsequence("Back up", "Unshare", "Delete");
    }

    @Test
    void everyGoal_isAStateToReach_soThatAskingTwiceIsHarmless() {
        for (ActivationStep step : dropbox.removalSteps(MANUALS)) {
            assertThat(text(step.action().orElseThrow(), "goal", Locale.ENGLISH))
                    .containsIgnoringCase("make sure");
        }
        assertThat(text(dropbox.grant(MANUALS), "goal", Locale.ENGLISH)).startsWith("Make sure");
        assertThat(text(dropbox.grant(MANUALS), "goal", Locale.JAPANESE)).endsWith("状態にします。");
    }

    @Test
    void withWebAddress_whenItIsNeitherHttpsNorLocal_refuses() {
        assertThat(Steps.step(
                                dropbox.withWebAddress(URI.create("http://127.0.0.1:8080"))
                                        .removalSteps(MANUALS),
                                "dropbox.remove-app")
                        .action()
                        .orElseThrow()
                        .link())
                .contains(URI.create("http://127.0.0.1:8080/team/admin/settings/team_apps"));
        for (String bad : List.of("http://dropbox.example", "ftp://localhost", "/relative")) {
            assertThatThrownBy(() -> dropbox.withWebAddress(URI.create(bad)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    static StepContext context(Map<String, String> facts) {
        StepContext none = context(Edition.AUTO, List.of());
        return new StepContext(none.request(), none.edition(), Facts.of(facts));
    }

    static StepContext context(Edition edition, List<String> policies) {
        ActivationRequest request = ActivationRequest.builder(CustomerId.of(ConsoleSite.JP, "CAS0001"))
                .services(CloudService.DROPBOX)
                .edition(edition)
                .policies(policies)
                .build();
        return new StepContext(request, edition, Facts.none());
    }

    private static String lines(ActionTemplate action, Edition edition, Locale locale) {
        return Texts.load(action.texts(), "actions", locale).lines(action.key(), action.variantsIn(edition)).stream()
                .map(line -> Labels.of(edition, locale).fill(line, action.arguments()))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String text(ActionTemplate action, String part, Locale locale) {
        String pattern = Texts.load(action.texts(), "actions", locale)
                .get(action.key() + "." + part, action.variantsIn(Edition.AUTO));
        return Labels.of(Edition.AUTO, locale).fill(pattern, action.arguments());
    }
}
