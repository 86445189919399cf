package io.github.kaitsu;

import io.github.kaitsu.operator.OperatorAction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run in which nothing more happens by itself: it has ended, or it goes on when somebody answers one of the open actions or
 * when the client's clock reaches {@code until}, whichever comes first. Every look that was due has been made, and every action that was due
 * has been offered. Immutable.
 *
 * @param view the run as it then was
 * @param until when it goes on without an answer; empty exactly if it has ended
 */
public record Quiet(ActivationView view, Optional<Instant> until) {

    /** Whether nothing will ever happen any more. */
    public boolean ended() {
        return view.ended();
    }

    /** What waits for somebody, oldest first; none once the run has ended, and none while only time helps. */
    public List<OperatorAction> openActions() {
        return view.openActions();
    }
}
