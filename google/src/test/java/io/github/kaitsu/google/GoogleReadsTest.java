package io.github.kaitsu.google;

import static io.github.kaitsu.contract.VendorServer.APP;
import static io.github.kaitsu.contract.VendorServer.NOW;
import static io.github.kaitsu.contract.VendorServer.QUARANTINE;
import static io.github.kaitsu.contract.VendorServer.TEMP;
import static io.github.kaitsu.google.GoogleLooks.AFTER;
import static io.github.kaitsu.google.GoogleLooks.PINNED;
import static io.github.kaitsu.google.GoogleServer.ACCOUNT;
import static io.github.kaitsu.google.GoogleServer.FILES;
import static io.github.kaitsu.google.GoogleServer.LICENCES;
import static io.github.kaitsu.google.GoogleServer.POLICIES;
import static io.github.kaitsu.google.GoogleServer.TOKENS;
import static io.github.kaitsu.google.GoogleServer.account;
import static io.github.kaitsu.google.GoogleServer.activity;
import static io.github.kaitsu.google.GoogleServer.error;
import static io.github.kaitsu.google.GoogleServer.files;
import static io.github.kaitsu.google.GoogleServer.granted;
import static io.github.kaitsu.google.GoogleServer.installed;
import static io.github.kaitsu.google.GoogleServer.json;
import static io.github.kaitsu.google.GoogleServer.log;
import static io.github.kaitsu.google.GoogleServer.newError;
import static io.github.kaitsu.google.GoogleServer.policies;
import static io.github.kaitsu.google.GoogleServer.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.consent.AuthorizationServer.Code;
import io.github.kaitsu.contract.VendorReadsContract;
import io.github.kaitsu.google.internal.AppLooks;
import io.github.kaitsu.google.internal.FolderLooks;
import io.github.kaitsu.google.internal.GoogleReads;
import io.github.kaitsu.google.internal.PreflightLooks;
import io.github.kaitsu.google.internal.SuperAdmin;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.vendor.ConnectedProbe;
import io.github.kaitsu.vendor.VendorCallException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleReadsTest extends VendorReadsContract {
    private static final ConnectedProbe.Question<GoogleReads> INSTALLED = SuperAdmin.look(AppLooks::installed);
    private static final ConnectedProbe.Question<GoogleReads> FOLDERS = SuperAdmin.look(FolderLooks::folders);
    private static final String OF_DRIVE = GoogleLooks.grants("900", APP, GoogleLooks.OF_DRIVE);
    private static final String OPEN =
            policies(policy("workspace_marketplace.apps_access_options", "{\"accessLevel\":\"ALLOW_ALL\"}"));

    private GoogleServer google;
    private GoogleConnection connection;

    @BeforeEach
    void start() throws Exception {
        google = new GoogleServer();
        connection = google.connection();
        sayTheUsual();
    }

    @Override
    protected void sayTheUsual() {
        google.admin();
        google.log("admin", "ADD_APPLICATION", installed(AFTER)).on(FILES, files("1", TEMP, "2", QUARANTINE));
        google.log("admin", "AUTHORIZE_API_CLIENT_ACCESS", granted(AFTER)).on(POLICIES, policies());
        google.on(TOKENS, OF_DRIVE);
        google.log("admin", "REMOVE_APPLICATION");
    }

    @AfterEach
    void stop() throws Exception {
        google.close();
    }

    @Override
    protected Class<?> texts() {
        return GoogleProvisioners.class;
    }

    private static GoogleReads slow(URI base, Duration limit) {
        return GoogleConnection.builder(tokens())
                .baseUrl(base)
                .callLimit(limit)
                .retry(retry())
                .build()
                .reads(Given.HTTP);
    }

    @Override
    protected Map<String, Call> reads() {
        return Map.of(
                "plain", (base, limit) -> slow(base, limit).me(),
                "directory", (base, limit) -> slow(base, limit).users(),
                "licences", (base, limit) -> slow(base, limit).editions("C012", sku -> false));
    }

    @Override
    protected Map<String, Call> tokenCalls() {
        return Map.of(
                "token",
                (base, limit) -> GoogleAuthorization.builder("client", "secret")
                        .tokenUrl(base)
                        .callLimit(limit)
                        .build()
                        .redeem(new Code(
                                "c",
                                URI.create("http://127.0.0.1:1/"),
                                Optional.of("v".repeat(43)),
                                GoogleConnection.SCOPES)));
    }

    private ProbeResult look(ConnectedProbe.Question<GoogleReads> question, String key, String answer)
            throws InterruptedException {
        google.on(key, answer);
        return look(connection.reads(Given.HTTP), question, PINNED);
    }

    private static String items(String... activities) {
        return "{\"items\":[" + String.join(",", activities) + "]}";
    }

    @Override
    protected List<Reading> readings() {
        String admin = log("admin") + "?";
        return List.of(
                new Reading(
                        "account",
                        "",
                        account(true, false, false),
                        true,
                        a -> look((g, c) -> PreflightLooks.admin(g, c, true), ACCOUNT, a)),
                new Reading(
                        "installation",
                        "items",
                        items(installed(AFTER)),
                        true,
                        a -> look(INSTALLED, admin + "ADD_APPLICATION", a)),
                new Reading(
                        "grant",
                        "items",
                        items(granted(AFTER)),
                        true,
                        a -> look(INSTALLED, admin + "AUTHORIZE_API_CLIENT_ACCESS", a)),
                new Reading(
                        "an installation that may have ended",
                        "items",
                        items(),
                        false,
                        a -> look(INSTALLED, admin + "REMOVE_APPLICATION", a)),
                new Reading(
                        "permission",
                        "items",
                        OF_DRIVE,
                        true,
                        a -> look(
                                SuperAdmin.look((g, me, c) -> AppLooks.permitted(g, me, c, CloudService.GOOGLE_DRIVE)),
                                TOKENS,
                                a)),
                new Reading(
                        "a permission that is gone",
                        "items",
                        GoogleLooks.grants("1", "Other", "x"),
                        false,
                        a -> look(SuperAdmin.lookAfterRemoval(AppLooks::permissionGone), TOKENS, a)),
                new Reading(
                        "a permission that is still there",
                        "items",
                        OF_DRIVE,
                        true,
                        a -> look(SuperAdmin.lookAfterRemoval(AppLooks::permissionGone), TOKENS, a)),
                new Reading("folders", "files", files("1", TEMP, "2", QUARANTINE), true, a -> look(FOLDERS, FILES, a)),
                new Reading("a folder that is missing", "files", files("1", TEMP), false, a -> look(FOLDERS, FILES, a)),
                new Reading(
                        "folders that are gone",
                        "files",
                        files("3", "x"),
                        false,
                        a -> look(SuperAdmin.lookAfterRemoval(FolderLooks::foldersGone), FILES, a)),
                new Reading(
                        "open policies",
                        "policies",
                        OPEN,
                        false,
                        a -> look(PreflightLooks::marketplaceAllowed, POLICIES, a)),
                new Reading(
                        "closed policies",
                        "policies",
                        policies(policy(
                                "workspace_marketplace.apps_access_options", "{\"accessLevel\":\"ALLOW_NONE\"}")),
                        true,
                        a -> look(PreflightLooks::marketplaceAllowed, POLICIES, a)),
                new Reading(
                        "no policies of APIs",
                        "policies",
                        OPEN,
                        false,
                        a -> look(PreflightLooks::apisAllowed, POLICIES, a)));
    }

    /** Google leaves out what is empty; what is not said of an account is not so. */
    @Override
    protected boolean meansSomethingElse(String reading, String change) {
        return change.matches("without /(items|policies)|/(items|policies) is null")
                || (reading.equals("account") && change.matches(".*/(suspended|archived).*"));
    }

    @ParameterizedTest
    @CsvSource({"null,1", "7,1", "{},1", "[],1"})
    void google4_licencesThatCannotBeRead_leaveItOpenWhetherThereIsAStarter(String odd, int many) throws Exception {
        google.on(LICENCES, "{\"items\":[{\"userId\":\"a@b\",\"skuId\":\"1010020020\"}," + odd + "]}");
        ProbeResult look = look(connection.reads(Given.HTTP), PreflightLooks::editions, PINNED);
        assertThat(look.seen().code()).isEqualTo("editions-not-all-read");
        assertThat(look.seen().besides().get(0).arguments()).endsWith("" + many);
    }

    // ---- words

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rateLimitExceeded",
                "userRateLimitExceeded",
                "quotaExceeded",
                "dailyLimitExceeded",
                "servingLimitExceeded",
                "concurrentLimitExceeded",
                "variableTermLimitExceeded",
                "RATE_LIMIT_EXCEEDED",
                "RESOURCE_QUOTA_EXCEEDED",
                "RESOURCE_EXHAUSTED",
                "dailyLimitExceededUnreg",
                "TOO_MANY_REQUESTS_2027",
            })
    void aQuotasWord_alsoOneThatNobodyKnows_isNoLackOfAccess(String word) throws Exception {
        for (var refusal : List.of(error(403, word), newError(403, word))) {
            google.on(ACCOUNT, refusal);
            VendorCallException e = catchThrowableOfType(
                    VendorCallException.class,
                    () -> connection.reads(Given.HTTP).account("107"));
            assertThat(e.retryable()).as(word).isTrue();
            assertThat(e.code()).contains(word);
            assertThat(e.asLook(NOW)).isInstanceOf(ProbeResult.Unclear.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "forbidden",
                "insufficientPermissions",
                "accessNotConfigured",
                "domainCannotUseApis",
                "SERVICE_DISABLED"
            })
    void anotherWord_isNoQuota(String word) {
        google.on(ACCOUNT, error(403, word));
        assertThat(catchThrowableOfType(
                                VendorCallException.class,
                                () -> connection.reads(Given.HTTP).account("107"))
                        .retryable())
                .isFalse();
    }

    // ---- time

    /** Google's events are from Google's now; our clock and the run's beginning are elsewhere. */
    @ParameterizedTest
    @ValueSource(ints = {-30, -1, 0, 1, 30})
    void eventsAndSpans_areComparedWithTheVendorsClock(int daysOff) throws Exception {
        Clock clock = Clock.fixed(NOW.plus(Duration.ofDays(daysOff)), ZoneOffset.UTC);
        google.on(ACCOUNT, json(200, account(true, false, false)).setHeader("Date", header(NOW)));
        removed(NOW.minusSeconds(100));
        assertThat(installation(clock).seen().code()).isEqualTo("app-removed-earlier");
        removed(NOW.plusSeconds(100));
        assertThat(installation(clock).seen().code()).isEqualTo("app-removed");

        google.forgetRequests();
        look(connection.reads(Given.HTTP), (g, c) -> PreflightLooks.admin(g, c, true), PINNED, clock);
        google.on(TOKENS, "{}");
        look(
                connection.reads(Given.HTTP),
                SuperAdmin.look((g, me, c) -> AppLooks.permitted(g, me, c, CloudService.GOOGLE_DRIVE)),
                PINNED,
                clock);
        assertThat(google.lines())
                .filteredOn(line -> line.contains("startTime"))
                .hasSizeGreaterThan(1)
                .allMatch(line -> line.contains("startTime=2026-11-20T0") || line.contains("startTime=2026-11-20T23"));
    }

    private void removed(Instant at) {
        google.log("admin", "ADD_APPLICATION", installed("2026-11-01T00:00:00Z")).log(
                "admin",
                "REMOVE_APPLICATION",
                activity(at.toString(), "-3", "REMOVE_APPLICATION", "APPLICATION_NAME", APP));
    }

    private ProbeResult installation(Clock clock) throws InterruptedException {
        return look(connection.reads(Given.HTTP), INSTALLED, PINNED, clock);
    }

    private static String header(Instant at) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atZone(ZoneOffset.UTC));
    }
}
