package io.github.kaitsu.simulation;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.Waiting;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.contract.HandClock;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.simulation.SimPages.Style;
import io.github.kaitsu.store.ActivationStore.ClaimKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One seed: a console of one or two customers, what happens in it, who tells of it, and what Kaitsu makes of that. */
final class SimDoubt {
    private static final int TOO_LONG = 30_000;
    private static final Duration GIVES_UP = Duration.ofDays(8);
    private static final int MOST_SERVICES = 3;

    final long seed;
    final Set<SimTrait> traits;
    final HandClock clock = new HandClock();
    final SimStore store = new SimStore();
    final List<Run> runs = new ArrayList<>();
    private final Random moods;
    private final List<Happening> happenings = new ArrayList<>();
    int steps;

    /** What others do. */
    private record Happening(Instant at, Runnable what) {}

    /** A browser that reads the console, and tells what it shows. */
    private final class Machine implements Operator {
        private final SimWorld world;
        private final List<OperatorAction> todo = new ArrayList<>();
        private final List<SimTelling> tellings = new ArrayList<>();

        Machine(SimWorld world) {
            this.world = world;
        }

        @Override
        public Attention attention() {
            return Attention.MACHINE;
        }

        @Override
        public boolean accepts(OperatorAction action) {
            return action.form().kind() == AnswerForm.Kind.CONSOLE_TEXT;
        }

        @Override
        public void offer(OperatorAction action) {
            todo.add(action);
        }

        @Override
        public void withdraw(ActivationId activation, ActionId action) {
            todo.removeIf(a -> a.id().equals(action));
        }

        void read(ActivationClient client) {
            for (OperatorAction action : List.copyOf(todo)) {
                Set<SimPages.Section> all = EnumSet.allOf(SimPages.Section.class);
                SimWorld.Snapshot shown = world.snapshot();
                Style plain = Style.plain();
                Style style = traits.contains(SimTrait.NOISE)
                        ? new Style(false, plain.layout(), false, plain.zone(), plain.counts(), true)
                        : plain;
                SimTelling telling =
                        SimTelling.of("browser", SimPages.text(shown, all, style), shown, all, true, false);
                tellings.add(telling);
                todo.remove(action);
                try {
                    client.answerAsRead(this, action.activation(), action.id(), Answer.saw("browser", telling.text()));
                } catch (KaitsuException e) {
                    if (e.code() != ErrorCode.ACTION_GONE) {
                        throw e;
                    }
                }
            }
        }
    }

    /** One customer's activation. */
    final class Run {
        final ActivationId id;
        final CustomerId customer;
        final SimWorld world;
        final SimTeller teller;
        final Machine machine;
        final SimJudge judge;
        final List<CloudService> services;
        final Map<CloudService, SimProvisioner> provisioners = new EnumMap<>(CloudService.class);

        Run(String id, SimWorld world, List<CloudService> services) {
            this.id = ActivationId.of(id);
            this.world = world;
            this.customer = new CustomerId(ConsoleSite.JP, "CAS0001", world.organisation);
            this.services = services;
            SimWorld elsewhere = new SimWorld(clock, world.organisation);
            SimCopies copies = new SimCopies(
                    world, elsewhere, services, this::usedElsewhere, new Random(moods.nextLong()), traits);
            this.teller = new SimTeller(world, copies, new Random(moods.nextLong()), traits);
            this.machine = new Machine(world);
            this.judge = new SimJudge(world, teller, machine.tellings, traits.contains(SimTrait.MACHINE));
            Random faults = new Random(moods.nextLong());
            for (CloudService service : services) {
                SimProvisioner provisioner = new SimProvisioner(service, world, faults, 0);
                provisioner.isBlind = !traits.contains(SimTrait.CONNECTED);
                provisioners.put(service, provisioner);
            }
        }

        private void usedElsewhere(String text) {
            String fingerprint = ConsoleReading.parse(text).fingerprint();
            if (!fingerprint.isEmpty()) {
                store.claim(new ClaimKey("text", fingerprint), "JP/CAS0002");
            }
        }

        ActivationClient client() {
            ActivationClient.Builder builder = ActivationClient.builder()
                    .provisioners(provisioners.values())
                    .store(store)
                    .clock(clock);
            if (traits.contains(SimTrait.MACHINE)) {
                builder.operator(machine);
            }
            return builder.operator(teller).build();
        }

        ActivationRequest request() {
            return ActivationRequest.builder(customer)
                    .services(services)
                    .giveUpAfter(GIVES_UP)
                    .build();
        }

        List<JournalEntry> journal() {
            return store.load(id).map(j -> j.entries()).orElse(List.of());
        }

        boolean isEnded() {
            List<JournalEntry> all = journal();
            return !all.isEmpty() && all.get(all.size() - 1).event() instanceof Event.Ended;
        }

        Map<CloudService, ActivationStatus> statuses() {
            Map<CloudService, ActivationStatus> statuses = new EnumMap<>(CloudService.class);
            journal().forEach(e -> {
                if (e.event() instanceof Event.ServiceEnded ended) {
                    statuses.put(ended.service(), ended.status());
                }
            });
            return statuses;
        }
    }

    /** Two of three seeds are told the truth, whatever else goes wrong. */
    static SimDoubt of(long seed) {
        return new SimDoubt(seed, SimTrait.some(new Random(seed), seed % 3 != 0));
    }

    SimDoubt(long seed, Set<SimTrait> traits) {
        this(seed, traits, Optional.empty());
    }

    SimDoubt(long seed, Set<SimTrait> traits, Optional<List<CloudService>> services) {
        this.seed = seed;
        this.traits = traits;
        this.moods = new Random(seed * 31 + 7);
        SimWorld world = new SimWorld(clock, CustomerId.DEFAULT_ORGANISATION);
        runs.add(new Run("one", world, services.orElseGet(this::someServices)));
        if (traits.contains(SimTrait.NEIGHBOUR)) {
            SimWorld other = new SimWorld(clock, "第二組織");
            world.neighbours.add(other);
            other.neighbours.add(world);
            runs.add(new Run("two", other, someServices()));
        }
        runs.forEach(run -> prepare(run.world, run.services));
    }

    private List<CloudService> someServices() {
        List<CloudService> some = new ArrayList<>(CloudService.standard());
        int count = 1 + moods.nextInt(MOST_SERVICES);
        while (some.size() > count) {
            some.remove(moods.nextInt(some.size()));
        }
        return some;
    }

    // ---- the world

    private void prepare(SimWorld world, List<CloudService> services) {
        world.synchronisation = Duration.ofMinutes(9); // of so few users ten are expected
        if (traits.contains(SimTrait.PROMPT) || traits.stream().noneMatch(SimTrait.WORLD::contains)) {
            return;
        }
        world.users = moods.nextInt(3) == 0 ? 20_000 : 50;
        world.synchronisation = Duration.ofMinutes(moods.nextInt(3) == 0 ? 10 + moods.nextInt(400) : 9);
        world.lag = traits.contains(SimTrait.LAG) ? Duration.ofMinutes(moods.nextInt(40)) : Duration.ZERO;
        world.failingLinks = traits.contains(SimTrait.FAILING_LINKS) ? moods.nextInt(4) : 0;
        world.losesTimes = traits.contains(SimTrait.LOSES_TIMES);
        CloudService one = services.get(moods.nextInt(services.size()));
        if (traits.contains(SimTrait.OLD_LINES)) {
            oldLines(world, services);
        }
        if (traits.contains(SimTrait.BEFORE)) {
            somebodyGrants(world, one);
            Instant later = clock.instant().plus(Duration.ofMinutes(moods.nextInt(3) * 30L));
            clock.advanceTo(later);
        }
        if (traits.contains(SimTrait.STUCK)) {
            world.stuck = one;
        }
        if (traits.contains(SimTrait.BETWEEN)) {
            happens(() -> somebodyGrants(world, CloudService.standard().get(moods.nextInt(8))));
            happens(() -> somebodyGrants(world, services.get(moods.nextInt(services.size()))));
        }
        if (traits.contains(SimTrait.REMOVED)) {
            happens(() -> List.copyOf(world.services.keySet()).stream()
                    .filter(world::isListed)
                    .findAny()
                    .ifPresent(world::remove));
        }
        if (traits.contains(SimTrait.RELAPSES)) {
            happens(() -> List.copyOf(world.services.keySet()).forEach(world::relapse));
        }
    }

    private void oldLines(SimWorld world, List<CloudService> services) {
        Instant then = Instant.parse("2023-02-09T02:02:18Z");
        for (CloudService service : services) {
            Instant at = then.plus(Duration.ofDays(moods.nextInt(500)));
            if (moods.nextBoolean()) {
                world.past.add(new SimWorld.Line(SimWorld.Said.UPDATED, service, at, world.organisation));
                world.past.add(new SimWorld.Line(SimWorld.Said.PROTECTED, service, at, world.organisation));
            }
            if (moods.nextInt(3) == 0) {
                Instant failed = at.plus(Duration.ofDays(moods.nextInt(9) - 4L));
                world.past.add(new SimWorld.Line(SimWorld.Said.FAILED, service, failed, world.organisation));
            }
        }
    }

    private void somebodyGrants(SimWorld world, CloudService service) {
        if (!world.isAnythingPending() && !world.services.containsKey(service)) {
            world.press(service, false);
        }
    }

    /** Within the first hours, mostly early. */
    private void happens(Runnable what) {
        Duration after = Duration.ofMinutes(moods.nextInt(moods.nextBoolean() ? 60 : 600));
        happenings.add(new Happening(clock.instant().plus(after), what));
    }

    private void happen() {
        for (Happening h : List.copyOf(happenings)) {
            if (!h.at.isAfter(clock.instant())) {
                h.what.run();
                happenings.remove(h);
            }
        }
    }

    // ---- the run

    SimDoubt run() throws InterruptedException {
        if (traits.contains(SimTrait.CRASHES)) {
            store.crashAt(1 + moods.nextInt(60), moods.nextBoolean());
        }
        Map<Run, ActivationClient> clients = clients();
        for (steps = 0; steps < TOO_LONG; steps++) {
            try {
                happen();
                Instant next = advance(clients);
                if (next == null) {
                    afterwards(clients);
                    return this;
                }
                List<Run> busy = runs.stream()
                        .filter(r -> r.teller.hasWork() && !r.isEnded())
                        .toList();
                int haste = traits.contains(SimTrait.SLOW) ? 2 : 1;
                boolean isPrompt = traits.contains(SimTrait.PROMPT);
                if (!busy.isEmpty() && (isPrompt || moods.nextInt(4 * haste) < 3)) {
                    Run run = busy.get(moods.nextInt(busy.size()));
                    run.teller.doOne(clients.get(run));
                    run.judge.catchUp(run.journal());
                } else {
                    pass(next, !busy.isEmpty());
                }
            } catch (SimStore.Crash e) {
                store.processDied();
                runs.forEach(r -> r.teller.processDied());
                clients = clients();
            }
        }
        throw new AssertionError("never ends");
    }

    private Map<Run, ActivationClient> clients() {
        Map<Run, ActivationClient> clients = new java.util.HashMap<>();
        runs.forEach(r -> {
            r.machine.todo.clear();
            clients.put(r, r.client());
        });
        return clients;
    }

    private void pass(Instant next, boolean isSomebodyBusy) {
        Instant patience = clock.instant().plus(Duration.ofMinutes(traits.contains(SimTrait.SLOW) ? 180 : 10));
        Instant to = isSomebodyBusy && next.isAfter(patience) ? patience : next;
        for (Happening h : happenings) {
            to = h.at.isBefore(to) ? h.at : to;
        }
        Instant least = clock.instant().plusSeconds(1 + moods.nextInt(runs.size() > 1 ? 1800 : 60));
        clock.advanceTo(to.isBefore(least) ? least : to);
    }

    /** @return when to come again; null if all have ended */
    private @Nullable Instant advance(Map<Run, ActivationClient> clients) throws InterruptedException {
        Instant next = null;
        for (Run run : runs) {
            if (run.isEnded()) {
                continue;
            }
            ActivationClient client = clients.get(run);
            if (run.journal().isEmpty()) {
                client.begin(run.id, run.request());
            }
            Optional<Instant> wake = client.advance(run.id).until();
            if (!run.machine.todo.isEmpty()) {
                run.judge.catchUp(run.journal());
                run.machine.read(client);
                wake = client.advance(run.id).until();
            }
            run.judge.catchUp(run.journal());
            if (run.isEnded()) {
                continue;
            }
            Instant at = wake.orElse(Instant.MAX);
            if (!run.teller.hasWork() && run.machine.todo.isEmpty()) {
                waitsForSomething(client.find(run.id).orElseThrow().view());
            }
            if (!run.machine.todo.isEmpty()) {
                at = clock.instant().plusSeconds(1);
            }
            next = next == null || at.isBefore(next) ? at : next;
        }
        return next;
    }

    private static void waitsForSomething(ActivationView view) {
        boolean waits = view.services().stream().noneMatch(s -> s.waiting() instanceof Waiting.ForOperator)
                && view.services().stream()
                        .filter(s -> !s.status().isFinal())
                        .anyMatch(s -> !(s.waiting() instanceof Waiting.Nothing));
        if (!waits) {
            throw new AssertionError("waits for nobody");
        }
    }

    /** What is said after the end is shown, and changes nothing that was written. */
    private void afterwards(Map<Run, ActivationClient> clients) {
        for (Run run : runs) {
            ActivationClient client = clients.get(run);
            client.find(run.id).orElseThrow().view();
            if (traits.contains(SimTrait.SECOND_PERSON)) {
                run.teller.contradict(client, run.id);
            }
            if (traits.contains(SimTrait.CORRECTS)) {
                run.teller.takeBack(client, run.id);
            }
            client.find(run.id).orElseThrow().view();
        }
    }

    /** How many proofs say what was not so, each in the name of whoever said it. */
    int falselyProtected() {
        return runs.stream().mapToInt(r -> r.judge.untrue).sum();
    }

    /** What somebody needs who has to find out why. */
    String story() {
        StringBuilder story = new StringBuilder("seed " + seed + " " + traits + " at " + clock.instant());
        for (Run run : runs) {
            List<JournalEntry> all = run.journal();
            story.append("\n")
                    .append(run.id)
                    .append(' ')
                    .append(run.services)
                    .append(' ')
                    .append(run.statuses());
            run.judge.violations().forEach(v -> story.append("\n  !! ").append(v));
            all.subList(Math.max(0, all.size() - 12), all.size())
                    .forEach(e -> story.append("\n  ").append(e));
        }
        return story.toString();
    }
}
