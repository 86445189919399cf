package io.github.kaitsu.benchmarks;

import com.dropbox.core.http.HttpRequestor;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * A vendor that gives every request one and the same answer at once, below each of the transports that are measured: so that what is
 * measured is what is above them.
 */
final class InMemory {
    private static final String JSON = "application/json";

    private final byte[] answer;

    InMemory(String answer) {
        this.answer = answer.getBytes(StandardCharsets.UTF_8);
    }

    /** Below OkHttp, which Box's and Microsoft's libraries use. */
    Interceptor okHttp() {
        MediaType type = MediaType.get(JSON);
        return chain -> new Response.Builder()
                .request(chain.request())
                .protocol(Protocol.HTTP_1_1)
                .code(200)
                .message("OK")
                .header("Content-Type", JSON)
                .body(ResponseBody.create(answer, type))
                .build();
    }

    /** Below Google's libraries. */
    HttpTransport google() {
        return new HttpTransport() {
            @Override
            protected LowLevelHttpRequest buildRequest(String method, String url) {
                return new LowLevelHttpRequest() {
                    @Override
                    public void addHeader(String name, String value) {}

                    @Override
                    public LowLevelHttpResponse execute() {
                        return new GoogleAnswer(answer);
                    }
                };
            }
        };
    }

    /** Below Dropbox's library. */
    HttpRequestor dropbox() {
        return new HttpRequestor() {
            @Override
            public Response doGet(String url, Iterable<Header> headers) {
                return new Response(200, new ByteArrayInputStream(answer), Map.of());
            }

            @Override
            public Uploader startPost(String url, Iterable<Header> headers) {
                return new Uploader() {
                    @Override
                    public OutputStream getBody() {
                        return new ByteArrayOutputStream();
                    }

                    @Override
                    public void close() {}

                    @Override
                    public void abort() {}

                    @Override
                    public Response finish() {
                        return doGet(url, headers);
                    }
                };
            }

            @Override
            public Uploader startPut(String url, Iterable<Header> headers) {
                return startPost(url, headers);
            }
        };
    }

    /** Below Kaitsu's own calls. */
    HttpClient jdk() {
        return new Jdk(answer);
    }

    private static final class GoogleAnswer extends LowLevelHttpResponse {
        private final byte[] answer;

        GoogleAnswer(byte[] answer) {
            this.answer = answer;
        }

        @Override
        public InputStream getContent() {
            return new ByteArrayInputStream(answer);
        }

        @Override
        public @Nullable String getContentEncoding() {
            return null;
        }

        @Override
        public long getContentLength() {
            return answer.length;
        }

        @Override
        public String getContentType() {
            return JSON;
        }

        @Override
        public @Nullable String getStatusLine() {
            return null;
        }

        @Override
        public int getStatusCode() {
            return 200;
        }

        @Override
        public @Nullable String getReasonPhrase() {
            return null;
        }

        @Override
        public int getHeaderCount() {
            return 0;
        }

        @Override
        public String getHeaderName(int index) {
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public String getHeaderValue(int index) {
            throw new IndexOutOfBoundsException(index);
        }
    }

    private static final class Jdk extends HttpClient {
        private static final HttpHeaders HEADERS =
                HttpHeaders.of(Map.of("Content-Type", List.of(JSON)), (name, value) -> true);

        private final byte[] answer;

        Jdk(byte[] answer) {
            this.answer = answer;
        }

        @Override
        public <T> CompletableFuture<HttpResponse<T>> sendAsync(
                HttpRequest request, HttpResponse.BodyHandler<T> handler) {
            HttpResponse.BodySubscriber<T> body = handler.apply(new Head());
            body.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long buffers) {}

                @Override
                public void cancel() {}
            });
            body.onNext(List.of(ByteBuffer.wrap(answer)));
            body.onComplete();
            return body.getBody()
                    .<HttpResponse<T>>thenApply(read -> new Answer<>(request, read))
                    .toCompletableFuture();
        }

        @Override
        public <T> CompletableFuture<HttpResponse<T>> sendAsync(
                HttpRequest request, HttpResponse.BodyHandler<T> handler, HttpResponse.PushPromiseHandler<T> pushed) {
            return sendAsync(request, handler);
        }

        @Override
        public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
            return sendAsync(request, handler).join();
        }

        private static final class Head implements HttpResponse.ResponseInfo {
            @Override
            public int statusCode() {
                return 200;
            }

            @Override
            public HttpHeaders headers() {
                return HEADERS;
            }

            @Override
            public Version version() {
                return Version.HTTP_1_1;
            }
        }

        private record Answer<T>(HttpRequest request, T body) implements HttpResponse<T> {
            @Override
            public int statusCode() {
                return 200;
            }

            @Override
            public Optional<HttpResponse<T>> previousResponse() {
                return Optional.empty();
            }

            @Override
            public HttpHeaders headers() {
                return HEADERS;
            }

            @Override
            public Optional<SSLSession> sslSession() {
                return Optional.empty();
            }

            @Override
            public URI uri() {
                return request.uri();
            }

            @Override
            public Version version() {
                return Version.HTTP_1_1;
            }
        }

        @Override
        public Optional<CookieHandler> cookieHandler() {
            return Optional.empty();
        }

        @Override
        public Optional<Duration> connectTimeout() {
            return Optional.empty();
        }

        @Override
        public Redirect followRedirects() {
            return Redirect.NEVER;
        }

        @Override
        public Optional<ProxySelector> proxy() {
            return Optional.empty();
        }

        @Override
        public SSLContext sslContext() {
            throw new UnsupportedOperationException("nothing is encrypted");
        }

        @Override
        public SSLParameters sslParameters() {
            return new SSLParameters();
        }

        @Override
        public Optional<Authenticator> authenticator() {
            return Optional.empty();
        }

        @Override
        public Version version() {
            return Version.HTTP_1_1;
        }

        @Override
        public Optional<Executor> executor() {
            return Optional.empty();
        }
    }
}
