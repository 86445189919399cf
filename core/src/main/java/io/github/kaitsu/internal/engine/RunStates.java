package io.github.kaitsu.internal.engine;

import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.journal.Journal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Folds journals. A run is folded anew for every decision, so readings of the console, which are what costs, are parsed once.
 * Thread-safe.
 */
public final class RunStates {
    private static final int KEPT = 512;

    /** What was parsed, by text and what is known to be furniture. */
    private record Pasted(String text, Set<String> furniture) {}

    private final Map<Pasted, ConsoleReading> readings = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Pasted, ConsoleReading> eldest) {
            return size() > KEPT;
        }
    };

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
