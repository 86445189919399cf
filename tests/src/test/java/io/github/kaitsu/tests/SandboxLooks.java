package io.github.kaitsu.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.contract.Steps;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.Scenario;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One look after the other at a sandbox, which was written apart from them; each knows what those before it found. */
abstract class SandboxLooks {
    final Map<String, String> facts = new HashMap<>();

    static Sandbox sandbox(String scenario) {
        return Sandbox.builder().scenario(Scenario.parse(scenario)).start();
    }

    /** With a token of all scopes, or of those named. */
    final ProbeResult look(Sandbox sandbox, List<CloudService> services, String step, String... scopes)
            throws InterruptedException {
        return look(sandbox, Map.of(), services, step, scopes);
    }

    /**
     * @param given facts that no look of this test has found
     * @param services those of the activation; the step is of the first
     */
    final ProbeResult look(
            Sandbox sandbox, Map<String, String> given, List<CloudService> services, String step, String... scopes)
            throws InterruptedException {
        Map<String, String> known = new HashMap<>(given);
        known.putAll(facts);
        ActivationRequest request = ActivationRequest.builder(CustomerId.of(ConsoleSite.JP, "CAS0001"))
                .services(services)
                .build();
        CloudService service = services.get(0);
        ProbeResult look = Steps.look(
                Steps.of(new Connected(sandbox).provisioners(scopes), service),
                new StepContext(request, request.edition(), Facts.of(known)),
                service.id() + "." + step,
                sandbox.clock());
        if (look instanceof ProbeResult.Holds holds) {
            facts.putAll(holds.facts());
        }
        return look;
    }

    static void assertFails(String code, ProbeResult look) {
        assertThat(look).isInstanceOf(ProbeResult.Fails.class);
        assertThat(look.seen().code()).isEqualTo(code);
    }
}
