package io.github.kaitsu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.PageOptions.Trait;
import io.github.kaitsu.sandbox.internal.View;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a customer's pages may show besides what the manuals print. */
class PageOptionsTest {
    private static final String TEMP = "trendmicro_cas_temp__dont_change_or_delete";

    @TempDir
    Path folder;

    @Test
    void common4_signInShowsCodePrivacyConsoleAgreementAndWelcomeInThisOrder() {
        try (Sandbox sandbox = with(Trait.CODE_AT_CONSOLE)) {
            Walk walk = new Walk(sandbox);
            View view = walk.visitor.press(walk.at(sandbox.console(), "/"), "ログイン", signIn(sandbox));
            assertThat(view.text()).contains("2要素認証");
            assertThat(walk.at(sandbox.console(), "/lmp").address().getPath()).isEqualTo("/two-factor/code");
            View refused = walk.visitor.press(view, "確認", Map.of("認証コード", "000000"));
            assertThat(refused.error()).isEqualTo("コードが正しくありません。");
            view = walk.code(refused);
            for (String button : new String[] {"OK", "コンソールを開く", "同意する", "閉じる"}) {
                assertThat(view.hasButton(button)).as(button).isTrue();
                view = walk.visitor.press(view, button);
            }
            assertThat(view.address().getPath()).isEqualTo("/console");
        }
    }

    @Test
    void common4_whenThePromptComesFirst_theCodeIsAskedWhereItIsSetUpAndAtTheNextSignIn() {
        try (Sandbox sandbox = Sandbox.builder()
                .twoFactorPrompt()
                .pages(PageOptions.plain().with(Trait.CODE_AT_CONSOLE))
                .start()) {
            Walk walk = new Walk(sandbox);
            View prompt = walk.visitor.press(walk.at(sandbox.console(), "/"), "ログイン", signIn(sandbox));
            View setUp = walk.visitor.press(prompt, "2要素認証設定を行う");
            assertThat(setUp.text()).contains("登録し");
            assertThat(walk.code(setUp).hasButton("OK")).isTrue();
            Walk next = new Walk(sandbox);
            View again = next.visitor.press(next.at(sandbox.console(), "/"), "ログイン", signIn(sandbox));
            assertThat(again.hasField("認証コード")).isTrue();
        }
    }

    @Test
    void code_isGoodForTheMinuteAfterItToo_andNoLonger() {
        try (Sandbox sandbox = with(Trait.CODE_AT_CONSOLE)) {
            Walk walk = new Walk(sandbox);
            View page = walk.visitor.press(walk.at(sandbox.console(), "/"), "ログイン", signIn(sandbox));
            String code = sandbox.code();
            sandbox.clock().advance(Duration.ofMinutes(2));
            View late = walk.visitor.press(page, "確認", Map.of("認証コード", code));
            assertThat(late.error()).isNotEmpty();
            code = sandbox.code();
            sandbox.clock().advance(Duration.ofMinutes(1));
            assertThat(walk.visitor.press(late, "確認", Map.of("認証コード", code)).hasButton("OK"))
                    .isTrue();
        }
    }

    @Test
    void codeAtProviders_isAskedAfterThePassword_andNothingOpensWithoutIt() {
        try (Sandbox sandbox = with(Trait.CODE_AT_PROVIDERS)) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            View wizard = walk.wizard(CloudService.DROPBOX);
            View address = walk.visitor.press(wizard, "権限の付与");
            View password = walk.visitor.press(address, "続行", Map.of("メールアドレス", sandbox.administrator()));
            View code = walk.visitor.press(
                    password, "ログイン", Map.of("パスワード", sandbox.password(CloudService.Provider.DROPBOX)));
            assertThat(walk.visitor.reload(address).hasButton("許可")).isFalse();
            View consent = walk.code(code);
            assertThat(consent.hasButton("許可")).isTrue();
            walk.visitor.press(consent, "許可");
            assertThat(sandbox.summary().grants(CloudService.DROPBOX)).isEqualTo(1);
        }
    }

    @Test
    void common5_theFirstSignInLinksWhatIsChosenAndShowsTheLists() {
        try (Sandbox sandbox = with(Trait.FIRST_SIGN_IN)) {
            Walk walk = new Walk(sandbox);
            View choice = walk.openConsole();
            assertThat(choice.text()).contains("保護するサービスを選択してください。");
            View asked = walk.visitor.press(choice, "次へ", Map.of("Dropbox", "on"));
            View refused = walk.visitor.press(asked, "送信", administrator(sandbox, "wrong"));
            assertThat(refused.error()).isNotEmpty();
            String password = sandbox.password(CloudService.Provider.DROPBOX);
            View lists = walk.visitor.press(refused, "送信", administrator(sandbox, password));
            assertThat(lists.text()).endsWith("重大度: 成功しました");
            assertThat(walk.visitor
                            .follow(walk.visitor.follow(lists, "タスクリスト"), "保留")
                            .text())
                    .contains("Dropboxのユーザおよびグループを更新しています。");
            assertThat(walk.at(sandbox.console(), "/console").hasButton("次へ")).isFalse();
            assertThat(sandbox.summary().grants(CloudService.DROPBOX)).isEqualTo(1);
            assertThat(sandbox.summary().violations()).isEmpty();
        }
    }

    @Test
    void common5_theCrossLeadsToTheConsole_onceAndForAll() {
        try (Sandbox sandbox = with(Trait.FIRST_SIGN_IN)) {
            Walk walk = new Walk(sandbox);
            View console = walk.visitor.press(walk.openConsole(), "×");
            assertThat(console.text()).contains("ダッシュボード").doesNotContain("保護するサービス");
            walk.link(CloudService.BOX);
            assertThat(walk.at(sandbox.console(), "/console").hasButton("次へ")).isFalse();
        }
    }

    @Test
    void common8_theWindowClosesItselfOnlyIfAsked() {
        for (boolean closes : new boolean[] {false, true}) {
            PageOptions pages = closes ? PageOptions.plain().with(Trait.WINDOW_CLOSES) : PageOptions.plain();
            try (Sandbox sandbox = Sandbox.builder().pages(pages).start()) {
                Walk walk = new Walk(sandbox);
                walk.openConsole();
                String wizard = walk.wizard(CloudService.BOX).html();
                assertThat(wizard).contains("target=\"_blank\"");
                assertThat(wizard.contains("rel=\"opener\"")).isEqualTo(closes);
                View provider = walk.visitor.press(walk.wizard(CloudService.BOX), "権限の付与");
                View back = walk.consent(CloudService.BOX, provider);
                assertThat(back.html().contains("window.close()")).isEqualTo(closes);
                assertThat(back.text()).startsWith("Please close this window");
            }
        }
    }

    @Test
    void box6_folderMenus_hideTheSettingsInAMenuOfTheFolder() {
        for (boolean menus : new boolean[] {false, true}) {
            PageOptions pages = menus ? PageOptions.plain().with(Trait.FOLDER_MENUS) : PageOptions.plain();
            try (Sandbox sandbox = Sandbox.builder()
                    .scenario(Scenario.parse("leftover-folders"))
                    .pages(pages)
                    .start()) {
                Walk walk = new Walk(sandbox);
                View files = walk.signIn(walk.at(sandbox.box(), "/folder/0"));
                assertThat(files.html()).contains("aria-haspopup=\"menu\"", "role=\"menuitem\"", "contextmenu");
                View folder = walk.visitor.follow(files, TEMP);
                assertThat(folder.html().contains("role=\"menuitem\"")).isEqualTo(menus);
                assertThat(walk.visitor.follow(folder, "設定").hasButton("保存")).isTrue();
            }
        }
    }

    @Test
    void appInv_hasTheIdsOfEitherMasterPage() {
        assertThat(appInv(PageOptions.plain()))
                .contains(
                        "ctl00_ctl00_PlaceHolderContentArea_PlaceHolderMain_IdTitleEditableInputFormSection_ctl01_TxtAppId",
                        "PlaceHolderMain_ctl01_RptControls_BtnCreate");
        assertThat(appInv(PageOptions.plain().with(Trait.SITE_MASTER_PAGE)))
                .contains(
                        "\"ctl00_PlaceHolderMain_IdTitleEditableInputFormSection_ctl01_BtnLookup\"",
                        "\"ctl00_PlaceHolderMain_IdTitleEditableInputFormSection_ctl02_TxtTitle\"",
                        "\"ctl00_PlaceHolderMain_IdTitleEditableInputFormSection_ctl03_TxtRealm\"",
                        "\"ctl00_PlaceHolderMain_IdTitleEditableInputFormSection_ctl04_TxtRedirectUrl\"",
                        "\"ctl00_PlaceHolderMain_TitleDescSection_ctl01_TxtPerm\"",
                        "\"ctl00_PlaceHolderMain_ctl04_RptControls_BtnCreate\"",
                        "__VIEWSTATE")
                .doesNotContain("ContentArea");
    }

    private static String appInv(PageOptions pages) {
        try (Sandbox sandbox = Sandbox.builder().pages(pages).start()) {
            Walk walk = new Walk(sandbox);
            return walk.signIn(walk.at(sandbox.sharePointAdmin(), "/_layouts/15/AppInv.aspx"))
                    .html();
        }
    }

    @Test
    void slow_pagesComeAllTheSame() {
        try (Sandbox sandbox = Sandbox.builder()
                .pages(PageOptions.plain().slow(Duration.ofMillis(3)))
                .start()) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            walk.link(CloudService.BOX);
            assertThat(sandbox.summary().grants(CloudService.BOX)).isEqualTo(1);
        }
    }

    @Test
    void pages_areKeptByTheStateFolder() {
        PageOptions pages = PageOptions.faithful().slow(Duration.ofMillis(1));
        try (Sandbox sandbox = Sandbox.builder().state(folder).pages(pages).start()) {
            assertThat(sandbox.pages()).isEqualTo(pages);
        }
        try (Sandbox sandbox = Sandbox.builder().state(folder).start()) {
            assertThat(sandbox.pages()).isEqualTo(pages);
        }
    }

    private static Sandbox with(Trait trait) {
        return Sandbox.builder().pages(PageOptions.plain().with(trait)).start();
    }

    private static Map<String, String> signIn(Sandbox sandbox) {
        return Map.of("アカウント", sandbox.account(), "パスワード", sandbox.consolePassword());
    }

    private static Map<String, String> administrator(Sandbox sandbox, String password) {
        return Map.of("メールアドレス", sandbox.administrator(), "パスワード", password);
    }
}
