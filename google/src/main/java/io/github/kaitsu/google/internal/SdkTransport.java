package io.github.kaitsu.google.internal;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import io.github.kaitsu.vendor.VendorAnswer;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries GETs for Google's libraries over {@link VendorHttp}. Their own transport knows a limit for silence alone, and an
 * interruption does not end it. Where no answer comes, a {@code VendorCallException} goes through the libraries. Thread-safe.
 */
final class SdkTransport extends HttpTransport {
    private final VendorHttp http;

    SdkTransport(VendorHttp http) {
        this.http = http;
    }

    @Override
    public boolean supportsMethod(String method) {
        return method.equals("GET");
    }

    @Override
    protected LowLevelHttpRequest buildRequest(String method, String url) {
        return new LowLevelHttpRequest() {
            private final Map<String, String> headers = new HashMap<>();

            @Override
            public void addHeader(String name, String value) {
                headers.put(name, value);
            }

            @Override
            public LowLevelHttpResponse execute() throws IOException {
                try {
                    return new Response(http.exchange(method, URI.create(url), headers, new byte[0]));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException();
                }
            }
        };
    }

    private static final class Response extends LowLevelHttpResponse {
        private final VendorAnswer answer;
        private final List<Map.Entry<String, String>> headers;

        Response(VendorAnswer answer) {
            this.answer = answer;
            this.headers = answer.headers().entrySet().stream()
                    .flatMap(h -> h.getValue().stream().map(value -> Map.entry(h.getKey(), value)))
                    .toList();
        }

        @Override
        public InputStream getContent() {
            return new ByteArrayInputStream(answer.bytes());
        }

        @Override
        public long getContentLength() {
            return answer.bytes().length;
        }

        @Override
        public @Nullable String getContentEncoding() {
            return answer.header("Content-Encoding").orElse(null);
        }

        @Override
        public @Nullable String getContentType() {
            return answer.header("Content-Type").orElse(null);
        }

        @Override
        public int getStatusCode() {
            return answer.status();
        }

        @Override
        public @Nullable String getStatusLine() {
            return null;
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
