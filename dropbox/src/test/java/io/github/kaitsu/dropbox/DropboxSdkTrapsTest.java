package io.github.kaitsu.dropbox;

import static io.github.kaitsu.dropbox.DropboxServer.ADMIN;
import static io.github.kaitsu.dropbox.DropboxServer.EVENTS;
import static io.github.kaitsu.dropbox.DropboxServer.INFO;
import static io.github.kaitsu.dropbox.DropboxServer.METADATA;
import static io.github.kaitsu.dropbox.DropboxServer.TEMP;
import static io.github.kaitsu.dropbox.DropboxServer.admin;
import static io.github.kaitsu.dropbox.DropboxServer.error;
import static io.github.kaitsu.dropbox.DropboxServer.events;
import static io.github.kaitsu.dropbox.DropboxServer.json;
import static io.github.kaitsu.dropbox.DropboxServer.line;
import static io.github.kaitsu.dropbox.DropboxServer.tagged;
import static io.github.kaitsu.dropbox.DropboxServer.team;
import static io.github.kaitsu.dropbox.DropboxServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kaitsu.CustomerId;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.dropbox.internal.AppEvent;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.Probe;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.VendorCallException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What running Dropbox's SDK 7.1.1 has shown to go wrong, each closed. */
@Timeout(60)
class DropboxSdkTrapsTest {
    private static final MockResponse EXPIRED = tagged(401, "expired_access_token");

    private DropboxServer dropbox;

    @BeforeEach
    void start() throws Exception {
        dropbox = new DropboxServer();
    }

    @AfterEach
    void stop() throws Exception {
        dropbox.close();
    }

    // ---- trap 1: DbxHost takes no port and no scheme

    @Test
    void trap1TheHostTakesNoPort_whenTheBaseHasOne_theCallGoesThere() throws Exception {
        assertThat(dropbox.connection().reads(DropboxServer.HTTP).team().id()).isEqualTo("dbtid:AAteam");
        assertThat(dropbox.lines()).containsExactly("/2/team/get_info null");
        assertThat(dropbox.requests.get(0).getHeader("Host")).isEqualTo("127.0.0.1:" + dropbox.server.getPort());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.dropboxapi.com",
                "http://127.0.0.1.evil.example",
                "http://user@127.0.0.1",
                "http://127.0.0.1@evil.example/",
                "ftp://127.0.0.1",
                "https://api.dropboxapi.com?x=1",
                "/2"
            })
    void trap1TheHostTakesNoPort_whenTheBaseIsElsewhere_plainHttpStaysRefused(String base) {
        assertThatThrownBy(() -> DropboxConnection.builder(dropbox.tokens())
                        .baseUrl(URI.create(base))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("baseUrl");
    }

    // ---- trap 2: required fields are strict, unions are open

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "\"text\"", "{}", "<html>", "{\"name\":", "{\"name\":\"x\",\"team_id\":\"y\"}"
            })
    void trap2RequiredFieldsAreStrict_whenOneIsMissing_theAnswerIsMalformedAndNothingElse(String body) {
        dropbox.on(INFO, body);
        assertThatThrownBy(() -> dropbox.connection().reads(DropboxServer.HTTP).team())
                .isInstanceOf(VendorCallException.class)
                .hasMessage("POST /2/team/get_info: status 200 malformed_answer (request req1)");
    }

    @Test
    void trap2UnionsAreOpen_whenAValueIsUnknown_theLineIsLeftOutAndTheRestIsRead() throws Exception {
        dropbox.log(
                "app_link_team",
                line("app_of_2027", "2026-11-20T00:00:00Z", "dbaid:1", "x"),
                line("app_link_team", "2026-11-20T00:00:01Z", "dbaid:2", "y"));
        List<AppEvent> seen = new ArrayList<>();
        dropbox.connection().reads(DropboxServer.HTTP).appEvents(AppEvent.Kind.LINKED, seen::add);
        assertThat(seen).extracting(AppEvent::appId).containsExactly("dbaid:2");
    }

    // ---- trap 3: what the SDK makes of refusals

    @ParameterizedTest
    @CsvSource({
        "400, , ''",
        "401, invalid_access_token, invalid_access_token",
        "403, team_access_denied, team_access_denied",
        "409, admin_not_active, admin_not_active",
        "422, no_permission, no_permission",
        "404, , ''",
    })
    void trap3RefusalsLoseTheirBody_whenRefused_statusCodeAndRequestSurvive(int status, String tag, String code) {
        dropbox.on(ADMIN, tag == null ? text(status, "Error in call") : tagged(status, tag));
        VendorCallException e = catchThrowableOfType(
                VendorCallException.class,
                () -> dropbox.connection().reads(DropboxServer.HTTP).admin());
        assertThat(e.status()).isEqualTo(status);
        assertThat(e.code().orElse("")).isEqualTo(code);
        assertThat(e.requestId()).contains("req1");
        assertThat(e.retryable()).isFalse();
    }

    @Test
    void trap3A429WithoutSecondsLosesItsStatus_whenItIsPlainTextWithoutHeader_itIsA429AndRetried() throws Exception {
        dropbox.on(INFO, text(429, "too_many_requests"), json(200, team(1)));
        assertThat(dropbox.connection().reads(DropboxServer.HTTP).team().users())
                .isEqualTo(1);
        assertThat(dropbox.waits).containsExactly(Duration.ofMillis(500));

        dropbox.on(INFO, text(429, "slow down"));
        assertThatThrownBy(() -> dropbox.connection().reads(DropboxServer.HTTP).team())
                .hasMessage("POST /2/team/get_info: status 429 too_many_requests (request req1)");
    }

    @ParameterizedTest
    @CsvSource({
        "7, 7",
        "'Sat, 21 Nov 2026 00:00:05 GMT', 5",
    })
    void trap3A429_whenItSaysHowLong_thatIsWaitedFor(String header, int seconds) throws Exception {
        dropbox.on(INFO, text(429, "too_many_requests").setHeader("Retry-After", header), json(200, team(1)));
        dropbox.connection().reads(DropboxServer.HTTP).team();
        assertThat(dropbox.waits).containsExactly(Duration.ofSeconds(seconds));
    }

    @Test
    void trap3A429_whenOnlyItsBodySaysHowLong_thatIsWaitedFor() throws Exception {
        dropbox.on(
                INFO,
                error(429, "too_many_requests/..", "{\"reason\":{\".tag\":\"too_many_requests\"},\"retry_after\":4}"),
                json(200, team(1)));
        dropbox.connection().reads(DropboxServer.HTTP).team();
        assertThat(dropbox.waits).containsExactly(Duration.ofSeconds(4));
    }

    @Test
    void trap3A503WithADate_whenTheSdkWouldBreak_itIsRetried() throws Exception {
        dropbox.on(INFO, text(503, "").setHeader("Retry-After", "soon"), json(200, team(1)));
        assertThat(dropbox.connection().reads(DropboxServer.HTTP).team().users())
                .isEqualTo(1);
    }

    @Test
    void trap3A401WithoutJson_whenTheSdkWouldBreak_theTokenIsRefreshed() throws Exception {
        dropbox.on(INFO, text(401, "<html>no</html>"), json(200, team(1)));
        assertThat(dropbox.connection().reads(DropboxServer.HTTP).team().users())
                .isEqualTo(1);
        assertThat(dropbox.refreshes).hasValue(2);
    }

    @Test
    void trap3ALongRefusal_whenTheSdkWouldCutIt_isReadWhole() {
        String padding = "x".repeat(10_000);
        dropbox.on(
                INFO,
                json(
                        401,
                        "{\"user_message\":{\"text\":\"" + padding + "\",\"locale\":\"en\"},\"error_summary\":"
                                + "\"missing_scope/..\",\"error\":{\".tag\":\"missing_scope\",\"required_scope\":\"events.read\"}}"));
        assertThatThrownBy(() -> dropbox.connection().reads(DropboxServer.HTTP).team())
                .hasMessageContaining("missing_scope/events.read");
    }

    // ---- refresh and retries are ours alone

    @Test
    void theSdksOwnRefreshIsOff_whenATokenHasExpired_ours_refreshesOnce() throws Exception {
        dropbox.on(INFO, EXPIRED, json(200, team(1)));
        assertThat(dropbox.connection().reads(DropboxServer.HTTP).team().users())
                .isEqualTo(1);
        assertThat(dropbox.requests)
                .extracting(a -> a.getHeader("Authorization"))
                .containsExactly("Bearer tok_secret_1", "Bearer tok_secret_2");
    }

    @Test
    void theSdksOwnRefreshIsOff_whenEveryTokenIsRefused_oneRefreshIsMade() {
        dropbox.on(INFO, EXPIRED);
        assertThatThrownBy(() -> dropbox.connection().reads(DropboxServer.HTTP).team())
                .hasMessage("POST /2/team/get_info: status 401 expired_access_token (request req1)");
        assertThat(dropbox.refreshes).hasValue(2);
        assertThat(dropbox.requests).hasSize(2);
    }

    @Test
    void theSdksOwnRefreshIsOff_whenFourThreadsAreRefused_oneRefreshServesAll() throws Exception {
        dropbox.on(INFO, EXPIRED);
        dropbox.holdBackUntil(4);
        List<String> spent = Collections.synchronizedList(new ArrayList<>());
        AccessTokens tokens = AccessTokens.singleFlight(
                old -> {
                    spent.add(old.orElse("none"));
                    return new AccessTokens.Token("t" + spent.size(), Optional.empty());
                },
                DropboxServer.CLOCK);
        DropboxConnection connection = dropbox.connection(tokens);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(pool.submit(() -> connection.reads(DropboxServer.HTTP).team()));
        }
        for (Future<?> one : all) {
            assertThatThrownBy(() -> one.get(30, TimeUnit.SECONDS)).hasRootCauseInstanceOf(VendorCallException.class);
        }
        pool.shutdownNow();
        assertThat(spent).containsExactly("none", "t1");
        assertThat(dropbox.requests).hasSize(8);
    }

    @Test
    void theSdksOwnRetriesAreOff_whenDropboxIsDown_onlyOursAreMade() {
        for (int status : List.of(500, 503, 429)) {
            dropbox.forgetRequests();
            dropbox.on(INFO, text(status, ""));
            assertThatThrownBy(
                            () -> dropbox.connection().reads(DropboxServer.HTTP).team())
                    .hasMessageContaining("status " + status);
            assertThat(dropbox.requests).as("%d", status).hasSize(4);
        }
    }

    @Test
    void whenTheConnectionBreaks_theCallIsRepeatedByUs() throws Exception {
        dropbox.on(
                INFO,
                new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST),
                json(200, team(1)).setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY),
                json(200, "<html>busy</html>"),
                json(200, team(1)));
        assertThat(dropbox.connection().reads(DropboxServer.HTTP).team().users())
                .isEqualTo(1);
        assertThat(dropbox.requests).hasSize(4);
    }

    @Test
    void whenARetryAfterIsBeyondTheBudget_itComesOutWithTheException() {
        dropbox.on(INFO, text(429, "too_many_requests").setHeader("Retry-After", "600"));
        VendorCallException e = catchThrowableOfType(
                VendorCallException.class,
                () -> dropbox.connection().reads(DropboxServer.HTTP).team());
        assertThat(e.retryAfter()).contains(Duration.ofMinutes(10));
        assertThat(dropbox.requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void whenDropboxRedirects_itIsNotFollowedAndTheTokenGoesNowhere(int status) throws Exception {
        try (MockWebServer elsewhere = new MockWebServer()) {
            elsewhere.enqueue(json(200, team(1)));
            elsewhere.start();
            dropbox.on(
                    INFO,
                    text(status, "").setHeader("Location", elsewhere.url(INFO).toString()));
            assertThatThrownBy(
                            () -> dropbox.connection().reads(DropboxServer.HTTP).team())
                    .hasMessage("POST /2/team/get_info: status " + status + " redirect (request req1)");
            assertThat(elsewhere.getRequestCount()).isZero();
        }
    }

    @Test
    void manyConnections_needNoThreadEach() throws Exception {
        DropboxProvisioner provisioner =
                DropboxProvisioner.create(customer -> Optional.of(dropbox.connection())); // a new one for each look
        Probe users = provisioner
                .steps(DropboxTextsTest.contexts().get(0))
                .get(1)
                .check()
                .probe()
                .orElseThrow();
        ProbeContext context = new ProbeContext(
                CustomerId.of(ConsoleSite.JP, "c1"), Facts.none(), DropboxServer.CLOCK, DropboxServer.NOW);
        users.look(context);
        long before = clients();
        for (int i = 0; i < 20; i++) {
            assertThat(users.look(context)).isInstanceOf(ProbeResult.Holds.class);
        }
        assertThat(clients()).isLessThanOrEqualTo(before);
    }

    private static long clients() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("HttpClient-"))
                .filter(thread -> thread.getName().endsWith("SelectorManager"))
                .count();
    }

    // ---- what is sent

    @Test
    void everyCallReads_andActingAsAMemberIsSaidByTheHeader() throws Exception {
        dropbox.withFolders();
        var reads = dropbox.connection().reads(DropboxServer.HTTP);
        reads.folder("dbmid:other", Optional.empty(), TEMP);
        var asked = dropbox.requests.get(0);
        assertThat(asked.getPath()).isEqualTo(METADATA);
        assertThat(asked.getHeader("Dropbox-API-Select-User")).isEqualTo("dbmid:other");
        assertThat(asked.getHeader("Dropbox-API-Path-Root")).isNull();
        assertThat(dropbox.bodies.get(0)).contains("\"path\":\"/" + TEMP + "\"");
    }

    @Test
    void theFilterIsOneEventType_neverACategoryBesideIt() throws Exception {
        dropbox.on(EVENTS, events());
        dropbox.connection().reads(DropboxServer.HTTP).appEvents(AppEvent.Kind.UNLINKED, e -> {});
        assertThat(dropbox.lines())
                .containsExactly("/2/team_log/get_events {\"limit\":1000,\"event_type\":\"app_unlink_team\"}");
    }

    @Test
    void noException_noText_andNoStackTraceHoldsATokenOrABody() {
        dropbox.on(
                INFO,
                error(
                        403,
                        "tok_secret_1 is bad/..",
                        "{\".tag\":\"tok_secret_1\",\"user_message\":\"tok_secret_1 of admin@example.com\"}"));
        DropboxConnection connection = dropbox.connection();
        Throwable e = catchThrowableOfType(
                VendorCallException.class,
                () -> connection.reads(DropboxServer.HTTP).team());
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        assertThat(trace + connection.toString() + connection.reads(DropboxServer.HTTP))
                .doesNotContain("tok_secret")
                .doesNotContain("admin@");
        assertThat(e).hasNoCause();
    }

    @Test
    void whenTheThreadIsInterrupted_theCallEndsWithTheInterruption() {
        DropboxConnection connection = dropbox.connection();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> connection.reads(DropboxServer.HTTP).team()).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void whenAnAnswerGrowsTooLong_itIsGivenUpAndNotKept() {
        dropbox.on(INFO, text(500, "x".repeat((16 << 20) + 1)));
        VendorCallException e = catchThrowableOfType(
                VendorCallException.class,
                () -> dropbox.connection().reads(DropboxServer.HTTP).team());
        assertThat(e.status()).isZero(); // no answer at all
    }

    @Test
    void theAdministratorsProfile_isReadWithItsStatusAndRoots() throws Exception {
        dropbox.on(ADMIN, admin("suspended"));
        var read = dropbox.connection().reads(DropboxServer.HTTP).admin();
        assertThat(read.status()).isEqualTo("suspended");
        assertThat(read.teamRoot()).contains("30");
    }
}
