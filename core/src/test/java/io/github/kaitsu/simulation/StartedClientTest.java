package io.github.kaitsu.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationRetryPolicy;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.MemoryActivationStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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

    /** Of whatever kind: what ends one run's turn must not end the others'. */
    @Test
    void start_whenOneRunsJournalCannotBeHeld_theOthersGoOn() throws Exception {
        simulation.services = List.of(CloudService.BOX);
        ActivationId broken = ActivationId.of("broken");
        ActivationStore memory = new MemoryActivationStore();
        AtomicBoolean isBroken = new AtomicBoolean();
        CountDownLatch failed = new CountDownLatch(1);
        ActivationStore store = (ActivationStore) Proxy.newProxyInstance(
                ActivationStore.class.getClassLoader(),
                new Class<?>[] {ActivationStore.class},
                (proxy, method, args) -> {
                    if (isBroken.get() && args != null && broken.equals(args[0])) {
                        failed.countDown();
                        throw new OutOfMemoryError("a journal of many gigabytes");
                    }
                    try {
                        return method.invoke(memory, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        CountDownLatch waiting = new CountDownLatch(2);
        CountDownLatch asked = new CountDownLatch(3);
        ActivationClient other = ActivationClient.builder()
                .provisioners(simulation.provisioners.values())
                .store(memory)
                .build(); // what it answers is heard of from the store
        try (ActivationClient started = ActivationClient.builder()
                .provisioners(simulation.provisioners.values())
                .store(store)
                .listener((id, entry) -> {
                    if (entry.event() instanceof Event.Offered) {
                        waiting.countDown();
                        asked.countDown();
                    }
                })
                .build()) {
            started.start();
            started.begin(
                    broken,
                    ActivationRequest.builder(CustomerId.of(ConsoleSite.JP, "CAS0009"))
                            .services(CloudService.BOX)
                            .build());
            started.begin(simulation.id, simulation.request());
            assertThat(waiting.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            isBroken.set(true);
            other.answer(broken, new ActionId("console.password.1"), Answer.done("sato"));
            assertThat(failed.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            other.answer(simulation.id, new ActionId("console.password.1"), Answer.done("sato"));

            assertThat(asked.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
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

    /** An operator that is just being asked stands for whatever is under way. */
    @Test
    void stop_letsWhatIsUnderWayComeToItsEnd_andBeginsNothingNew() throws Exception {
        Slow slow = new Slow();
        MemoryActivationStore store = new MemoryActivationStore();
        try (ActivationClient started = client(store, slow)) {
            assertThat(started.isAdvancing()).isFalse();
            started.start();
            assertThat(started.isAdvancing()).isTrue();
            started.begin(simulation.id, simulation.request());
            assertThat(slow.asked.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> started.stop(LONG));
            while (started.isAdvancing()) {
                Thread.onSpinWait();
            }
            slow.mayGoOn.countDown();
            stopped.get(LONG.toSeconds(), TimeUnit.SECONDS);
            assertThat(slow.interrupted).isFalse();

            started.answer(simulation.id, new ActionId("console.password.1"), Answer.done("sato"));
            assertThat(started.find(simulation.id).orElseThrow().openActions()).isEmpty(); // nobody works on it
            started.start();
            assertThat(slow.again.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void stop_afterItsPatience_interrupts() throws Exception {
        Slow slow = new Slow();
        try (ActivationClient started = client(new MemoryActivationStore(), slow)) {
            started.start();
            started.begin(simulation.id, simulation.request());
            assertThat(slow.asked.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();

            started.stop(Duration.ofMillis(1));
            started.stop(Duration.ofMillis(1));

            assertThat(slow.interrupted).isTrue();
        }
    }

    private ActivationClient client(ActivationStore store, Operator operator) {
        simulation.services = List.of(CloudService.BOX);
        return ActivationClient.builder()
                .provisioners(simulation.provisioners.values())
                .store(store)
                .operator(operator)
                .build();
    }

    private static final class Slow implements Operator {
        final CountDownLatch asked = new CountDownLatch(1);
        final CountDownLatch mayGoOn = new CountDownLatch(1);
        final CountDownLatch again = new CountDownLatch(2);
        volatile boolean interrupted;

        @Override
        public void offer(OperatorAction action) {
            asked.countDown();
            again.countDown();
            if (interrupted) {
                return; // another action
            }
            try {
                mayGoOn.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }
}
