package io.github.kaitsu.dropbox;

import static io.github.kaitsu.contract.VendorServer.APP;
import static io.github.kaitsu.contract.VendorServer.NOW;
import static io.github.kaitsu.contract.VendorServer.QUARANTINE;
import static io.github.kaitsu.contract.VendorServer.TEMP;
import static io.github.kaitsu.dropbox.DropboxServer.admin;
import static io.github.kaitsu.dropbox.DropboxServer.events;
import static io.github.kaitsu.dropbox.DropboxServer.folder;
import static io.github.kaitsu.dropbox.DropboxServer.json;
import static io.github.kaitsu.dropbox.DropboxServer.line;
import static io.github.kaitsu.dropbox.DropboxServer.namespaces;
import static io.github.kaitsu.dropbox.DropboxServer.team;
import static io.github.kaitsu.dropbox.DropboxServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.consent.AuthorizationServer.Code;
import io.github.kaitsu.contract.VendorReadsContract;
import io.github.kaitsu.dropbox.internal.DropboxLooks;
import io.github.kaitsu.dropbox.internal.DropboxReads;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.vendor.ConnectedProbe;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DropboxReadsTest extends VendorReadsContract {
    private static final String LINK = "app_link_team";
    private static final String UNLINK = "app_unlink_team";
    private static final Map<String, String> TENANT = Map.of("tenant.DROPBOX", "dbtid:AAteam");
    private static final Map<String, String> OWNED =
            Map.of("tenant.DROPBOX", "dbtid:AAteam", "dropbox.folder-owner", DropboxServer.ADMIN_ID);
    private static final String LINKED = line(LINK, "2026-11-21T00:10:00Z", "dbaid:1", APP);

    private DropboxServer dropbox;
    private DropboxConnection connection;

    @BeforeEach
    void start() throws Exception {
        dropbox = new DropboxServer();
        connection = dropbox.connection();
        sayTheUsual();
    }

    @Override
    protected void sayTheUsual() {
        dropbox.withFolders()
                .log(LINK, LINKED)
                .log(UNLINK)
                .log("app_blocked_by_permissions")
                .on(DropboxServer.INFO, team(250))
                .on(DropboxServer.ADMIN, admin("active"));
    }

    @AfterEach
    void stop() throws Exception {
        dropbox.close();
    }

    @Override
    protected Class<?> texts() {
        return DropboxProvisioner.class;
    }

    @Override
    protected Map<String, Call> reads() {
        return Map.of(
                "POST",
                (base, limit) -> DropboxConnection.builder(tokens())
                        .baseUrl(base)
                        .callLimit(limit)
                        .retry(retry())
                        .build()
                        .reads(DropboxServer.HTTP)
                        .team());
    }

    @Override
    protected Map<String, Call> tokenCalls() {
        return Map.of(
                "token",
                (base, limit) -> DropboxAuthorization.builder("client")
                        .baseUrl(base)
                        .callLimit(limit)
                        .build()
                        .redeem(new Code(
                                "c",
                                URI.create("http://127.0.0.1:1/"),
                                Optional.of("v".repeat(43)),
                                Set.of("events.read"))));
    }

    private ProbeResult look(
            ConnectedProbe.Question<DropboxReads> question, Map<String, String> facts, String key, String answer)
            throws InterruptedException {
        dropbox.on(key, answer);
        return look(connection.reads(DropboxServer.HTTP), question, facts);
    }

    @Override
    protected List<Reading> readings() {
        String both = namespaces("83", "Docs", "shared_folder", "84", TEMP, "shared_folder");
        return List.of(
                new Reading(
                        "team", "", team(250), true, a -> look(DropboxLooks::users, Map.of(), DropboxServer.INFO, a)),
                new Reading(
                        "administrator",
                        "",
                        admin("active"),
                        true,
                        a -> look(DropboxLooks::admin, Map.of(), DropboxServer.ADMIN, a)),
                new Reading(
                        "link",
                        "events",
                        events(LINKED),
                        true,
                        a -> look(
                                DropboxLooks.inTeam(DropboxLooks::appLinked),
                                TENANT,
                                DropboxServer.EVENTS + " " + LINK,
                                a)),
                new Reading(
                        "a link that may have ended",
                        "events",
                        events(),
                        false,
                        a -> look(
                                DropboxLooks.inTeam(DropboxLooks::appLinked),
                                TENANT,
                                DropboxServer.EVENTS + " " + UNLINK,
                                a)),
                new Reading(
                        "no refusal",
                        "events",
                        events(),
                        false,
                        a -> look(
                                DropboxLooks.inTeam(DropboxLooks::appAllowed),
                                TENANT,
                                DropboxServer.EVENTS + " app_blocked_by_permissions",
                                a)),
                new Reading(
                        "folders",
                        "namespaces",
                        both,
                        true,
                        a -> look(DropboxLooks.inTeam(DropboxLooks::folders), OWNED, DropboxServer.NAMESPACES, a)),
                new Reading(
                        "a folder that is missing",
                        "namespaces",
                        namespaces("83", "Docs", "shared_folder"),
                        false,
                        a -> look(DropboxLooks.inTeam(DropboxLooks::folders), OWNED, DropboxServer.NAMESPACES, a)),
                new Reading(
                        "quarantine folder",
                        "",
                        folder("id:q", QUARANTINE),
                        true,
                        a -> look(
                                DropboxLooks.inTeam(DropboxLooks::folders),
                                OWNED,
                                DropboxServer.METADATA + " /" + QUARANTINE,
                                a)));
    }

    // ---- words

    @ParameterizedTest
    @ValueSource(strings = {"frozen", "deactivated_2027"})
    void anUnknownStatus_isNoRefusal_andIsSaid(String status) throws Exception {
        assertThat(look(DropboxLooks::admin, Map.of(), DropboxServer.ADMIN, admin(status)))
                .isEqualTo(ProbeResult.unclear("unknown-word", status));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | This app is currently disabled. | This app is currently disabled.",
                "400 | Error in call to API function \"team/get_info\": Invalid select user id format "
                        + "| Error in call to API function \"team/get_info\": Invalid select user id format",
                "400 | Invalid authorization value in HTTP header \"Authorization\": \"Bearer tok_secret_1\". "
                        + "| Invalid authorization value in HTTP header \"Authorization\": \"Bearer …\".",
                "400 | Your app tok_secret_12345678901234567890123456789012345678901234567890 | Your app …",
                "503 | <html><h1>Service <b>Unavailable</b></h1></html> | Service Unavailable",
                "400 | {\"error\":\"invalid_request: tok_secret_1 is bad\"} | invalid_request",
            })
    void plainText_isKept_withoutWhatWasSent(int status, String body, String quote) throws Exception {
        dropbox.on(
                DropboxServer.INFO, status == 400 && !body.startsWith("{") ? text(status, body) : json(status, body));
        ProbeResult look = look(connection.reads(DropboxServer.HTTP), DropboxLooks::users, Map.of());
        assertThat(look.seen().quote()).isEqualTo(quote);
    }

    // ---- time

    /** The vendor's lines are from the vendor's now; our clock and the run's beginning are elsewhere. */
    @ParameterizedTest
    @CsvSource({"-30", "-1", "0", "1", "30"})
    void datesOfTheLog_areComparedWithTheVendorsClock(int daysOff) throws Exception {
        Instant ours = NOW.plus(Duration.ofDays(daysOff));
        dropbox.on(DropboxServer.INFO, json(200, team(250)).setHeader("Date", header(NOW)))
                .on(DropboxServer.ADMIN, json(200, admin("active")).setHeader("Date", header(NOW)));
        for (String kind : List.of(LINK, UNLINK, "app_blocked_by_permissions", "app_permissions_changed")) {
            dropbox.on(DropboxServer.EVENTS + " " + kind, json(200, events()).setHeader("Date", header(NOW)));
        }
        Clock clock = Clock.fixed(ours, ZoneOffset.UTC);

        String blocked =
                line("app_blocked_by_permissions", NOW.minus(Duration.ofDays(6)).toString(), "dbaid:1", APP);
        on("app_blocked_by_permissions", blocked);
        assertThat(((ProbeResult.Holds)
                                look(connection.reads(DropboxServer.HTTP), DropboxLooks::admin, Map.of(), clock))
                        .facts())
                .containsKey("dropbox.app-blocked");
        on("app_blocked_by_permissions", blocked.replace("11-15", "11-13"));
        assertThat(((ProbeResult.Holds)
                                look(connection.reads(DropboxServer.HTTP), DropboxLooks::admin, Map.of(), clock))
                        .facts())
                .doesNotContainKey("dropbox.app-blocked");

        on("app_blocked_by_permissions");
        on(UNLINK, line(UNLINK, NOW.minusSeconds(100).toString(), "dbaid:1", APP));
        assertThat(linked(clock)).isInstanceOf(ProbeResult.Unclear.class); // before the run
        on(UNLINK, line(UNLINK, NOW.plusSeconds(100).toString(), "dbaid:1", APP));
        assertThat(linked(clock).seen().code()).isEqualTo("app-unlinked");
        on(LINK, line(LINK, NOW.plusSeconds(200).toString(), "dbaid:1", APP));
        assertThat(linked(clock).seen().code()).isEqualTo("app-linked");
    }

    private void on(String kind, String... lines) {
        dropbox.on(DropboxServer.EVENTS + " " + kind, json(200, events(lines)).setHeader("Date", header(NOW)));
    }

    private ProbeResult linked(Clock clock) throws InterruptedException {
        return look(connection.reads(DropboxServer.HTTP), DropboxLooks.inTeam(DropboxLooks::appLinked), TENANT, clock);
    }

    private static String header(Instant at) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atZone(ZoneOffset.UTC));
    }
}
