package io.github.kaitsu.microsoft365;

import static io.github.kaitsu.microsoft365.GraphServer.GLOBAL_ADMINISTRATOR;
import static io.github.kaitsu.microsoft365.GraphServer.error;
import static io.github.kaitsu.microsoft365.GraphServer.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Performer;
import io.github.kaitsu.Statement;
import io.github.kaitsu.contract.Steps;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.provision.StepContext;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import okhttp3.mockwebserver.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tenant and its apps, read through Graph (M365-1, M365-5, MIP-1). */
class GraphLooksTest {
    private static final CloudService EXCHANGE = CloudService.EXCHANGE_ONLINE;
    private static final CloudService SHAREPOINT = CloudService.SHAREPOINT_ONLINE;
    private static final CloudService ONEDRIVE = CloudService.ONEDRIVE;
    private static final CloudService TEAMS = CloudService.MICROSOFT_TEAMS;
    private static final String GLOBAL_READER = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";
    private static final String NAME = "Trend Micro Cloud App Security";
    private static final String ROLES = "/me/transitiveMemberOf/graph.directoryRole";

    private final Map<String, String> facts = new HashMap<>();
    private GraphServer graph;
    private NationalCloud cloud = NationalCloud.WORLDWIDE;

    @BeforeEach
    void start() throws Exception {
        graph = new GraphServer();
    }

    @AfterEach
    void stop() throws Exception {
        graph.close();
    }

    // ---- preflight

    @Test
    void m365_1_whenTheUserIsAGlobalAdministrator_theLookHoldsAndPinsTheTenant() throws Exception {
        graph.roles(GLOBAL_READER, GLOBAL_ADMINISTRATOR);
        assertThat(look(EXCHANGE, "global-administrator"))
                .isEqualTo(ProbeResult.holds(
                                "global-administrator",
                                "admin@contoso.example",
                                "Global Administrator, Global Reader",
                                GraphServer.TENANT)
                        .with(Map.of(
                                "tenant.MICROSOFT365",
                                GraphServer.TENANT,
                                "microsoft365.administrator",
                                "admin@contoso.example")));
        assertThat(graph.lines())
                .containsExactly(
                        "GET /organization?$select=id,displayName",
                        "GET /me?$select=id,userPrincipalName",
                        "GET " + ROLES + "?$select=displayName,roleTemplateId");
    }

    @Test
    void m365_1_whenTheRoleIsNotActive_theLookFails() throws Exception {
        graph.roles(GLOBAL_READER);
        assertThat(look(EXCHANGE, "global-administrator"))
                .isEqualTo(ProbeResult.fails("not-global-administrator", "admin@contoso.example", "Global Reader"));
        graph.roles();
        assertThat(look(EXCHANGE, "global-administrator"))
                .isEqualTo(ProbeResult.fails("not-global-administrator", "admin@contoso.example", "—"));
    }

    /** With too small a scope Graph lists roles as bare objects: no proof that the right one is missing. */
    @Test
    void m365_1_whenTheRolesAreNotShown_aPersonIsAsked() throws Exception {
        graph.on(ROLES, list("{\"id\":\"1\",\"displayName\":null,\"roleTemplateId\":null}"));
        assertThat(look(EXCHANGE, "global-administrator"))
                .isEqualTo(ProbeResult.noAccess("roles-not-told", "admin@contoso.example"));
    }

    @Test
    void m365_1_whenTheTokenIsAnApplications_aPersonIsAsked() throws Exception {
        graph.on("/me", error(400, "BadRequest"));
        assertThat(look(EXCHANGE, "global-administrator")).isInstanceOf(ProbeResult.NoAccess.class);
    }

    @Test
    void m365_1_whenTheConnectionLeadsToAnotherTenant_itIsTheWrongOne() throws Exception {
        graph.roles(GLOBAL_ADMINISTRATOR).apps(FakeApp.of(EXCHANGE, 1));
        facts.put("tenant.MICROSOFT365", "another");
        for (String step : List.of("global-administrator", "enterprise-app")) {
            assertThat(look(EXCHANGE, step))
                    .isEqualTo(ProbeResult.fails(ProbeResult.WRONG_TENANT, GraphServer.TENANT, "another"));
        }
        assertThat(look(EXCHANGE, "remove-enterprise-app"))
                .isEqualTo(ProbeResult.fails(ProbeResult.WRONG_TENANT, GraphServer.TENANT, "another"));
    }

    @Test
    void m365_1_whenSeveralServicesAreRequested_theTenantIsReadOnceForAll() {
        assertThat(ids(EXCHANGE))
                .contains(
                        "exchange-online.global-administrator",
                        "exchange-online.users",
                        "exchange-online.sharepoint-site",
                        "exchange-online.licence",
                        "exchange-online.enterprise-app");
        assertThat(ids(ONEDRIVE))
                .contains("onedrive.licence", "onedrive.enterprise-app")
                .doesNotContain("onedrive.users", "onedrive.sharepoint-site");
    }

    @Test
    void m365_1_whenItIsPlanned_thePermissionsAreShown_andTheyAreNothingLeftToDoAfterwards() {
        StepContext planned = Known.context(request(), Map.of());
        StepContext underWay = Known.context(request(), Map.of("console.listed", "EXCHANGE_ONLINE"));
        for (CloudService service : request().services()) {
            assertThat(provisioner(service).notices(planned))
                    .anyMatch(n -> n.key().equals("notice.permissions"));
            assertThat(provisioner(service).notices(underWay))
                    .noneMatch(n -> n.key().equals("notice.permissions"));
        }
    }

    @Test
    void m365_1_withoutConnections_theStepsAreThoseOfBefore() {
        assertThat(Known.ids(Known.provisioner(EXCHANGE)
                        .steps(Known.context(Known.request(EXCHANGE).build()))))
                .containsExactly("exchange-online.global-administrator");
    }

    @Test
    void common11_whenUsersAreCounted_theFactIsKept() throws Exception {
        graph.on("/users/$count", plain("12345"));
        assertThat(look(EXCHANGE, "users"))
                .isEqualTo(ProbeResult.holds("users-counted", 12345).with(Map.of("users.MICROSOFT365", "12345")));
        assertThat(graph.requests.get(0).getHeader("ConsistencyLevel")).isEqualTo("eventual");
    }

    @ParameterizedTest
    @CsvSource({
        "WORLDWIDE, https://contoso.sharepoint.com, https://contoso-admin.sharepoint.com",
        "US_GOVERNMENT, https://contoso.sharepoint.us/, https://contoso-admin.sharepoint.us",
        "CHINA, https://contoso.sharepoint.cn, https://contoso-admin.sharepoint.cn"
    })
    void m365_5_whenTheRootSiteIsRead_theAdminCentreIsDerived(NationalCloud where, String root, String admin)
            throws Exception {
        cloud = where;
        graph.on("/sites/root", "{\"webUrl\":\"" + root + "\"}");
        look(EXCHANGE, "sharepoint-site");
        assertThat(facts).containsEntry("microsoft365.sharepoint-admin", admin);
    }

    @Test
    void m365_5_whenGraphTellsTheAdminCentre_nobodyIsAskedForIt() throws Exception {
        assertThat(ids(TEAMS)).contains("microsoft-teams.admin-site");
        graph.on("/sites/root", "{\"webUrl\":\"https://contoso.sharepoint.com\"}");
        look(EXCHANGE, "sharepoint-site");
        assertThat(ids(TEAMS)).doesNotContain("microsoft-teams.admin-site");
        assertThat(step(TEAMS, "sharepoint-permission").action().orElseThrow().link())
                .contains(URI.create("https://contoso-admin.sharepoint.com/_layouts/15/AppInv.aspx"));
    }

    @Test
    void m365_5_whenSharePointIsInAnotherCloud_theLookFails() throws Exception {
        graph.on("/sites/root", "{\"webUrl\":\"https://contoso.sharepoint.us\"}");
        assertThat(look(EXCHANGE, "sharepoint-site"))
                .isEqualTo(ProbeResult.fails("national-cloud", "https://contoso.sharepoint.us", ".sharepoint.com"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://intranet.contoso.example", "no address at all", "", "https://contoso-my.sharepoint.com"
            })
    void m365_5_whenTheAddressTellsNoName_nothingIsClaimed(String root) throws Exception {
        graph.on("/sites/root", "{\"webUrl\":\"" + root + "\"}");
        assertThat(look(EXCHANGE, "sharepoint-site")).isInstanceOf(ProbeResult.Unclear.class);
    }

    @ParameterizedTest
    @CsvSource({
        "EXCHANGE_ONLINE, EXCHANGE_S_ENTERPRISE",
        "EXCHANGE_ONLINE, EXCHANGE_S_STANDARD_GOV",
        "SHAREPOINT_ONLINE, SHAREPOINTENTERPRISE",
        "ONEDRIVE, ONEDRIVE_BASIC",
        "ONEDRIVE, SHAREPOINTSTANDARD",
        "MICROSOFT_TEAMS, TEAMS1",
        "MIP, MIP_S_CLP1"
    })
    void m365_1_whenASubscriptionIncludesTheService_theLicenceHolds(CloudService service, String plan)
            throws Exception {
        graph.on("/subscribedSkus", sku("Enabled", plan, "Success"));
        assertThat(look(service, "licence")).isEqualTo(ProbeResult.holds("licence-found", plan));
    }

    @ParameterizedTest
    @CsvSource({
        "EXCHANGE_ONLINE, Enabled, EXCHANGE_S_FOUNDATION, Success",
        "SHAREPOINT_ONLINE, Enabled, SHAREPOINTWAC, Success",
        "MICROSOFT_TEAMS, Suspended, TEAMS1, Success",
        "MICROSOFT_TEAMS, Enabled, TEAMS1, Disabled"
    })
    void m365_1_whenNothingUsableIncludesTheService_theLicenceIsMissing(
            CloudService service, String state, String plan, String status) throws Exception {
        graph.on("/subscribedSkus", sku(state, plan, status));
        assertThat(code(look(service, "licence"))).isEqualTo("licence-missing");
    }

    /** The vendor's list knows no Azure Information Protection P1 (RMS_S_PREMIUM), and may be older than Microsoft's plans. */
    @ParameterizedTest
    @ValueSource(strings = {"EXCHANGE_S_STANDARD", "RMS_S_PREMIUM"})
    void mip1_whenNoKnownLicenceHasIt_aPersonIsAsked(String plan) throws Exception {
        graph.on("/subscribedSkus", sku("Enabled", plan, "Success"));
        assertThat(look(CloudService.MIP, "licence")).isEqualTo(ProbeResult.unclear("mip-licence-not-known", 1));
        assertThat(step(CloudService.MIP, "licence").check().question()).isPresent();
    }

    @Test
    void mip1_whenThereIsNoLicenceAtAll_theLookFails_andItsServicesAreLookedForById() throws Exception {
        graph.on("/subscribedSkus", sku("Suspended", "MIP_S_CLP2", "Success"));
        assertThat(look(CloudService.MIP, "licence")).isEqualTo(ProbeResult.fails("mip-licence-missing"));
        assertThat(look(CloudService.MIP, "microsoft-services"))
                .isEqualTo(ProbeResult.fails(
                        "mip-services-missing",
                        "00000012-0000-0000-c000-000000000000, 870c4f2e-85b6-4d43-bdda-6ed9a579b725",
                        "—"));
    }

    @Test
    void mip1_whenOneOfItsServicesIsDisabled_itIsToldFromOneThatIsMissing() throws Exception {
        String rms = "00000012-0000-0000-c000-000000000000";
        FakeApp app = new FakeApp(FakeApp.id(1), rms, "RMS", FakeApp.VENDOR, false, List.of(), List.of(), "");
        graph.apps(app);
        assertThat(look(CloudService.MIP, "microsoft-services"))
                .isEqualTo(ProbeResult.fails("mip-services-missing", "870c4f2e-85b6-4d43-bdda-6ed9a579b725", rms));
    }

    // ---- the proof

    @ParameterizedTest
    @EnumSource(
            value = CloudService.class,
            names = {"EXCHANGE_ONLINE", "SHAREPOINT_ONLINE", "ONEDRIVE", "MICROSOFT_TEAMS", "MIP"})
    void m365_1_whenEachServiceHasItsApp_itIsToldFromTheOthersByWhatItWasGranted(CloudService service)
            throws Exception {
        graph.apps(
                FakeApp.of(TEAMS, 4),
                FakeApp.of(EXCHANGE, 1),
                FakeApp.of(CloudService.MIP, 5),
                FakeApp.of(ONEDRIVE, 3),
                FakeApp.of(SHAREPOINT, 2));
        assertThat(look(service, "enterprise-app")).isInstanceOf(ProbeResult.Holds.class);
        int number =
                List.of(EXCHANGE, SHAREPOINT, ONEDRIVE, TEAMS, CloudService.MIP).indexOf(service) + 1;
        assertThat(facts)
                .containsEntry("microsoft365.app-id." + service, FakeApp.appId(number))
                .containsEntry("tenant.MICROSOFT365", GraphServer.TENANT)
                .containsEntry("microsoft365.app-publisher." + service, "Trend Micro");
        assertThat(facts.get("microsoft365.permissions." + service))
                .contains("User.Read/delegated/" + GraphServer.GRAPH, "/application/" + GraphServer.GRAPH);
    }

    @Test
    void m365_1_whenTheConsoleNamesTheApp_itIsThatOne() throws Exception {
        graph.apps(FakeApp.of(SHAREPOINT, 2), FakeApp.of(SHAREPOINT, 3));
        facts.put("console.app-id.SHAREPOINT_ONLINE", FakeApp.appId(3));
        assertThat(look(SHAREPOINT, "enterprise-app")).isInstanceOf(ProbeResult.Holds.class);
        assertThat(facts).containsEntry("microsoft365.app-id.SHAREPOINT_ONLINE", FakeApp.appId(3));
    }

    @Test
    void m365_1_whenTwoAppsFitAlike_theNewOneIsIt_andWithoutOneNothingIsClaimed() throws Exception {
        FakeApp old = FakeApp.of(EXCHANGE, 1).granted("2024-01-01T00:00:00Z");
        graph.apps(old, FakeApp.of(EXCHANGE, 2));
        assertThat(look(EXCHANGE, "enterprise-app")).isInstanceOf(ProbeResult.Holds.class);
        assertThat(facts).containsEntry("microsoft365.app-id.EXCHANGE_ONLINE", FakeApp.appId(2));

        facts.clear();
        graph.apps(old, FakeApp.of(EXCHANGE, 2).granted("2024-01-01T00:00:00Z"));
        assertThat(look(EXCHANGE, "enterprise-app")).isInstanceOf(ProbeResult.Unclear.class);
        assertThat(facts).isEmpty();
    }

    @Test
    void m365_1_whenAnAppIsAnotherServices_itIsNotTakenASecondTime() throws Exception {
        graph.apps(FakeApp.of(EXCHANGE, 1), FakeApp.of(EXCHANGE, 2));
        facts.put("microsoft365.app-id.ONEDRIVE", FakeApp.appId(1));
        assertThat(look(EXCHANGE, "enterprise-app")).isInstanceOf(ProbeResult.Holds.class);
        assertThat(facts).containsEntry("microsoft365.app-id.EXCHANGE_ONLINE", FakeApp.appId(2));
    }

    @Test
    void m365_1_whenTheConsolesAppHasOnlyAPart_theMissingPermissionIsNamed() throws Exception {
        graph.apps(FakeApp.of(EXCHANGE, 1).without("Mail.ReadWrite"));
        facts.put("console.app-id.EXCHANGE_ONLINE", FakeApp.appId(1));
        assertThat(look(EXCHANGE, "enterprise-app"))
                .isEqualTo(ProbeResult.fails("app-permission-missing", NAME, FakeApp.appId(1), "Mail.ReadWrite", "—"));

        facts.put("console.app-id.MICROSOFT_TEAMS", FakeApp.appId(4));
        graph.apps(FakeApp.of(TEAMS, 4).without("Group.Read.All", "User.Read"));
        assertThat(look(TEAMS, "enterprise-app"))
                .isEqualTo(ProbeResult.fails(
                        "app-permission-missing", NAME, FakeApp.appId(4), "Group.Read.All, User.Read", "—"));
    }

    /** What is known of the permissions may be out of date: without the console's word no service fails by it. */
    @Test
    void m365_1_whenTheConsoleNamesNoApp_andOneOfTheNameHasOtherPermissions_aPersonIsAsked() throws Exception {
        FakeApp newer = FakeApp.of(EXCHANGE, 1).without("Mail.ReadWrite");
        for (FakeApp app : List.of(newer, newer.with("full_access_as_app"))) {
            graph.apps(app, FakeApp.of(ONEDRIVE, 3));
            assertThat(look(EXCHANGE, "enterprise-app"))
                    .isEqualTo(ProbeResult.unclear("app-incomplete", FakeApp.appId(1) + ": Mail.ReadWrite", "—"));
        }
        assertThat(facts).isEmpty();
    }

    @Test
    void m365_1_whenAnAppsNameOnlyBeginsSo_itIsNotTheVendors() throws Exception {
        graph.apps(FakeApp.of(EXCHANGE, 1).named("Trend Micro Cloud App Security - own test"));
        assertThat(look(EXCHANGE, "enterprise-app")).isEqualTo(ProbeResult.fails("app-name-missing", NAME));
    }

    @Test
    void m365_1_whenTheTenantRegisteredTheAppItself_itIsNotTheVendors() throws Exception {
        graph.apps(FakeApp.of(EXCHANGE, 1).ownedBy(GraphServer.TENANT.toUpperCase(Locale.ROOT)));
        assertThat(look(EXCHANGE, "enterprise-app")).isEqualTo(ProbeResult.fails("app-name-missing", NAME));
        graph.apps(FakeApp.of(EXCHANGE, 1).ownedBy(""));
        assertThat(look(EXCHANGE, "enterprise-app"))
                .isEqualTo(ProbeResult.unclear("app-owner-not-told", FakeApp.appId(1)));
        assertThat(facts).isEmpty();
    }

    /** One user's consent is for that user: the organisation has granted nothing by it. */
    @Test
    void m365_1_whenOnlyOneUserConsented_itIsNoGrantOfTheOrganisation() throws Exception {
        graph.apps(FakeApp.of(EXCHANGE, 1).without("User.Read").withForOneUser("User.Read"));
        assertThat(look(EXCHANGE, "enterprise-app"))
                .isEqualTo(ProbeResult.unclear(
                        "app-incomplete", FakeApp.appId(1) + ": User.Read", FakeApp.appId(1) + ": User.Read"));
        facts.put("console.app-id.EXCHANGE_ONLINE", FakeApp.appId(1));
        assertThat(look(EXCHANGE, "enterprise-app"))
                .isEqualTo(
                        ProbeResult.fails("app-permission-missing", NAME, FakeApp.appId(1), "User.Read", "User.Read"));
    }

    @Test
    void m365_1_whenAUserConsentedToMore_itIsTold_andIsNoPartOfTheBaseline() throws Exception {
        graph.apps(FakeApp.of(EXCHANGE, 1).withForOneUser("Files.Read.All"));
        assertThat(look(EXCHANGE, "enterprise-app").seen()).isEqualTo(granted("app-granted", "—", "Files.Read.All"));
        assertThat(facts.get("microsoft365.permissions.EXCHANGE_ONLINE")).doesNotContain("Files.Read.All");
        graph.apps(FakeApp.of(EXCHANGE, 1));
        assertThat(look(EXCHANGE, "enterprise-app")).isInstanceOf(ProbeResult.Holds.class);
    }

    /** Also where the directory lists it on a later page, behind apps of the same name. */
    @Test
    void m365_1_whenTheAppIsOnALaterPage_itIsFound() throws Exception {
        FakeApp[] own = IntStream.range(0, 101)
                .mapToObj(i -> FakeApp.of(EXCHANGE, 9).ownedBy(GraphServer.TENANT))
                .toArray(FakeApp[]::new);
        FakeApp app = FakeApp.of(EXCHANGE, 1);
        graph.apps(app).apps(own).onSecondPage(app);
        assertThat(look(EXCHANGE, "enterprise-app")).isInstanceOf(ProbeResult.Holds.class);
        assertThat(facts).containsEntry("microsoft365.app-id.EXCHANGE_ONLINE", FakeApp.appId(1));
    }

    @Test
    void m365_1_whenMoreThanKnownWasGranted_itHoldsWithAWarning() throws Exception {
        graph.apps(FakeApp.of(EXCHANGE, 1).with("Files.Read.All"));
        assertThat(look(EXCHANGE, "enterprise-app")).isInstanceOfSatisfying(ProbeResult.Holds.class, h -> {
            assertThat(h.seen().code()).isEqualTo("app-granted-more-than-published");
            assertThat(h.seen().arguments()).last().isEqualTo("Files.Read.All");
        });
    }

    @Test
    void m365_6_whenTheAppIdIsAnotherServices_itIsRefused() throws Exception {
        graph.apps(FakeApp.of(SHAREPOINT, 2), FakeApp.of(TEAMS, 4));
        facts.put("console.app-id.MICROSOFT_TEAMS", FakeApp.appId(2));
        assertThat(look(TEAMS, "enterprise-app"))
                .isEqualTo(
                        ProbeResult.fails("other-services-permissions", NAME, FakeApp.appId(2), "SharePoint Online"));

        facts.put("console.app-id.MICROSOFT_TEAMS", FakeApp.appId(4));
        facts.put("console.app-id.SHAREPOINT_ONLINE", FakeApp.appId(4).toUpperCase(Locale.ROOT));
        assertThat(look(TEAMS, "enterprise-app"))
                .isEqualTo(ProbeResult.fails("other-services-app", FakeApp.appId(4), "SharePoint Online"));
    }

    @Test
    void m365_1_whenThereIsNoApp_orNotThisOne_theLookFails() throws Exception {
        assertThat(look(EXCHANGE, "enterprise-app")).isEqualTo(ProbeResult.fails("app-name-missing", NAME));
        graph.apps(FakeApp.of(ONEDRIVE, 3));
        assertThat(look(EXCHANGE, "enterprise-app"))
                .isEqualTo(ProbeResult.fails("app-not-among-its-namesakes", FakeApp.appId(3)));
        facts.put("console.app-id.EXCHANGE_ONLINE", FakeApp.appId(9));
        assertThat(look(EXCHANGE, "enterprise-app")).isEqualTo(ProbeResult.fails("app-missing", FakeApp.appId(9)));
    }

    @Test
    void m365_1_whenTheAppIsDisabled_theLookFails() throws Exception {
        graph.apps(FakeApp.of(EXCHANGE, 1).disabled());
        assertThat(code(look(EXCHANGE, "enterprise-app"))).isEqualTo("app-disabled");
    }

    @Test
    void m365_1_whenTheConsentIsRecorded_itSupports_andItsAbsenceProvesNothing() throws Exception {
        graph.apps(FakeApp.of(EXCHANGE, 1));
        graph.on(
                "/auditLogs/directoryAudits",
                list("{\"id\":\"1\",\"activityDisplayName\":\"Consent to application\","
                        + "\"activityDateTime\":\"2026-11-21T00:00:02Z\",\"result\":\"success\","
                        + "\"initiatedBy\":{\"user\":{\"userPrincipalName\":\"admin@contoso.example\"}},"
                        + "\"targetResources\":[{\"id\":\"" + FakeApp.id(1) + "\",\"type\":\"ServicePrincipal\"}]}"));
        assertThat(look(EXCHANGE, "enterprise-app").seen())
                .isEqualTo(granted("app-granted", "2026-11-21T00:00:02Z admin@contoso.example", "—"));
        facts.clear();
        graph.on("/auditLogs/directoryAudits", error(403, "Authentication_MSGraphPermissionMissing"));
        assertThat(look(EXCHANGE, "enterprise-app")).isInstanceOf(ProbeResult.Holds.class);
    }

    @Test
    void m365_1_whenTheConnectionMayNotRead_thePersonIsAsked() throws Exception {
        graph.on(
                "/servicePrincipals?$filter=startswith(displayName,'Trend Micro Cloud App Security')"
                        + "&$select=id,appId,displayName,accountEnabled,appOwnerOrganizationId,verifiedPublisher&$top=999",
                error(403, "Authorization_RequestDenied"));
        assertThat(look(EXCHANGE, "enterprise-app")).isInstanceOf(ProbeResult.NoAccess.class);
        facts.put("tenant.MICROSOFT365", GraphServer.TENANT);
        ActivationStep step = step(EXCHANGE, "enterprise-app");
        assertThat(step.required()).isTrue();
        assertThat(step.check().question()).isPresent();
        assertThat(step.performer()).isEqualTo(Performer.SDK);
    }

    /** Where this run never saw the tenant, the console's line is the proof, and nobody is asked to compare permissions. */
    @Test
    void m365_1_whenTheTenantWasNeverRead_theProofIsOptional() {
        ActivationStep step = step(EXCHANGE, "enterprise-app");
        assertThat(step.required()).isFalse();
        assertThat(step.check().question()).isEmpty();
    }

    // ---- drift

    @Test
    void m365_1_whenNothingChangedSinceTheActivation_itHolds() throws Exception {
        graph.apps(FakeApp.of(EXCHANGE, 1).with("Files.Read.All"));
        look(EXCHANGE, "enterprise-app");
        assertThat(look(EXCHANGE, "enterprise-app").seen())
                .isEqualTo(Statement.of("app-unchanged", NAME, FakeApp.appId(1), 6));
    }

    @Test
    void m365_1_whenAnythingChangedSinceTheActivation_itIsDrift() throws Exception {
        graph.apps(FakeApp.of(EXCHANGE, 1));
        look(EXCHANGE, "enterprise-app");

        graph.apps(FakeApp.of(EXCHANGE, 1).without("Mail.ReadWrite"));
        assertThat(look(EXCHANGE, "enterprise-app"))
                .isEqualTo(changed("Mail.ReadWrite/application/" + GraphServer.GRAPH, "—", FakeApp.VENDOR));
        graph.apps(FakeApp.of(EXCHANGE, 1).with("Files.Read.All"));
        assertThat(look(EXCHANGE, "enterprise-app"))
                .isEqualTo(changed("—", "Files.Read.All/application/" + GraphServer.GRAPH, FakeApp.VENDOR));
        graph.apps(FakeApp.of(EXCHANGE, 1));
        facts.put("microsoft365.app-owner.EXCHANGE_ONLINE", "somebody");
        assertThat(look(EXCHANGE, "enterprise-app")).isEqualTo(changed("—", "—", "somebody → " + FakeApp.VENDOR));
        graph.apps(FakeApp.of(EXCHANGE, 1).disabled());
        assertThat(code(look(EXCHANGE, "enterprise-app"))).isEqualTo("app-disabled");
        graph.apps(FakeApp.of(EXCHANGE, 2));
        assertThat(look(EXCHANGE, "enterprise-app")).isEqualTo(ProbeResult.fails("app-missing", FakeApp.appId(1)));
    }

    // ---- removal

    @Test
    void m365_1_whenTheTenantOfTheActivationIsNotKnown_theRemovalIsNotClaimed() throws Exception {
        for (String appId : List.of("", FakeApp.appId(1))) {
            facts.put("console.app-id.EXCHANGE_ONLINE", appId);
            assertThat(look(EXCHANGE, "remove-enterprise-app"))
                    .isEqualTo(ProbeResult.unclear("tenant-not-known", GraphServer.TENANT));
        }
    }

    @Test
    void m365_1_whenTheAppIsGone_orHasNothingLeft_theRemovalHolds() throws Exception {
        facts.put("tenant.MICROSOFT365", GraphServer.TENANT);
        facts.put("console.app-id.SHAREPOINT_ONLINE", FakeApp.appId(2));
        assertThat(look(SHAREPOINT, "remove-enterprise-app")).isEqualTo(holds("app-gone", FakeApp.appId(2)));
        graph.apps(FakeApp.of(2));
        assertThat(look(SHAREPOINT, "remove-enterprise-app"))
                .isEqualTo(holds("app-without-permissions", FakeApp.appId(2)));
        graph.apps(FakeApp.of(SHAREPOINT, 2));
        assertThat(look(SHAREPOINT, "remove-enterprise-app"))
                .isEqualTo(ProbeResult.fails(
                        "app-still-there",
                        FakeApp.appId(2),
                        "Directory.Read.All, Sites.FullControl.All, Sites.Read.All, User.Read"));
    }

    @Test
    void m365_1_whenNoIdIsKnown_theRemovalGoesByPermissions_andNeverByAnothersApp() throws Exception {
        facts.put("tenant.MICROSOFT365", GraphServer.TENANT);
        graph.apps(
                FakeApp.of(EXCHANGE, 1).ownedBy(GraphServer.TENANT),
                FakeApp.of(EXCHANGE, 4).named("Trend Micro Cloud App Security 2"));
        assertThat(look(EXCHANGE, "remove-enterprise-app")).isEqualTo(holds("app-name-gone", NAME));
        graph.apps(FakeApp.of(SHAREPOINT, 2), FakeApp.of(ONEDRIVE, 3));
        assertThat(look(EXCHANGE, "remove-enterprise-app")).isInstanceOf(ProbeResult.Holds.class);
        graph.apps(FakeApp.of(EXCHANGE, 1), FakeApp.of(ONEDRIVE, 3));
        assertThat(code(look(EXCHANGE, "remove-enterprise-app"))).isEqualTo("app-still-there");
        graph.apps(FakeApp.of(7, "Directory.Read.All"));
        assertThat(look(EXCHANGE, "remove-enterprise-app"))
                .isEqualTo(ProbeResult.unclear("app-ambiguous", FakeApp.appId(7)));
    }

    // ---- helpers

    private static Statement granted(String code, String consent, String forOneUser) {
        return Statement.of(
                code,
                NAME,
                FakeApp.appId(1),
                ConsoleGrant.permissions(EXCHANGE),
                "2026-11-21T00:00:01Z",
                consent,
                forOneUser);
    }

    private static ProbeResult changed(String gone, String added, String owner) {
        return ProbeResult.fails("grants-changed", FakeApp.appId(1), gone, added, owner, "Trend Micro");
    }

    private ProbeResult look(CloudService service, String step) throws InterruptedException {
        ProbeResult look = Steps.look(step(service, step), Known.context(request(), facts), GraphServer.CLOCK);
        if (look instanceof ProbeResult.Holds holds) {
            facts.putAll(holds.facts());
        }
        return look;
    }

    private ActivationStep step(CloudService service, String name) {
        return Steps.step(Steps.all(provisioner(service), Known.context(request(), facts)), service.id() + "." + name);
    }

    private List<String> ids(CloudService service) {
        return Known.ids(provisioner(service).steps(Known.context(request(), facts)));
    }

    private static ActivationRequest request() {
        return Known.request(EXCHANGE, SHAREPOINT, ONEDRIVE, TEAMS, CloudService.MIP)
                .build();
    }

    private ServiceAccountProvisioner provisioner(CloudService service) {
        URI base = graph.base();
        GraphConnection connection = GraphConnection.builder(graph.tokens())
                .cloud(cloud)
                .baseUrl(base)
                .clock(GraphServer.CLOCK)
                .build();
        return Steps.of(Microsoft365Provisioners.create(c -> Optional.of(connection)), service);
    }

    /** What is seen in the tenant says which one it is. */
    private static ProbeResult holds(String code, Object... arguments) {
        return ProbeResult.holds(code, arguments).with(Map.of("tenant.MICROSOFT365", GraphServer.TENANT));
    }

    /** Of a look that fails. */
    private static String code(ProbeResult look) {
        assertThat(look).isInstanceOf(ProbeResult.Fails.class);
        return look.seen().code();
    }

    private static MockResponse plain(String body) {
        return new MockResponse().setHeader("Content-Type", "text/plain").setBody(body);
    }

    private static String sku(String state, String plan, String status) {
        return list("{\"id\":\"s\",\"skuPartNumber\":\"SKU\",\"capabilityStatus\":\"" + state
                + "\",\"servicePlans\":[{\"servicePlanId\":\"efb0351d-3b08-4503-993d-383af8de41e3\",\"servicePlanName\":\""
                + plan + "\",\"provisioningStatus\":\"" + status + "\",\"appliesTo\":\"User\"}]}");
    }
}
