package io.github.kaitsu.invite;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.operator.Role;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What is kept of a link: for whom it is, for how long, and what came of it. Neither the link nor its code can be made of it.
 *
 * @param id a hash of the link's secret, 32 hexadecimal digits
 * @param role whose actions it shows, and no other's
 * @param invited the name that answers given through it bear
 * @param language of the page until the person chooses the other one
 * @param expires when it ends at the latest
 * @param code a keyed hash of the one-time code, where one is asked for
 * @param wrongCodes how many wrong codes were tried
 * @param device a keyed hash of the cookie of the browser that entered the code
 * @param ready when the person said that all is at hand
 * @param withoutConsent when the person chose to go on without the consent to the own app
 * @param used when the person said that the report has arrived
 */
public record Invitation(
        String id,
        ActivationId activation,
        Role role,
        String invited,
        Locale language,
        Instant minted,
        Instant expires,
        Optional<String> code,
        int wrongCodes,
        Optional<String> device,
        Optional<Instant> ready,
        Optional<Instant> withoutConsent,
        Optional<Instant> used,
        Optional<Instant> revoked) {

    /** Whether the link still leads anywhere. */
    public enum State {
        /** It may be used. */
        OPEN,
        /** Its time is over. */
        EXPIRED,
        /** Its person has taken the report and needs it no more. */
        USED,
        /** The host has taken it back. */
        REVOKED
    }

    /** Whether the link leads anywhere at this time; what was revoked or used stays so. */
    public State state(Instant now) {
        if (revoked.isPresent()) {
            return State.REVOKED;
        } else if (used.isPresent()) {
            return State.USED;
        }
        return now.isBefore(expires) ? State.OPEN : State.EXPIRED;
    }

    // ---- what becomes of it; what was said first stays

    Invitation ready(Instant at) {
        return with(wrongCodes, device, first(ready, at), withoutConsent, used, revoked);
    }

    Invitation withoutConsent(Instant at) {
        return with(wrongCodes, device, ready, first(withoutConsent, at), used, revoked);
    }

    Invitation used(Instant at) {
        return with(wrongCodes, device, ready, withoutConsent, first(used, at), revoked);
    }

    Invitation revoked(Instant at) {
        return with(wrongCodes, device, ready, withoutConsent, used, first(revoked, at));
    }

    Invitation wrongCode() {
        return with(wrongCodes + 1, device, ready, withoutConsent, used, revoked);
    }

    Invitation enteredOn(String browser) {
        return with(wrongCodes, Optional.of(browser), ready, withoutConsent, used, revoked);
    }

    private static Optional<Instant> first(Optional<Instant> before, Instant now) {
        return before.or(() -> Optional.of(now));
    }

    private Invitation with(
            int wrong,
            Optional<String> browser,
            Optional<Instant> isReady,
            Optional<Instant> isWithout,
            Optional<Instant> isUsed,
            Optional<Instant> isRevoked) {
        return new Invitation(
                id,
                activation,
                role,
                invited,
                language,
                minted,
                expires,
                code,
                wrong,
                browser,
                isReady,
                isWithout,
                isUsed,
                isRevoked);
    }
}
