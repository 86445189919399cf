package io.github.kaitsu.google.internal;

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
import io.github.kaitsu.vendor.LookNotes;
import io.github.kaitsu.vendor.VendorAccess;
import io.github.kaitsu.vendor.VendorAnswer;
import io.github.kaitsu.vendor.VendorCallException;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One GET at Google with our own retries and one refresh of the token. What Google's libraries bring for that is off: their
 * back-off repeats neither 429 nor a 403 for quota and ignores {@code Retry-After}, and their credentials adapter takes the one
 * place of the handler. Nothing is logged by them, since at level ALL they print the Authorization header.
 *
 * <p>Throws {@link VendorCallException} and nothing else of the vendor's. Thread-safe. A call is given up after half a minute, an answer
 * after 32 MiB, unpacked as well; an interruption ends a call.
 */
final class GoogleHttp {
    private static final int LONGEST_ANSWER = 32 << 20;

    private final VendorAccess access;
    private final HttpTransport transport;

    GoogleHttp(VendorAccess access, VendorHttp http) {
        this(access, new SdkTransport(http.reading(access.limit(), LONGEST_ANSWER)));
    }

    private GoogleHttp(VendorAccess access, HttpTransport transport) {
        this.access = access;
        this.transport = transport;
    }

    /** The same for another look. */
    GoogleHttp forLook() {
        return new GoogleHttp(access.forLook(), transport);
    }

    LookNotes notes() {
        return access.notes();
    }

    /** A request of one of Google's generated clients. */
    @FunctionalInterface
    interface Request {
        AbstractGoogleClientRequest<?> build() throws IOException;
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
     */
    GoogleJson get(String operation, GenericUrl url) throws InterruptedException {
        Sending plain = token -> transport
                .createRequestFactory(GoogleHttp::prepare)
                .buildGetRequest(url)
                .setHeaders(new HttpHeaders().setAuthorization("Bearer " + token))
                .execute();
        return access.call(token -> attempt(operation, token, plain));
    }

    /**
     * Sends a request of a generated client, built anew for each attempt. Its answer is read field by field: the client's own
     * parser refuses it whole for one that is of another kind.
     */
    GoogleJson run(String operation, Request request) throws InterruptedException {
        Sending generated = token -> {
            AbstractGoogleClientRequest<?> built = request.build();
            built.getRequestHeaders().setAuthorization("Bearer " + token);
            return built.executeUnparsed();
        };
        return access.call(token -> attempt(operation, token, generated));
    }

    private GoogleJson attempt(String operation, String token, Sending sending) throws InterruptedException {
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
        VendorAnswer answer = access.noted(new VendorAnswer(
                operation, response.getStatusCode(), headers(response.getHeaders()), body, token, access.elsewhere()));
        if (answer.status() >= HTTP_MULT_CHOICE) {
            throw refusal(answer);
        }
        if (body.length > LONGEST_ANSWER) {
            throw tooLong(operation);
        }
        if (answer.status() != HTTP_OK) {
            throw answer.malformed().build();
        }
        try {
            return new GoogleJson(parsed(body));
        } catch (IOException | RuntimeException e) {
            throw answer.malformed().build();
        }
    }

    /** What is packed small may be large, and is cut off; what breaks off is empty. */
    private static byte[] unpacked(HttpResponse response) {
        try (@Nullable InputStream content = response.getContent()) {
            if (content == null) {
                return new byte[0];
            }
            byte[] here = content.readNBytes(content.available()); // all of it where it is not packed
            int next = content.read();
            if (next < 0) {
                return here;
            }
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            whole.write(here);
            whole.write(next);
            whole.write(content.readNBytes(LONGEST_ANSWER - here.length));
            return whole.toByteArray();
        } catch (IOException e) {
            return new byte[0];
        }
    }

    /**
     * Google's parser takes half an object for a whole one, and an HTML page and a list each make it throw something else: only an
     * object that is closed is an answer.
     */
    private static GenericJson parsed(byte[] body) throws IOException {
        JsonParser parser = GsonFactory.getDefaultInstance().createJsonParser(new String(body, StandardCharsets.UTF_8));
        @Nullable GenericJson answer = parser.parse(GenericJson.class);
        if (answer == null || Data.isNull(answer) || parser.getCurrentToken() != JsonToken.END_OBJECT) {
            throw new IOException("no object");
        }
        return answer;
    }

    /** Those that say something here. */
    private static java.net.http.HttpHeaders headers(HttpHeaders all) {
        Map<String, List<String>> told = new HashMap<>();
        for (String name : List.of("Date", "Retry-After", "WWW-Authenticate")) {
            Optional.ofNullable(all.getFirstHeaderStringValue(name)).ifPresent(value -> told.put(name, List.of(value)));
        }
        return java.net.http.HttpHeaders.of(told, (name, value) -> true);
    }

    private VendorCallException refusal(VendorAnswer answer) {
        GoogleError error = GoogleError.of(answer.body());
        VendorCallException.Builder refusal =
                answer.refusal(Optional.ofNullable(error.code()).or(answer::errorWord), access.now());
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
