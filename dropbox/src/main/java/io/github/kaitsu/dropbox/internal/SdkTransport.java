package io.github.kaitsu.dropbox.internal;

import com.dropbox.core.DbxHost;
import com.dropbox.core.http.HttpRequestor;
import io.github.kaitsu.vendor.VendorAnswer;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries one call of the SDK to where it shall go: the SDK's host takes neither scheme nor port, so it is replaced here, and only
 * the reads named here pass. Keeps the answer as it came: the SDK's exceptions lose the status of a 429 without a number of
 * seconds, and the body of most. Where no answer comes, a {@code VendorCallException} goes through the SDK. Not thread-safe.
 */
final class SdkTransport extends HttpRequestor {
    private static final String SDK_BASE = "https://" + DbxHost.DEFAULT.getApi();

    /** What Kaitsu calls at Dropbox, all of it reading. */
    private static final Set<String> READS = Set.of(
            "/2/team/get_info",
            "/2/team/token/get_authenticated_admin",
            "/2/team/namespaces/list",
            "/2/team/namespaces/list/continue",
            "/2/team_log/get_events",
            "/2/team_log/get_events/continue",
            "/2/files/get_metadata");

    private final VendorHttp http;
    private final String base;
    private final byte @Nullable [] instead;
    private @Nullable VendorAnswer answer;
    private boolean interrupted;

    SdkTransport(VendorHttp http, String base) {
        this(http, base, null);
    }

    private SdkTransport(VendorHttp http, String base, byte @Nullable [] instead) {
        this.http = http;
        this.base = base;
        this.instead = instead;
    }

    /** One that calls nobody, and gives the SDK this for a success. */
    SdkTransport saying(byte[] success) {
        return new SdkTransport(http, base, success);
    }

    /** The answer, if one came. */
    Optional<VendorAnswer> answer() {
        return Optional.ofNullable(answer);
    }

    boolean interrupted() {
        return interrupted;
    }

    @Override
    public Uploader startPost(String url, Iterable<Header> headers) {
        return new Uploader() {
            private final ByteArrayOutputStream body = new ByteArrayOutputStream();

            @Override
            public OutputStream getBody() {
                return body;
            }

            @Override
            public void close() {}

            @Override
            public void abort() {}

            @Override
            public Response finish() throws IOException {
                return send(url, headers, body.toByteArray());
            }
        };
    }

    private Response send(String url, Iterable<Header> headers, byte[] body) throws IOException {
        if (instead != null) {
            return new Response(HttpURLConnection.HTTP_OK, new ByteArrayInputStream(instead), Map.of());
        }
        Map<String, String> sent = new LinkedHashMap<>();
        headers.forEach(header -> sent.put(header.getKey(), header.getValue()));
        try {
            VendorAnswer got = http.exchange("POST", target(url), sent, body);
            answer = got;
            return new Response(got.status(), new ByteArrayInputStream(got.bytes()), got.headers());
        } catch (InterruptedException e) {
            interrupted = true;
            throw new InterruptedIOException("interrupted");
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
    public Response doGet(String url, Iterable<Header> headers) {
        throw new UnsupportedOperationException("every read of Dropbox is a POST");
    }

    @Override
    public Uploader startPut(String url, Iterable<Header> headers) {
        throw new UnsupportedOperationException("nothing is put");
    }
}
