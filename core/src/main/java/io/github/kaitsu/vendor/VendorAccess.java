package io.github.kaitsu.vendor;

import io.github.kaitsu.vendor.http.Addresses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * What every connection is made of. Immutable and thread-safe; its text is the address alone.
 *
 * @param base as {@link Addresses#base} gives it
 * @param clock what a {@code Retry-After} date is compared with
 * @param limit how long one call may take, from its beginning to the last byte of its answer
 * @param notes what the look learns besides its result for which it is used
 */
public record VendorAccess(
        AccessTokens tokens, String base, CallRetry retry, Clock clock, Duration limit, LookNotes notes) {
    /** The same for another look. */
    public VendorAccess forLook() {
        return new VendorAccess(tokens, base, retry, clock, limit, new LookNotes());
    }

    /** Notes the vendor's own clock, and gives the answer, for what follows from its status. */
    public VendorAnswer noted(VendorAnswer answer) {
        notes.heard(answer.date());
        return answer;
    }

    /**
     * Makes a call, again if it may help, and with a new token if one is refused.
     *
     * @throws VendorCallException as {@link CallRetry#call(AccessTokens, CallRetry.AuthorizedCall)}
     */
    public <T> T call(CallRetry.AuthorizedCall<T> call) throws InterruptedException {
        return retry.call(tokens, call);
    }

    /** Whether the vendor is another machine than this one. */
    public boolean elsewhere() {
        return base.regionMatches(true, 0, "https:", 0, "https:".length());
    }

    /** By the clock of whoever looks. */
    public Instant now() {
        return clock.instant();
    }

    @Override
    public String toString() {
        return base;
    }
}
