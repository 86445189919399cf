package io.github.kaitsu.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** One way in which an answer goes wrong. */
public sealed interface Fault {
    /** Whether the request is carried out although its answer goes wrong. */
    default boolean carriedOut() {
        return true;
    }

    /** This answer instead of the real one; the request is not carried out. */
    record Answer(int status, Map<String, String> headers, String body) implements Fault {
        @Override
        public boolean carriedOut() {
            return false;
        }
    }

    /** The connection closes without an answer; the request is not carried out. */
    record Reset() implements Fault {
        @Override
        public boolean carriedOut() {
            return false;
        }
    }

    /** The request is carried out and its answer lost. */
    record LostAnswer() implements Fault {}

    /** Half of the body arrives, although its length was announced. */
    record Truncated() implements Fault {}

    /** The body breaks off, while its length pretends that this is all. */
    record Malformed() implements Fault {}

    /** The headers come only after this much real time. */
    record Slow(Duration delay) implements Fault {}

    /**
     * An error in the words of the vendor that was asked; the request is not carried out.
     *
     * @param retryAfter the header of that name, as a number of seconds or an HTTP-date; Dropbox sends numbers only
     */
    record VendorError(int status, Optional<RetryAfter> retryAfter) implements Fault {
        @Override
        public boolean carriedOut() {
            return false;
        }
    }

    /** When to come again; {@code date} says whether the header shall name the time or the seconds until then. */
    record RetryAfter(Duration seconds, Optional<Instant> date) {}

    /** 429 with {@code Retry-After} in seconds. */
    static Fault tooManyRequests(Duration retryAfter) {
        return new VendorError(429, Optional.of(new RetryAfter(retryAfter, Optional.empty())));
    }

    /** 429 with {@code Retry-After} as an HTTP-date. */
    static Fault tooManyRequestsUntil(Instant retryAt) {
        return new VendorError(429, Optional.of(new RetryAfter(Duration.ofSeconds(1), Optional.of(retryAt))));
    }

    /** A server error. */
    static Fault serverError(int status) {
        return new VendorError(status, Optional.empty());
    }

    /** Google's 403 for a spent quota, which is no refusal, with {@code Retry-After} in seconds. */
    static Fault googleQuota(Duration retryAfter) {
        return new VendorError(403, Optional.of(new RetryAfter(retryAfter, Optional.empty())));
    }
}
