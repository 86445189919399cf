package io.github.kaitsu;

import java.time.Instant;
import java.util.List;

/** Whom or what a service waits for right now. */
public sealed interface Waiting {
    /** Nobody: it can go on at once, or it has ended. */
    record Nothing() implements Waiting {}

    /** An operator's answer to any of these actions. */
    record ForOperator(List<ActionId> actions) implements Waiting {
        public ForOperator {
            actions = List.copyOf(actions);
        }
    }

    /** A known time. */
    record Until(Instant time) implements Waiting {}

    /** The console, which links one service at a time (rule COMMON-13). */
    record ForLinkSlot(String holder) implements Waiting {}
}
