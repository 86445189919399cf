package io.github.kaitsu.browser.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.browser.WindowPerson;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * How a browser operator was built.
 *
 * @param administrators account names that are no secret, entered so that the person need not
 * @param pagePatience how long a page may take to show what is expected
 * @param personPatience how long the person may take for one task
 */
public record Settings(
        UnaryOperator<URI> addresses,
        WindowPerson person,
        Map<CloudService.Provider, String> administrators,
        Clock clock,
        Locale language,
        Duration pagePatience,
        Duration personPatience,
        String by) {
    public Settings {
        administrators = Map.copyOf(administrators);
    }
}
