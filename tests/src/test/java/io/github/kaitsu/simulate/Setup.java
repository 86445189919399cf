package io.github.kaitsu.simulate;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * What a seed is made of. A smaller one of the same seed is what shrinking tries.
 *
 * @param faults what may go wrong
 * @param budget how often in all
 * @param runs how many customers at most
 * @param services how many of each at most
 */
record Setup(long seed, Set<Fault> faults, int budget, int runs, int services) {
    private static final double MOST = 0.3;

    /** What rarely meets by itself, and is told apart only where it does. */
    private static final List<Set<Fault>> TOGETHER = List.of(
            Set.of(Fault.CANNOT, Fault.CRASH_AFTER_WRITE, Fault.CRASH_IN_LOOK),
            Set.of(Fault.LINKED_BEFORE, Fault.CANNOT, Fault.DECLINES, Fault.SIGNED_OUT),
            Set.of(
                    Fault.LINKED_BEFORE,
                    Fault.TAKES_BACK,
                    Fault.MACHINE_HANDS_BACK,
                    Fault.ANOTHER_ADMINISTRATOR_REMOVES),
            Set.of(Fault.LINKED_BEFORE, Fault.TAKES_BACK, Fault.LINK_FAILS, Fault.ANOTHER_ADMINISTRATOR_REMOVES),
            Set.of(Fault.OLD_LINES, Fault.PENDING_VANISHES),
            Set.of(Fault.PARTIAL_COPY, Fault.TAKES_BACK, Fault.CRASH_AFTER_WRITE),
            Set.of(Fault.CANCELS, Fault.PENDING_FOR_EVER, Fault.RACE, Fault.CRASH_BEFORE_WRITE));

    /** The same, of what meets least of all: one seed in twenty has the one, one the other. */
    private static final Set<Fault> REMOVED_AND_NOT_LINKED_ANEW = Set.of(
            Fault.LINKED_BEFORE, Fault.SLOW_SYNCHRONISATION, Fault.ANOTHER_ADMINISTRATOR_REMOVES, Fault.LINK_FAILS);

    private static final Set<Fault> DECLINED_AFTER_A_CRASH =
            Set.of(Fault.DECLINES, Fault.CRASH_AFTER_WRITE, Fault.CRASH_IN_LOOK);

    private static final int ANY = Integer.MAX_VALUE;

    /** Two of three seeds are told the truth, whatever else goes wrong; now and then nothing does. */
    static Setup of(long seed) {
        Random dice = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        double share = dice.nextInt(25) == 0 ? 0 : dice.nextDouble() * MOST;
        Set<Fault> some = EnumSet.noneOf(Fault.class);
        for (Fault fault : Fault.values()) {
            if (dice.nextDouble() < share && (seed % 3 == 0 || !Fault.FALSEHOODS.contains(fault))) {
                some.add(fault);
            }
        }
        if (share > 0 && dice.nextInt(3) == 0) {
            some.addAll(Chaos.one(dice, TOGETHER));
        }
        if (seed % 20 == 4) {
            some.addAll(REMOVED_AND_NOT_LINKED_ANEW);
        } else if (seed % 20 == 14) {
            some.addAll(DECLINED_AFTER_A_CRASH);
        }
        return new Setup(seed, some, ANY, ANY, ANY);
    }

    Setup without(Fault fault) {
        Set<Fault> less = EnumSet.copyOf(faults);
        less.remove(fault);
        return new Setup(seed, less, budget, runs, services);
    }

    Setup atMost(int times) {
        return new Setup(seed, faults, times, runs, services);
    }

    Setup of(int mostRuns, int mostServices) {
        return new Setup(seed, faults, budget, mostRuns, mostServices);
    }
}
