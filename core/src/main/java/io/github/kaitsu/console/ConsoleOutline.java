package io.github.kaitsu.console;

import io.github.kaitsu.console.ConsoleReading.ListKind;
import io.github.kaitsu.text.PastedText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where each line of a text stands: on which page, under which heading of a list and which filter 重大度 (COMMON-19). */
final class ConsoleOutline {
    private static final String SPACE = "[\\s\\p{Z}]";
    private static final String SPACES = SPACE + "*";
    private static final String ORGANISATION = "(?:組織|Organi[sz]ation)" + SPACES + "[:：]";
    private static final Pattern SEVERITY = Pattern.compile("(?iu)^[^\\p{L}]*(?:" + ORGANISATION + ".*?" + SPACE + ")?"
            + "(?:重大度|Severity)" + SPACES + "[:：](.*?)(?:" + SPACE + ORGANISATION + ".*)?$");
    private static final String ARROWS = "▼▽▾∨⌄";

    enum Place {
        /** The bell, or nothing that says otherwise. */
        LISTS,
        /** サービスアカウント above the head of its table. */
        ACCOUNTS,
        TABLE,
        ORGANISATIONS,
        WIZARD,
        ELSEWHERE
    }

    /** A heading of the bell: one list, or both names side by side as tabs, with the counts printed there; or what is left of one. */
    static final class Heading {
        private final Map<ListKind, Integer> printed = new EnumMap<>(ListKind.class);
        private int printedOfUnknown = -1;
        private boolean isCut;

        /** Whose name is not known, or was cut. */
        boolean isUnknown() {
            return printed.isEmpty();
        }

        /** Whether its count was cut, so that nobody can tell it. */
        boolean isCut() {
            return isCut;
        }

        /** The one count of a heading that is no row of tabs; -1 if it has none. */
        int printedAlone() {
            return isUnknown() ? printedOfUnknown : printed.values().iterator().next();
        }

        boolean isTabs() {
            return printed.size() > 1;
        }

        Set<ListKind> kinds() {
            return printed.keySet();
        }

        /** -1 where none was printed. */
        int printed(ListKind kind) {
            return printed.getOrDefault(kind, -1);
        }
    }

    /** A stretch of the bell under one heading, if any, and one severity. */
    record Section(@Nullable Heading heading, String severity) {}

    /** @param filter the severity chosen last, on whatever page since */
    private record Spot(
            Place place,
            @Nullable Heading heading,
            @Nullable String severity,
            @Nullable String filter) {}

    private final ConsoleText text;
    private final ConsoleTableHeads heads;
    private final List<Spot> spots = new ArrayList<>();
    private final Set<Section> sections = new LinkedHashSet<>();
    private final Set<String> severities = new LinkedHashSet<>();
    private final List<Integer> accountPages = new ArrayList<>();
    private final List<Integer> mixedWithRows = new ArrayList<>();
    private Spot now = new Spot(Place.LISTS, null, null, null);
    private boolean isFreshHeading;
    private boolean severityHasHeading;
    private boolean tasks;
    private boolean notifications;

    ConsoleOutline(ConsoleText text) {
        this.text = text;
        this.heads = new ConsoleTableHeads(text);
        for (int i = 0; i < text.size(); i++) {
            Spot before = now;
            if (!text.isBlank(i)) {
                noteHeadings(i);
                if (!text.isTaken(i)) {
                    read(i);
                }
            }
            // A line of 保留 that ran into the next filter is 保留 still.
            spots.add(isPending(before) && !before.equals(now) && isMixed(i) ? before : now);
            if (now.place() == Place.ELSEWHERE && isServicesAndLabels(i)) {
                text.take(i); // a menu, or the status of each service: nothing that is asked for here
            }
        }
    }

    private boolean isServicesAndLabels(int line) {
        return text.cells(line).stream()
                .allMatch(c -> ConsoleVocabulary.printedService(c).isPresent() || ConsoleFurniture.is(c, List.of(c)));
    }

    private void noteHeadings(int line) {
        for (String cell : text.cells(line)) {
            tasks |= ConsoleVocabulary.isTasksHeading(cell);
            notifications |= ConsoleVocabulary.isNotificationsHeading(cell);
        }
    }

    private void read(int line) {
        Optional<String> written = writtenSeverity(line);
        Place before = now.place();
        boolean isHeading = readHeading(line);
        boolean isMixed = (isHeading || written.isPresent()) && isMixed(line);
        if (!isHeading && (written.isPresent() || isSeverityInTwoLines(line))) {
            readUnknownHeading(line);
        }
        if (written.isPresent()) {
            readSeverity(severity(written.get(), line, isMixed));
        } else if (isSeverityInTwoLines(line)) {
            int value = text.below(line);
            text.take(line, value);
            readSeverity(PastedText.strip(text.line(value)));
        } else if (!isHeading && !readPage(line) && !text.isFurniture(line)) {
            isFreshHeading = false;
        }
        if (isMixed && (before == Place.ACCOUNTS || before == Place.TABLE)) {
            mixedWithRows.add(line);
        } else if (!isMixed && (isHeading || written.isPresent())) {
            text.take(line);
        }
    }

    /** Another line ran into a heading or a filter: it is read for what it is, and for itself. */
    private boolean isMixed(int line) {
        String folded = text.folded(line);
        return folded.indexOf('@') >= 0
                || ConsoleVocabulary.holdsService(folded)
                || ConsoleTimes.looksLikeATime(folded)
                || ConsoleProse.hasStop(folded);
    }

    // ---- headings of the bell

    private boolean readHeading(int line) {
        Map<ListKind, Integer> found = new EnumMap<>(ListKind.class);
        for (String cell : text.cells(line)) {
            ConsoleVocabulary.list(cell).ifPresent(kind -> found.put(kind, ConsoleVocabulary.printedCount(cell)));
        }
        if (found.isEmpty()) {
            return false;
        }
        Heading above = now.heading();
        Heading heading = new Heading();
        heading.isCut = text.cells(line).stream().anyMatch(ConsoleVocabulary::isCountCut);
        if (isFreshHeading && above != null && above.kinds().stream().noneMatch(found::containsKey)) {
            heading.printed.putAll(above.printed); // tabs, one below the other
            if (now.severity() != null) {
                sections.remove(new Section(above, now.severity()));
            }
        }
        heading.printed.putAll(found);
        now = new Spot(Place.LISTS, heading, now.severity(), now.filter());
        if (!severityHasHeading) {
            addSection(); // the filter stands above the heading; one of the list above says nothing of an empty list
            // here
        }
        isFreshHeading = true;
        return true;
    }

    /** A line with a count right above a filter is a heading, be its name unknown or cut. */
    private void readUnknownHeading(int filter) {
        int line = text.above(filter);
        boolean isName =
                line >= 0 && !text.isTaken(line) && !text.isFurniture(line) && !isMixed(line) && !isSeverityLine(line);
        int printed = isName ? ConsoleVocabulary.printedCount(text.folded(line)) : -1;
        boolean isCut = isName && ConsoleVocabulary.isCountCut(text.folded(line));
        if (printed >= 0 || isCut) {
            Heading heading = new Heading();
            heading.printedOfUnknown = printed;
            heading.isCut = isCut;
            now = new Spot(Place.LISTS, heading, null, now.filter());
        }
    }

    private boolean isSeverityLine(int line) {
        return writtenSeverity(line).isPresent() || ConsoleVocabulary.isSeverityLabel(text.folded(line));
    }

    private void readSeverity(@Nullable String severity) {
        isFreshHeading = false;
        if (severity != null) {
            severities.add(severity);
        }
        Heading heading = now.place() == Place.LISTS ? now.heading() : null;
        severityHasHeading = heading != null;
        now = new Spot(Place.LISTS, heading, severity, severity);
        addSection();
    }

    private void addSection() {
        if (now.severity() != null) {
            sections.add(new Section(now.heading(), now.severity()));
        }
    }

    // ---- the filter 重大度

    private Optional<String> writtenSeverity(int line) {
        // As written first: an unknown severity stays so.
        return Stream.concat(Stream.of(text.line(line), text.folded(line)), text.cells(line).stream())
                .map(SEVERITY::matcher)
                .filter(Matcher::find)
                .map(m -> m.group(1))
                .findFirst();
    }

    /** Where the chosen severity begins in a line that is such a filter; -1 in any other. */
    static int severityBegins(String line) {
        Matcher m = SEVERITY.matcher(line);
        return m.find() ? m.start(1) : -1;
    }

    private @Nullable String severity(String written, int line, boolean isMixed) {
        String value = withoutDropDown(PastedText.strip(written));
        if (isMixed && !ConsoleVocabulary.isSeverity(value)) {
            return ConsoleVocabulary.pendingInFront(value).orElse(null);
        }
        if (!value.isEmpty()) {
            return value;
        }
        int below = text.below(line);
        if (below >= 0 && isLoneSeverity(below) && !isInOpenList(below)) {
            text.take(below);
            return PastedText.strip(text.line(below));
        }
        return null;
    }

    private boolean isSeverityInTwoLines(int line) {
        int below = text.below(line);
        return below >= 0
                && ConsoleVocabulary.isSeverityLabel(text.folded(line))
                && isLoneSeverity(below)
                && !isInOpenList(below);
    }

    /** Whether a line is one severity and nothing else, such as a row's own in a cell of its own. */
    boolean isLoneSeverity(int line) {
        return ConsoleVocabulary.isSeverity(text.folded(line));
    }

    /** Several severities below each other are what an open drop-down list offers; none of them is chosen. */
    boolean isInOpenList(int line) {
        int above = text.above(line);
        int below = text.below(line);
        return (above >= 0 && isOption(above)) || (below >= 0 && below <= line + 2 && isOption(below));
    }

    private boolean isOption(int line) {
        return isLoneSeverity(line) || ConsoleVocabulary.isAll(text.folded(line));
    }

    /** The arrow of a drop-down list, as copied or as text recognition describes it: {@code [dropdown]}. */
    private static String withoutDropDown(String written) {
        String value = written;
        while (value.endsWith("]") && value.lastIndexOf('[') >= 0) {
            value = PastedText.strip(value.substring(0, value.lastIndexOf('[')));
        }
        return PastedText.strip(value, ARROWS);
    }

    // ---- pages

    private boolean readPage(int line) {
        if (heads.isAccountsWay(line)) {
            leaveFor(Place.ACCOUNTS);
            accountPages.add(line);
            takeUnlessMixed(line);
            return true;
        }
        if (heads.isAccountsTable(line)) {
            if (now.place() != Place.ACCOUNTS) {
                accountPages.add(line);
            }
            leaveFor(Place.TABLE);
            takeUnlessMixed(line);
            return true;
        }
        if (heads.isOrganisationsTable(line)) {
            leaveFor(Place.ORGANISATIONS);
            takeUnlessMixed(line);
            return true;
        }
        if (ConsoleWizards.isHeading(text, line)) {
            leaveFor(Place.WIZARD);
            takeUnlessMixed(line);
            return true;
        }
        if (ConsoleFurniture.isWay(text.folded(line))) {
            leaveFor(Place.ELSEWHERE);
            takeUnlessMixed(line);
            return true;
        }
        boolean isOpen = now.place() != Place.LISTS && now.place() != Place.ELSEWHERE;
        if (isOpen && text.cells(line).size() == 1 && ConsoleVocabulary.isOtherPage(text.folded(line))) {
            leaveFor(Place.ELSEWHERE);
            return true;
        }
        if (ConsoleVocabulary.isServiceAccountHeading(text.folded(line)) && !isAccounts(line - 1)) {
            accountPages.add(line); // the page's title, or its name in a menu: the rows will tell
            return true;
        }
        return false;
    }

    /** A line of a list that ran into a page's heading is left to be read. */
    private void takeUnlessMixed(int line) {
        String folded = text.folded(line);
        if (!ConsoleTimes.looksLikeATime(folded) && !ConsoleProse.hasStop(folded)) {
            text.take(line);
        }
    }

    private void leaveFor(Place place) {
        now = new Spot(place, null, null, now.filter());
        isFreshHeading = false;
    }

    private boolean isAccounts(int line) {
        return line >= 0 && (place(line) == Place.ACCOUNTS || place(line) == Place.TABLE);
    }

    // ---- what was found

    Place place(int line) {
        return spots.get(line).place();
    }

    @Nullable
    Heading heading(int line) {
        return spots.get(line).heading();
    }

    @Nullable
    String severity(int line) {
        return spots.get(line).severity();
    }

    boolean isPending(int line) {
        return isPending(spots.get(line));
    }

    private static boolean isPending(Spot spot) {
        String severity = spot.severity();
        return severity != null && ConsoleVocabulary.isPending(severity);
    }

    /** Whether two lines stand on one page, under one heading and one filter. */
    boolean isSameSpot(int line, int other) {
        return spots.get(line).equals(spots.get(other));
    }

    boolean isFailure(int line) {
        String severity = severity(line);
        return severity != null && ConsoleVocabulary.isFailure(severity);
    }

    /** The filter that was chosen last, even if a page's heading has stood between; a page's header is copied with its lists. */
    @Nullable
    String filter(int line) {
        return spots.get(line).filter();
    }

    /** Whether a line stands in a list: under a heading or a filter of the bell. */
    boolean isInList(int line) {
        Spot spot = spots.get(line);
        return spot.place() == Place.LISTS && (spot.heading() != null || spot.severity() != null);
    }

    Set<Section> sections() {
        return sections;
    }

    /** The filters that were seen, as written. */
    List<String> severities() {
        return List.copyOf(severities);
    }

    /** The lines with which a page of service accounts begins, or may begin. */
    List<Integer> accountPages() {
        return accountPages;
    }

    /** Headings and filters below rows of accounts, into which the last of them may have run. */
    List<Integer> mixedWithRows() {
        return mixedWithRows;
    }

    ConsoleTableHeads heads() {
        return heads;
    }

    boolean tasks() {
        return tasks;
    }

    boolean notifications() {
        return notifications;
    }
}
