package io.github.kaitsu.browser;

import io.github.kaitsu.browser.internal.BannerTexts;
import io.github.kaitsu.operator.OperatorAction;
import java.util.Locale;

/**
 * What the browser leaves to the person in its window.
 *
 * @param action the action that is being performed
 * @param label the button that is about it, as the page shows it: the person presses it where it binds the customer, the browser where
 *     it sends what the person has typed; else empty
 */
public record PersonTask(Kind kind, String label, OperatorAction action) {
    /** Why the browser must not do it. */
    public enum Kind {
        /** A password of the console: the browser has entered the account, and sends it once the field is left. */
        PASSWORD,
        /** Signing in at a provider: the password, which the browser sends, or where it does not know the account all of it. */
        PROVIDER_SIGN_IN,
        /** A second factor: a code, which the browser sends, or the button that begins to set one up. */
        SECOND_FACTOR,
        /** A button that binds the customer. */
        BINDING_BUTTON,
        /** A page that asks for terms to be read and accepted: its check boxes and the button. */
        TERMS,
        /** Whatever else a provider asks of somebody who signs in, such as a notification to confirm. */
        PROMPT
    }

    /** One sentence for the person, Japanese or English. */
    public String text(Locale locale) {
        return BannerTexts.of(locale).get("task." + kind, label);
    }
}
