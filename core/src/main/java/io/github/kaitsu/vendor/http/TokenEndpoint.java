package io.github.kaitsu.vendor.http;

import io.github.kaitsu.consent.OAuthApp;
import io.github.kaitsu.vendor.VendorAnswer;
import io.github.kaitsu.vendor.VendorCallException;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * To be deleted with its last user: {@link OAuthApp} and {@link VendorHttp} take its place. How an {@code AuthorizationServer} calls its vendor: one request, one bounded answer, and every refusal a
 * {@link VendorCallException} with a word of the vendor's and nothing else. Thread-safe; its text holds the address alone.
 *
 * <p>Nothing is repeated and no redirect is followed: a code, and Box's refresh token, work a single time. An exception says
 * what may have happened: {@link #NOT_SENT} is as if nothing had been done, and may be retried; {@link #ANSWER_LOST} of a POST is
 * not retryable, since the vendor may have spent what was sent.
 */
public final class TokenEndpoint {
    /** The code of an exception: the vendor could not be reached, so nothing happened there. */
    public static final String NOT_SENT = "not_sent";

    /** The code of an exception: the request was sent, and its answer did not arrive whole or in time. */
    public static final String ANSWER_LOST = "answer_lost";

    /** The code of an exception: the vendor answered with something that is not its answer. */
    public static final String MALFORMED = "malformed_answer";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 1 << 20;
    private static final List<String> WORDS =
            List.of("/error", "/error/.tag", "/error/errors/0/reason", "/error/code", "/error/status", "/code");
    private static final List<String> REQUEST_IDS =
            List.of("x-ms-request-id", "request-id", "x-dropbox-request-id", "box-request-id");

    private final String base;
    private final Duration timeout;
    private final Clock clock;
    private final Function<VendorAnswer, Optional<String>> word;
    private final HttpClient http;

    private TokenEndpoint(Builder b) {
        this.base = Addresses.base(b.base, "address");
        this.timeout = b.timeout;
        this.clock = b.clock;
        this.word = b.word;
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER);
        if (Addresses.isLoopbackHttp(b.base)) {
            client.proxy(ProxySelector.of(null));
        }
        this.http = client.build();
    }

    /**
     * Begins one.
     *
     * @param base what all paths follow: {@code https://api.box.com}; plain http to this very machine only
     */
    public static Builder builder(URI base) {
        return new Builder(base);
    }

    /** The clock that answers' {@code expires_in} counts from. */
    public Clock clock() {
        return clock;
    }

    /**
     * Posts a form (RFC 6749 §3.2).
     *
     * @param path without query: {@code /oauth2/token}
     * @throws VendorCallException if there is no answer with a status of 2xx
     */
    public VendorAnswer post(String path, Map<String, String> form) throws InterruptedException {
        return send("POST", path, Map.of("Content-Type", "application/x-www-form-urlencoded"), form(form));
    }

    /**
     * Reads with a bearer token.
     *
     * @param target path and, if need be, query
     * @throws VendorCallException as {@link #post}
     */
    public VendorAnswer get(String target, String token) throws InterruptedException {
        return send("GET", target, Map.of("Authorization", "Bearer " + token), null);
    }

    /**
     * Sends anything; for the vendors' own libraries.
     *
     * @param target path and, if need be, query
     * @throws VendorCallException as {@link #post}
     */
    public VendorAnswer send(String method, String target, Map<String, String> headers, @Nullable String body)
            throws InterruptedException {
        int query = target.indexOf('?');
        String operation = method + " " + (query < 0 ? target : target.substring(0, query));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + target))
                .timeout(timeout)
                .header("Accept", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        HttpResponse<byte[]> response = exchange(operation, method, request.build());
        VendorAnswer answer = new VendorAnswer(operation, response);
        if (answer.status() / 100 != 2) {
            throw refusal(operation, answer);
        }
        return answer;
    }

    private HttpResponse<byte[]> exchange(String operation, String method, HttpRequest request)
            throws InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> flight = http.sendAsync(request, BoundedBody.upTo(MOST_BYTES));
        try {
            return flight.get(timeout.toMillis(), TimeUnit.MILLISECONDS); // the request's own ends with the headers
        } catch (ExecutionException e) {
            boolean unsent = neverSent(e);
            throw VendorCallException.of(operation, 0)
                    .code(unsent ? NOT_SENT : ANSWER_LOST)
                    .retryable(unsent || method.equals("GET"))
                    .build();
        } catch (TimeoutException e) {
            flight.cancel(true);
            throw VendorCallException.of(operation, 0)
                    .code(ANSWER_LOST)
                    .retryable(method.equals("GET"))
                    .build();
        } catch (InterruptedException e) {
            flight.cancel(true);
            throw e;
        }
    }

    private static boolean neverSent(ExecutionException e) {
        return Stream.iterate(e.getCause(), cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> cause instanceof ConnectException
                        || cause instanceof HttpConnectTimeoutException
                        || cause instanceof UnresolvedAddressException
                        || cause instanceof SSLHandshakeException);
    }

    private VendorCallException refusal(String operation, VendorAnswer answer) {
        boolean redirect = answer.status() / 100 == 3;
        return VendorCallException.of(operation, answer.status())
                .code(redirect ? "redirect" : word.apply(answer).orElse(null))
                .requestId(REQUEST_IDS.stream()
                        .flatMap(name -> answer.header(name).stream())
                        .findFirst()
                        .orElse(null))
                .retryAfter(answer.header("Retry-After").orElse(null), clock.instant())
                .build();
    }

    /** Names and values as a form writes them. */
    public static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(f -> encoded(f.getKey()) + "=" + encoded(f.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return "TokenEndpoint[" + base + "]";
    }

    /** Not thread-safe. */
    public static final class Builder {
        private final URI base;
        private Duration timeout = Duration.ofSeconds(30);
        private Clock clock = Clock.systemUTC();
        private Function<VendorAnswer, Optional<String>> word =
                answer -> WORDS.stream().flatMap(at -> answer.text(at).stream()).findFirst();

        private Builder(URI base) {
            this.base = base;
        }

        /** How long one call may take from its beginning to the last byte of its answer. Default: 30 s. */
        public Builder timeout(Duration most) {
            this.timeout = most;
            return this;
        }

        /** Default: the system's. */
        public Builder clock(Clock time) {
            this.clock = time;
            return this;
        }

        /** How to find the vendor's error word. Default: {@code error} in the shapes the four vendors use. */
        public Builder word(Function<VendorAnswer, Optional<String>> how) {
            this.word = how;
            return this;
        }

        /**
         * Builds it; connects to nothing.
         *
         * @throws IllegalArgumentException if the base is neither https nor http to this very machine
         */
        public TokenEndpoint build() {
            return new TokenEndpoint(this);
        }
    }
}
