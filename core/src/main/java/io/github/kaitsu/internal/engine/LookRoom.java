package io.github.kaitsu.internal.engine;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.internal.engine.ProbeRunner.Sight;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.ProbeResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Where looks are made, apart from deciding: they wait for vendors. At most so many at once per provider and per customer; whose turn it
 * is goes round among customers, so that one with a thousand runs delays nobody else. What waits for its turn holds no thread.
 *
 * <p>Thread-safe.
 */
final class LookRoom {
    private final Executor threads;
    private final int perProvider;
    private final int perCustomer;
    private final Map<Optional<CloudService.Provider>, Lane> lanes = new HashMap<>();
    private final Map<CustomerId, Integer> busy = new HashMap<>();

    /** What is told when all looks of a run are made. */
    interface Back {
        void seen(Looking looking, List<Sight> sights);

        /** They were interrupted, or there is no thread for them any more. */
        void abandoned(Looking looking);
    }

    /** One provider's looks. */
    private static final class Lane {
        private int made;
        private final Map<CustomerId, Queue<Look>> waiting = new LinkedHashMap<>();
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

    LookRoom(Executor threads, int perProvider, int perCustomer) {
        this.threads = threads;
        this.perProvider = perProvider;
        this.perCustomer = perCustomer;
    }

    /** Makes the looks as soon as may be, and says so on one of the threads that made them. */
    void look(Looking looking, Back back) {
        Round round = new Round(looking, back);
        synchronized (this) {
            looking.steps().forEach((step, known) -> {
                Lane lane = lanes.computeIfAbsent(provider(step), p -> new Lane());
                lane.waiting
                        .computeIfAbsent(looking.context().customer(), c -> new ArrayDeque<>())
                        .add(new Look(round, step, known, lane));
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

    /** The first look of the customer whose turn it is; he is the last one then. */
    private Optional<Look> next(Lane lane) {
        Iterator<Map.Entry<CustomerId, Queue<Look>>> customers =
                lane.waiting.entrySet().iterator();
        while (customers.hasNext()) {
            Map.Entry<CustomerId, Queue<Look>> customer = customers.next();
            if (busy.getOrDefault(customer.getKey(), 0) < perCustomer) {
                CustomerId id = customer.getKey();
                Queue<Look> looks = customer.getValue();
                Look first = looks.remove();
                customers.remove();
                if (!looks.isEmpty()) {
                    lane.waiting.put(id, looks);
                }
                return Optional.of(first);
            }
        }
        return Optional.empty();
    }

    private void make(Look look) {
        Sight sight = null;
        try {
            sight = ProbeRunner.look(look.step(), look.round().looking.context(), look.known());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
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
