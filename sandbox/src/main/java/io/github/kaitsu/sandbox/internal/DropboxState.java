package io.github.kaitsu.sandbox.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the customer's Dropbox team holds, as far as the activation touches it. */
final class DropboxState {
    /** When Trend's app was linked to the team, or unlinked from it. */
    record Step(boolean linked, Instant at) {}

    private final List<Step> steps = new ArrayList<>();

    void linked(Instant at) {
        steps.add(new Step(true, at));
    }

    void unlinked(Instant at) {
        steps.add(new Step(false, at));
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }
}
