package io.github.kaitsu.microsoft365;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.sandbox.Contract;
import io.github.kaitsu.spi.AccessTokens;
import io.github.kaitsu.spi.CallRetry;
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
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;

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

    final MockWebServer server = new MockWebServer();
    final List<RecordedRequest> requests = Collections.synchronizedList(new ArrayList<>());
    final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
    /** What was wrong with a request by Microsoft's own page. */
    final List<String> violations = Collections.synchronizedList(new ArrayList<>());

    final AtomicInteger refreshes = new AtomicInteger();
    private final Map<String, Deque<MockResponse>> answers = new HashMap<>();

    SharePointServer() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                requests.add(request);
                String body = request.getBody().readUtf8();
                bodies.add(body);
                Map<String, String> headers = new HashMap<>();
                for (String name : List.of("Authorization", "Accept", "Content-Type")) {
                    headers.put(name, String.valueOf(request.getHeader(name)));
                }
                violations.addAll(CONTRACT.checkRequest(
                        request.getMethod(), URI.create("http://127.0.0.1" + request.getPath()), headers, body));
                return next(request.getPath());
            }
        });
        server.start();
    }

    /** The answers to a path, in turn; the last one stays. */
    synchronized SharePointServer on(String path, MockResponse... some) {
        answers.put(path, new ArrayDeque<>(List.of(some)));
        return this;
    }

    SharePointServer on(String path, String body) {
        return on(path, json(200, body));
    }

    private synchronized MockResponse next(String path) {
        Deque<MockResponse> some = answers.get(path);
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

    static MockResponse json(int status, String body) {
        return new MockResponse()
                .setResponseCode(status)
                .setHeader("Content-Type", "application/json;odata=nometadata")
                .setHeader("SPRequestGuid", "0d62959d-101a")
                .setBody(body);
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
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /** The paths asked for so far, without what they begin with. */
    List<String> calls() {
        synchronized (requests) {
            return requests.stream()
                    .map(r -> r.getMethod() + " " + r.getPath().replace("/_api/web/", ""))
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        server.shutdown();
        assertThat(violations).isEmpty();
    }
}
