package io.github.kaitsu.vendor;

import io.github.kaitsu.vendor.http.Addresses;
import java.time.Clock;
import java.time.Instant;

/**
 * What every connection is made of. Immutable and thread-safe; its text is the address alone.
 *
 * @param base as {@link Addresses#base} gives it
 * @param clock what a {@code Retry-After} date is compared with
 */
public record VendorAccess(AccessTokens tokens, String base, CallRetry retry, Clock clock) {
    /**
     * Makes a call, again if it may help, and with a new token if one is refused.
     *
     * @throws VendorCallException as {@link CallRetry#call(AccessTokens, CallRetry.AuthorizedCall)}
     */
    public <T> T call(CallRetry.AuthorizedCall<T> call) throws InterruptedException {
        return retry.call(tokens, call);
    }

    public Instant now() {
        return clock.instant();
    }

    @Override
    public String toString() {
        return base;
    }
}
