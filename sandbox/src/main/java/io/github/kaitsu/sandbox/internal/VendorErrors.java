package io.github.kaitsu.sandbox.internal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Planned trouble in the words of the vendor whose server it hits; Box's where a server has none of its own. */
final class VendorErrors {
    static final String BOX_API = "box-api";
    static final String DROPBOX_API = "dropbox-api";
    static final String GOOGLE_API = "google-api";
    static final String GRAPH = "graph";
    static final String MICROSOFT = "microsoft";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String WHY = "The sandbox was told to fail";

    private VendorErrors() {}

    /** Whose token endpoint a request is for. */
    static Optional<CloudService.Provider> tokensOf(String site, Request r) {
        boolean token = r.method().equals("POST") && r.path().endsWith("/token");
        return !token
                ? Optional.empty()
                : switch (site) {
                    case BOX_API -> Optional.of(CloudService.Provider.BOX);
                    case DROPBOX_API -> Optional.of(CloudService.Provider.DROPBOX);
                    case GOOGLE_API -> Optional.of(CloudService.Provider.GOOGLE);
                    case MICROSOFT -> Optional.of(CloudService.Provider.MICROSOFT365);
                    default -> Optional.empty();
                };
    }

    static Response of(String site, Fault.VendorError fault, Clock clock) {
        Response answer = switch (site) {
            case DROPBOX_API -> dropbox(fault, clock);
            case GOOGLE_API -> google(fault.status());
            case GRAPH -> graph(fault.status(), clock);
            case MICROSOFT -> microsoft(fault.status());
            default -> box(fault.status());
        };
        return fault.retryAfter()
                .map(after -> answer.with("Retry-After", header(site, after, clock)))
                .orElse(answer);
    }

    private static String header(String site, Fault.RetryAfter after, Clock clock) {
        Optional<Instant> date = after.date().filter(d -> !site.equals(DROPBOX_API));
        return date.map(d -> DateTimeFormatter.RFC_1123_DATE_TIME.format(d.atOffset(ZoneOffset.UTC)))
                .orElseGet(() -> String.valueOf(seconds(after, clock)));
    }

    private static long seconds(Fault.RetryAfter after, Clock clock) {
        return after.date()
                .map(d -> Math.max(1, Duration.between(clock.instant(), d).toSeconds()))
                .orElse(after.seconds().toSeconds());
    }

    private static Response box(int status) {
        String code = switch (status) {
            case 429 -> "rate_limit_exceeded";
            case 503 -> "unavailable";
            default -> "internal_server_error";
        };
        return box(status, code, WHY);
    }

    /** The shape of all Box's errors. */
    static Response box(int status, String code, String message) {
        return Response.json(
                status,
                JSON.objectNode()
                        .put("type", "error")
                        .put("status", status)
                        .put("code", code)
                        .put("message", message)
                        .put("help_url", BoxApi.HELP)
                        .put("request_id", "sandboxfault"));
    }

    /** JSON for a limit, plain text for a broken server. */
    private static Response dropbox(Fault.VendorError fault, Clock clock) {
        if (fault.status() != 429) {
            return Response.text(fault.status(), WHY);
        }
        ObjectNode body = JSON.objectNode().put("error_summary", "too_many_requests/..");
        ObjectNode error = body.putObject("error");
        error.putObject("reason").put(".tag", "too_many_requests");
        error.put(
                "retry_after",
                fault.retryAfter().map(after -> seconds(after, clock)).orElse(1L));
        return Response.json(429, body);
    }

    private static Response google(int status) {
        return switch (status) {
            case 403 ->
                Response.json(403, Bearers.googleError(403, WHY, "userRateLimitExceeded", WHY, "PERMISSION_DENIED"));
            case 429 ->
                Response.json(429, Bearers.googleError(429, WHY, "rateLimitExceeded", WHY, "RESOURCE_EXHAUSTED"));
            case 503 -> Response.json(503, Bearers.googleError(503, WHY, "backendError", WHY, "UNAVAILABLE"));
            default -> Response.json(status, Bearers.googleError(status, WHY, "backendError", WHY, "INTERNAL"));
        };
    }

    private static Response graph(int status, Clock clock) {
        String code = switch (status) {
            case 429 -> "TooManyRequests";
            case 503 -> "serviceNotAvailable";
            default -> "generalException";
        };
        ObjectNode body = JSON.objectNode();
        body.putObject("error")
                .put("code", code)
                .put("message", WHY)
                .putObject("innerError")
                .put("date", clock.instant().toString())
                .put("request-id", "sandboxfault")
                .put("client-request-id", "sandboxfault");
        return Response.json(status, body);
    }

    /** The sign-in's own form. */
    private static Response microsoft(int status) {
        ObjectNode body = JSON.objectNode()
                .put("error", "temporarily_unavailable")
                .put("error_description", "AADSTS90033: A transient error has occurred. Please try again.");
        body.putArray("error_codes").add(90033);
        return Response.json(status, body);
    }
}
