package io.github.kaitsu.microsoft365.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.CallRetry;
import io.github.kaitsu.vendor.VendorCallException;
import io.github.kaitsu.vendor.http.Addresses;
import io.github.kaitsu.vendor.http.BoundedBody;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One POST to SharePoint's REST API, over the JDK's HTTP client: it can be interrupted, ends within a deadline, follows no
 * redirection and needs no library, so that these reads work where the Graph SDK is left out.
 *
 * <p>Thread-safe. Every method throws {@link VendorCallException} and nothing of the client's.
 */
final class SharePointCalls {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);
    private static final int LONGEST_ANSWER = 8 * 1024 * 1024;
    private static final String WITHOUT_METADATA = "application/json;odata=nometadata";
    private static final String NEEDS_CERTIFICATE = "Unsupported app only token.";
    private static final Pattern NUMBER_BEFORE = Pattern.compile("^-?[0-9]+, ");
    private static final int OK = 200;
    private static final int FIRST_REDIRECT = 300;
    private static final int FIRST_ERROR = 400;

    static final String MALFORMED = "malformed_answer";

    private final AccessTokens tokens;
    private final String base;
    private final CallRetry retry;
    private final Clock clock;
    private final HttpClient http;

    /**
     * @param base as {@link Addresses#base} gives it
     */
    SharePointCalls(AccessTokens tokens, String base, CallRetry retry, Clock clock) {
        this.tokens = tokens;
        this.base = base;
        this.retry = retry;
        this.clock = clock;
        this.http = http(URI.create(base));
    }

    private static HttpClient http(URI base) {
        HttpClient.Builder http =
                HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).followRedirects(HttpClient.Redirect.NEVER);
        if (Addresses.isLoopbackHttp(base)) {
            http.version(HttpClient.Version.HTTP_1_1).proxy(HttpClient.Builder.NO_PROXY);
        }
        return http.build();
    }

    /** The answer, a JSON object that is no page of a longer list. */
    JsonNode post(String path, JsonNode body) throws InterruptedException {
        String operation = "POST " + path;
        JsonNode answer = retry.call(tokens, token -> attempt(operation, request(operation, path, token, body)));
        if (answer.has("odata.nextLink") || answer.has("@odata.nextLink")) {
            throw VendorCallException.of(operation, OK).code("more_pages").build(); // absence would prove nothing
        }
        return answer;
    }

    private HttpRequest request(String operation, String path, String token, JsonNode body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Accept", WITHOUT_METADATA)
                .header("Content-Type", WITHOUT_METADATA)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        try {
            return request.header("Authorization", "Bearer " + token).build();
        } catch (IllegalArgumentException e) { // its message quotes the token
            throw VendorCallException.of(operation, 0)
                    .code("token_is_no_header")
                    .retryable(false)
                    .build();
        }
    }

    private JsonNode attempt(String operation, HttpRequest request) throws InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> coming = http.sendAsync(request, BoundedBody.upTo(LONGEST_ANSWER));
        HttpResponse<byte[]> answer;
        try {
            answer = coming.get(CALL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw VendorCallException.of(operation, 0).build();
        } finally {
            coming.cancel(true); // does nothing to what has come
        }
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        if (answer.statusCode() != OK) {
            throw refusal(operation, answer, body);
        }
        return object(body)
                .orElseThrow(() -> VendorCallException.of(operation, OK)
                        .code(MALFORMED)
                        .retryable(true)
                        .build());
    }

    private VendorCallException refusal(String operation, HttpResponse<byte[]> answer, String body) {
        return VendorCallException.of(operation, answer.statusCode())
                .code(code(answer.statusCode(), body))
                .requestId(header(answer, "SPRequestGuid")
                        .orElseGet(() -> header(answer, "request-id").orElse(null)))
                .retryAfter(header(answer, "Retry-After").orElse(null), clock.instant())
                .build();
    }

    /** Of {@code "-2147024891, System.UnauthorizedAccessException"} the word that says something. */
    private static @Nullable String code(int status, String body) {
        if (status >= FIRST_REDIRECT && status < FIRST_ERROR) {
            return "redirect";
        }
        if (body.strip().equals(NEEDS_CERTIFICATE)) { // a token bought with a secret instead of a certificate
            return "unsupported_app_only_token";
        }
        return object(body)
                .map(root -> root.has("odata.error") ? root.path("odata.error") : root.path("error"))
                .map(error ->
                        error.isTextual() ? error.asText() : error.path("code").asText())
                .map(text -> NUMBER_BEFORE.matcher(text).replaceFirst(""))
                .orElse(null);
    }

    private static Optional<JsonNode> object(String body) {
        try {
            return Optional.ofNullable(JSON.readTree(body)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name);
    }

    @Override
    public String toString() {
        return base;
    }
}
