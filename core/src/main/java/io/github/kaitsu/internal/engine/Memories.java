package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** What this process remembers of runs: of each a little, and the whole state of those used last. Thread-safe. */
final class Memories {
    private static final int MOST_STATES = 256;

    private final int most;
    private final Map<ActivationId, Memory> all = new ConcurrentHashMap<>();
    private final Map<ActivationId, Memory> withState = new LinkedHashMap<>(16, 0.75f, true);

    /** Who may be forgotten, in no order: whoever comes by in turn would never find himself, if the oldest went first. */
    private final List<ActivationId> kept = new ArrayList<>();

    private final Random random = new Random();

    /** @param most so many runs are remembered, more only while they are used or somebody is asked for them here */
    Memories(int most) {
        this.most = most;
    }

    Memory of(ActivationId id) {
        Memory known = all.get(id);
        if (known != null) {
            return known;
        }
        if (most < Integer.MAX_VALUE) {
            makeRoom(id);
        }
        return all.computeIfAbsent(id, k -> new Memory());
    }

    Optional<Memory> find(ActivationId id) {
        return Optional.ofNullable(all.get(id));
    }

    private void makeRoom(ActivationId id) {
        synchronized (kept) {
            kept.add(id);
            for (int tries = 0; kept.size() > most && tries < 4; tries++) {
                int some = random.nextInt(kept.size() - 1); // all but the new one
                ActivationId other = kept.get(some);
                Memory memory = all.get(other);
                if (memory == null || memory.isForgettable()) {
                    kept.set(some, kept.get(kept.size() - 1));
                    kept.remove(kept.size() - 1);
                    remove(other);
                }
            }
        }
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
