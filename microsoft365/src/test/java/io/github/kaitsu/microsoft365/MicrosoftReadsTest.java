package io.github.kaitsu.microsoft365;

import static io.github.kaitsu.contract.VendorServer.APP;
import static io.github.kaitsu.contract.VendorServer.NOW;
import static io.github.kaitsu.microsoft365.GraphServer.GLOBAL_ADMINISTRATOR;
import static io.github.kaitsu.microsoft365.GraphServer.error;
import static io.github.kaitsu.microsoft365.GraphServer.json;
import static io.github.kaitsu.microsoft365.GraphServer.list;
import static io.github.kaitsu.microsoft365.Known.APP_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Statement;
import io.github.kaitsu.consent.AuthorizationServer.Code;
import io.github.kaitsu.contract.VendorReadsContract;
import io.github.kaitsu.microsoft365.internal.AppLooks;
import io.github.kaitsu.microsoft365.internal.GraphReads;
import io.github.kaitsu.microsoft365.internal.PermissionLooks;
import io.github.kaitsu.microsoft365.internal.SharePointReads;
import io.github.kaitsu.microsoft365.internal.TenantLooks;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.vendor.ConnectedProbe;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Graph, and SharePoint's REST API. */
class MicrosoftReadsTest extends VendorReadsContract {
    private static final VendorHttp HTTP = VendorHttp.create();
    private static final FakeApp ONEDRIVE = FakeApp.of(CloudService.ONEDRIVE, 1);
    private static final Map<String, String> TENANT = Map.of("tenant.MICROSOFT365", GraphServer.TENANT);
    private static final Map<String, String> NAMED =
            Map.of("tenant.MICROSOFT365", GraphServer.TENANT, "console.app-id.ONEDRIVE", FakeApp.appId(1));
    private static final ConnectedProbe.Question<GraphReads> GRANTED = AppLooks.granted(CloudService.ONEDRIVE);
    private static final ConnectedProbe.Question<GraphReads> GONE = AppLooks.gone(CloudService.ONEDRIVE);
    private static final String FIELDS =
            "&$select=id,appId,displayName,accountEnabled,appOwnerOrganizationId,verifiedPublisher&$top=999";
    private static final String BY_NAME = "/servicePrincipals?$filter=startswith(displayName,'" + APP + "')" + FIELDS;
    private static final String BY_ID = "/servicePrincipals?$filter=appId eq '" + FakeApp.appId(1) + "'" + FIELDS;
    private static final String ROLES = "/me/transitiveMemberOf/graph.directoryRole";
    private static final String ASSIGNMENTS = "/servicePrincipals/" + FakeApp.id(1) + "/appRoleAssignments";
    private static final String DELEGATED = "/servicePrincipals/" + FakeApp.id(1) + "/oauth2PermissionGrants";
    private static final PermissionLooks TEAMS = new PermissionLooks(
            Optional.of(APP_ID), Optional.empty(), "tmcas.trendmicro.com", SharePointServer.REDIRECT::equals);

    private GraphServer graph;
    private SharePointServer sharePoint;
    private GraphConnection connection;
    private SharePointConnection site;

    @BeforeEach
    void start() throws Exception {
        graph = new GraphServer();
        sharePoint = new SharePointServer();
        connection = graph.connection();
        site = sharePoint.connection();
        sayTheUsual();
    }

    @Override
    protected void sayTheUsual() {
        graph.apps(ONEDRIVE)
                .on("/organization", list("{\"id\":\"" + GraphServer.TENANT + "\",\"displayName\":\"Contoso\"}"))
                .on("/auditLogs/directoryAudits", list());
        sharePoint.granted(APP_ID);
    }

    @AfterEach
    void stop() throws Exception {
        graph.close();
        sharePoint.close();
    }

    @Override
    protected Class<?> texts() {
        return Microsoft365Provisioners.class;
    }

    private static GraphReads slow(URI base, Duration limit) {
        return GraphConnection.builder(tokens())
                .baseUrl(base)
                .callLimit(limit)
                .retry(retry())
                .build()
                .reads();
    }

    @Override
    protected Map<String, Call> reads() {
        return Map.of(
                "count", (base, limit) -> TenantLooks.users(slow(base, limit), null),
                "list",
                        (base, limit) ->
                                TenantLooks.licence(CloudService.ONEDRIVE).ask(slow(base, limit), null),
                "object", (base, limit) -> TenantLooks.sharePointSite(slow(base, limit), null),
                "SharePoint",
                        (base, limit) -> SharePointConnection.builder(tokens())
                                .adminSite(base)
                                .callLimit(limit)
                                .retry(retry())
                                .build()
                                .reads(HTTP)
                                .principals());
    }

    @Override
    protected Map<String, Call> tokenCalls() {
        return Map.of(
                "token",
                (base, limit) -> MicrosoftAuthorization.builder("5a4db0c5-0c5a-4c5a-8b0c-5a4db0c50c5a")
                        .loginUrl(base)
                        .graphUrl(base)
                        .callLimit(limit)
                        .build()
                        .redeem(new Code(
                                "c",
                                URI.create("http://127.0.0.1:1/"),
                                Optional.of("v".repeat(43)),
                                GraphConnection.SCOPES)));
    }

    private ProbeResult look(
            ConnectedProbe.Question<GraphReads> question, Map<String, String> facts, String key, String answer)
            throws InterruptedException {
        graph.on(key, answer);
        return look(connection.reads(), question, facts);
    }

    private ProbeResult look(ConnectedProbe.Question<SharePointReads> question, String key, String answer)
            throws InterruptedException {
        sharePoint.on(key, answer);
        return look(site.reads(HTTP), question, Map.of("tenant.MICROSOFT365", SharePointServer.TENANT));
    }

    private static String skus(String plan, String status) {
        return list("{\"id\":\"s\",\"skuPartNumber\":\"E3\",\"capabilityStatus\":\"" + status
                + "\",\"servicePlans\":[{\"servicePlanId\":\"00000000-0000-0000-0000-000000000001\",\"servicePlanName\":\""
                + plan + "\",\"provisioningStatus\":\"Success\"}]}");
    }

    private static String roles(String template) {
        return list("{\"displayName\":\"R\",\"roleTemplateId\":\"" + template + "\"}");
    }

    @Override
    protected List<Reading> readings() {
        ConnectedProbe.Question<GraphReads> licence = TenantLooks.licence(CloudService.ONEDRIVE);
        List<Reading> all = new ArrayList<>(List.of(
                new Reading(
                        "licence",
                        "value",
                        skus("ONEDRIVESTANDARD", "Enabled"),
                        true,
                        a -> look(licence, TENANT, "/subscribedSkus", a)),
                new Reading(
                        "a licence that is missing",
                        "value",
                        skus("OTHER", "Enabled"),
                        false,
                        a -> look(licence, TENANT, "/subscribedSkus", a)),
                new Reading(
                        "role",
                        "value",
                        roles(GLOBAL_ADMINISTRATOR),
                        true,
                        a -> look(TenantLooks::globalAdministrator, TENANT, ROLES, a)),
                new Reading(
                        "a role that is missing",
                        "value",
                        roles("x"),
                        false,
                        a -> look(TenantLooks::globalAdministrator, TENANT, ROLES, a)),
                new Reading(
                        "organisation",
                        "value",
                        list("{\"id\":\"" + GraphServer.TENANT + "\",\"displayName\":\"C\"}"),
                        true,
                        a -> look(GRANTED, NAMED, "/organization", a)),
                new Reading(
                        "app by name", "value", list(ONEDRIVE.json()), true, a -> look(GRANTED, TENANT, BY_NAME, a)),
                new Reading("app by id", "value", list(ONEDRIVE.json()), true, a -> look(GRANTED, NAMED, BY_ID, a)),
                new Reading("an app that is missing", "value", list(), false, a -> look(GRANTED, NAMED, BY_ID, a)),
                new Reading("an app that is gone", "value", list(), false, a -> look(GONE, NAMED, BY_ID, a)),
                new Reading(
                        "an app that is still there",
                        "value",
                        list(ONEDRIVE.json()),
                        true,
                        a -> look(GONE, NAMED, BY_ID, a)),
                new Reading(
                        "grants",
                        "value",
                        list(ONEDRIVE.assignments()),
                        true,
                        a -> look(GRANTED, NAMED, ASSIGNMENTS, a)),
                new Reading(
                        "a grant that is missing",
                        "value",
                        list(ONEDRIVE.without("Sites.Read.All").assignments()),
                        false,
                        a -> look(GRANTED, NAMED, ASSIGNMENTS, a)),
                new Reading(
                        "delegated",
                        "value",
                        list(ONEDRIVE.delegated()),
                        true,
                        a -> look(GRANTED, NAMED, DELEGATED, a)),
                new Reading(
                        "audits",
                        "value",
                        list("{\"activityDateTime\":\"2026-11-21T00:00:05Z\",\"result\":\"success\","
                                + "\"targetResources\":[{\"id\":\"" + FakeApp.id(1) + "\"}],\"initiatedBy\":{\"user\":"
                                + "{\"userPrincipalName\":\"a@b\"}}}"),
                        true,
                        a -> look(GRANTED, NAMED, "/auditLogs/directoryAudits", a))));
        all.addAll(List.of(
                new Reading(
                        "principals",
                        "addinPrincipals",
                        SharePointServer.principals(APP_ID, APP),
                        true,
                        a -> look((s, c) -> TEAMS.listed(s, c), SharePointServer.PRINCIPALS, a)),
                new Reading(
                        "permissions",
                        "addinPermissions",
                        SharePointServer.permissions(APP_ID, true, SharePointServer.tenantWide("Manage")),
                        true,
                        a -> look((s, c) -> TEAMS.listed(s, c), SharePointServer.PERMISSIONS, a)),
                new Reading(
                        "registrations",
                        "value",
                        SharePointServer.registration(APP_ID, APP, "tmcas.trendmicro.com", SharePointServer.REDIRECT),
                        true,
                        a -> look((s, c) -> TEAMS.listed(s, c), SharePointServer.REGISTRATIONS, a))));
        return all;
    }

    /** The SDK takes any text for a boolean that is false; SharePoint may write null for no permission at all. */
    @Override
    protected boolean meansSomethingElse(String reading, String change) {
        return change.startsWith("/value/0/accountEnabled is \"")
                || change.endsWith("/tenantScopedPermissions is null");
    }

    // ---- grants at APIs that are gone

    private static String orphan(String resource) {
        return "{\"id\":\"o\",\"appRoleId\":\"" + FakeApp.ROLES.get("User.Read.All")
                + "\",\"createdDateTime\":\"2026-11-21T00:00:01Z\",\"resourceDisplayName\":\"Old API\",\"resourceId\":\""
                + resource + "\"}";
    }

    @Test
    void m365_1_whenOneGrantsApiIsGone_theAppHolds_andTheGrantIsNamed() throws Exception {
        String gone = "99999999-0000-0000-0000-000000000009";
        String all = list(ONEDRIVE.assignments()).replace("]}", "," + orphan(gone) + "]}");
        ProbeResult look = look(GRANTED, NAMED, ASSIGNMENTS, all);
        assertThat(look.seen().code()).isEqualTo("app-granted");
        assertThat(look.seen().besides()).containsExactly(Statement.of("grant-of-gone-api", "Old API", gone));
        assertThat(((ProbeResult.Holds) look).facts().get("microsoft365.permissions.ONEDRIVE"))
                .isNotNull()
                .doesNotContain(gone);

        graph.on("/servicePrincipals/" + gone, error(503, "busy")); // that is another thing
        assertThat(look(GRANTED, NAMED, ASSIGNMENTS, all)).isInstanceOf(ProbeResult.Unclear.class);
    }

    @Test
    void m365_1_whenTheMissingPermissionWasOfAnApiThatIsGone_itIsMissing() throws Exception {
        String gone = "99999999-0000-0000-0000-000000000009";
        String all = list(ONEDRIVE.without("User.Read.All").assignments()).replace("]}", "," + orphan(gone) + "]}");
        assertThat(look(GRANTED, NAMED, ASSIGNMENTS, all).seen().code()).isEqualTo("app-permission-missing");
    }

    // ---- time

    /** Grants are dated by Microsoft's clock; ours and the run's beginning are elsewhere. */
    @ParameterizedTest
    @ValueSource(ints = {-30, -1, 0, 1, 30})
    void m365_1_theGrantOfThisRun_isToldByTheVendorsClock(int daysOff) throws Exception {
        Clock clock = Clock.fixed(NOW.plus(Duration.ofDays(daysOff)), ZoneOffset.UTC);
        graph.on(
                "/organization",
                json(200, list("{\"id\":\"" + GraphServer.TENANT + "\"}"))
                        .setHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(NOW.atZone(ZoneOffset.UTC))));
        FakeApp old = FakeApp.of(CloudService.ONEDRIVE, 2)
                .granted(NOW.minusSeconds(3600).toString());
        FakeApp fresh = ONEDRIVE.granted(NOW.plusSeconds(5).toString());
        graph.apps(old, fresh);
        ProbeResult look = look(connection.reads(), GRANTED, TENANT, clock);
        assertThat(look.seen().code()).isEqualTo("app-granted");
        assertThat(look.seen().arguments()).contains(fresh.appId());
        graph.apps(old, fresh.granted(Instant.parse("2026-11-20T23:00:01Z").toString()));
        assertThat(look(connection.reads(), GRANTED, TENANT, clock).seen().code())
                .isEqualTo("app-ambiguous");
    }
}
