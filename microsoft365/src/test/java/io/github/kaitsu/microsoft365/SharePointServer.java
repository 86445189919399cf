package io.github.kaitsu.microsoft365;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.kaitsu.sandbox.Contract;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.CallRetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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

/** A SharePoint that says what a test tells it to, and keeps what it was asked. */
final class SharePointServer implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final String PRINCIPALS = "/_api/web/GetAddinPrincipalsHavingPermissionsInSites";
    static final String PERMISSIONS = "/_api/web/AddinPermissions";
    static final String REGISTRATIONS = "/_api/web/GetACSServicePrincipals";
    static final String TENANT = "72f988bf-0000-0000-0000-2d7cd011db47";
    static final String NAME = "Trend Micro Cloud App Security";
    static final String REDIRECT = "https://admin.tmcas.trendmicro.co.jp/provision.html";

    private static final Contract CONTRACT = Contract.sharePoint();

    /** A request as it came. */
    record Call(String method, String path, String token, String body) {}

    /** An answer to be given: whole, broken off in its body, or none at all. */
    record Reply(int status, Map<String, String> headers, String body, Kind kind) {
        enum Kind {
            WHOLE,
            HALF,
            NONE
        }

        Reply with(String name, String value) {
            Map<String, String> all = new HashMap<>(headers);
            all.put(name, value);
            return new Reply(status, all, body, kind);
        }

        Reply half() {
            return new Reply(status, headers, body, Kind.HALF);
        }

        static Reply none() {
            return new Reply(0, Map.of(), "", Kind.NONE);
        }
    }

    final List<Call> requests = Collections.synchronizedList(new ArrayList<>());
    final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
    /** What was wrong with a request by Microsoft's own page. */
    final List<String> violations = Collections.synchronizedList(new ArrayList<>());

    final AtomicInteger refreshes = new AtomicInteger();
    private final HttpServer server;
    private final Map<String, Deque<Reply>> answers = new HashMap<>();

    SharePointServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        Map<String, String> headers = new HashMap<>();
        for (String name : List.of("Authorization", "Accept", "Content-Type")) {
            headers.put(name, String.valueOf(exchange.getRequestHeaders().getFirst(name)));
        }
        requests.add(new Call(exchange.getRequestMethod(), path, headers.get("Authorization"), body));
        violations.addAll(CONTRACT.checkRequest(exchange.getRequestMethod(), exchange.getRequestURI(), headers, body));
        Reply reply = next(path);
        if (reply.kind() != Reply.Kind.NONE) {
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            int sent = reply.kind() == Reply.Kind.HALF ? bytes.length / 2 : bytes.length;
            exchange.getResponseBody().write(bytes, 0, sent);
            exchange.getResponseBody().flush();
        }
        exchange.close();
    }

    /** The answers to a path, in turn; the last one stays. */
    synchronized SharePointServer on(String path, Reply... some) {
        answers.put(path, new ArrayDeque<>(List.of(some)));
        return this;
    }

    SharePointServer on(String path, String body) {
        return on(path, json(200, body));
    }

    private synchronized Reply next(String path) {
        Deque<Reply> some = answers.get(path);
        if (some == null) {
            return json(404, error("-1, Microsoft.SharePoint.Client.ResourceNotFoundException"));
        }
        return some.size() > 1 ? some.removeFirst() : some.getFirst();
    }

    /** Answers as the sandbox does once the permission is there. */
    SharePointServer granted(String appId) {
        return on(PRINCIPALS, principals(appId, NAME))
                .on(PERMISSIONS, permissions(appId, true, tenantWide("Manage")))
                .on(REGISTRATIONS, registration(appId, NAME, "tmcas.trendmicro.com", REDIRECT));
    }

    SharePointServer nothingGranted() {
        return on(PRINCIPALS, principals())
                .on(PERMISSIONS, "{\"addinPermissions\":[],\"failedAddins\":[]}")
                .on(REGISTRATIONS, "{\"value\":[]}");
    }

    static Reply json(int status, String body) {
        Map<String, String> headers =
                Map.of("Content-Type", "application/json;odata=nometadata", "SPRequestGuid", "0d62959d-101a");
        return new Reply(status, headers, body, Reply.Kind.WHOLE);
    }

    static String error(String code) {
        return "{\"odata.error\":{\"code\":\"" + code + "\",\"message\":{\"lang\":\"ja-JP\",\"value\":\"拒否\"}}}";
    }

    /** App IDs and titles by turns; SharePoint itself comes first, as always. */
    static String principals(String... idsAndTitles) {
        StringBuilder all = new StringBuilder(principal("00000003-0000-0ff1-ce00-000000000000", "SharePoint"));
        for (int i = 0; i < idsAndTitles.length; i += 2) {
            all.append(',').append(principal(idsAndTitles[i], idsAndTitles[i + 1]));
        }
        return "{\"addinPrincipals\":[" + all + "],\"errorsWithServerRelativeUrl\":[]}";
    }

    private static String principal(String id, String title) {
        return "{\"title\":\"" + title + "\",\"appIdentifier\":\"" + identifier(id)
                + "\",\"serverRelativeUrl\":\"/\",\"absoluteUrl\":\"https://example-admin.sharepoint.com/\"}";
    }

    static String identifier(String id) {
        return "i:0i.t|ms.sp.ext|" + id + "@" + TENANT;
    }

    static String permissions(String appId, boolean appOnly, String... tenantWide) {
        return "{\"addinPermissions\":[" + permission(appId, appOnly, tenantWide) + "],\"failedAddins\":[]}";
    }

    static String permission(String appId, boolean appOnly, String... tenantWide) {
        return "{\"appIdentifier\":\"" + identifier(appId) + "\",\"serverRelativeUrl\":\"/\",\"allowAppOnly\":"
                + appOnly
                + ",\"siteCollectionScopedPermissions\":[],\"tenantScopedPermissions\":["
                + String.join(",", tenantWide) + "]}";
    }

    static String tenantWide(String right) {
        return tenantWide("Content", "content/tenant", right);
    }

    static String tenantWide(String feature, String scope, String right) {
        return "{\"feature\":\"" + feature + "\",\"scope\":\"" + scope + "\",\"right\":\"" + right
                + "\",\"id\":\"00000000-0000-0000-0000-000000000000\"}";
    }

    static String registration(String appId, String title, String domain, String redirect) {
        return "{\"value\":[{\"appIdentifier\":\"" + identifier(appId) + "\",\"appId\":\"" + appId + "\",\"title\":\""
                + title + "\",\"redirectUri\":\"" + redirect + "\",\"appDomains\":[\"" + domain + "\"]}]}";
    }

    AccessTokens tokens() {
        return AccessTokens.singleFlight(
                spent -> new AccessTokens.Token("tok_secret_" + refreshes.incrementAndGet(), Optional.empty()), CLOCK);
    }

    SharePointConnection connection() {
        return connection(tokens());
    }

    SharePointConnection connection(AccessTokens tokens) {
        return SharePointConnection.builder(tokens)
                .adminSite(base())
                .clock(CLOCK)
                .retry(CallRetry.builder().sleeper(waits::add).random(() -> 0.5).build())
                .build();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The paths asked for so far, without what they begin with. */
    List<String> calls() {
        synchronized (requests) {
            return requests.stream()
                    .map(r -> r.method() + " " + r.path().replace("/_api/web/", ""))
                    .toList();
        }
    }

    List<String> bodies() {
        synchronized (requests) {
            return requests.stream().map(Call::body).toList();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        assertThat(violations).isEmpty();
    }
}
