package io.github.kaitsu.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of some seeds. Not thread-safe; add those of several threads together afterwards. */
final class Result {
    /** @param invariant which was violated, and by what */
    record Violation(long seed, String invariant) {}

    long seeds;
    long events;
    double simulatedDays;
    final List<Violation> violations = new ArrayList<>();
    final Map<String, Integer> reached = new TreeMap<>(new Reach().counts());
    final Map<String, Integer> faults = new TreeMap<>();
    final Map<String, Integer> ends = new TreeMap<>();

    Result() {
        for (Fault fault : Fault.values()) {
            faults.put(fault.name(), 0);
        }
    }

    /** Runs one seed and adds what came of it. */
    void add(long seed) {
        try (Simulation sim = new Simulation(Setup.of(seed), false)) {
            run(sim);
            seeds++;
            events += sim.events();
            simulatedDays += sim.world.age().toMinutes() / (24 * 60.0);
            sim.reach.counts().forEach((state, times) -> reached.merge(state, times, Integer::sum));
            sim.chaos.happened().forEach((fault, times) -> faults.merge(fault.name(), times, Integer::sum));
            sim.ends().forEach((end, times) -> ends.merge(end, times, Integer::sum));
            sim.world.violations.forEach(v -> violations.add(new Violation(seed, v)));
        }
    }

    /** What is thrown out of a simulation is a violation, too. */
    static Simulation run(Simulation sim) {
        try {
            return sim.run();
        } catch (RuntimeException | Error e) {
            sim.world.violated("the simulation goes on", () -> Simulation.trace(e));
            return sim;
        }
    }

    void add(Result other) {
        seeds += other.seeds;
        events += other.events;
        simulatedDays += other.simulatedDays;
        violations.addAll(other.violations);
        other.reached.forEach((state, times) -> reached.merge(state, times, Integer::sum));
        other.faults.forEach((fault, times) -> faults.merge(fault, times, Integer::sum));
        other.ends.forEach((end, times) -> ends.merge(end, times, Integer::sum));
    }
}
