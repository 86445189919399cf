package io.github.kaitsu.report;

import static io.github.kaitsu.report.ReportSamples.failed;
import static io.github.kaitsu.report.ReportSamples.saying;
import static io.github.kaitsu.report.ReportSamples.service;
import static io.github.kaitsu.report.ReportSamples.skipped;
import static io.github.kaitsu.report.ReportSamples.step;
import static io.github.kaitsu.report.ReportSamples.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ActivationView.Bilingual;
import io.github.kaitsu.ActivationView.OpenItem;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Evidence.Level;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.SkipReason;
import io.github.kaitsu.Waiting;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.RecordedChange;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationReportTest {
    private static final String HOSTILE =
            "a|b `c` <img src=x onerror=alert(1)> [x](javascript:1)\n# Z\r\n\u202Eevil\u001b[31m";
    private static final Pattern TROUBLE =
            Pattern.compile("[\\p{Cntrl}&&[^\n]]|[\\u0080-\\u009F\\u202A-\\u202E\\u2066-\\u2069]");

    private static String markdown(ActivationView view, Locale locale) {
        return ActivationReport.of(view).markdown(locale);
    }

    @Test
    void markdown_whenAServiceIsComplete_namesTheEvidenceOfEveryClaim() {
        ActivationView view = view(true, saying(CloudService.BOX, "Boxは保護されています。"));
        assertThat(markdown(view, Locale.ENGLISH))
                .startsWith("# Handover report\n\n株式会社サンプル\n")
                .contains("| Box | Linked (verified) | 1 verified |")
                .contains("| Folders<br>BOX-2, Kaitsu | Verified<br>2026-11-20 11:03:04 JST | 2 folders | box-api |")
                .contains("| Sign in<br>COMMON-4, Person | Attested<br>2026-11-20 11:03:04 JST |");
        assertThat(markdown(view, Locale.JAPANESE))
                .startsWith("# 完了報告書\n\n株式会社サンプル 御中\n")
                .contains("| Box | 連携完了（確認済み） | 確認済み 1件 |")
                .contains("| フォルダの確認<br>BOX-2, Kaitsu | 確認済み<br>2026-11-20 11:03:04 JST | 2 folders | box-api |")
                .contains(
                        "| サインイン<br>COMMON-4, 担当者 | 申告<br>2026-11-20 11:03:04 JST | 「できた」との回答 | sato@example.co.jp |");
    }

    @Test
    void report_namesTheCompanyAndHowTheHostSortsTheRun() {
        ActivationView view = view(true, saying(CloudService.BOX, "Boxは保護されています。"));
        assertThat(markdown(view, Locale.JAPANESE))
                .contains("- **会社名**: 株式会社サンプル", "- **アカウント**: CAS0001", "- **組織**: 初期設定の組織")
                .contains("- **管理番号**: K-1001", "- **ラベル**: east", "- **コンソールのサイト**: JP");
        assertThat(ActivationReport.of(view).html(Locale.ENGLISH))
                .contains("<title>Handover report: 株式会社サンプル</title>")
                .contains("<dt>Reference</dt><dd>K-1001</dd>", "<dt>Labels</dt><dd>east</dd>");
    }

    @Test
    void report_ofARunOfWhichTheHostSaysNothing_namesTheAccount() {
        ActivationView named = view(true, saying(CloudService.BOX, "Boxは保護されています。"));
        ActivationView view = new ActivationView(
                named.id(),
                named.customer(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                true,
                Edition.AUTO,
                named.begunAt(),
                named.changedAt(),
                true,
                List.of(),
                named.services(),
                List.of(),
                List.of(),
                Optional.empty(),
                new ActivationView.Calls(0, 0));
        assertThat(markdown(view, Locale.JAPANESE))
                .contains("# 解除完了報告書\n\nアカウント「CAS0001」ご担当者様")
                .doesNotContain("管理番号", "ラベル", "コンソールの画面の版");
    }

    @Test
    void markdown_whenNothingIsKnown_saysSoAndGivesNoTime() {
        ActivationView view = view(
                false,
                service(
                        CloudService.BOX,
                        ActivationStatus.FINISHING,
                        new Waiting.Nothing(),
                        step(CloudService.BOX, "folders", Level.UNKNOWN, "", "")));
        assertThat(markdown(view, Locale.ENGLISH))
                .contains("| Folders<br>BOX-2, Kaitsu | Unknown | – | – |")
                .contains("Under way. The service is not known to be linked.")
                .contains("counts neither as success nor as failure");
    }

    @Test
    void markdown_whenAStepWasSkipped_saysWhyAndNeverThatItHolds() {
        ActivationView view = view(
                false,
                service(
                        CloudService.MICROSOFT_TEAMS,
                        ActivationStatus.SYNCHRONIZING,
                        new Waiting.Until(ReportSamples.SEEN),
                        skipped(CloudService.MICROSOFT_TEAMS, "permission", SkipReason.NO_LONGER_GRANTABLE)));
        assertThat(markdown(view, Locale.JAPANESE))
                .contains("権限の登録 (任意)<br>M365-4, 担当者 | 不明 | 実施せず：このテナントではもう付与できない（Azure ACSの終了） | – |")
                .contains("待っているもの：2026年11月20日 11:03（日本時間）の確認");
    }

    @ParameterizedTest
    @EnumSource(FailureReason.class)
    void markdown_whenAServiceFailed_saysWhatHappenedAndWhatToDo(FailureReason reason) {
        ActivationView view = view(true, failed(CloudService.BOX, reason, "box.admin: co-admin"));
        for (Locale locale : List.of(Locale.JAPANESE, Locale.ENGLISH)) {
            String text = markdown(view, locale);
            assertThat(text).contains("box.admin: co-admin");
            assertThat(text).contains(locale.equals(Locale.ENGLISH) ? "**What to do next**: " : "**次にすること**: ");
        }
    }

    @Test
    void markdown_withOpenActions_tellsAllThatAnOperatorNeeds() {
        ActivationView view = view(false, saying(CloudService.BOX, ""));
        assertThat(markdown(view, Locale.JAPANESE))
                .contains("#### コンソールを読み取る（Box）")
                .contains("**リンク先**: <https://admin.tmcas.trendmicro.co.jp>")
                .contains("アプリID = `11111111-2222-3333-4444-555555555555`")
                .contains("**作業項目のID**")
                .contains("**作業項目のID**: `console.read.2`");
    }

    @Test
    void common18_report_carriesTheTrademarks() {
        ActivationReport report = ActivationReport.of(view(true, saying(CloudService.BOX, "")));
        for (String text : List.of(report.markdown(Locale.JAPANESE), report.html(Locale.JAPANESE))) {
            assertThat(text).contains("商標について", "Box, Inc.", "Google LLC", "トレンドマイクロ株式会社", "ＮＴＴ東日本株式会社");
        }
    }

    @Test
    void report_tellsTheChangesOfItsOwnActivationWithTheirPictures() {
        ActivationReport report = ActivationReport.of(view(true, saying(CloudService.BOX, "")))
                .with(List.of(change("a1", "権限の付与"), change("another", "削除")));

        assertThat(report.markdown(Locale.JAPANESE))
                .contains("### ブラウザーでの操作の記録", "- **権限の付与**", "操作前 `1.png`")
                .doesNotContain("削除", "/tmp/a b");
        assertThat(report.json(Locale.ENGLISH)).contains("\"before\" : \"/tmp/a b/1.png\"");
    }

    @Test
    void report_whenAMachineHandedAnActionBack_saysWhyAndShowsThePage() {
        Answer.HandedBack back = new Answer.HandedBack("browser", "画面に「追加」が見つかりません。", List.of("/tmp/7.png"));
        ActivationView view = view(false, List.of(ReportSamples.action(Optional.of(back))), List.of());

        assertThat(markdown(view, Locale.JAPANESE)).contains("画面に「追加」が見つかりません。 `7.png`");
        assertThat(ActivationReport.of(view).json(Locale.JAPANESE))
                .contains("\"handedBackBecause\" : \"画面に「追加」が見つかりません。\"", "/tmp/7.png");
    }

    private static RecordedChange change(String activation, String what) {
        return new RecordedChange(
                Instant.EPOCH,
                ActivationId.of(activation),
                new ActionId("box.grant.1"),
                RecordedChange.By.BROWSER,
                what,
                "https://admin.tmcas.trendmicro.co.jp/console",
                Optional.of(Path.of("/tmp/a b/1.png")),
                Optional.empty());
    }

    private static ActivationView hostile() {
        OpenItem item = new OpenItem("X", Optional.empty(), OpenItem.Kind.TO_DO, new Bilingual(HOSTILE, HOSTILE));
        return view(
                true,
                List.of(),
                List.of(item),
                saying(CloudService.BOX, HOSTILE),
                failed(CloudService.DROPBOX, FailureReason.BLOCKED, HOSTILE),
                service(
                        CloudService.GMAIL,
                        ActivationStatus.FINISHING,
                        new Waiting.ForLinkSlot(Optional.empty(), HOSTILE),
                        step(CloudService.GMAIL, "folders", Level.ATTESTED, HOSTILE, HOSTILE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void markdown_whenVendorsOrPersonsWriteMarkup_addsNothingToThePage(String language) {
        String text = markdown(hostile(), Locale.forLanguageTag(language));
        assertThat(text).doesNotContainPattern(TROUBLE).doesNotContain("\n# Z").contains("a\\|b \\`c\\` \\<img");
        for (String line : text.split("\n")) {
            if (line.startsWith("|")) {
                int cells = line.replace("\\|", "").split("\\|", -1).length - 2;
                assertThat(cells).as(line).isIn(3, 4);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void html_whenVendorsOrPersonsWriteMarkup_addsNothingToThePage(String language) {
        String html = ActivationReport.of(hostile()).html(Locale.forLanguageTag(language));
        assertThat(html)
                .doesNotContainPattern(TROUBLE)
                .doesNotContain("<img", "<script")
                .contains("&lt;img src=x onerror=alert(1)&gt;")
                .contains("<html lang=\"" + language + "\">");
    }

    @Test
    void html_always_loadsAndRunsNothing() {
        String html =
                ActivationReport.of(view(false, saying(CloudService.BOX, ""))).html(Locale.JAPANESE);
        assertThat(html)
                .startsWith("<!DOCTYPE html>")
                .contains("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
                .contains("<a href=\"https://admin.tmcas.trendmicro.co.jp\">")
                .doesNotContain("<script", "<link", "src=", "@import", "url(");
    }

    @Test
    void markdown_whenADetailIsVeryLong_isShortened() {
        ActivationView view = view(true, failed(CloudService.BOX, FailureReason.BLOCKED, "𠮷".repeat(2_000)));
        assertThat(markdown(view, Locale.JAPANESE))
                .contains("𠮷".repeat(500) + "…")
                .doesNotContain("𠮷".repeat(501));
    }

    @Test
    void report_ofTheSameView_isTheSameDocument() {
        ActivationReport report = ActivationReport.of(hostile());
        assertThat(report.json(Locale.JAPANESE))
                .isEqualTo(ActivationReport.of(hostile()).json(Locale.JAPANESE));
        assertThat(report.markdown(Locale.JAPANESE))
                .isEqualTo(ActivationReport.of(hostile()).markdown(Locale.JAPANESE));
    }
}
