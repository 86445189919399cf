package io.github.kaitsu.google;

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
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;

/** A Google that says what a test tells it to, keeps what it was asked, and holds every request against the contract. */
final class GoogleServer implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final String TEMP = "trendmicro_cas_temp__dont_change_or_delete";
    static final String QUARANTINE = "trendmicro_cas_quarantine__dont_change_or_delete";
    static final String APP = "Trend Micro Cloud App Security";

    static final String ME = "/v1/userinfo";
    static final String ACCOUNT = "/admin/directory/v1/users/107";
    static final String USERS = "/admin/directory/v1/users";
    static final String TOKENS = "/admin/directory/v1/users/107/tokens";
    static final String POLICIES = "/v1/policies";
    static final String LICENCES = "/apps/licensing/v1/product/Google-Apps/users";
    static final String FILES = "/drive/v3/files";
    private static final String LOGS = "/admin/reports/v1/activity/users/";

    private static final Contract CONTRACT = Contract.google();

    final MockWebServer server = new MockWebServer();
    final List<RecordedRequest> requests = Collections.synchronizedList(new ArrayList<>());
    final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
    /** What was wrong with a request by Google's own documents. */
    final List<String> violations = Collections.synchronizedList(new ArrayList<>());

    final AtomicInteger refreshes = new AtomicInteger();
    private final Map<String, Deque<MockResponse>> answers = new HashMap<>();
    private final Map<String, Function<RecordedRequest, MockResponse>> programs = new HashMap<>();

    GoogleServer() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                requests.add(request);
                Map<String, String> headers = new HashMap<>();
                request.getHeaders().names().forEach(n -> headers.put(n, request.getHeader(n)));
                violations.addAll(CONTRACT.checkRequest(
                        request.getMethod(), request.getRequestUrl().uri(), headers, ""));
                return next(request);
            }
        });
        server.start();
    }

    private synchronized MockResponse next(RecordedRequest request) {
        String path = request.getRequestUrl().encodedPath();
        Function<RecordedRequest, MockResponse> program = programs.get(path);
        if (program != null) {
            return program.apply(request);
        }
        String event = request.getRequestUrl().queryParameter("eventName");
        Deque<MockResponse> some = answers.get(event == null ? path : path + "?" + event);
        if (some == null) {
            return event == null
                    ? error(404, "notFound")
                    : json(
                            200,
                            "{\"kind\":\"admin#reports#activities\"}"); // what is not in a log is empty, never an error
        }
        return some.size() > 1 ? some.removeFirst() : some.getFirst();
    }

    /** The answers to a path, in turn; the last one stays. */
    synchronized GoogleServer on(String path, MockResponse... some) {
        answers.put(path, new ArrayDeque<>(List.of(some)));
        return this;
    }

    GoogleServer on(String path, String... bodies) {
        MockResponse[] some = new MockResponse[bodies.length];
        for (int i = 0; i < bodies.length; i++) {
            some[i] = json(200, bodies[i]);
        }
        return on(path, some);
    }

    /** Makes up the answers to a path. */
    synchronized GoogleServer program(String path, Function<RecordedRequest, MockResponse> answer) {
        programs.put(path, answer);
        return this;
    }

    /** A super admin with the id 107, whose token it is. */
    GoogleServer admin() {
        return on(ME, "{\"sub\":\"107\"}").on(ACCOUNT, account(true, false, false));
    }

    /** What a log says about events of one name. */
    GoogleServer log(String application, String event, String... activities) {
        return on(log(application) + "?" + event, "{\"items\":[" + String.join(",", activities) + "]}");
    }

    static String log(String application) {
        return LOGS + (application.equals("token") ? "107" : "all") + "/applications/" + application;
    }

    static MockResponse json(int status, String body) {
        return new MockResponse()
                .setResponseCode(status)
                .setHeader("Content-Type", "application/json; charset=UTF-8")
                .setBody(body);
    }

    /** An error as the older services write it. */
    static MockResponse error(int status, String reason) {
        return json(
                status,
                "{\"error\":{\"code\":" + status + ",\"message\":\"m\",\"errors\":[{\"domain\":\"global\",\"reason\":\""
                        + reason + "\",\"message\":\"m\"}]}}");
    }

    /** An error as the newer services write it. */
    static MockResponse newError(int status, String reason) {
        return json(
                status,
                "{\"error\":{\"code\":" + status + ",\"message\":\"m\",\"status\":\"PERMISSION_DENIED\",\"details\":["
                        + "{\"@type\":\"type.googleapis.com/google.rpc.Help\"},"
                        + "{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"" + reason + "\"}]}}");
    }

    static String account(boolean superAdmin, boolean delegated, boolean suspended) {
        return "{\"id\":\"107\",\"primaryEmail\":\"admin@example.com\",\"customerId\":\"C012\",\"isAdmin\":"
                + superAdmin
                + ",\"isDelegatedAdmin\":" + delegated + ",\"suspended\":" + suspended
                + ",\"archived\":false,\"isEnrolledIn2Sv\":true}";
    }

    /** One activity with one event; parameters as name and value in turn. */
    static String activity(String time, String qualifier, String event, String... parameters) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i + 1 < parameters.length; i += 2) {
            all.append(i == 0 ? "" : ",")
                    .append("{\"name\":\"" + parameters[i] + "\",\"value\":\"" + parameters[i + 1] + "\"}");
        }
        return "{\"kind\":\"admin#reports#activity\",\"id\":{\"time\":\"" + time + "\",\"uniqueQualifier\":\""
                + qualifier
                + "\",\"applicationName\":\"admin\",\"customerId\":\"C012\"},\"actor\":{\"email\":\"admin@example.com\"},"
                + "\"events\":[{\"type\":\"DOMAIN_SETTINGS\",\"name\":\"" + event + "\",\"parameters\":[" + all
                + "]}]}";
    }

    static String installed(String time) {
        return activity(time, "-1", "ADD_APPLICATION", "APP_ID", "777", "APPLICATION_NAME", APP);
    }

    static String granted(String time) {
        return activity(time, "-2", "AUTHORIZE_API_CLIENT_ACCESS", "API_CLIENT_NAME", APP);
    }

    static String policy(String type, String value) {
        return policy("ADMIN", "orgUnits/1", 1, type, value);
    }

    static String policy(String by, String unit, int order, String type, String value) {
        return "{\"name\":\"policies/a\",\"customer\":\"customers/C012\",\"policyQuery\":{\"orgUnit\":\"" + unit
                + "\",\"sortOrder\":" + order + "},\"setting\":{\"type\":\"settings/" + type + "\",\"value\":" + value
                + "},\"type\":\"" + by + "\"}";
    }

    static String policies(String... policies) {
        return "{\"policies\":[" + String.join(",", policies) + "]}";
    }

    static String files(String... idsAndNames) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i + 1 < idsAndNames.length; i += 2) {
            all.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"" + idsAndNames[i] + "\",\"name\":\"" + idsAndNames[i + 1] + "\"}");
        }
        return "{\"kind\":\"drive#fileList\",\"incompleteSearch\":false,\"files\":[" + all + "]}";
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    AccessTokens tokens() {
        return AccessTokens.singleFlight(
                spent -> new AccessTokens.Token("tok_secret_" + refreshes.incrementAndGet(), Optional.empty()), CLOCK);
    }

    GoogleConnection connection() {
        return connection(GoogleAppSigns.ofDefaults());
    }

    GoogleConnection connection(GoogleAppSigns signs) {
        return GoogleConnection.builder(tokens())
                .baseUrl(base())
                .clock(CLOCK)
                .retry(CallRetry.builder().sleeper(waits::add).random(() -> 0.5).build())
                .app(signs)
                .build();
    }

    /** Paths with decoded queries of everything asked so far. */
    List<String> lines() {
        synchronized (requests) {
            return requests.stream()
                    .map(r -> r.getRequestUrl().uri())
                    .map(u -> u.getPath() + (u.getQuery() == null ? "" : "?" + u.getQuery()))
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        server.shutdown();
        assertThat(violations).isEmpty();
    }
}
