package io.github.kaitsu;

import java.time.Instant;
import java.util.Optional;

/** How far {@link ActivationClient#advance} has brought a run. */
public sealed interface Advanced {
    /** It has ended. */
    record Ended() implements Advanced {}

    /** Another process or thread is at it; come again in a second. */
    record Busy() implements Advanced {}

    /**
     * Nothing is left to do now.
     *
     * @param until when to come again at the latest; empty if only an answer moves the run on
     */
    record Waits(Optional<Instant> until) implements Advanced {}

    /** When to come again at the latest; empty if it has ended, another is at it, or only an answer moves it on. */
    default Optional<Instant> until() {
        return this instanceof Waits waits ? waits.until : Optional.empty();
    }
}
