package io.github.kaitsu.box;

import static io.github.kaitsu.box.BoxServer.collaborations;
import static io.github.kaitsu.box.BoxServer.configuration;
import static io.github.kaitsu.box.BoxServer.groups;
import static io.github.kaitsu.box.BoxServer.items;
import static io.github.kaitsu.box.BoxServer.json;
import static io.github.kaitsu.box.BoxServer.me;
import static io.github.kaitsu.contract.VendorServer.QUARANTINE;
import static io.github.kaitsu.contract.VendorServer.TEMP;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.Statement;
import io.github.kaitsu.box.internal.BoxLooks;
import io.github.kaitsu.box.internal.BoxReads;
import io.github.kaitsu.consent.AuthorizationServer.Code;
import io.github.kaitsu.contract.VendorReadsContract;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.vendor.ConnectedProbe;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.mockwebserver.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoxReadsTest extends VendorReadsContract {
    private static final String ME = "/2.0/users/me";
    private static final String ROOT = "/2.0/folders/0/items";
    private static final String IN_FOLDER = "/2.0/folders/71/collaborations";
    private static final Map<String, String> KNOWN = Map.of("tenant.BOX", "900", "box.temp-folder-id", "71");
    private static final String BOTH = items(null, "70", "Docs", "71", TEMP, "72", QUARANTINE);

    private BoxServer box;
    private BoxConnection connection;

    @BeforeEach
    void start() throws Exception {
        box = new BoxServer();
        connection = box.connection();
        sayTheUsual();
    }

    @Override
    protected void sayTheUsual() {
        box.on(ME, me("admin"))
                .on(ROOT, BOTH)
                .on("/2.0/groups", groups(2, "80", TEMP + "_old", "81", TEMP))
                .on(IN_FOLDER, collaborations("81", "editor", "accepted"));
    }

    @AfterEach
    void stop() throws Exception {
        box.close();
    }

    @Override
    protected Class<?> texts() {
        return BoxProvisioner.class;
    }

    @Override
    protected Map<String, Call> reads() {
        return Map.of(
                "GET",
                (base, limit) -> BoxConnection.builder(tokens())
                        .baseUrl(base)
                        .callLimit(limit)
                        .retry(retry())
                        .build()
                        .reads()
                        .me());
    }

    @Override
    protected Map<String, Call> tokenCalls() {
        return Map.of("token", (base, limit) -> redeem(base, limit));
    }

    private static void redeem(URI base, Duration limit) throws InterruptedException {
        BoxAuthorization.builder("client", "secret")
                .baseUrl(base)
                .callLimit(limit)
                .build()
                .redeem(new Code("c", URI.create("http://127.0.0.1:1/"), Optional.empty(), Set.of("root_readonly")));
    }

    private ProbeResult look(ConnectedProbe.Question<BoxReads> question, String path, String answer)
            throws InterruptedException {
        box.on(path, answer);
        return look(connection.reads(), question, KNOWN);
    }

    private ProbeResult folders(String answer) throws InterruptedException {
        return look(BoxLooks.byAdmin(BoxLooks::folders), ROOT, answer);
    }

    @Override
    protected List<Reading> readings() {
        return List.of(
                new Reading("administrator", "", me("admin"), true, a -> look(BoxLooks::admin, ME, a)),
                new Reading(
                        "users",
                        "",
                        "{\"total_count\":5,\"entries\":[{\"type\":\"user\",\"id\":\"1\"}]}",
                        true,
                        a -> look(BoxLooks::users, "/2.0/users", a)),
                new Reading(
                        "settings",
                        "",
                        configuration("{\"is_used\":true,\"value\":false}"),
                        true,
                        a -> look(BoxLooks::rootCreation, "/2.0/enterprise_configurations/900", a)),
                new Reading("folders", "entries", BOTH, true, this::folders),
                new Reading("a folder that is missing", "entries", items(null, "71", TEMP), false, this::folders),
                new Reading(
                        "a folder that is still there",
                        "entries",
                        BOTH,
                        true,
                        a -> look(BoxLooks.byAdmin(BoxLooks.folderGone(TEMP)), ROOT, a)),
                new Reading(
                        "a folder that is gone",
                        "entries",
                        items(null, "70", "Docs"),
                        false,
                        a -> look(BoxLooks.byAdmin(BoxLooks.folderGone(TEMP)), ROOT, a)),
                new Reading(
                        "group",
                        "entries",
                        groups(1, "81", TEMP),
                        true,
                        a -> look(BoxLooks.byAdmin(BoxLooks::group), "/2.0/groups", a)),
                new Reading(
                        "a group that is gone",
                        "entries",
                        groups(1, "80", "other"),
                        false,
                        a -> look(BoxLooks.byAdmin(BoxLooks::groupGone), "/2.0/groups", a)),
                new Reading(
                        "collaborations",
                        "entries",
                        collaborations("81", "editor", "accepted"),
                        true,
                        a -> look(BoxLooks.byAdmin(BoxLooks::group), IN_FOLDER, a)),
                new Reading(
                        "a group that is not in the folder",
                        "entries",
                        collaborations("99", "editor", "accepted"),
                        false,
                        a -> look(BoxLooks.byAdmin(BoxLooks::group), IN_FOLDER, a)));
    }

    /** An account without an enterprise; somebody who is only invited by mail. */
    @Override
    protected boolean meansSomethingElse(String reading, String change) {
        return change.equals("/enterprise is null") || change.endsWith("/accessible_by is null");
    }

    // ---- kinds that no document names

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"app_item\",\"id\":\"9\",\"name\":\"Sign request\"}",
                "{\"id\":\"9\",\"name\":\"x\"}",
                "{\"type\":\"hologram\",\"id\":\"9\",\"name\":\"x\",\"owned_by\":{\"type\":\"robot\"}}",
                "{\"type\":null,\"id\":\"9\",\"name\":\"x\"}",
                "{\"type\":7,\"id\":\"9\",\"name\":\"x\"}",
            })
    void box2_whenTheRootHasAnItemOfAnotherKind_bothFoldersAreFound_andAMissingOneIsMissing(String item)
            throws Exception {
        for (String with : List.of(
                BOTH.replace("\"entries\":[", "\"entries\":[" + item + ","), BOTH.replace("}]}", "}," + item + "]}"))) {
            ProbeResult look = folders(with);
            assertThat(look.seen().code()).isEqualTo("folders-found");
            assertThat(look.seen().besides())
                    .containsExactly(Statement.of("elements-not-read", "GET /2.0/folders/0/items", 1));
        }
        assertThat(folders(items(null, "71", TEMP).replace("}]}", "}," + item + "]}")))
                .isInstanceOf(ProbeResult.Fails.class); // it has another name
        assertThat(folders(items(null, "71", TEMP)
                        .replace(
                                "}]}",
                                "},"
                                        + item.replace("\"x\"", "\"" + QUARANTINE + "\"")
                                                .replace("\"Sign request\"", "\"" + QUARANTINE + "\"")
                                        + "]}")))
                .isEqualTo(ProbeResult.unclear("not-among-what-was-read")
                        .besides(List.of(Statement.of("elements-not-read", "GET /2.0/folders/0/items", 1))));
    }

    @Test
    void box2_oddItemsOfSeveralPages_areCountedTogether() throws Exception {
        box.on(ROOT, items("m1", "1", "Docs").replace("}]}", "},null,7]}"), BOTH.replace("}]}", "},{}]}"));
        ProbeResult look = look(connection.reads(), BoxLooks.byAdmin(BoxLooks::folders), KNOWN);
        assertThat(look.seen().besides())
                .containsExactly(Statement.of("elements-not-read", "GET /2.0/folders/0/items", 3));
    }

    @Test
    void anUnknownWord_isNoRefusal_andIsSaid() throws Exception {
        assertThat(look(BoxLooks::admin, ME, me("owner_of_2027")))
                .isEqualTo(ProbeResult.unclear("unknown-word", "owner_of_2027"));
        assertThat(look(BoxLooks::admin, ME, me("admin").replace("active", "dormant")))
                .isEqualTo(ProbeResult.unclear("unknown-word", "dormant"));
        box.on(ME, me("admin"));
        assertThat(look(BoxLooks.byAdmin(BoxLooks::group), IN_FOLDER, collaborations("81", "editor", "under_review")))
                .isEqualTo(ProbeResult.unclear("unknown-word", "under_review"));
    }

    // ---- the vendor's words and date

    /** Box writes what is wrong with a token in the header alone (RFC 6750). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | invalid_token | The access token provided has expired. | invalid_token: The access token provided has expired.",
                "401 | invalid_token | Token tok_secret_1 is bad | invalid_token: Token … is bad",
                "403 | insufficient_scope | '' | insufficient_scope",
            })
    void theChallengesErrorAndDescription_areKept(int status, String error, String description, String quote)
            throws Exception {
        MockResponse refusal = json(status, "")
                .setHeader(
                        "WWW-Authenticate",
                        "Bearer realm=\"Service\", error=\"" + error + "\", error_description=\"" + description + "\"");
        box.on(ME, refusal);
        ProbeResult look = look(connection.reads(), BoxLooks::admin, KNOWN);
        // after a refusal the token is another one
        assertThat(look.seen().quote().replace("tok_secret_1", "…")).isEqualTo(quote);
    }

    @Test
    void anHtmlPagesTitle_isKept() throws Exception {
        box.on(ME, json(502, "<html><head><title>502 Bad\n Gateway</title></head><body>x</body></html>"));
        assertThat(look(connection.reads(), BoxLooks::admin, KNOWN).seen().quote())
                .isEqualTo("502 Bad Gateway");
    }

    @Test
    void aDateToComeAgain_isComparedWithTheVendorsOwn() throws Exception {
        box.on(
                ME,
                json(429, "{}")
                        .setHeader("Date", "Mon, 21 Dec 2026 00:00:00 GMT")
                        .setHeader("Retry-After", "Mon, 21 Dec 2026 00:00:05 GMT"),
                json(200, me("admin")));
        look(connection.reads(), BoxLooks::admin, KNOWN);
        assertThat(box.waits).containsExactly(Duration.ofSeconds(5));
    }
}
