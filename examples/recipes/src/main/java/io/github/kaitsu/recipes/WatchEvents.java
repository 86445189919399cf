package io.github.kaitsu.recipes;

import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.store.MemoryActivationStore;
import java.io.PrintStream;

/** A listener hears every event once it is durable: for metrics, a chat channel, or an alert when a person is overdue. */
public final class WatchEvents {
    private WatchEvents() {}

    public static void main(String... args) throws InterruptedException {
        run(System.out);
    }

    static void run(PrintStream out) throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start();
                ActivationClient client = ActivationClient.builder()
                        .provisioner(BoxProvisioner.create(SandboxRun.box(sandbox)))
                        .store(new MemoryActivationStore())
                        .clock(sandbox.clock())
                        .listener((activation, entry) ->
                                out.println(activation + " " + entry.number() + " " + entry.time() + " " + told(entry)))
                        .build()) {
            Activation activation = client.begin(
                    ActivationId.of("k-1001"),
                    ActivationRequest.builder(CustomerId.of(ConsoleSite.JP, "CAS0001"))
                            .services(CloudService.BOX)
                            .build());
            SandboxRun.untilEnded(client, activation, sandbox);
        }
    }

    private static String told(JournalEntry entry) {
        if (entry.event() instanceof Event.Overdue overdue) {
            return "ALERT: nobody has answered " + overdue.action();
        }
        if (entry.event() instanceof Event.Concluded concluded) {
            return concluded.step() + " is " + concluded.evidence().level();
        }
        if (entry.event() instanceof Event.ServiceEnded ended) {
            return ended.service() + " is " + ended.status();
        }
        return entry.event().getClass().getSimpleName();
    }
}
