package io.github.kaitsu.recipes;

import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.report.PlanReport;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.Scenario;
import io.github.kaitsu.store.MemoryActivationStore;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Set;

/** Ends the protection of Box: first the console, then what Trend Micro leaves behind at Box; planned, asked for and proved. */
public final class RemoveServices {
    private RemoveServices() {}

    public static void main(String... args) throws InterruptedException {
        run(System.out);
    }

    static void run(PrintStream out) throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder()
                        .scenario(Scenario.of(Scenario.Kind.ALREADY_LINKED))
                        .start();
                ActivationClient client = ActivationClient.builder()
                        .provisioner(BoxProvisioner.create(SandboxRun.box(sandbox)))
                        .store(new MemoryActivationStore())
                        .clock(sandbox.clock())
                        .build()) {
            CustomerId customer = CustomerId.of(ConsoleSite.JP, "CAS0001");
            Set<CloudService> services = Set.of(CloudService.BOX);
            Activation before = client.begin( // what it learns of the tenant is what proves the removal later
                    ActivationId.of("k-1001"),
                    ActivationRequest.builder(customer)
                            .services(CloudService.BOX)
                            .build());
            SandboxRun.untilEnded(client, before, sandbox);

            out.print(PlanReport.of(client.planRemoval(customer, services)).text(Locale.JAPANESE));

            Activation removal = client.beginRemoval(ActivationId.of("k-1001-off"), customer, services);
            SandboxRun.untilEnded(client, removal, sandbox).services().forEach(service -> {
                out.println(service.service() + " " + service.status());
                service.steps()
                        .forEach(step -> out.println("  " + step.title().in(Locale.JAPANESE) + " "
                                + step.evidence().level() + " "
                                + step.source().in(Locale.JAPANESE)));
            });
        }
    }
}
