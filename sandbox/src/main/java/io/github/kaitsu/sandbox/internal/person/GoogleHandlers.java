package io.github.kaitsu.sandbox.internal.person;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.sandbox.Scenario;
import io.github.kaitsu.sandbox.internal.View;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is done and looked at in Google Workspace (GOOGLE-1 to GOOGLE-5). */
final class GoogleHandlers {
    private static final String APPS = "Google Workspace Marketplace apps";
    private static final String SETTINGS = "Marketplaceの設定";
    private static final String DELETE_APP = "アプリを削除";
    private static final String CLICK_HERE = "ここをクリック";
    private static final String CROSS = "×";

    private final Browser browser;
    private final Replies replies;
    private final ConsoleHandlers console;

    GoogleHandlers(Browser browser, Replies replies, ConsoleHandlers console) {
        this.browser = browser;
        this.replies = replies;
        this.console = console;
    }

    void teach(ActionHandlers duties) {
        for (CloudService service : List.of(CloudService.GMAIL, CloudService.GOOGLE_DRIVE)) {
            String id = service.id();
            duties.put(id + ".admin", "ask-admin", a -> replies.yesOrNo(isSuperAdmin()));
            duties.put(id + ".marketplace-allowed", "marketplace-allowed", this::allow);
            duties.put(id + ".marketplace", "ask-data-access", a -> replies.yesOrNo(isInstalled(apps(a))));
            duties.put(id + ".access", "ask-access", a -> replies.yesOrNo(page(a).hasButton("接続を削除")));
            duties.put(id + ".marketplace", "marketplace", this::install);
            duties.put(id + ".folders", "ask-folders", a -> replies.yesOrNo(page(a).hasButton("削除")));
            duties.put(id + ".remove-app", "remove-app", this::removeApp);
            duties.put(id + ".remove-access", "remove-access", a -> pressIfThere(page(a), "接続を削除"));
            duties.put(id + ".remove-folders", "remove-folders", a -> pressIfThere(page(a), "削除"));
        }
    }

    private View page(OperatorAction action) {
        return browser.open(action.link().orElseThrow());
    }

    // ---- GOOGLE-1

    private boolean isSuperAdmin() {
        Scenario.Kind kind = browser.sandbox.scenario().kind();
        return kind != Scenario.Kind.DELEGATED_ADMIN && kind != Scenario.Kind.SUSPENDED_ADMIN;
    }

    private Answer allow(OperatorAction action) {
        return pressIfThere(browser.visitor.follow(page(action), SETTINGS), "このアプリを許可");
    }

    /** By the link in the console's wizard, which for the manuals' console is Gmail's alone. */
    private Answer install(OperatorAction action) {
        View apps = apps(action); // stays open in its own tab
        if (isInstalled(apps)) {
            return replies.done();
        }
        CloudService where = action.edition() == Edition.CONSOLE_2024_07
                ? action.service().orElse(CloudService.GMAIL)
                : CloudService.GMAIL;
        Optional<View> wizard = console.openWizard(where, action);
        if (wizard.isEmpty() || !wizard.get().hasLink(CLICK_HERE)) {
            return replies.blocked(BlockReason.NOT_FOUND);
        }
        View app = browser.signedIn(browser.visitor.follow(wizard.get(), CLICK_HERE));
        View asked = browser.visitor.press(browser.visitor.press(app, "管理者によるインストール"), "続行");
        View installed = browser.visitor.press(asked, "同意", Map.of("利用規約に同意します", "on"));
        browser.visitor.press(installed, "完了");
        browser.consoleShows(browser.visitor.press(wizard.get(), CROSS));
        return isInstalled(browser.visitor.reload(apps)) ? replies.done() : replies.blocked(BlockReason.PAGE_ERROR);
    }

    private View apps(OperatorAction action) {
        return browser.visitor.follow(page(action), APPS);
    }

    private static boolean isInstalled(View apps) {
        return apps.text().contains("Status: Granted");
    }

    // ---- after a removal

    /** The one app serves both services: it stays while the console lists either. */
    private Answer removeApp(OperatorAction action) {
        View accounts = browser.accounts();
        if (ReadingHandlers.isListed(accounts, CloudService.GMAIL)
                || ReadingHandlers.isListed(accounts, CloudService.GOOGLE_DRIVE)) {
            return replies.blocked(BlockReason.NOT_ASKED_FOR);
        }
        return pressIfThere(apps(action), DELETE_APP);
    }

    private Answer pressIfThere(View view, String button) {
        if (view.hasButton(button)) {
            browser.visitor.press(view, button);
        }
        return replies.done();
    }
}
