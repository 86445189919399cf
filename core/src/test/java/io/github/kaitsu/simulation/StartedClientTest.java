package io.github.kaitsu.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationRetryPolicy;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.store.MemoryActivationStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A started client keeps runs going on its own threads, and notices what other processes answer. */
class StartedClientTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    private final Simulation simulation = new Simulation(1, 0);
    private final ExecutorService oneByOne = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        oneByOne.shutdownNow();
    }

    @Test
    void start_whenAnOperatorAnswers_bringsTheActivationToItsEndWithoutAnyFurtherCall() throws Exception {
        simulation.services = List.of(CloudService.BOX, CloudService.DROPBOX);
        simulation.clock.run();
        simulation.world.synchronisation = Duration.ofMillis(1100); // the console prints seconds
        CompletableFuture<ActivationClient> client = new CompletableFuture<>();
        Operator person = action -> oneByOne.execute(() -> {
            simulation.person.offer(action);
            simulation.person.doOne(client.join());
        });
        try (ActivationClient started = ActivationClient.builder()
                .provisioners(simulation.provisioners.values())
                .store(new MemoryActivationStore())
                .policy(ActivationRetryPolicy.builder()
                        .shortestExpected(Duration.ofMillis(1200))
                        .longestExpected(Duration.ofMillis(1200))
                        .stallFactor(1000)
                        .settle(Duration.ofMillis(1))
                        .build())
                .operator(person)
                .build()) {
            client.complete(started);
            started.start();
            started.start();
            Activation activation = started.begin(simulation.id, simulation.request());

            assertThat(activation.await(LONG)).isPresent();
            assertThat(started.events(simulation.id))
                    .filteredOn(e -> e.event() instanceof Event.ServiceEnded)
                    .extracting(e -> ((Event.ServiceEnded) e.event()).status())
                    .containsExactly(ActivationStatus.PROTECTED, ActivationStatus.PROTECTED);
        }
    }

    @Test
    void start_whenAnotherProcessAnswers_theAnswerIsNoticed() throws Exception {
        simulation.services = List.of(CloudService.BOX);
        MemoryActivationStore store = new MemoryActivationStore();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch signInAsked = new CountDownLatch(1);
        ActivationClient other = ActivationClient.builder()
                .provisioners(simulation.provisioners.values())
                .store(store)
                .build(); // reads and answers only
        try (ActivationClient started = ActivationClient.builder()
                .provisioners(simulation.provisioners.values())
                .store(store)
                .listener((id, entry) -> {
                    if (entry.event() instanceof Event.Offered offered) {
                        (offered.step().value().equals("console.password") ? asked : signInAsked).countDown();
                    }
                })
                .build()) {
            started.start();
            started.begin(simulation.id, simulation.request());
            assertThat(asked.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();

            other.answer(simulation.id, new ActionId("console.password.1"), Answer.done("sato"));
            assertThat(signInAsked.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }
}
