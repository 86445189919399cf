package io.github.kaitsu.consent.internal;

import java.time.Duration;

/** How long stores wait for a {@link io.github.kaitsu.consent.CredentialStore.Hold}. */
public final class Holds {
    /** As long as a refresh may take: a vendor's call with all its retries. */
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(90);

    private Holds() {}
}
