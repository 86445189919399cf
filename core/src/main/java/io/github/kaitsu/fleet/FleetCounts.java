package io.github.kaitsu.fleet;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.store.RunHead;
import io.github.kaitsu.store.Turn;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many runs stand where. Immutable.
 *
 * @param runs all of them
 * @param succeeded those that have ended with every service protected, or in a removal removed
 * @param turns how many there are by whose turn it is; every turn is there
 * @param services how many services of all runs are so far; only what there is
 */
public record FleetCounts(int runs, int succeeded, Map<Turn, Integer> turns, Map<ActivationStatus, Integer> services) {
    /** Keeps unmodifiable copies. */
    public FleetCounts {
        Map<Turn, Integer> all = new EnumMap<>(Turn.class);
        for (Turn turn : Turn.values()) {
            all.put(turn, turns.getOrDefault(turn, 0));
        }
        turns = Collections.unmodifiableMap(all);
        services = services.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(services));
    }

    static FleetCounts of(Iterable<RunHead> heads) {
        int runs = 0;
        int succeeded = 0;
        Map<Turn, Integer> turns = new EnumMap<>(Turn.class);
        Map<ActivationStatus, Integer> services = new EnumMap<>(ActivationStatus.class);
        for (RunHead head : heads) {
            runs++;
            succeeded += isSuccess(head) ? 1 : 0;
            turns.merge(head.turn(), 1, Integer::sum);
            head.services().values().forEach(status -> services.merge(status, 1, Integer::sum));
        }
        return new FleetCounts(runs, succeeded, turns, services);
    }

    private static boolean isSuccess(RunHead head) {
        return head.isEnded()
                && head.services().values().stream()
                        .allMatch(s -> s == ActivationStatus.PROTECTED || s == ActivationStatus.REMOVED);
    }

    /** In how many it is this one's turn. */
    public int of(Turn turn) {
        return turns.getOrDefault(turn, 0);
    }

    /** Whether every run has ended or waits for somebody's answer: neither time nor a vendor moves any of them on. */
    public boolean isQuiet() {
        return of(Turn.KAITSU) == 0 && of(Turn.VENDOR) == 0;
    }
}
