package io.github.kaitsu.sandbox.internal.person;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.console.ReturnPage;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.sandbox.internal.View;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is done in the console: sign-in, the wizard, removal. */
final class ConsoleHandlers {
    /** How often a status that is not told yet is asked for. */
    private static final int REFRESHES = 5;

    private static final String REFRESH = "ステータスの更新";
    private static final String CROSS = "×";
    private static final String CLOSE = "閉じる";
    private static final String FINISH = "完了";

    private final Browser browser;
    private final Replies replies;
    private final ReadingHandlers reading;
    private @Nullable View teamsTab;

    ConsoleHandlers(Browser browser, Replies replies, ReadingHandlers reading) {
        this.browser = browser;
        this.replies = replies;
        this.reading = reading;
    }

    void teach(ActionHandlers duties) {
        duties.put("console.password", "password", a -> password());
        duties.put("console.sign-in", "sign-in", a -> signIn());
        duties.put("console.sign-in-again", "sign-in-again", a -> signIn());
        duties.put("console.edition", "edition", a -> edition());
        for (CloudService service : CloudService.values()) {
            String grant = service == CloudService.MIP ? "mip-grant" : "grant";
            duties.put(service.id() + ".grant", grant, a -> grant(a, service));
            duties.put(service.id() + ".unfinished", "ask-unfinished", a -> replies.yesOrNo(isUnfinished(service)));
            duties.put(service.id() + ".finish", "finish", a -> finish(service));
            duties.put(service.id() + ".clear-pending", "clear-pending", a -> clearPending());
            duties.put(service.id() + ".remove", "remove", a -> remove(service));
        }
        duties.put(
                "mip.grant",
                "mip-policy-only",
                a -> replies.yesOrNo(ReadingHandlers.isListed(browser.accounts(), CloudService.MIP)));
    }

    // ---- sign-in (COMMON-2 to COMMON-5)

    private Answer password() {
        if (browser.passwordWorks()) {
            return replies.done();
        }
        View page = browser.setPassword();
        if (page.text().contains("有効期限が切れています")) {
            return replies.blocked(BlockReason.EXPIRED);
        }
        return page.text().contains("パスワードを設定しました。") ? replies.done() : replies.blocked(BlockReason.PAGE_ERROR);
    }

    private Answer signIn() {
        if (!browser.isInConsole()) {
            browser.console();
        }
        return replies.done();
    }

    private Answer edition() {
        boolean today = browser.dashboard().hasLink("サービスのステータス");
        return replies.saw((today ? Edition.CONSOLE_2024_07 : Edition.CONSOLE_2024_04).id());
    }

    // ---- the wizard (COMMON-6 to COMMON-10)

    private Answer grant(OperatorAction action, CloudService service) {
        if (ReadingHandlers.isListed(browser.accounts(), service) || reading.justGranted(action, service)) {
            return replies.done();
        }
        Optional<View> opened = openWizard(service, action);
        if (opened.isEmpty()) {
            return replies.blocked(BlockReason.GREYED_OUT);
        }
        View wizard = browser.consoleShows(opened.get());
        if (service.provider() == CloudService.Provider.GOOGLE && action.edition() == Edition.CONSOLE_2024_07) {
            wizard = browser.consoleShows(browser.visitor.press(wizard, "インストールの確認"));
            if (wizard.text().contains("インストールを確認できませんでした。")) {
                close(wizard, CROSS);
                return replies.blocked(BlockReason.NOT_FOUND);
            }
        }
        reading.granting();
        View back = consent(service, browser.visitor.press(wizard, grantButton(wizard), policies(action)));
        if (!ReturnPage.matches(back.text())) {
            close(wizard, CROSS);
            return replies.blocked(BlockReason.PAGE_ERROR, back.text());
        }
        return afterReturn(browser.consoleShows(browser.visitor.press(wizard, REFRESH)));
    }

    /** COMMON-9: the grant is answered only once ステータスの更新 shows how it ended. */
    private Answer afterReturn(View shown) {
        View wizard = shown;
        for (int i = 1; i < REFRESHES && !isOver(wizard) && wizard.hasButton(REFRESH); i++) {
            wizard = browser.consoleShows(browser.visitor.press(wizard, REFRESH));
        }
        if (wizard.hasButton(FINISH)) {
            teamsTab = wizard; // COMMON-9: stays open
            reading.unfinishedStays(wizard);
        } else if (wizard.hasButton(CLOSE) && wizard.hasButton(REFRESH)) {
            reading.windowStays(wizard); // CONSOLE_2024_07: until it shows its sentence
        } else if (wizard.hasButton(CLOSE)) {
            close(wizard, CLOSE);
        } else { // COMMON-10
            browser.visitor.reload(close(wizard, CROSS));
            return replies.blocked(BlockReason.PAGE_ERROR);
        }
        return replies.done();
    }

    private static boolean isOver(View wizard) {
        return wizard.hasButton(FINISH) || wizard.hasButton(CLOSE);
    }

    private View close(View wizard, String button) {
        return browser.consoleShows(browser.visitor.press(wizard, button));
    }

    /** From 追加 or from サービスのステータス, as the console's edition has it; empty if the service is grey. */
    Optional<View> openWizard(CloudService service, OperatorAction action) {
        String label = service.label(Locale.JAPANESE);
        if (action.edition() == Edition.CONSOLE_2024_07
                && CloudService.standard().contains(service)) {
            return browser.console("ダッシュボード", "サービスのステータス")
                    .row(label)
                    .filter(row -> row.hasLink("アクセス権付与"))
                    .map(row -> browser.visitor.follow(row, "アクセス権付与"));
        }
        View add = browser.add();
        String organisation = action.customer().organisation();
        boolean first = organisation.equals(browser.sandbox.organisations().get(0));
        if (service.isMicrosoft365() || !first) {
            add = browser.visitor.follow(add, organisation);
        }
        return add.hasLink(label) ? Optional.of(browser.visitor.follow(add, label)) : Optional.empty();
    }

    private static String grantButton(View wizard) {
        return Stream.of("権限の付与", "Sign in with Google", "ここをクリック")
                .filter(wizard::hasButton)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no grant button:\n" + wizard.text()));
    }

    /** COMMON-7. */
    private static Map<String, String> policies(OperatorAction action) {
        Map<String, String> ticks = new LinkedHashMap<>();
        action.template().policies().forEach(name -> ticks.put(name, "on"));
        return ticks;
    }

    private View consent(CloudService service, View provider) {
        return switch (service.provider()) {
            case BOX -> browser.visitor.press(browser.signedIn(provider), "Boxへのアクセス許可");
            case DROPBOX -> browser.visitor.press(browser.signedIn(provider), "許可");
            case GOOGLE -> {
                String administrator = browser.sandbox.administrator();
                String account = provider.hasLink(administrator) ? administrator : "別のアカウントを使用";
                View signedIn = browser.signedIn(browser.visitor.follow(provider, account));
                yield browser.visitor.press(browser.visitor.press(signedIn, "次へ"), "許可");
            }
            case MICROSOFT365 -> browser.visitor.press(browser.signedIn(provider), "承諾");
        };
    }

    /** M365-4: the tab that was left open shows it; else the service's row, or the offer to go on. */
    private boolean isUnfinished(CloudService service) {
        teamsTab = teamsTab == null ? null : browser.visitor.reload(teamsTab);
        if (teamsTab != null && teamsTab.hasButton(FINISH)) {
            return true;
        }
        View accounts = browser.accounts();
        return accounts.hasLink("続行")
                || ConsoleReading.parse(accounts.text()).appId(service).isPresent();
    }

    /** In the tab that was left open, or in the console's list where it offers to go on. */
    private Answer finish(CloudService service) {
        View wizard = teamsTab == null ? null : browser.visitor.reload(teamsTab);
        teamsTab = null;
        reading.unfinishedStays(null);
        if (wizard == null || !wizard.hasButton(FINISH)) {
            View accounts = browser.accounts();
            if (!accounts.hasLink("続行")) {
                boolean finished = ReadingHandlers.isListed(accounts, service);
                return finished ? replies.done() : replies.blocked(BlockReason.NOT_FOUND);
            }
            wizard = browser.visitor.follow(accounts, "続行");
        }
        close(wizard, FINISH);
        return replies.done();
    }

    // ---- what goes wrong, and the end

    /** Ends what was left half done; then asks the vendor's support, who alone can clear what stays 保留. */
    private Answer clearPending() {
        View accounts = browser.accounts(); // in the session that support asks for, too
        if (accounts.hasLink("続行")) {
            close(browser.visitor.follow(accounts, "続行"), FINISH);
            return replies.done();
        }
        View support = browser.visitor.open(browser.sandbox.console() + "/support");
        while (support.hasButton("タスクを消去する")) {
            support = browser.visitor.press(support, "タスクを消去する");
        }
        return replies.done();
    }

    private Answer remove(CloudService service) {
        View accounts = browser.accounts();
        if (!ReadingHandlers.isListed(accounts, service)) {
            return replies.done();
        }
        View ask = browser.visitor.pressForRow(accounts, service.label(Locale.JAPANESE), "削除");
        browser.consoleShows(browser.visitor.press(ask, "OK"));
        return replies.done();
    }
}
