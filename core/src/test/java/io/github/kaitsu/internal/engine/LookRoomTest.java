package io.github.kaitsu.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.EngineObserver;
import io.github.kaitsu.Phase;
import io.github.kaitsu.StepId;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.internal.engine.ProbeRunner.Sight;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Check;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.Probe;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.provision.ProbeTiming;
import io.github.kaitsu.text.Texts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who looks next, on threads that the test itself is. */
class LookRoomTest {
    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final List<String> back = new ArrayList<>();
    private final List<String> abandoned = new ArrayList<>();
    private final LookRoom.Back listener = new LookRoom.Back() {
        @Override
        public void seen(Looking looking, List<Sight> sights) {
            back.add(looking.id() + "/" + sights.size());
        }

        @Override
        public void abandoned(Looking looking) {
            abandoned.add(looking.id().value());
        }
    };

    private static Looking looking(String run, String customer, String... steps) {
        return looking(run, CustomerId.of(ConsoleSite.JP, customer), steps);
    }

    private static Looking looking(String run, CustomerId customer, String... steps) {
        Map<ActivationStep, Optional<ProbeResult>> all = new LinkedHashMap<>();
        for (String step : steps) {
            all.put(
                    ActivationStep.look(
                            new StepId(step),
                            "TEST-1",
                            Phase.PREFLIGHT,
                            Texts.class,
                            "sign-in",
                            Check.by(new Holds()),
                            ProbeTiming.of(Duration.ZERO, Duration.ofHours(1))),
                    Optional.empty());
        }
        ProbeContext context = new ProbeContext(customer, Facts.none(), Clock.systemUTC(), Instant.EPOCH);
        return new Looking(ActivationId.of(run), all, context, 1);
    }

    private static final class Holds implements Probe {
        @Override
        public ProbeResult look(ProbeContext context) {
            return ProbeResult.holds("done");
        }

        @Override
        public String calls() {
            return "GET /";
        }

        @Override
        public String scope() {
            return "read";
        }
    }

    private LookRoom room(int perProvider, int perCustomer) {
        return new LookRoom(threads::add, perProvider, perCustomer, Clock.systemUTC(), EngineObserver.none());
    }

    private void runOne() {
        threads.remove().run();
    }

    @Test
    void looks_ofOneProvider_areSoManyAtOnceAndNoMore() {
        LookRoom room = room(2, 2);
        for (int i = 0; i < 5; i++) {
            room.look(looking("run-" + i, "customer-" + i, "box.admin"), listener);
        }
        room.look(looking("other", "customer-1", "dropbox.admin"), listener);

        assertThat(threads).as("two at Box, one at Dropbox").hasSize(3);
        runOne();
        assertThat(threads).hasSize(3);
    }

    /** One customer with a thousand runs delays nobody else. */
    @Test
    void looks_ofManyRunsOfOneCustomer_letTheNextCustomerGoFirst() {
        LookRoom room = room(2, 1);
        for (int i = 0; i < 1000; i++) {
            room.look(looking("run-" + i, "big", "box.admin"), listener);
        }
        room.look(looking("small", "small", "box.admin"), listener);

        assertThat(threads).as("one of each").hasSize(2);
        runOne();
        runOne();
        assertThat(back).containsExactly("run-0/1", "small/1");
    }

    /** Counted in looks, not in time: each turn is one look. What others wait for is at most twice what they wait for without him. */
    @Test
    void looks_ofOneConsoleWithAThousandRuns_delayNobodyElseMoreThanTwice() {
        List<Integer> alone = turnsOfOthers(0);
        List<Integer> beside = turnsOfOthers(1000);

        for (int i = 0; i < alone.size(); i++) { // besides the four that are being made already
            assertThat(beside.get(i) - 4).isLessThanOrEqualTo(2 * (alone.get(i) + 1));
        }
    }

    /** In which turn each of a hundred others is looked at, who come after so many of one console, each of another organisation. */
    private List<Integer> turnsOfOthers(int ofOne) {
        threads.clear();
        back.clear();
        LookRoom room = room(4, 4);
        for (int i = 0; i < ofOne; i++) {
            CustomerId one = new CustomerId(ConsoleSite.JP, "big", "organisation-" + i);
            room.look(looking("big-" + i, one, "box.admin"), listener);
        }
        for (int i = 0; i < 100; i++) {
            room.look(looking("other-" + i, "other-" + i, "box.admin"), listener);
        }
        while (back.stream().filter(run -> run.startsWith("other")).count() < 100) {
            runOne();
        }
        return IntStream.range(0, back.size())
                .filter(i -> back.get(i).startsWith("other"))
                .boxed()
                .toList();
    }

    /** Where what waits is bounded, his next runs are put off one after the other, and his alone. */
    @Test
    void looks_ofACrowdedConsole_arePutOffEachToATimeOfItsOwn() {
        LookRoom room = room(2, 2);
        CustomerId big = CustomerId.of(ConsoleSite.JP, "big");
        assertThat(room.crowd(big)).isEmpty();
        for (int i = 0; i < 6; i++) {
            room.look(looking("run-" + i, "big", "box.admin"), listener);
        }

        long first = room.crowd(big).orElseThrow();
        assertThat(room.crowd(big).orElseThrow()).isGreaterThan(first);
        assertThat(room.crowd(CustomerId.of(ConsoleSite.JP, "small"))).isEmpty();
        runOne();
        assertThat(room.crowd(big)).as("three are left to wait").isEmpty();
    }

    /** Under the lowest published limit of a vendor, in whatever minute. */
    @Test
    void looks_ofOneTenant_areSoManyAMinute_andTheOthersGoOn() {
        AtomicLong now = new AtomicLong();
        List<Long> later = new ArrayList<>();
        List<Runnable> works = new ArrayList<>();
        LookRoom room = new LookRoom(
                threads::add,
                10_000,
                10_000,
                now::get,
                (work, nanos) -> {
                    works.add(work);
                    later.add(nanos);
                },
                EngineObserver.none());
        for (int i = 0; i < 1000; i++) {
            room.look(looking("run-" + i, "big", "box.admin"), listener);
        }
        room.look(looking("small", "small", "box.admin"), listener);
        room.look(looking("elsewhere", "big", "dropbox.admin"), listener);
        assertThat(threads).as("a burst, and what is another's").hasSize(152);

        for (long second = 1; second <= 60; second++) {
            now.set(TimeUnit.SECONDS.toNanos(second));
            List<Runnable> due = List.copyOf(works);
            works.clear();
            due.forEach(Runnable::run);
        }

        assertThat(threads).as("one each 200 ms").hasSize(152 + 300);
        assertThat(later).allMatch(nanos -> nanos > 0 && nanos <= TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    void looks_ofARun_areHandedBackTogether() {
        LookRoom room = room(4, 4);
        room.look(looking("run", "a", "box.admin", "box.size", "dropbox.admin"), listener);

        runOne();
        runOne();
        assertThat(back).isEmpty();
        runOne();
        assertThat(back).containsExactly("run/3");
    }

    @Test
    void looks_forWhichThereIsNoThread_areAbandonedOnce() {
        LookRoom room = new LookRoom(
                look -> {
                    throw new RejectedExecutionException();
                },
                1,
                1,
                Clock.systemUTC(),
                EngineObserver.none());
        room.look(looking("run", "a", "box.admin", "box.size"), listener);

        assertThat(abandoned).containsExactly("run");
        assertThat(back).isEmpty();
    }

    @Test
    void wakeUps_areInOrderOfTime_eachRunOnce() {
        WakeUps wakeUps = new WakeUps();
        ActivationId a = ActivationId.of("a");
        ActivationId b = ActivationId.of("b");
        assertThat(wakeUps.set(a, Instant.ofEpochSecond(20))).isTrue();
        assertThat(wakeUps.set(b, Instant.ofEpochSecond(30))).isFalse();
        assertThat(wakeUps.set(b, Instant.ofEpochSecond(10))).isTrue();

        assertThat(wakeUps.next()).contains(Instant.ofEpochSecond(10));
        assertThat(wakeUps.due(Instant.ofEpochSecond(9))).isEmpty();
        assertThat(wakeUps.due(Instant.ofEpochSecond(20))).containsExactly(b, a);
        assertThat(wakeUps.next()).isEmpty();
    }
}
