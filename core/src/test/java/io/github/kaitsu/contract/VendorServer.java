package io.github.kaitsu.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.CallRetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import javax.net.ServerSocketFactory;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;

/**
 * A vendor that says what a test tells it to, keeps what it was asked, and holds every request against what the vendor
 * published: {@link #close()} fails where a request broke it. A subclass says how its vendor's answers look.
 *
 * <p>Needs MockWebServer 4 in the test scope. Safe for use by several threads.
 *
 * @param <S> the subclass itself
 */
public abstract class VendorServer<S extends VendorServer<S>> implements AutoCloseable {
    public static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    public static final String TEMP = "trendmicro_cas_temp__dont_change_or_delete";
    public static final String QUARANTINE = "trendmicro_cas_quarantine__dont_change_or_delete";
    public static final String APP = "Trend Micro Cloud App Security";

    /** Else it warns of every connection that a client opened in vain. */
    private static final Logger LOG = Logger.getLogger(MockWebServer.class.getName());

    static {
        LOG.setLevel(Level.OFF);
    }

    public final MockWebServer server = new MockWebServer();
    public final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    /** The bodies of {@link #requests}, as they were sent. */
    public final List<String> bodies = new CopyOnWriteArrayList<>();
    /** What {@link #retry()} would have waited. */
    public final List<Duration> waits = new CopyOnWriteArrayList<>();
    /** What was wrong with a request by the vendor's own documents. */
    public final List<String> violations = new CopyOnWriteArrayList<>();
    /** How many tokens {@link #tokens()} has handed out. */
    public final AtomicInteger refreshes = new AtomicInteger();

    private final VendorContract contract;
    private final Map<String, Deque<MockResponse>> answers = new HashMap<>();
    private final Map<String, Function<RecordedRequest, MockResponse>> programs = new HashMap<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    @SuppressWarnings("this-escape")
    protected VendorServer(VendorContract contract) throws IOException {
        this.contract = contract;
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                return answer(request);
            }
        });
        server.setServerSocketFactory(new Undelayed());
        server.start();
    }

    private MockResponse answer(RecordedRequest request) throws InterruptedException {
        String body = body(request);
        synchronized (this) {
            requests.add(request);
            bodies.add(body);
        }
        Map<String, String> headers = new HashMap<>();
        request.getHeaders().names().forEach(n -> headers.put(n, request.getHeader(n)));
        URI uri = URI.create("http://127.0.0.1" + request.getPath());
        violations.addAll(contract.checkRequest(request.getMethod(), uri, headers, body));
        gate.countDown();
        gate.await(10, TimeUnit.SECONDS);
        return next(request, body);
    }

    private synchronized MockResponse next(RecordedRequest request, String body) {
        Function<RecordedRequest, MockResponse> program = programs.get(path(request));
        if (program != null) {
            return program.apply(request);
        }
        return keys(request, body).stream()
                .map(answers::get)
                .filter(Objects::nonNull)
                .findFirst()
                .map(some -> some.size() > 1 ? some.removeFirst() : some.getFirst())
                .orElseGet(() -> unknown(request));
    }

    /** What an answer to this request may have been put down under, the closest first. */
    protected List<String> keys(RecordedRequest request, String body) {
        return List.of(path(request));
    }

    /** The vendor's 200 with a body. */
    protected abstract MockResponse ok(String body);

    /** What the vendor says where no test has said anything. */
    protected abstract MockResponse unknown(RecordedRequest request);

    /** The answers to a path or another of {@link #keys}, in turn; the last one stays. */
    public synchronized S on(String key, MockResponse... some) {
        answers.put(key, new ArrayDeque<>(List.of(some)));
        return self();
    }

    public final S on(String key, String... okBodies) {
        return on(key, Arrays.stream(okBodies).map(this::ok).toArray(MockResponse[]::new));
    }

    /** Makes up the answers to a path. */
    public final synchronized S program(String path, Function<RecordedRequest, MockResponse> answer) {
        programs.put(path, answer);
        return self();
    }

    /** Takes back what was put down under such keys. */
    protected final synchronized void forget(Predicate<String> keys) {
        answers.keySet().removeIf(keys);
    }

    /** Starts to keep anew what it is asked. */
    public final synchronized void forgetRequests() {
        requests.clear();
        bodies.clear();
    }

    @SuppressWarnings("unchecked")
    private S self() {
        return (S) this;
    }

    /** Answers nobody before so many have asked, or ten seconds have passed. */
    public final void holdBackUntil(int many) {
        gate = new CountDownLatch(many);
    }

    public final URI base() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /** A new token whenever one is refused. */
    public final AccessTokens tokens() {
        return AccessTokens.singleFlight(
                spent -> new AccessTokens.Token("tok_secret_" + refreshes.incrementAndGet(), Optional.empty()), CLOCK);
    }

    /** The usual number of attempts, without a wait. */
    public final CallRetry retry() {
        return CallRetry.builder().sleeper(waits::add).random(() -> 0.5).build();
    }

    /** Method, path and query of everything asked so far. */
    public List<String> lines() {
        return requests.stream().map(r -> r.getMethod() + " " + target(r)).toList();
    }

    /** JSON without further headers. */
    protected static MockResponse json(int status, String contentType, String body) {
        return new MockResponse()
                .setResponseCode(status)
                .setHeader("Content-Type", contentType)
                .setBody(body);
    }

    /** As many objects as the values fill: {@code %s} of the pattern takes one after the other, with commas between. */
    protected static String each(String pattern, String... values) {
        int width = pattern.split("%s", -1).length - 1;
        StringBuilder all = new StringBuilder();
        for (int i = 0; i + width <= values.length; i += width) {
            Object[] some = Arrays.copyOfRange(values, i, i + width, Object[].class);
            all.append(i == 0 ? "" : ",").append(String.format(pattern, some));
        }
        return all.toString();
    }

    protected static String path(RecordedRequest request) {
        return request.getPath().replaceAll("\\?.*", "");
    }

    /** Path and query, decoded, the parameters sorted, since an SDK may keep them in a hash map. */
    protected static String target(RecordedRequest request) {
        String path = path(request);
        String query = request.getPath().substring(path.length());
        return query.isEmpty()
                ? path
                : path + "?"
                        + Arrays.stream(query.substring(1).split("&"))
                                .sorted()
                                .map(p -> URLDecoder.decode(p, StandardCharsets.UTF_8))
                                .collect(Collectors.joining("&"));
    }

    /** As it was sent. The newer way names a class of okio, which no module shall have to declare for its tests. */
    @SuppressWarnings("deprecation")
    private static String body(RecordedRequest request) {
        return request.getUtf8Body();
    }

    @Override
    public void close() throws IOException {
        server.shutdown();
        assertThat(violations).isEmpty();
    }

    /** Answers leave at once: the server writes head and body apart, which costs 40 ms a call otherwise. */
    private static final class Undelayed extends ServerSocketFactory {
        @Override
        public ServerSocket createServerSocket() throws IOException {
            return new ServerSocket() {
                @Override
                public Socket accept() throws IOException {
                    Socket socket = super.accept();
                    socket.setTcpNoDelay(true);
                    return socket;
                }
            };
        }

        @Override
        public ServerSocket createServerSocket(int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
            throw new UnsupportedOperationException();
        }
    }
}
