package io.github.kaitsu.google.internal;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import io.github.kaitsu.vendor.http.BoundedBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Carries GETs for Google's libraries: each once, with a limit for the whole call, its body included, and for the length of that
 * body. Their own transport knows a limit for silence alone, and an interruption does not end it. Follows no redirect. Thread-safe.
 */
final class GoogleTransport extends HttpTransport {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final HttpClient client;
    private final Duration whole;
    private final long longest;

    /**
     * @param loopback whether it goes to this very machine, without a proxy
     * @param whole how long a call may take from beginning to end
     * @param longest how many bytes a body may have as sent; unpacked it may be longer
     */
    GoogleTransport(boolean loopback, Duration whole, long longest) {
        this.whole = whole;
        this.longest = longest;
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NEVER);
        if (loopback) {
            builder.version(HttpClient.Version.HTTP_1_1).proxy(HttpClient.Builder.NO_PROXY);
        }
        this.client = builder.build();
    }

    /** More than anybody should have to keep. Asking again would bring as much. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super("answer too long");
        }
    }

    @Override
    public boolean supportsMethod(String method) {
        return method.equals("GET");
    }

    @Override
    protected LowLevelHttpRequest buildRequest(String method, String url) {
        return new Get(HttpRequest.newBuilder(URI.create(url)).GET());
    }

    private final class Get extends LowLevelHttpRequest {
        private final HttpRequest.Builder request;

        Get(HttpRequest.Builder request) {
            this.request = request;
        }

        @Override
        public void addHeader(String name, String value) throws IOException {
            try {
                request.header(name, value);
            } catch (IllegalArgumentException e) {
                throw new IOException("no header: " + name); // the cause tells the value
            }
        }

        @Override
        public LowLevelHttpResponse execute() throws IOException {
            CompletableFuture<HttpResponse<byte[]>> answer =
                    client.sendAsync(request.build(), BoundedBody.upTo(longest));
            try {
                return new Answer(answer.get(whole.toMillis(), TimeUnit.MILLISECONDS));
            } catch (ExecutionException e) {
                throw e.getCause() instanceof BoundedBody.TooLong ? new TooLong() : new IOException("no answer");
            } catch (TimeoutException e) {
                throw new IOException("no answer in time");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            } finally {
                answer.cancel(true);
            }
        }
    }

    private static final class Answer extends LowLevelHttpResponse {
        private final HttpResponse<byte[]> answer;
        private final List<Map.Entry<String, String>> headers;

        Answer(HttpResponse<byte[]> answer) {
            this.answer = answer;
            this.headers = answer.headers().map().entrySet().stream()
                    .flatMap(h -> h.getValue().stream().map(value -> Map.entry(h.getKey(), value)))
                    .toList();
        }

        @Override
        public InputStream getContent() {
            return new ByteArrayInputStream(answer.body());
        }

        @Override
        public @Nullable String getContentEncoding() {
            return answer.headers().firstValue("Content-Encoding").orElse(null);
        }

        @Override
        public long getContentLength() {
            return answer.body().length;
        }

        @Override
        public @Nullable String getContentType() {
            return answer.headers().firstValue("Content-Type").orElse(null);
        }

        @Override
        public String getStatusLine() {
            return "HTTP " + answer.statusCode();
        }

        @Override
        public int getStatusCode() {
            return answer.statusCode();
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
