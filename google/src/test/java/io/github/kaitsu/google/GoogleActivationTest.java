package io.github.kaitsu.google;

import static io.github.kaitsu.CloudService.GMAIL;
import static io.github.kaitsu.CloudService.GOOGLE_DRIVE;
import static io.github.kaitsu.Edition.CONSOLE_2024_04;
import static io.github.kaitsu.Edition.CONSOLE_2024_07;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Phase;
import io.github.kaitsu.StepId;
import io.github.kaitsu.contract.Steps;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.ActionTemplate.Kind;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.Notice;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.provision.StepContext;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoogleActivationTest {
    private final GmailProvisioner gmail = GmailProvisioner.create();
    private final GoogleDriveProvisioner drive = GoogleDriveProvisioner.create();

    @Test
    void create_makesBothServices() {
        assertThat(GoogleProvisioners.create())
                .extracting(ServiceAccountProvisioner::service)
                .containsExactly(GMAIL, GOOGLE_DRIVE);
    }

    @Test
    void google1_beforeTheGrant_asksForASuperAdminWhoIsNotSuspended() {
        for (ServiceAccountProvisioner provisioner : List.of(gmail, drive)) {
            String service = provisioner.service().id();
            StepContext context = Given.context(CONSOLE_2024_04, provisioner.service());
            ActivationStep admin = Steps.step(provisioner.steps(context), service + ".admin");
            assertThat(admin.phase()).isEqualTo(Phase.PREFLIGHT);
            assertThat(admin.required()).isTrue();
            ActionTemplate question = admin.check().question().orElseThrow();
            assertThat(question.form()).isEqualTo(AnswerForm.yesOrNo());
            assertThat(Given.text(question, "goal", Locale.JAPANESE)).contains("特権管理者", "停止されていない");
        }
    }

    @Test
    void google1_theInstallation_isPlannedBeforeTheGrantOfEitherService() {
        for (ServiceAccountProvisioner provisioner : List.of(gmail, drive)) {
            String service = provisioner.service().id();
            StepContext context = Given.context(CONSOLE_2024_04, provisioner.service());
            ActivationStep install = Steps.step(provisioner.steps(context), service + ".marketplace");
            assertThat(install.phase()).isEqualTo(Phase.LINK);
            assertThat(install.rule()).isEqualTo("GOOGLE-1");
            assertThat(install.required()).isTrue();
            assertThat(install.after()).containsExactly(new StepId(service + ".admin"));
            assertThat(install.action().orElseThrow().kind()).isEqualTo(Kind.DO);
            assertThat(install.action().orElseThrow().link()).contains(URI.create("https://admin.google.com/"));
        }
    }

    @Test
    void google1_theInstallationOfTheManual_namesItsLabelsInTheirOrder() {
        assertThat(Given.lines(install(gmail, CONSOLE_2024_04), CONSOLE_2024_04, Locale.JAPANESE))
                .containsSubsequence(
                        "運用管理",
                        "サービスアカウント",
                        "追加",
                        "Gmail",
                        "ここをクリック",
                        "続行",
                        "利用規約",
                        "チェック",
                        "同意",
                        "ALLOW",
                        "インストールしました",
                        "完了");
        assertThat(Given.lines(install(gmail, CONSOLE_2024_07), CONSOLE_2024_07, Locale.JAPANESE))
                .containsSubsequence("サービスのステータス", "Gmail", "アクセス権付与", "ここをクリック");
        assertThat(Given.lines(install(drive, CONSOLE_2024_07), CONSOLE_2024_07, Locale.ENGLISH))
                .containsSubsequence("Service Status", "Google Drive", "Click here");
    }

    /** The manual shows no link to the Marketplace for Drive. */
    @Test
    void google1_theInstallationForDriveAlone_findsTheAppWithoutTheConsole() {
        assertThat(Given.lines(install(drive, CONSOLE_2024_04), CONSOLE_2024_04, Locale.JAPANESE))
                .contains("https://workspace.google.com/marketplace", "トレンドマイクロ")
                .doesNotContain("ここをクリック");
    }

    @Test
    void google1_theInstallation_endsWithGrantedDataAccess_andIsAcceptedIfThereAlready() {
        for (ServiceAccountProvisioner provisioner : List.of(gmail, drive)) {
            for (Edition edition : List.of(CONSOLE_2024_04, CONSOLE_2024_07)) {
                ActionTemplate install = install(provisioner, edition);
                assertThat(Given.text(install, "goal", Locale.ENGLISH))
                        .startsWith("Make sure")
                        .contains("Status: Granted");
                assertThat(Given.lines(install, edition, Locale.ENGLISH))
                        .contains("is there already")
                        .containsSubsequence("Data Access", "Status: Granted", "shown already");
            }
        }
    }

    @Test
    void google1_theAudience_mustContainTheGrantingAdmin_andTheTermsAreThePersons() {
        for (Edition edition : List.of(CONSOLE_2024_04, CONSOLE_2024_07)) {
            String lines = Given.lines(install(drive, edition), edition, Locale.JAPANESE);
            assertThat(lines).containsPattern("グループや組織部門に限る場合は、付与に使う特権管理者を必ず含め");
            assertThat(lines).contains("お客様として同意する場合に");
        }
    }

    @Test
    void google1_whenBothAreRequested_onlyTheFirstHasSomethingToAsk() {
        for (List<ServiceAccountProvisioner> order : List.of(List.of(gmail, drive), List.of(drive, gmail))) {
            CloudService first = order.get(0).service();
            CloudService second = order.get(1).service();
            StepContext context = Given.context(CONSOLE_2024_04, CloudService.BOX, first, second);
            assertThat(order.get(0).steps(context))
                    .extracting(s -> s.id().value())
                    .startsWith(first.id() + ".admin", first.id() + ".marketplace");
            List<ActivationStep> other = order.get(1).steps(context);
            assertThat(other).extracting(s -> s.id().value()).doesNotContain(second.id() + ".admin");
            ActivationStep gate = Steps.step(other, second.id() + ".marketplace");
            assertThat(gate.phase()).isEqualTo(Phase.LINK);
            assertThat(gate.required()).isTrue();
            assertThat(gate.after())
                    .containsExactlyInAnyOrder(
                            new StepId(first.id() + ".admin"), new StepId(first.id() + ".marketplace"));
            assertThat(gate.action()).isEmpty();
            assertThat(gate.check().question()).isEmpty();
        }
    }

    @Test
    void google2_theGrantOfTheManual_namesItsLabelsInTheirOrder() {
        ActionTemplate grant = gmail.grant(Given.context(CONSOLE_2024_04, GMAIL));
        assertThat(gmail.grantRule()).isEqualTo("GOOGLE-2");
        assertThat(grant.kind()).isEqualTo(Kind.DO);
        assertThat(Given.lines(grant, CONSOLE_2024_04, Locale.JAPANESE))
                .containsSubsequence(
                        "追加",
                        "Gmail",
                        "Sign in with Google",
                        "アカウントの選択",
                        "Trend Micro Cloud App Securityにログイン",
                        "次へ",
                        "許可",
                        "Please close this window, then back to Trend Micro Cloud App Security continue provision.",
                        "ステータスの更新",
                        "閉じる",
                        "×")
                .doesNotContain("Googleドライブ");
    }

    @Test
    void google3_theGrantOfDrive_isTheSameForDrive() {
        ActionTemplate grant = drive.grant(Given.context(CONSOLE_2024_04, GOOGLE_DRIVE));
        assertThat(drive.grantRule()).isEqualTo("GOOGLE-3");
        assertThat(Given.lines(grant, CONSOLE_2024_04, Locale.JAPANESE))
                .containsSubsequence("追加", "Googleドライブ", "Sign in with Google", "アカウントの選択", "次へ", "許可")
                .doesNotContain("Gmail");
    }

    @Test
    void google2_theGrantOfTodaysConsole_confirmsTheInstallationFirst() {
        for (ServiceAccountProvisioner provisioner : List.of(gmail, drive)) {
            ActionTemplate grant = provisioner.grant(Given.context(CONSOLE_2024_07, provisioner.service()));
            assertThat(Given.lines(grant, CONSOLE_2024_07, Locale.ENGLISH))
                    .containsSubsequence(
                            "Service Status",
                            "Grant Access",
                            "Confirm Installation",
                            "Grant Permission",
                            "Successfully created a service account and synced data.")
                    .doesNotContain("Sign in with Google", "ステータスの更新");
        }
    }

    @Test
    void common17_theGrant_saysFirstWhichAccountMustBeActiveAndHowToSeeIt() {
        for (ServiceAccountProvisioner provisioner : List.of(gmail, drive)) {
            for (Edition edition : List.of(CONSOLE_2024_04, CONSOLE_2024_07)) {
                ActionTemplate grant = provisioner.grant(Given.context(edition, provisioner.service()));
                assertThat(Given.text(grant, "1", Locale.JAPANESE))
                        .contains("https://admin.google.com/", "右上", "特権管理者", "ほかのGoogleアカウントはサインアウト");
            }
        }
    }

    @Test
    void common6_whenTheServiceIsGreyedOut_theGrantSaysToRemoveNothing() {
        for (Edition edition : List.of(CONSOLE_2024_04, CONSOLE_2024_07)) {
            assertThat(Given.lines(drive.grant(Given.context(edition, GOOGLE_DRIVE)), edition, Locale.JAPANESE))
                    .containsPattern("削除はせずに.*GREYED_OUT");
        }
    }

    @Test
    void common7_policies_areCopiedIntoTheGrant_andNoneIsValid() {
        StepContext two = new StepContext(
                Given.request(CONSOLE_2024_04, List.of("A", "B"), GMAIL), CONSOLE_2024_04, Facts.none());
        assertThat(gmail.grant(two).values()).containsExactly(Map.entry("console.selectPolicy", "A / B"));
        assertThat(gmail.grant(Given.context(CONSOLE_2024_04, GMAIL)).values()).isEmpty();
    }

    @Test
    void google3_afterSuccess_asksForTheTwoFoldersOfDrive_andForNothingInGmail() {
        ActivationStep folders =
                Steps.step(drive.steps(Given.context(CONSOLE_2024_04, GOOGLE_DRIVE)), "google-drive.folders");
        assertThat(folders.phase()).isEqualTo(Phase.POST_SETUP);
        assertThat(folders.rule()).isEqualTo("GOOGLE-3");
        ActionTemplate question = folders.check().question().orElseThrow();
        assertThat(Given.text(question, "goal", Locale.ENGLISH))
                .contains(
                        "trendmicro_cas_temp__dont_change_or_delete",
                        "trendmicro_cas_quarantine__dont_change_or_delete");
        assertThat(Given.lines(question, CONSOLE_2024_04, Locale.ENGLISH)).contains("not yet");
        assertThat(gmail.steps(Given.context(CONSOLE_2024_04, GMAIL))).noneMatch(s -> s.phase() == Phase.POST_SETUP);
    }

    @Test
    void google4_theWarningOfBusinessStarter_isDrivesAlone_andBlocksNothing() {
        StepContext context = Given.context(CONSOLE_2024_04, GMAIL, GOOGLE_DRIVE);
        assertThat(drive.notices(context))
                .filteredOn(n -> n.rule().equals("GOOGLE-4"))
                .singleElement()
                .satisfies(n -> {
                    assertThat(n.text(Locale.JAPANESE)).contains("Business Starter", "「リアルタイム検索」", "開通そのものは行えます");
                    assertThat(n.text(Locale.ENGLISH))
                            .contains("Business Starter", "リアルタイム検索")
                            .doesNotContain("{");
                });
        assertThat(gmail.notices(context)).isEmpty();
        assertThat(drive.steps(context)).noneMatch(s -> s.rule().equals("GOOGLE-4"));
    }

    @Test
    void google4_whenTheEditionsWereRead_theWarningIsAsSureAsWhatWasSeen() {
        assertThat(notices("google.business-starter", "yes"))
                .contains("notice.business-starter-found")
                .doesNotContain("notice.business-starter");
        assertThat(notices("google.business-starter", "no")).containsExactly("notice.desktop-sync");
        assertThat(notices("google.two-step", "no")).contains("notice.two-step", "notice.business-starter");
    }

    private List<String> notices(String fact, String value) {
        return drive.notices(Given.knowing(fact, value, GOOGLE_DRIVE)).stream()
                .map(Notice::key)
                .toList();
    }

    @Test
    void google5_thePlanAndTheReport_holdAnAnnouncementForUsers() {
        assertThat(drive.notices(Given.context(CONSOLE_2024_04, GOOGLE_DRIVE)))
                .filteredOn(n -> n.rule().equals("GOOGLE-5"))
                .singleElement()
                .satisfies(n -> {
                    assertThat(n.text(Locale.JAPANESE))
                            .contains("件名: ", "パソコン版Googleドライブ", "trendmicro_cas_temp__dont_change_or_delete");
                    assertThat(n.text(Locale.ENGLISH)).contains("Subject: ", "Google Drive for desktop");
                });
    }

    @Test
    void common1_thePrerequisite_isOneSuperAdminForBoth() {
        assertThat(gmail.prerequisite()).isEqualTo(drive.prerequisite());
        assertThat(gmail.prerequisite().text(Locale.JAPANESE)).contains("特権管理者", "ほかのGoogleアカウント");
    }

    @Test
    void withWebAddress_whenItIsNeitherHttpsNorLocal_refuses() {
        StepContext context = Given.context(CONSOLE_2024_04, GMAIL);
        ServiceAccountProvisioner local = gmail.withWebAddress(URI.create("http://127.0.0.1:8080"));
        assertThat(Steps.step(local.steps(context), "gmail.marketplace")
                        .action()
                        .orElseThrow()
                        .link())
                .contains(URI.create("http://127.0.0.1:8080/"));
        for (String bad : List.of("http://google.example", "ftp://localhost", "/relative")) {
            assertThatThrownBy(() -> drive.withWebAddress(URI.create(bad)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static ActionTemplate install(ServiceAccountProvisioner provisioner, Edition edition) {
        StepContext context = Given.context(edition, provisioner.service());
        return Steps.step(provisioner.steps(context), provisioner.service().id() + ".marketplace")
                .action()
                .orElseThrow();
    }
}
