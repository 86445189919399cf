package io.github.kaitsu.benchmarks;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.SandboxConnections;
import io.github.kaitsu.sandbox.ScriptedPerson;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.MemoryActivationStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A whole activation of all standard services against the sandbox, with connections, in a JVM that has done it before. */
final class EightServices {
    private static final ActivationId ID = ActivationId.of("run");
    private static final int TOO_LONG = 5_000;

    private EightServices() {}

    static List<Row> measure(boolean quick) throws Exception {
        int warmUp = quick ? 6 : 20;
        int measured = quick ? 5 : 15;
        Samples wall = new Samples();
        Samples cpu = new Samples();
        for (int i = 0; i < warmUp + measured; i++) {
            long c = Machine.cpu();
            long t = System.nanoTime();
            activate(new MemoryActivationStore());
            if (i >= warmUp) {
                wall.add(System.nanoTime() - t);
                cpu.add(Machine.cpu() - c);
            }
        }
        return List.of(Row.below(
                "eight-services",
                400,
                wall.percentile(0.5) / 1e6,
                "ms",
                null,
                "median of %d after %d, the sandbox's start and work included; processor time %.0f ms; 200 ms is wanted later"
                        .formatted(measured, warmUp, cpu.percentile(0.5) / 1e6)));
    }

    /** For a customer whose eight services are protected afterwards, which is returned. */
    static CustomerId activate(ActivationStore store) throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            ScriptedPerson person = new ScriptedPerson(sandbox, "sato@example.co.jp");
            CustomerId customer = new CustomerId(
                    sandbox.site(), sandbox.account(), sandbox.organisations().get(0));
            try (ActivationClient client = ActivationClient.builder()
                    .provisioners(SandboxConnections.of(sandbox).provisioners())
                    .store(store)
                    .operator(person)
                    .clock(sandbox.clock())
                    .build()) {
                client.begin(
                        ID,
                        ActivationRequest.builder(customer)
                                .services(CloudService.standard())
                                .build());
                toItsEnd(client, person, sandbox);
                if (!client.find(ID).orElseThrow().view().isSuccess()) {
                    throw new IllegalStateException("not all are protected");
                }
                return customer;
            }
        }
    }

    private static void toItsEnd(ActivationClient client, ScriptedPerson person, Sandbox sandbox)
            throws InterruptedException {
        for (int i = 0; i < TOO_LONG; i++) {
            Optional<Instant> wakeAt = client.advance(ID).until();
            List<JournalEntry> events = client.events(ID);
            if (events.get(events.size() - 1).event() instanceof Event.Ended) {
                return;
            }
            if (person.hasWork()) {
                person.performOne(client);
            } else {
                sandbox.clock().advanceTo(wakeAt.orElseThrow());
            }
        }
        throw new IllegalStateException("never ends");
    }
}
