package io.github.kaitsu.simulate;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The one source of all chance in a seed: a stream for each fault and for each subject, so that leaving one out moves no other. */
final class Chaos {
    private final Setup setup;
    private final Map<Fault, Random> streams = new EnumMap<>(Fault.class);
    private final Map<Fault, Integer> happened = new EnumMap<>(Fault.class);
    private int left;

    /** From then on nothing new goes wrong, so that everything can come to its end. */
    boolean isOver;

    Chaos(Setup setup) {
        this.setup = setup;
        this.left = setup.budget();
    }

    /** Chance about something that is no fault. */
    Random about(String subject) {
        return new Random(mixed(subject.hashCode()));
    }

    private long mixed(long salt) {
        return (setup.seed() + 17) * 0x9E3779B97F4A7C15L + salt * 0xD1B54A32D192ED03L;
    }

    boolean has(Fault fault) {
        return setup.faults().contains(fault);
    }

    /** Whether it goes wrong now. */
    boolean happens(Fault fault, double chance) {
        if (!has(fault) || isOver) {
            return false;
        }
        Random dice =
                streams.computeIfAbsent(fault, f -> new Random(mixed(f.name().hashCode() + 0x5bd1e995L)));
        if (dice.nextDouble() >= chance || left == 0) {
            return false;
        }
        left--;
        happened.merge(fault, 1, Integer::sum);
        return true;
    }

    static <T> T one(Random dice, List<T> of) {
        return of.get(dice.nextInt(of.size()));
    }

    Map<Fault, Integer> happened() {
        return happened;
    }
}
