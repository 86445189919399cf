package io.github.kaitsu.microsoft365.internal;

import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import io.github.kaitsu.spi.TokenEndpoint;
import io.github.kaitsu.spi.VendorAnswer;
import java.io.IOException;
import java.net.URL;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets msal4j write requests and read answers, and sends them by {@link TokenEndpoint}: to any address (msal4j takes https alone),
 * once, bounded, and with every refusal a {@code VendorCallException}, so that none of them stays in msal4j's static memory of
 * failures. For one call; remembers the answer. Not thread-safe.
 */
public final class MsalOverTokenEndpoint implements IHttpClient {
    private static final Set<String> OURS = Set.of("content-length", "host", "connection", "user-agent");

    private final TokenEndpoint endpoint;
    private final String host;
    private @Nullable VendorAnswer last;

    /**
     * @param host the only one that msal4j may mean
     */
    public MsalOverTokenEndpoint(TokenEndpoint endpoint, String host) {
        this.endpoint = endpoint;
        this.host = host;
    }

    /** What Microsoft answered last; for what msal4j keeps to itself. */
    public Optional<VendorAnswer> last() {
        return Optional.ofNullable(last);
    }

    @Override
    public IHttpResponse send(HttpRequest request) throws IOException, InterruptedException {
        URL url = request.url();
        if (!url.getHost().equals(host)) {
            throw new IOException("a call to another host");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        request.headers().forEach((name, value) -> {
            if (value != null && !OURS.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, value);
            }
        });
        VendorAnswer answer = endpoint.send(request.httpMethod().name(), url.getFile(), headers, request.body());
        last = answer;
        HttpResponse response = new HttpResponse().statusCode(answer.status()).body(answer.body());
        response.addHeaders(answer.headers());
        return response;
    }
}
