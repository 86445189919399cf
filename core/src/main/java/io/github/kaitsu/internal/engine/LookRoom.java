package io.github.kaitsu.internal.engine;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.EngineObserver;
import io.github.kaitsu.console.ConsoleId;
import io.github.kaitsu.internal.engine.ProbeRunner.Sight;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.vendor.CallRetry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where looks are made, apart from deciding: they wait for vendors. At most so many at once per provider and per customer, and so many a
 * minute of one customer at one provider; whose turn it is goes round among consoles, and in each among its customers, so that one with
 * a thousand runs delays nobody else. What waits for its turn holds no thread.
 *
 * <p>Thread-safe.
 */
final class LookRoom {
    /**
     * A customer's looks at a provider: so many at once after a rest, then one each 200 ms, 450 in the worst minute. The lowest published
     * limit of a tenant's reads is Box's, 1,000 calls a minute, and a look makes two or three.
     */
    private static final int BURST = 150;

    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** So many tenants' paces are remembered before those that have rested are dropped. */
    private static final int MANY = 1_024;

    /** When looks of a crowded console are put off, one after the other. */
    private static final long SLOT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Executor threads;
    private final Later later;
    private final LongSupplier time;
    private final EngineObserver observer;
    private final int perProvider;
    private final int perCustomer;
    private final Map<Optional<CloudService.Provider>, Lane> lanes = new HashMap<>();
    private final Map<CustomerId, Integer> busy = new HashMap<>();
    private final Map<Tenant, Long> paces = new HashMap<>();
    private final Map<ConsoleId, Integer> crowds = new HashMap<>();
    private final Map<ConsoleId, Long> slots = new HashMap<>();

    /** A time is set at which it is looked who may go on. */
    private boolean isLater;

    /** Runs something after so many nanoseconds. */
    interface Later {
        void run(Runnable work, long nanos);
    }

    private record Tenant(Optional<CloudService.Provider> provider, CustomerId customer) {}

    /** What is told when all looks of a run are made. */
    interface Back {
        void seen(Looking looking, List<Sight> sights);

        /** They were interrupted, or there is no thread for them any more. */
        void abandoned(Looking looking);
    }

    /** One provider's looks. */
    private static final class Lane {
        private int made;
        private final Map<ConsoleId, Map<CustomerId, Queue<Look>>> waiting = new LinkedHashMap<>();
        private final Optional<CloudService.Provider> provider;

        Lane(Optional<CloudService.Provider> provider) {
            this.provider = provider;
        }
    }

    /** The looks of one run, until the last is back. */
    private static final class Round {
        private final Looking looking;
        private final Back back;
        private final Map<ActivationStep, Sight> sights = new HashMap<>();
        private int open;
        private boolean isAbandoned;

        Round(Looking looking, Back back) {
            this.looking = looking;
            this.back = back;
            this.open = looking.steps().size();
        }
    }

    private record Look(Round round, ActivationStep step, Optional<ProbeResult> known, Lane lane) {
        CustomerId customer() {
            return round.looking.context().customer();
        }
    }

    LookRoom(Executor threads, int perProvider, int perCustomer, Clock clock, EngineObserver observer) {
        this(
                threads,
                perProvider,
                perCustomer,
                passing(clock),
                (work, nanos) -> CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS)
                        .execute(work),
                observer);
    }

    /** The time that has passed, or more where somebody moves the clock on: a test's vendors count by it, too. */
    private static LongSupplier passing(Clock clock) {
        long nanos = System.nanoTime();
        Instant start = clock.instant();
        AtomicLong latest = new AtomicLong();
        return () -> latest.accumulateAndGet(
                Math.max(
                        System.nanoTime() - nanos,
                        Duration.between(start, clock.instant()).toNanos()),
                Math::max);
    }

    LookRoom(
            Executor threads,
            int perProvider,
            int perCustomer,
            LongSupplier time,
            Later later,
            EngineObserver observer) {
        this.observer = observer;
        this.threads = threads;
        this.perProvider = perProvider;
        this.perCustomer = perCustomer;
        this.time = time;
        this.later = later;
    }

    /**
     * Whether a console has more looks waiting than get their turn soon. Where the place of what waits is bounded, its next ones are put
     * off, each to a time of its own.
     *
     * @return in how many nanoseconds it is to be tried again; empty if it may wait here
     */
    synchronized OptionalLong crowd(CustomerId customer) {
        if (crowds.getOrDefault(customer.console(), 0) < 2 * perProvider) {
            slots.remove(customer.console());
            return OptionalLong.empty();
        }
        long now = time.getAsLong();
        long slot = Math.max(now, slots.getOrDefault(customer.console(), now)) + SLOT_NANOS;
        slots.put(customer.console(), slot);
        return OptionalLong.of(slot - now);
    }

    /** Makes the looks as soon as may be, and says so on one of the threads that made them. */
    void look(Looking looking, Back back) {
        Round round = new Round(looking, back);
        synchronized (this) {
            looking.steps().forEach((step, known) -> {
                Lane lane = lanes.computeIfAbsent(provider(step), Lane::new);
                CustomerId customer = looking.context().customer();
                lane.waiting
                        .computeIfAbsent(customer.console(), c -> new LinkedHashMap<>())
                        .computeIfAbsent(customer, c -> new ArrayDeque<>())
                        .add(new Look(round, step, known, lane));
                crowds.merge(customer.console(), 1, Integer::sum);
            });
        }
        begin();
    }

    /** None for a probe of the host's own, about the console. */
    private static Optional<CloudService.Provider> provider(ActivationStep step) {
        return StepPlan.serviceNamed(step.id(), List.of(CloudService.values())).map(CloudService::provider);
    }

    private void begin() {
        for (Look look : startable()) {
            try {
                threads.execute(() -> make(look));
            } catch (RejectedExecutionException e) {
                over(look, null);
            }
        }
    }

    private synchronized List<Look> startable() {
        List<Look> all = new ArrayList<>();
        for (Lane lane : lanes.values()) {
            Optional<Look> next = lane.made < perProvider ? next(lane) : Optional.empty();
            while (next.isPresent()) {
                lane.made++;
                busy.merge(next.get().customer(), 1, Integer::sum);
                all.add(next.get());
                next = lane.made < perProvider ? next(lane) : Optional.empty();
            }
        }
        return all;
    }

    /** The first look of the console whose turn it is; it is the last one then, and in it the customer. */
    private Optional<Look> next(Lane lane) {
        for (Map.Entry<ConsoleId, Map<CustomerId, Queue<Look>>> console : lane.waiting.entrySet()) {
            for (Map.Entry<CustomerId, Queue<Look>> customer :
                    console.getValue().entrySet()) {
                if (busy.getOrDefault(customer.getKey(), 0) < perCustomer
                        && isPaid(new Tenant(lane.provider, customer.getKey()))) {
                    return Optional.of(take(lane, console.getKey(), customer.getKey()));
                }
            }
        }
        return Optional.empty();
    }

    private Look take(Lane lane, ConsoleId console, CustomerId customer) {
        Map<CustomerId, Queue<Look>> customers = Objects.requireNonNull(lane.waiting.remove(console));
        Queue<Look> looks = Objects.requireNonNull(customers.remove(customer));
        Look first = looks.remove();
        if (!looks.isEmpty()) {
            customers.put(customer, looks);
        }
        if (!customers.isEmpty()) {
            lane.waiting.put(console, customers);
        }
        crowds.computeIfPresent(console, (c, n) -> n == 1 ? null : n - 1);
        return first;
    }

    /** Whether a tenant may be looked at now; then that counts. Else somebody looks again when it may. */
    private boolean isPaid(Tenant tenant) {
        long now = time.getAsLong();
        long pace = Math.max(now, paces.getOrDefault(tenant, now)) + PACE_NANOS;
        long early = pace - BURST * PACE_NANOS - now;
        if (early > 0) {
            if (!isLater) {
                isLater = true;
                later.run(this::goOn, early);
            }
            return false;
        }
        if (paces.size() >= MANY) {
            paces.values().removeIf(rested -> rested <= now);
        }
        paces.put(tenant, pace);
        return true;
    }

    private void goOn() {
        synchronized (this) {
            isLater = false;
        }
        begin();
    }

    private void make(Look look) {
        Sight sight = null;
        EngineObserver.Look seen = Observing.of(observer, look.step().id());
        try {
            sight = CallRetry.hearing(
                    seen::called,
                    () -> ProbeRunner.look(look.step(), look.round().looking.context(), look.known()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            seen.over(Optional.ofNullable(sight).map(Sight::look));
            over(look, sight);
        }
    }

    private void over(Look look, @Nullable Sight sight) {
        Round round = look.round();
        boolean isLast;
        synchronized (this) {
            look.lane().made--;
            busy.computeIfPresent(look.customer(), (c, n) -> n == 1 ? null : n - 1);
            round.open--;
            isLast = round.open == 0;
            if (sight == null) {
                round.isAbandoned = true;
            } else {
                round.sights.put(look.step(), sight);
            }
        }
        begin();
        if (isLast && round.isAbandoned) {
            round.back.abandoned(round.looking);
        } else if (isLast) {
            round.back.seen(
                    round.looking,
                    round.looking.steps().keySet().stream()
                            .map(round.sights::get)
                            .toList());
        }
    }
}
