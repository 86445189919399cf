package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.journal.Journal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Folds journals. Readings of the console, which are what costs, are parsed once; and what was folded is kept for a while, so that
 * only what came since is folded when the same run is looked at again. Thread-safe.
 */
public final class RunStates {
    private static final int KEPT = 512;
    private static final int MOST_STATES = 64;

    /** What was parsed, by text and what is known to be furniture. */
    private record Pasted(String text, Set<String> furniture) {}

    private final Map<Pasted, ConsoleReading> readings = new Newest<>(KEPT);

    /** What nobody uses just now; whoever takes one has it alone. */
    private final Map<ActivationId, RunState> idle = new Newest<>(MOST_STATES);

    private static final class Newest<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;
        private final int most;

        Newest(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
        }
    }

    /**
     * What a journal says, for as long as it is used: it is lent, so nothing of it may be kept.
     *
     * @param use if it throws, so that the journal may not be what was folded, the state is not used again
     */
    <T> T lent(Journal journal, Function<RunState, T> use) {
        RunState known;
        synchronized (idle) {
            known = idle.remove(journal.id());
        }
        RunState state = known != null && known.isBeginningOf(journal) ? known.catchUp(journal) : of(journal);
        T made = use.apply(state);
        synchronized (idle) {
            idle.put(journal.id(), state);
        }
        return made;
    }

    public RunState of(Journal journal) {
        return RunState.of(journal, this::reading);
    }

    ConsoleReading reading(String text, Set<String> furniture) {
        Pasted pasted = new Pasted(text, Set.copyOf(furniture));
        synchronized (readings) {
            ConsoleReading known = readings.get(pasted);
            if (known != null) {
                return known;
            }
        }
        ConsoleReading parsed = ConsoleReading.parse(text, pasted.furniture());
        synchronized (readings) {
            readings.put(pasted, parsed);
        }
        return parsed;
    }
}
