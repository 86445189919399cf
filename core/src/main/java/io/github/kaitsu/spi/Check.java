package io.github.kaitsu.spi;

import java.util.Optional;

/**
 * How a step is known to hold.
 *
 * @param probe reads a provider; absent where no API tells
 * @param question asks a person, where there is no probe, no access, or patience is over
 */
public record Check(Optional<Probe> probe, Optional<ActionTemplate> question) {
    public static Check by(Probe probe) {
        return new Check(Optional.of(probe), Optional.empty());
    }

    public static Check asking(ActionTemplate question) {
        return new Check(Optional.empty(), Optional.of(question));
    }

    /** Nothing tells but the person who does the action. */
    public static Check attestedByDoing() {
        return new Check(Optional.empty(), Optional.empty());
    }

    public Check orAsk(ActionTemplate fallback) {
        return new Check(probe, Optional.of(fallback));
    }
}
