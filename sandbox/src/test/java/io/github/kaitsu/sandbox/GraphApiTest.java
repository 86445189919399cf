package io.github.kaitsu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.contract.VendorContract;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Microsoft Graph for programs: real shapes, permissions, paging; every call is checked against the contract. */
class GraphApiTest {
    private static final VendorContract CONTRACT = VendorContract.graph();
    private static final String NAME = "Trend Micro Cloud App Security";
    private static final String NAMED = "/servicePrincipals?$filter=startswith(displayName,'" + NAME + "')";
    private static final String CONSENTS =
            "$filter=activityDisplayName eq 'Consent to application' and activityDateTime" + " ge 2020-01-01T00:00:00Z";

    private final CheckedCalls calls = new CheckedCalls(CONTRACT);

    @Test
    void m365_1_theTenantIsReadAsGraphGivesIt() {
        try (Sandbox sandbox = Sandbox.builder().users(12_345).start()) {
            assertThat(json(sandbox, "/organization?$select=id,displayName")
                            .at("/value/0/id")
                            .asText())
                    .isEqualTo(sandbox.tenant(CloudService.Provider.MICROSOFT365));
            assertThat(json(sandbox, "/me").get("userPrincipalName").asText()).isEqualTo(sandbox.administrator());
            assertThat(call(sandbox, "/users/$count", "eventual").body()).isEqualTo("12345");
            assertThat(json(sandbox, "/sites/root").get("webUrl").asText()).isEqualTo("https://example.sharepoint.com");
            assertThat(json(sandbox, "/subscribedSkus").get("value")).hasSize(3);
        }
    }

    @Test
    void common11_countingWithoutTheHeader_isRefused() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            HttpResponse<String> refused = call(sandbox, "/users/$count", "");
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("Request_BadRequest").contains("request-id");
            assertThat(refused.headers().firstValue("request-id")).isPresent();
            assertThat(call(sandbox, "/servicePrincipals?$count=true", "").statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void m365_1_whatATokenMayNotRead_isRefusedInGraphsWords() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            String token = sandbox.mintTokens(CloudService.Provider.MICROSOFT365, "User.Read")
                    .accessToken();
            assertThat(call(sandbox, token, "/me", "").statusCode()).isEqualTo(200);
            for (String path : List.of("/servicePrincipals", "/subscribedSkus", "/sites/root")) {
                HttpResponse<String> refused = call(sandbox, token, path, "");
                assertThat(refused.statusCode()).isEqualTo(403);
                assertThat(refused.body()).contains("Authorization_RequestDenied");
            }
            assertThat(call(sandbox, "nonsense", "/me", "").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void m365_1_aRoleThatIsNotActive_isNotListed() {
        String roles = "/me/transitiveMemberOf/graph.directoryRole?$select=displayName,roleTemplateId";
        try (Sandbox sandbox = Sandbox.builder().start()) {
            assertThat(json(sandbox, roles).toString()).contains("Global Administrator");
        }
        try (Sandbox sandbox =
                Sandbox.builder().scenario(Scenario.parse("inactive-role")).start()) {
            assertThat(json(sandbox, roles).toString())
                    .contains("Global Reader")
                    .doesNotContain("Administrator");
        }
    }

    @ParameterizedTest
    @EnumSource(value = Edition.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void m365_1_eachLinkedServiceHasItsOwnApp_withItsRolesAndGrants(Edition edition) {
        try (Sandbox sandbox = Sandbox.builder()
                .edition(edition)
                .scenario(Scenario.parse("already-linked"))
                .start()) {
            List<JsonNode> apps = vendors(sandbox);
            assertThat(apps).hasSize(4);
            List<Integer> roles = new ArrayList<>();
            for (JsonNode app : apps) {
                String path = "/servicePrincipals/" + app.get("id").asText();
                JsonNode assigned = json(sandbox, path + "/appRoleAssignments").get("value");
                roles.add(assigned.size());
                assertThat(json(sandbox, path + "/oauth2PermissionGrants")
                                .at("/value/0/scope")
                                .asText())
                        .isEqualTo(" User.Read");
                String resource = assigned.get(0).get("resourceId").asText();
                assertThat(json(sandbox, "/servicePrincipals/" + resource)
                                .get("appRoles")
                                .toString())
                        .contains(assigned.get(0).get("appRoleId").asText());
                assertThat(json(
                                        sandbox,
                                        "/servicePrincipals?$filter=appId eq '"
                                                + app.get("appId").asText() + "'")
                                .get("value"))
                        .hasSize(1);
            }
            assertThat(roles).containsExactlyInAnyOrder(4, 3, 5, 5);
        }
    }

    @Test
    void m365_1_beforeTheLink_thereIsNoApp_andAfterIt_itsRecordComesLater() {
        try (Sandbox sandbox =
                Sandbox.builder().edition(Edition.CONSOLE_2024_07).start()) {
            assertThat(vendors(sandbox)).isEmpty();
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            walk.link(CloudService.EXCHANGE_ONLINE);
            assertThat(vendors(sandbox)).hasSize(1);
            assertThat(json(sandbox, "/auditLogs/directoryAudits?" + CONSENTS).get("value"))
                    .isEmpty();
            sandbox.clock().advance(Duration.ofMinutes(20));
            assertThat(json(sandbox, "/auditLogs/directoryAudits?" + CONSENTS)
                            .at("/value/0/initiatedBy/user/userPrincipalName")
                            .asText())
                    .isEqualTo(sandbox.administrator());
        }
    }

    @Test
    void m365_1_whenTheConsentIsPartial_onePermissionIsNotThere() {
        try (Sandbox sandbox = Sandbox.builder()
                .edition(Edition.CONSOLE_2024_07)
                .scenario(Scenario.parse("partial-consent"))
                .start()) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            walk.link(CloudService.EXCHANGE_ONLINE);
            String id = vendors(sandbox).get(0).get("id").asText();
            assertThat(json(sandbox, "/servicePrincipals/" + id + "/appRoleAssignments")
                            .get("value"))
                    .hasSize(3);
        }
    }

    /** Two kinds that prove no consent of the organisation's: an app of the tenant's own, and one user's consent. */
    @Test
    void m365_1_anAppOfTheTenantsOwn_andTheAdministratorsOwnConsent_areListedAsWell() {
        try (Sandbox sandbox =
                Sandbox.builder().scenario(Scenario.parse("already-linked")).start()) {
            JsonNode named = json(sandbox, NAMED).get("value");
            assertThat(named).hasSize(5);
            JsonNode own = StreamSupport.stream(named.spliterator(), false)
                    .filter(a -> !a.get("displayName").asText().equals(NAME))
                    .findFirst()
                    .orElseThrow();
            assertThat(own.get("appOwnerOrganizationId"))
                    .isEqualTo(json(sandbox, "/organization").at("/value/0/id"));
            assertThat(grants(sandbox, own))
                    .singleElement()
                    .satisfies(g -> assertThat(g.get("consentType").asText()).isEqualTo("Principal"))
                    .satisfies(g -> assertThat(g.get("scope").asText()).contains("Mail.ReadWrite"));
            assertThat(grants(sandbox, vendors(sandbox).get(0)))
                    .extracting(g -> g.get("consentType").asText())
                    .containsExactly("AllPrincipals", "Principal");
        }
    }

    private List<JsonNode> vendors(Sandbox sandbox) {
        return StreamSupport.stream(json(sandbox, NAMED).get("value").spliterator(), false)
                .filter(a -> a.get("displayName").asText().equals(NAME))
                .toList();
    }

    private JsonNode grants(Sandbox sandbox, JsonNode app) {
        return json(sandbox, "/servicePrincipals/" + app.get("id").asText() + "/oauth2PermissionGrants")
                .get("value");
    }

    @Test
    void lists_comeInPages_andTheLinkLeadsOn() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            JsonNode first = json(sandbox, "/servicePrincipals?$top=3&$select=id");
            assertThat(first.get("value")).hasSize(3);
            assertThat(first.at("/value/0")).hasSize(1);
            String next = first.get("@odata.nextLink").asText();
            assertThat(next)
                    .startsWith(sandbox.graph() + "/v1.0/servicePrincipals?")
                    .contains("$skiptoken=");
            JsonNode second = json(sandbox, next.substring((sandbox.graph() + "/v1.0").length()));
            assertThat(second.get("value")).hasSize(2);
            assertThat(second.has("@odata.nextLink")).isFalse();
            assertThat(call(sandbox, "/servicePrincipals?$top=1000", "").statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void theThrottle_isGraphs() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            sandbox.faults().next(1, "/v1.0/me", Fault.graphThrottled(Duration.ofSeconds(7)));
            HttpResponse<String> answer = call(sandbox, "/me", "");
            assertThat(CONTRACT.checkAnswer("GET", URI.create("/v1.0/me"), answer.statusCode(), answer.body()))
                    .isEmpty();
            assertThat(answer.headers().firstValue("Retry-After")).contains("7");
            assertThat(answer.headers().firstValue("x-ms-throttle-scope")).isPresent();
        }
    }

    private JsonNode json(Sandbox sandbox, String path) {
        return CheckedCalls.granted(call(sandbox, path, ""));
    }

    private HttpResponse<String> call(Sandbox sandbox, String path, String consistency) {
        String token = sandbox.mintTokens(CloudService.Provider.MICROSOFT365).accessToken();
        return call(sandbox, token, path, consistency);
    }

    private HttpResponse<String> call(Sandbox sandbox, String token, String path, String consistency) {
        int query = path.indexOf('?');
        String escaped = query < 0 ? path : path.substring(0, query + 1) + encoded(path.substring(query + 1));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", "Bearer " + token);
        if (!consistency.isEmpty()) {
            headers.put("ConsistencyLevel", consistency);
        }
        return calls.get(sandbox.graph() + "/v1.0" + escaped, headers);
    }

    private static String encoded(String query) {
        List<String> pairs = new ArrayList<>();
        for (String pair : query.split("&")) {
            int eq = pair.indexOf('=');
            pairs.add(pair.substring(0, eq + 1) + URLEncoder.encode(pair.substring(eq + 1), StandardCharsets.UTF_8));
        }
        return String.join("&", pairs);
    }
}
