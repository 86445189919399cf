package io.github.kaitsu.box;

import static io.github.kaitsu.box.BoxServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.box.sdkgen.client.BoxClient;
import io.github.kaitsu.box.internal.BoxReads;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.VendorCallException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What running Box's SDK 5.6.0 has shown to go wrong, each closed. */
@Timeout(60)
class BoxSdkTrapsTest {
    private static final String ME = "/2.0/users/me";
    private static final MockResponse UNAUTHORIZED = json(401, "");

    private BoxServer box;

    @BeforeEach
    void start() throws Exception {
        box = new BoxServer();
    }

    @AfterEach
    void stop() throws Exception {
        box.close();
    }

    /** A client for each attempt was 71 KB of garbage. */
    @Test
    void theSdksClient_isBuiltOncePerConnection() throws Exception {
        box.on(ME, UNAUTHORIZED, json(500, ""), json(200, BoxServer.me("admin")));
        BoxConnection connection = box.connection();
        Object before = client(connection);
        connection.reads().me();
        connection.reads().me();
        assertThat(box.requests).hasSize(4);
        assertThat(client(connection)).isSameAs(before);
    }

    /** The only one that the connection keeps, in a field that cannot change. */
    private static Object client(BoxConnection connection) throws Exception {
        Field field = Arrays.stream(BoxReads.class.getDeclaredFields())
                .filter(f -> f.getType() == BoxClient.class)
                .findFirst()
                .orElseThrow();
        assertThat(Modifier.isFinal(field.getModifiers())).isTrue();
        field.setAccessible(true);
        return field.get(connection.reads());
    }

    @Test
    void trap2CleartextIsRefused_whenTheBaseUrlIsThisMachine_plainHttpWorks() throws Exception {
        box.on(ME, BoxServer.me("admin"));
        assertThat(box.connection().reads().me().login()).isEqualTo("admin@example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.box.com",
                "http://127.0.0.1.evil.example",
                "http://localhost.evil.example",
                "http://user@127.0.0.1",
                "http://127.0.0.1@evil.example/",
                "ftp://127.0.0.1",
                "https://api.box.com?x=1",
                "/2.0"
            })
    void trap2CleartextIsRefused_whenTheBaseUrlIsElsewhere_itStaysRefused(String base) {
        assertThatThrownBy(() -> BoxConnection.builder(box.tokens())
                        .baseUrl(URI.create(base))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("baseUrl");
    }

    @Test
    void trap3RefreshIsNotSerialised_whenFourThreadsAreRefused_oneRefreshServesAll() throws Exception {
        box.on(ME, UNAUTHORIZED);
        box.holdBackUntil(4);
        List<String> spent = Collections.synchronizedList(new ArrayList<>());
        AccessTokens tokens = AccessTokens.singleFlight(
                old -> {
                    spent.add(old.orElse("none"));
                    return new AccessTokens.Token("t" + spent.size(), Optional.empty());
                },
                BoxServer.CLOCK);
        BoxConnection connection = box.connection(tokens);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(pool.submit(() -> connection.reads().me()));
        }
        for (Future<?> one : all) {
            assertThatThrownBy(() -> one.get(30, TimeUnit.SECONDS)).hasRootCauseInstanceOf(VendorCallException.class);
        }
        pool.shutdownNow();
        assertThat(spent).containsExactly("none", "t1");
        assertThat(box.requests).hasSize(8);
    }

    @Test
    void trap4APersistent401RefreshesOnEveryAttempt_ours_refreshesOnce() {
        box.on(ME, UNAUTHORIZED);
        VendorCallException e = catchThrowableOfType(
                VendorCallException.class, () -> box.connection().reads().me());
        assertThat(e.status()).isEqualTo(401);
        assertThat(box.refreshes).hasValue(2);
        assertThat(box.requests).hasSize(2);
    }

    @Test
    void trap4_whenTheNewTokenIsAccepted_theCallSucceedsWithIt() throws Exception {
        box.on(ME, UNAUTHORIZED, json(200, BoxServer.me("admin")));
        assertThat(box.connection().reads().me().role()).isEqualTo("admin");
        assertThat(box.requests)
                .extracting(r -> r.getHeader("Authorization"))
                .containsExactly("Bearer tok_secret_1", "Bearer tok_secret_2");
    }

    @Test
    void trap5AnHttpDateThrows_whenRetryAfterIsAnHttpDate_itIsWaitedFor() throws Exception {
        box.on(
                ME,
                json(429, "{}").setHeader("Retry-After", "Sat, 21 Nov 2026 00:00:05 GMT"),
                json(200, BoxServer.me("admin")));
        assertThat(box.connection().reads().me().role()).isEqualTo("admin");
        assertThat(box.waits).containsExactly(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "1e9999", "NaN"})
    void trap5AnHttpDateThrows_whenRetryAfterIsGarbage_itIsIgnored(String header) throws Exception {
        box.on(ME, json(503, "").setHeader("Retry-After", header), json(200, BoxServer.me("admin")));
        assertThat(box.connection().reads().me().role()).isEqualTo("admin");
        assertThat(box.waits).containsExactly(Duration.ofMillis(500));
    }

    @Test
    void trap6EnumsHaveGaps_whenAValueIsUnknown_itSurvivesAsText() throws Exception {
        box.on(ME, BoxServer.me("super_admin_of_2027"));
        assertThat(box.connection().reads().me().role()).isEqualTo("super_admin_of_2027");
    }

    @Test
    void trap7TimesHaveNanoseconds_noRequestOfOursCarriesATime() throws Exception {
        box.on(ME, BoxServer.me("admin"));
        box.connection().reads().me();
        assertThat(box.lines()).containsExactly("GET /2.0/users/me?fields=id,login,name,role,enterprise,status");
    }

    @Test
    void theSdksOwnRetriesAreOff_whenBoxIsDown_onlyOursAreMade() {
        box.on(ME, json(500, ""));
        assertThatThrownBy(() -> box.connection().reads().me()).hasMessage("GET /2.0/users/me: status 500");
        assertThat(box.requests).hasSize(4);
        assertThat(box.waits).hasSize(3);
    }

    @Test
    void whenTheConnectionBreaks_theCallIsRepeatedByUs() throws Exception {
        box.on(
                ME,
                new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST),
                json(200, BoxServer.me("admin")).setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY),
                json(200, "<html>busy</html>"),
                json(200, BoxServer.me("admin")));
        assertThat(box.connection().reads().me().role()).isEqualTo("admin");
        assertThat(box.requests).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "[1]", "\"text\"", "{\"enterprise\":[]}", "<html>", "{\"login\":"})
    void whenTheAnswerIsNoAnswer_itIsMalformedAndNothingElse(String body) {
        box.on(ME, json(200, body));
        assertThatThrownBy(() -> box.connection().reads().me())
                .isInstanceOf(VendorCallException.class)
                .hasMessage("GET /2.0/users/me: status 200 malformed_answer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "00"})
    void okHttpRepeatsA503WithoutDelay_ours_isTheOnlyRepetition(String delay) {
        box.on(ME, json(503, "").setHeader("Retry-After", delay));
        assertThatThrownBy(() -> box.connection().reads().me()).hasMessage("GET /2.0/users/me: status 503");
        assertThat(box.requests).hasSize(4);
        assertThat(box.waits).hasSize(3).allMatch(wait -> wait.compareTo(Duration.ZERO) > 0);
    }

    @Test
    void theSdkReadsAnswersOfAnyLength_whenOneGrowsTooLong_itIsGivenUp() {
        box.on(ME, json(500, "x".repeat((8 << 20) + 1)));
        VendorCallException e = catchThrowableOfType(
                VendorCallException.class, () -> box.connection().reads().me());
        assertThat(e.status()).isZero(); // no answer at all
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307})
    void whenBoxRedirects_itIsNotFollowedAndTheTokenGoesNowhere(int status) throws Exception {
        try (MockWebServer elsewhere = new MockWebServer()) {
            elsewhere.enqueue(json(200, BoxServer.me("admin")));
            elsewhere.start();
            box.on(
                    ME,
                    json(status, "")
                            .setHeader(
                                    "Location", elsewhere.url("/2.0/users/me").toString()));
            assertThatThrownBy(() -> box.connection().reads().me())
                    .hasMessage("GET /2.0/users/me: status " + status + " redirect");
            RecordedRequest none = elsewhere.takeRequest(50, TimeUnit.MILLISECONDS);
            assertThat(none).isNull();
        }
    }

    @Test
    void whenARetryAfterIsBeyondTheBudget_itComesOutWithTheException() {
        box.on(
                ME,
                json(429, "{\"code\":\"rate_limit_exceeded\",\"request_id\":\"abc\",\"message\":\"tok_secret_1\"}")
                        .setHeader("Retry-After", "600"));
        VendorCallException e = catchThrowableOfType(
                VendorCallException.class, () -> box.connection().reads().me());
        assertThat(e).hasMessage("GET /2.0/users/me: status 429 rate_limit_exceeded (request abc)");
        assertThat(e.retryAfter()).contains(Duration.ofMinutes(10));
        assertThat(box.requests).hasSize(1);
    }

    @Test
    void noException_noText_andNoStackTraceHoldsAToken() {
        box.on(ME, json(403, "{\"code\":\"tok_secret_1 is bad\",\"message\":\"tok_secret_1\",\"request_id\":\"r\"}"));
        BoxConnection connection = box.connection();
        Throwable e = catchThrowableOfType(
                VendorCallException.class, () -> connection.reads().me());
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        assertThat(trace + connection.toString() + connection.reads()).doesNotContain("tok_secret");
        assertThat(e).hasNoCause();
    }

    @Test
    void whenTheThreadIsInterrupted_theCallEndsWithTheInterruption() {
        box.on(ME, BoxServer.me("admin"));
        BoxConnection connection = box.connection();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> connection.reads().me()).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
