package io.github.kaitsu.browser.internal;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The browser of one customer: a tab that stays with the console, the tab of a Teams wizard that must stay open (COMMON-9), and the
 * windows that pages open. Used by one thread.
 */
final class Tabs implements AutoCloseable {
    final BrowserContext context;
    final Banner banner;
    final ChangeRecord record;
    private final Duration patience;
    private final Deque<Page> opened = new ArrayDeque<>();
    private @Nullable Window console;
    private @Nullable Window teams;

    /** When 保留 was read last with nothing granted since. */
    @Nullable
    Instant pendingReadAt;

    Tabs(BrowserContext context, ChangeRecord record, Locale language, Duration patience) {
        this.context = context;
        this.record = record;
        this.patience = patience;
        this.banner = new Banner(context, language);
        context.setDefaultTimeout((double) patience.toMillis());
        context.onPage(opened::addLast);
    }

    /** Whether the browser still answers. */
    boolean isAlive() {
        try {
            return !context.isClosed() && answers();
        } catch (PlaywrightException e) {
            return false;
        }
    }

    private boolean answers() {
        context.cookies();
        return true;
    }

    Window console() {
        if (console == null || console.isClosed()) {
            console = tab();
        }
        return console;
    }

    /** The console's tab shows a wizard that must stay open: the next thing happens in another one. */
    void keepForTeams() {
        teams = console;
        console = null;
    }

    /** One new tab for the console, and nothing left of what was begun; a Teams wizard stays as it is. */
    void beginAgain() {
        Page fresh = context.newPage();
        for (Page page : context.pages()) {
            if (page != fresh && (teams == null || page != teams.page)) {
                page.close();
            }
        }
        opened.clear();
        console = new Window(fresh, patience, banner::heed);
    }

    Optional<Window> teams() {
        return Optional.ofNullable(teams).filter(t -> !t.isClosed());
    }

    void teamsIsOver() {
        if (teams != null && console == null) {
            console = teams;
        } else if (teams != null && !teams.isClosed()) {
            teams.page.close();
        }
        teams = null;
    }

    /** A new tab. */
    Window tab() {
        Page page = context.newPage();
        opened.remove(page);
        return new Window(page, patience, banner::heed);
    }

    void forgetOpened() {
        opened.clear();
    }

    boolean hasOpened() {
        return !opened.isEmpty();
    }

    /** The window that the last click opened. */
    Optional<Window> opened() {
        Page page = opened.pollLast();
        opened.clear();
        return Optional.ofNullable(page).map(p -> new Window(p, patience, banner::heed));
    }

    @Override
    public void close() {
        try {
            context.close();
        } catch (PlaywrightException e) {
            return; // it is gone already
        }
    }
}
