package io.github.kaitsu.microsoft365.internal;

import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import io.github.kaitsu.vendor.VendorAnswer;
import io.github.kaitsu.vendor.http.TokenEndpoint;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets msal4j write requests and read answers, and sends them by {@link TokenEndpoint}: to our address (msal4j takes https alone, and
 * for China goes to another host than it was told),
 * once, bounded, and with every refusal a {@code VendorCallException}, so that none of them stays in msal4j's static memory of
 * failures. For one call; remembers the answer. Not thread-safe.
 */
public final class MsalOverTokenEndpoint implements IHttpClient {
    private static final Set<String> OURS = Set.of("content-length", "host", "connection", "user-agent");

    private final TokenEndpoint endpoint;
    private @Nullable VendorAnswer last;

    public MsalOverTokenEndpoint(TokenEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** What Microsoft answered last; for what msal4j keeps to itself. */
    public Optional<VendorAnswer> last() {
        return Optional.ofNullable(last);
    }

    @Override
    public IHttpResponse send(HttpRequest request) throws InterruptedException {
        Map<String, String> headers = new LinkedHashMap<>();
        request.headers().forEach((name, value) -> {
            if (value != null && !OURS.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, value);
            }
        });
        VendorAnswer answer =
                endpoint.send(request.httpMethod().name(), request.url().getFile(), headers, request.body());
        last = answer;
        HttpResponse response = new HttpResponse().statusCode(answer.status()).body(answer.body());
        response.addHeaders(answer.headers());
        return response;
    }
}
