package io.github.kaitsu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.contract.VendorContract;
import io.github.kaitsu.sandbox.internal.View;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sandbox's Dropbox for programs; every answer is checked against the contract. */
class DropboxApiTest {
    private static final String TEMP = "trendmicro_cas_temp__dont_change_or_delete";
    private static final String QUARANTINE = "trendmicro_cas_quarantine__dont_change_or_delete";
    private static final String APP = "Trend Micro Cloud App Security";

    private final CheckedCalls calls = new CheckedCalls(VendorContract.dropbox());
    private Sandbox sandbox;
    private Walk walk;
    private String token;

    @BeforeEach
    void start() {
        start(Sandbox.builder().users(1_203));
    }

    private void start(Sandbox.Builder builder) {
        if (sandbox != null) {
            sandbox.close();
        }
        sandbox = builder.start();
        walk = new Walk(sandbox);
        token = sandbox.mintTokens(CloudService.Provider.DROPBOX).accessToken();
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void teamAndAdministrator_areTheSandboxs() {
        JsonNode team = ok("team/get_info", "null");
        assertThat(team.at("/team_id").asText()).isEqualTo(sandbox.tenant(CloudService.Provider.DROPBOX));
        assertThat(team.at("/num_provisioned_users").asInt()).isEqualTo(1_203);
        JsonNode admin = ok("team/token/get_authenticated_admin", "null").at("/admin_profile");
        assertThat(admin.at("/email").asText()).isEqualTo(sandbox.administrator());
        assertThat(admin.at("/member_folder_id")).isNotEqualTo(admin.at("/root_folder_id"));
    }

    @Test
    void namespaces_comeInPagesWithDuplicates_andTheTempFolderAmongThemOnceItIsMade() {
        assertThat(namespaces()).extracting(n -> n.at("/name").asText()).contains(TEMP + " (1)");
        assertThat(namespaces()).noneMatch(DropboxApiTest::isTempFolder);
        link();
        List<JsonNode> all = namespaces();
        assertThat(all).anyMatch(DropboxApiTest::isTempFolder);
        assertThat(all).hasSizeGreaterThan(1_203).doesNotHaveDuplicates().isNotEmpty();
    }

    @Test
    void theLog_isLateUnsortedAndBeginsWithAnEmptyPage() {
        link();
        assertThat(ok("team_log/get_events", "{\"event_type\":\"app_link_team\"}")
                        .at("/events"))
                .isEmpty();
        assertThat(lines("app_link_team"))
                .as("the synchronisation takes longer than the log")
                .contains(APP);
        disconnect();
        assertThat(lines("app_unlink_team")).doesNotContain(APP);
        sandbox.clock().advance(Duration.ofMinutes(3));
        assertThat(lines("app_unlink_team")).contains(APP);
    }

    @Test
    void theLog_withoutAFilter_hasOtherAppsLines_andWithATimeOnlyWhatFits() {
        assertThat(page("{\"limit\":1000}")).hasSizeGreaterThan(4);
        assertThat(page("{\"limit\":1}")).hasSize(page("{}").size());
        assertThat(page("{\"category\":{\".tag\":\"groups\"}}")).isEmpty();
        assertThat(page("{\"time\":{\"start_time\":\"2100-01-01T00:00:00Z\"}}")).isEmpty();
        String both = "{\"category\":\"apps\",\"event_type\":\"app_link_team\"}";
        assertThat(call("team_log/get_events", both).body()).contains("invalid_filters");
    }

    @Test
    void aCursor_thatIsNoneIsBad_andOneOfLastWeekIsReset() {
        assertThat(call("team_log/get_events/continue", "{\"cursor\":\"x\"}").body())
                .contains("bad_cursor");
        assertThat(call("team/namespaces/list/continue", "{\"cursor\":\"x\"}").body())
                .contains("invalid_cursor");
        String cursor = ok("team_log/get_events", "{}").at("/cursor").asText();
        sandbox.clock().advance(Duration.ofDays(4));
        token = sandbox.mintTokens(CloudService.Provider.DROPBOX).accessToken();
        HttpResponse<String> late = call("team_log/get_events/continue", "{\"cursor\":\"" + cursor + "\"}");
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("\"reset\":\"20");
    }

    @Test
    void aMembersFolder_isSeenAsThatMember_andTheQuarantineFolderByTheAdministratorAlone() {
        String admin = adminId();
        String member = namespaces().get(5).at("/team_member_id").asText();
        assertThat(metadata(admin, TEMP, Map.of()).statusCode()).isEqualTo(409);
        link();
        assertThat(metadata(admin, TEMP, Map.of()).body()).contains("shared_folder_id");
        assertThat(metadata(admin, QUARANTINE, Map.of()).statusCode()).isEqualTo(200);
        assertThat(metadata(member, TEMP, Map.of()).statusCode()).isEqualTo(200);
        assertThat(metadata(member, QUARANTINE, Map.of()).body()).contains("path/not_found");
        assertThat(metadata("dbmid:nobody", TEMP, Map.of()).body()).contains("invalid_select_user");
        walk.visitor.press(walk.signIn(walk.at(sandbox.dropbox(), "/home")), "削除");
        assertThat(metadata(admin, QUARANTINE, Map.of()).body()).contains("path/not_found");
        assertThat(namespaces()).noneMatch(DropboxApiTest::isTempFolder);
    }

    @Test
    void thePathRoot_isTheMembersOwnFolder_theTeamsRoot_orRefused() {
        link();
        String admin = adminId();
        String root = ok("team/token/get_authenticated_admin", "null")
                .at("/admin_profile/root_folder_id")
                .asText();
        assertThat(metadata(admin, TEMP, pathRoot("{\".tag\":\"home\"}")).statusCode())
                .isEqualTo(200);
        assertThat(metadata(admin, TEMP, pathRoot("{\".tag\":\"root\",\"root\":\"" + root + "\"}"))
                        .body())
                .contains("path/not_found");
        HttpResponse<String> other = metadata(admin, TEMP, pathRoot("{\".tag\":\"root\",\"root\":\"1\"}"));
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("invalid_root", root);
        assertThat(metadata(admin, TEMP, pathRoot("{\".tag\":\"namespace_id\",\"namespace_id\":\"1\"}"))
                        .body())
                .contains("no_permission");
    }

    @ParameterizedTest
    @CsvSource({
        "team/get_info, null, team_info.read",
        "team/token/get_authenticated_admin, null, team_info.read",
        "team/namespaces/list, {}, team_data.member",
        "team_log/get_events, {}, events.read",
        "files/get_metadata, '{\"path\":\"/x\"}', team_data.member",
    })
    void aToken_withoutTheScope_isRefusedInDropboxsWords(String function, String body, String scope) {
        token = sandbox.mintTokens(CloudService.Provider.DROPBOX, "account_info.read")
                .accessToken();
        HttpResponse<String> refused = call(function, body);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("missing_scope", scope);
        assertThat(refused.headers().firstValue("X-Dropbox-Request-Id")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "team/get_info, '{}', expected null",
        "team/namespaces/list, '{', could not decode",
        "team/namespaces/list, null, expected object",
        "team_log/get_events, '{\"x\":1}', unknown field",
        "team_log/get_events, '{\"limit\":1001}', limit",
        "files/get_metadata, '{\"path\":\"/x\"}', single Dropbox account",
        "files/delete_v2, '{\"path\":\"/x\"}', Unknown API function",
    })
    void aCall_thatIsWrong_isRefusedInPlainText(String function, String body, String why) {
        HttpResponse<String> refused = CheckedCalls.send(
                HttpClient.newHttpClient(),
                HttpRequest.newBuilder(URI.create(sandbox.dropboxApi() + "/2/" + function))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains(why);
        assertThat(refused.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
    }

    @Test
    void throttling_isDropboxs() {
        sandbox.faults().next(1, "/2/team/get_info", Fault.tooManyRequests(Duration.ofSeconds(7)));
        HttpResponse<String> refused = call("team/get_info", "null");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("7");
    }

    // ---- steps of the tests

    private void link() {
        walk.openConsole();
        walk.link(CloudService.DROPBOX);
        sandbox.clock().advance(Duration.ofHours(1));
    }

    private void disconnect() {
        View apps = walk.signIn(walk.at(sandbox.dropbox(), "/team/admin/settings/team_apps"));
        walk.visitor.press(apps, "接続解除");
    }

    private List<JsonNode> namespaces() {
        List<JsonNode> all = new ArrayList<>();
        boolean repeats = false;
        JsonNode page = ok("team/namespaces/list", "{\"limit\":7}");
        while (true) {
            for (JsonNode n : page.at("/namespaces")) {
                repeats |= all.contains(n);
                if (!all.contains(n)) {
                    all.add(n);
                }
            }
            if (!page.at("/has_more").asBoolean()) {
                assertThat(repeats).as("duplicates, as published").isTrue();
                return all;
            }
            page = ok("team/namespaces/list/continue", "{\"cursor\":" + page.at("/cursor") + "}");
        }
    }

    private static boolean isTempFolder(JsonNode n) {
        return n.at("/name").asText().equals(TEMP)
                && n.at("/namespace_type/.tag").asText().equals("shared_folder");
    }

    private List<String> lines(String type) {
        return page("{\"event_type\":{\".tag\":\"" + type + "\"}}").stream()
                .map(e -> e.at("/details/app_info/display_name").asText())
                .toList();
    }

    private List<JsonNode> page(String arguments) {
        List<JsonNode> all = new ArrayList<>();
        JsonNode page = ok("team_log/get_events", arguments);
        page.at("/events").forEach(all::add);
        while (page.at("/has_more").asBoolean()) {
            page = ok("team_log/get_events/continue", "{\"cursor\":" + page.at("/cursor") + "}");
            page.at("/events").forEach(all::add);
        }
        return all;
    }

    private String adminId() {
        return ok("team/token/get_authenticated_admin", "null")
                .at("/admin_profile/team_member_id")
                .asText();
    }

    private HttpResponse<String> metadata(String member, String name, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Dropbox-API-Select-User", member);
        return checked("files/get_metadata", "{\"path\":\"/" + name + "\"}", all);
    }

    private static Map<String, String> pathRoot(String value) {
        return Map.of("Dropbox-API-Path-Root", value);
    }

    private JsonNode ok(String function, String body) {
        return CheckedCalls.granted(call(function, body));
    }

    private HttpResponse<String> call(String function, String body) {
        return checked(function, body, Map.of());
    }

    private HttpResponse<String> checked(String function, String body, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Authorization", "Bearer " + token);
        all.put("Content-Type", "application/json");
        return calls.post(sandbox.dropboxApi() + "/2/" + function, all, body);
    }
}
