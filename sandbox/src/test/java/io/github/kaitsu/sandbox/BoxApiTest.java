package io.github.kaitsu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kaitsu.CloudService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Box for programs: real shapes, paging, neighbours that look alike, tokens that are good once. */
class BoxApiTest {
    private static final String TEMP = "trendmicro_cas_temp__dont_change_or_delete";
    private static final String QUARANTINE = "trendmicro_cas_quarantine__dont_change_or_delete";

    @Test
    void box1_roleIsOnlyThereWhenAskedFor() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            BoxCalls box = new BoxCalls(sandbox);
            assertThat(box.get("/2.0/users/me").has("role")).isFalse();
            JsonNode me = box.get("/2.0/users/me?fields=id,login,role,enterprise,status");
            assertThat(me.get("role").asText()).isEqualTo("admin");
            assertThat(me.get("login").asText()).isEqualTo(sandbox.administrator());
            assertThat(me.has("language")).isFalse();
            String enterprise = me.at("/enterprise/id").asText();
            String path = "/2.0/enterprise_configurations/" + enterprise + "?categories=content_and_sharing";
            assertThat(box.get(path)
                            .at("/content_and_sharing/is_root_content_creation_restricted/value")
                            .asBoolean())
                    .isFalse();
            assertThat(box.call(path, "").statusCode()).isEqualTo(400);
            assertThat(box.call("/2.0/enterprise_configurations/1?categories=security", "2025.0")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void box1_whenCoAdmin_theRoleSaysSoAndTheEnterpriseIsClosed() {
        try (Sandbox sandbox =
                Sandbox.builder().scenario(Scenario.parse("co-admin")).start()) {
            BoxCalls box = new BoxCalls(sandbox);
            assertThat(box.get("/2.0/users/me?fields=role").get("role").asText())
                    .isEqualTo("coadmin");
            HttpResponse<String> refused = box.call("/2.0/users?limit=1", "");
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("access_denied_insufficient_permissions");
        }
    }

    @Test
    void common11_usersCarryTheirNumber() {
        try (Sandbox sandbox = Sandbox.builder().users(12_345).start()) {
            BoxCalls box = new BoxCalls(sandbox);
            JsonNode page = box.get("/2.0/users?user_type=managed&limit=1&fields=id");
            assertThat(page.get("total_count").asInt()).isEqualTo(12_345);
            assertThat(page.get("entries")).hasSize(1);
            assertThat(box.call("/2.0/users?offset=10001", "").statusCode()).isEqualTo(400);
            JsonNode marked = box.get("/2.0/users?usemarker=true&limit=1000");
            assertThat(marked.get("entries")).hasSize(1000);
            assertThat(marked.get("next_marker").isTextual()).isTrue();
        }
    }

    @Test
    void box2_foldersGroupAndSharingAppearALittleBeforeSuccess() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            BoxCalls box = new BoxCalls(sandbox);
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            walk.link(CloudService.BOX);
            assertThat(folder(box, TEMP)).isEmpty();
            sandbox.clock().advance(Duration.ofMinutes(4));
            assertThat(walk.lists()).doesNotContain("保護されています");
            String temp = folder(box, TEMP).orElseThrow();
            assertThat(folder(box, QUARANTINE)).isPresent();
            JsonNode groups = box.get("/2.0/groups?filter_term=" + TEMP);
            assertThat(names(groups)).containsExactly(TEMP + "_old", TEMP);
            String group = groups.at("/entries/1/id").asText();
            JsonNode shared = box.get("/2.0/folders/" + temp + "/collaborations");
            assertThat(shared.at("/entries/0/accessible_by/id").asText()).isEqualTo(group);
            assertThat(shared.at("/entries/0/role").asText()).isEqualTo("editor");
            assertThat(members(box, group)).isEqualTo(25);
            sandbox.clock().advance(Duration.ofMinutes(4));
            assertThat(members(box, group)).isEqualTo(50);
            JsonNode events = box.get("/2.0/events?stream_type=admin_logs"
                    + "&event_type=USER_AUTHENTICATE_OAUTH2_ACCESS_TOKEN_CREATE,GROUP_CREATION&limit=500");
            assertThat(events.toString()).contains("Cloud App Security", "GROUP_CREATION");
            String position = events.get("next_stream_position").asText();
            assertThat(box.get("/2.0/events?stream_type=admin_logs&stream_position=" + position)
                            .get("entries"))
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void box2_rootIsPagedByMarkerAndHoldsNeighbours() {
        try (Sandbox sandbox =
                Sandbox.builder().scenario(Scenario.parse("leftover-folders")).start()) {
            BoxCalls box = new BoxCalls(sandbox);
            List<String> names = rootNames(box);
            assertThat(names).hasSize(1_235).contains(TEMP, QUARANTINE, TEMP + " (1)", QUARANTINE + ".txt");
            JsonNode first = box.get("/2.0/folders/0/items?usemarker=true&limit=1000");
            assertThat(names(first)).doesNotContain(TEMP);
            assertThat(box.call("/2.0/folders/4711/items", "").statusCode()).isEqualTo(404);
            assertThat(box.call("/2.0/groups/4711/memberships", "").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void tokens_refreshTokensAreGoodOnceAndRotate() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            BoxCalls box = new BoxCalls(sandbox);
            String refresh = sandbox.mintTokens(CloudService.Provider.BOX).refreshToken();
            HttpResponse<String> first = box.refresh(refresh);
            assertThat(first.statusCode()).isEqualTo(200);
            HttpResponse<String> again = box.refresh(refresh);
            assertThat(again.statusCode()).isEqualTo(400);
            assertThat(again.body()).contains("invalid_grant");
            String next = CheckedCalls.json(first).get("refresh_token").asText();
            sandbox.clock().advance(Duration.ofDays(60));
            assertThat(box.refresh(next).body()).contains("invalid_grant");
            assertThat(box.post("/oauth2/token", Map.of("grant_type", "password"))
                            .body())
                    .contains("unsupported_grant_type");
            assertThat(box.post("/oauth2/token", Map.of("grant_type", "refresh_token", "client_secret", "x"))
                            .body())
                    .contains("invalid_client");
        }
    }

    @Test
    void tokens_accessTokensEndAfterAnHourOrByRevocation() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            BoxCalls box = new BoxCalls(sandbox);
            sandbox.clock().advance(Duration.ofMinutes(60));
            HttpResponse<String> expired = box.call("/2.0/users/me", "");
            assertThat(expired.statusCode()).isEqualTo(401);
            assertThat(expired.headers().firstValue("WWW-Authenticate").orElse(""))
                    .contains("invalid_token");
            box.token = sandbox.mintTokens(CloudService.Provider.BOX).accessToken();
            assertThat(box.post("/oauth2/revoke", Map.of("token", box.token)).statusCode())
                    .isEqualTo(200);
            assertThat(box.call("/2.0/users/me", "").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void consent_ofOurOwnApp_bringsACodeThatIsGoodOnceForThirtySeconds() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            BoxCalls box = new BoxCalls(sandbox);
            String code = consent(sandbox, "Boxへのアクセス許可").get("code");
            Map<String, String> form = Map.of("grant_type", "authorization_code", "code", code);
            assertThat(box.post("/oauth2/token", form).statusCode()).isEqualTo(200);
            assertThat(box.post("/oauth2/token", form).body()).contains("invalid_grant");
            String late = consent(sandbox, "Boxへのアクセス許可").get("code");
            sandbox.clock().advance(Duration.ofSeconds(31));
            assertThat(box.post("/oauth2/token", Map.of("grant_type", "authorization_code", "code", late))
                            .body())
                    .contains("expired");
            assertThat(consent(sandbox, "Boxへのアクセス拒否")).containsEntry("error", "access_denied");
        }
    }

    @Test
    void faults_comeInEveryForm() throws Exception {
        Faults faults = Faults.none();
        try (Sandbox sandbox = Sandbox.builder().faults(faults).start()) {
            String path = "/2.0/users/me";
            BoxCalls box = new BoxCalls(sandbox);
            faults.next(1, path, Fault.tooManyRequests(Duration.ofSeconds(7)));
            faults.next(1, path, Fault.tooManyRequestsUntil(Instant.parse("2026-11-24T00:00:09Z")));
            faults.next(1, path, Fault.serverError(503));
            faults.next(1, path, new Fault.Malformed());
            faults.next(1, path, new Fault.Truncated());
            faults.next(2, path, new Fault.Reset()); // the JDK's client asks once more by itself
            faults.next(1, path, new Fault.Slow(Duration.ofMillis(1)));
            assertThat(box.call(path, "").headers().firstValue("Retry-After")).contains("7");
            assertThat(box.call(path, "").headers().firstValue("Retry-After"))
                    .contains("Tue, 24 Nov 2026 00:00:09 GMT");
            assertThat(box.call(path, "").statusCode()).isEqualTo(503);
            assertThat(raw(sandbox, box)).startsWith("{").doesNotEndWith("}");
            assertThat(raw(sandbox, box)).isEqualTo("broken");
            assertThat(raw(sandbox, box)).isEqualTo("broken");
            assertThat(raw(sandbox, box)).endsWith("}");
            assertThat(raw(sandbox, box)).endsWith("}");
        }
    }

    @Test
    void faults_seededReplayExactly() {
        List<String> one = drawn(42);
        assertThat(one).isEqualTo(drawn(42)).isNotEqualTo(drawn(43));
        assertThat(one).anyMatch(f -> !f.isEmpty());
    }

    private static List<String> drawn(long seed) {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Faults faults = Faults.seeded(seed, 0.3);
            List<String> out = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String path = i % 5 == 0 ? "/oauth2/token" : "/2.0/users";
                out.add(faults.draw(path, true, null, sandbox.clock())
                        .map(f -> f.getClass().getSimpleName() + f.carriedOut())
                        .orElse(""));
                assertThat(path.equals("/oauth2/token") && out.get(i).endsWith("true"))
                        .isFalse();
                assertThat(faults.draw("/console", false, null, sandbox.clock()))
                        .isEmpty();
            }
            return out;
        }
    }

    private static String raw(Sandbox sandbox, BoxCalls box) throws InterruptedException {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(sandbox.boxApi() + "/2.0/users/me"))
                                    .header("Authorization", "Bearer " + box.token)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "broken";
        }
    }

    /** Presses a button of our own app's consent page and returns the parameters of the redirection. */
    private static Map<String, String> consent(Sandbox sandbox, String button) {
        try (Receiver receiver = new Receiver()) {
            Walk walk = new Walk(sandbox);
            var page = walk.at(
                    sandbox.box(),
                    "/api/oauth2/authorize?response_type=code&client_id=" + sandbox.clientId(CloudService.Provider.BOX)
                            + "&state=s%26t" + "&redirect_uri=" + receiver.address());
            walk.visitor.press(walk.signIn(page), button);
            assertThat(receiver.seen).containsEntry("state", "s&t");
            return receiver.seen;
        }
    }

    private static Optional<String> folder(BoxCalls box, String name) {
        return entries(box, "/2.0/folders/0/items?usemarker=true&limit=1000&fields=id,type,name").stream()
                .filter(e -> e.get("name").asText().equals(name)
                        && e.get("type").asText().equals("folder"))
                .map(e -> e.get("id").asText())
                .findFirst();
    }

    private static List<String> rootNames(BoxCalls box) {
        return entries(box, "/2.0/folders/0/items?usemarker=true&limit=1000&fields=id,type,name").stream()
                .map(e -> e.get("name").asText())
                .toList();
    }

    private static List<JsonNode> entries(BoxCalls box, String path) {
        List<JsonNode> out = new ArrayList<>();
        String marker = "";
        do {
            JsonNode page = box.get(path + (marker.isEmpty() ? "" : "&marker=" + marker));
            page.get("entries").forEach(out::add);
            marker = page.path("next_marker").asText("");
        } while (!marker.isEmpty() && !marker.equals("null"));
        return out;
    }

    private static int members(BoxCalls box, String group) {
        return box.get("/2.0/groups/" + group + "/memberships?limit=1")
                .get("total_count")
                .asInt();
    }

    private static List<String> names(JsonNode page) {
        return StreamSupport.stream(page.get("entries").spliterator(), false)
                .map(e -> e.get("name").asText())
                .toList();
    }
}
