package consumer;

import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.SandboxConnections;
import io.github.kaitsu.sandbox.ScriptedPerson;
import io.github.kaitsu.store.MemoryActivationStore;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Activates the services that are named; without a name, only tells that it starts. */
public final class Consumer {
    private Consumer() {}

    public static void main(String[] services) throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            ScriptedPerson person = new ScriptedPerson(sandbox, "sato@example.co.jp");
            try (ActivationClient client = ActivationClient.builder()
                    .provisioners(SandboxConnections.of(sandbox).provisioners())
                    .store(new MemoryActivationStore())
                    .operator(person)
                    .clock(sandbox.clock())
                    .build()) {
                if (services.length > 0) {
                    activate(sandbox, person, client, services);
                }
                System.out.println("protected on " + System.getProperty("java.version") + ": " + Arrays.toString(services));
            }
        }
    }

    private static void activate(Sandbox sandbox, ScriptedPerson person, ActivationClient client, String[] services)
            throws InterruptedException {
        Activation activation = client.begin(
                ActivationId.of("consumer"),
                ActivationRequest.builder(CustomerId.of(sandbox.site(), sandbox.account()))
                        .services(Arrays.stream(services).map(CloudService::valueOf).toArray(CloudService[]::new))
                        .build());
        while (!activation.view().ended()) {
            Optional<Instant> next = client.advance(activation.id()).until();
            if (!person.performOne(client)) {
                next.ifPresent(sandbox.clock()::advanceTo);
            }
        }
        if (!activation.view().services().stream().allMatch(s -> s.status() == ActivationStatus.PROTECTED)) {
            throw new IllegalStateException(activation.view().toString());
        }
    }
}
