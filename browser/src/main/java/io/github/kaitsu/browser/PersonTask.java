package io.github.kaitsu.browser;

import io.github.kaitsu.OperatorAction;
import io.github.kaitsu.browser.internal.BannerTexts;
import java.util.Locale;

/**
 * What the browser leaves to the person in its window.
 *
 * @param action the action that is being performed
 * @param label the button to press as the page shows it, else empty
 */
public record PersonTask(Kind kind, String label, OperatorAction action) {
    /** Why the browser must not do it. */
    public enum Kind {
        /** A password of the console. The browser has entered the account. */
        PASSWORD,
        /** Signing in at a provider: what of address, password and code is still asked for. */
        PROVIDER_SIGN_IN,
        /** Setting up or entering a second factor. */
        SECOND_FACTOR,
        /** A button that binds the customer. */
        BINDING_BUTTON,
        /** A page that asks for terms to be read and accepted: its check boxes and the button. */
        TERMS
    }

    /** One sentence for the person, Japanese or English. */
    public String text(Locale locale) {
        return BannerTexts.of(locale).get("task." + kind, label);
    }
}
