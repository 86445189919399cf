package io.github.kaitsu.sandbox.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the customer's Google Workspace holds, as far as the activation touches it. */
final class GoogleState {
    /** Something that an administrator did, for the logs. */
    record Deed(Kind kind, Instant at) {}

    enum Kind {
        INSTALLED,
        UNINSTALLED,
        /** The administrator took back what was permitted in person. */
        REVOKED
    }

    private final List<Deed> deeds = new ArrayList<>();

    /** Whether the Marketplace was opened for the app by hand, where it was closed at the start. */
    boolean marketplaceOpened;

    void note(Kind kind, Instant at) {
        deeds.add(new Deed(kind, at));
    }

    List<Deed> deeds() {
        return List.copyOf(deeds);
    }
}
