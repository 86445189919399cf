package io.github.kaitsu.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.CustomerId;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.Probe;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
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

    @Test
    void whenSomethingElseIsThrown_itComesOut() {
        IllegalStateException defect = new IllegalStateException();
        assertThatThrownBy(() -> probe((connection, context) -> {
                            throw defect;
                        })
                        .look(CONTEXT))
                .isSameAs(defect);
    }
}
