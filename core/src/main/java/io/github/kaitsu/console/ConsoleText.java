package io.github.kaitsu.console;

import io.github.kaitsu.text.PastedText;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The lines of one text, and which of them have been understood. Each reader takes what is its own and leaves the rest. */
final class ConsoleText {
    private final List<String> lines;
    private final List<String> folded;
    private final List<String> keys;
    private final List<List<String>> cells = new ArrayList<>();
    private final int[] next;
    private final BitSet taken = new BitSet();
    private final BitSet unread = new BitSet();
    private final BitSet isFurniture = new BitSet();
    private final BitSet isCalledFurniture = new BitSet();

    /** @param furniture keys of lines that a person called furniture of this console */
    ConsoleText(String text, Set<String> furniture) {
        this.lines =
                PastedText.lines(text).stream().map(PastedText::withoutIcons).toList();
        this.folded = lines.stream().map(PastedText::fold).toList();
        this.keys = folded.stream().map(PastedText::key).toList();
        this.next = new int[lines.size()];
        int below = -1;
        for (int i = lines.size() - 1; i >= 0; i--) {
            next[i] = below;
            below = folded.get(i).isEmpty() ? below : i;
        }
        for (int i = 0; i < lines.size(); i++) {
            cells.add(isBlank(i) ? List.of() : PastedText.cells(lines.get(i)));
            isCalledFurniture.set(i, !furniture.isEmpty() && furniture.contains(keys.get(i)));
            isFurniture.set(
                    i, isCalledFurniture.get(i) || isBlank(i) || ConsoleFurniture.is(folded.get(i), cells.get(i)));
        }
    }

    int size() {
        return lines.size();
    }

    String line(int i) {
        return lines.get(i);
    }

    /** One width, single spaces. */
    String folded(int i) {
        return folded.get(i);
    }

    /** One width, no spaces, no case. */
    String key(int i) {
        return keys.get(i);
    }

    List<String> cells(int i) {
        return cells.get(i);
    }

    boolean isBlank(int i) {
        return folded.get(i).isEmpty();
    }

    /** The filled line below; -1 if there is none. */
    int below(int i) {
        return next[i];
    }

    /** The filled line above, if at most one empty line lies between; else -1. */
    int above(int i) {
        for (int j = i - 1; j >= Math.max(0, i - 2); j--) {
            if (!isBlank(j)) {
                return j;
            }
        }
        return -1;
    }

    String text(int from, int to) {
        return PastedText.strip(String.join("\n", lines.subList(from, to + 1)));
    }

    void take(int i) {
        taken.set(i);
    }

    /** @param to the last line, included */
    void take(int from, int to) {
        taken.set(from, to + 1);
    }

    boolean isTaken(int i) {
        return taken.get(i);
    }

    /** What was taken because it counts against us, and yet was not understood. */
    void keepUnread(int from, int to) {
        unread.set(from, to + 1);
    }

    /** Whether nothing is to be read from a line: it is known as furniture, by us or by a person. */
    boolean isFurniture(int i) {
        return isFurniture.get(i);
    }

    /** Whether a person called a line furniture. */
    boolean isCalledFurniture(int i) {
        return isCalledFurniture.get(i);
    }

    /** The lines that nobody understood, word for word, each once. */
    List<String> unread() {
        Set<String> left = new LinkedHashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!isBlank(i) && (!taken.get(i) || unread.get(i)) && !isFurniture(i)) {
                left.add(PastedText.strip(lines.get(i)));
            }
        }
        return List.copyOf(left);
    }
}
