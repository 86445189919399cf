package io.github.kaitsu.google;

import static io.github.kaitsu.google.Given.HTTP;
import static io.github.kaitsu.google.GoogleServer.ACCOUNT;
import static io.github.kaitsu.google.GoogleServer.CLOCK;
import static io.github.kaitsu.google.GoogleServer.ME;
import static io.github.kaitsu.google.GoogleServer.account;
import static io.github.kaitsu.google.GoogleServer.error;
import static io.github.kaitsu.google.GoogleServer.json;
import static io.github.kaitsu.google.GoogleServer.newError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.auth.oauth2.UserCredentials;
import io.github.kaitsu.google.internal.GoogleReads;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.Refusal;
import io.github.kaitsu.vendor.VendorCallException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What running Google's libraries has shown to go wrong, each closed. */
@Timeout(60)
class GoogleLibraryTrapsTest {
    private static final String ID = "{\"sub\":\"107\"}";

    private GoogleServer google;

    @BeforeEach
    void start() throws Exception {
        google = new GoogleServer();
    }

    @AfterEach
    void stop() throws Exception {
        google.close();
    }

    // ---- retries

    @ParameterizedTest
    @ValueSource(strings = {"rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded"})
    void trapBackOffRepeatsNo403_ours_repeatsItForQuotaAlone_inEitherStyle(String reason) throws Exception {
        String newer = reason.replaceAll("([A-Z])", "_$1").toUpperCase(java.util.Locale.ROOT);
        google.on(ME, error(403, reason), newError(403, newer), json(200, ID));
        assertThat(google.connection().reads(HTTP).me()).isEqualTo("107");
        assertThat(google.waits).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"forbidden", "insufficientPermissions", "accessNotConfigured", "domainCannotUseApis"})
    void trapBackOffRepeatsNo403_ours_takesEveryOtherOneAsFinal(String reason) {
        google.on(ME, error(403, reason));
        assertThatThrownBy(() -> google.connection().reads(HTTP).me())
                .hasMessage("GET /v1/userinfo: status 403 " + reason);
        assertThat(google.requests).hasSize(1);
    }

    @Test
    void trapBackOffIgnoresRetryAfter_ours_waitsAsLongAsGoogleAsks_inBothForms() throws Exception {
        google.on(
                ME,
                error(429, "rateLimitExceeded").setHeader("Retry-After", "3"),
                error(403, "userRateLimitExceeded").setHeader("Retry-After", "Sat, 21 Nov 2026 00:00:05 GMT"),
                json(503, "").setHeader("Retry-After", "soon"),
                json(200, ID));
        assertThat(google.connection().reads(HTTP).me()).isEqualTo("107");
        assertThat(google.waits).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void trapAPermanentErrorIsAskedElevenTimes_ours_fourTimes(int status) {
        google.on(ME, json(status, ""));
        assertThatThrownBy(() -> google.connection().reads(HTTP).me()).hasMessage("GET /v1/userinfo: status " + status);
        assertThat(google.requests).hasSize(4);
        assertThat(google.waits).hasSize(3);
    }

    @Test
    void trapOneHandlerReplacesTheOther_ours_refreshesOnceAndRepeats_inOneCall() throws Exception {
        google.on(ME, json(503, ""), json(401, ""), json(503, ""), json(200, ID));
        assertThat(google.connection().reads(HTTP).me()).isEqualTo("107");
        assertThat(google.requests)
                .extracting(r -> r.getHeader("Authorization"))
                .containsExactly(
                        "Bearer tok_secret_1", "Bearer tok_secret_1", "Bearer tok_secret_2", "Bearer tok_secret_2");
    }

    @Test
    void trapOneHandlerReplacesTheOther_whenTheNewTokenIsRefusedToo_itIsNotAskedAgain() {
        google.on(ME, error(401, "authError"));
        VendorCallException e = catchThrowableOfType(
                VendorCallException.class, () -> google.connection().reads(HTTP).me());
        assertThat(e.refusal()).contains(Refusal.NO_RIGHTS); // a new token was given
        assertThat(google.requests).hasSize(2);
        assertThat(google.refreshes).hasValue(2);
    }

    @Test
    void trapTheGeneratedClientsBringTheirOwnHandling_ours_isTheSameForThem() throws Exception {
        google.admin()
                .on(
                        ACCOUNT,
                        error(429, "rateLimitExceeded").setHeader("Retry-After", "2"),
                        json(401, ""),
                        json(200, account(true, false, false)));
        assertThat(google.connection().reads(HTTP).account("107").superAdmin()).isTrue();
        assertThat(google.requests)
                .extracting(r -> r.getHeader("Authorization"))
                .containsExactly("Bearer tok_secret_1", "Bearer tok_secret_1", "Bearer tok_secret_2");
        assertThat(google.waits).containsExactly(Duration.ofSeconds(2));
    }

    /** Its path holds an id; the operation's name does not. */
    @Test
    void whenNoAnswerComes_theOperationIsNamedAsInEveryRefusal_andRepeated() {
        google.on(
                ACCOUNT, json(200, account(true, false, false)).setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
        assertThatThrownBy(() -> google.connection().reads(HTTP).account("107"))
                .hasMessage("GET /admin/directory/v1/users/{userKey}: no answer answer_lost");
        assertThat(google.waits).hasSize(3);
    }

    @Test
    void whenTheConnectionBreaks_theCallIsRepeatedByUs() throws Exception {
        google.on(
                ME,
                json(200, ID).setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY),
                json(200, "<html>busy</html>"),
                json(200, ID));
        assertThat(google.connection().reads(HTTP).me()).isEqualTo("107");
    }

    // ---- what gets out

    @Test
    void trapTheErrorParserPrintsAStackTrace_whenABodyOnlySaysItIsJson_oursPrintsNothing() {
        google.admin().on(ACCOUNT, json(404, "<html>not json</html>"));
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThatThrownBy(() -> google.connection().reads(HTTP).account("107"))
                    .hasMessage("GET /admin/directory/v1/users/{userKey}: status 404");
        } finally {
            System.setErr(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void trapTheLoggerPrintsTheAuthorizationHeaderAtAll_ours_writesNothingThere() throws Exception {
        Logger logger = Logger.getLogger("com.google.api.client.http");
        List<String> logged = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                logged.add(record.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Level before = logger.getLevel();
        handler.setLevel(Level.ALL);
        logger.addHandler(handler);
        logger.setLevel(Level.ALL);
        try {
            google.admin();
            GoogleConnection connection = google.connection();
            connection.reads(HTTP).account(connection.reads(HTTP).me());
        } finally {
            logger.setLevel(before);
            logger.removeHandler(handler);
        }
        assertThat(String.join("\n", logged)).doesNotContain("tok_secret", "Authorization");
    }

    @Test
    void noException_noText_andNoStackTraceHoldsAToken() {
        google.on(ME, error(403, "tok_secret_1 is bad"));
        GoogleConnection connection = google.connection();
        Throwable e = catchThrowableOfType(
                VendorCallException.class, () -> connection.reads(HTTP).me());
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        assertThat(trace + connection.toString() + connection.reads(HTTP)).doesNotContain("tok_secret");
        assertThat(e).hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307})
    void whenGoogleRedirects_itIsNotFollowedAndTheTokenGoesNowhere(int status) throws Exception {
        try (MockWebServer elsewhere = new MockWebServer()) {
            elsewhere.enqueue(json(200, ID));
            elsewhere.start();
            google.on(
                    ME,
                    json(status, "").setHeader("Location", elsewhere.url("/x").toString()));
            assertThatThrownBy(() -> google.connection().reads(HTTP).me())
                    .hasMessage("GET /v1/userinfo: status " + status + " redirect");
            RecordedRequest none = elsewhere.takeRequest(50, TimeUnit.MILLISECONDS);
            assertThat(none).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "[1]",
                "\"text\"",
                "{\"sub\":[]}",
                "<html>",
                "{\"sub\":",
                "{\"sub\":\"107\"",
                "{}"
            })
    void whenTheAnswerIsNoAnswer_itIsMalformedAndNothingElse(String body) {
        google.on(ME, json(200, body));
        assertThatThrownBy(() -> google.connection().reads(HTTP).me())
                .isInstanceOf(VendorCallException.class)
                .hasMessage("GET /v1/userinfo: status 200 malformed_answer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"isAdmin\":true",
                "{\"isAdmin\":true,",
                "{\"isAdmin\":true,\"customerId\":\"C012\"",
                "{\"isAdmin\":true,\"customerId\":\"C0",
                "{\"isAdmin\":true,\"name\":{\"fullName\":\"x\"}"
            })
    void trapHalfAnObjectIsTakenForAWholeOne_ours_isMalformedAndAskedForAgain(String half) throws Exception {
        google.admin().on(ACCOUNT, json(200, half), json(200, account(true, false, false)));
        assertThat(google.connection().reads(HTTP).account("107").email()).isEqualTo("admin@example.com");
        assertThat(google.waits).hasSize(1);
    }

    @Test
    void trapANullBooleanReadsTrue_ours_takesItAsUntold() throws Exception {
        google.admin()
                .on(
                        ACCOUNT,
                        "{\"id\":\"107\",\"isAdmin\":null,\"suspended\":null,\"isEnrolledIn2Sv\":null,\"customerId\":null}");
        GoogleReads.Account account = google.connection().reads(HTTP).account("107");
        assertThat(account.superAdmin()).isFalse();
        assertThat(account.suspended()).isFalse();
        assertThat(account.twoStep()).isEmpty();
        assertThat(account.customer()).isEmpty();
    }

    @Test
    void whenTheThreadIsInterrupted_theCallEndsWithTheInterruption() {
        google.on(ME, ID);
        GoogleConnection connection = google.connection();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> connection.reads(HTTP).me()).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void whenTheThreadIsInterruptedWhileGoogleIsSilent_theCallEndsAtOnce() {
        Thread caller = Thread.currentThread();
        google.program(ME, request -> {
            caller.interrupt();
            return new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE);
        });
        GoogleConnection connection = google.connection();
        assertThatThrownBy(() -> connection.reads(HTTP).me()).isInstanceOf(InterruptedException.class);
        assertThat(caller.isInterrupted()).isFalse();
    }

    @Test
    void trapAPackedAnswerUnpacksWithoutEnd_ours_isGivenUp_andNotAskedForAgain() throws Exception {
        Buffer packed = new Buffer();
        byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        try (GZIPOutputStream out = new GZIPOutputStream(packed.outputStream())) {
            out.write('{');
            for (int i = 0; i < 33; i++) {
                out.write(spaces);
            }
            out.write("\"sub\":\"107\"}".getBytes(StandardCharsets.UTF_8));
        }
        google.on(ME, json(200, "").setBody(packed).setHeader("Content-Encoding", "gzip"));
        assertThatThrownBy(() -> google.connection().reads(HTTP).me())
                .hasMessage("GET /v1/userinfo: status 200 answer_too_long");
        assertThat(google.requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://admin.googleapis.com",
                "http://127.0.0.1.evil.example",
                "http://user@127.0.0.1",
                "ftp://127.0.0.1",
                "https://admin.googleapis.com?x=1",
                "/v1"
            })
    void whenTheBaseIsNeitherHttpsNorThisMachine_itIsRefused(String base) {
        assertThatThrownBy(() -> GoogleConnection.builder(google.tokens())
                        .baseUrl(URI.create(base))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("base");
    }

    // ---- what is not used

    /** Google's README forbids Beta classes to libraries; the loopback helpers check no state and listen to everybody. */
    @Test
    void trapBetaClassesAndLoopbackHelpers_areNotUsed() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                assertThat(Files.readString(file))
                        .as(file.toString())
                        .doesNotContain(
                                "HttpBackOff",
                                "client.testing",
                                "AuthorizationCodeFlow",
                                "AuthorizationCodeInstalledApp",
                                "LocalServerReceiver",
                                "HttpCredentialsAdapter");
            }
        }
    }

    @Test
    void trapThePublishedReportsClientDoesNotLoad_soItIsNotThere() {
        assertThatThrownBy(() -> Class.forName("com.google.api.services.admin.reports.Reports"))
                .isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> Class.forName("com.google.api.services.reports.Reports"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    // ---- Google's credentials

    @Test
    void trapARevokedRefreshTokenIsAnExceptionOfItsOwn_ours_saysThatTheAuthorizationIsLost() throws Exception {
        try (MockWebServer oauth = new MockWebServer()) {
            oauth.enqueue(json(
                    400, "{\"error\":\"invalid_grant\",\"error_description\":\"Token has been expired or revoked.\"}"));
            oauth.start();
            AccessTokens tokens = GoogleAccessTokens.of(
                    UserCredentials.newBuilder()
                            .setClientId("id")
                            .setClientSecret("no-secret")
                            .setRefreshToken("refresh_secret")
                            .setTokenServerUri(oauth.url("/token").uri())
                            .build(),
                    CLOCK);
            VendorCallException e = catchThrowableOfType(VendorCallException.class, tokens::get);
            assertThat(e.authorizationLost()).isTrue();
            assertThat(e).hasNoCause().hasMessageNotContaining("refresh_secret");
        }
    }

    @Test
    void whenTheTokenServerIsBusy_itIsAskedOnce_andTheCallMayBeRepeated() throws Exception {
        try (MockWebServer oauth = new MockWebServer()) {
            oauth.start();
            oauth.setDispatcher(new okhttp3.mockwebserver.Dispatcher() {
                @Override
                public MockResponse dispatch(RecordedRequest request) {
                    return json(503, "");
                }
            });
            AccessTokens tokens = GoogleAccessTokens.of(serviceAccount(oauth), CLOCK);
            VendorCallException e = catchThrowableOfType(VendorCallException.class, tokens::get);
            assertThat(e.retryable()).isTrue();
            assertThat(oauth.getRequestCount()).isEqualTo(1);
        }
    }

    @Test
    void aServiceAccountActsInTheSuperAdminsName_andIsRefreshedWhenItsTokenIsRefused() throws Exception {
        try (MockWebServer oauth = new MockWebServer()) {
            oauth.enqueue(json(200, "{\"access_token\":\"one\",\"expires_in\":3599,\"token_type\":\"Bearer\"}"));
            oauth.enqueue(json(200, "{\"access_token\":\"two\",\"expires_in\":3599,\"token_type\":\"Bearer\"}"));
            oauth.start();
            AccessTokens tokens = GoogleAccessTokens.of(serviceAccount(oauth), java.time.Clock.systemUTC());
            assertThat(tokens.get()).isEqualTo("one");
            assertThat(tokens.refreshAfterRejection("one")).isEqualTo("two");
            assertThat(tokens.get()).isEqualTo("two");
            assertThat(tokens.toString()).doesNotContain("two");
            String assertion = oauth.takeRequest().getBody().readUtf8();
            String claims = new String(
                    java.util.Base64.getUrlDecoder()
                            .decode(assertion.replaceFirst(".*assertion=", "").split("\\.")[1]),
                    StandardCharsets.UTF_8);
            assertThat(claims).contains("\"sub\":\"admin@example.com\"", "admin.directory.user.readonly");
        }
    }

    private static com.google.auth.oauth2.GoogleCredentials serviceAccount(MockWebServer oauth) throws Exception {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        return ServiceAccountCredentials.newBuilder()
                .setClientEmail("reader@project.iam.gserviceaccount.com")
                .setPrivateKeyId("k1")
                .setPrivateKey(keys.generateKeyPair().getPrivate())
                .setScopes(GoogleScopes.all())
                .setTokenServerUri(oauth.url("/token").uri())
                .build()
                .createDelegated("admin@example.com");
    }
}
