package io.github.kaitsu.console;

import io.github.kaitsu.console.ConsoleEntries.Found;
import io.github.kaitsu.console.ConsoleOutline.Heading;
import io.github.kaitsu.console.ConsoleOutline.Section;
import io.github.kaitsu.console.ConsoleReading.Count;
import io.github.kaitsu.console.ConsoleReading.ListKind;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.console.ConsoleVocabulary.Message;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares the counts that headings print with the lines below them (COMMON-19): fewer than we read contradicts; more may be a
 * total of what is not shown, and is asked about.
 */
final class ConsoleCounts {
    /** The different lines under one heading: all, those certainly of one list, and those that are lines for certain. */
    private static final class Tally {
        private final Set<String> all = new HashSet<>();
        private final Set<String> certain = new HashSet<>();
        private final Set<String> tasks = new HashSet<>();
        private final Set<String> notifications = new HashSet<>();
        private final Set<Part> parts = EnumSet.noneOf(Part.class);

        void add(Found found) {
            String line = found.entry().canonical();
            all.add(line);
            if (found.message() != null || found.entry().time() != null) {
                certain.add(line);
            }
            Message message = found.message();
            if (message != null) {
                (message.list() == ListKind.TASKS ? tasks : notifications).add(line);
            }
        }

        int read(ListKind kind) {
            return (kind == ListKind.TASKS ? tasks : notifications).size();
        }
    }

    private final Set<Count> counts = new LinkedHashSet<>();
    private final Set<Part> contradicted = EnumSet.noneOf(Part.class);

    void addLists(Set<Section> sections, Iterable<Found> entries) {
        Map<Heading, Tally> tallies = new LinkedHashMap<>(); // no heading equals another
        for (Section section : sections) {
            Heading heading = section.heading();
            if (heading != null) {
                tally(tallies, heading, ConsoleReader.part(section.severity()));
            }
        }
        for (Found found : entries) {
            Heading heading = found.heading();
            if (heading != null) {
                boolean isSuccess = ConsoleReader.isSuccess(found);
                Tally tally = tally(
                        tallies,
                        heading,
                        isSuccess ? Set.of(Part.SUCCESS) : found.entry().isPending() ? Set.of(Part.PENDING) : Set.of());
                tally.add(found);
            }
        }
        tallies.forEach(this::compare);
    }

    private static Tally tally(Map<Heading, Tally> tallies, Heading heading, Set<Part> parts) {
        Tally tally = tallies.computeIfAbsent(heading, h -> new Tally());
        tally.parts.addAll(parts);
        return tally;
    }

    private void compare(Heading heading, Tally tally) {
        if (heading.isCut()) {
            contradicted.addAll(tally.parts);
        }
        if (!heading.isTabs()) {
            compare(heading.printedAlone(), tally.certain.size(), tally.all.size(), tally.parts);
            return;
        }
        int tasks = heading.printed(ListKind.TASKS);
        int notifications = heading.printed(ListKind.NOTIFICATIONS);
        boolean hasTasks = tally.read(ListKind.TASKS) > 0;
        boolean hasNotifications = tally.read(ListKind.NOTIFICATIONS) > 0;
        if (hasTasks != hasNotifications) { // one tab was open, and its lines tell which
            compare(
                    hasTasks ? tasks : notifications,
                    tally.read(hasTasks ? ListKind.TASKS : ListKind.NOTIFICATIONS),
                    tally.all.size(),
                    tally.parts);
        } else if (tasks >= 0 && notifications >= 0) {
            boolean isEmpty = tally.all.isEmpty();
            // Nothing shown: the tab that was open may be either. What is 保留 are tasks.
            int printed = !isEmpty
                    ? tasks + notifications
                    : tally.parts.contains(Part.PENDING) ? tasks : Math.max(tasks, notifications);
            compare(printed, tally.certain.size(), tally.all.size(), tally.parts);
        }
    }

    private void compare(int printed, int certain, int all, Set<Part> parts) {
        if (printed < 0) {
            return;
        }
        if (certain > printed || all < printed) {
            parts.stream().map(part -> new Count(part, printed, all)).forEach(counts::add);
        }
        if (certain > printed) {
            contradicted.addAll(parts);
        }
    }

    void addAccounts(int printed, int read) {
        compare(printed, read, read, Set.of(Part.ACCOUNTS));
    }

    List<Count> counts() {
        return List.copyOf(counts);
    }

    boolean isContradicted(Part part) {
        return contradicted.contains(part);
    }
}
