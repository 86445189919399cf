package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ConsoleReading;
import io.github.kaitsu.spi.Journal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Folds journals. A run is folded anew for every decision, so readings of the console, which are what costs, are parsed once.
 * Thread-safe.
 */
public final class RunStates {
    private static final int KEPT = 512;

    private final Map<String, ConsoleReading> readings = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ConsoleReading> eldest) {
            return size() > KEPT;
        }
    };

    public RunState of(Journal journal) {
        return RunState.of(journal, this::reading);
    }

    private ConsoleReading reading(String text) {
        synchronized (readings) {
            ConsoleReading known = readings.get(text);
            if (known != null) {
                return known;
            }
        }
        ConsoleReading parsed = ConsoleReading.parse(text);
        synchronized (readings) {
            readings.put(text, parsed);
        }
        return parsed;
    }
}
