package io.github.kaitsu.dropbox.internal;

import com.dropbox.core.http.HttpRequestor;
import io.github.kaitsu.vendor.VendorCallException;
import io.github.kaitsu.vendor.http.TokenEndpoint;
import io.github.kaitsu.vendor.http.VendorAnswer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets the Dropbox SDK write requests and read answers, and sends them by {@link TokenEndpoint}: to any address (the SDK's hosts
 * take neither port nor scheme), once, bounded, and with every refusal a {@link VendorCallException}, which the SDK lets through.
 * For one call; remembers the last answer. Not thread-safe.
 */
public final class SdkOverTokenEndpoint extends HttpRequestor {
    private static final Set<String> OURS = Set.of("content-length", "host", "user-agent");

    private final TokenEndpoint endpoint;
    private @Nullable VendorAnswer last;

    public SdkOverTokenEndpoint(TokenEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** What Dropbox answered last; for what the SDK does not hand on. */
    public Optional<VendorAnswer> last() {
        return Optional.ofNullable(last);
    }

    @Override
    public Response doGet(String url, Iterable<Header> headers) throws IOException {
        return send("GET", url, headers, null);
    }

    @Override
    public Uploader startPost(String url, Iterable<Header> headers) {
        return new Body(url, headers);
    }

    @Override
    public Uploader startPut(String url, Iterable<Header> headers) {
        throw new UnsupportedOperationException("nothing is put");
    }

    private Response send(String method, String url, Iterable<Header> headers, @Nullable String body)
            throws IOException {
        Map<String, String> sent = new LinkedHashMap<>();
        headers.forEach(header -> {
            if (!OURS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                sent.put(header.getKey(), header.getValue());
            }
        });
        URI address = URI.create(url);
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        VendorAnswer answer;
        try {
            answer = endpoint.send(method, address.getRawPath() + query, sent, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
        last = answer;
        Map<String, List<String>> received = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        received.putAll(answer.headers());
        return new Response(
                answer.status(), new ByteArrayInputStream(answer.body().getBytes(StandardCharsets.UTF_8)), received);
    }

    private final class Body extends Uploader {
        private final String url;
        private final Iterable<Header> headers;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Body(String url, Iterable<Header> headers) {
            this.url = url;
            this.headers = headers;
        }

        @Override
        public OutputStream getBody() {
            return bytes;
        }

        @Override
        public void close() {}

        @Override
        public void abort() {}

        @Override
        public Response finish() throws IOException {
            return send("POST", url, headers, bytes.toString(StandardCharsets.UTF_8));
        }
    }
}
