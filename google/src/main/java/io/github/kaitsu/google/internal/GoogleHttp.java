package io.github.kaitsu.google.internal;

import com.google.api.client.googleapis.services.AbstractGoogleClientRequest;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.json.JsonParser;
import com.google.api.client.json.JsonToken;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.util.Data;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.CallRetry;
import io.github.kaitsu.vendor.VendorCallException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One GET at Google with our own retries and one refresh of the token. What Google's libraries bring for that is off: their
 * back-off repeats neither 429 nor a 403 for quota and ignores {@code Retry-After}, and their credentials adapter takes the one
 * place of the handler. Nothing is logged by them, since at level ALL they print the Authorization header.
 *
 * <p>Throws {@link VendorCallException} and nothing else of the vendor's. Thread-safe. A connection is given up after ten
 * seconds, a call after a minute, an answer after 32 MiB, unpacked as well; an interruption ends a call.
 */
final class GoogleHttp {
    private static final Duration WHOLE_CALL = Duration.ofSeconds(60);
    private static final long LONGEST_ANSWER = 32L << 20;
    private static final int OK = 200;
    private static final int FIRST_REDIRECT = 300;
    private static final int FIRST_ERROR = 400;

    private final AccessTokens tokens;
    private final CallRetry retry;
    private final Clock clock;
    private final HttpTransport transport;

    GoogleHttp(AccessTokens tokens, CallRetry retry, Clock clock, boolean loopback) {
        this.tokens = tokens;
        this.retry = retry;
        this.clock = clock;
        this.transport = new GoogleTransport(loopback, WHOLE_CALL, LONGEST_ANSWER);
    }

    /** A request of one of Google's generated clients. */
    @FunctionalInterface
    interface Request<T> {
        AbstractGoogleClientRequest<T> build() throws IOException;
    }

    @FunctionalInterface
    private interface Sending {
        HttpResponse send() throws IOException;
    }

    HttpTransport transport() {
        return transport;
    }

    /** What every request is given, also those of the generated clients. */
    HttpRequestInitializer initializer() {
        return GoogleHttp::prepare;
    }

    private static void prepare(HttpRequest request) {
        request.setNumberOfRetries(0)
                .setFollowRedirects(false)
                .setThrowExceptionOnExecuteError(false)
                .setLoggingEnabled(false)
                .setCurlLoggingEnabled(false);
    }

    /**
     * Sends a plain GET.
     *
     * @param operation method and path without query
     */
    <T> T get(String operation, GenericUrl url, Class<T> type) throws InterruptedException {
        HttpRequestFactory requests = transport.createRequestFactory(initializer());
        return retry.call(
                tokens,
                token -> parsed(
                        operation,
                        () -> requests.buildGetRequest(url)
                                .setHeaders(new HttpHeaders().setAuthorization("Bearer " + token))
                                .execute(),
                        type));
    }

    /** Sends a request of a generated client, built anew for each attempt. */
    <T> T run(String operation, Class<T> type, Request<T> request) throws InterruptedException {
        return retry.call(
                tokens,
                token -> parsed(
                        operation,
                        () -> {
                            AbstractGoogleClientRequest<T> built = request.build();
                            built.getRequestHeaders().setAuthorization("Bearer " + token);
                            return built.executeUnparsed();
                        },
                        type));
    }

    private <T> T parsed(String operation, Sending sending, Class<T> type) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException(operation);
        }
        HttpResponse response;
        try {
            response = sending.send();
        } catch (GoogleTransport.TooLong e) {
            throw tooLong(operation);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException(operation);
            }
            throw VendorCallException.of(operation, 0).build();
        }
        try {
            int status = response.getStatusCode();
            if (status >= FIRST_REDIRECT) {
                throw refusal(operation, status, response);
            }
            return body(operation, status, response, type);
        } finally {
            close(response);
        }
    }

    /**
     * Google's parser takes half an object for a whole one, and an HTML page and a list each make it throw something else: only an
     * object that is closed is an answer.
     */
    private static <T> T body(String operation, int status, HttpResponse response, Class<T> type) {
        @Nullable T answer = null;
        boolean whole = false;
        try {
            @Nullable InputStream content = response.getContent();
            if (content != null) {
                JsonParser parser = GsonFactory.getDefaultInstance()
                        .createJsonParser(new Unpacked(content), StandardCharsets.UTF_8);
                answer = parser.parse(type);
                whole = parser.getCurrentToken() == JsonToken.END_OBJECT;
            }
        } catch (GoogleTransport.TooLong e) {
            throw tooLong(operation);
        } catch (IOException | RuntimeException e) {
            throw malformed(operation);
        }
        if (status != OK || answer == null || Data.isNull(answer) || !whole) {
            throw malformed(operation);
        }
        return answer;
    }

    /** What is packed small may be large. */
    private static final class Unpacked extends FilterInputStream {
        private long left = LONGEST_ANSWER;

        Unpacked(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            counted(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            return counted(super.read(into, from, most));
        }

        private int counted(int some) throws IOException {
            left -= Math.max(some, 0);
            if (left < 0) {
                throw new GoogleTransport.TooLong();
            }
            return some;
        }
    }

    private VendorCallException refusal(String operation, int status, HttpResponse response) {
        if (status < FIRST_ERROR) { // no answer of these APIs is a redirect, and a token goes nowhere else
            return VendorCallException.of(operation, status).code("redirect").build();
        }
        GoogleError error = GoogleError.read(response);
        VendorCallException.Builder refusal = VendorCallException.of(operation, status)
                .code(error.code())
                .retryAfter(response.getHeaders().getRetryAfter(), clock.instant());
        return error.isQuota() ? refusal.retryable(true).build() : refusal.build();
    }

    static VendorCallException malformed(String operation) {
        return VendorCallException.of(operation, OK)
                .code("malformed_answer")
                .retryable(true)
                .build();
    }

    private static VendorCallException tooLong(String operation) {
        return VendorCallException.of(operation, OK).code("answer_too_long").build();
    }

    static VendorCallException endless(String operation) {
        return VendorCallException.of(operation, OK)
                .code("listing_does_not_end")
                .build();
    }

    private static void close(HttpResponse response) {
        try {
            response.disconnect();
        } catch (IOException e) {
            // what was needed is read
        }
    }
}
