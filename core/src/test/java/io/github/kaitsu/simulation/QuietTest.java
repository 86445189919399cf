package io.github.kaitsu.simulation;

import static io.github.kaitsu.contract.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.Quiet;
import io.github.kaitsu.StepId;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.MemoryActivationStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody has to guess when a run is quiet. The clock stands still unless a test moves it. */
class QuietTest {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final StepId PASSWORD = StepId.console("password");
    private static final StepId SIGN_IN = StepId.console("sign-in");

    private final Simulation sim = new Simulation(1, 0);
    private final ActivationStore store = new MemoryActivationStore();
    private final ExecutorService others = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        others.shutdownNow();
    }

    private static ActivationClient client(Simulation sim, ActivationStore store, boolean started) {
        ActivationClient client = ActivationClient.builder()
                .provisioners(sim.provisioners.values())
                .store(store)
                .clock(sim.clock)
                .build();
        if (started) {
            client.start();
        }
        return client;
    }

    private ActivationClient client(boolean started) {
        return client(sim, store, started);
    }

    private static Quiet quiet(Activation run) throws InterruptedException {
        return run.awaitQuiet(LONG).orElseThrow();
    }

    // ---- a whole run

    /** Answers what is open, else moves the clock to the moment that was told: nothing else is needed, and no moment is missed. */
    @ParameterizedTest
    @CsvSource({"1,true,0", "1,false,0", "2,true,0.3", "2,false,0.3", "3,true,0.6", "3,false,0.6"})
    void awaitQuiet_alone_bringsARunToItsEnd(long seed, boolean started, double trouble) throws Exception {
        Simulation one = new Simulation(seed, trouble);
        one.services = List.of(CloudService.BOX, CloudService.MICROSOFT_TEAMS);
        try (ActivationClient client = client(one, store, started)) {
            Activation run = client.begin(one.id, one.request());
            Quiet end = toItsEnd(client, run, one);

            assertThat(end.view().services()).allMatch(s -> s.status().isFinal());
            assertThat(end.until()).isEmpty();
            assertThat(end.openActions()).isEmpty();
            assertThat(run.awaitQuiet(Duration.ZERO)).contains(end);
        }
    }

    private static Quiet toItsEnd(ActivationClient client, Activation run, Simulation sim) throws InterruptedException {
        Quiet quiet = quiet(run);
        for (int turn = 0; !quiet.ended(); turn++) {
            assertThat(turn).isLessThan(3000);
            Instant until = quiet.until().orElseThrow();
            assertThat(until).isAfter(sim.clock.instant());
            assertThat(quiet.view().openActions()).isEqualTo(run.openActions());
            if (quiet.openActions().isEmpty() || turn % 5 == 4) { // somebody is slow at times
                sim.clock.advanceTo(until);
            } else {
                sim.person.offer(quiet.openActions().get(0));
                sim.person.doOne(client);
                sim.person.processDied(); // and asked for nothing that it did not get here
            }
            quiet = quiet(run);
        }
        return quiet;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void awaitQuiet_ofSeveralRunsAtOnce_isEachRunsOwn(boolean started) throws Exception {
        try (ActivationClient client = client(started)) {
            List<Future<List<StepId>>> asked = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                CustomerId customer = CustomerId.of(ConsoleSite.JP, "CAS000" + i);
                Activation run = client.begin(
                        ActivationId.of("run-" + i),
                        ActivationRequest.builder(customer)
                                .services(CloudService.BOX)
                                .build());
                boolean isCancelled = i % 3 == 0;
                asked.add(others.submit(() -> {
                    run.answer(run.awaitAction(PASSWORD, LONG).orElseThrow().id(), Answer.done("sato"));
                    List<StepId> then = steps(quiet(run));
                    if (isCancelled) {
                        run.cancel("sato");
                        assertThat(quiet(run).ended()).isTrue();
                    }
                    return then;
                }));
            }
            for (Future<List<StepId>> each : asked) {
                assertThat(each.get()).containsExactly(SIGN_IN);
            }
        }
    }

    // ---- what comes between

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void awaitQuiet_rightAfterAnAnswer_isNeverTheTimeBefore(boolean started) throws Exception {
        for (int i = 0; i < 50; i++) {
            try (ActivationClient client = client(new Simulation(1, 0), new MemoryActivationStore(), started)) {
                Activation run = client.begin(sim.id, sim.request());
                assertThat(steps(quiet(run))).containsExactly(PASSWORD);
                run.answer(ActionId.of(PASSWORD, 1), Answer.done("sato"));
                assertThat(steps(quiet(run))).containsExactly(SIGN_IN);
                run.cancel("sato");
                assertThat(quiet(run).ended()).isTrue();
            }
        }
    }

    private static List<StepId> steps(Quiet quiet) {
        return quiet.openActions().stream().map(OperatorAction::step).toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void awaitQuiet_whileALookIsUnderWay_isNotQuiet(boolean started) throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (ActivationClient slow = ActivationClient.builder()
                .provisioners(sim.provisioners.values())
                .store(store)
                .clock(sim.clock)
                .executor(look -> {
                    looking.countDown();
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    look.run();
                })
                .build()) {
            Activation run = slow.begin(sim.id, sim.request());
            if (started) {
                slow.start();
            } else {
                Future<?> unused = others.submit(() -> slow.advance(sim.id));
            }
            looking.await();
            assertThat(run.awaitQuiet(Duration.ofMillis(20))).isEmpty();

            release.countDown();
            Quiet quiet = quiet(run);
            assertThat(quiet.view().services())
                    .allMatch(s -> s.steps().get(0).evidence().holds());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void awaitQuiet_whenAnotherProcessAnswersMeanwhile_waitsForWhatFollows(boolean started) throws Exception {
        try (ActivationClient client = client(started)) {
            Activation run = client.begin(sim.id, sim.request());
            quiet(run);
            client(false).answer(sim.id, ActionId.of(PASSWORD, 1), Answer.done("suzuki")); // no signal comes from there

            assertThat(steps(quiet(run))).containsExactly(SIGN_IN);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void awaitQuiet_whenTheClockHasReachedTheMoment_waitsForWhatIsDueThen(boolean started) throws Exception {
        try (ActivationClient client = client(started)) {
            Activation run = client.begin(sim.id, sim.request());
            Quiet quiet = quiet(run);
            while (!quiet.ended()) {
                Instant moment = quiet.until().orElseThrow();
                sim.clock.advanceTo(moment);
                quiet = quiet(run);
                assertThat(quiet.ended() || quiet.until().orElseThrow().isAfter(moment))
                        .isTrue();
            }
            assertThat(quiet.view().services().get(0).failure()).contains(FailureReason.GAVE_UP);
        }
    }

    @Test
    void awaitQuiet_whileSomebodyElseHasTheLease_waitsForThem() throws Exception {
        try (ActivationClient client = client(true)) {
            client(false).begin(sim.id, sim.request());
            ActivationStore.Lease lease = store.tryLease(sim.id).orElseThrow();
            Activation run = client.find(sim.id).orElseThrow();
            assertThat(run.awaitQuiet(Duration.ofMillis(20))).isEmpty();

            lease.close();
            assertThat(steps(quiet(run))).containsExactly(PASSWORD);
        }
    }

    // ---- what never comes

    @ParameterizedTest
    @ValueSource(strings = {"PT-5S", "PT0S", "PT0.01S"})
    void await_whenItDoesNotComeInTime_isEmpty(Duration patience) throws Exception {
        try (ActivationClient client = client(false)) {
            Activation run = client.begin(sim.id, sim.request());
            assertThat(run.awaitAction(SIGN_IN, patience)).isEmpty();
            assertThat(run.await(patience)).isEmpty();
        }
    }

    @Test
    void await_withPatienceForEver_isNoOverflow() throws Exception {
        Duration ever = Duration.ofSeconds(Long.MAX_VALUE);
        try (ActivationClient client = client(true)) {
            Activation run = client.begin(sim.id, sim.request());
            assertThat(run.awaitQuiet(ever)).isPresent();
            assertThat(run.awaitAction(PASSWORD, ever)).isPresent();
            run.cancel("sato");
            assertThat(run.await(ever)).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void await_whenInterrupted_stopsWaitingAndTheRunGoesOn(boolean started) throws Exception {
        try (ActivationClient client = client(started)) {
            Activation run = client.begin(sim.id, sim.request());
            quiet(run);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> run.awaitAction(SIGN_IN, LONG)).isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();

            run.answer(ActionId.of(PASSWORD, 1), Answer.done("sato"));
            assertThat(run.awaitAction(SIGN_IN, LONG)).isPresent();
        }
    }

    @Test
    void await_ofARunThatNobodyBegan_isRefused() {
        try (ActivationClient client = client(true)) {
            ActivationId id = ActivationId.of("nobody");
            assertRefused(ErrorCode.ACTIVATION_NOT_FOUND, () -> client.awaitQuiet(id, LONG));
            assertRefused(ErrorCode.ACTIVATION_NOT_FOUND, () -> client.awaitAction(id, SIGN_IN, LONG));
        }
    }

    @Test
    void await_ofAClientThatIsClosed_isAMistakeOfTheProgram() {
        ActivationClient client = client(true);
        Activation run = client.begin(sim.id, sim.request());
        client.close();
        assertThatThrownBy(() -> run.awaitQuiet(LONG)).isInstanceOf(IllegalStateException.class);
    }

    // ---- one action

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void awaitAction_whenItIsOpened_isThatAction_answeredAtOnce(boolean started) throws Exception {
        try (ActivationClient client = client(started)) {
            Activation run = client.begin(sim.id, sim.request());
            for (StepId step : List.of(PASSWORD, SIGN_IN)) {
                OperatorAction action = run.awaitAction(step, LONG).orElseThrow();
                run.answer(action.id(), Answer.done("sato"));
            }
            OperatorAction first =
                    run.awaitAction(StepId.console("edition"), LONG).orElseThrow();
            assertThat(run.openActions()).contains(first);
        }
    }

    /** The run is quiet all the while: it waits for somebody, who is slow. */
    @Test
    void awaitAction_whileSomebodyElseAnswersFirst_waits() throws Exception {
        try (ActivationClient client = client(true)) {
            Activation run = client.begin(sim.id, sim.request());
            quiet(run);
            Future<Optional<OperatorAction>> asked = others.submit(() -> run.awaitAction(SIGN_IN, LONG));
            client(false).answer(sim.id, ActionId.of(PASSWORD, 1), Answer.done("suzuki"));

            assertThat(asked.get().orElseThrow().step()).isEqualTo(SIGN_IN);
        }
    }

    @Test
    void awaitAction_ofARunThatEnds_isEmptyAtOnce() throws Exception {
        try (ActivationClient client = client(true)) {
            Activation run = client.begin(sim.id, sim.request());
            Future<Optional<OperatorAction>> asked = others.submit(() -> run.awaitAction(SIGN_IN, LONG));
            run.cancel("sato");

            assertThat(asked.get()).isEmpty();
            assertThat(run.view().ended()).isTrue();
        }
    }

    /** Nobody who waits makes others work: looks are made when they are due, however many wait. */
    @Test
    void awaitQuiet_howeverOften_looksNoMoreOften() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        try (ActivationClient client = ActivationClient.builder()
                .provisioners(sim.provisioners.values())
                .store(store)
                .clock(sim.clock)
                .executor(look -> {
                    looks.incrementAndGet();
                    look.run();
                })
                .listener((id, entry) -> assertThat(entry.event()).isNotInstanceOf(Event.Ended.class))
                .build()) {
            client.start();
            Activation run = client.begin(sim.id, sim.request());
            quiet(run);
            int before = looks.get();
            for (int i = 0; i < 20; i++) {
                quiet(run);
            }
            assertThat(looks).hasValue(before);
        }
    }
}
