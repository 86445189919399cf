package io.github.kaitsu;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a run is begun with: an activation, or a removal. Immutable; holds no secret. */
public sealed interface RunRequest permits ActivationRequest, RemovalRequest {

    /** Whose run it is. */
    CustomerId customer();

    /** At least one, each once, in the order in which they are worked on. */
    List<CloudService> services();

    /** The address of the console, where the site alone does not tell it. */
    Optional<String> consoleOrigin();

    /** Ends a run that nobody finishes; positive. */
    Duration giveUpAfter();

    /** The customer's company as persons call it, at most 128 characters: every console's organisation has the same name. */
    Optional<String> company();

    /** What the run is called in the host's own books, for instance a contract's number; at most 64 characters. */
    Optional<String> reference();

    /** Words by which the host sorts its runs: at most 20, each of at most 64 characters and without spaces; sorted. */
    Set<String> labels();
}
