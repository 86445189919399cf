package io.github.kaitsu.microsoft365.internal;

import com.microsoft.graph.core.requests.BaseGraphRequestAdapter;
import com.microsoft.graph.core.requests.GraphClientFactory;
import com.microsoft.graph.models.BaseCollectionPaginationCountResponse;
import com.microsoft.graph.models.odataerrors.MainError;
import com.microsoft.graph.models.odataerrors.ODataError;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.http.middleware.RedirectHandler;
import com.microsoft.kiota.http.middleware.RetryHandler;
import io.github.kaitsu.vendor.CallRetry;
import io.github.kaitsu.vendor.VendorAccess;
import io.github.kaitsu.vendor.VendorCallException;
import io.github.kaitsu.vendor.http.Addresses;
import io.github.kaitsu.vendor.http.Paging;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
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
    private static final int MOST_PAGES = 200;
    private static final String RETRY_AFTER = "Retry-After";
    private static final String VERSION = "/v1.0";
    /** Zero, however it is written, and what is too large for OkHttp to read as a number. */
    private static final Pattern AT_ONCE = Pattern.compile("0+|[0-9]{10,}");

    private final VendorAccess access;
    private final ResponseRecorder recorder = new ResponseRecorder();
    private final GraphServiceClient client;

    GraphCalls(VendorAccess access) {
        this.access = access;
        BaseGraphRequestAdapter adapter =
                new BaseGraphRequestAdapter(recorder, (String) null, http(URI.create(access.base()), recorder));
        adapter.setBaseUrl(access.base() + VERSION); // before the client is built, which else writes Microsoft's
        this.client = new GraphServiceClient(adapter);
    }

    private static OkHttpClient http(URI base, ResponseRecorder recorder) {
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
        http.addInterceptor(recorder).addNetworkInterceptor(GraphCalls::withoutInvitation);
        if (Addresses.isLoopbackHttp(base)) {
            http.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT)).proxy(Proxy.NO_PROXY);
        }
        return http.build();
    }

    /** OkHttp itself repeats a 503 that invites it to come again at once, and nothing switches that off. */
    private static Response withoutInvitation(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        return response.code() == HttpURLConnection.HTTP_UNAVAILABLE
                        && AT_ONCE.matcher(response.header(RETRY_AFTER, "").strip())
                                .matches()
                ? response.newBuilder().removeHeader(RETRY_AFTER).build()
                : response;
    }

    <T> T read(String operation, Function<GraphServiceClient, @Nullable T> call) throws InterruptedException {
        return access.call(token -> {
            try {
                return attempt(operation, recorder.begin(token), call);
            } finally {
                recorder.end();
            }
        });
    }

    /**
     * All pages of a listing.
     *
     * @param to the same at a continuation, which may only lead back to the same Graph: the token goes with it
     */
    <B, P extends BaseCollectionPaginationCountResponse, T> List<T> list(
            String operation,
            Function<GraphServiceClient, B> at,
            BiFunction<B, String, B> to,
            Function<B, @Nullable P> get,
            Function<P, @Nullable List<T>> values)
            throws InterruptedException {
        Paging pages = new Paging(operation, MOST_PAGES);
        List<T> all = new ArrayList<>();
        P page;
        do {
            String link = pages.cursor();
            if (link != null && !link.startsWith(access.base() + VERSION + "/")) {
                throw VendorCallException.of(operation, HttpURLConnection.HTTP_OK)
                        .code("foreign_next_link")
                        .build();
            }
            page = read(
                    operation, graph -> get.apply(link == null ? at.apply(graph) : to.apply(at.apply(graph), link)));
            all.addAll(GraphReads.values(operation, values.apply(page)));
        } while (pages.goesOn(page.getOdataNextLink()));
        return all;
    }

    private <T> T attempt(
            String operation, ResponseRecorder.Attempt attempt, Function<GraphServiceClient, @Nullable T> call)
            throws InterruptedException {
        @Nullable T result;
        try {
            result = call.apply(client);
        } catch (RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException(operation); // OkHttp tells it as an I/O error
            }
            throw failure(operation, attempt, e instanceof ODataError error ? error.getError() : null);
        }
        if (result == null) {
            throw malformed(operation, attempt);
        }
        return result;
    }

    private VendorCallException failure(String operation, ResponseRecorder.Attempt seen, @Nullable MainError error) {
        if (seen.status() / 100 == 2 && !seen.tooLong) {
            return malformed(operation, seen);
        }
        VendorCallException.Builder failure = VendorCallException.of(operation, seen.status())
                .requestId(seen.header("request-id"))
                .retryAfter(seen.header(RETRY_AFTER), access.now());
        if (seen.tooLong) {
            return failure.code(VendorHttp.TOO_LONG).retryable(false).build();
        }
        if (seen.status() == 0) {
            return failure.build();
        }
        if (seen.status() / 100 == 3) {
            return failure.code("redirect").build();
        }
        if (error == null) {
            return failure.code("no_odata_error").build();
        }
        if (error.getInnerError() != null && error.getInnerError().getRequestId() != null) {
            failure.requestId(error.getInnerError().getRequestId());
        }
        return failure.code(error.getCode()).build();
    }

    private static VendorCallException malformed(String operation, ResponseRecorder.Attempt seen) {
        return VendorCallException.malformed(operation)
                .requestId(seen.header("request-id"))
                .build();
    }

    @Override
    public String toString() {
        return "Graph[" + access + "]";
    }
}
