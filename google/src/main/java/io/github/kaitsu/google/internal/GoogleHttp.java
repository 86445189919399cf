package io.github.kaitsu.google.internal;

import static java.net.HttpURLConnection.HTTP_BAD_REQUEST;
import static java.net.HttpURLConnection.HTTP_MULT_CHOICE;
import static java.net.HttpURLConnection.HTTP_OK;

import com.google.api.client.googleapis.services.AbstractGoogleClientRequest;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.json.GenericJson;
import com.google.api.client.json.JsonParser;
import com.google.api.client.json.JsonToken;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.util.Data;
import io.github.kaitsu.vendor.VendorAccess;
import io.github.kaitsu.vendor.VendorCallException;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One GET at Google with our own retries and one refresh of the token. What Google's libraries bring for that is off: their
 * back-off repeats neither 429 nor a 403 for quota and ignores {@code Retry-After}, and their credentials adapter takes the one
 * place of the handler. Nothing is logged by them, since at level ALL they print the Authorization header.
 *
 * <p>Throws {@link VendorCallException} and nothing else of the vendor's. Thread-safe. A call is given up after a minute, an answer
 * after 32 MiB, unpacked as well; an interruption ends a call.
 */
final class GoogleHttp {
    private static final Duration WHOLE_CALL = Duration.ofSeconds(60);
    private static final int LONGEST_ANSWER = 32 << 20;

    private final VendorAccess access;
    private final HttpTransport transport;

    GoogleHttp(VendorAccess access, VendorHttp http) {
        this.access = access;
        this.transport = new SdkTransport(http.reading(WHOLE_CALL, LONGEST_ANSWER));
    }

    /** A request of one of Google's generated clients. */
    @FunctionalInterface
    interface Request<T> {
        AbstractGoogleClientRequest<T> build() throws IOException;
    }

    @FunctionalInterface
    private interface Sending {
        HttpResponse send(String token) throws IOException;
    }

    HttpTransport transport() {
        return transport;
    }

    /** What every request is given, also those of the generated clients. */
    static void prepare(HttpRequest request) {
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
     * @param reader what is wanted of the answer; whatever it throws, the answer is none
     */
    <T> T get(String operation, GenericUrl url, Function<GoogleJson, T> reader) throws InterruptedException {
        Sending plain = token -> transport
                .createRequestFactory(GoogleHttp::prepare)
                .buildGetRequest(url)
                .setHeaders(new HttpHeaders().setAuthorization("Bearer " + token))
                .execute();
        return access.call(token ->
                attempt(operation, token, plain, GenericJson.class, json -> reader.apply(new GoogleJson(json))));
    }

    /** Sends a request of a generated client, built anew for each attempt. */
    <T> T run(String operation, Class<T> type, Request<T> request) throws InterruptedException {
        Sending generated = token -> {
            AbstractGoogleClientRequest<T> built = request.build();
            built.getRequestHeaders().setAuthorization("Bearer " + token);
            return built.executeUnparsed();
        };
        return access.call(token -> attempt(operation, token, generated, type, answer -> answer));
    }

    private <J, T> T attempt(String operation, String token, Sending sending, Class<J> type, Function<J, T> reader)
            throws InterruptedException {
        HttpResponse response;
        try {
            response = sending.send(token);
        } catch (VendorCallException e) {
            throw unanswered(operation, e);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException(operation);
            }
            throw VendorCallException.of(operation, 0).build();
        }
        byte[] body = unpacked(response);
        if (response.getStatusCode() >= HTTP_MULT_CHOICE) {
            throw refusal(operation, response, body);
        }
        if (body.length > LONGEST_ANSWER) {
            throw tooLong(operation);
        }
        if (response.getStatusCode() != HTTP_OK) {
            throw VendorCallException.malformed(operation).build();
        }
        try {
            return reader.apply(parsed(body, type));
        } catch (IOException | RuntimeException e) {
            throw VendorCallException.malformed(operation).build();
        }
    }

    /** What is packed small may be large, and is cut off; what breaks off is empty. */
    private static byte[] unpacked(HttpResponse response) {
        try (@Nullable InputStream content = response.getContent()) {
            return content == null ? new byte[0] : content.readNBytes(LONGEST_ANSWER + 1);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    /**
     * Google's parser takes half an object for a whole one, and an HTML page and a list each make it throw something else: only an
     * object that is closed is an answer.
     */
    private static <J> J parsed(byte[] body, Class<J> type) throws IOException {
        JsonParser parser = GsonFactory.getDefaultInstance()
                .createJsonParser(new ByteArrayInputStream(body), StandardCharsets.UTF_8);
        @Nullable J answer = parser.parse(type);
        if (answer == null || Data.isNull(answer) || parser.getCurrentToken() != JsonToken.END_OBJECT) {
            throw new IOException("no object");
        }
        return answer;
    }

    private VendorCallException refusal(String operation, HttpResponse response, byte[] body) {
        int status = response.getStatusCode();
        if (status < HTTP_BAD_REQUEST) { // no answer of these APIs is a redirect, and a token goes nowhere else
            return VendorCallException.of(operation, status).code("redirect").build();
        }
        GoogleError error = GoogleError.of(new String(body, StandardCharsets.UTF_8));
        VendorCallException.Builder refusal = VendorCallException.of(operation, status)
                .code(error.code())
                .retryAfter(response.getHeaders().getRetryAfter(), access.now());
        return error.isQuota() ? refusal.retryable(true).build() : refusal.build();
    }

    /** The same by the operation's name: the path may hold an id. */
    private static VendorCallException unanswered(String operation, VendorCallException e) {
        return e.code().filter(VendorHttp.TOO_LONG::equals).isPresent()
                ? tooLong(operation)
                : VendorCallException.of(operation, 0)
                        .code(e.code().orElse(null))
                        .retryable(e.retryable())
                        .build();
    }

    private static VendorCallException tooLong(String operation) {
        return VendorCallException.of(operation, HTTP_OK)
                .code(VendorHttp.TOO_LONG)
                .build();
    }
}
