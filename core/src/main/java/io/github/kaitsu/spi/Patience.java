package io.github.kaitsu.spi;

import java.time.Duration;

/**
 * How long to look before a person is asked or the answer counts.
 *
 * @param settle after an action: how long "fails" may still be the provider's lag
 * @param total from the first look: how long unclear or failing looks are repeated
 */
public record Patience(Duration settle, Duration total) {
    /** For what is true or false at once. */
    public static Patience none() {
        return new Patience(Duration.ZERO, Duration.ZERO);
    }

    public static Patience of(Duration settle, Duration total) {
        return new Patience(settle, total);
    }
}
