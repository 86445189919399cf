package io.github.kaitsu.browser.internal;

import com.microsoft.playwright.Locator;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.ReturnPage;
import io.github.kaitsu.browser.PersonTask;
import io.github.kaitsu.spi.PageLabels;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A provider's own pages: signing in and what binds the customer stay the person's; the browser enters the account's name where it
 * knows it, and presses what only leads on.
 */
final class Consent {
    private static final int STEPS = 20;
    private static final List<String> REFUSES_DRIVEN = List.of(
            "このブラウザまたはアプリは安全でない可能性があります",
            "This browser or app may not be secure.",
            "This browser or app may not be secure");

    private final Job job;
    private final CloudService.Provider provider;
    private final Guard guard;

    Consent(Job job, CloudService.Provider provider) {
        this.job = job;
        this.provider = provider;
        this.guard = Guard.at(provider.label(), a -> job.places.isOf(provider, a));
    }

    /**
     * Until the console's landing page (COMMON-8), and closes the window then.
     *
     * @return empty if it ended as it should, else what the page said
     */
    Optional<String> untilReturned(Window window) {
        String allow = allowKey();
        for (int i = 0; i < STEPS; i++) {
            window.await(() -> isBack(window) || isStep(window, allow));
            if (window.isClosed()) {
                return Optional.empty();
            }
            if (isBack(window)) {
                return landed(window);
            }
            step(window, allow);
        }
        throw new Unexpected(Unexpected.Reason.NOT_DONE, job.shown(allow));
    }

    /** Signing in alone, for pages that are not about consent. */
    void signedIn(Window window, Guard there, String expected) {
        signedInOr(window, there, () -> job.canPress(window, expected));
    }

    void signedInOr(Window window, Guard there, BooleanSupplier expected) {
        for (int i = 0; i < STEPS && !window.isClosed(); i++) {
            window.await(() -> isSigningIn(window) || expected.getAsBoolean());
            if (!isSigningIn(window)) {
                return;
            }
            there.check(window);
            signIn(window, there);
        }
    }

    boolean isSigningIn(Window window) {
        return window.asksForPassword()
                || window.field(job.words.of("provider.address")).isPresent();
    }

    private boolean isBack(Window window) {
        return window.isClosed()
                || (job.places.isConsole(window.authority()) && !window.text().isBlank())
                || ReturnPage.matches(window.text());
    }

    private Optional<String> landed(Window window) {
        boolean good = window.await(() -> ReturnPage.matches(window.text()));
        if (window.isClosed()) {
            return Optional.empty(); // it may close by itself
        }
        String text = good
                ? ""
                : PageLabels.key(window.text()).isEmpty() ? "?" : window.text().strip();
        window.page.close();
        return good ? Optional.empty() : Optional.of(text);
    }

    private boolean isStep(Window window, String allow) {
        return isSigningIn(window)
                || job.canPress(window, allow)
                || window.shows(REFUSES_DRIVEN)
                || (provider == CloudService.Provider.GOOGLE
                        && (account(window).isPresent() || job.canPress(window, "google.next")));
    }

    private void step(Window window, String allow) {
        guard.check(window);
        if (window.shows(REFUSES_DRIVEN)) {
            throw new Unexpected(Unexpected.Reason.REFUSES_DRIVEN, provider.label());
        }
        if (isSigningIn(window)) {
            signIn(window, guard);
        } else if (job.canPress(window, allow)) {
            job.invite(
                    window,
                    PersonTask.Kind.BINDING_BUTTON,
                    job.labelOn(window, allow),
                    () -> !job.canPress(window, allow));
        } else if (provider == CloudService.Provider.GOOGLE && account(window).isPresent()) {
            job.go(window, guard, window.all(), account(window).get(), job.shown("google.chooseAccount"));
        } else if (provider == CloudService.Provider.GOOGLE && job.canPress(window, "google.next")) {
            job.go(window, guard, "google.next"); // 「…にログイン」
        } else {
            throw new Unexpected(Unexpected.Reason.NOT_SHOWN, job.shown(allow));
        }
    }

    /** アカウントの選択: the administrator's, else another one. */
    private Optional<List<String>> account(Window window) {
        Optional<List<String>> known = Optional.ofNullable(
                        job.settings.administrators().get(provider))
                .map(List::of)
                .filter(window::canPress);
        return known.or(() -> Optional.of(job.words.of("google.otherAccount")).filter(window::canPress));
    }

    private void signIn(Window window, Guard there) {
        String known = job.settings.administrators().get(provider);
        Optional<Locator> address = window.field(job.words.of("provider.address"));
        if (address.isPresent() && known != null) {
            address.get().fill(known);
        }
        boolean password = window.asksForPassword();
        if (!password && known != null) {
            job.go(window, there, nextKey());
        } else {
            String before = window.page.url();
            job.invite(
                    window,
                    PersonTask.Kind.PROVIDER_SIGN_IN,
                    "",
                    () -> password
                            ? !window.asksForPassword()
                            : window.asksForPassword() || !window.page.url().equals(before));
        }
    }

    private String nextKey() {
        return switch (provider) {
            case BOX -> "box.authorize";
            case DROPBOX -> "dropbox.continue";
            case GOOGLE -> "google.next";
            case MICROSOFT365 -> "microsoft.next";
        };
    }

    private String allowKey() {
        return switch (provider) {
            case BOX -> "box.grantAccess";
            case DROPBOX -> "dropbox.allow";
            case GOOGLE -> "google.allow";
            case MICROSOFT365 -> "microsoft.accept";
        };
    }
}
