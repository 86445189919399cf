package io.github.kaitsu.simulation;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.console.ConsoleReading.PartState;
import io.github.kaitsu.simulation.SimPages.Section;
import io.github.kaitsu.simulation.SimWorld.Snapshot;
import java.util.Set;

/**
 * One text that somebody pasted.
 *
 * @param shown what the console showed when it was copied
 * @param isTrue whether it is what the console showed then, and was copied just now or says when
 * @param isAnothers whether it is of another customer's console
 */
record SimTelling(
        String by,
        String text,
        Snapshot shown,
        Set<Section> sections,
        boolean isTrue,
        boolean isAnothers,
        ConsoleReading reading) {

    static SimTelling of(
            String by, String text, Snapshot shown, Set<Section> sections, boolean isTrue, boolean isAnothers) {
        return new SimTelling(by, text, shown, Set.copyOf(sections), isTrue, isAnothers, ConsoleReading.parse(text));
    }

    boolean has(Part part) {
        return reading.state(part) == PartState.COMPLETE;
    }

    boolean isDated() {
        return reading.clock().isPresent();
    }

    /** Something untrue that somebody answered, other than by a text. */
    record Falsehood(String by, ActionId action, String step) {}
}
