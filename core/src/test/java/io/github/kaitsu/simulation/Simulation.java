package io.github.kaitsu.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.contract.HandClock;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** A whole activation on probes and operators alone; the same seed gives the same run. */
final class Simulation {
    final ActivationId id;
    private static final int TOO_LONG = 20_000;

    /** The world's time. */
    final HandClock clock = new HandClock();

    /** What the two nodes take for the time. */
    final OffsetClock ours = new OffsetClock(clock);

    final OffsetClock theirs = new OffsetClock(clock);
    final CustomerId customer;
    final SimWorld world;
    final SimStore store;
    final SimPerson person;
    final Map<CloudService, SimProvisioner> provisioners = new EnumMap<>(CloudService.class);
    private final Random order;
    List<CloudService> services = CloudService.standard();
    int crashes;
    boolean isAlone;

    Simulation(long seed, double trouble) {
        this(seed, trouble, "sim", CustomerId.DEFAULT_ORGANISATION, new SimStore());
    }

    Simulation(long seed, double trouble, String id, String organisation, SimStore store) {
        this(seed, trouble, id, new CustomerId(ConsoleSite.JP, "CAS0001", organisation), store);
    }

    Simulation(long seed, double trouble, String id, CustomerId customer, SimStore store) {
        this.id = ActivationId.of(id);
        this.customer = customer;
        this.world = new SimWorld(clock, customer.organisation());
        this.store = store;
        Random seeds = new Random(seed);
        this.person = new SimPerson(world, new Random(seeds.nextLong()), trouble);
        this.order = new Random(seeds.nextLong());
        Random faults = new Random(seeds.nextLong());
        CloudService.standard().forEach(s -> provisioners.put(s, new SimProvisioner(s, world, faults, trouble)));
    }

    /** Told of each journal entry, after it was judged. */
    Consumer<JournalEntry> afterEntry = entry -> {};

    ActivationClient client() {
        return client(ours);
    }

    private ActivationClient client(OffsetClock node) {
        return ActivationClient.builder()
                .provisioners(provisioners.values())
                .store(store)
                .operator(person)
                .clock(node)
                .listener((run, entry) -> {
                    judge(entry.event());
                    afterEntry.accept(entry);
                })
                .build();
    }

    /** A slot goes only when its service, or for another run's slot any, is not 保留 in the world, whatever the engine believes. */
    private void judge(Event event) {
        world.services.forEach((service, linked) -> {
            boolean concerned = event instanceof Event.SlotCleared
                    || (event instanceof Event.SlotReleased released && released.service() == service);
            if (concerned && !world.isProtected(linked)) {
                world.violations.add(event + " while " + service + " is 保留");
            }
            boolean isClaimed = event instanceof Event.ServiceEnded ended
                    && ended.service() == service
                    && ended.status() == ActivationStatus.PROTECTED;
            if (isClaimed && !world.isProtected(linked)) {
                world.violations.add(event + " while it is not");
            }
        });
    }

    ActivationRequest request() {
        return ActivationRequest.builder(customer).services(services).build();
    }

    /** Runs to the end, through crashes and with two nodes taking turns. */
    Simulation run() throws InterruptedException {
        ActivationClient one = client();
        ActivationClient two = client(theirs);
        for (int i = 0; i < TOO_LONG; i++) {
            boolean isOne = order.nextBoolean() || isAlone;
            ActivationClient node = isOne ? one : two;
            try {
                if (node.find(id).isEmpty()) {
                    node.begin(id, request());
                }
                Optional<Instant> next = node.advance(id).until();
                if (ended()) {
                    return this;
                }
                if (person.hasWork() && (next.isEmpty() || order.nextInt(4) > 0)) {
                    person.doOne(node);
                } else if (next.isPresent()) {
                    Instant wake = (isOne ? ours : theirs).inTheWorld(next.get());
                    Instant patience = clock.instant().plus(Duration.ofHours(3)); // a slow person, not a dead one
                    clock.advanceTo(person.hasWork() && wake.isAfter(patience) ? patience : wake);
                } else {
                    throw new AssertionError("waits for nobody: " + journal());
                }
            } catch (SimStore.Crash e) {
                crashes++;
                store.processDied();
                person.processDied();
                one = client();
                two = client(theirs);
            }
        }
        throw new AssertionError("never ends: " + store.size(id) + " events; " + lastEvents());
    }

    boolean ended() {
        return store.load(id)
                .map(j -> j.entries().get(j.entries().size() - 1).event() instanceof Event.Ended)
                .orElse(false);
    }

    List<JournalEntry> journal() {
        return store.load(id).orElseThrow().entries();
    }

    private List<JournalEntry> lastEvents() {
        List<JournalEntry> all = journal();
        return all.subList(Math.max(0, all.size() - 12), all.size());
    }

    Map<CloudService, ActivationStatus> statuses() {
        Map<CloudService, ActivationStatus> statuses = new EnumMap<>(CloudService.class);
        for (JournalEntry entry : journal()) {
            if (entry.event() instanceof Event.ServiceEnded ended) {
                statuses.put(ended.service(), ended.status());
            }
        }
        return statuses;
    }

    List<Event> failures() {
        return journal().stream()
                .map(JournalEntry::event)
                .filter(e -> e instanceof Event.ServiceEnded ended && ended.status() == ActivationStatus.FAILED)
                .toList();
    }

    /** What must be true of every run. */
    void assertInvariants() {
        assertThat(world.violations).isEmpty();
        Set<String> doneInRound = new HashSet<>();
        int round = 0;
        for (JournalEntry entry : journal()) {
            if (entry.event() instanceof Event.RoundStarted started) {
                round++;
                assertThat(started.round()).isPositive();
            } else if (entry.event() instanceof Event.Offered offered
                    && offered.step().value().endsWith(".grant")) {
                assertThat(doneInRound.add(offered.step() + "/" + round))
                        .as("a grant is offered once a round: %s", offered)
                        .isTrue();
            }
        }
        statuses().forEach((service, status) -> {
            if (status == ActivationStatus.PROTECTED) {
                assertThat(world.services.get(service)).isNotNull();
                assertThat(world.isProtected(world.services.get(service))).isTrue();
            }
        });
    }
}
