package io.github.kaitsu.simulate;

import java.util.List;

/** Finds a smaller setup of the same seed that violates the same invariant: fewer customers, services, kinds of faults, faults in all. */
final class Shrinking {
    /** @param tries how many setups were run on the way */
    record Smallest(Setup setup, World world, int tries) {}

    private final String invariant;
    private Setup best;
    private int tries;

    private Shrinking(Setup whole, String invariant) {
        this.best = whole;
        this.invariant = invariant;
    }

    static Smallest of(long seed) {
        Setup whole = Setup.of(seed);
        List<String> violations = run(whole, false).violations;
        if (violations.isEmpty()) {
            return new Smallest(whole, run(whole, true), 0);
        }
        Shrinking shrinking = new Shrinking(whole, name(violations.get(0)));
        shrinking.shrink();
        return new Smallest(shrinking.best, run(shrinking.best, true), shrinking.tries);
    }

    /** Which invariant, without what was seen. */
    static String name(String violation) {
        return violation.substring(0, violation.indexOf(':'));
    }

    private static World run(Setup setup, boolean isTold) {
        try (Simulation sim = new Simulation(setup, isTold)) {
            return Result.run(sim).world;
        }
    }

    private boolean take(Setup smaller) {
        tries++;
        boolean isSame = run(smaller, false).violations.stream().anyMatch(v -> name(v).equals(invariant));
        best = isSame ? smaller : best;
        return isSame;
    }

    private void shrink() {
        for (int runs = 1; runs < 4; runs++) {
            for (int services = 1; services < 4; services++) {
                if (take(best.of(runs, services))) {
                    runs = 4;
                    services = 4;
                }
            }
        }
        boolean isSmaller = true;
        while (isSmaller) {
            isSmaller = false;
            for (Fault fault : List.copyOf(best.faults())) {
                isSmaller |= take(best.without(fault));
            }
        }
        for (int budget : List.of(0, 1, 2, 3, 5, 8, 13, 21, 34, 55)) {
            if (take(best.atMost(budget))) {
                return;
            }
        }
    }
}
