package io.github.kaitsu.console;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.console.ConsoleEntry.Kind;
import io.github.kaitsu.console.ConsoleOutline.Heading;
import io.github.kaitsu.console.ConsoleReading.ListKind;
import io.github.kaitsu.console.ConsoleRows.Cell;
import io.github.kaitsu.console.ConsoleVocabulary.Message;
import io.github.kaitsu.text.PastedText;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code <message> yyyy/MM/dd HH:mm:ss - <organisation>}, also broken over lines or cells (COMMON-12). */
final class ConsoleEntries {
    private static final String SPACE = "[\\s\\p{Z}]";
    private static final String SPACES = SPACE + "*";
    private static final String DASH = "[-－‐‑‒–—―−ー]";
    private static final Pattern DASH_AND_REST = Pattern.compile("^" + SPACES + DASH + SPACES + "(.*)$");
    private static final Pattern AFTER_A_LOST_TIME = Pattern.compile("^" + SPACES + "(?:[0-9０-９]|" + DASH + ").*");
    private static final Pattern LAST_DASH = Pattern.compile(SPACE + DASH + SPACE + "(.+)$");
    private static final Pattern SENTENCE_END = Pattern.compile("[。｡]|\\.(?=" + SPACE + ")");
    private static final int MOST_PIECES = 3;

    /** @param message what it says, also where it lacks the parts to prove it; null if unknown or taken back beside it */
    record Found(
            ConsoleEntry entry,
            int line,
            @Nullable Message message,
            @Nullable Heading heading) {}

    /** A line's parts on their way to an entry; the lines are those of the whole text, both included. */
    private record Parts(
            String message,
            @Nullable String severity,
            @Nullable String organisation,
            @Nullable Instant time,
            int firstLine,
            int lastLine) {}

    private final ConsoleText text;
    private final ConsoleOutline outline;
    private final @Nullable ZoneOffset zone;
    private final Map<Integer, Found> found = new TreeMap<>();
    private boolean severitiesStandAbove;
    private boolean severitiesAreRead;

    /** @param zone of the times; null if the text prints two, so that no time is certain */
    ConsoleEntries(ConsoleText text, ConsoleOutline outline, @Nullable ZoneOffset zone) {
        this.text = text;
        this.outline = outline;
        this.zone = zone;
        for (int i = 0; i < text.size(); i++) {
            if (!text.isTaken(i)) {
                readTimed(i);
            }
        }
        for (int i = 0; i < text.size(); i++) {
            if (!text.isTaken(i) && !text.isBlank(i)) {
                readWithLostTime(i);
            }
        }
        new ConsoleShapes(text, outline, found.values()).read().forEach(this::keepShape);
        for (int i = 0; i < text.size(); i++) {
            if (outline.isInList(i)
                    && !text.isTaken(i)
                    && !text.isFurniture(i)
                    && ConsoleVocabulary.isOpposite(text.line(i))) {
                keepShape(new ConsoleShapes.Shape(i, i)); // perhaps it ran into its heading
            }
        }
    }

    Collection<Found> found() {
        return found.values();
    }

    // ---- lines with a time

    private void readTimed(int line) {
        String written = text.line(line);
        Matcher time = ConsoleTimes.TIME.matcher(written);
        while (time.find()) {
            String rest = written.substring(time.end());
            Matcher ownZone = ConsoleTimes.ownZone(rest);
            if (ownZone != null) {
                rest = rest.substring(ownZone.end());
            }
            Matcher dash = DASH_AND_REST.matcher(rest);
            if (dash.find()) {
                add(
                        line,
                        written.substring(0, time.start()),
                        instant(time, ownZone),
                        organisation(dash.group(1), line, false));
                return;
            }
            if (PastedText.strip(rest).isEmpty()) {
                Organisation organisation = organisation("", line, true);
                if (organisation.name != null || isMessage(written.substring(0, time.start()), line)) {
                    add(line, written.substring(0, time.start()), instant(time, ownZone), organisation);
                }
                return;
            }
        }
    }

    private @Nullable Instant instant(Matcher time, @Nullable Matcher ownZone) {
        LocalDateTime local = ConsoleTimes.local(time);
        ZoneOffset at =
                ownZone == null ? zone : ConsoleTimes.zone(ownZone.group(1)).orElse(null);
        return local == null || at == null ? null : local.toInstant(at);
    }

    /** What follows the dash, perhaps on the next line, perhaps with the row's own severity in a further cell. */
    private record Organisation(
            @Nullable String name, @Nullable String severity, int lastLine) {}

    private Organisation organisation(String written, int line, boolean dashIsBelow) {
        String rest = PastedText.strip(written);
        int lastLine = line;
        int below = text.below(line);
        if (rest.isEmpty() && below == line + 1 && !text.isTaken(below)) {
            String next = text.line(below);
            Matcher dash = DASH_AND_REST.matcher(next);
            boolean hasDash = dash.find();
            boolean isName = hasDash || (!isBareMessage(below) && !outline.isLoneSeverity(below));
            if (hasDash == dashIsBelow
                    && isName
                    && !ConsoleTimes.TIME.matcher(next).find()) {
                rest = PastedText.strip(hasDash ? dash.group(1) : next);
                lastLine = below;
            }
        }
        List<String> cells = PastedText.cells(rest);
        String last = cells.isEmpty() ? "" : cells.get(cells.size() - 1);
        String severity = cells.size() > 1 && ConsoleVocabulary.isSeverity(last) ? last : null;
        String name = severity == null ? rest : rest.substring(0, rest.lastIndexOf(last));
        name = PastedText.strip(name.split("\t", 2)[0]);
        // Two lines run into one: the name is not to be told from the next message.
        boolean isGarbled = ConsoleTimes.TIME.matcher(name).find();
        return new Organisation(name.isEmpty() || isGarbled ? null : name, severity, lastLine);
    }

    private boolean isMessage(String written, int line) {
        return ConsoleVocabulary.message(ConsoleProse.bare(written)).isPresent()
                || (ConsoleProse.bare(written).isEmpty() && text.above(line) >= 0 && isBareMessage(text.above(line)));
    }

    private void add(int line, String written, @Nullable Instant time, Organisation organisation) {
        List<String> cells = PastedText.cells(written);
        boolean hasSeverity = cells.size() > 1 && ConsoleVocabulary.isSeverity(cells.get(0));
        String message = ConsoleProse.bare(hasSeverity ? String.join(" ", cells.subList(1, cells.size())) : written);
        int firstLine = line;
        String joined = message;
        int above = text.above(line);
        for (int pieces = 1; pieces <= MOST_PIECES && above >= 0 && isFree(above); pieces++) {
            joined = ConsoleProse.bare(text.line(above)) + " " + joined;
            // A broken message is told from a whole one by being known: "Drop" above "boxは…" is Dropbox, not Box.
            if ((message.isEmpty() && !isOfTable(above))
                    || ConsoleVocabulary.message(joined).isPresent()) {
                message = joined;
                firstLine = above;
            }
            above = text.above(above);
        }
        String own = hasSeverity ? cells.get(0) : organisation.severity;
        keep(new Parts(message, own, organisation.name, time, firstLine, organisation.lastLine), line);
    }

    /** A row or a cell of サービスアカウント is no message, whatever ran out below it. */
    private boolean isOfTable(int line) {
        Cell cell = ConsoleRows.read(text, line, false).kind();
        return cell == Cell.ROW || cell == Cell.SERVICE || cell == Cell.ACCOUNT;
    }

    /** Whether a line may be the beginning of the message below it. */
    private boolean isFree(int line) {
        return !text.isTaken(line)
                && !ConsoleProse.bare(text.line(line)).isEmpty()
                && !ConsoleTimes.TIME.matcher(text.line(line)).find()
                && !outline.isLoneSeverity(line)
                && !text.isFurniture(line);
    }

    // ---- known messages that lost their time

    private void readWithLostTime(int line) {
        String written = text.line(line);
        if (isBareMessage(line)) {
            int last = linesOfALostTime(line);
            keep(new Parts(written, null, null, null, line, last), line);
            return;
        }
        Matcher end = SENTENCE_END.matcher(written);
        if (!end.find()) {
            return;
        }
        String message = ConsoleProse.bare(written.substring(0, end.end()));
        String rest = written.substring(end.end());
        if (ConsoleVocabulary.message(message).isPresent()
                && AFTER_A_LOST_TIME.matcher(rest).matches()) {
            Matcher dash = LAST_DASH.matcher(rest);
            String organisation = dash.find() ? PastedText.strip(dash.group(1)) : null;
            keep(new Parts(message, null, organisation, null, line, line), line);
        }
    }

    /** A time below a message that cannot be read, and the organisation below that, belong to the message. */
    private int linesOfALostTime(int line) {
        int below = text.below(line);
        if (below != line + 1 || text.isTaken(below) || !ConsoleTimes.looksLikeATime(text.folded(below))) {
            return line;
        }
        boolean isTime = ConsoleTimes.isOnlyATime(text.folded(below)) || ConsoleProse.holdsDash(text.folded(below));
        int organisation = isTime ? text.below(below) : -1;
        boolean hasDash = organisation == below + 1
                && !text.isTaken(organisation)
                && DASH_AND_REST.matcher(text.line(organisation)).find();
        return !isTime ? line : hasDash ? organisation : below;
    }

    private boolean isBareMessage(int line) {
        return !text.isTaken(line)
                && ConsoleVocabulary.message(ConsoleProse.bare(text.line(line))).isPresent();
    }

    // ---- keeping

    private void keep(Parts parts, int line) {
        boolean isDenied = ConsoleProse.isDenied(text, parts.firstLine, parts.lastLine);
        Optional<Message> known =
                isDenied ? Optional.empty() : ConsoleVocabulary.message(ConsoleProse.bare(parts.message));
        text.take(parts.firstLine, parts.lastLine);
        put(parts, known.orElse(null), line);
    }

    private void keepShape(ConsoleShapes.Shape shape) {
        text.take(shape.firstLine(), shape.lastLine());
        text.keepUnread(shape.firstLine(), shape.lastLine());
        String message = text.text(shape.firstLine(), shape.lastLine());
        put(new Parts(message, null, null, null, shape.firstLine(), shape.lastLine()), null, shape.lastLine());
    }

    private void put(Parts parts, @Nullable Message known, int line) {
        String severity = parts.severity != null ? parts.severity : severityBeside(parts);
        CloudService service = known != null
                ? known.service()
                : ConsoleVocabulary.subject(ConsoleProse.bare(parts.message)).orElse(null);
        Heading heading = outline.isInList(line) ? outline.heading(line) : null;
        ConsoleEntry entry = new ConsoleEntry(
                service,
                known == null ? Kind.OTHER : known.kind(),
                severity != null ? severity : filter(line, known, parts),
                parts.organisation,
                parts.time,
                text.text(parts.firstLine, parts.lastLine),
                list(known, heading));
        found.put(parts.firstLine, new Found(entry, line, known, heading));
    }

    /**
     * The filter that the line stands under. Where a page's heading stands between, only what would count for us leaves it: a
     * line that we do not know may well belong to the 保留 above.
     */
    private @Nullable String filter(int line, @Nullable Message known, Parts parts) {
        String severity = outline.severity(line);
        String above = outline.filter(line);
        if (severity != null || above == null || known != null || parts.time == null) {
            return severity;
        }
        return ConsoleVocabulary.isPending(above) ? above : null;
    }

    private static ListKind list(@Nullable Message known, @Nullable Heading heading) {
        if (known != null) {
            return known.list();
        }
        return heading == null || heading.isTabs() || heading.isUnknown()
                ? ListKind.TASKS
                : heading.kinds().iterator().next();
    }

    /** A row's own severity, pasted as a line of its own: above the rows or below them, as with the first. */
    private @Nullable String severityBeside(Parts parts) {
        int above = text.above(parts.firstLine);
        int below = text.below(parts.lastLine);
        boolean isAbove = above >= 0 && isOwnSeverity(above);
        boolean isBelow = below >= 0 && below <= parts.lastLine + 2 && isOwnSeverity(below);
        if (!severitiesAreRead && (isAbove || isBelow)) {
            severitiesAreRead = true;
            severitiesStandAbove = isAbove;
        }
        int line = isAbove && severitiesStandAbove ? above : isBelow && !severitiesStandAbove ? below : -1;
        return line < 0 ? null : PastedText.strip(text.line(line));
    }

    private boolean isOwnSeverity(int line) {
        return outline.isLoneSeverity(line) && !outline.isInOpenList(line) && !text.isTaken(line);
    }
}
