package io.github.kaitsu.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a host's log gets of a whole activation: one line for each change of a service's status, and nothing else. */
class QuietLogTest {
    @Test
    void info_isOneLineForEachChangeOfStatus_andNoneForALook() throws InterruptedException {
        Logger ours = (Logger) LoggerFactory.getLogger("io.github.kaitsu");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        ours.addAppender(log);
        try {
            activateAllEight();
        } finally {
            ours.detachAppender(log);
        }
        List<String> lines = log.list.stream()
                .filter(e -> e.getLevel().isGreaterOrEqual(Level.INFO))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();

        assertThat(lines)
                .allMatch(line -> line.matches("activation quiet: [A-Z0-9_]+ is [A-Z]+, was [A-Z]+"), "a change");
        Map<CloudService, ActivationStatus> last = new EnumMap<>(CloudService.class);
        for (String line : lines) {
            String[] words = line.split("[ ,]+");
            CloudService service = CloudService.valueOf(words[2]);
            ActivationStatus was = ActivationStatus.valueOf(words[6]);
            assertThat(last.getOrDefault(service, ActivationStatus.PLANNED))
                    .as(line)
                    .isEqualTo(was);
            last.put(service, ActivationStatus.valueOf(words[4]));
        }
        assertThat(last).hasSize(8);
        assertThat(last.values()).containsOnly(ActivationStatus.PROTECTED);
    }

    private static void activateAllEight() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().users(20_000).start()) {
            ScriptedPerson person = new ScriptedPerson(sandbox, "sato@example.co.jp");
            try (ActivationClient client = ActivationClient.builder()
                    .provisioners(SandboxConnections.of(sandbox).provisioners())
                    .store(new MemoryActivationStore())
                    .operator(person)
                    .clock(sandbox.clock())
                    .build()) {
                Activation activation = client.begin(
                        ActivationId.of("quiet"),
                        ActivationRequest.builder(CustomerId.of(sandbox.site(), sandbox.account()))
                                .build());
                while (!activation.view().ended()) {
                    Optional<Instant> next = client.advance(activation.id()).until();
                    if (!person.performOne(client)) {
                        next.ifPresent(sandbox.clock()::advanceTo);
                    }
                }
            }
        }
    }
}
