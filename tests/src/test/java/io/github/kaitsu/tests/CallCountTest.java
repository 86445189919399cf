package io.github.kaitsu.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.PlanDepth;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.ScriptedPerson;
import io.github.kaitsu.store.MemoryActivationStore;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * How many calls of the vendors' APIs a preflight and a whole proved activation take, printed as a table. Each attempt takes the token
 * once, so the tokens given out are the calls made. The bounds only guard against multiplying.
 */
class CallCountTest {
    private static final Map<CloudService.Provider, List<CloudService>> SERVICES = Map.of(
            CloudService.Provider.BOX, List.of(CloudService.BOX),
            CloudService.Provider.DROPBOX, List.of(CloudService.DROPBOX),
            CloudService.Provider.GOOGLE, List.of(CloudService.GMAIL, CloudService.GOOGLE_DRIVE),
            CloudService.Provider.MICROSOFT365,
                    CloudService.standard().stream()
                            .filter(CloudService::isMicrosoft365)
                            .toList());

    @Test
    void preflightAndProof_takeFewCalls() throws InterruptedException {
        Map<CloudService.Provider, String> lines = new EnumMap<>(CloudService.Provider.class);
        for (CloudService.Provider provider : CloudService.Provider.values()) {
            try (Sandbox sandbox = Sandbox.builder().start()) {
                Connected host = new Connected(sandbox);
                ScriptedPerson administrator = new ScriptedPerson(sandbox, "sato@example.co.jp");
                Person person = Person.careful(administrator);
                Customer customer = Customer.of(sandbox);
                ActivationRequest request = customer.request(SERVICES.get(provider));
                try (ActivationClient client = ActivationClient.builder()
                        .provisioners(host.provisioners())
                        .store(new MemoryActivationStore())
                        .operator(person)
                        .clock(sandbox.clock())
                        .build()) {
                    client.plan(request, PlanDepth.WITH_READS);
                    int preflight = host.calls();
                    client.begin(Run.ID, request);
                    Run.assertProtected(Run.toItsEnd(client, Run.ID, person, customer));
                    int whole = host.calls() - preflight;
                    client.verify(customer.id());
                    int verify = host.calls() - preflight - whole;
                    lines.put(
                            provider,
                            String.format(
                                    Locale.ROOT,
                                    "%-13s %d service(s)  preflight %3d  activation %3d  verify %3d",
                                    provider.label().split(" ")[0],
                                    SERVICES.get(provider).size(),
                                    preflight,
                                    whole,
                                    verify));
                    assertThat(preflight).as("%s", provider).isBetween(1, 60);
                    assertThat(whole).as("%s", provider).isBetween(1, 250);
                    assertThat(verify).as("%s", provider).isBetween(1, 120);
                }
            }
        }
        System.out.println("calls of the vendors' APIs\n" + String.join("\n", lines.values()));
    }
}
