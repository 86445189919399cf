package io.github.kaitsu.simulation;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What one seed's persons and world are like. */
enum SimTrait {
    // ---- how somebody copies; all of it is true
    PARTIAL,
    ENGLISH,
    CELLS,
    TYPES,
    COUNTS,
    NOISE,
    /** Copied hours before, with the console's clock in it. */
    LATE,
    TWICE,
    UNASKED,
    // ---- how somebody answers
    /** At once, whatever is asked. */
    PROMPT,
    SLOW,
    NOT_YET,
    ANSWERS_GET_LOST,
    SIGNED_OUT,
    SECOND_PERSON,
    CORRECTS,
    /** A browser reads the console; persons do the rest. */
    MACHINE,
    // ---- the world
    CONNECTED,
    CRASHES,
    BEFORE,
    BETWEEN,
    REMOVED,
    RELAPSES,
    OLD_LINES,
    FAILING_LINKS,
    STUCK,
    LOSES_TIMES,
    LAG,
    NEIGHBOUR,
    // ---- falsehoods
    SAYS_YES,
    /** Copied hours before, and nothing shows it. */
    STALE,
    CUTS,
    FORGES,
    ANOTHERS_TEXT,
    WRONG_ANSWERS;

    /** Without these, whatever somebody pastes is what the console showed. */
    static final Set<SimTrait> FALSEHOODS = EnumSet.range(SAYS_YES, WRONG_ANSWERS);

    static final Set<SimTrait> WORLD = EnumSet.range(CONNECTED, NEIGHBOUR);

    /** Few at a time, so that each is met alone, too. */
    static Set<SimTrait> some(Random moods, boolean isTruthful) {
        EnumSet<SimTrait> traits = EnumSet.noneOf(SimTrait.class);
        double share = moods.nextDouble() * 0.35;
        for (SimTrait trait : EnumSet.complementOf(EnumSet.of(PROMPT))) {
            if (moods.nextDouble() < share && !(isTruthful && FALSEHOODS.contains(trait))) {
                traits.add(trait);
            }
        }
        if (!isTruthful && traits.stream().noneMatch(FALSEHOODS::contains)) {
            traits.add(List.copyOf(FALSEHOODS).get(moods.nextInt(FALSEHOODS.size())));
        }
        return traits;
    }
}
