package io.github.kaitsu.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.MemoryActivationStore;
import io.github.kaitsu.store.RunHead;
import io.github.kaitsu.store.RunQuery;
import io.github.kaitsu.store.Turn;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Many runs in one process: nobody waits for somebody else's vendor, and a sleeper costs nothing but its looks. */
class EngineRoomTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    private final Simulation simulation = new Simulation(1, 0);
    private final MemoryActivationStore memory = new MemoryActivationStore();

    private ActivationClient.Builder client(ActivationStore store) {
        return ActivationClient.builder()
                .provisioners(simulation.provisioners.values())
                .clock(simulation.clock)
                .store(store);
    }

    /** How often each method of a store is called. */
    private ActivationStore counted(Map<String, Integer> calls) {
        return (ActivationStore) Proxy.newProxyInstance(
                ActivationStore.class.getClassLoader(),
                new Class<?>[] {ActivationStore.class},
                (proxy, method, args) -> {
                    calls.merge(method.getName(), 1, Integer::sum);
                    try {
                        return method.invoke(memory, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static ActivationRequest request(String account, CloudService service) {
        return ActivationRequest.builder(CustomerId.of(ConsoleSite.JP, account))
                .services(service)
                .build();
    }

    /** The next look is due so long after the one before was taken in, which nobody tells. */
    private void passUntilALook(Semaphore looks) throws InterruptedException {
        while (!looks.tryAcquire(20, TimeUnit.MILLISECONDS)) {
            simulation.clock.pass(Duration.ofSeconds(10));
        }
    }

    @Test
    void aLookThatFindsNothingNew_readsAndWritesNothing() throws Exception {
        Semaphore looks = new Semaphore(0);
        SimProvisioner box = simulation.provisioners.get(CloudService.BOX);
        box.refused = ProbeResult.unclear("look-failed", "TIMEOUT");
        box.beforeLook = looks::release;
        Map<String, Integer> calls = new ConcurrentHashMap<>();
        try (ActivationClient started = client(counted(calls)).build()) {
            started.start();
            Activation run = started.begin(simulation.id, request("CAS0001", CloudService.BOX));
            assertThat(run.awaitQuiet(LONG)).isPresent();
            int size = started.events(simulation.id).size();
            looks.drainPermits();
            for (int i = 0; i < 3; i++) {
                passUntilALook(looks);
            }
            calls.clear(); // by now it has heard of its own beginning, too
            for (int i = 0; i < 5; i++) {
                passUntilALook(looks);
            }

            calls.remove(
                    "changedSince"); // a hundredth of a millisecond, ten times a second, whatever the number of runs
            assertThat(calls).isEmpty();
            assertThat(started.events(simulation.id)).hasSize(size);
        }
    }

    @Test
    void aLookThatFindsSomethingNew_afterManyThatDidNot_isWrittenDown() throws Exception {
        Semaphore looks = new Semaphore(0);
        SimProvisioner box = simulation.provisioners.get(CloudService.BOX);
        box.refused = ProbeResult.unclear("look-failed", "TIMEOUT");
        box.beforeLook = looks::release;
        CountDownLatch closed = new CountDownLatch(1);
        try (ActivationClient started = client(memory)
                .listener((id, entry) -> {
                    if (entry.event() instanceof Event.Concluded) {
                        closed.countDown();
                    }
                })
                .build()) {
            started.start();
            Activation run = started.begin(simulation.id, request("CAS0001", CloudService.BOX));
            assertThat(run.awaitQuiet(LONG)).isPresent();
            looks.drainPermits();
            for (int i = 0; i < 3; i++) {
                passUntilALook(looks);
            }

            box.refused = null;
            while (!closed.await(20, TimeUnit.MILLISECONDS)) {
                simulation.clock.pass(Duration.ofSeconds(10));
            }
            assertThat(started.events(simulation.id)).anyMatch(e -> e.event() instanceof Event.Concluded);
        }
    }

    /** COMMON-11: what was seen before an answer says nothing about what the answer says. */
    @Test
    void aLookDuringWhichSomebodyAnswered_isMadeAgain() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        Semaphore looks = new Semaphore(0);
        SimProvisioner box = simulation.provisioners.get(CloudService.BOX);
        box.refused = ProbeResult.unclear("look-failed", "TIMEOUT");
        try (ActivationClient started = client(memory).build()) {
            started.start();
            Activation run = started.begin(simulation.id, request("CAS0001", CloudService.BOX));
            assertThat(run.awaitQuiet(LONG)).isPresent();
            box.beforeLook = () -> {
                looks.release();
                looking.countDown();
                try {
                    answered.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            };
            box.refused = ProbeResult.unclear("look-failed", "BEFORE");
            simulation.clock.pass(Duration.ofMinutes(2));
            looking.await();
            started.answer(simulation.id, new ActionId("console.password.1"), Answer.done("sato"));
            answered.countDown();

            assertThat(looks.tryAcquire(2, LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(run.awaitQuiet(LONG)).isPresent();
        }
    }

    @Test
    void aVendorThatDoesNotAnswer_delaysNobodyElse() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        simulation.provisioners.get(CloudService.BOX).beforeLook = () -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        try (ActivationClient started = client(memory).looksAtOnce(4, 1).build()) {
            started.start();
            for (int i = 0; i < 40; i++) {
                started.begin(ActivationId.of("box-" + i), request("BOX" + i, CloudService.BOX));
            }
            Activation other = started.begin(ActivationId.of("dropbox"), request("DROPBOX", CloudService.DROPBOX));

            assertThat(other.awaitQuiet(LONG)).isPresent();
            release.countDown();
            for (int i = 0; i < 40; i++) {
                assertThat(started.find(ActivationId.of("box-" + i))
                                .orElseThrow()
                                .awaitQuiet(LONG))
                        .isPresent();
            }
        }
    }

    @Test
    void heads_tellWhoseTurnItIs_alsoWhereTheyWereLost() throws Exception {
        try (ActivationClient client = client(memory).build()) {
            Activation run = client.begin(simulation.id, request("CAS0001", CloudService.BOX));
            assertThat(run.awaitQuiet(LONG)).isPresent();
            RunHead head =
                    client.find(RunQuery.live(), Optional.empty(), 10).items().get(0);
            assertThat(head.turn()).isEqualTo(Turn.PERSON);
            assertThat(head.size()).isEqualTo(client.events(run.id()).size());

            MemoryActivationStore bare = new MemoryActivationStore();
            bare.append(run.id(), 0, Optional.empty(), client.events(run.id()));
            try (ActivationClient other = client(bare).build()) {
                assertThat(other.find(RunQuery.all().withTurn(Turn.PERSON), Optional.empty(), 10)
                                .items())
                        .isEqualTo(List.of(head));
            }
            client.cancel(run.id(), "sato");
            client.advance(run.id());
            assertThat(client.find(RunQuery.live(), Optional.empty(), 10).items())
                    .isEmpty();
            assertThat(client.find(RunQuery.all().ended(true), Optional.empty(), 10)
                            .items())
                    .hasSize(1);
        }
    }
}
