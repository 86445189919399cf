package io.github.kaitsu;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whom or what a service waits for right now. */
public sealed interface Waiting {
    /** Nobody: it can go on at once, or it has ended. */
    record Nothing() implements Waiting {}

    /** An operator's answer to any of these actions. */
    record ForOperator(List<ActionId> actions) implements Waiting {
        /** Keeps an unmodifiable copy. */
        public ForOperator {
            actions = List.copyOf(actions);
        }
    }

    /** A known time. */
    record Until(Instant time) implements Waiting {}

    /**
     * The console, which links one service at a time (rule COMMON-13).
     *
     * @param holder whose link is under way, where it is one of Kaitsu's
     * @param line what stands under 保留 in the console, else empty
     */
    record ForLinkSlot(Optional<SlotOwner> holder, String line) implements Waiting {}
}
