package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** Which run is to be woken when: a queue in order of time, in which each run is at most once. Thread-safe. */
final class WakeUps {
    private record WakeUp(Instant at, ActivationId id) {}

    private final NavigableSet<WakeUp> queue =
            new TreeSet<>(Comparator.comparing(WakeUp::at).thenComparing(w -> w.id().value()));
    private final Map<ActivationId, WakeUp> byRun = new HashMap<>();

    /** At that time, whatever was set for the run before. @return whether it is the first of all now */
    synchronized boolean set(ActivationId id, Instant at) {
        clear(id);
        WakeUp wakeUp = new WakeUp(at, id);
        byRun.put(id, wakeUp);
        queue.add(wakeUp);
        return queue.first().equals(wakeUp);
    }

    synchronized void clear(ActivationId id) {
        WakeUp before = byRun.remove(id);
        if (before != null) {
            queue.remove(before);
        }
    }

    /** The runs whose time has come, earliest first; they are in the queue no more. */
    synchronized List<ActivationId> due(Instant now) {
        List<ActivationId> due = new ArrayList<>();
        while (!queue.isEmpty() && !now.isBefore(queue.first().at())) {
            WakeUp first = queue.first();
            clear(first.id());
            due.add(first.id());
        }
        return due;
    }

    /** When the next one is due. */
    synchronized Optional<Instant> next() {
        return queue.isEmpty() ? Optional.empty() : Optional.of(queue.first().at());
    }

    /** Every run in the queue. */
    synchronized List<ActivationId> all() {
        return List.copyOf(byRun.keySet());
    }
}
