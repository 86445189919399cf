package io.github.kaitsu.microsoft365;

import static io.github.kaitsu.microsoft365.GraphServer.error;
import static io.github.kaitsu.microsoft365.GraphServer.json;
import static io.github.kaitsu.microsoft365.GraphServer.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.microsoft365.internal.GraphReads;
import io.github.kaitsu.microsoft365.internal.TenantLooks;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.ConnectedProbe;
import io.github.kaitsu.vendor.VendorCallException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.SocketPolicy;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What running the Graph SDK 6.69.0 has shown to go wrong, each closed. */
@Timeout(60)
class GraphSdkTrapsTest {
    private static final String COUNT = "/users/$count";
    private static final MockResponse SEVEN =
            new MockResponse().setHeader("Content-Type", "text/plain").setBody("7");

    private GraphServer graph;

    @BeforeEach
    void start() throws Exception {
        graph = new GraphServer();
    }

    @AfterEach
    void stop() throws Exception {
        graph.close();
    }

    /** Throws what the vendor's refusal became, instead of making a look of it. */
    private ProbeResult users() throws InterruptedException {
        return ask(TenantLooks::users);
    }

    private ProbeResult ask(ConnectedProbe.Question<GraphReads> question) throws InterruptedException {
        GraphReads reads = graph.connection().reads();
        return question.ask(reads, new ProbeContext(Known.CUSTOMER, Facts.none(), GraphServer.CLOCK, GraphServer.NOW));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503, 504})
    void theSdksRetries_areOff_soThatOnlyOursAreMade(int status) {
        graph.on(COUNT, error(status, "serviceNotAvailable"));
        assertThatThrownBy(this::users).hasMessageContaining("status " + status + " serviceNotAvailable (request b-");
        assertThat(graph.requests).hasSize(4);
        assertThat(graph.requests).noneMatch(r -> r.getHeader("Retry-Attempt") != null);
        assertThat(graph.waits).hasSize(3);
    }

    /** OkHttp by itself repeats a 408 and a 503 that says to come at once. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "00", "0000000000", " 0 ", "99999999999"})
    void okHttpsOwnRepetition_isOff(String retryAfter) {
        graph.on(COUNT, error(503, "busy").setHeader("Retry-After", retryAfter));
        assertThatThrownBy(this::users).isInstanceOf(VendorCallException.class);
        assertThat(graph.requests).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "Sat, 21 Nov 2026 00:00:05 GMT"})
    void retryAfter_isKept_inBothItsForms(String header) throws Exception {
        graph.on(COUNT, error(429, "TooManyRequests").setHeader("Retry-After", header), SEVEN);
        assertThat(users()).isInstanceOf(ProbeResult.Holds.class);
        assertThat(graph.waits).containsExactly(Duration.ofSeconds(5));
    }

    @Test
    void retryAfter_whenItIsBeyondTheBudget_comesOutAsATime() throws Exception {
        graph.on(COUNT, error(429, "TooManyRequests").setHeader("Retry-After", "600"));
        GraphConnection connection = graph.connection();
        ProbeResult look = new ConnectedProbe<>("", c -> Optional.of(connection.reads()), TenantLooks::users, "", "")
                .look(new ProbeContext(Known.CUSTOMER, Facts.none(), GraphServer.CLOCK, GraphServer.NOW));
        assertThat(look)
                .isInstanceOfSatisfying(
                        ProbeResult.NotBefore.class,
                        n -> assertThat(n.time()).isEqualTo(GraphServer.NOW.plusSeconds(600)));
        assertThat(graph.requests).hasSize(1);
    }

    @Test
    void aRefusedToken_isRefreshedExactlyOnce() {
        graph.on(COUNT, error(401, "InvalidAuthenticationToken"));
        assertThatThrownBy(this::users).hasMessageContaining("status 401 InvalidAuthenticationToken");
        assertThat(graph.refreshes).hasValue(2);
        assertThat(graph.requests)
                .extracting(r -> r.getHeader("Authorization"))
                .containsExactly("Bearer tok_secret_1", "Bearer tok_secret_2");
    }

    /** Kiota answers a claims challenge with a call of its own, on top of ours. */
    @Test
    void aClaimsChallenge_isNotAnsweredBehindOurBack() {
        graph.on(
                COUNT,
                error(401, "InvalidAuthenticationToken")
                        .setHeader(
                                "WWW-Authenticate",
                                "Bearer realm=\"\", claims=\"eyJhIjoxfQ==\", error=\"insufficient_claims\""));
        assertThatThrownBy(this::users).hasMessageContaining("status 401");
        assertThat(graph.requests).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "text/plain", "application/json", "", "application/xml"})
    void anErrorThatIsNoJson_keepsItsStatusAndRequestId(String type) {
        MockResponse answer = new MockResponse()
                .setResponseCode(403)
                .setHeader("request-id", "abc")
                .setBody("<html>Blocked by a proxy</html>");
        graph.on(COUNT, type.isEmpty() ? answer : answer.setHeader("Content-Type", type));
        assertThatThrownBy(this::users).hasMessage("GET /users/$count: status 403 no_odata_error (request abc)");
        assertThat(graph.requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"error\":null}", "[]", "{\"error\":\"text\"}", "{\"error\":"})
    void anErrorWithoutItsBody_keepsItsStatus(String body) {
        graph.on(COUNT, json(400, body));
        assertThatThrownBy(this::users).hasMessageStartingWith("GET /users/$count: status 400");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirect_isNotFollowed_andTheTokenGoesNowhere(int status) throws Exception {
        try (MockWebServer elsewhere = new MockWebServer()) {
            elsewhere.start();
            graph.on(
                    COUNT,
                    new MockResponse()
                            .setResponseCode(status)
                            .setHeader("Location", elsewhere.url("/x").toString()));
            assertThatThrownBy(this::users).hasMessage("GET /users/$count: status " + status + " redirect");
            assertThat(elsewhere.takeRequest(50, TimeUnit.MILLISECONDS)).isNull();
            assertThat(graph.requests).hasSize(1);
        }
    }

    @Test
    void aNextLink_isFollowed_withItsOwnQuery() throws Exception {
        String first = graph.base() + "/v1.0/me/transitiveMemberOf/graph.directoryRole?$skiptoken=x1";
        graph.on(
                "/me/transitiveMemberOf/graph.directoryRole",
                list().replace("\"value\"", "\"@odata.nextLink\":\"" + first + "\",\"value\""));
        graph.on(
                "/me/transitiveMemberOf/graph.directoryRole?$skiptoken=x1",
                list("{\"displayName\":\"Global Administrator\",\"roleTemplateId\":\""
                        + GraphServer.GLOBAL_ADMINISTRATOR + "\"}"));
        assertThat(ask(TenantLooks::globalAdministrator)).isInstanceOf(ProbeResult.Holds.class);
    }

    @Test
    void aNextLinkToAnotherHost_isRefused_andTheTokenGoesNowhere() throws Exception {
        try (MockWebServer elsewhere = new MockWebServer()) {
            elsewhere.start();
            graph.on(
                    "/me/transitiveMemberOf/graph.directoryRole",
                    list().replace("\"value\"", "\"@odata.nextLink\":\"" + elsewhere.url("/v1.0/x") + "\",\"value\""));
            assertThatThrownBy(() -> ask(TenantLooks::globalAdministrator)).hasMessageContaining("foreign_next_link");
            assertThat(elsewhere.takeRequest(50, TimeUnit.MILLISECONDS)).isNull();
        }
    }

    @Test
    void aListThatLeadsBackToItself_comesToAnEnd() {
        String self = graph.base() + "/v1.0/me/transitiveMemberOf/graph.directoryRole?$skiptoken=x1";
        graph.on(
                "/me/transitiveMemberOf/graph.directoryRole",
                list().replace("\"value\"", "\"@odata.nextLink\":\"" + self + "\",\"value\""));
        assertThatThrownBy(() -> ask(TenantLooks::globalAdministrator)).hasMessageContaining("listing_does_not_end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "<html>", "{\"value\":", "{}", "{\"value\":\"x\"}"})
    void anAnswerThatIsNone_isAnExceptionOfOursAndNothingElse(String body) {
        graph.on("/subscribedSkus", json(200, body));
        assertThatThrownBy(() -> ask(TenantLooks.licence(CloudService.MIP)))
                .isInstanceOf(VendorCallException.class)
                .hasMessageMatching("GET /subscribedSkus: status 200 (malformed|incomplete)_answer.*");
    }

    /** The bound holds for what was packed as well. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAnswerWithoutAnEnd_isBrokenOff_andNotAskedForAgain(boolean packed) throws Exception {
        Buffer long33 = new Buffer();
        try (OutputStream out = packed ? new GZIPOutputStream(long33.outputStream()) : long33.outputStream()) {
            byte[] million = new byte[1024 * 1024];
            Arrays.fill(million, (byte) ' ');
            for (int i = 0; i < 33; i++) {
                out.write(million);
            }
        }
        MockResponse answer =
                new MockResponse().setHeader("Content-Type", "application/json").setBody(long33);
        graph.on("/subscribedSkus", packed ? answer.setHeader("Content-Encoding", "gzip") : answer);
        assertThatThrownBy(() -> ask(TenantLooks.licence(CloudService.MIP)))
                .hasMessage("GET /subscribedSkus: status 200 answer_too_long");
        assertThat(graph.requests).hasSize(1);
    }

    @Test
    void whenTheConnectionBreaks_theCallIsRepeatedByUs() throws Exception {
        graph.on(
                COUNT,
                new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST),
                new MockResponse()
                        .setHeader("Content-Type", "text/plain")
                        .setBody("1234567")
                        .setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY),
                SEVEN);
        assertThat(users()).isInstanceOf(ProbeResult.Holds.class);
        assertThat(graph.requests).hasSize(3);
        assertThat(graph.waits).hasSize(2);
    }

    @Test
    void whenTheThreadIsInterrupted_theCallEndsWithTheInterruption() {
        graph.on(COUNT, SEVEN);
        Thread.currentThread().interrupt();
        assertThatThrownBy(this::users).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    /** One client of the SDK serves all of them. */
    @Test
    void threadsOfOneConnection_sendTheirOwnTokens() throws Exception {
        AtomicInteger given = new AtomicInteger();
        ThreadLocal<String> own = ThreadLocal.withInitial(() -> "tok_secret_" + given.incrementAndGet());
        GraphReads reads = GraphConnection.builder(AccessTokens.singleFlight(
                        spent -> new AccessTokens.Token(own.get(), Optional.of(GraphServer.NOW)), GraphServer.CLOCK))
                .baseUrl(graph.base())
                .clock(GraphServer.CLOCK)
                .build()
                .reads();
        graph.on(COUNT, SEVEN);
        ProbeContext context = new ProbeContext(Known.CUSTOMER, Facts.none(), GraphServer.CLOCK, GraphServer.NOW);
        ExecutorService four = Executors.newFixedThreadPool(4);
        try {
            List<Callable<ProbeResult>> looks = Collections.nCopies(40, () -> TenantLooks.users(reads, context));
            for (Future<ProbeResult> look : four.invokeAll(looks)) {
                assertThat(look.get()).isInstanceOf(ProbeResult.Holds.class);
            }
        } finally {
            four.shutdown();
        }
        assertThat(graph.requests)
                .hasSize(40)
                .allMatch(r -> r.getHeader("Authorization").startsWith("Bearer tok_secret_"));
        assertThat(graph.requests.stream()
                        .map(r -> r.getHeader("Authorization"))
                        .distinct())
                .hasSize(given.get());
    }

    @Test
    void noException_andNoText_holdsATokenOrAMessage() {
        graph.on(COUNT, error(403, "Authorization_RequestDenied"));
        assertThatThrownBy(this::users)
                .hasMessage("GET /users/$count: status 403 Authorization_RequestDenied (request b-403)")
                .hasNoCause();
        GraphConnection connection = graph.connection();
        assertThat(connection + " " + connection.reads())
                .doesNotContain("tok_secret")
                .contains("WORLDWIDE");
    }

    /** The client writes its default only over an empty base URL: one set too late is lost. */
    @ParameterizedTest
    @EnumSource(NationalCloud.class)
    void theBaseUrl_isThatOfTheCloud_unlessGiven(NationalCloud cloud) throws Exception {
        assertThat(GraphConnection.builder(graph.tokens()).cloud(cloud).build().toString())
                .contains(cloud.graph().toString());
        graph.on(COUNT, SEVEN);
        users();
        assertThat(graph.lines()).containsExactly("GET /users/$count");
        assertThat(graph.requests.get(0).getHeader("ConsistencyLevel")).isEqualTo("eventual");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://graph.microsoft.com",
                "http://127.0.0.1.evil.example",
                "http://user@127.0.0.1",
                "https://graph.microsoft.com?x=1",
                "/v1.0"
            })
    void cleartext_isForThisMachineOnly(String base) {
        GraphConnection.Builder builder =
                GraphConnection.builder(graph.tokens()).baseUrl(URI.create(base));
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("baseUrl");
    }
}
