package io.github.kaitsu.dropbox.internal;

import com.dropbox.core.DbxHost;
import com.dropbox.core.http.HttpRequestor.Header;
import io.github.kaitsu.vendor.http.Addresses;
import io.github.kaitsu.vendor.http.BoundedBody;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Carries the SDK's calls to where they shall go.
 *
 * <p>The SDK's host takes neither scheme nor port, so it is replaced here. Only the reads named here pass; nothing follows a
 * redirect, and nothing is repeated. Thread-safe.
 */
final class DropboxHttp {
    private static final String SDK_BASE = "https://" + DbxHost.DEFAULT.getApi();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final long CALL_SECONDS = 30;
    /** A page has a thousand lines at most, of some kilobytes each. */
    private static final int MOST_BYTES = 16 << 20;

    /** What Kaitsu calls at Dropbox, all of it reading. */
    private static final Set<String> READS = Set.of(
            "/2/team/get_info",
            "/2/team/token/get_authenticated_admin",
            "/2/team/namespaces/list",
            "/2/team/namespaces/list/continue",
            "/2/team_log/get_events",
            "/2/team_log/get_events/continue",
            "/2/files/get_metadata");

    private final String base;
    private final HttpClient client;

    /**
     * @param base as {@link Addresses#base} gives it
     */
    DropboxHttp(String base) {
        this.base = base;
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).followRedirects(HttpClient.Redirect.NEVER);
        if (Addresses.isLoopbackHttp(URI.create(base))) {
            builder.version(HttpClient.Version.HTTP_1_1).proxy(HttpClient.Builder.NO_PROXY);
        }
        this.client = builder.build();
    }

    /** Posts once and waits half a minute at most, body included; a body that grows too long is no answer. */
    HttpResponse<byte[]> post(String sdkUrl, Iterable<Header> headers, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target(sdkUrl)).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (Header header : headers) {
            if (!header.getKey().equalsIgnoreCase("Content-Length")) { // the client's own business
                request.header(header.getKey(), header.getValue());
            }
        }
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request.build(), BoundedBody.upTo(MOST_BYTES));
        try {
            return answer.get(CALL_SECONDS, TimeUnit.SECONDS); // a request's own timeout ends with the headers
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no answer"); // the cause may tell what was sent
        } finally {
            answer.cancel(true);
        }
    }

    private URI target(String sdkUrl) {
        String path = sdkUrl.startsWith(SDK_BASE) ? sdkUrl.substring(SDK_BASE.length()) : "";
        if (!READS.contains(path)) {
            throw new IllegalStateException("not one of the reads");
        }
        return URI.create(base + path);
    }

    @Override
    public String toString() {
        return "DropboxHttp[" + base + "]";
    }
}
