package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.SandboxConnections;
import io.github.kaitsu.sandbox.ScriptedPerson;
import io.github.kaitsu.store.MemoryActivationStore;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** All eight services, read through the vendors' libraries beside the host's versions of what they stand on. */
class ActivationTest {
    @Test
    void allEight_areProtected() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            ScriptedPerson person = new ScriptedPerson(sandbox, "sato@example.co.jp");
            try (ActivationClient client = ActivationClient.builder()
                    .provisioners(SandboxConnections.of(sandbox).provisioners())
                    .store(new MemoryActivationStore())
                    .operator(person)
                    .clock(sandbox.clock())
                    .build()) {
                Activation activation = client.begin(
                        ActivationId.of("boot"),
                        ActivationRequest.builder(CustomerId.of(sandbox.site(), sandbox.account()))
                                .build());
                while (!activation.view().ended()) {
                    Optional<Instant> next = client.advance(activation.id()).until();
                    if (!person.performOne(client)) {
                        next.ifPresent(sandbox.clock()::advanceTo);
                    }
                }
                assertThat(activation.view().services())
                        .hasSize(8)
                        .allMatch(s -> s.status() == ActivationStatus.PROTECTED);
            }
        }
    }
}
