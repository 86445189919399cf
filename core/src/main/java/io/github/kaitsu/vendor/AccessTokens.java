package io.github.kaitsu.vendor;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Gives the bearer token of one credential, and a new one when the vendor refuses it. Thread-safe; may block for the length
 * of a refresh.
 */
public interface AccessTokens {
    /**
     * The token to use now.
     *
     * @throws VendorCallException if there is none and none can be had;
     *     {@linkplain VendorCallException#authorizationLost() authorization lost} if the grant is gone
     */
    String get() throws InterruptedException;

    /**
     * A token that is not {@code rejectedToken}: the one another thread has fetched meanwhile, or a new one.
     *
     * @throws VendorCallException as {@link #get}
     */
    String refreshAfterRejection(String rejectedToken) throws InterruptedException;

    /** A token and when it ends; its text hides the token. */
    record Token(String value, Optional<Instant> expiresAt) {
        @Override
        public String toString() {
            return "Token[***, expiresAt=" + expiresAt.map(Instant::toString).orElse("unknown") + "]";
        }
    }

    /** Reads the stored token or asks the vendor for a new one. */
    @FunctionalInterface
    interface Refresher {
        /**
         * Called by one thread at a time.
         *
         * @param spent the token that is no good any more, if any was in use: a store may hold a newer one already, written
         *     by another process
         * @throws VendorCallException with code {@code invalid_grant} if the grant is gone
         */
        Token refresh(Optional<String> spent) throws InterruptedException;
    }

    /**
     * Keeps the token in memory and lets one thread refresh for all that wait: a refresh token may work only once (Box).
     * What the refresh throws, every waiting thread gets; the next call tries anew. A token is replaced a minute before its end.
     */
    static AccessTokens singleFlight(Refresher refresher, Clock clock) {
        return new SingleFlightTokens(refresher, clock);
    }
}
