package io.github.kaitsu.desk;

import io.github.kaitsu.ActivationId;
import java.time.Instant;
import java.util.Optional;

/**
 * A customer in a list.
 *
 * @param reference in the team's own books, else the run's id
 * @param done how many services are linked (of a removal: removed)
 * @param state in words
 * @param turnText whose turn it is, in words
 * @param since since when
 * @param next when it goes on by itself
 * @param mailExpires when the opening mail's address ends
 * @param checked when it was last looked at whether all holds
 * @param isLost whether something of it is lost
 */
public record Line(
        ActivationId id,
        String reference,
        String company,
        String account,
        String site,
        int done,
        int total,
        String state,
        Whose whose,
        String turnText,
        Instant since,
        Optional<Instant> next,
        Optional<Instant> mailExpires,
        Optional<Instant> checked,
        boolean isLost,
        boolean isStalled,
        boolean isRemoval,
        boolean isEnded) {

    /** Whose turn it is, as the team sees it. */
    public enum Whose {
        /** Ours: something is to be done that nobody at the customer was asked for. */
        OURS,
        /** Somebody at the customer, who has a link. */
        CUSTOMER,
        /** The vendor's. */
        VENDOR,
        /** It goes on by itself. */
        KAITSU,
        /** Nobody's any more. */
        NOBODY
    }
}
