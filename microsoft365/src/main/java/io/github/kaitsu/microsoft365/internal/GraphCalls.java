package io.github.kaitsu.microsoft365.internal;

import com.microsoft.graph.core.requests.BaseGraphRequestAdapter;
import com.microsoft.graph.core.requests.GraphClientFactory;
import com.microsoft.graph.models.BaseCollectionPaginationCountResponse;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.http.middleware.RedirectHandler;
import com.microsoft.kiota.http.middleware.RetryHandler;
import com.microsoft.kiota.serialization.KiotaSerialization;
import com.microsoft.kiota.serialization.Parsable;
import com.microsoft.kiota.serialization.ParsableFactory;
import io.github.kaitsu.vendor.CallRetry;
import io.github.kaitsu.vendor.LookNotes;
import io.github.kaitsu.vendor.VendorAccess;
import io.github.kaitsu.vendor.VendorAnswer;
import io.github.kaitsu.vendor.VendorCallException;
import io.github.kaitsu.vendor.http.Addresses;
import io.github.kaitsu.vendor.http.Paging;
import io.github.kaitsu.vendor.http.Salvage;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
    private static final int MOST_PAGES = 200;
    private static final String RETRY_AFTER = "Retry-After";
    private static final String VERSION = "/v1.0";
    /** Zero, however it is written, and what is too large for OkHttp to read as a number. */
    private static final Pattern AT_ONCE = Pattern.compile("0+|[0-9]{10,}");

    private final VendorAccess access;
    private final ResponseRecorder recorder;
    private final GraphServiceClient client;

    GraphCalls(VendorAccess access, Interceptor... wayOut) {
        this.access = access;
        this.recorder = new ResponseRecorder();
        BaseGraphRequestAdapter adapter =
                new BaseGraphRequestAdapter(recorder, (String) null, http(access, recorder, wayOut));
        adapter.setBaseUrl(access.base() + VERSION); // before the client is built, which else writes Microsoft's
        this.client = new GraphServiceClient(adapter);
    }

    private GraphCalls(VendorAccess access, GraphCalls other) {
        this.access = access;
        this.recorder = other.recorder;
        this.client = other.client;
    }

    /** The same for another look. */
    GraphCalls forLook() {
        return new GraphCalls(access.forLook(), this);
    }

    LookNotes notes() {
        return access.notes();
    }

    private static OkHttpClient http(VendorAccess access, ResponseRecorder recorder, Interceptor... wayOut) {
        OkHttpClient.Builder http = new OkHttpClient.Builder()
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(access.limit())
                .writeTimeout(access.limit())
                .callTimeout(access.limit())
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
        Stream.of(wayOut).forEach(http::addInterceptor);
        if (Addresses.isLoopbackHttp(URI.create(access.base()))) {
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
        return read(operation, call, answer -> {
            throw answer.malformed().build();
        });
    }

    /**
     * The same, but what the SDK refuses in a list of the answer is noted and left out.
     *
     * @param model as the SDK reads the answer
     */
    <T extends Parsable> T read(
            String operation, Function<GraphServiceClient, @Nullable T> call, ParsableFactory<T> model, String list)
            throws InterruptedException {
        return read(operation, call, answer -> {
            Salvage<T> rest = Salvage.of(
                            answer.bytes(),
                            List.of(list),
                            page -> KiotaSerialization.deserialize(
                                    "application/json", new ByteArrayInputStream(page), model))
                    .orElseThrow(() -> answer.malformed().build());
            notes().missed(operation, rest.odd().size());
            return rest.page();
        });
    }

    private <T> T read(
            String operation, Function<GraphServiceClient, @Nullable T> call, Function<VendorAnswer, T> otherwise)
            throws InterruptedException {
        return access.call(token -> {
            try {
                return attempt(recorder.begin(operation, token), operation, call, otherwise);
            } finally {
                recorder.end();
            }
        });
    }

    /**
     * All pages of a listing; what the SDK refuses in them is noted and left out.
     *
     * @param to the same at a continuation, which may only lead back to the same Graph: the token goes with it
     */
    <B, P extends BaseCollectionPaginationCountResponse, T> List<T> list(
            String operation,
            Function<GraphServiceClient, B> at,
            BiFunction<B, String, B> to,
            Function<B, @Nullable P> get,
            Function<P, @Nullable List<T>> values,
            ParsableFactory<P> model)
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
                    operation,
                    graph -> get.apply(link == null ? at.apply(graph) : to.apply(at.apply(graph), link)),
                    model,
                    "value");
            all.addAll(GraphReads.values(operation, values.apply(page)));
        } while (pages.goesOn(page.getOdataNextLink()));
        return all;
    }

    private <T> T attempt(
            ResponseRecorder.Attempt attempt,
            String operation,
            Function<GraphServiceClient, @Nullable T> call,
            Function<VendorAnswer, T> otherwise)
            throws InterruptedException {
        @Nullable T result = null;
        @Nullable RuntimeException failure = null;
        try {
            result = call.apply(client);
        } catch (RuntimeException e) {
            failure = e;
        } finally {
            attempt.answer().ifPresent(access::noted);
        }
        if (result != null) {
            return result;
        }
        if (Thread.interrupted()) {
            throw new InterruptedException(operation); // OkHttp tells it as an I/O error
        }
        Optional<VendorAnswer> answer = attempt.answer();
        if (answer.isPresent() && answer.get().isSuccess() && !attempt.tooLong) {
            return otherwise.apply(answer.get());
        }
        throw failure(operation, attempt, failure);
    }

    private VendorCallException failure(
            String operation, ResponseRecorder.Attempt attempt, @Nullable Throwable failure) {
        if (attempt.answer().isEmpty()) {
            boolean cutOff = Stream.<@Nullable Throwable>iterate(failure, e -> e != null, Throwable::getCause)
                    .anyMatch(InterruptedIOException.class::isInstance);
            return cutOff
                    ? VendorCallException.of(operation, 0)
                            .code(VendorHttp.TOO_SLOW)
                            .retryable(false)
                            .build()
                    : VendorCallException.of(operation, 0).build();
        }
        VendorAnswer answer = attempt.answer().get();
        VendorCallException.Builder refusal =
                answer.refusal(answer.errorWord().or(() -> Optional.of("no_odata_error")), access.now());
        return attempt.tooLong
                ? refusal.code(VendorHttp.TOO_LONG).retryable(false).build()
                : refusal.build();
    }

    @Override
    public String toString() {
        return "Graph[" + access + "]";
    }
}
