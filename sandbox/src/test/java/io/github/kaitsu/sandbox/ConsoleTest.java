package io.github.kaitsu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.console.ConsoleEntry;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.console.OpeningMail;
import io.github.kaitsu.sandbox.internal.View;
import io.github.kaitsu.sandbox.internal.Visitor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console's pages: labels of the manuals, what may be pressed when, and what the lists say. */
class ConsoleTest {
    @Test
    void common4_whenTwoFactorIsPrompted_everyPageOfTheManualIsPassed() {
        try (Sandbox sandbox = Sandbox.builder().twoFactorPrompt().start()) {
            Walk walk = new Walk(sandbox);
            View view = walk.openConsole();
            assertThat(view.address().getPath()).isEqualTo("/console");
            assertThat(view.text()).contains("運用管理");
            View again = walk.at(sandbox.console(), "/");
            assertThat(walk.visitor.press(again, "コンソールを開く").address().getPath())
                    .isEqualTo("/console");
        }
    }

    @Test
    void common16_whenIdleForMoreThanAnHour_theConsoleAsksToSignInAgain() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            sandbox.clock().advance(Duration.ofMinutes(61));
            assertThat(walk.at(sandbox.console(), "/console").text()).contains("登録情報を入力してください");
        }
    }

    @Test
    void common2_whenThePasswordWasNotSet_theMailsPageSetsIt_andExpiresAfterSevenDays() {
        try (Sandbox sandbox = Sandbox.builder().passwordNotSet().start()) {
            Walk walk = new Walk(sandbox);
            View page = walk.visitor.open(sandbox.passwordPage());
            assertThat(page.text()).contains("アカウント名: CAS0001");
            View weak = walk.visitor.press(page, "送信", Map.of("新しいパスワード", "abc", "パスワードの確認入力", "abc"));
            assertThat(weak.text()).doesNotContain("パスワードを設定しました");
            String chosen = "Chosen4711x";
            View set = walk.visitor.press(page, "送信", Map.of("新しいパスワード", chosen, "パスワードの確認入力", chosen));
            assertThat(set.text()).contains("パスワードを設定しました。");
            View start = walk.at(sandbox.console(), "/");
            View in = walk.visitor.press(start, "ログイン", Map.of("アカウント", "CAS0001", "パスワード", chosen));
            assertThat(in.hasButton("OK")).isTrue();
            sandbox.clock().advance(Duration.ofDays(7));
            assertThat(walk.visitor.open(sandbox.passwordPage()).text()).contains("有効期限が切れています");
            OpeningMail mail = OpeningMail.parse(sandbox.openingMail());
            assertThat(mail.account()).isEqualTo(sandbox.account());
            assertThat(mail.passwordUrl().getRawQuery())
                    .isEqualTo(sandbox.passwordPage().getRawQuery());
            assertThat(mail.expired(sandbox.clock().instant())).contains(true);
            assertThat(sandbox.openingMail()).contains("新規アカウント発行のお知らせ", "アカウント名: CAS0001", "https://forgetpwd.");
        }
    }

    @Test
    void common6_whenBoxIsLinked_itIsListedAndGreyedOut() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            View end = walk.link(CloudService.BOX);
            assertThat(end.text()).endsWith("""
                    運用管理 > サービスアカウント
                    追加\t削除\tアカウント名 / 登録トークン\tサービスの種類
                    admin@example.co.jp\tBox""");
            View add = walk.visitor.follow(end, "追加");
            assertThat(add.hasLink("Box")).isFalse();
            assertThat(add.hasLink("Dropbox")).isTrue();
            assertThat(add.text()).contains("\nBox\n");
        }
    }

    @Test
    void common12_whenBoxSynchronises_theListsReadAsInTheManual() {
        Instant start = Instant.parse("2024-04-11T06:04:56Z");
        try (Sandbox sandbox = Sandbox.builder().start(start).start()) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            walk.link(CloudService.BOX);
            assertThat(walk.list("tasks", "success")).endsWith("""
                    通知 (0)\tタスクリスト (0)
                    重大度: 成功しました""");
            assertThat(walk.list("tasks", "pending")).endsWith("""
                    通知 (0)\tタスクリスト (1)
                    重大度: 保留
                    Boxのユーザおよびグループを更新しています。 2024/04/11 06:04:56 - 初期設定の組織""");
            sandbox.clock().advance(Duration.ofMinutes(5));
            assertThat(walk.list("tasks", "success")).endsWith("""
                    通知 (1)\tタスクリスト (2)
                    重大度: 成功しました
                    Boxのユーザおよびグループを更新しました。 2024/04/11 06:09:50 - 初期設定の組織
                    Boxの共有フォルダおよび隔離フォルダを作成しました。 2024/04/11 06:09:48 - 初期設定の組織""");
            assertThat(walk.list("notifications", "success")).endsWith("""
                    通知 (1)\tタスクリスト (2)
                    重大度: 成功しました
                    Boxは保護されています。 2024/04/11 06:09:56 - 初期設定の組織""");
            assertThat(walk.list("tasks", "pending")).endsWith("重大度: 保留");
            assertThat(walk.list("tasks", "failed")).endsWith("重大度: 失敗");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void common12_whateverTheConsoleShows_coreReadsIt(String language) {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            walk.link(CloudService.SHAREPOINT_ONLINE);
            sandbox.clock().advance(Duration.ofMinutes(5));
            walk.link(CloudService.BOX);
            ConsoleReading pending = read(walk, language);
            assertThat(pending.showsPending()).isTrue();
            assertThat(pending.pending())
                    .singleElement()
                    .satisfies(e -> assertThat(e.isOf("初期設定の組織")).isTrue());
            sandbox.clock().advance(Duration.ofMinutes(5));
            ConsoleReading done = read(walk, language);
            assertThat(done.showsPending()).isTrue();
            assertThat(done.pending()).isEmpty();
            assertThat(done.isListed(CloudService.BOX)).contains(true);
            assertThat(done.isListed(CloudService.DROPBOX)).contains(false);
            assertThat(done.state(ConsoleReading.Part.ACCOUNTS)).isEqualTo(ConsoleReading.PartState.COMPLETE);
            assertThat(done.serviceAccounts().orElseThrow().get(0).appId()).isPresent();
            assertThat(pending.protectedEntry(CloudService.BOX, "初期設定の組織")).isEmpty();
            assertThat(done.protectedEntry(CloudService.BOX, "初期設定の組織")).isPresent();
            assertThat(done.entries()).extracting(ConsoleEntry::event).doesNotContain(ConsoleEntry.Kind.OTHER);
        }
    }

    private static ConsoleReading read(Walk walk, String language) {
        String accounts = walk.at(walk.sandbox.console(), "/console/service-accounts?lang=" + language)
                .text();
        return ConsoleReading.parse(accounts + "\n" + walk.lists());
    }

    @Test
    void common12_whenDropboxAndGmailAreDone_theirLinesAreThoseOfTheManuals() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            walk.link(CloudService.DROPBOX);
            sandbox.clock().advance(Duration.ofMinutes(5));
            walk.installGoogleApp();
            walk.link(CloudService.GMAIL);
            sandbox.clock().advance(Duration.ofMinutes(5));
            assertThat(walk.lists())
                    .contains("Dropboxのユーザおよびグループを更新しました。 2026/11/24 00:04:56 - 初期設定の組織")
                    .contains("Dropboxの共有フォルダを確認しました。 2026/11/24 00:05:00 - 初期設定の組織")
                    .contains("Dropboxは保護されています。 2026/11/24 00:05:00 - 初期設定の組織")
                    .contains("Gmailのユーザおよびグループを更新しました。 2026/11/24 00:09:58 - 初期設定の組織")
                    .contains("Gmailは保護されています。 2026/11/24 00:10:00 - 初期設定の組織");
            assertThat(sandbox.summary().violations()).isEmpty();
        }
    }

    @Test
    void common11_whenUsersAreMany_theSynchronisationTakesUpToFourHours() {
        assertThat(protectedAfter(1_000, Duration.ofMinutes(5))).isTrue();
        assertThat(protectedAfter(1_001, Duration.ofMinutes(5))).isFalse();
        assertThat(protectedAfter(5_500, Duration.ofSeconds(7_350))).isTrue();
        assertThat(protectedAfter(12_000, Duration.ofHours(4).minusSeconds(1))).isFalse();
        assertThat(protectedAfter(12_000, Duration.ofHours(4))).isTrue();
    }

    private static boolean protectedAfter(int users, Duration time) {
        try (Sandbox sandbox = Sandbox.builder().users(users).start()) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            walk.link(CloudService.BOX);
            sandbox.clock().advance(time);
            walk.openConsole();
            return walk.lists().contains("Boxは保護されています。");
        }
    }

    @Test
    void google1_whenTheAppIsNotInstalled_theLinkFails() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            View wizard = walk.wizard(CloudService.GMAIL);
            assertThat(wizard.hasLink("ここをクリック")).isTrue();
            assertThat(walk.wizard(CloudService.GOOGLE_DRIVE).hasLink("ここをクリック"))
                    .isFalse();
            assertThat(walk.grant(CloudService.GMAIL).text()).contains("エラーが発生しました");
            assertThat(sandbox.summary().grants()).isEmpty();
        }
    }

    @Test
    void common10_whenLinksFail_theWizardShowsItAndNothingIsListedOrPending() {
        try (Sandbox sandbox =
                Sandbox.builder().scenario(Scenario.parse("link-fails:2")).start()) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            for (int i = 0; i < 2; i++) {
                View failed = walk.grant(CloudService.BOX);
                assertThat(failed.text()).contains("エラーが発生しました");
                View closed = walk.visitor.press(failed, "×");
                assertThat(closed.text()).doesNotContain("admin@example.co.jp");
                assertThat(walk.lists()).doesNotContain("更新しています。");
            }
            walk.link(CloudService.BOX);
            assertThat(walk.accounts()).contains("admin@example.co.jp\tBox");
            assertThat(sandbox.summary().grants(CloudService.BOX)).isEqualTo(1);
        }
    }

    @Test
    void common8_whenTheConsentIsDenied_thePageSaysSoAndTheWizardShowsAnError() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            View wizard = walk.wizard(CloudService.DROPBOX);
            View provider = walk.signIn(walk.visitor.press(wizard, "権限の付与"));
            View back = walk.visitor.press(provider, "キャンセル");
            assertThat(back.text()).contains("アクセスが拒否されました。");
            assertThat(walk.visitor.press(wizard, "ステータスの更新").text()).contains("エラーが発生しました");
        }
    }

    @Test
    void edition2024_07_endsWithASentenceInTheWizard_andNeedsNoAppId() {
        try (Sandbox sandbox =
                Sandbox.builder().edition(Edition.CONSOLE_2024_07).start()) {
            Walk walk = new Walk(sandbox);
            View status = walk.visitor.follow(walk.openConsole(), "サービスのステータス");
            assertThat(status.text()).contains("Box\tアクセス権付与");
            View wizard = walk.grant(CloudService.MICROSOFT_TEAMS);
            assertThat(wizard.hasButton("完了")).isFalse();
            assertThat(wizard.text()).doesNotContain("アプリID", "Successfully");
            sandbox.clock().advance(Duration.ofMinutes(5));
            assertThat(walk.visitor.reload(wizard).text())
                    .contains("Successfully created a service account and synced data.");
            assertThat(walk.accounts()).contains("admin@example.co.jp\tMicrosoft Teams");
            View gmail = walk.wizard(CloudService.GMAIL);
            assertThat(gmail.hasButton("権限の付与")).isTrue();
            assertThat(walk.visitor.press(gmail, "インストールの確認").text()).contains("インストールを確認できませんでした");
        }
    }

    @Test
    void englishPages_showTheAttestedLabels() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Visitor visitor = new Visitor(HandsOn.Actor.PERSON, Locale.ENGLISH);
            View view = openInEnglish(sandbox, visitor);
            view = visitor.follow(visitor.follow(visitor.follow(view, "Administration"), "Service Account"), "Add");
            assertThat(visitor.follow(view, "Google Drive").text()).contains("Grant Access to Google Drive");
            assertThat(visitor.open(sandbox.console() + "/console?lang=ja").text())
                    .contains("ダッシュボード");
        }
    }

    private static View openInEnglish(Sandbox sandbox, Visitor visitor) {
        View view = visitor.open(sandbox.console() + "/");
        view = visitor.press(
                view, "Log In", Map.of("Account", sandbox.account(), "Password", sandbox.consolePassword()));
        view = visitor.press(visitor.press(view, "OK"), "Open Console");
        return visitor.press(visitor.press(view, "Agree"), "Close");
    }

    @Test
    void englishPages_holdNoJapanese() {
        try (Sandbox sandbox = Sandbox.builder()
                .organisations("Head Office")
                .scenario(Scenario.of(Scenario.Kind.ALREADY_LINKED))
                .start()) {
            Visitor visitor = new Visitor(HandsOn.Actor.PERSON, Locale.ENGLISH);
            openInEnglish(sandbox, visitor);
            for (String path :
                    List.of("", "/administration", "/service-accounts", "/service-accounts/add", "/notifications")) {
                String text =
                        visitor.open(sandbox.console() + "/console" + path).text();
                assertThat(text).as(path).contains("Administration").doesNotContainPattern("[\\u3000-\\u9fff]");
            }
        }
    }

    @Test
    void removal_takesTheRowAwayAndLeavesTheFoldersBehind() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            walk.link(CloudService.BOX);
            sandbox.clock().advance(Duration.ofMinutes(5));
            View accounts = walk.at(sandbox.console(), "/console/service-accounts");
            View ask = walk.visitor.press(accounts, "削除", Map.of("admin@example.co.jp", "on"));
            View gone = walk.visitor.press(ask, "OK");
            assertThat(gone.text()).doesNotContain("\tBox");
            View files = walk.signIn(walk.at(sandbox.box(), "/folder/0"));
            assertThat(files.hasLink("trendmicro_cas_temp__dont_change_or_delete"))
                    .isTrue();
            View folder = walk.visitor.follow(files, "trendmicro_cas_temp__dont_change_or_delete");
            assertThat(walk.visitor.press(folder, "削除").hasLink("trendmicro_cas_temp__dont_change_or_delete"))
                    .isFalse();
            walk.link(CloudService.BOX);
            assertThat(sandbox.summary().violations()).isEmpty();
            assertThat(sandbox.summary().grants(CloudService.BOX)).isEqualTo(2);
        }
    }
}
