package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What this process remembers of runs: of each a little, and the whole state of those used last. Thread-safe. */
final class Memories {
    private static final int MOST_STATES = 256;

    private final Map<ActivationId, Memory> all = new ConcurrentHashMap<>();
    private final Map<ActivationId, Memory> withState = new LinkedHashMap<>(16, 0.75f, true);

    Memory of(ActivationId id) {
        return all.computeIfAbsent(id, k -> new Memory());
    }

    Optional<Memory> find(ActivationId id) {
        return Optional.ofNullable(all.get(id));
    }

    /** A run was used with its state. */
    void used(ActivationId id, Memory memory) {
        synchronized (withState) {
            withState.put(id, memory);
            if (withState.size() > MOST_STATES) {
                Iterator<Memory> eldest = withState.values().iterator();
                eldest.next().state = null; // whoever is just using it has it in hand
                eldest.remove();
            }
        }
    }

    void remove(ActivationId id) {
        all.remove(id);
        synchronized (withState) {
            withState.remove(id);
        }
    }
}
