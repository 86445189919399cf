package io.github.kaitsu.microsoft365.internal;

import com.microsoft.graph.core.requests.BaseGraphRequestAdapter;
import com.microsoft.graph.core.requests.GraphClientFactory;
import com.microsoft.graph.models.odataerrors.InnerError;
import com.microsoft.graph.models.odataerrors.MainError;
import com.microsoft.graph.models.odataerrors.ODataError;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.authentication.AuthenticationProvider;
import com.microsoft.kiota.http.middleware.RedirectHandler;
import com.microsoft.kiota.http.middleware.RetryHandler;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.CallRetry;
import io.github.kaitsu.vendor.VendorCallException;
import io.github.kaitsu.vendor.http.Addresses;
import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import okhttp3.ConnectionSpec;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Makes one call through the Graph SDK: a token of ours, one attempt, and whatever goes wrong as a {@link VendorCallException}.
 *
 * <p>Of the SDK's own handlers those that retry and redirect are left out, OkHttp's silent repetition is off, and a challenge in
 * a 401 is kept from Kiota, which would ask again by itself: the attempts are {@link CallRetry}'s alone. Thread-safe.
 */
final class GraphCalls {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);
    private static final int FIRST_REDIRECT = 300;
    private static final int FIRST_ERROR = 400;
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final String RETRY_AFTER = "Retry-After";
    private static final String VERSION = "/v1.0";
    /** Zero, however it is written, and what is too large for OkHttp to read as a number. */
    private static final Pattern AT_ONCE = Pattern.compile("0+|[0-9]{10,}");

    private final AccessTokens tokens;
    private final String base;
    private final CallRetry retry;
    private final Clock clock;
    private final OkHttpClient http;

    /**
     * @param base as {@link Addresses#base} gives it
     */
    GraphCalls(AccessTokens tokens, String base, CallRetry retry, Clock clock) {
        this.tokens = tokens;
        this.base = base;
        this.retry = retry;
        this.clock = clock;
        this.http = http(URI.create(base));
    }

    private static OkHttpClient http(URI base) {
        OkHttpClient.Builder http = new OkHttpClient.Builder()
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(CALL_TIMEOUT)
                .callTimeout(CALL_TIMEOUT)
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false);
        for (Interceptor handler :
                GraphClientFactory.createDefaultGraphInterceptors(GraphServiceClient.getGraphClientOptions())) {
            if (!(handler instanceof RetryHandler) && !(handler instanceof RedirectHandler)) {
                http.addInterceptor(handler);
            }
        }
        http.addNetworkInterceptor(GraphCalls::withoutInvitation);
        if (Addresses.isLoopbackHttp(base)) {
            http.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT)).proxy(Proxy.NO_PROXY);
        }
        return http.build();
    }

    /** OkHttp itself repeats a 503 that invites it to come again at once, and nothing switches that off. */
    private static Response withoutInvitation(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        return response.code() == UNAVAILABLE
                        && AT_ONCE.matcher(response.header(RETRY_AFTER, "").strip())
                                .matches()
                ? response.newBuilder().removeHeader(RETRY_AFTER).build()
                : response;
    }

    <T> T read(String operation, Function<GraphServiceClient, @Nullable T> call) throws InterruptedException {
        return retry.call(tokens, token -> attempt(operation, token, call));
    }

    /** Refuses a continuation that would carry the token to another host. */
    String ownPage(String operation, String link) {
        if (!link.startsWith(base + VERSION + "/")) {
            throw VendorCallException.of(operation, OK)
                    .code("foreign_next_link")
                    .build();
        }
        return link;
    }

    private <T> T attempt(String operation, String token, Function<GraphServiceClient, @Nullable T> call)
            throws InterruptedException {
        Witness witness = new Witness();
        @Nullable T result;
        try {
            result = call.apply(client(token, witness));
        } catch (VendorCallException e) {
            throw e;
        } catch (RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException(operation); // OkHttp tells it as an I/O error
            }
            throw failure(operation, witness, e);
        }
        if (result == null) {
            throw malformed(operation, witness);
        }
        return result;
    }

    private GraphServiceClient client(String token, Witness witness) {
        AuthenticationProvider bearer =
                (request, context) -> request.headers.tryAdd("Authorization", "Bearer " + token);
        OkHttpClient client = http.newBuilder().addInterceptor(witness).build(); // shares connections and threads
        BaseGraphRequestAdapter adapter = new BaseGraphRequestAdapter(bearer, (String) null, client);
        adapter.setBaseUrl(base + VERSION); // before the client is built, which else writes Microsoft's
        return new GraphServiceClient(adapter);
    }

    private VendorCallException failure(String operation, Witness witness, RuntimeException e) {
        if (witness.status == 0) {
            return VendorCallException.of(operation, 0).build();
        }
        if (witness.tooLong) {
            return VendorCallException.of(operation, witness.status)
                    .code("answer_too_long")
                    .requestId(witness.requestId)
                    .retryable(false)
                    .build();
        }
        if (witness.status < FIRST_REDIRECT) {
            return malformed(operation, witness);
        }
        VendorCallException.Builder failure = VendorCallException.of(operation, witness.status)
                .requestId(witness.requestId)
                .retryAfter(witness.retryAfter, clock.instant());
        if (witness.status < FIRST_ERROR) {
            return failure.code("redirect").build();
        }
        MainError error = e instanceof ODataError o ? o.getError() : null;
        if (error == null) {
            return failure.code("no_odata_error").build();
        }
        InnerError inner = error.getInnerError();
        if (inner != null && inner.getRequestId() != null) {
            failure.requestId(inner.getRequestId());
        }
        return failure.code(error.getCode()).build();
    }

    private static VendorCallException malformed(String operation, Witness witness) {
        return VendorCallException.of(operation, witness.status)
                .code("malformed_answer")
                .requestId(witness.requestId)
                .retryable(true)
                .build();
    }

    @Override
    public String toString() {
        return "Graph[" + base + "]";
    }
}
