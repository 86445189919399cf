package io.github.kaitsu.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VendorContractTest {
    private static final VendorContract BOX = VendorContract.box();
    private static final Map<String, String> BEARER = Map.of("AUTHORIZATION", "Bearer x");

    @Test
    void paths_namesAllOperations() {
        assertThat(BOX.paths()).hasSize(10).contains("GET /2.0/users/me", "POST /oauth2/token");
    }

    @Test
    void checkRequest_findsWhatIsWrong() {
        assertThat(BOX.checkRequest("GET", uri("/2.0/users?limit=1000&fields=id,name"), BEARER, ""))
                .isEmpty();
        assertThat(BOX.checkRequest("GET", uri("/2.0/users?limit=1001&x=1&user_type=some"), BEARER, ""))
                .hasSize(3);
        assertThat(BOX.checkRequest("GET", uri("/2.0/users/me"), Map.of(), "")).containsExactly("no bearer token");
        assertThat(BOX.checkRequest("PUT", uri("/2.0/users/me"), BEARER, "")).hasSize(1);
        assertThat(BOX.checkRequest("GET", uri("/2.0/enterprise_configurations/1"), BEARER, ""))
                .containsExactly("missing query parameter categories", "missing header parameter box-version");
        assertThat(BOX.checkRequest("POST", uri("/oauth2/token"), Map.of(), "grant_type=password"))
                .hasSize(1);
    }

    @Test
    void checkAnswer_findsWhatIsWrong() {
        assertThat(BOX.checkAnswer("GET", uri("/2.0/users/me"), 200, "{\"type\":\"user\",\"id\":\"1\"}"))
                .isEmpty();
        assertThat(BOX.checkAnswer("GET", uri("/2.0/users/me"), 200, "{\"type\":\"folder\",\"x\":1}"))
                .hasSize(3);
        assertThat(BOX.checkAnswer("GET", uri("/2.0/users/me"), 200, "{")).hasSize(1);
        assertThat(BOX.checkAnswer("GET", uri("/2.0/users/me"), 404, "{}")).hasSizeGreaterThan(2);
        assertThat(BOX.checkAnswer("GET", uri("/2.0/users/me"), 401, "")).isEmpty();
        assertThat(BOX.checkAnswer("GET", uri("/2.0/folders/0/items"), 200, "{\"entries\":[{\"type\":\"folder\"}]}"))
                .hasSize(1);
    }

    @Test
    void google_findsWhatIsWrong() {
        VendorContract google = VendorContract.google();
        assertThat(google.paths()).hasSize(9).contains("GET /v1/policies");
        String log = "/admin/reports/v1/activity/users/all/applications/admin";
        assertThat(google.checkRequest("GET", uri(log + "?maxResults=1000&startTime=2026-11-21T00:00:00Z"), BEARER, ""))
                .isEmpty();
        assertThat(google.checkRequest("GET", uri(log + "?maxResults=1001&startTime=yesterday&x=1"), BEARER, ""))
                .hasSize(3);
        assertThat(google.checkRequest("GET", uri("/apps/licensing/v1/product/Google-Apps/users"), BEARER, ""))
                .containsExactly("missing query parameter customerId");
        assertThat(google.checkAnswer(
                        "GET", uri("/v1/policies"), 200, "{\"policies\":[{\"policyQuery\":{\"sortOrder\":\"1\"}}]}"))
                .hasSize(2);
        assertThat(google.checkAnswer("GET", uri(log), 403, "{\"error\":\"forbidden\"}"))
                .hasSize(1);
    }

    @Test
    void sharePoint_checksTheJsonOfARequest() {
        VendorContract contract = VendorContract.sharePoint();
        URI permissions = uri("/_api/web/AddinPermissions");
        Map<String, String> headers = Map.of(
                "Authorization", "Bearer x",
                "Accept", "application/json;odata=nometadata",
                "Content-Type", "application/json;odata=nometadata");
        String good = "{\"addins\":[{\"url\":\"/\",\"appIdentifiers\":[\"i\"]}]}";

        assertThat(contract.paths()).hasSize(3);
        assertThat(contract.checkRequest("POST", permissions, headers, good)).isEmpty();
        assertThat(contract.checkRequest("POST", permissions, BEARER, good)).hasSize(2);
        assertThat(contract.checkRequest("POST", permissions, headers, good.replace("[\"i\"]", "\"i\"")))
                .containsExactly("$.addins[0].appIdentifiers is no list");
        assertThat(contract.checkRequest("POST", permissions, headers, "{\"urls\":[]}"))
                .hasSize(2);
        assertThat(contract.checkRequest("POST", permissions, headers, "addins=1"))
                .hasSize(1);
        assertThat(contract.checkRequest(
                        "POST", uri("/_api/web/GetACSServicePrincipals"), headers, "{\"appIds\":[\"x\"]}"))
                .containsExactly("$.appIds[0] is no guid: \"x\"");
    }

    @Test
    void sharePoint_checksAnswers() {
        VendorContract contract = VendorContract.sharePoint();
        URI registrations = uri("/_api/web/GetACSServicePrincipals");

        assertThat(contract.checkAnswer("POST", registrations, 200, "{\"value\":[]}"))
                .isEmpty();
        assertThat(contract.checkAnswer("POST", registrations, 200, "{\"d\":{\"results\":[]}}"))
                .hasSize(2);
        assertThat(contract.checkAnswer(
                        "POST",
                        registrations,
                        403,
                        "{\"odata.error\":{\"code\":\"-1, X\",\"message\":{\"lang\":\"ja-JP\",\"value\":\"拒否\"}}}"))
                .isEmpty();
        assertThat(contract.checkAnswer("POST", registrations, 403, "{\"error\":{}}"))
                .hasSize(2);
    }

    @Test
    void graph_findsWhatIsWrong() {
        VendorContract graph = VendorContract.graph();
        assertThat(graph.paths()).hasSize(11).contains("GET /v1.0/users/$count");
        assertThat(graph.checkRequest("GET", uri("/v1.0/users/$count"), BEARER, ""))
                .containsExactly("missing header parameter consistencylevel");
        assertThat(graph.checkRequest("GET", uri("/v1.0/servicePrincipals/1"), BEARER, ""))
                .containsExactly("no operation GET /v1.0/servicePrincipals/1");
        String id = "00000000-0000-0000-0000-000000000001";
        assertThat(graph.checkRequest(
                        "GET", uri("/v1.0/servicePrincipals/" + id + "?%24select=id,nothing"), BEARER, ""))
                .hasSize(1);
        assertThat(graph.checkAnswer("GET", uri("/v1.0/users/$count"), 200, "7"))
                .isEmpty();
        assertThat(graph.checkAnswer("GET", uri("/v1.0/organization"), 200, "{\"value\":[{\"x\":1}]}"))
                .containsExactlyInAnyOrder("$.@odata.context is missing", "$.value[0].x is unknown");
    }

    @Test
    void dropbox_findsWhatIsWrongWithBodies() {
        VendorContract dropbox = VendorContract.dropbox();
        URI list = uri("/2/team/namespaces/list");
        URI info = uri("/2/team/get_info");
        assertThat(dropbox.paths()).hasSize(9).contains("POST /2/team_log/get_events/continue");
        assertThat(dropbox.checkRequest("POST", list, BEARER, "{\"limit\":1000}"))
                .isEmpty();
        assertThat(dropbox.checkRequest("POST", list, BEARER, "{\"limit\":1001,\"x\":1}"))
                .hasSize(2);
        assertThat(dropbox.checkRequest("POST", list, BEARER, "{")).hasSize(1);
        assertThat(dropbox.checkRequest("POST", info, BEARER, "null")).isEmpty();
        assertThat(dropbox.checkRequest("POST", info, BEARER, "{}")).hasSize(1);
        assertThat(dropbox.checkAnswer("POST", info, 400, "Error in call")).isEmpty();
        assertThat(dropbox.checkAnswer("POST", info, 429, "too_many_requests")).isEmpty();
        assertThat(dropbox.checkAnswer("POST", info, 429, "{\"error\":{}}")).isNotEmpty();
        assertThat(dropbox.checkAnswer("POST", info, 200, "{\"name\":\"x\"}")).hasSize(4);
        assertThat(dropbox.checkAnswer("POST", info, 401, "{\"error_summary\":\"x\",\"error\":{\".tag\":\"x\"}}"))
                .hasSize(1);
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1" + path);
    }
}
