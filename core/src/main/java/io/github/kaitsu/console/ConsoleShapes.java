package io.github.kaitsu.console;

import io.github.kaitsu.console.ConsoleEntries.Found;
import io.github.kaitsu.text.PastedText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has an entry's shape and could not be read as one. It counts against us (COMMON-13, COMMON-19): under 保留 and 失敗 a
 * sentence, a service's name, a time or an organisation is enough; elsewhere in a list, a sentence with a time that cannot be read.
 */
final class ConsoleShapes {
    /** The lines, both included. */
    record Shape(int firstLine, int lastLine) {}

    private final ConsoleText text;
    private final ConsoleOutline outline;
    private final Set<String> organisations = new HashSet<>();

    ConsoleShapes(ConsoleText text, ConsoleOutline outline, Collection<Found> read) {
        this.text = text;
        this.outline = outline;
        for (Found found : read) {
            String organisation = found.entry().organisation();
            if (organisation != null) {
                organisations.add(PastedText.name(organisation));
            }
        }
    }

    List<Shape> read() {
        List<Shape> shapes = new ArrayList<>();
        int last = -1;
        for (int i = 0; i < text.size(); i++) {
            int sentence = isCandidate(i) ? ConsoleWizards.endOfSentence(text, i) : -1;
            if (!isCandidate(i) || sentence >= 0) {
                i = Math.max(i, sentence); // the wizard's last words, pasted below a list
                continue;
            }
            boolean isAgainstUs = outline.isPending(i) || outline.isFailure(i);
            Shape shape = isAgainstUs ? anything(i) : untimed(i, last);
            if (shape != null) {
                shapes.add(shape);
                last = shape.lastLine();
            }
        }
        return shapes;
    }

    private boolean isCandidate(int line) {
        return !text.isBlank(line)
                && !text.isTaken(line)
                && outline.isInList(line)
                && !text.isFurniture(line)
                && !outline.isLoneSeverity(line)
                && !ConsoleRows.read(text, line, false).hasAccount();
    }

    private @Nullable Shape anything(int line) {
        String folded = text.folded(line);
        boolean has = ConsoleTimes.looksLikeATime(folded)
                || ConsoleVocabulary.holdsService(withoutAddresses(folded))
                || ConsoleProse.holdsSentence(folded)
                || ConsoleProse.holdsDash(folded)
                || isOrganisation(folded);
        return has ? new Shape(line, line) : null;
    }

    private static String withoutAddresses(String folded) {
        return folded.indexOf('@') < 0 ? folded : PastedText.withoutAddresses(folded);
    }

    private boolean isOrganisation(String folded) {
        String name = PastedText.name(ConsoleProse.bare(folded));
        return organisations.contains(name) || ConsoleVocabulary.isDefaultOrganisation(name);
    }

    private @Nullable Shape untimed(int line, int last) {
        String folded = text.folded(line);
        if (!ConsoleTimes.looksLikeATime(folded)) {
            // what is left of a line about a service
            boolean isCut = ConsoleVocabulary.subject(ConsoleProse.bare(folded)).isPresent();
            return isCut ? new Shape(line, line) : null;
        }
        boolean isMessage =
                ConsoleProse.holdsSentence(folded) || ConsoleVocabulary.isFragment(ConsoleProse.bare(folded));
        if (ConsoleProse.holdsDash(folded) && (isMessage || Character.isDigit(folded.charAt(0)))) {
            return new Shape(line, line);
        }
        int above = text.above(line);
        boolean isBelowItsMessage = above > last
                && isCandidate(above)
                && ConsoleProse.holdsSentence(text.folded(above))
                && ConsoleTimes.isOnlyATime(folded.split(" - ", 2)[0]);
        return isBelowItsMessage ? new Shape(above, line) : null;
    }
}
