package io.github.kaitsu.browser.internal;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.browser.PersonTask;
import io.github.kaitsu.console.ConsoleOrigin;
import io.github.kaitsu.operator.AnswerForm;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The way into the console (COMMON-4), from wherever a session has ended (COMMON-16). */
final class ConsoleSignIn {
    private static final int STEPS = 16;

    private final ActionRun job;
    final Guard console;

    /** The session has ended, and the console was only to be read: whoever signs in again need not come for that now. */
    static final class SignedOut extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    ConsoleSignIn(ActionRun job) {
        this.job = job;
        this.console = Guard.at("Trend Micro Cloud App Security", job.places::isConsole);
    }

    /** The console's tab with the console open; signs in if need be. */
    Window open() {
        Window window = job.tabs.console();
        if (!isInside(window)) {
            if (!isAtTheDoor(window)) { // else whatever the person has typed there would be lost
                job.open(window, start());
            }
            enter(window);
        }
        return job.at(window);
    }

    /** Presses one after another; where a session has ended (COMMON-16), from the beginning after signing in again. */
    Window walk(String... keys) {
        for (int i = 0; i < STEPS; i++) {
            Window window = open();
            if (walked(window, keys)) {
                return window;
            }
        }
        throw new Unexpected(Unexpected.Reason.NOT_DONE, job.shown(keys[0]));
    }

    private boolean walked(Window window, String... keys) {
        for (String key : keys) {
            job.go(window, console, key);
            window.await(() -> isInside(window) || step(window).isPresent());
            if (!isInside(window)) {
                enter(window);
                return false;
            }
        }
        return true;
    }

    /** The console's own site; the sign-in's page where its address is not known (M365-7). */
    private URI start() {
        return job.action
                .link()
                .filter(l -> job.action.rule().startsWith("COMMON") && isOrigin(l))
                .or(() -> job.action.customer().site().origin())
                .orElse(Places.SIGN_IN);
    }

    private static boolean isOrigin(URI link) {
        return link.getHost() != null
                && link.getHost().contains("tmcas.trendmicro.")
                && !ConsoleOrigin.parse("https://" + link.getHost()).toString().isEmpty();
    }

    private boolean isAtTheDoor(Window window) {
        return job.places.isConsole(window.authority())
                && (window.asksForPassword() || Entry.code(job, window).isPresent());
    }

    boolean isInside(Window window) {
        return job.places.isConsole(window.authority())
                && job.canPress(window, "console.administration")
                && !asksForServices(window);
    }

    /** COMMON-5: the choice of services at the first sign-in ever. */
    private boolean asksForServices(Window window) {
        List<String> all = CloudService.standard().stream()
                .flatMap(s -> Vocabulary.of(s).stream())
                .toList();
        return job.canPress(window, "console.closeWindow")
                && window.with(AriaRole.CHECKBOX, Label.whole(all)).count() > 1;
    }

    /** From the sign-in page, or any page behind it. */
    void enter(Window window) {
        for (int i = 0; i < STEPS; i++) {
            if (!window.await(() -> isInside(window) || step(window).isPresent())) {
                throw new Unexpected(Unexpected.Reason.NOT_SHOWN, job.shown("console.administration"));
            }
            if (isInside(window)) {
                return;
            }
            console.check(window);
            step(window).ifPresent(key -> take(window, key)); // gone where the page is just loaded anew
        }
        throw new Unexpected(Unexpected.Reason.NOT_DONE, job.shown("console.openConsole"));
    }

    /** What the page asks for; the first that it shows. */
    private Optional<String> step(Window window) {
        if (window.asksForPassword() && job.canPress(window, "console.signIn")) {
            return Optional.of("console.signIn");
        }
        if (Entry.code(job, window).isPresent()) {
            return Optional.of("provider.code");
        }
        if (asksForServices(window)) {
            return Optional.of("console.closeWindow"); // COMMON-5: 追加 is the better way to the same
        }
        return List.of("console.setUpTwoFactor", "console.ok", "console.openConsole", "console.agree", "console.close")
                .stream()
                .filter(key -> job.canPress(window, key))
                .findFirst();
    }

    private void take(Window window, String key) {
        switch (key) {
            case "console.signIn" -> signIn(window);
            case "provider.code" -> new Entry(job).code(window, console);
            case "console.setUpTwoFactor" ->
                job.invite(
                        window,
                        PersonTask.Kind.SECOND_FACTOR,
                        job.labelOn(window, key),
                        () -> !job.canPress(window, key));
            case "console.ok", "console.agree" ->
                job.invite(
                        window,
                        PersonTask.Kind.BINDING_BUTTON,
                        job.labelOn(window, key),
                        () -> !job.canPress(window, key));
            default -> job.press(window, console, key);
        }
    }

    /** The account is no secret; it must be this customer's, whatever the page had put there. */
    private void signIn(Window window) {
        if (job.action.form().kind() == AnswerForm.Kind.CONSOLE_TEXT) {
            throw new SignedOut();
        }
        List<String> labels = job.words.of("console.account");
        window.await(() -> window.field(labels).isPresent()); // the page may just be loaded anew
        Locator account = window.field(labels)
                .orElseThrow(() -> new Unexpected(Unexpected.Reason.NOT_SHOWN, job.shown("console.account")));
        if (!account.inputValue().equals(job.action.customer().account())) {
            account.fill(job.action.customer().account());
        }
        new Entry(job).password(window, console, PersonTask.Kind.PASSWORD, job.words.of("console.signIn"));
    }
}
