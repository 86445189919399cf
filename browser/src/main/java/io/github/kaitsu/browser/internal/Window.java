package io.github.kaitsu.browser.internal;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.LoadState;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** One tab. Elements are found by role and whole label only; what is not there exactly once is not found. */
final class Window {
    private static final double STEP = 50;
    private static final double CLICK = 5_000;
    private static final Duration SETTLE = Duration.ofSeconds(3);
    private static final List<AriaRole> PRESSABLE =
            List.of(AriaRole.BUTTON, AriaRole.LINK, AriaRole.MENUITEM, AriaRole.TAB);
    private static final String MARK = "window.__kaitsuSeen";

    final Page page;
    private final Duration patience;
    private final Runnable heed;

    /** @param heed called again and again while something is awaited: throws if the person wants something else */
    Window(Page page, Duration patience, Runnable heed) {
        this.page = page;
        this.patience = patience;
        this.heed = heed;
    }

    /** The network did not bring a page: what was asked for may have been done or not. Never seen outside this module. */
    static final class CutOff extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CutOff(String address) {
            super(address);
        }
    }

    // ---- where it is

    void open(URI address) {
        fetch(() -> page.navigate(address.toString()));
    }

    void reload() {
        fetch(page::reload);
    }

    private void fetch(Runnable doing) {
        try {
            doing.run();
            settled();
        } catch (TimeoutError e) { // a page that does not come is the network's trouble, not the page's
            throw new CutOff(page.url());
        } catch (PlaywrightException e) {
            if (!String.valueOf(e.getMessage()).contains("interrupted by another navigation")) {
                throw e;
            }
            settled(); // somebody reloaded it
        }
    }

    String authority() {
        return String.valueOf(URI.create(withoutQuery(page.url())).getRawAuthority());
    }

    static String withoutQuery(String url) {
        return url.replaceFirst("[?#].*$", "");
    }

    boolean isClosed() {
        return page.isClosed();
    }

    /** Whether the browser shows its own page instead of one that it could not get. */
    boolean isCutOff() {
        return page.url().startsWith("chrome-error:");
    }

    /** All that is shown, as it would be copied. */
    String text() {
        return String.valueOf(page.evaluate("() => document.body ? document.body.innerText : ''"));
    }

    // ---- what is there now

    Locator all() {
        return page.locator("body");
    }

    List<Locator> pressables(Locator within, Pattern label) {
        return pressable(within, label).all();
    }

    /** One question to the page for all roles: whatever is pressed here is looked for again and again. */
    private static Locator pressable(Locator within, Pattern label) {
        Locator.GetByRoleOptions enabled =
                new Locator.GetByRoleOptions().setName(label).setDisabled(false);
        return PRESSABLE.stream()
                .map(role -> within.getByRole(role, enabled))
                .reduce(Locator::or)
                .orElseThrow();
    }

    boolean canPress(Collection<String> labels) {
        return pressable(all(), Label.whole(labels)).count() > 0;
    }

    /** Whether something shown is exactly this, pressable or not. */
    boolean shows(Collection<String> texts) {
        Pattern whole = Label.whole(texts);
        return page.getByText(whole).all().stream().anyMatch(Locator::isVisible)
                || page.locator("select option:checked").allInnerTexts().stream()
                        .anyMatch(t -> whole.matcher(t.strip()).matches());
    }

    boolean isHeaded(Collection<String> titles) {
        Pattern whole = Label.whole(titles);
        return whole.matcher(page.title().strip()).matches()
                || with(AriaRole.HEADING, whole).count() > 0
                || with(AriaRole.DIALOG, whole).count() > 0;
    }

    /** What a person reads on something to press: not every control has its words inside it. */
    static String labelOf(Locator control) {
        return String.valueOf(control.evaluate("""
                e => [e.innerText, e.matches('input') ? e.value : '', e.getAttribute('aria-label'), e.alt, e.title,
                      e.querySelector('img[alt]')?.alt].map(t => (t || '').trim()).find(t => t !== '') || ''
                """));
    }

    Locator with(AriaRole role, Pattern name) {
        return page.getByRole(role, new Page.GetByRoleOptions().setName(name));
    }

    boolean asksForPassword() {
        return passwords().stream().anyMatch(Locator::isVisible);
    }

    private List<Locator> passwords() {
        return page.locator("input[type=password]").all();
    }

    /** Only where {@link #asksForPassword}. */
    Locator visiblePassword() {
        return page.locator("input[type=password]:visible").first();
    }

    /** A field to type into; empty unless there is exactly one of that name. */
    Optional<Locator> field(Collection<String> labels) {
        Locator fields = with(AriaRole.TEXTBOX, Label.whole(labels));
        return fields.count() == 1 ? Optional.of(fields) : Optional.empty();
    }

    // ---- one thing, or none

    /** Waits for it; exactly one, else the page is not as expected. */
    Locator one(Locator within, Collection<String> labels, String shown) {
        Pattern whole = Label.whole(labels);
        await(() -> !pressables(within, whole).isEmpty(), patience);
        return only(pressables(within, whole), shown);
    }

    static Locator only(List<Locator> found, String shown) {
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new Unexpected(found.isEmpty() ? Unexpected.Reason.NOT_SHOWN : Unexpected.Reason.AMBIGUOUS, shown);
    }

    /** The table row with a cell that is exactly this; its other cells may be anything. */
    Locator row(Collection<String> cell, String shown) {
        Pattern whole = Label.whole(cell);
        List<Locator> rows = page.getByRole(AriaRole.ROW).all().stream()
                .filter(r -> r.getByRole(AriaRole.CELL, new Locator.GetByRoleOptions().setName(whole))
                                .count()
                        > 0)
                .toList();
        return only(rows, shown);
    }

    /** Clicks, and waits until a new page is there, the tab has closed, or nothing seems to come of it. */
    void click(Locator what, BooleanSupplier elsewhere) {
        page.evaluate("() => { " + MARK + " = true; }");
        what.click(new Locator.ClickOptions().setTimeout(CLICK));
        await(() -> page.isClosed() || elsewhere.getAsBoolean() || !isMarked(), SETTLE);
        settled();
        if (isCutOff()) {
            throw new CutOff(page.url());
        }
    }

    /**
     * Changes what the page shows, whether it loads another for that or not, and waits for it.
     *
     * @param sign whether the page shows it now; on the page that is still there it may be true before anything has come
     * @param come whether what was asked for has come to the page that is still there; where nothing tells, it is given its time
     * @return whether it is shown
     */
    boolean change(Runnable doing, BooleanSupplier sign, BooleanSupplier come) {
        page.evaluate("() => { " + MARK + " = true; }");
        try (Rest rest = new Rest(page)) {
            doing.run();
            boolean isNew = await(
                    () -> sign.getAsBoolean() && (!isMarked() || (come.getAsBoolean() && rest.isQuiet())), SETTLE);
            settled();
            return isNew || await(sign);
        }
    }

    /** Whether a page is at rest: nothing that it began to load is on its way, and nothing on it has changed for a moment. */
    private static final class Rest implements AutoCloseable {
        private static final Duration QUIET = Duration.ofMillis(400);
        private static final String BUSY =
                "() => document.querySelector('[aria-busy=true],[role=progressbar]') ? '' : document.body.innerHTML";

        private final Page page;
        private final Set<Request> underWay = new HashSet<>();
        private final Consumer<Request> begun = underWay::add;
        private final Consumer<Request> over = underWay::remove;
        private String seen = "";
        private long since = System.nanoTime();

        Rest(Page page) {
            this.page = page;
            page.onRequest(begun);
            page.onRequestFinished(over);
            page.onRequestFailed(over);
        }

        boolean isQuiet() {
            String now = String.valueOf(page.evaluate(BUSY));
            if (!underWay.isEmpty() || now.isEmpty() || !now.equals(seen)) {
                since = System.nanoTime();
            }
            seen = now;
            return System.nanoTime() - since > QUIET.toNanos();
        }

        @Override
        public void close() {
            page.offRequest(begun);
            page.offRequestFinished(over);
            page.offRequestFailed(over);
        }
    }

    private boolean isMarked() {
        try {
            return Boolean.TRUE.equals(page.evaluate("() => " + MARK + " === true"));
        } catch (PlaywrightException e) {
            if (page.isClosed()) {
                return false;
            }
            return true; // between two pages
        }
    }

    void settled() {
        try {
            if (!page.isClosed()) {
                page.waitForLoadState(LoadState.DOMCONTENTLOADED);
            }
        } catch (PlaywrightException e) {
            if (!page.isClosed()) { // a provider's window may close by itself at any moment
                throw e;
            }
        }
    }

    // ---- waiting

    boolean await(BooleanSupplier sign) {
        return await(sign, patience);
    }

    /** Looks again and again; the driver needs the thread meanwhile. */
    boolean await(BooleanSupplier sign, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        while (true) {
            if (isSeen(sign)) {
                return true;
            }
            if (isCutOff()) {
                throw new CutOff(page.url());
            }
            heed.run();
            if (page.isClosed() || System.nanoTime() > end) {
                return isSeen(sign);
            }
            page.waitForTimeout(STEP);
        }
    }

    /** While one page gives way to the next, nothing is seen. */
    private boolean isSeen(BooleanSupplier sign) {
        try {
            return sign.getAsBoolean();
        } catch (PlaywrightException e) {
            if (page.isClosed() || isBetweenPages(e)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isBetweenPages(PlaywrightException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("Execution context was destroyed")
                || message.contains("Cannot find context")
                || message.contains("navigating");
    }
}
