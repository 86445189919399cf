package io.github.kaitsu.sandbox.internal.person;

import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.sandbox.Scenario;
import io.github.kaitsu.sandbox.internal.View;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is done and looked at in Box (BOX-1 to BOX-6). */
final class BoxHandlers {
    private static final String TEMP = "trendmicro_cas_temp__dont_change_or_delete";
    private static final String QUARANTINE = "trendmicro_cas_quarantine__dont_change_or_delete";
    private static final String AVAILABILITY = "利用状況";
    private static final String AVAILABLE = "使用可能";
    private static final String BY_DEFAULT = "デフォルトで追加";
    private static final String ENFORCE = "Enforce event notifications settings on all users";
    private static final String OVERRIDE = "このフォルダとすべてのサブフォルダのデフォルト設定を上書きする";
    private static final String MUTE = "すべてのコラボレータへのすべてのメール通知を無効化する";
    private static final String SAVE = "保存";
    private static final String DELETE = "削除";

    private final Browser browser;
    private final Replies replies;

    BoxHandlers(Browser browser, Replies replies) {
        this.browser = browser;
        this.replies = replies;
    }

    void teach(ActionHandlers duties) {
        duties.put("box.admin", "ask-admin", a -> replies.yesOrNo(isPrimaryAdmin()));
        duties.put("box.root-creation", "ask-root-creation", a -> replies.yesOrNo(true));
        duties.put("box.folders", "ask-folders", a -> replies.yesOrNo(bothFolders()));
        duties.put("box.group", "ask-group", a -> replies.yesOrNo(groups().hasButton(DELETE)));
        duties.put("box.added-by-default", "added-by-default", a -> set(a, BY_DEFAULT, true));
        duties.put(
                "box.mute-folder",
                "mute-folder",
                a -> a.template().variants().contains("by-path") ? muteByPath(link(a)) : mute(link(a)));
        duties.put("box.release-app", "release-app", a -> set(a, AVAILABLE, false));
        duties.put("box.remove-app", "remove-app", a -> pressIfThere(browser.open(link(a))));
        duties.put("box.remove-temp-folder", "remove-temp-folder", a -> deleteFolder(link(a), TEMP));
        duties.put("box.remove-quarantine-folder", "remove-quarantine-folder", a -> deleteFolder(link(a), QUARANTINE));
        duties.put("box.remove-group", "remove-group", a -> pressIfThere(groups()));
    }

    /** The one who administers Box knows the own role. */
    private boolean isPrimaryAdmin() {
        return browser.sandbox.scenario().kind() != Scenario.Kind.CO_ADMIN;
    }

    private boolean bothFolders() {
        View files = browser.open(browser.sandbox.box(), "/folder/0");
        return files.hasLink(TEMP) && files.hasLink(QUARANTINE);
    }

    private View groups() {
        return browser.open(browser.sandbox.box(), "/master/groups");
    }

    // ---- BOX-3 to BOX-5

    private Answer set(OperatorAction action, String availability, boolean enforced) {
        View apps = browser.visitor.follow(browser.open(link(action)), "アプリ");
        String name = action.template().values().getOrDefault("box.searchField", "");
        View found = browser.visitor.press(apps, "検索", Map.of("検索", name), Set.of("検索"));
        Optional<View> app = found.section(name); // a neighbour's name begins alike
        if (app.isEmpty()) {
            return replies.blocked(BlockReason.NOT_FOUND);
        }
        if (app.get().value(AVAILABILITY).equals(availability) && app.get().isTicked(ENFORCE) == enforced) {
            return replies.done();
        }
        Map<String, String> wanted = new LinkedHashMap<>();
        wanted.put(AVAILABILITY, availability);
        wanted.put(ENFORCE, enforced ? "on" : "");
        View saved = browser.visitor.press(app.get(), SAVE, wanted);
        return saved.text().contains("保存しました。") ? replies.done() : replies.blocked(BlockReason.PAGE_ERROR);
    }

    // ---- BOX-6

    private Answer muteByPath(URI files) {
        View view = browser.open(files);
        return view.hasLink(TEMP) ? muteIn(browser.visitor.follow(view, TEMP)) : replies.blocked(BlockReason.NOT_FOUND);
    }

    private Answer mute(URI folder) {
        View view = browser.open(folder);
        return view.hasLink("設定") ? muteIn(view) : replies.blocked(BlockReason.NOT_FOUND);
    }

    private Answer muteIn(View folder) {
        View settings = browser.visitor.follow(folder, "設定");
        if (settings.isTicked(OVERRIDE) && settings.isTicked(MUTE)) {
            return replies.done();
        }
        View saved = browser.visitor.press(settings, SAVE, Map.of(OVERRIDE, "on", MUTE, "on"));
        return saved.isTicked(OVERRIDE) && saved.isTicked(MUTE)
                ? replies.done()
                : replies.blocked(BlockReason.PAGE_ERROR);
    }

    // ---- after a removal

    /** From the folder's own page, or from the list of all files. */
    private Answer deleteFolder(URI page, String name) {
        View view = browser.open(page);
        if (view.hasLink(name)) {
            view = browser.visitor.follow(view, name);
        }
        return pressIfThere(view);
    }

    private Answer pressIfThere(View view) {
        if (view.hasButton(DELETE)) {
            browser.visitor.press(view, DELETE);
        }
        return replies.done();
    }

    private static URI link(OperatorAction action) {
        return action.link().orElseThrow();
    }
}
