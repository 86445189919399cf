package io.github.kaitsu.microsoft365;

import static io.github.kaitsu.microsoft365.SharePointServer.PERMISSIONS;
import static io.github.kaitsu.microsoft365.SharePointServer.PRINCIPALS;
import static io.github.kaitsu.microsoft365.SharePointServer.REGISTRATIONS;
import static io.github.kaitsu.microsoft365.SharePointServer.error;
import static io.github.kaitsu.microsoft365.SharePointServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kaitsu.microsoft365.internal.SharePointReads;
import io.github.kaitsu.microsoft365.internal.SharePointReads.Principal;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.Refusal;
import io.github.kaitsu.vendor.VendorCallException;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls to SharePoint's REST API, and what may go wrong with them. */
@Timeout(60)
class SharePointReadsTest {
    private static final String APP = Known.APP_ID;
    private static final VendorHttp HTTP = VendorHttp.create();

    private SharePointServer sharePoint;

    @BeforeEach
    void start() throws Exception {
        sharePoint = new SharePointServer();
    }

    @AfterEach
    void stop() throws Exception {
        sharePoint.close();
    }

    @Test
    void reads_askAsThePublishedPageSays() throws Exception {
        sharePoint.granted(APP);

        List<Principal> principals = reads().principals();
        reads().permissions(principals);
        reads().registration(APP);

        String site = "\"" + sharePoint.base() + "/\"";
        assertThat(sharePoint.bodies)
                .containsExactly(
                        "{\"urls\":[" + site + "]}",
                        "{\"addins\":[{\"url\":" + site + ",\"appIdentifiers\":[\""
                                + SharePointServer.identifier("00000003-0000-0ff1-ce00-000000000000") + "\",\""
                                + SharePointServer.identifier(APP) + "\"]}]}",
                        "{\"appIds\":[\"" + APP + "\"]}");
    }

    @Test
    void principals_ofAnotherForm_areLeftOut() throws Exception {
        sharePoint.on(
                PRINCIPALS,
                "{\"addinPrincipals\":[{\"appIdentifier\":\"i:0i.t|ms.sp.int|" + APP + "@" + SharePointServer.TENANT
                        + "\",\"title\":\"a\"},{\"appIdentifier\":\"nonsense\"},{},{\"appIdentifier\":\"I:0i.t|MS.SP.EXT|"
                        + APP.toUpperCase(Locale.ROOT) + "@" + SharePointServer.TENANT
                        + "\",\"title\":null}]}");

        assertThat(reads().principals()).containsExactly(new Principal(APP, SharePointServer.TENANT, ""));
    }

    @Test
    void permissions_ofManyApps_areAskedForInPieces() throws Exception {
        sharePoint.on(PERMISSIONS, "{\"addinPermissions\":[]}");
        List<Principal> many = IntStream.range(0, 501)
                .mapToObj(i -> new Principal(
                        "00000000-0000-0000-0000-" + String.format("%012d", i), SharePointServer.TENANT, ""))
                .toList();

        assertThat(reads().permissions(many)).isEmpty();
        assertThat(sharePoint.bodies).hasSize(2);
        assertThat(sharePoint.bodies.get(1)).contains("000000000500").doesNotContain("000000000499");
    }

    // ---- what is not told is not absent

    @Test
    void m365_10_whenTheSiteCouldNotBeRead_itIsNoEmptyList() {
        sharePoint.on(
                PRINCIPALS,
                "{\"addinPrincipals\":[],\"errorsWithServerRelativeUrl\":[{\"serverRelativeUrl\":\"/\",\"errorMessage\":\"x\"}]}");

        assertThatThrownBy(() -> reads().principals()).hasMessageContaining("site_not_read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"odata.nextLink", "@odata.nextLink"})
    void m365_10_whenTheAnswerIsOnlyAPage_itIsNoWholeList(String name) {
        sharePoint.on(PRINCIPALS, "{\"addinPrincipals\":[],\"" + name + "\":\"https://evil.example/next\"}");

        assertThatThrownBy(() -> reads().principals()).hasMessageContaining("more_pages");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"text\"",
                "{}",
                "{\"addinPrincipals\":null}",
                "{\"addinPrincipals\":{}}",
                "{\"d\":{\"addinPrincipals\":[]}}",
                "<html>",
                "{\"addinPrincipals\":["
            })
    void whenTheAnswerIsNoAnswer_itIsMalformedAndNothingElse(String body) {
        sharePoint.on(PRINCIPALS, body);

        assertThatThrownBy(() -> reads().principals())
                .isInstanceOf(VendorCallException.class)
                .hasMessage("POST " + PRINCIPALS + ": status 200 malformed_answer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"addinPermissions\":[{\"appIdentifier\":\"x\"}]}",
                "{\"addinPermissions\":[{\"appIdentifier\":\"x\",\"allowAppOnly\":\"true\",\"tenantScopedPermissions\":[]}]}",
                "{\"addinPermissions\":[{\"appIdentifier\":\"x\",\"allowAppOnly\":true,\"tenantScopedPermissions\":{}}]}"
            })
    void whenAPermissionLacksWhatMatters_itIsMalformed(String body) {
        sharePoint.on(PERMISSIONS, body);

        assertThatThrownBy(() -> reads().permissions(List.of(new Principal(APP, SharePointServer.TENANT, ""))))
                .hasMessageContaining("malformed_answer");
    }

    @Test
    void whenSharePointKeepsNoRegistrationOrOnlyNulls_itIsTold() throws Exception {
        sharePoint.on(
                REGISTRATIONS,
                json(200, "{\"value\":[]}"),
                json(
                        200,
                        "{\"value\":[{\"appId\":\"" + APP
                                + "\",\"appIdentifier\":\"i\",\"title\":null,\"redirectUri\":null,\"appDomains\":null}]}"));

        assertThat(reads().registration(APP)).isEmpty();
        assertThat(reads().registration(APP)).contains(new SharePointReads.Registration("", List.of(), ""));
    }

    // ---- refusals

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | {\"odata.error\":{\"code\":\"-2147024891, System.UnauthorizedAccessException\",\"message\":{}}} | status 403 System.UnauthorizedAccessException",
                "403 | {\"error\":{\"code\":\"-2147024891, System.UnauthorizedAccessException\"}} | status 403 System.UnauthorizedAccessException",
                "401 | {\"error\":\"invalid_request\",\"error_description\":\"who knows\"} | status 401 invalid_request",
                "401 | Unsupported app only token. | status 401 unsupported_app_only_token",
                "401 | {\"error_description\":\"tok_secret_1\"} | status 401",
                "400 | {\"odata.error\":{\"code\":\"tok secret; oh\"}} | status 400",
                "404 | 404 FILE NOT FOUND | status 404"
            })
    void aRefusal_tellsItsCodeAndRequest_andNoSentence(int status, String body, String told) {
        sharePoint.on(PRINCIPALS, json(status, body));

        VendorCallException e = catchThrowableOfType(VendorCallException.class, () -> reads().principals());
        assertThat(e.getMessage()).isEqualTo("POST " + PRINCIPALS + ": " + told + " (request 0d62959d-101a)");
    }

    @Test
    void a401_isAnsweredWithOneNewToken() {
        sharePoint.on(PRINCIPALS, json(401, ""));

        VendorCallException e = catchThrowableOfType(VendorCallException.class, () -> reads().principals());

        assertThat(sharePoint.requests)
                .extracting(r -> r.getHeader("Authorization"))
                .containsExactly("Bearer tok_secret_1", "Bearer tok_secret_2");
        assertThat(e.refusal()).contains(Refusal.NO_RIGHTS); // a new token was given
    }

    @Test
    void a401_whenTheNewTokenIsAccepted_isForgotten() throws Exception {
        sharePoint.on(PRINCIPALS, json(401, ""), json(200, SharePointServer.principals(APP, "x")));

        assertThat(reads().principals()).hasSize(2);
        assertThat(sharePoint.refreshes).hasValue(2);
    }

    @Test
    void a403_isNoAccess() {
        sharePoint.on(PRINCIPALS, json(403, error("-2147024891, System.UnauthorizedAccessException")));

        VendorCallException e = catchThrowableOfType(VendorCallException.class, () -> reads().principals());
        assertThat(e.asLook(SharePointServer.NOW)).isInstanceOf(ProbeResult.NoAccess.class);
        assertThat(sharePoint.requests).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "429, 7, PT7S",
        "503, 7, PT7S",
        "429, 'Sat, 21 Nov 2026 00:00:05 GMT', PT5S",
        "503, soon, PT0.5S",
        "429, -1, PT0.5S"
    })
    void throttling_isWaitedForAsSharePointAsks(int status, String retryAfter, Duration waited) throws Exception {
        sharePoint.on(
                PRINCIPALS,
                json(status, "").setHeader("Retry-After", retryAfter),
                json(200, SharePointServer.principals()));

        assertThat(reads().principals()).hasSize(1);
        assertThat(sharePoint.waits).containsExactly(waited);
    }

    @Test
    void throttling_whenItLastsLongerThanACallMayWait_comesOutAsATime() {
        sharePoint.on(PRINCIPALS, json(429, "").setHeader("Retry-After", "600"));

        VendorCallException e = catchThrowableOfType(VendorCallException.class, () -> reads().principals());
        assertThat(e.asLook(SharePointServer.NOW))
                .isEqualTo(new ProbeResult.NotBefore(SharePointServer.NOW.plusSeconds(600), e.statement()));
        assertThat(sharePoint.requests).hasSize(1);
    }

    @Test
    void whenSharePointIsDown_onlyOurFourAttemptsAreMade() {
        sharePoint.on(PRINCIPALS, json(500, ""));

        assertThatThrownBy(() -> reads().principals())
                .hasMessage("POST " + PRINCIPALS + ": status 500 (request 0d62959d-101a)");
        assertThat(sharePoint.requests).hasSize(4);
    }

    // ---- the wire

    @Test
    void whenTheConnectionBreaks_theCallIsRepeatedByUs() throws Exception {
        sharePoint.on(
                PRINCIPALS,
                new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST),
                json(200, SharePointServer.principals()).setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY),
                json(200, "<html>busy</html>"),
                json(200, SharePointServer.principals(APP, "x")));

        assertThat(reads().principals()).hasSize(2);
        assertThat(sharePoint.requests).hasSize(4);
    }

    @Test
    void whenTheAnswerIsEndless_itIsBrokenOff() {
        sharePoint.on(PRINCIPALS, "[" + "\"aaaaaaa\",".repeat(1_000_000) + "1]");

        assertThatThrownBy(() -> reads().principals()).hasMessage("POST " + PRINCIPALS + ": no answer answer_too_long");
        assertThat(sharePoint.requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void whenSharePointRedirects_itIsNotFollowedAndTheTokenGoesNowhere(int status) throws Exception {
        try (SharePointServer elsewhere = new SharePointServer()) {
            sharePoint.on(PRINCIPALS, json(status, "").setHeader("Location", elsewhere.base() + PRINCIPALS));

            assertThatThrownBy(() -> reads().principals()).hasMessageContaining("status " + status + " redirect");
            assertThat(elsewhere.requests).isEmpty();
        }
    }

    @Test
    void whenTheTokenCannotBeSent_itIsNotQuoted() {
        SharePointConnection connection = sharePoint.connection(AccessTokens.singleFlight(
                spent -> new AccessTokens.Token("tok_secret\nX: y", Optional.empty()), SharePointServer.CLOCK));

        assertThatThrownBy(() -> connection.reads(HTTP).principals())
                .isInstanceOf(VendorCallException.class)
                .hasMessage("POST " + PRINCIPALS + ": no answer token_is_no_header")
                .hasNoCause();
        assertThat(sharePoint.requests).isEmpty();
    }

    @Test
    void noException_noText_andNoStackTraceHoldsAToken() {
        sharePoint.on(PRINCIPALS, json(403, error("tok_secret_1 is bad")));
        SharePointConnection connection = sharePoint.connection();

        Throwable e = catchThrowableOfType(
                VendorCallException.class, () -> connection.reads(HTTP).principals());
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        assertThat(trace + connection.toString() + connection.reads(HTTP))
                .doesNotContain("tok_secret")
                .contains("SharePointConnection[http://127.0.0.1:");
        assertThat(e).hasNoCause();
    }

    @Test
    void whenTheThreadIsInterrupted_theCallEndsWithTheInterruption() {
        sharePoint.on(PRINCIPALS, SharePointServer.principals());
        SharePointReads reads = reads();
        Thread.currentThread().interrupt();

        assertThatThrownBy(reads::principals).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    // ---- where a connection may lead

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example-admin.sharepoint.com",
                "http://127.0.0.1.evil.example",
                "http://user@127.0.0.1",
                "ftp://127.0.0.1",
                "https://example-admin.sharepoint.com?x=1",
                "https://example-admin.sharepoint.com/#x",
                "/_api"
            })
    void aConnection_leadsToHttpsOrThisMachineOnly(String address) {
        assertThatThrownBy(() -> SharePointConnection.builder(sharePoint.tokens())
                        .adminSite(URI.create(address))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("adminSite");
    }

    @Test
    void aConnection_needsItsAdminSite() {
        assertThatThrownBy(
                        () -> SharePointConnection.builder(sharePoint.tokens()).build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(SharePointConnection.builder(sharePoint.tokens())
                        .adminSite(SharePointAdminSite.parse("https://example-admin.sharepoint.com/"))
                        .build())
                .hasToString("SharePointConnection[https://example-admin.sharepoint.com]");
    }

    private SharePointReads reads() {
        return sharePoint.connection().reads(HTTP);
    }
}
