package io.github.kaitsu.browser.internal;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.operator.BlockReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What no API of Box offers: the application's controls (BOX-3 to BOX-5) and the folder's mail settings (BOX-6). */
final class BoxSettings {
    private static final String TEMP = "trendmicro_cas_temp__dont_change_or_delete";

    private final ActionRun job;
    private final Guard box;
    private final Guard changes;

    BoxSettings(ActionRun job) {
        this.job = job;
        this.box = Guard.at("Box", a -> job.places.isOf(CloudService.Provider.BOX, a));
        this.changes = box.unlessOther(job.administrator(CloudService.Provider.BOX));
    }

    // ---- BOX-3 to BOX-5

    Reply set(String availability, boolean enforced) {
        Window window = job.tabs.tab();
        try {
            job.open(window, job.action.link().orElseThrow());
            signedIn(window, "box.appsTab");
            job.go(window, box, window.all(), job.words.of("box.appsTab"), job.shown("box.apps"));
            for (String name : List.of("box.appName", "box.appNameShort")) {
                Optional<Locator> app = search(window, name);
                if (app.isPresent()) {
                    return set(window, app.get(), name, availability, enforced);
                }
            }
            throw new Unexpected(Unexpected.Reason.NOT_SHOWN, job.shown("box.appName"));
        } finally {
            close(window);
        }
    }

    private Reply set(Window window, Locator app, String name, String availability, boolean enforced) {
        List<String> wanted = job.words.of(availability);
        Locator list = Window.only(app.getByRole(AriaRole.COMBOBOX).all(), job.shown(availability));
        List<Locator> boxes = app.getByRole(
                        AriaRole.CHECKBOX,
                        new Locator.GetByRoleOptions().setName(Label.whole(job.words.of("box.enforceNotifications"))))
                .all();
        if (Choice.isChosen(list, wanted) && boxes.stream().allMatch(b -> b.isChecked() == enforced)) {
            return job.doneAndRead();
        }
        job.change(
                window,
                changes,
                job.shown(availability),
                () -> Choice.of(window, list, wanted, job.shown(availability)));
        for (Locator one : boxes) {
            job.change(window, changes, job.shown("box.enforceNotifications"), () -> one.setChecked(enforced));
        }
        List<Locator> save = window.pressables(app, Label.whole(job.words.of("box.save")));
        if (!save.isEmpty()) {
            job.press(window, changes, app, job.words.of("box.save"), job.shown("box.save"));
        }
        return isSet(window, name, wanted, enforced)
                ? job.doneAndRead()
                : job.blocked(BlockReason.PAGE_ERROR, job.shown(availability));
    }

    /** Looked up again: what is kept, not what was entered. */
    private boolean isSet(Window window, String name, List<String> wanted, boolean enforced) {
        window.reload();
        return search(window, name)
                .map(app -> Choice.isChosen(app.getByRole(AriaRole.COMBOBOX), wanted)
                        && app
                                .getByRole(
                                        AriaRole.CHECKBOX,
                                        new Locator.GetByRoleOptions()
                                                .setName(Label.whole(job.words.of("box.enforceNotifications"))))
                                .all()
                                .stream()
                                .allMatch(b -> b.isChecked() == enforced))
                .orElse(false);
    }

    /** The part of the page that is about this application alone; a neighbour's name begins alike. */
    private Optional<Locator> search(Window window, String name) {
        List<Locator> fields = new ArrayList<>();
        for (AriaRole role : List.of(AriaRole.TEXTBOX, AriaRole.SEARCHBOX)) {
            fields.addAll(window.with(role, Label.whole(job.words.of("box.searchField")))
                    .all());
        }
        box.check(window);
        Locator field = Window.only(fields, job.shown("box.searchField"));
        String wanted = job.words.of(name).get(0);
        if (!field.inputValue().equals(wanted) || !window.shows(List.of(wanted))) {
            field.fill(wanted);
            window.click(field, () -> true);
            field.press("Enter");
        }
        List<String> names = job.words.of(name);
        window.await(
                () -> Parts.about(window, names).isPresent(),
                job.settings.pagePatience().dividedBy(4));
        window.settled();
        return Parts.about(window, names);
    }

    // ---- BOX-6

    /** From the folder's own page. */
    Reply mute() {
        return mute(false);
    }

    /** From すべてのファイル. */
    Reply muteByPath() {
        return mute(true);
    }

    private Reply mute(boolean byPath) {
        Window window = job.tabs.tab();
        try {
            job.open(window, job.action.link().orElseThrow());
            List<String> folder = List.of(TEMP);
            new Consent(job, CloudService.Provider.BOX).signedInOr(window, box, () -> window.shows(folder));
            if (!window.await(() -> window.shows(folder))) {
                throw new Unexpected(Unexpected.Reason.NOT_SHOWN, TEMP);
            }
            if (byPath) {
                job.go(window, box, window.all(), folder, TEMP);
            }
            Guard guard = changes.headed(folder);
            if (!job.canPress(window, "box.settings") && job.canPress(window, "box.moreOptions")) {
                job.go(window, guard, "box.moreOptions");
            }
            job.go(window, guard, "box.settings");
            return mute(window, guard);
        } finally {
            close(window);
        }
    }

    private Reply mute(Window window, Guard guard) {
        if (isMuted(window)) {
            return job.doneAndRead();
        }
        for (String key : List.of("box.overrideDefaults", "box.disableAllMail")) { // the second only after the first
            Locator one = tick(window, key);
            job.change(window, guard, job.shown(key), one::check);
        }
        job.press(window, guard, "box.save");
        window.reload();
        return isMuted(window) ? job.doneAndRead() : job.blocked(BlockReason.PAGE_ERROR, job.shown("box.save"));
    }

    private boolean isMuted(Window window) {
        return tick(window, "box.overrideDefaults").isChecked()
                && tick(window, "box.disableAllMail").isChecked();
    }

    private Locator tick(Window window, String key) {
        Locator boxes = window.with(AriaRole.CHECKBOX, Label.whole(job.words.of(key)));
        window.await(() -> boxes.count() > 0);
        return Window.only(boxes.all(), job.shown(key));
    }

    private void signedIn(Window window, String expected) {
        new Consent(job, CloudService.Provider.BOX).signedIn(window, box, expected);
    }

    private static void close(Window window) {
        if (!window.isClosed()) {
            window.page.close();
        }
    }
}
