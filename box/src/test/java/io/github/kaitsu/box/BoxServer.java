package io.github.kaitsu.box;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.sandbox.Contract;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.CallRetry;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;

/** A Box that says what a test tells it to, and keeps what it was asked. */
final class BoxServer implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final String TEMP = "trendmicro_cas_temp__dont_change_or_delete";
    static final String QUARANTINE = "trendmicro_cas_quarantine__dont_change_or_delete";

    private static final Contract CONTRACT = Contract.box();

    final MockWebServer server = new MockWebServer();
    final List<RecordedRequest> requests = Collections.synchronizedList(new ArrayList<>());
    final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
    /** What was wrong with a request by Box's own specification. */
    final List<String> violations = Collections.synchronizedList(new ArrayList<>());

    final AtomicInteger refreshes = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private final Map<String, Deque<MockResponse>> answers = new HashMap<>();

    BoxServer() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                String body = body(request);
                requests.add(request);
                bodies.add(body);
                Map<String, String> headers = new HashMap<>();
                request.getHeaders().names().forEach(n -> headers.put(n, request.getHeader(n)));
                violations.addAll(CONTRACT.checkRequest(
                        request.getMethod(), request.getRequestUrl().uri(), headers, body));
                gate.countDown();
                gate.await(10, TimeUnit.SECONDS);
                return next(request.getRequestUrl().encodedPath());
            }
        });
        server.start();
    }

    /** As it was sent. The newer way names a class of okio, which this module must not depend on for its tests. */
    @SuppressWarnings("deprecation")
    private static String body(RecordedRequest request) {
        return request.getUtf8Body();
    }

    /** Answers nobody before so many have asked. */
    void holdBackUntil(int many) {
        gate = new CountDownLatch(many);
    }

    private synchronized MockResponse next(String path) {
        Deque<MockResponse> some = answers.get(path);
        if (some == null) {
            return json(404, "{\"type\":\"error\",\"status\":404,\"code\":\"not_found\",\"request_id\":\"r404\"}");
        }
        return some.size() > 1 ? some.removeFirst() : some.getFirst();
    }

    /** The answers to a path, in turn; the last one stays. */
    synchronized BoxServer on(String path, MockResponse... some) {
        answers.put(path, new ArrayDeque<>(List.of(some)));
        return this;
    }

    BoxServer on(String path, String... bodies) {
        MockResponse[] some = new MockResponse[bodies.length];
        for (int i = 0; i < bodies.length; i++) {
            some[i] = json(200, bodies[i]);
        }
        return on(path, some);
    }

    static MockResponse json(int status, String body) {
        return new MockResponse()
                .setResponseCode(status)
                .setHeader("Content-Type", "application/json")
                .setBody(body);
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    AccessTokens tokens() {
        return AccessTokens.singleFlight(
                spent -> new AccessTokens.Token("tok_secret_" + refreshes.incrementAndGet(), Optional.empty()), CLOCK);
    }

    BoxConnection connection() {
        return connection(tokens());
    }

    BoxConnection connection(AccessTokens tokens) {
        return BoxConnection.builder(tokens)
                .baseUrl(base())
                .clock(CLOCK)
                .retry(CallRetry.builder().sleeper(waits::add).random(() -> 0.5).build())
                .build();
    }

    /** Method and path with query of everything asked so far; parameters sorted, since the SDK keeps them in a hash map. */
    List<String> lines() {
        synchronized (requests) {
            return requests.stream().map(BoxServer::line).toList();
        }
    }

    private static String line(RecordedRequest request) {
        String path = request.getPath();
        int query = path.indexOf('?');
        String sorted = query < 0
                ? path
                : path.substring(0, query + 1)
                        + Arrays.stream(path.substring(query + 1).split("&"))
                                .sorted()
                                .collect(Collectors.joining("&"));
        return request.getMethod() + " " + sorted.replace("%2C", ",");
    }

    static String me(String role) {
        return "{\"type\":\"user\",\"id\":\"11\",\"login\":\"admin@example.com\",\"name\":\"A\",\"status\":\"active\",\"role\":\""
                + role + "\",\"enterprise\":{\"type\":\"enterprise\",\"id\":\"900\",\"name\":\"Example\"}}";
    }

    static String items(String nextMarker, String... folders) {
        StringBuilder entries = new StringBuilder();
        for (int i = 0; i + 1 < folders.length; i += 2) {
            entries.append(i == 0 ? "" : ",")
                    .append("{\"type\":\"folder\",\"id\":\"" + folders[i] + "\",\"name\":\"" + folders[i + 1] + "\"}");
        }
        return "{\"limit\":1000,\"next_marker\":" + (nextMarker == null ? "null" : "\"" + nextMarker + "\"")
                + ",\"entries\":[" + entries + "]}";
    }

    static String groups(int total, String... groups) {
        StringBuilder entries = new StringBuilder();
        for (int i = 0; i + 1 < groups.length; i += 2) {
            entries.append(i == 0 ? "" : ",")
                    .append("{\"type\":\"group\",\"id\":\"" + groups[i] + "\",\"name\":\"" + groups[i + 1] + "\"}");
        }
        return "{\"total_count\":" + total + ",\"limit\":1000,\"offset\":0,\"entries\":[" + entries + "]}";
    }

    static String collaborations(String groupId, String role, String status) {
        return "{\"limit\":1000,\"entries\":["
                + "{\"type\":\"collaboration\",\"id\":\"1\",\"accessible_by\":{\"type\":\"user\",\"id\":\"12\"},"
                + "\"role\":\"owner\",\"status\":\"accepted\"},"
                + "{\"type\":\"collaboration\",\"id\":\"2\",\"accessible_by\":null,\"role\":\"viewer\",\"status\":\"pending\"},"
                + "{\"type\":\"collaboration\",\"id\":\"3\",\"accessible_by\":{\"type\":\"group\",\"id\":\"" + groupId
                + "\",\"name\":\"g\"},\"role\":\"" + role + "\",\"status\":\"" + status + "\"}]}";
    }

    static String configuration(String rootRestricted) {
        return "{\"id\":\"900\",\"type\":\"enterprise_configuration\",\"content_and_sharing\":"
                + "{\"is_root_content_creation_restricted\":" + rootRestricted + "}}";
    }

    @Override
    public void close() throws IOException {
        server.shutdown();
        assertThat(violations).isEmpty();
    }
}
