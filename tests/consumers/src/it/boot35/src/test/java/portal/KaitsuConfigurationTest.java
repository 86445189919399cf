package portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.SandboxConnections;
import io.github.kaitsu.sandbox.ScriptedPerson;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The configuration of the documents, as it stands there: all eight services are protected, and the client ends with the host. */
class KaitsuConfigurationTest {
    @Configuration(proxyBeanMethods = false)
    static class OnTheSandbox {
        @Bean
        Sandbox sandbox() {
            return Sandbox.builder().start();
        }

        @Bean
        Clock clock(Sandbox sandbox) {
            return sandbox.clock();
        }

        @Bean
        ScriptedPerson person(Sandbox sandbox) {
            return new ScriptedPerson(sandbox, "sato@example.co.jp");
        }

        @Bean
        List<ServiceAccountProvisioner> provisioners(Sandbox sandbox) {
            return SandboxConnections.of(sandbox).provisioners();
        }
    }

    @Test
    void allEight_areProtected(@TempDir Path folder) throws InterruptedException {
        SpringApplication host = new SpringApplication(Portal.class, OnTheSandbox.class);
        ActivationClient client;
        try (ConfigurableApplicationContext context =
                host.run("--server.port=0", "--kaitsu.store.folder=" + folder.resolve("activations"))) {
            client = context.getBean(ActivationClient.class);
            assertThat(client.isAdvancing()).isTrue();
            Sandbox sandbox = context.getBean(Sandbox.class);
            ScriptedPerson person = context.getBean(ScriptedPerson.class);
            Activation activation = client.begin(
                    ActivationId.of("boot"),
                    ActivationRequest.builder(CustomerId.of(sandbox.site(), sandbox.account()))
                            .build());
            while (activation.await(Duration.ofMillis(10)).isEmpty()) {
                Optional<Instant> next = client.advance(activation.id()).until(); // empty while the client's own threads are at it
                if (!person.performOne(client)) {
                    next.ifPresent(sandbox.clock()::advanceTo);
                }
            }
            assertThat(activation.view().services())
                    .hasSize(8)
                    .allMatch(s -> s.status() == ActivationStatus.PROTECTED);
        }
        assertThat(client.isAdvancing()).isFalse();
    }
}
