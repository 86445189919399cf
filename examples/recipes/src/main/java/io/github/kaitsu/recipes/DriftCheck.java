package io.github.kaitsu.recipes;

import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.DriftReport;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.store.MemoryActivationStore;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** Long after: does what the activation proved still hold? Somebody else has removed Box meanwhile, and the check tells (BOX-7). */
public final class DriftCheck {
    private static final CustomerId CUSTOMER = CustomerId.of(ConsoleSite.JP, "CAS0001");

    private DriftCheck() {}

    public static void main(String... args) throws InterruptedException {
        run(System.out);
    }

    static void run(PrintStream out) throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start();
                ActivationClient client = client(sandbox)) {
            Activation activation = client.begin(
                    ActivationId.of("k-1001"),
                    ActivationRequest.builder(CUSTOMER)
                            .services(CloudService.BOX)
                            .build());
            SandboxRun.untilEnded(client, activation, sandbox);
            show(client.verify(CUSTOMER), out);

            sandbox.clock().advance(Duration.ofDays(400));
            removedBehindOurBack(sandbox);
            show(client.verify(CUSTOMER), out);
        }
    }

    private static void show(DriftReport report, PrintStream out) {
        out.println(report.time() + (report.hasDrift() ? " drift" : " no drift"));
        report.findings()
                .forEach(f -> out.println("  " + f.verdict() + " " + f.title().in(Locale.JAPANESE) + ": "
                        + f.seen().in(Locale.JAPANESE)));
    }

    private static void removedBehindOurBack(Sandbox sandbox) throws InterruptedException {
        try (ActivationClient other = client(sandbox)) {
            Activation removal = other.beginRemoval(ActivationId.of("other"), CUSTOMER, Set.of(CloudService.BOX));
            SandboxRun.untilEnded(other, removal, sandbox);
        }
    }

    private static ActivationClient client(Sandbox sandbox) {
        return ActivationClient.builder()
                .provisioner(BoxProvisioner.create(SandboxRun.box(sandbox)))
                .store(new MemoryActivationStore())
                .clock(sandbox.clock())
                .build();
    }
}
