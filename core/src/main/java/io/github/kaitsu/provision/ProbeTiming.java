package io.github.kaitsu.provision;

import java.time.Duration;

/**
 * How long to look before a person is asked or the answer counts.
 *
 * @param settle after an action: how long "fails" may still be the provider's lag
 * @param total from the first look: how long unclear or failing looks are repeated
 */
public record ProbeTiming(Duration settle, Duration total) {
    /** For what is true or false at once. */
    public static ProbeTiming none() {
        return new ProbeTiming(Duration.ZERO, Duration.ZERO);
    }

    /** As the constructor. */
    public static ProbeTiming of(Duration settle, Duration total) {
        return new ProbeTiming(settle, total);
    }
}
