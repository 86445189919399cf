package io.github.kaitsu.simulate;

import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.console.ConsoleReading.PartState;
import io.github.kaitsu.simulate.Console.Snapshot;
import io.github.kaitsu.simulate.Pages.Section;
import java.util.EnumSet;
import java.util.Set;

/**
 * One text that somebody hands in.
 *
 * @param shown what the console showed when it was copied
 * @param isTrue whether it is what the console showed then, and was copied just now or says when
 * @param isAnothers whether it is of another customer's console
 * @param areCountsTotals whether its lists show all there is, whatever number stands above them
 */
record Telling(
        String by,
        String text,
        Snapshot shown,
        Set<Section> sections,
        boolean isTrue,
        boolean isDated,
        boolean isAnothers,
        boolean areCountsTotals) {

    /** The parts that the text itself has whole, as the reader of the product understands it. */
    Set<Part> whole() {
        ConsoleReading reading = ConsoleReading.parse(text);
        Set<Part> whole = EnumSet.noneOf(Part.class);
        for (Part part : Part.values()) {
            if (reading.state(part) == PartState.COMPLETE) {
                whole.add(part);
            }
        }
        return whole;
    }
}
