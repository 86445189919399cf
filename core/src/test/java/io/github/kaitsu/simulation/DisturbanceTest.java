package io.github.kaitsu.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.store.ActivationStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is thrown in one run, wherever: another run of the same client goes on, and the disturbed one does when the cause is gone. */
class DisturbanceTest {
    private static final ActivationId OTHER = ActivationId.of("other");
    private static final Duration DISTURBED = Duration.ofHours(3);

    private enum Place {
        PROBE,
        ACCEPTS,
        OFFER,
        WITHDRAW,
        LISTENER,
        LOAD,
        SIZE,
        APPEND
    }

    private static final Map<String, Supplier<Throwable>> KINDS = Map.of(
            "NoSuchMethodError", () -> new NoSuchMethodError("com.box.sdk.Client"),
            "StackOverflowError", StackOverflowError::new,
            "OutOfMemoryError", () -> new OutOfMemoryError("Java heap space"),
            "NoClassDefFoundError", () -> new NoClassDefFoundError("com/google/Thing"),
            "AssertionError", () -> new AssertionError("secret"),
            "IllegalStateException", () -> new IllegalStateException("secret"),
            "IO_ERROR", () -> KaitsuException.of(ErrorCode.IO_ERROR, ""));

    static Stream<Arguments> matrix() {
        return Stream.of(Place.values())
                .flatMap(place -> KINDS.keySet().stream().sorted().map(kind -> Arguments.of(place, kind)));
    }

    private final Simulation sim = simulation(1, "sim", "CAS0001", CloudService.BOX, new SimStore());
    private final Simulation other = simulation(2, OTHER.value(), "CAS0009", CloudService.DROPBOX, sim.store);
    private final Map<ActivationId, Simulation> runs = Map.of(sim.id, sim, OTHER, other);
    private final Map<ActivationId, Integer> failures = new HashMap<>();
    private final Map<ActivationId, Instant> retries = new HashMap<>();
    private Place broken;
    private Supplier<Throwable> thrown;
    private int throwsSoFar;

    private static Simulation simulation(long seed, String id, String account, CloudService service, SimStore store) {
        Simulation one = new Simulation(seed, 0, id, CustomerId.of(ConsoleSite.JP, account), store);
        one.services = List.of(service);
        return one;
    }

    @ParameterizedTest(name = "{1} at {0}")
    @MethodSource("matrix")
    void thrown_whereverAndWhatever_disturbsOneRunForAWhile(Place place, String kind) throws InterruptedException {
        thrown = KINDS.get(kind);
        ActivationClient client = client();
        client.begin(sim.id, sim.request());
        client.begin(OTHER, other.request());

        broken = place;
        go(client, sim.clock.instant().plus(DISTURBED));
        assertThat(other.statuses()).containsEntry(CloudService.DROPBOX, ActivationStatus.PROTECTED);
        assertThat(throwsSoFar).as("tried again, ever more rarely").isLessThan(120);

        if (place == Place.PROBE && !kind.equals("IO_ERROR")) { // which a module says itself
            assertThat(client.find(sim.id).orElseThrow().view().openItems()).anySatisfy(item -> {
                assertThat(item.text().ja()).contains("確認できません", kind).doesNotContain("secret");
                assertThat(item.text().en())
                        .contains("cannot be looked at", kind)
                        .doesNotContain("secret");
            });
        }
        broken = null;
        go(client, sim.clock.instant().plus(Duration.ofDays(3)));
        assertThat(sim.statuses()).as("%s", sim.journal()).containsEntry(CloudService.BOX, ActivationStatus.PROTECTED);
        assertThat(sim.world.grants).containsEntry(CloudService.BOX, 1);
        sim.assertInvariants();
        if (throwsSoFar > 0) {
            assertTold(client, place, kind);
        }
    }

    private void assertTold(ActivationClient client, Place place, String kind) {
        List<Event.Disturbed> told = new ArrayList<>();
        boolean isSeen = false;
        for (Event event : events()) {
            if (event instanceof Event.Disturbed disturbed) {
                told.add(disturbed);
            }
            isSeen |= event instanceof Event.Looked looked
                    && looked.look().seen().code().startsWith("look-")
                    && looked.look().seen().arguments().contains(kind);
        }
        if (place == Place.PROBE) {
            assertThat(isSeen).isTrue();
            return;
        }
        if (place == Place.SIZE || place == Place.LOAD) {
            return; // whoever calls the client sees it himself
        }
        assertThat(told)
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .allMatch(d -> d.kind().equals(kind));
        ActivationView view = client.find(sim.id).orElseThrow().view();
        if (Set.of(Place.LISTENER, Place.LOAD, Place.APPEND).contains(place)) {
            assertThat(view.openItems()).anySatisfy(item -> {
                assertThat(item.text().ja()).contains(kind).doesNotContain("secret");
                assertThat(item.text().en()).contains(kind).doesNotContain("secret");
            });
        }
    }

    private List<Event> events() {
        return sim.journal().stream().map(e -> e.event()).toList();
    }

    /** Advances both runs, and does what is asked, until they have ended or that time. */
    private void go(ActivationClient client, Instant until) throws InterruptedException {
        while (sim.clock.instant().isBefore(until) && !(sim.ended() && other.ended())) {
            Instant wake = until;
            for (Simulation run : List.of(other, sim)) {
                Instant next = run.ended() ? until : goOn(client, run);
                wake = next.isBefore(wake) ? next : wake;
            }
            sim.clock.advanceTo(wake);
            other.clock.advanceTo(wake);
        }
    }

    /** What fails is tried again ever more rarely, as the alarm does. @return when to come again */
    private Instant goOn(ActivationClient client, Simulation run) {
        Instant now = sim.clock.instant();
        Instant retry = retries.getOrDefault(run.id, now);
        if (now.isBefore(retry)) {
            return retry;
        }
        AtomicReference<Instant> next = new AtomicReference<>(now);
        Throwable failed = catchThrowable(() -> {
            next.set(client.advance(run.id).until().orElseThrow());
            if (!run.ended() && run.person.hasWork()) {
                run.person.doOne(client);
                next.set(now);
            }
        });
        if (failed == null) {
            failures.remove(run.id);
            return run.ended() ? Instant.MAX : next.get();
        }
        Duration pause = Duration.ofSeconds(5L << Math.min(9, failures.merge(run.id, 1, Integer::sum) - 1));
        retries.put(run.id, now.plus(pause));
        return now.plus(pause);
    }

    // ---- what throws, of the one run

    private void perhaps(Place place, ActivationId id) {
        if (broken == place && id.equals(sim.id)) {
            throwsSoFar++;
            DisturbanceTest.<RuntimeException>sneak(thrown.get());
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable e) throws T {
        throw (T) e;
    }

    private ActivationClient client() {
        Operator person = new Operator() {
            @Override
            public boolean accepts(OperatorAction action) {
                perhaps(Place.ACCEPTS, action.activation());
                return true;
            }

            @Override
            public void offer(OperatorAction action) {
                perhaps(Place.OFFER, action.activation());
                runs.get(action.activation()).person.offer(action);
            }

            @Override
            public void withdraw(ActivationId activation, ActionId action) {
                runs.get(activation).person.withdraw(activation, action);
                perhaps(Place.WITHDRAW, activation);
            }
        };
        SimProvisioner box = sim.provisioners.get(CloudService.BOX);
        box.beforeLook = () -> perhaps(Place.PROBE, sim.id);
        return ActivationClient.builder()
                .provisioners(List.of(box, other.provisioners.get(CloudService.DROPBOX)))
                .store(store())
                .operator(person)
                .clock(sim.clock)
                .listener((id, entry) -> perhaps(Place.LISTENER, id))
                .build();
    }

    private ActivationStore store() {
        Map<String, Place> places = Map.of("load", Place.LOAD, "size", Place.SIZE, "append", Place.APPEND);
        return (ActivationStore) Proxy.newProxyInstance(
                ActivationStore.class.getClassLoader(), new Class<?>[] {ActivationStore.class}, (p, method, args) -> {
                    if (places.containsKey(method.getName())) {
                        perhaps(places.get(method.getName()), (ActivationId) args[0]);
                    }
                    try {
                        return method.invoke(sim.store, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
