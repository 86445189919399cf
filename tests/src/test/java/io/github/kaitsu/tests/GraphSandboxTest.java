package io.github.kaitsu.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.microsoft365.GraphConnection;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.Scenario;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The looks against the sandbox's Graph, which was written apart from them. */
class GraphSandboxTest extends SandboxLooks {
    private static final List<CloudService> FOUR = List.of(
            CloudService.EXCHANGE_ONLINE,
            CloudService.SHAREPOINT_ONLINE,
            CloudService.ONEDRIVE,
            CloudService.MICROSOFT_TEAMS);

    private String[] scopes = GraphConnection.SCOPES.toArray(String[]::new);

    @Test
    void m365_1_whenNothingIsWrong_thePreflightHolds() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().users(12_345).start()) {
            for (String step : List.of("global-administrator", "users", "sharepoint-site", "licence")) {
                assertThat(look(sandbox, CloudService.EXCHANGE_ONLINE, step)).isInstanceOf(ProbeResult.Holds.class);
            }
            assertThat(look(sandbox, CloudService.MIP, "licence")).isInstanceOf(ProbeResult.Holds.class);
            assertThat(look(sandbox, CloudService.MIP, "microsoft-services")).isInstanceOf(ProbeResult.Holds.class);
            assertThat(facts)
                    .containsEntry("tenant.MICROSOFT365", sandbox.tenant(CloudService.Provider.MICROSOFT365))
                    .containsEntry("users.MICROSOFT365", "12345")
                    .containsEntry("microsoft365.administrator", sandbox.administrator())
                    .containsEntry("microsoft365.sharepoint-admin", "https://example-admin.sharepoint.com");
        }
    }

    @Test
    void m365_1_whenTheRoleIsNotActive_theLookFails() throws Exception {
        try (Sandbox sandbox = sandbox("inactive-role")) {
            assertFails(
                    "not-global-administrator", look(sandbox, CloudService.EXCHANGE_ONLINE, "global-administrator"));
        }
    }

    @Test
    void m365_1_whenTheScopesAreTooFew_nothingIsClaimed() throws Exception {
        scopes = new String[] {"User.Read"};
        try (Sandbox sandbox = Sandbox.builder().start()) {
            assertThat(look(sandbox, CloudService.EXCHANGE_ONLINE, "global-administrator"))
                    .isInstanceOf(ProbeResult.Holds.class);
            for (String step : List.of("users", "sharepoint-site", "licence", "enterprise-app")) {
                assertThat(look(sandbox, CloudService.EXCHANGE_ONLINE, step)).isInstanceOf(ProbeResult.NoAccess.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = Edition.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void m365_1_whenAllAreLinked_eachHasItsOwnApp(Edition edition) throws Exception {
        try (Sandbox sandbox = Sandbox.builder()
                .edition(edition)
                .scenario(Scenario.parse("already-linked"))
                .start()) {
            for (CloudService service : FOUR) {
                assertThat(look(sandbox, service, "enterprise-app"))
                        .isInstanceOfSatisfying(
                                ProbeResult.Holds.class,
                                h -> assertThat(h.seen())
                                        .satisfies(s -> assertThat(s.code()).isEqualTo("app-granted"))
                                        .satisfies(s ->
                                                assertThat(s.arguments()).last().isEqualTo("Files.Read.All")));
                assertThat(look(sandbox, service, "remove-enterprise-app")).isInstanceOf(ProbeResult.Fails.class);
            }
            assertThat(FOUR.stream().map(s -> facts.get("microsoft365.app-id." + s)))
                    .doesNotContainNull()
                    .doesNotHaveDuplicates();
            assertThat(look(sandbox, CloudService.MIP, "enterprise-app")).isInstanceOf(ProbeResult.Fails.class);
            for (CloudService service : FOUR) {
                assertThat(look(sandbox, service, "enterprise-app"))
                        .isInstanceOfSatisfying(
                                ProbeResult.Holds.class,
                                h -> assertThat(h.seen().code()).isEqualTo("app-unchanged"));
            }
        }
    }

    @Test
    void m365_1_whenNothingIsLinked_noAppIsFound_andNothingIsLeftToRemove() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            assertThat(look(sandbox, CloudService.ONEDRIVE, "enterprise-app"))
                    .isEqualTo(ProbeResult.fails("app-name-missing", "Trend Micro Cloud App Security"));
            assertThat(look(sandbox, CloudService.ONEDRIVE, "remove-enterprise-app"))
                    .isInstanceOf(ProbeResult.Unclear.class);
            facts.put("tenant.MICROSOFT365", sandbox.tenant(CloudService.Provider.MICROSOFT365));
            assertThat(look(sandbox, CloudService.ONEDRIVE, "remove-enterprise-app"))
                    .isInstanceOf(ProbeResult.Holds.class);
        }
    }

    /** The sandbox's tenant has an app of its own with such a name, and its administrator consented to it for himself. */
    @Test
    void m365_1_whenTheTenantHasANamesakeOfItsOwn_itIsNobodysApp() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            for (CloudService service : FOUR) {
                assertThat(look(sandbox, service, "enterprise-app"))
                        .isEqualTo(ProbeResult.fails("app-name-missing", "Trend Micro Cloud App Security"));
            }
        }
    }

    /** One of five services that are activated together. */
    private ProbeResult look(Sandbox sandbox, CloudService service, String step) throws InterruptedException {
        List<CloudService> all = Stream.of(List.of(service), FOUR, List.of(CloudService.MIP))
                .flatMap(List::stream)
                .distinct()
                .toList();
        return look(sandbox, all, step, scopes);
    }
}
