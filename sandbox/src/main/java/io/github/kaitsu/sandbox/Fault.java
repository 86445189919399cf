package io.github.kaitsu.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;

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

    /** 429 with {@code Retry-After} in seconds. */
    static Fault tooManyRequests(Duration retryAfter) {
        return box(429, "rate_limit_exceeded", Map.of("Retry-After", String.valueOf(retryAfter.toSeconds())));
    }

    /** 429 with {@code Retry-After} as an HTTP-date. */
    static Fault tooManyRequestsUntil(Instant retryAt) {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(retryAt.atOffset(ZoneOffset.UTC));
        return box(429, "rate_limit_exceeded", Map.of("Retry-After", date));
    }

    /** 429 of Microsoft Graph, with {@code Retry-After} in seconds and what it says of the limit. */
    static Fault graphThrottled(Duration retryAfter) {
        String body = "{\"error\":{\"code\":\"TooManyRequests\",\"message\":\"Too many requests.\",\"innerError\":"
                + "{\"code\":\"TooManyRequests\",\"date\":\"2026-11-24T00:00:00\",\"request-id\":\"sandboxfault\","
                + "\"client-request-id\":\"sandboxfault\"}}}";
        return new Answer(
                429,
                Map.of(
                        "Content-Type",
                        "application/json",
                        "request-id",
                        "sandboxfault",
                        "Retry-After",
                        String.valueOf(retryAfter.toSeconds()),
                        "x-ms-throttle-scope",
                        "Tenant_Application/ReadWrite/sandbox/sandbox",
                        "x-ms-throttle-information",
                        "ResourceUnitLimitExceeded"),
                body);
    }

    /** A server error with Box's body. */
    static Fault serverError(int status) {
        return box(status, status == 503 ? "unavailable" : "internal_server_error", Map.of());
    }

    private static Fault box(int status, String code, Map<String, String> headers) {
        String body = "{\"type\":\"error\",\"status\":" + status + ",\"code\":\"" + code
                + "\",\"message\":\"The sandbox was told to fail\",\"help_url\":"
                + "\"https://developer.box.com/guides/api-calls/permissions-and-errors/common-errors/\","
                + "\"request_id\":\"sandboxfault\"}";
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "application/json");
        return new Answer(status, Map.copyOf(all), body);
    }
}
