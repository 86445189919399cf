package io.github.kaitsu.microsoft365;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.contract.Steps;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.provision.StepContext;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every look once at a real Microsoft 365 tenant, reading only; skipped without credentials. See docs/live-sandboxes.md. */
class GraphLiveIT {
    private static final String TOKEN = "KAITSU_LIVE_GRAPH_TOKEN";

    @BeforeEach
    void needsCredentials() {
        assumeTrue(System.getenv(TOKEN) != null, TOKEN + " is not set");
    }

    @ParameterizedTest
    @CsvSource({
        "EXCHANGE_ONLINE, global-administrator",
        "EXCHANGE_ONLINE, users",
        "EXCHANGE_ONLINE, sharepoint-site",
        "EXCHANGE_ONLINE, licence",
        "EXCHANGE_ONLINE, enterprise-app",
        "SHAREPOINT_ONLINE, licence",
        "SHAREPOINT_ONLINE, enterprise-app",
        "ONEDRIVE, licence",
        "ONEDRIVE, enterprise-app",
        "MICROSOFT_TEAMS, licence",
        "MICROSOFT_TEAMS, enterprise-app",
        "MIP, licence",
        "MIP, microsoft-services",
        "MIP, enterprise-app"
    })
    void m365_1_graphAnswersEachLookInTheShapeThatIsExpected(CloudService service, String name) throws Exception {
        GraphConnection connection =
                GraphConnection.builder(Steps.always(System.getenv(TOKEN))).build();
        ServiceAccountProvisioner provisioner =
                Steps.of(Microsoft365Provisioners.create(c -> Optional.of(connection)), service);
        StepContext context = Known.context(Known.request(
                        CloudService.EXCHANGE_ONLINE,
                        CloudService.SHAREPOINT_ONLINE,
                        CloudService.ONEDRIVE,
                        CloudService.MICROSOFT_TEAMS,
                        CloudService.MIP)
                .build());
        ProbeResult look = Steps.look(provisioner, context, service.id() + "." + name, Clock.systemUTC());
        assertThat(look.toString())
                .doesNotContain("malformed_answer", "incomplete_answer", "status 400", "status 404", "no answer");
        if (name.equals("global-administrator")) {
            assertThat(look).isInstanceOf(ProbeResult.Holds.class);
        }
    }
}
