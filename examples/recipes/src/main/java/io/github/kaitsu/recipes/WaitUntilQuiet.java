package io.github.kaitsu.recipes;

import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Quiet;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.ScriptedPerson;
import io.github.kaitsu.store.MemoryActivationStore;
import java.io.PrintStream;
import java.time.Duration;

/**
 * For your tests: the client works on threads of its own, and nobody guesses how long that takes. A run that is quiet goes on when
 * somebody answers, or when the clock reaches the moment it tells; so answer, or move the clock there.
 */
public final class WaitUntilQuiet {
    /** In real time; what is awaited comes in milliseconds. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private WaitUntilQuiet() {}

    public static void main(String... args) throws InterruptedException {
        run(System.out);
    }

    static void run(PrintStream out) throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            ScriptedPerson person = new ScriptedPerson(sandbox, "sato@example.co.jp");
            try (ActivationClient client = ActivationClient.builder()
                    .provisioner(BoxProvisioner.create(SandboxRun.box(sandbox)))
                    .store(new MemoryActivationStore())
                    .operator(person)
                    .clock(sandbox.clock())
                    .build()) {
                client.start();
                Activation activation = client.begin(
                        ActivationId.of("test"),
                        ActivationRequest.builder(CustomerId.of(sandbox.site(), sandbox.account()))
                                .services(CloudService.BOX)
                                .build());
                Quiet quiet = activation.awaitQuiet(PATIENCE).orElseThrow();
                while (!quiet.ended()) {
                    if (!person.performOne(client)) { // nobody is asked: only time helps
                        sandbox.clock().advanceTo(quiet.until().orElseThrow());
                    }
                    quiet = activation.awaitQuiet(PATIENCE).orElseThrow();
                }
                out.println(quiet.view().services().get(0).status() + " after "
                        + Duration.between(
                                quiet.view().begunAt(), sandbox.clock().instant()));
            }
        }
    }
}
