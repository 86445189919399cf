package io.github.kaitsu.browser.internal;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.browser.PersonTask;
import io.github.kaitsu.console.PageLabels;
import io.github.kaitsu.console.ReturnPage;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

    private final ActionRun job;
    private final CloudService.Provider provider;
    private final Guard guard;

    Consent(ActionRun job, CloudService.Provider provider) {
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
            boolean isKnown = window.await(() -> isBack(window) || isStep(window, allow));
            if (window.isClosed()) {
                return Optional.empty();
            }
            if (isBack(window)) {
                return landed(window);
            }
            guard.check(window);
            if (isKnown) {
                step(window, allow);
            } else {
                prompt(window, () -> isBack(window) || isStep(window, allow));
            }
        }
        throw new Unexpected(Unexpected.Reason.NOT_DONE, job.shown(allow));
    }

    /** Whatever else a provider may ask of somebody who signs in: only the person can know. */
    private void prompt(Window window, BooleanSupplier over) {
        job.invite(window, PersonTask.Kind.PROMPT, "", over);
    }

    /** Signing in alone, for pages that are not about consent. */
    void signedIn(Window window, Guard there, String expected) {
        signedInOr(window, there, () -> job.canPress(window, expected));
    }

    void signedInOr(Window window, Guard there, BooleanSupplier expected) {
        boolean began = false;
        for (int i = 0; i < STEPS && !window.isClosed(); i++) {
            boolean isKnown = window.await(() -> isSigningIn(window) || expected.getAsBoolean());
            if (isSigningIn(window)) {
                there.check(window);
                signIn(window, there);
                began = true;
            } else if (isKnown || !began) {
                return;
            } else {
                there.check(window);
                prompt(window, () -> isSigningIn(window) || expected.getAsBoolean());
            }
        }
    }

    boolean isSigningIn(Window window) {
        return window.asksForPassword()
                || Entry.code(job, window).isPresent()
                || window.field(job.words.of("provider.address")).isPresent()
                || window.shows(REFUSES_DRIVEN);
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
        if (!good && window.with(AriaRole.BUTTON, Pattern.compile("")).count() > 0) {
            throw new Unexpected(Unexpected.Reason.NOT_SHOWN, "Please close this window"); // it asks for something
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
                || (provider == CloudService.Provider.GOOGLE
                        && (account(window).isPresent() || job.canPress(window, "google.next")));
    }

    private void step(Window window, String allow) {
        if (isSigningIn(window)) {
            signIn(window, guard);
        } else if (job.canPress(window, allow)) {
            guard.unlessOther(administrator()).check(window);
            job.invite(
                    window,
                    PersonTask.Kind.BINDING_BUTTON,
                    job.labelOn(window, allow),
                    () -> !job.canPress(window, allow));
        } else {
            Optional<List<String>> account = account(window);
            if (account.isPresent()) {
                job.go(window, guard, window.all(), account.get(), job.shown("google.chooseAccount"));
            } else {
                job.go(window, guard, "google.next"); // 「…にログイン」
            }
        }
    }

    private @Nullable String administrator() {
        return job.administrator(provider);
    }

    /** アカウントの選択: the administrator's, else another one. */
    private Optional<List<String>> account(Window window) {
        Optional<List<String>> known =
                Optional.ofNullable(administrator()).map(List::of).filter(window::canPress);
        return known.or(() -> Optional.of(job.words.of("google.otherAccount")).filter(window::canPress));
    }

    private void signIn(Window window, Guard there) {
        if (window.shows(REFUSES_DRIVEN)) {
            throw new Unexpected(Unexpected.Reason.REFUSES_DRIVEN, provider.label());
        }
        if (Entry.code(job, window).isPresent()) {
            new Entry(job).code(window, there);
            return;
        }
        Optional<Locator> address = window.field(job.words.of("provider.address"));
        if (address.isPresent() && administrator() != null) {
            address.get().fill(administrator());
        }
        if (window.asksForPassword() && (address.isEmpty() || administrator() != null)) {
            new Entry(job).password(window, there, PersonTask.Kind.PROVIDER_SIGN_IN, signInLabels());
        } else if (administrator() != null) {
            job.go(window, there, nextKey());
        } else { // address, and perhaps password
            String before = window.page.url();
            boolean both = window.asksForPassword();
            job.invite(
                    window,
                    PersonTask.Kind.PROVIDER_SIGN_IN,
                    "",
                    () -> !window.page.url().equals(before) || window.asksForPassword() != both);
        }
    }

    /** What sends a password. */
    private List<String> signInLabels() {
        List<String> keys = switch (provider) {
            case BOX -> List.of("box.authorize", "dropbox.signIn");
            case DROPBOX -> List.of("dropbox.signIn");
            case GOOGLE -> List.of("google.next");
            case MICROSOFT365 -> List.of("microsoft.signIn");
        };
        return keys.stream().flatMap(k -> job.words.of(k).stream()).toList();
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
