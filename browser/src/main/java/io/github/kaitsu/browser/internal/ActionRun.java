package io.github.kaitsu.browser.internal;

import com.microsoft.playwright.Locator;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.browser.PersonTask;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.operator.RecordedChange;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One action being performed: the customer's browser, the words to look for, and what is done with both. */
public final class ActionRun {
    /** How often a person is invited to the same page before it is given up. */
    private static final int INVITATIONS = 8;

    /** How long somebody is looked out for who may come at any time. */
    private static final Duration GLANCE = Duration.ofSeconds(1);

    final OperatorAction action;
    final Tabs tabs;
    final Settings settings;
    final Vocabulary words;
    final Places places;
    private final boolean waits;
    private int invitations;
    private Window shown;

    /** The person has not come yet, and is not waited for now. Never seen outside this module. */
    static final class StillAwaited extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** @param waits whether it waits for the person; else it ends where they are awaited */
    ActionRun(OperatorAction action, Tabs tabs, Settings settings, boolean waits) {
        this.waits = waits;
        this.action = action;
        this.tabs = tabs;
        this.settings = settings;
        this.words = new Vocabulary(action.edition());
        this.places = new Places(settings.addresses());
        this.shown = tabs.console();
    }

    /** Whose account name at a provider is known, if any. */
    @Nullable
    String administrator(CloudService.Provider provider) {
        return settings.administrators().get(provider);
    }

    // ---- answers

    Reply done() {
        return new Reply(Answer.done(settings.by()), false);
    }

    /** And read off the page afterwards. */
    Reply doneAndRead() {
        return new Reply(Answer.done(settings.by()), true);
    }

    /** Read off a page by this program. */
    Reply read(String text) {
        return new Reply(Answer.saw(settings.by(), text), true);
    }

    /** A page refuses, or has not what is wanted: seen by this program. */
    Reply blocked(BlockReason reason, String text) {
        String shown = text.length() > 500 ? text.substring(0, 500) : text;
        return new Reply(new Answer.Blocked(settings.by(), reason, shown), true);
    }

    // ---- pages

    Window at(Window window) {
        shown = window;
        if (!window.isClosed()) {
            tabs.banner.machine(window.page, action.title(settings.language()));
        }
        tabs.banner.heed();
        return window;
    }

    /** The tab that the action was last at: for the picture of what was not as expected. */
    Window shown() {
        return shown;
    }

    void open(Window window, URI real) {
        window.open(places.inBrowser(real));
        at(window);
    }

    /** A step on the way that changes nothing. */
    void go(Window window, Guard guard, String key) {
        go(window, guard, window.all(), words.of(key), shown(key));
    }

    void go(Window window, Guard guard, Locator within, List<String> labels, String name) {
        at(window);
        Locator what = window.one(within, labels, name);
        guard.check(window);
        window.click(what, tabs::hasOpened);
        at(window);
    }

    /** Presses what changes something: checked before, written down with pictures. */
    void press(Window window, Guard guard, String key) {
        press(window, guard, window.all(), words.of(key), shown(key));
    }

    void press(Window window, Guard guard, Locator within, List<String> labels, String name) {
        at(window);
        Locator what = window.one(within, labels, name);
        change(window, guard, name, () -> window.click(what, tabs::hasOpened));
        at(window);
    }

    /** As {@link #press} for whatever else changes the page. */
    void change(Window window, Guard guard, String name, Runnable doing) {
        guard.check(window);
        tabs.record.change(action, RecordedChange.By.BROWSER, name, window.page, doing);
    }

    boolean canPress(Window window, String key) {
        return window.canPress(words.of(key));
    }

    /** As this page shows it, which may be in the other language than the person reads. */
    String labelOn(Window window, String key) {
        return window.pressables(window.all(), Label.whole(words.of(key))).stream()
                .findFirst()
                .map(Window::labelOf)
                .filter(l -> !l.isEmpty())
                .orElseGet(() -> shown(key));
    }

    String shown(String key) {
        return words.shown(key, settings.language());
    }

    // ---- the person's turn

    /** Waits until the sign is seen, however long the person takes within patience. */
    void invite(Window window, PersonTask.Kind kind, String label, BooleanSupplier sign) {
        PersonTask task = new PersonTask(kind, label, action);
        String text = task.text(settings.language());
        if (++invitations > INVITATIONS) {
            throw new Unexpected(Unexpected.Reason.NOT_DONE, text);
        }
        shown = window;
        tabs.banner.person(window.page, text);
        ChangeRecord.Line line = tabs.record.begin(action, RecordedChange.By.PERSON, text, window.page);
        settings.person().invite(window.page, task);
        boolean seen = window.await(
                () -> {
                    if (!window.isClosed()) {
                        tabs.banner.person(window.page, text);
                    }
                    return window.isClosed() || sign.getAsBoolean();
                },
                waits ? settings.personPatience() : GLANCE);
        if (!seen && !waits) {
            throw new StillAwaited();
        }
        if (!seen) {
            throw new Unexpected(Unexpected.Reason.PERSON_LATE, text);
        }
        window.settled();
        line.done(window.page);
        at(window);
    }
}
