package io.github.kaitsu.browser.internal;

import com.microsoft.playwright.Locator;
import io.github.kaitsu.browser.PersonTask;
import java.util.List;
import java.util.Optional;

/**
 * A password or a code: the person types it, the browser sends it once it is complete. What was typed is never read; only whether
 * the field is filled and was left, which the page itself tells.
 */
final class Entry {
    /** Filled, left, and not what was sent already: a refused password is not sent again. */
    private static final String LEFT =
            "e => e.value !== '' && document.activeElement !== e && e.dataset.kaitsuSent === undefined";

    /** Six digits are a whole code, also while the cursor is still in them. */
    private static final String WHOLE =
            "e => e.dataset.kaitsuSent === undefined && e.value !== '' && (document.activeElement !== e"
                    + " || /^[0-9]{6}$/.test(e.value.normalize('NFKC').replace(/\\s/g, '')))";

    private static final String SENT = "e => { e.dataset.kaitsuSent = '';"
            + " e.addEventListener('input', () => delete e.dataset.kaitsuSent, {once: true}); }";

    private final ActionRun job;

    Entry(ActionRun job) {
        this.job = job;
    }

    /** @param buttons what sends it; the person sends it where none of them is there exactly once */
    void password(Window window, Guard guard, PersonTask.Kind kind, List<String> buttons) {
        enter(window, guard, kind, window.visiblePassword(), LEFT, buttons);
    }

    void code(Window window, Guard guard) {
        code(job, window)
                .ifPresent(field -> enter(
                        window, guard, PersonTask.Kind.SECOND_FACTOR, field, WHOLE, job.words.of("provider.verify")));
    }

    static Optional<Locator> code(ActionRun job, Window window) {
        return window.field(job.words.of("provider.code"));
    }

    private void enter(
            Window window, Guard guard, PersonTask.Kind kind, Locator field, String ready, List<String> buttons) {
        guard.check(window);
        List<Locator> found = window.pressables(window.all(), Label.whole(buttons));
        Optional<Locator> button = found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
        String address = window.page.url();
        job.invite(
                window,
                kind,
                button.map(Window::labelOf).orElse(""),
                () -> isOver(window, address, field) || (button.isPresent() && is(field, ready)));
        if (!isOver(window, address, field) && button.isPresent() && is(field, ready)) {
            job.change(window, guard, Window.labelOf(button.get()), () -> {
                field.evaluate(SENT);
                window.click(button.get(), job.tabs::hasOpened);
            });
        }
        job.at(window);
    }

    /** The person has sent it by Enter, or went somewhere else. */
    private static boolean isOver(Window window, String address, Locator field) {
        return window.isClosed() || !window.page.url().equals(address) || !field.isVisible();
    }

    private static boolean is(Locator field, String ready) {
        return Boolean.TRUE.equals(field.evaluate(ready));
    }
}
