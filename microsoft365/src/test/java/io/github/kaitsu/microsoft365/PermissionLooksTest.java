package io.github.kaitsu.microsoft365;

import static io.github.kaitsu.microsoft365.Known.ADMIN_SITE;
import static io.github.kaitsu.microsoft365.Known.APP_ID;
import static io.github.kaitsu.microsoft365.Known.SHAREPOINTS_ID;
import static io.github.kaitsu.microsoft365.SharePointServer.APP;
import static io.github.kaitsu.microsoft365.SharePointServer.PERMISSIONS;
import static io.github.kaitsu.microsoft365.SharePointServer.PRINCIPALS;
import static io.github.kaitsu.microsoft365.SharePointServer.REDIRECT;
import static io.github.kaitsu.microsoft365.SharePointServer.REGISTRATIONS;
import static io.github.kaitsu.microsoft365.SharePointServer.json;
import static io.github.kaitsu.microsoft365.SharePointServer.permission;
import static io.github.kaitsu.microsoft365.SharePointServer.permissions;
import static io.github.kaitsu.microsoft365.SharePointServer.principals;
import static io.github.kaitsu.microsoft365.SharePointServer.registration;
import static io.github.kaitsu.microsoft365.SharePointServer.tenantWide;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.contract.Steps;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.vendor.AccessTokens;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is concluded from SharePoint's answers about Teams' permission (M365-6 to M365-10). */
@Timeout(60)
class PermissionLooksTest {
    private static final String PERMISSION = "microsoft-teams.sharepoint-permission";
    private static final String LISTED = "microsoft-teams.permission-listed";
    private static final String REMOVAL = "microsoft-teams.remove-sharepoint-permission";
    private static final String SITE = "microsoft-teams.admin-site";
    private static final String MANAGE = "Content content/tenant=Manage";
    private static final Map<String, String> SHOWN = Map.of("console.app-id.MICROSOFT_TEAMS", APP_ID);

    private SharePointServer sharePoint;
    private Connections<SharePointConnection> connections;

    @BeforeEach
    void start() throws Exception {
        sharePoint = new SharePointServer();
        SharePointConnection connection = sharePoint.connection();
        connections = customer -> Optional.of(connection);
    }

    @AfterEach
    void stop() throws Exception {
        sharePoint.close();
    }

    // ---- it is there

    @ParameterizedTest
    @ValueSource(strings = {PERMISSION, LISTED})
    void m365_10_whenScopeRightDomainAndRedirectAreRight_itHolds(String step) throws Exception {
        sharePoint.granted(APP_ID);

        assertThat(look(step))
                .isEqualTo(ProbeResult.holds("permission-registered", MANAGE, "tmcas.trendmicro.com", REDIRECT)
                        .with(Map.of("microsoft365.sharepoint-tenant", SharePointServer.TENANT)));
        assertThat(sharePoint.calls())
                .containsExactly(
                        "POST GetAddinPrincipalsHavingPermissionsInSites",
                        "POST AddinPermissions",
                        "POST GetACSServicePrincipals");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tenant", "Content/Tenant", "http://sharepoint/content/tenant"})
    void m365_10_whenTheTenantsScopeIsWrittenOtherwise_itHolds(String scope) throws Exception {
        sharePoint.granted(APP_ID).on(PERMISSIONS, permissions(APP_ID, true, tenantWide("Content", scope, "Manage")));

        assertThat(look(LISTED)).isInstanceOf(ProbeResult.Holds.class);
    }

    @Test
    void m365_10_whenMoreThanManageIsPermitted_itHoldsWithAWarning() throws Exception {
        sharePoint
                .granted(APP_ID)
                .on(
                        PERMISSIONS,
                        permissions(APP_ID, true, tenantWide("Manage"), tenantWide("Taxonomy", "taxonomy", "Read")));

        assertThat(look(LISTED))
                .isEqualTo(ProbeResult.holds(
                                "permission-registered-among-others",
                                MANAGE + ", Taxonomy taxonomy=Read",
                                "tmcas.trendmicro.com",
                                REDIRECT)
                        .with(Map.of("microsoft365.sharepoint-tenant", SharePointServer.TENANT)));
    }

    @Test
    void m365_10_whenTheListLacksTheAppButItsPermissionIsTold_itHolds() throws Exception {
        sharePoint.granted(APP_ID).on(PRINCIPALS, principals());

        assertThat(look(PERMISSION)).isInstanceOf(ProbeResult.Holds.class);
        assertThat(sharePoint.bodies.get(1)).contains(SharePointServer.identifier(APP_ID));
    }

    // ---- it is not

    @Test
    void m365_10_whenNothingIsRegistered_itFails() throws Exception {
        sharePoint.nothingGranted();

        assertThat(look(PERMISSION)).isEqualTo(ProbeResult.fails("permission-missing", 1));
        assertThat(code(LISTED)).isEqualTo("permission-missing");
    }

    @Test
    void m365_6_whenOnlyAnotherServicesAppIsRegistered_itFailsWithItsOwnCode() throws Exception {
        sharePoint
                .granted(SHAREPOINTS_ID)
                .on(
                        PERMISSIONS,
                        json(200, "{\"addinPermissions\":[],\"failedAddins\":[]}"),
                        json(200, permissions(SHAREPOINTS_ID, true, tenantWide("Manage"))));

        assertThat(look(PERMISSION)).isEqualTo(ProbeResult.fails("permission-other-app", SHAREPOINTS_ID));
    }

    @Test
    void m365_6_whenTheNameIsListedWithoutAPermission_itProvesNothing() throws Exception {
        sharePoint
                .granted(SHAREPOINTS_ID)
                .on(
                        PERMISSIONS,
                        json(200, "{\"addinPermissions\":[],\"failedAddins\":[]}"),
                        json(200, permissions(SHAREPOINTS_ID, false)));

        assertThat(code(PERMISSION)).isEqualTo("permission-missing");
    }

    static Stream<List<String>> wrong() {
        return Stream.of(
                List.of("permission-scope", permissions(APP_ID, true)),
                List.of("permission-scope", permissions(APP_ID, true, tenantWide("Search", "search", "Manage"))),
                List.of("permission-right", permissions(APP_ID, true, tenantWide("Read"))),
                List.of("permission-right", permissions(APP_ID, true, tenantWide("FullControl"))),
                List.of("permission-not-app-only", permissions(APP_ID, false, tenantWide("Manage"))));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void m365_8_whenThePermissionIsAnother_itFailsWithItsOwnCode(List<String> codeAndAnswer) throws Exception {
        sharePoint.granted(APP_ID).on(PERMISSIONS, codeAndAnswer.get(1));

        assertThat(code(PERMISSION)).isEqualTo(codeAndAnswer.get(0));
        assertThat(code(LISTED)).isEqualTo(codeAndAnswer.get(0));
    }

    @ParameterizedTest
    @CsvSource({
        "permission-domain, evil.example, https://admin.tmcas.trendmicro.co.jp/provision.html",
        "permission-domain, tmcas.trendmicro.com.evil.example, https://admin.tmcas.trendmicro.co.jp/provision.html",
        "permission-redirect, tmcas.trendmicro.com, https://admin.tmcas.trendmicro.com/provision.html",
        "permission-redirect, tmcas.trendmicro.com, https://admin.tmcas.trendmicro.co.jp/",
        "permission-redirect, tmcas.trendmicro.com, https://evil.example/provision.html"
    })
    void m365_7_whenDomainOrRedirectIsAnother_itFailsWithItsOwnCode(String code, String domain, String redirect)
            throws Exception {
        sharePoint.granted(APP_ID).on(REGISTRATIONS, registration(APP_ID, APP, domain, redirect));

        assertThat(code(PERMISSION)).isEqualTo(code);
        assertThat(code(LISTED)).isEqualTo(code);
    }

    @Test
    void m365_7_whenNobodyToldTheConsolesAddress_anyConsoleOfTheVendorsWillDo() throws Exception {
        for (String redirect : List.of(
                "https://admin.tmcas.trendmicro.com/provision.html",
                "https://admin-au.tmcas.trendmicro.com/provision.html")) {
            sharePoint.granted(APP_ID).on(REGISTRATIONS, registration(APP_ID, APP, "tmcas.trendmicro.com", redirect));
            assertThat(look(LISTED, request(ConsoleSite.AU).build(), SHOWN)).isInstanceOf(ProbeResult.Holds.class);
        }
        for (String redirect : List.of(
                "https://tmcas.trendmicro.com.evil.example/provision.html",
                "https://evil.example/provision.html",
                "http://admin.tmcas.trendmicro.com/provision.html",
                "https://admin.tmcas.trendmicro.com/x/provision.html",
                "nonsense")) {
            sharePoint.granted(APP_ID).on(REGISTRATIONS, registration(APP_ID, APP, "tmcas.trendmicro.com", redirect));
            assertThat(look(LISTED, request(ConsoleSite.AU).build(), SHOWN))
                    .isEqualTo(ProbeResult.fails("permission-redirect", redirect));
        }
    }

    @Test
    void m365_6_whenTheAppHasAnotherName_itFails() throws Exception {
        sharePoint.granted(APP_ID).on(PRINCIPALS, principals(APP_ID, "Contoso Workflow"));

        assertThat(code(LISTED)).isEqualTo("permission-title");
    }

    // ---- it cannot be told

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"value\":[]}",
                "{\"value\":[{\"appId\":\"" + APP_ID
                        + "\",\"appIdentifier\":\"i\",\"title\":null,\"redirectUri\":null,\"appDomains\":[\"tmcas.trendmicro.com\"]}]}"
            })
    void m365_10_whenDomainOrRedirectIsNotTold_thePersonLooks_andIsNotAskedToRegisterItAgain(String answer)
            throws Exception {
        sharePoint.granted(APP_ID).on(REGISTRATIONS, answer);

        assertThat(look(PERMISSION))
                .isEqualTo(ProbeResult.holds("permission-granted", MANAGE)
                        .with(Map.of("microsoft365.sharepoint-tenant", SharePointServer.TENANT)));
        assertThat(look(LISTED)).isEqualTo(ProbeResult.noAccess("registration-not-told", MANAGE));
    }

    @Test
    void m365_10_whenTheScopeIsUnknown_thePersonLooks() throws Exception {
        sharePoint.granted(APP_ID).on(PERMISSIONS, permissions(APP_ID, true, tenantWide("Content", "new", "Manage")));

        assertThat(look(LISTED))
                .isEqualTo(ProbeResult.noAccess("permission-scope-unknown", "Content new=Manage", true));
    }

    @Test
    void m365_10_whenAListedAppsPermissionIsNotTold_itIsUnclear() throws Exception {
        sharePoint
                .granted(APP_ID)
                .on(
                        PERMISSIONS,
                        "{\"addinPermissions\":[],\"failedAddins\":[{\"appIdentifier\":\"x\",\"serverRelativeUrl\":\"/\",\"errorMessage\":\"y\"}]}");

        assertThat(look(PERMISSION)).isInstanceOf(ProbeResult.Unclear.class);
        assertThat(look(REMOVAL)).isInstanceOf(ProbeResult.Unclear.class);
    }

    @Test
    void m365_6_whenTheAppIdIsSharePointsOrNone_sharePointIsNotEvenAsked() throws Exception {
        sharePoint.granted(SHAREPOINTS_ID);
        for (Map<String, String> facts : List.of(
                Map.<String, String>of(),
                Map.of("console.app-id.MICROSOFT_TEAMS", "00000000-0000-0000-0000-000000000000"),
                Map.of(
                        "console.app-id.MICROSOFT_TEAMS",
                        SHAREPOINTS_ID.toUpperCase(Locale.ROOT),
                        "console.app-id.SHAREPOINT_ONLINE",
                        SHAREPOINTS_ID))) {
            for (String step : List.of(PERMISSION, LISTED, REMOVAL)) {
                assertThat(look(step, request(ConsoleSite.JP).build(), facts))
                        .isEqualTo(ProbeResult.noAccess("app-id-not-shown"));
            }
        }
        assertThat(sharePoint.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {PERMISSION, LISTED, REMOVAL, SITE})
    void m365_10_whenThereIsNoConnection_aPersonIsAsked(String step) throws Exception {
        connections = Connections.none();

        assertThat(look(step)).isEqualTo(ProbeResult.noAccess("not-connected", "SharePoint"));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void m365_10_whenTheTokenMayNotRead_aPersonIsAsked(int status) throws Exception {
        sharePoint.on(PRINCIPALS, json(status, ""));

        assertThat(look(LISTED)).isInstanceOf(ProbeResult.NoAccess.class);
    }

    // ---- whose tenant it is

    @ParameterizedTest
    @ValueSource(strings = {PERMISSION, LISTED, REMOVAL})
    void m365_1_whenTheConnectionLeadsToAnotherTenant_itFails(String step) throws Exception {
        Map<String, String> facts = new HashMap<>(SHOWN);
        facts.put("tenant.MICROSOFT365", "99999999-0000-0000-0000-000000000000");
        for (SharePointServer s : List.of(sharePoint.granted(APP_ID), sharePoint.nothingGranted())) {
            assertThat(look(step, request(ConsoleSite.JP).build(), facts))
                    .isEqualTo(ProbeResult.fails(
                            ProbeResult.WRONG_TENANT, SharePointServer.TENANT, "99999999-0000-0000-0000-000000000000"));
            assertThat(s).isNotNull();
        }
    }

    @Test
    void m365_5_whenTheConnectionLeadsToAnotherAdminSite_nothingIsAskedThere() throws Exception {
        connected("https://other-admin.sharepoint.com");

        ProbeResult look = look(
                LISTED, request(ConsoleSite.JP).sharePointAdminSite(ADMIN_SITE).build(), SHOWN);

        assertThat(look)
                .isEqualTo(ProbeResult.noAccess(
                        "connected-to-another-site", "https://other-admin.sharepoint.com", ADMIN_SITE));
    }

    @Test
    void m365_5_whenAConnectionKnowsTheAdminSite_nobodyIsAskedForIt() throws Exception {
        connected(ADMIN_SITE);

        ProbeResult look = look(SITE);

        assertThat(look)
                .isEqualTo(ProbeResult.holds("sharepoint-connected", ADMIN_SITE)
                        .with(Map.of("microsoft365.admin-site", ADMIN_SITE)));
        Map<String, String> facts = new HashMap<>(SHOWN);
        facts.putAll(((ProbeResult.Holds) look).facts());
        assertThat(step(PERMISSION, request(ConsoleSite.JP).build(), facts)
                        .action()
                        .orElseThrow()
                        .link())
                .contains(URI.create(ADMIN_SITE + "/_layouts/15/AppInv.aspx"));
    }

    @Test
    void m365_5_whenGraphToldTheRootSite_nobodyIsAskedForTheAdminSite_unlessTheRequestNamesAnother() {
        Map<String, String> facts = new HashMap<>(SHOWN);
        facts.put("microsoft365.sharepoint-admin", ADMIN_SITE);
        ServiceAccountProvisioner teams = teams();

        assertThat(Known.ids(teams.steps(Known.context(request(ConsoleSite.JP).build(), facts))))
                .doesNotContain(SITE)
                .contains(PERMISSION);
        assertThat(step(PERMISSION, request(ConsoleSite.JP).build(), facts)
                        .action()
                        .orElseThrow()
                        .link())
                .contains(URI.create(ADMIN_SITE + "/_layouts/15/AppInv.aspx"));
        ActivationRequest named = request(ConsoleSite.JP)
                .sharePointAdminSite("https://other-admin.sharepoint.com")
                .build();
        assertThat(step(PERMISSION, named, facts).action().orElseThrow().link())
                .contains(URI.create("https://other-admin.sharepoint.com/_layouts/15/AppInv.aspx"));
    }

    @Test
    void m365_5_whenTheConnectionsAddressIsNoAdminHost_thePersonIsAsked() throws Exception {
        assertThat(look(SITE))
                .isInstanceOfSatisfying(
                        ProbeResult.NoAccess.class,
                        n -> assertThat(n.seen().code()).isEqualTo("no-admin-site"));
    }

    // ---- removal

    @Test
    void m365_10_whenTheRowIsStillThere_theRemovalsLookFails() throws Exception {
        sharePoint.granted(APP_ID);

        assertThat(removal("tenant.MICROSOFT365", SharePointServer.TENANT))
                .isEqualTo(ProbeResult.fails("permission-still-there", MANAGE, true));
    }

    @Test
    void m365_10_whenTheTenantOfTheActivationIsNotKnown_theRemovalIsNotClaimed() throws Exception {
        for (SharePointServer s : List.of(sharePoint.nothingGranted(), sharePoint.granted(APP_ID))) {
            assertThat(look(REMOVAL)).isEqualTo(ProbeResult.unclear("tenant-not-known", SharePointServer.TENANT));
            assertThat(s).isNotNull();
        }
    }

    @Test
    void m365_10_whenSharePointShowedAnotherTenantAtTheActivation_theRemovalFails() throws Exception {
        sharePoint.nothingGranted();

        assertThat(removal("microsoft365.sharepoint-tenant", "99999999-0000-0000-0000-000000000000"))
                .isEqualTo(ProbeResult.fails(
                        ProbeResult.WRONG_TENANT, SharePointServer.TENANT, "99999999-0000-0000-0000-000000000000"));
    }

    /** SharePoint itself is always among them: an empty list is no answer to the question. */
    @Test
    void m365_10_whenSharePointListsNothingAtAll_nothingIsClaimed() throws Exception {
        sharePoint.nothingGranted().on(PRINCIPALS, "{\"addinPrincipals\":[],\"errorsWithServerRelativeUrl\":[]}");

        assertThat(removal("tenant.MICROSOFT365", SharePointServer.TENANT))
                .isEqualTo(ProbeResult.unclear("sharepoint-lists-nothing"));
        assertThat(look(LISTED)).isInstanceOf(ProbeResult.Unclear.class);
    }

    @Test
    void m365_10_whenTheRowIsGone_theRemovalsLookHolds() throws Exception {
        sharePoint.nothingGranted();
        assertThat(removal("tenant.MICROSOFT365", SharePointServer.TENANT))
                .isEqualTo(ProbeResult.holds("permission-gone", APP_ID));
        assertThat(removal("microsoft365.sharepoint-tenant", SharePointServer.TENANT))
                .isInstanceOf(ProbeResult.Holds.class);

        sharePoint.granted(APP_ID).on(PERMISSIONS, permissions(APP_ID, false));
        assertThat(removal("tenant.MICROSOFT365", SharePointServer.TENANT)).isInstanceOf(ProbeResult.Holds.class);

        sharePoint
                .granted(SHAREPOINTS_ID)
                .on(PERMISSIONS, "{\"addinPermissions\":[" + permission(SHAREPOINTS_ID, true) + "]}");
        assertThat(removal("tenant.MICROSOFT365", SharePointServer.TENANT))
                .as("another service's row stays")
                .isInstanceOf(ProbeResult.Holds.class);
    }

    // ---- the plan

    @ParameterizedTest
    @EnumSource(value = Edition.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void m365_10_thePlanTellsCallsAndScope(Edition edition) {
        ActivationRequest request = request(ConsoleSite.JP)
                .edition(edition)
                .insistOnSharePointPermission(true)
                .build();

        assertThat(step(LISTED, request, SHOWN).check().probe().orElseThrow())
                .satisfies(p -> assertThat(p.calls()).contains("GetACSServicePrincipals"))
                .satisfies(p -> assertThat(p.scope()).isEqualTo("Sites.Read.All"));
        assertThat(step(SITE, request, SHOWN).check().probe().orElseThrow().scope())
                .isEmpty();
    }

    // ---- helpers

    private void connected(String adminSite) {
        SharePointConnection connection = SharePointConnection.builder(AccessTokens.singleFlight(
                        spent -> {
                            throw new AssertionError("no call is due");
                        },
                        SharePointServer.CLOCK))
                .adminSite(URI.create(adminSite))
                .build();
        connections = customer -> Optional.of(connection);
    }

    private static ActivationRequest.Builder request(ConsoleSite site) {
        return ActivationRequest.builder(CustomerId.of(site, "CAS0001"))
                .services(CloudService.MICROSOFT_TEAMS)
                .edition(Edition.CONSOLE_2024_04);
    }

    private String code(String step) throws InterruptedException {
        ProbeResult look = look(step);
        assertThat(look).isInstanceOf(ProbeResult.Fails.class);
        return look.seen().code();
    }

    private ProbeResult removal(String fact, String value) throws InterruptedException {
        Map<String, String> facts = new HashMap<>(SHOWN);
        facts.put(fact, value);
        return look(REMOVAL, request(ConsoleSite.JP).build(), facts);
    }

    private ProbeResult look(String step) throws InterruptedException {
        return look(step, request(ConsoleSite.JP).build(), SHOWN);
    }

    private ProbeResult look(String step, ActivationRequest request, Map<String, String> facts)
            throws InterruptedException {
        return Steps.look(step(step, request, facts), Known.context(request, facts), SharePointServer.CLOCK);
    }

    private ActivationStep step(String id, ActivationRequest request, Map<String, String> facts) {
        return Steps.step(Steps.all(teams(), Known.context(request, facts)), id);
    }

    private ServiceAccountProvisioner teams() {
        return Steps.of(Microsoft365Provisioners.create(Connections.none(), connections), CloudService.MICROSOFT_TEAMS);
    }
}
