package io.github.kaitsu.google.internal;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import com.google.auth.http.HttpTransportFactory;
import io.github.kaitsu.vendor.VendorAnswer;
import io.github.kaitsu.vendor.http.TokenEndpoint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets Google's auth library write requests and read answers, and sends them by {@link TokenEndpoint}: to our address, once,
 * bounded, and with every refusal a {@code VendorCallException} (the library's own prints the whole answer). For one call;
 * remembers the answer. Not thread-safe.
 */
public final class AuthOverTokenEndpoint extends HttpTransport implements HttpTransportFactory {
    private static final Set<String> OURS =
            Set.of("content-length", "content-type", "host", "user-agent", "accept-encoding", "connection");

    private final TokenEndpoint endpoint;
    private @Nullable VendorAnswer last;

    public AuthOverTokenEndpoint(TokenEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** What Google answered last; for what the library does not hand on. */
    public Optional<VendorAnswer> last() {
        return Optional.ofNullable(last);
    }

    @Override
    public HttpTransport create() {
        return this;
    }

    @Override
    protected LowLevelHttpRequest buildRequest(String method, String url) {
        return new Request(method, URI.create(url).getRawPath());
    }

    private final class Request extends LowLevelHttpRequest {
        private final String method;
        private final String path;
        private final Map<String, String> headers = new LinkedHashMap<>();

        Request(String method, String path) {
            this.method = method;
            this.path = path;
        }

        @Override
        public void addHeader(String name, String value) {
            if (!OURS.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, value);
            }
        }

        @Override
        public LowLevelHttpResponse execute() throws IOException {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            if (getStreamingContent() != null) {
                getStreamingContent().writeTo(body);
            }
            if (getContentType() != null) {
                headers.put("Content-Type", getContentType());
            }
            try {
                VendorAnswer answer = endpoint.send(method, path, headers, body.toString(StandardCharsets.UTF_8));
                last = answer;
                return new Response(answer);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
        }
    }

    private static final class Response extends LowLevelHttpResponse {
        private final VendorAnswer answer;
        private final byte[] body;
        private final List<Map.Entry<String, String>> headers;

        Response(VendorAnswer answer) {
            this.answer = answer;
            this.body = answer.bytes();
            this.headers = answer.headers().entrySet().stream()
                    .flatMap(h -> h.getValue().stream().map(value -> Map.entry(h.getKey(), value)))
                    .toList();
        }

        @Override
        public InputStream getContent() {
            return new ByteArrayInputStream(body);
        }

        @Override
        public @Nullable String getContentEncoding() {
            return null;
        }

        @Override
        public long getContentLength() {
            return body.length;
        }

        @Override
        public @Nullable String getContentType() {
            return answer.header("Content-Type").orElse(null);
        }

        @Override
        public String getStatusLine() {
            return "HTTP/1.1 " + answer.status();
        }

        @Override
        public int getStatusCode() {
            return answer.status();
        }

        @Override
        public @Nullable String getReasonPhrase() {
            return null;
        }

        @Override
        public int getHeaderCount() {
            return headers.size();
        }

        @Override
        public String getHeaderName(int index) {
            return headers.get(index).getKey();
        }

        @Override
        public String getHeaderValue(int index) {
            return headers.get(index).getValue();
        }
    }
}
