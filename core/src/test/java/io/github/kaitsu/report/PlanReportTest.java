package io.github.kaitsu.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationPlan;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PlanReportTest {

    @Test
    void text_always_tellsStepsWithRuleAndPerformer() {
        PlanReport report = PlanReport.of(ReportSamples.plan(""));
        assertThat(report.text(Locale.ENGLISH))
                .contains("# Activation plan: 株式会社サンプル (account “CAS0001”", "- Reference: K-1001", "- Labels: east")
                .contains("1. Folders [BOX-1; Checks before linking; Kaitsu; API calls: GET /2.0/users/me; "
                        + "Scope: root_readonly; does not hold (co-admin: role coadmin)]")
                .contains("2. Folders [BOX-1; Linking; Person]")
                .contains("It may take 3 to 4 hours.")
                .contains("- BOX-6: Users are mailed.");
        assertThat(report.text(Locale.JAPANESE))
                .contains("# 開通計画: 株式会社サンプル（アカウント「CAS0001」")
                .contains("2. フォルダの確認 [BOX-1; 連携; 担当者]");
    }

    @Test
    void text_ofAnAgenda_countsPersonsThatComeTogetherOnce() {
        assertThat(PlanReport.of(ReportSamples.plan("")).text(Locale.ENGLISH))
                .contains("Visits in all: 2; readings of the console: 0.")
                .contains("- The console's administrator → visits: 1")
                .contains("- The primary administrator of Box → visits: 2")
                .contains("### Visit 2");
    }

    @Test
    void common1_text_namesWhatMustBeReadyForEachService() {
        String text = PlanReport.of(ReportSamples.plan("")).text(Locale.JAPANESE);
        assertThat(text)
                .contains("新規アカウント発行のお知らせ")
                .contains("「グローバル管理者」の役割を持つプライマリアカウント")
                .contains("- Box: Boxのプライマリ管理者")
                .contains("ほかのユーザーでサインインしていないこと");
    }

    @Test
    void common7_text_namesThePolicies() {
        assertThat(PlanReport.of(ReportSamples.plan("")).text(Locale.JAPANESE)).contains("付与と同時に有効にするポリシー: 既定のポリシー");
    }

    @Test
    void text_whenAVendorWritesControls_cannotCommandTheTerminal() {
        ActivationPlan plan = ReportSamples.plan("\u001b]0;x\u0007\n# Z\u202E");
        for (Locale locale : List.of(Locale.JAPANESE, Locale.ENGLISH)) {
            assertThat(PlanReport.of(plan).text(locale))
                    .doesNotContain("\u001b", "\u0007", "\u202E")
                    .doesNotContain("\n# Z");
        }
    }
}
