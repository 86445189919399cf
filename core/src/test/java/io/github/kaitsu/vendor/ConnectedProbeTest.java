package io.github.kaitsu.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.Probe;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.vendor.http.TenantGuard;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectedProbeTest {
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final CustomerId CUSTOMER = CustomerId.of(ConsoleSite.JP, "c1");
    private static final ProbeContext CONTEXT =
            new ProbeContext(CUSTOMER, Facts.none(), Clock.fixed(NOW, ZoneOffset.UTC), NOW);

    private static ConnectedProbe<String> probe(ConnectedProbe.Question<String> question) {
        return new ConnectedProbe<>("Box", customer -> Optional.of(customer.account()), question, "GET /x", "");
    }

    private static ConnectedProbe.Question<String> refused(int status) {
        return (connection, context) -> {
            throw VendorCallException.of("GET /x", status).retryAfter("60", NOW).build();
        };
    }

    @Test
    void whenThereIsNoConnection_nothingIsAsked() throws Exception {
        Probe probe = new ConnectedProbe<>("Box", Connections.<String>none(), refused(500), "GET /x", "");
        assertThat(probe.look(CONTEXT)).isEqualTo(ProbeResult.noAccess("not-connected", "Box"));
    }

    @Test
    void whenThereIsAConnection_theCustomersOwnIsAsked() throws Exception {
        assertThat(probe((connection, context) -> ProbeResult.holds(connection)).look(CONTEXT))
                .isEqualTo(ProbeResult.holds("c1"));
    }

    @Test
    void whenTheVendorRefuses_itIsALook_atTheContextsTime() throws Exception {
        assertThat(probe(refused(429)).look(CONTEXT))
                .isEqualTo(ProbeResult.notBefore(NOW.plusSeconds(60), "vendor-refused", "GET /x", 429));
    }

    @Test
    void withoutAccessAfter_changesNoOtherRefusal() throws Exception {
        assertThat(probe(refused(400).withoutAccessAfter(e -> e.status() == 400))
                        .look(CONTEXT))
                .isEqualTo(ProbeResult.noAccess("vendor-refused", "GET /x", 400));
        assertThat(probe(refused(401).withoutAccessAfter(e -> e.status() == 400))
                        .look(CONTEXT))
                .isEqualTo(ProbeResult.accessLost("vendor-refused", "GET /x", 401));
    }

    /** What the token endpoint says of the app is not what was to be read. */
    @Test
    void withoutAccessAfter_changesNothingThatTheTokenEndpointSaid() throws Exception {
        ConnectedProbe.Question<String> broken = (connection, context) -> {
            throw VendorCallException.of("POST /token", 400)
                    .code("invalid_client")
                    .build()
                    .meaning(Refusal.APP, "app-1");
        };
        assertThat(probe(broken.withoutAccessAfter(e -> e.status() == 400)).look(CONTEXT))
                .isInstanceOf(ProbeResult.Refused.class);
    }

    @Test
    void whenSomethingElseIsThrown_itComesOut() {
        IllegalStateException defect = new IllegalStateException();
        assertThatThrownBy(() -> probe((connection, context) -> {
                            throw defect;
                        })
                        .look(CONTEXT))
                .isSameAs(defect);
    }

    // ---- inside the pinned tenant

    private static final TenantGuard<String, String> GUARD = new TenantGuard<>(
            CloudService.Provider.BOX,
            connection -> connection,
            who -> Optional.of(who).filter(w -> !w.equals("?")));

    private static ProbeResult inside(String tenant, Map<String, String> facts) throws InterruptedException {
        ProbeContext context = new ProbeContext(CUSTOMER, Facts.of(facts), CONTEXT.clock(), NOW);
        return GUARD.ask((connection, who, c) -> ProbeResult.holds("seen").with(Map.of("a", "1")))
                .ask(tenant, context);
    }

    @Test
    void inThePinnedTenant_orWhereNoneIs_whatHoldsTellsTheTenant() throws Exception {
        ProbeResult seen = ProbeResult.holds("seen").with(Map.of("a", "1", "tenant.BOX", "7"));
        assertThat(inside("7", Map.of())).isEqualTo(seen);
        assertThat(inside("7", Map.of("tenant.BOX", "7"))).isEqualTo(seen);
    }

    @Test
    void inAnotherTenant_nothingIsLookedAt() throws Exception {
        Map<String, String> pinned = Map.of("tenant.BOX", "7");
        assertThat(inside("8", pinned)).isEqualTo(ProbeResult.fails(ProbeResult.WRONG_TENANT, "8", "7"));
        assertThat(inside("", pinned)).isEqualTo(ProbeResult.fails(ProbeResult.WRONG_TENANT, "-", "7"));
    }

    @Test
    void inATenantThatIsNotTold_theLookItselfJudges() throws Exception {
        assertThat(inside("?", Map.of("tenant.BOX", "7")))
                .isEqualTo(ProbeResult.holds("seen").with(Map.of("a", "1")));
    }
}
