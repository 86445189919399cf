package io.github.kaitsu.microsoft365;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.sandbox.Contract;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.CallRetry;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;

/** A Graph that says what a test tells it to, and keeps what it was asked. */
final class GraphServer implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final String TENANT = "aaaaaaaa-0000-0000-0000-000000000001";
    static final String GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10";
    static final String GRAPH = "00000003-0000-0000-c000-000000000000";

    private static final Contract CONTRACT = Contract.graph();

    final MockWebServer server = new MockWebServer();
    final List<RecordedRequest> requests = Collections.synchronizedList(new ArrayList<>());
    final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
    /** What was wrong with a request by Graph's own description. */
    final List<String> violations = Collections.synchronizedList(new ArrayList<>());

    final AtomicInteger refreshes = new AtomicInteger();
    private final Map<String, Deque<MockResponse>> answers = new HashMap<>();

    GraphServer() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                requests.add(request);
                Map<String, String> headers = new HashMap<>();
                request.getHeaders().names().forEach(n -> headers.put(n, request.getHeader(n)));
                violations.addAll(CONTRACT.checkRequest(
                        request.getMethod(), request.getRequestUrl().uri(), headers, ""));
                return next(target(request));
            }
        });
        server.start();
        on("/organization", list("{\"id\":\"" + TENANT + "\",\"displayName\":\"Contoso\"}"));
        on("/me", "{\"id\":\"u1\",\"userPrincipalName\":\"admin@contoso.example\"}");
        on("/auditLogs/directoryAudits", list());
        on(
                "/servicePrincipals/" + FakeApp.RESOURCE,
                "{\"id\":\"" + FakeApp.RESOURCE + "\",\"appId\":\"" + GRAPH
                        + "\",\"displayName\":\"Microsoft Graph\",\"appRoles\":["
                        + FakeApp.ROLES.keySet().stream()
                                .map(r -> "{\"id\":\"" + FakeApp.ROLES.get(r) + "\",\"value\":\"" + r + "\"}")
                                .collect(Collectors.joining(","))
                        + "],\"oauth2PermissionScopes\":[]}");
        apps();
    }

    private synchronized MockResponse next(String target) {
        Deque<MockResponse> some = answers.get(target);
        if (some == null) {
            some = answers.get(target.replaceAll("\\?.*", ""));
        }
        if (some == null) {
            return error(404, "Request_ResourceNotFound");
        }
        return some.size() > 1 ? some.removeFirst() : some.getFirst();
    }

    /** The answers to a path of v1.0, with its query or for any, in turn; the last one stays. */
    synchronized GraphServer on(String path, MockResponse... some) {
        answers.put("/v1.0" + path, new ArrayDeque<>(List.of(some)));
        return this;
    }

    GraphServer on(String path, String... bodies) {
        return on(path, Arrays.stream(bodies).map(b -> json(200, b)).toArray(MockResponse[]::new));
    }

    /** The tenant's enterprise applications from now on. */
    GraphServer apps(FakeApp... apps) {
        synchronized (this) {
            answers.keySet().removeIf(k -> k.startsWith("/v1.0/servicePrincipals?$filter=appId"));
        }
        on("/servicePrincipals", list());
        String query = "&$select=id,appId,displayName,accountEnabled,appOwnerOrganizationId,verifiedPublisher&$top=999";
        on(
                "/servicePrincipals?$filter=startswith(displayName,'Trend Micro Cloud App Security')" + query,
                list(Arrays.stream(apps).map(FakeApp::json).toArray(String[]::new)));
        for (FakeApp app : apps) {
            on("/servicePrincipals?$filter=appId eq '" + app.appId() + "'" + query, list(app.json()));
            on("/servicePrincipals/" + app.id() + "/appRoleAssignments", list(app.assignments()));
            on("/servicePrincipals/" + app.id() + "/oauth2PermissionGrants", list(app.delegated()));
        }
        return this;
    }

    /** One more page behind what {@link #apps} lists. */
    GraphServer onSecondPage(FakeApp app) {
        String token = "$skiptoken=x1";
        on("/servicePrincipals?" + token, list(app.json()));
        String key = answers.keySet().stream()
                .filter(k -> k.contains("startswith"))
                .findFirst()
                .orElseThrow()
                .replace("/v1.0", "");
        String first = answers.get("/v1.0" + key).getFirst().getBody().readUtf8();
        return on(
                key,
                first.replace(
                        "\"value\"",
                        "\"@odata.nextLink\":\"" + base() + "/v1.0/servicePrincipals?" + token + "\",\"value\""));
    }

    GraphServer roles(String... templateIds) {
        return on(
                "/me/transitiveMemberOf/graph.directoryRole",
                list(Arrays.stream(templateIds)
                        .map(t -> "{\"@odata.type\":\"#microsoft.graph.directoryRole\",\"displayName\":\""
                                + (t.equals(GLOBAL_ADMINISTRATOR) ? "Global Administrator" : "Global Reader")
                                + "\",\"roleTemplateId\":\"" + t + "\"}")
                        .toArray(String[]::new)));
    }

    static String list(String... values) {
        return "{\"@odata.context\":\"https://graph.microsoft.com/v1.0/$metadata#x\",\"value\":["
                + String.join(",", values) + "]}";
    }

    static MockResponse json(int status, String body) {
        return new MockResponse()
                .setResponseCode(status)
                .setHeader("Content-Type", "application/json;odata.metadata=minimal")
                .setHeader("request-id", "h-" + status)
                .setBody(body);
    }

    static MockResponse error(int status, String code) {
        return json(
                status,
                "{\"error\":{\"code\":\"" + code + "\",\"message\":\"tok_secret_1\",\"innerError\":"
                        + "{\"date\":\"2026-11-21T00:00:00\",\"request-id\":\"b-" + status
                        + "\",\"client-request-id\":\"c\"}}}");
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    AccessTokens tokens() {
        return AccessTokens.singleFlight(
                spent -> new AccessTokens.Token("tok_secret_" + refreshes.incrementAndGet(), Optional.empty()), CLOCK);
    }

    GraphConnection connection() {
        return GraphConnection.builder(tokens())
                .baseUrl(base())
                .clock(CLOCK)
                .retry(CallRetry.builder().sleeper(waits::add).random(() -> 0.5).build())
                .build();
    }

    /** Method, path and query, decoded, of everything asked so far. */
    List<String> lines() {
        synchronized (requests) {
            return requests.stream()
                    .map(r -> r.getMethod() + " " + target(r).replace("/v1.0", ""))
                    .toList();
        }
    }

    private static String target(RecordedRequest request) {
        String path = request.getPath();
        int query = path.indexOf('?');
        if (query < 0) {
            return path;
        }
        String sorted =
                Arrays.stream(path.substring(query + 1).split("&")).sorted().collect(Collectors.joining("&"));
        return path.substring(0, query + 1) + URLDecoder.decode(sorted, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        server.shutdown();
        assertThat(violations).isEmpty();
    }
}
