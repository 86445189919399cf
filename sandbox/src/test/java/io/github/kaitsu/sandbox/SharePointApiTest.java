package io.github.kaitsu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.contract.VendorContract;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The SharePoint admin site for programs: the reads that stand for a look at its lists (M365-10). */
class SharePointApiTest {
    private static final String PRINCIPALS = "/_api/web/GetAddinPrincipalsHavingPermissionsInSites";
    private static final String PERMISSIONS = "/_api/web/AddinPermissions";
    private static final String REGISTRATIONS = "/_api/web/GetACSServicePrincipals";
    private static final String WITHOUT_METADATA = "application/json;odata=nometadata";

    private final CheckedCalls calls = new CheckedCalls(VendorContract.sharePoint());

    @ParameterizedTest
    @EnumSource(value = Edition.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void m365_10_whenTeamsAppIsTrusted_theThreeReadsTellIt(Edition edition) throws Exception {
        try (Sandbox sandbox = linked(edition, ConsoleSite.JP)) {
            String token = token(sandbox, sandbox.sharePointScope());
            JsonNode principals =
                    read(sandbox, token, PRINCIPALS, "{\"urls\":[\"" + sandbox.sharePointAdmin() + "/\"]}");
            JsonNode app = principals.at("/addinPrincipals/1");
            assertThat(principals.path("addinPrincipals")).hasSize(2);
            assertThat(app.path("title").asText()).isEqualTo("Trend Micro Cloud App Security");
            String identifier = app.path("appIdentifier").asText();
            assertThat(identifier).endsWith("@" + sandbox.tenant(CloudService.Provider.MICROSOFT365));

            JsonNode permission = read(
                            sandbox,
                            token,
                            PERMISSIONS,
                            "{\"addins\":[{\"url\":\"/\",\"appIdentifiers\":[\"" + identifier + "\"]}]}")
                    .at("/addinPermissions/0");
            assertThat(permission.path("allowAppOnly").asBoolean()).isTrue();
            assertThat(permission.at("/tenantScopedPermissions/0/right").asText())
                    .isEqualTo("Manage");

            JsonNode registration = read(sandbox, token, REGISTRATIONS, "{\"appIds\":[\"" + appId(identifier) + "\"]}")
                    .at("/value/0");
            assertThat(registration.at("/appDomains/0").asText()).isEqualTo("tmcas.trendmicro.com");
            assertThat(registration.path("redirectUri").asText())
                    .isEqualTo("https://admin.tmcas.trendmicro.co.jp/provision.html");
        }
    }

    @Test
    void m365_10_whenNothingIsTrusted_onlySharePointItselfIsListed() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            String token = token(sandbox, sandbox.sharePointScope());
            assertThat(read(sandbox, token, PRINCIPALS, "{\"serverRelativeUrls\":[\"/\"]}")
                            .path("addinPrincipals"))
                    .hasSize(1);
            String identifier = "i:0i.t|ms.sp.ext|11111111-2222-3333-4444-555555555555@"
                    + sandbox.tenant(CloudService.Provider.MICROSOFT365);
            JsonNode permissions = read(
                    sandbox,
                    token,
                    PERMISSIONS,
                    "{\"addins\":[{\"serverRelativeUrl\":\"/\",\"appIdentifiers\":[\"" + identifier + "\"]}]}");
            assertThat(permissions.path("addinPermissions")).isEmpty();
            assertThat(permissions.at("/failedAddins/0/appIdentifier").asText()).isEqualTo(identifier);
        }
    }

    @Test
    void m365_10_whenAnotherSiteIsAskedFor_itIsAnErrorInTheAnswer() throws Exception {
        try (Sandbox sandbox = linked(Edition.CONSOLE_2024_04, ConsoleSite.JP)) {
            JsonNode answer = read(
                    sandbox,
                    token(sandbox, sandbox.sharePointScope()),
                    PRINCIPALS,
                    "{\"urls\":[\"https://example.sharepoint.com/sites/a\"]}");
            assertThat(answer.path("addinPrincipals")).isEmpty();
            assertThat(answer.path("errorsWithServerRelativeUrl")).hasSize(1);
        }
    }

    @Test
    void aToken_mustBeForThisSite_goodNow_andStrongEnough() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            String body = "{\"urls\":[\"/\"]}";
            assertThat(call(sandbox, "", PRINCIPALS, body).statusCode()).isEqualTo(401);
            assertThat(call(sandbox, "nonsense", PRINCIPALS, body).statusCode()).isEqualTo(401);
            HttpResponse<String> graphs = call(sandbox, token(sandbox, "Sites.Read.All"), PRINCIPALS, body);
            assertThat(graphs.statusCode()).isEqualTo(401);
            assertThat(graphs.body()).contains("audience");
            HttpResponse<String> weak = call(
                    sandbox, token(sandbox, "https://example-admin.sharepoint.com/User.Read.All"), PRINCIPALS, body);
            assertThat(weak.statusCode()).isEqualTo(403);
            assertThat(weak.body()).contains("System.UnauthorizedAccessException");
            assertThat(weak.headers().firstValue("SPRequestGuid")).isPresent();
            String good = token(sandbox, sandbox.sharePointScope());
            assertThat(call(sandbox, good, PRINCIPALS, body).statusCode()).isEqualTo(200);
            sandbox.clock().advance(Duration.ofHours(2));
            assertThat(call(sandbox, good, PRINCIPALS, body).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void aRequest_thatSharePointWouldNotUnderstand_isRefused() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            String token = token(sandbox, sandbox.sharePointScope());
            assertThat(call(sandbox, token, PRINCIPALS, "{").statusCode()).isEqualTo(400);
            assertThat(call(sandbox, token, PRINCIPALS, "{}").statusCode()).isEqualTo(400);
            assertThat(call(sandbox, token, REGISTRATIONS, "{\"appIds\":[\"x\"]}")
                            .statusCode())
                    .isEqualTo(400);
            String tooMany = "{\"urls\":[" + "\"/\",".repeat(500) + "\"/\"]}";
            assertThat(call(sandbox, token, PRINCIPALS, tooMany).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void aRequest_thatDoesNotAskForJson_getsXml_andNobodysHandsAreCounted() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(sandbox.sharePointAdmin() + PRINCIPALS))
                    .header("Authorization", "Bearer " + token(sandbox, sandbox.sharePointScope()))
                    .POST(HttpRequest.BodyPublishers.ofString("{\"urls\":[\"/\"]}"));
            assertThat(CheckedCalls.send(HttpClient.newHttpClient(), request)
                            .headers()
                            .firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("application/xml"));
            assertThat(sandbox.summary().handsOn(HandsOn.Actor.PERSON).total()).isZero();
        }
    }

    private static Sandbox linked(Edition edition, ConsoleSite site) {
        return Sandbox.builder()
                .scenario(Scenario.parse("already-linked"))
                .edition(edition)
                .site(site)
                .start();
    }

    private static String token(Sandbox sandbox, String scope) {
        return sandbox.mintTokens(CloudService.Provider.MICROSOFT365, scope).accessToken();
    }

    private static String appId(String identifier) {
        return identifier.substring(identifier.lastIndexOf('|') + 1, identifier.indexOf('@'));
    }

    private JsonNode read(Sandbox sandbox, String token, String path, String body) {
        return CheckedCalls.granted(call(sandbox, token, path, body));
    }

    private HttpResponse<String> call(Sandbox sandbox, String token, String path, String body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", "Bearer " + token);
        headers.put("Accept", WITHOUT_METADATA);
        headers.put("Content-Type", WITHOUT_METADATA);
        return calls.post(sandbox.sharePointAdmin() + path, headers, body);
    }
}
