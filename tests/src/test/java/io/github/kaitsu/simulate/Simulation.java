package io.github.kaitsu.simulate;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRetryPolicy;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.provision.Mender;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.simulate.Console.Line;
import io.github.kaitsu.simulate.Console.Link;
import io.github.kaitsu.simulate.Console.Organisation;
import io.github.kaitsu.simulate.Console.Said;
import io.github.kaitsu.vendor.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One seed, from its first order to its last end: consoles and organisations, the runs of their customers, the nodes that advance them, and
 * whatever goes wrong. One thread; one queue of what happens when. What races does so inside a node's calls, see {@link Node}.
 */
final class Simulation implements AutoCloseable {
    private static final int CALM_AFTER = 500;
    private static final int TOO_LONG = 4000;
    private static final int BETWEEN_REPLAYS = 256;
    private static final Duration MOST_IDLE = Duration.ofMinutes(50);
    private static final Duration CALM_AFTER_DAYS = Duration.ofDays(12);
    private static final Duration LATEST_COPY = Duration.ofDays(6);
    private static final Duration AS_PRINTED = Duration.ofMinutes(4);
    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);

    /** The defaults, but that machines look less often where much else is looked at: that is all that costs in a seed. */
    private static final double RARER_LOOKS = 0.5;

    private static final Duration FIRST_LOOK = Duration.ofMinutes(1);

    private static final List<String> NAMES = List.of(CustomerId.DEFAULT_ORGANISATION, "第二組織", "第一〜第三");

    /** What happens then; of the same moment in the order in which it was planned. */
    private record Due(Instant at, long number, Runnable what) {}

    final Setup setup;
    final World world;
    final Chaos chaos;
    final Random dice;
    final Reach reach = new Reach();
    final ActivationRetryPolicy policy;
    final Judge judge;
    final Vendors.Truth vendors = new Vendors.Truth();
    final People people = new People(this);
    final SimStore store;
    private final @Nullable SimDisk disk;
    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::number));
    private final List<Node> nodes = new ArrayList<>();
    private final Map<ActivationId, Run> runs = new LinkedHashMap<>();
    private final Set<Run> readings = new LinkedHashSet<>();
    private final Set<String> connected = new LinkedHashSet<>();
    private final Map<CloudService.Provider, Mender> refusing = new java.util.EnumMap<>(CloudService.Provider.class);
    private final TreeMap<String, Integer> ends = new TreeMap<>();
    private final Observer observer;
    private long planned;
    private int depth;
    private Instant diskFullUntil = Instant.MIN;
    private boolean isClockTouched;
    private long entries;
    int steps;

    Simulation(Setup setup, boolean isTold) {
        this.setup = setup;
        this.world = new World(isTold);
        this.chaos = new Chaos(setup);
        this.dice = chaos.about("order");
        this.judge = new Judge(world);
        this.disk = chaos.has(Fault.CRASH_IN_WRITE) ? SimDisk.create() : null;
        this.store = new SimStore(this, disk);
        boolean isAsUsual = setup.seed() % 16 == 7 && !chaos.has(Fault.MACHINE_READS);
        this.policy = isAsUsual
                ? ActivationRetryPolicy.ofDefaults()
                : ActivationRetryPolicy.builder()
                        .firstLook(FIRST_LOOK)
                        .lookFraction(RARER_LOOKS)
                        .build();
        prepareConsoles();
        this.observer = new Observer(this);
        prepareNodes();
        connectAll(nodes.get(0));
        prepareTrouble();
        runs.values().forEach(run -> after(Duration.ofMinutes(dice.nextInt(90)), () -> advance(run, run.plan)));
    }

    // ---- what there is

    private void prepareConsoles() {
        int consoles = dice.nextInt(4) == 0 ? 2 : 1;
        int number = 0;
        for (int c = 1; c <= consoles; c++) {
            Edition edition = dice.nextInt(3) == 0 ? Edition.CONSOLE_2024_07 : Edition.CONSOLE_2024_04;
            Console console = new Console(world, "CAS000" + c, edition);
            world.consoles.add(console);
            console.hasTwin = chaos.happens(Fault.TWIN_ORGANISATION, 0.8);
            console.isDuplicating = chaos.happens(Fault.DUPLICATED_LOG, 0.8);
            console.hasNewSentence = chaos.happens(Fault.NEW_SENTENCE, 0.8);
            if (chaos.happens(Fault.LAGGING_LOG, 0.8)) {
                console.lag = Duration.ofMinutes(1 + dice.nextInt(50));
            }
            int organisations = 1 + (dice.nextInt(5) < 2 ? 1 + dice.nextInt(2) : 0);
            for (int o = 0; o < organisations && number < Math.min(4, setup.runs()); o++) {
                String name = NAMES.get(console.hasTwin ? (o + 2) % NAMES.size() : o);
                Organisation organisation = new Organisation(console, name);
                add(new Run(
                        this,
                        ++number,
                        "run-" + number,
                        organisation,
                        someServices(),
                        Duration.ofDays(chaos.happens(Fault.GIVES_UP_EARLY, 0.8) ? 1 : 6 + dice.nextInt(20))));
            }
        }
    }

    private List<CloudService> someServices() {
        List<CloudService> some = new ArrayList<>(CloudService.standard());
        Collections.rotate(some, dice.nextInt(some.size()));
        int count = dice.nextInt(16) == 0 ? 8 : 1 + dice.nextInt(3);
        if (dice.nextInt(5) == 0) { // Teams, which differs most
            some.remove(CloudService.MICROSOFT_TEAMS);
            some.add(0, CloudService.MICROSOFT_TEAMS);
        }
        while (some.size() > Math.min(count, setup.services())) {
            some.remove(1 + dice.nextInt(some.size() - 1));
        }
        if (dice.nextInt(6) == 0 && some.stream().anyMatch(CloudService::isMicrosoft365)) {
            some.add(CloudService.MIP);
        }
        return some;
    }

    private void add(Run run) {
        runs.put(run.id, run);
    }

    private void prepareNodes() {
        int count = 1 + dice.nextInt(3);
        for (int n = 1; n <= count; n++) {
            Duration apart = Duration.ZERO;
            if (chaos.happens(Fault.CLOCK_APART, 0.8)) {
                apart = Duration.ofMinutes(dice.nextInt(2 * 30 * 24 * 60) - 30 * 24 * 60);
                isClockTouched |= count > 1;
            }
            long drift = chaos.happens(Fault.CLOCK_DRIFTS, 0.8) ? dice.nextInt(20_000) - 10_000 : 0;
            nodes.add(new Node(this, n, new NodeClock(world, apart, drift)));
        }
    }

    private void connectAll(Node node) {
        for (Run run : runs.values()) {
            for (CloudService.Provider provider : providers(run)) {
                boolean isBlind = chaos.happens(Fault.NO_CONNECTION, 0.5);
                try {
                    if (!isBlind && node.vendors().connect(run.organisation.customer, provider)) {
                        connected.add(run.organisation.customer + " " + provider);
                    }
                } catch (KaitsuException e) {
                    world.tell(() -> provider + " of " + run.id + " is not connected: " + e.code());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private static Set<CloudService.Provider> providers(Run run) {
        Set<CloudService.Provider> some = EnumSet.noneOf(CloudService.Provider.class);
        run.services.forEach(s -> some.add(s.provider()));
        return some;
    }

    // ---- what goes wrong by itself

    private void prepareTrouble() {
        for (Run run : runs.values()) {
            Organisation o = run.organisation;
            CloudService one = Chaos.one(dice, run.services);
            o.users = dice.nextInt(4) == 0 ? 20_000 : 50;
            o.synchronisation = Duration.ofMinutes(5 + dice.nextInt(5));
            if (chaos.happens(Fault.SLOW_SYNCHRONISATION, 0.8)) {
                o.synchronisation = Duration.ofMinutes(20 + dice.nextInt(700));
            }
            o.failingLinks = chaos.happens(Fault.LINK_FAILS, 0.8) ? 1 + dice.nextInt(4) : 0;
            o.isWrongRole = chaos.happens(Fault.WRONG_ROLE, 0.3);
            o.isFolderMissing = chaos.happens(Fault.FOLDERS_MISSING, 0.5);
            o.apiLag = chaos.happens(Fault.API_LAGS, 0.8) ? Duration.ofSeconds(dice.nextInt(280)) : Duration.ZERO;
            o.stuck = chaos.happens(Fault.PENDING_FOR_EVER, 0.6) ? one : null;
            o.vanishing = chaos.happens(Fault.PENDING_VANISHES, 0.8) ? one : null;
            odd(o, one);
            before(o, run.services, one);
            happens(
                    Fault.ANOTHER_ADMINISTRATOR_LINKS,
                    () -> somebodyLinks(o, Chaos.one(dice, CloudService.standard())));
            happens(Fault.ANOTHER_ADMINISTRATOR_LINKS, () -> somebodyLinks(o, one));
            happens(Fault.ANOTHER_ADMINISTRATOR_REMOVES, () -> somebodyRemoves(o));
            happens(Fault.RELAPSE, () -> List.copyOf(o.links.keySet()).forEach(o::relapse));
            happens(Fault.GRANT_REVOKED, () -> revoke(o, one.provider()));
        }
        world.consoles.forEach(console -> {
            happens(Fault.PENDING_OF_OTHERS, () -> othersPending(console, false));
            happens(Fault.PENDING_UNREADABLE, () -> othersPending(console, true));
        });
        CloudService.Provider provider = Chaos.one(dice, List.of(CloudService.Provider.values()));
        happens(Fault.APP_BROKEN, () -> appBreaks(provider, Mender.APP_OWNER));
        happens(Fault.APP_REFUSED_IN_A_NEW_WORD, () -> appBreaks(provider, Mender.UNKNOWN));
        happens(Fault.TENANT_REFUSES_APP, () -> appBreaks(provider, Mender.CUSTOMER));
        for (int n = 0; n < 3; n++) {
            happens(Fault.GAP, this::gap);
            happens(Fault.CLOCK_LEAPS, () -> leap(Chaos.one(dice, nodes), leapOfAnyKind()));
            happens(Fault.CLOCK_FORTH_AND_BACK, () -> {
                Node node = Chaos.one(dice, nodes);
                Duration by = leapOfAnyKind();
                leap(node, by);
                after(Duration.ofMinutes(dice.nextInt(300)), () -> leap(node, by.negated()));
            });
            happens(Fault.DISK_FULL, () -> {
                diskFullUntil = world.now().plus(Duration.ofMinutes(1 + dice.nextInt(90)));
                world.tell(() -> "the disk is full");
            });
        }
    }

    private void odd(Organisation o, CloudService one) {
        Map<Fault, Said> kinds = new java.util.EnumMap<>(Map.of(
                Fault.LINE_WITHOUT_TIME, Said.UPDATED,
                Fault.LINE_WITHOUT_ORGANISATION, Said.FAILED,
                Fault.LINE_FROM_THE_FUTURE, Said.PROTECTED,
                Fault.LINE_GARBLED, Said.UNREADABLE));
        kinds.forEach((fault, said) -> {
            if (chaos.happens(fault, 0.6)) {
                o.odd = one;
                o.oddly = said;
            }
        });
    }

    private void before(Organisation o, List<CloudService> services, CloudService one) {
        if (chaos.happens(Fault.OLD_LINES, 0.8)) {
            for (CloudService service : services) {
                Instant at = dice.nextInt(3) == 0
                        ? World.BEGIN.minus(Duration.ofMinutes(dice.nextInt(5000)))
                        : Instant.parse("2023-02-09T02:02:18Z").plus(Duration.ofDays(dice.nextInt(500)));
                o.past.add(new Line(Said.UPDATED, service, at, o.name()));
                o.past.add(new Line(Said.PROTECTED, service, at, o.name()));
                if (dice.nextInt(4) == 0) {
                    o.past.add(new Line(Said.FAILED, service, at.plusSeconds(dice.nextInt(90_000)), o.name()));
                }
            }
        }
        if (chaos.happens(Fault.LINKED_BEFORE, 0.8)) {
            somebodyLinks(o, one);
            Link link = o.links.get(one);
            if (link != null && dice.nextBoolean()) {
                link.success = World.BEGIN.minus(Duration.ofMinutes(1 + dice.nextInt(50_000)));
                link.isListed = true;
            }
        }
    }

    /** Some time in the first hours, mostly early. */
    private void happens(Fault fault, Runnable what) {
        if (chaos.has(fault)) {
            after(Duration.ofMinutes(dice.nextInt(dice.nextBoolean() ? 90 : 900)), () -> {
                if (chaos.happens(fault, 0.7)) {
                    what.run();
                }
            });
        }
    }

    private void somebodyLinks(Organisation o, CloudService service) {
        boolean isFree = o.console.organisations.stream()
                .noneMatch(other -> other.links.keySet().stream().anyMatch(other::isUnderWay));
        if (isFree && !o.console.isForeignPending() && !o.links.containsKey(service)) {
            world.tell(() -> "another administrator links " + service + " of " + o.name());
            o.press(service, false);
        }
    }

    private void somebodyRemoves(Organisation o) {
        o.links.keySet().stream().filter(o::isListed).findFirst().ifPresent(service -> {
            world.tell(() -> "another administrator removes " + service + " of " + o.name());
            o.end(service);
        });
    }

    private void othersPending(Console console, boolean isUnreadable) {
        boolean isForEver = dice.nextInt(3) == 0;
        console.foreign = new Line(
                Said.UPDATING, CloudService.BOX, isUnreadable ? null : world.now(), isUnreadable ? null : "別の組織");
        console.foreignUntil = isForEver ? Instant.MAX : world.now().plus(Duration.ofMinutes(dice.nextInt(600)));
        world.tell(() -> "something of others is 保留" + (isForEver ? ", for ever" : ""));
    }

    private void revoke(Organisation o, CloudService.Provider provider) {
        vendors.of(o.customer, provider).ifPresent(consent -> {
            world.tell(() -> "somebody revokes our access to " + provider + " of " + o.name());
            consent.isRevoked = true;
        });
    }

    private void appBreaks(CloudService.Provider provider, Mender whose) {
        world.tell(() -> provider + " refuses our app, to be mended by " + whose);
        refusing.put(provider, whose);
        if (whose == Mender.APP_OWNER) {
            vendors.broken.put(provider, Refusal.APP);
        }
        after(Duration.ofHours(1 + dice.nextInt(60)), () -> mend(provider));
    }

    void mend(CloudService.Provider provider) {
        if (refusing.remove(provider) != null) {
            world.tell(() -> provider + " accepts our app again");
            vendors.broken.remove(provider);
        }
    }

    Optional<ProbeResult.Refused> refused(CustomerId customer, CloudService.Provider provider) {
        return Optional.ofNullable(refusing.get(provider)).map(m -> Service.refusal(m, "word-of-" + provider));
    }

    private void gap() {
        Duration gap = Duration.ofMinutes(dice.nextInt(dice.nextInt(3) == 0 ? 30 * 24 * 60 : 1000));
        world.tell(() -> "nothing runs for " + gap);
        isClockTouched = true;
        world.advanceTo(world.now().plus(gap));
        runs.values().forEach(run -> plan(run, Duration.ofSeconds(1)));
    }

    private Duration leapOfAnyKind() {
        return Duration.ofMinutes(dice.nextInt(2 * 30 * 24 * 60) - 30L * 24 * 60)
                .dividedBy(dice.nextInt(3) == 0 ? 60 : 1);
    }

    private void leap(Node node, Duration by) {
        world.tell(() -> "the clock of " + node + " leaps by " + by);
        isClockTouched = true;
        node.clock.leap(by);
        runs.values().forEach(run -> plan(run, Duration.ofSeconds(1)));
    }

    boolean isDiskFull() {
        return world.now().isBefore(diskFullUntil) && !chaos.isOver;
    }

    /** Whether each node's time is the world's, but for a constant that is the same for all. */
    boolean areClocksRight() {
        return !isClockTouched && !chaos.has(Fault.CLOCK_DRIFTS) && !chaos.has(Fault.GAP);
    }

    /**
     * Whether a text of that time, which says when it was copied, can be told from one of now by whoever has nothing but it and our
     * clocks: those agree with the console's, always have, and nobody comes so late that it must be the clocks.
     */
    boolean canTellWhen(Instant copied) {
        return !isClockTouched
                && Duration.between(copied, world.now()).compareTo(LATEST_COPY) < 0
                && nodes.stream().allMatch(n -> n.clock.isRightWithin(AS_PRINTED));
    }

    // ---- asked by the others

    Run run(ActivationId id) {
        Run run = runs.get(id);
        if (run == null) {
            throw new IllegalStateException("no run " + id);
        }
        return run;
    }

    List<Run> runs() {
        return List.copyOf(runs.values());
    }

    Organisation organisation(CustomerId customer) {
        return world.consoles.stream()
                .flatMap(c -> c.organisations.stream())
                .filter(o -> o.customer.equals(customer))
                .findFirst()
                .orElseThrow();
    }

    boolean isConnected(CustomerId customer, CloudService.Provider provider) {
        return connected.contains(customer + " " + provider);
    }

    boolean connect(Node node, CustomerId customer, CloudService.Provider provider) throws InterruptedException {
        boolean isThrough = node.vendors().connect(customer, provider);
        world.tell(() -> customer.organisation() + " connects " + provider + (isThrough ? "" : " in vain"));
        return isThrough;
    }

    /** Whether a run that believes to have a slot lost it to somebody who found it over. */
    boolean isSlotGone(Run run) {
        return store.slotHolder(run.organisation.console)
                .filter(holder -> holder.startsWith(run.id.value()))
                .isEmpty();
    }

    @Nullable
    Node anyNode() {
        List<Node> alive = nodes.stream().filter(n -> !n.isDead).toList();
        return alive.isEmpty() ? null : Chaos.one(dice, alive);
    }

    /** A reading came in: what is to be seen of it is looked at once the turn is over. */
    void readingOf(Run run) {
        run.readings++;
        toBeViewed(run);
    }

    /** What keeps it from being proved may show something new. */
    void toBeViewed(Run run) {
        readings.add(run);
    }

    // ---- the grant, as the world sees it

    /**
     * Somebody presses 権限の付与 and consents.
     *
     * @return false if the page shows an error
     */
    boolean press(Run run, OperatorAction action, CloudService service) {
        Organisation o = run.organisation;
        Console console = o.console;
        boolean isAsked = run.judge.isOpen(action.id());
        for (Organisation other : console.organisations) {
            for (CloudService s : List.copyOf(other.links.keySet())) {
                boolean isOwn = other == o && s == service;
                if (isOwn || !other.isUnderWay(s)) {
                    continue;
                }
                if (isAsked && console.liars.isEmpty() && other.links.get(s).isAsked) {
                    world.violated(
                            "one service at a time per console",
                            () -> run.id + " grants " + service + " while " + s + " of " + other.name()
                                    + " is under way");
                }
                return false; // the console refuses
            }
        }
        if (console.isForeignPending()) {
            return false;
        }
        Link before = o.links.get(service);
        if (before != null
                && before.isAsked
                && !o.leftNoTrace(before)
                && isAsked
                && console.liars.isEmpty()
                && run.judge.roundReason(service) != Event.RoundReason.STALLED) {
            world.violated("one grant each", () -> run.id + " grants " + service + " again");
        }
        boolean isThrough = o.press(service, isAsked);
        world.tell(() -> "権限の付与 for " + service + " of " + o.name() + (isThrough ? "" : " ends with an error"));
        return isThrough;
    }

    // ---- time

    void after(Duration pause, Runnable what) {
        queue.add(new Due(world.now().plus(pause), ++planned, what));
    }

    private void plan(Run run, Duration pause) {
        int plan = ++run.plan;
        after(pause, () -> advance(run, plan));
    }

    /** Something was written: whoever keeps the runs going notices. */
    void written(ActivationId id, Node node, List<JournalEntry> some) {
        Run run = run(id);
        run.isBegun = true;
        entries += some.size();
        some.forEach(run.judge::written);
        boolean isOfTheSlot = some.stream()
                .anyMatch(e -> e.event() instanceof Event.SlotReleased
                        || e.event() instanceof Event.SlotCleared
                        || e.event() instanceof Event.ServiceEnded);
        for (Run other : runs.values()) {
            if (other == run || (isOfTheSlot && other.organisation.console == run.organisation.console)) {
                other.idle = 0;
                plan(other, Duration.ofMillis(500 + dice.nextInt(1500)));
            }
        }
    }

    Crash kill(Node node, String when) {
        world.tell(() -> node + " dies " + when);
        node.die();
        runs.values().stream().filter(r -> r.isBegun).forEach(r -> r.hasSeenACrash = true);
        if (nodes.stream().allMatch(n -> n.isDead)) {
            reach.rare("all-nodes-dead");
        }
        Duration pause = Duration.ofSeconds(dice.nextInt(4) == 0 ? dice.nextInt(20_000) : 5);
        after(pause, () -> {
            world.tell(() -> node + " begins again");
            node.begin();
            runs.values().forEach(run -> plan(run, Duration.ofSeconds(1)));
        });
        return new Crash();
    }

    /** In the middle of what a node does: another one, or somebody, acts. */
    void meanwhile(Node node) {
        if (node.number != 0 && depth == 0 && chaos.happens(Fault.RACE, 0.015)) {
            Run run = Chaos.one(dice, runs());
            if (dice.nextInt(12) == 0 && chaos.has(Fault.CANCELS) && run.isBegun && !run.isEnded) {
                Node other = anyNode();
                if (other != null && other != node) {
                    reach.rare("cancel-amid-advance");
                    nested(() -> run.person.cancel(other));
                }
            } else if (dice.nextInt(3) == 0) {
                nested(() -> {
                    if (run.isBegun && run.person.workOnce()) {
                        reach.rare("answer-amid-advance");
                    }
                });
            } else {
                another(node, run.id);
            }
        }
    }

    /** Another node advances a run while this one is in the middle of something. */
    void another(Node node, ActivationId id) {
        List<Node> others = nodes.stream().filter(n -> n != node && !n.isDead).toList();
        if (!others.isEmpty() && !run(id).isEnded) {
            Node other = Chaos.one(dice, others);
            reach.rare("two-nodes-advance-one-run");
            nested(() -> advance(run(id), other));
        }
    }

    /** Something is read while nothing else happens. */
    <T> T undisturbed(Supplier<T> what) {
        depth++;
        try {
            return what.get();
        } finally {
            depth--;
        }
    }

    private void nested(Runnable what) {
        depth++;
        try {
            world.tell(() -> "meanwhile:");
            what.run();
        } catch (Crash e) {
            world.tell(() -> "meanwhile ends with a crash");
        } catch (KaitsuException e) {
            if (e.code() != ErrorCode.IO_ERROR) {
                throw e;
            }
        } finally {
            depth--;
        }
    }

    // ---- advancing

    private void advance(Run run, int plan) {
        if (plan != run.plan || run.isEnded) {
            return;
        }
        Node node = anyNode();
        if (node == null) {
            plan(run, Duration.ofMinutes(1));
        } else {
            advance(run, node);
        }
    }

    private void advance(Run run, Node node) {
        try {
            if (!run.isBegun || store.truth.size(run.id) == 0) {
                if (run.isBeginning) {
                    return; // the second would wait for the first, which in one thread waits for it
                }
                run.begin(node.client());
                world.tell(
                        () -> node + " begins " + run.id + " of " + run.organisation.name() + " with " + run.services);
            }
            int written = run.plan;
            Optional<Instant> next = node.advance(run.id);
            run.failures = 0;
            settled(run, node, next, written);
        } catch (Crash e) {
            if (!run.isBegun) {
                reach.rare("crash-while-beginning");
            }
            plan(run, Duration.ofSeconds(2));
        } catch (KaitsuException e) {
            failed(run, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            world.violated("what is thrown at one run stays there", () -> run.id + " on " + node + ": " + trace(e));
            plan(run, Duration.ofMinutes(1));
        }
    }

    static String trace(Throwable e) {
        StringBuilder text = new StringBuilder(e.toString());
        for (int i = 0; i < Math.min(6, e.getStackTrace().length); i++) {
            text.append(" < ").append(e.getStackTrace()[i]);
        }
        return text.toString();
    }

    /** Whoever keeps it going tries again later, ever more rarely. */
    private void failed(Run run, KaitsuException e) {
        Set<ErrorCode> expected =
                EnumSet.of(ErrorCode.IO_ERROR, ErrorCode.CUSTOMER_BUSY, ErrorCode.STORE_CONFLICT, ErrorCode.STORE_BUSY);
        if (!expected.contains(e.code())) {
            world.violated("what is thrown at one run stays there", () -> run.id + ": " + e.code() + " " + trace(e));
        }
        plan(run, Duration.ofSeconds(10L << Math.min(run.failures++, 8)));
    }

    private void settled(Run run, Node node, Optional<Instant> next, int plan) {
        boolean isOver = isOver(run);
        if (isOver) {
            if (!run.isEnded) {
                run.isEnded = true;
                ended(run, node);
            }
            return;
        }
        if (plan != run.plan) {
            return; // it is to be advanced again anyway
        }
        if (next.isPresent()) {
            plan(run, pause(run, Duration.between(world.now(), next.get())));
        } else if (observer.view(run.id).openActions().isEmpty()) {
            world.violated("a run waits for somebody or for a known time", () -> run.id + " does for neither");
            plan(run, Duration.ofHours(1));
        }
    }

    /**
     * A run that waits for another's slot looks once a minute. As long as nothing comes of that it is looked after ever more rarely, and at
     * once when a slot is freed at its console: the same, but for the minutes in between.
     */
    private static Duration pause(Run run, Duration wanted) {
        Duration least = Duration.ofSeconds(Math.min(MOST_IDLE.toSeconds(), 1L << Math.min(run.idle++, 12)));
        return wanted.compareTo(least) < 0 ? least : wanted;
    }

    private boolean isOver(Run run) {
        return store.truth
                        .load(run.id)
                        .map(j -> j.entries().get(j.entries().size() - 1).event())
                        .filter(e -> e instanceof Event.Ended
                                || e instanceof Event.LateAnswer
                                || e instanceof Event.HandedIn
                                || e instanceof Event.Corrected)
                        .isPresent()
                && store.truth.load(run.id).orElseThrow().entries().stream()
                        .anyMatch(e -> e.event() instanceof Event.Ended);
    }

    private void ended(Run run, Node node) {
        ActivationView view = observer.view(run.id);
        view.services()
                .forEach(s ->
                        ends.merge(s.status() + s.failure().map(f -> "." + f).orElse(""), 1, Integer::sum));
        Afterwards afterwards = new Afterwards(this, run, observer);
        afterwards.check(node);
        Random mood = chaos.about("after " + run.id);
        after(Duration.ofMinutes(5), () -> afterwards.secondThoughts(anyNode()));
        boolean isProtected = view.services().stream().anyMatch(s -> run.organisation.isListed(s.service()));
        if (!run.isRemoval && isProtected && mood.nextInt(5) == 0) {
            List<CloudService> listed =
                    run.services.stream().filter(run.organisation::isListed).toList();
            Run removal = new Run(this, run.number, run.id + "-removal", run.organisation, listed, Duration.ofDays(5));
            add(removal);
            plan(removal, Duration.ofHours(1));
        } else if (mood.nextInt(5) == 0) {
            after(FORGOTTEN_AFTER, () -> afterwards.forget(anyNode()));
        }
    }

    // ---- one seed

    Simulation run() {
        while (!queue.isEmpty() && steps < TOO_LONG && world.violations.isEmpty()) {
            steps++;
            Due due = queue.remove();
            world.advanceTo(due.at());
            if (!chaos.isOver && (steps > CALM_AFTER || world.age().compareTo(CALM_AFTER_DAYS) > 0)) {
                world.tell(() -> "from now on nothing new goes wrong");
                chaos.isOver = true;
            }
            due.what().run();
            afterStep();
        }
        if (world.violations.isEmpty() && runs.values().stream().anyMatch(r -> !r.isEnded)) {
            world.violated(
                    "every run ends",
                    () -> runs.values().stream()
                                    .filter(r -> !r.isEnded)
                                    .map(r -> r.id.value())
                                    .toList()
                            + " after " + steps + " steps and " + world.age());
        }
        return this;
    }

    private void afterStep() {
        for (Run run : List.copyOf(readings)) {
            readings.remove(run);
            boolean isOneOfMany = run.readings > 20 && run.readings % 8 != 0; // a browser's, which say the same
            if (!run.isEnded && run.isBegun && !isOneOfMany) {
                observer.view(run.id)
                        .services()
                        .forEach(s -> s.notProved()
                                .forEach(n ->
                                        reach.notProof(run, s.service(), n.why().reason())));
            }
        }
        if (!chaos.has(Fault.TOKEN_STORE_FAILS)) {
            Afterwards.assertTokensKept(this);
        }
        if (steps % BETWEEN_REPLAYS == 0) {
            runs.values().stream()
                    .filter(r -> r.isBegun && !r.isEnded)
                    .forEach(r -> new Afterwards(this, r, observer).replays(anyNode()));
        }
    }

    long events() {
        return entries + steps;
    }

    Map<String, Integer> ends() {
        return ends;
    }

    @Override
    public void close() {
        if (disk != null) {
            disk.close();
        }
    }
}
