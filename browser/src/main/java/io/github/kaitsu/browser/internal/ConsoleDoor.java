package io.github.kaitsu.browser.internal;

import com.microsoft.playwright.Locator;
import io.github.kaitsu.ConsoleOrigin;
import io.github.kaitsu.browser.PersonTask;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The way into the console (COMMON-4), from wherever a session has ended (COMMON-16). */
final class ConsoleDoor {
    private static final int STEPS = 16;

    private final Job job;
    final Guard console;

    ConsoleDoor(Job job) {
        this.job = job;
        this.console = Guard.at("Trend Micro Cloud App Security", job.places::isConsole);
    }

    /** The console's tab with the console open; signs in if need be. */
    Window open() {
        Window window = job.tabs.console();
        if (!isInside(window)) {
            job.open(window, start());
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

    boolean isInside(Window window) {
        return job.places.isConsole(window.authority()) && job.canPress(window, "console.administration");
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
            take(window, step(window).orElseThrow());
        }
        throw new Unexpected(Unexpected.Reason.NOT_DONE, job.shown("console.openConsole"));
    }

    /** What the page asks for; the first that it shows. */
    private Optional<String> step(Window window) {
        if (window.asksForPassword() && job.canPress(window, "console.signIn")) {
            return Optional.of("console.signIn");
        }
        return List.of("console.setUpTwoFactor", "console.ok", "console.openConsole", "console.agree", "console.close")
                .stream()
                .filter(key -> job.canPress(window, key))
                .findFirst();
    }

    private void take(Window window, String key) {
        switch (key) {
            case "console.signIn" -> signIn(window);
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
        Optional<Locator> account = window.field(job.words.of("console.account"));
        if (account.isEmpty()) {
            throw new Unexpected(Unexpected.Reason.NOT_SHOWN, job.shown("console.account"));
        }
        account.get().fill(job.action.customer().account());
        job.invite(
                window,
                PersonTask.Kind.PASSWORD,
                job.labelOn(window, "console.signIn"),
                () -> !window.asksForPassword());
    }
}
