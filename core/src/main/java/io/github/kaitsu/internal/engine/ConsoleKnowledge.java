package io.github.kaitsu.internal.engine;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.console.ConsoleEntry;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.console.ConsoleReading.Count;
import io.github.kaitsu.console.ConsoleReading.ListKind;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.console.ConsoleReading.PartState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a run knows of its console: per part the newest complete reading, with the journal entry that brought it. A part stays
 * known until a newer one comes; how old it may be is for whoever asks to say. Changed by {@link RunState}'s fold only.
 */
final class ConsoleKnowledge {
    /**
     * One reading.
     *
     * @param number its journal entry: order, where times may be equal or wrong
     * @param received by our clock
     * @param at when it was copied, as far as it tells, else received; in the run's time
     * @param by who read, as stated by the host
     */
    record Read(
            long number,
            Instant received,
            Instant at,
            String by,
            boolean byMachine,
            String text,
            ConsoleReading reading) {
        /** When it was read by the console's own clock, if that was copied, else by ours. */
        Instant time() {
            return reading.clock().orElse(received);
        }

        boolean has(Part part) {
            return reading.state(part) == PartState.COMPLETE;
        }
    }

    private static Comparator<Read> copied() {
        return Comparator.comparing(Read::at).thenComparingLong(Read::number);
    }

    private final BiFunction<String, Set<String>, ConsoleReading> parser;
    private final List<Read> reads = new ArrayList<>();
    private final RunTime time = new RunTime();
    private final CopyTimes times = new CopyTimes(time);
    private final Map<Long, Set<String>> furniture = new LinkedHashMap<>();
    private final Set<Long> cutShort = new HashSet<>();
    private final Set<Long> saidToBeTotals = new HashSet<>();
    private final Map<Long, String> said = new LinkedHashMap<>();

    ConsoleKnowledge(BiFunction<String, Set<String>, ConsoleReading> parser) {
        this.parser = parser;
    }

    /** Every entry of the journal, in order. */
    void entry(Instant clock) {
        time.entry(clock);
    }

    /** The time of the run that reads it. */
    RunTime time() {
        return time;
    }

    void add(long number, Instant received, String by, boolean byMachine, String text) {
        ConsoleReading reading = parser.apply(text, furniture());
        Instant copied = times.copied(number, reading.clock());
        reads.add(new Read(number, received, copied, by, byMachine, text, reading));
    }

    /** Whether it was copied when something of this length was over that began with a journal entry. */
    boolean isReadAfter(Read read, long from, Duration length) {
        return !read.at().isBefore(time.end(from, length, read.number()));
    }

    /** Whether it was copied when the console had had this time to show what was done in a journal entry. */
    boolean isSettled(Read read, long from, Duration length) {
        return !read.at().isBefore(time.endUnseen(from, length, read.number()));
    }

    /** When it was copied, by our clock. */
    Instant copied(Read read) {
        return read.received().minus(Duration.between(read.at(), time.of(read.number())));
    }

    /** Whether it had been copied long before it was handed in, and says so. */
    boolean isLate(Read read) {
        return isBefore(read, read.number());
    }

    private boolean isBefore(Read read, long entry) {
        return times.isBefore(read.at(), read.reading().clock(), entry);
    }

    /** Somebody took it back. @return whether it was a reading */
    boolean forget(long number) {
        return reads.removeIf(r -> r.number() == number);
    }

    /** A person called these lines furniture of the page, in that journal entry: everything is read anew. */
    void learnFurniture(long entry, String by, Set<String> keys) {
        furniture.put(entry, keys);
        said.put(entry, by);
        readAnew();
    }

    private Set<String> furniture() {
        return furniture.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    }

    private void readAnew() {
        Set<String> keys = furniture();
        reads.replaceAll(r -> new Read(
                r.number(), r.received(), r.at(), r.by(), r.byMachine(), r.text(), parser.apply(r.text(), keys)));
    }

    /** What a person said of lines or counts no longer counts. @return the readings that rested on it */
    Set<Long> unlearn(long entry) {
        Set<String> lines = furniture.remove(entry);
        if (lines != null) {
            readAnew();
            return numbers(reads.stream()
                    .filter(r -> r.reading().unread().stream()
                            .map(ConsoleReading::furnitureKey)
                            .anyMatch(lines::contains)));
        }
        return saidToBeTotals.remove(entry)
                ? numbers(reads.stream().filter(ConsoleKnowledge::hasGreaterCount))
                : Set.of();
    }

    private static Set<Long> numbers(Stream<Read> some) {
        return some.map(Read::number).collect(Collectors.toSet());
    }

    private static boolean hasGreaterCount(Read read) {
        return read.reading().counts().stream().anyMatch(c -> c.printed() > c.read());
    }

    /** Whose word about furniture or counts these readings need to say what they say (COMMON-20). */
    Set<String> vouching(Collection<Read> some) {
        Set<Long> words = new LinkedHashSet<>();
        if (some.stream().anyMatch(ConsoleKnowledge::hasGreaterCount)) {
            words.addAll(saidToBeTotals);
        }
        if (!furniture.isEmpty() && some.stream().anyMatch(this::needsFurniture)) { // which reads the text once more
            words.addAll(furniture.keySet());
        }
        return words.stream()
                .flatMap(entry -> Optional.ofNullable(said.get(entry)).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private boolean needsFurniture(Read read) {
        ConsoleReading without = parser.apply(read.text(), Set.of());
        return !without.parts().equals(read.reading().parts())
                || !without.listings().equals(read.reading().listings())
                || !without.entries().equals(read.reading().entries());
    }

    /** Whether the printed counts are totals, said of what was read last; if not, lines are missing in it. */
    void learnCounts(long entry, String by, boolean areTotals) {
        if (areTotals) {
            saidToBeTotals.add(entry);
            said.put(entry, by);
        } else {
            withOpenCount().forEach(r -> cutShort.add(r.number()));
        }
    }

    /** Whether somebody must be asked if all lines are shown: a printed count is greater than the lines read (COMMON-19). */
    boolean hasOpenCount() {
        return openCount().isPresent();
    }

    /** The count to be asked about. */
    Optional<Count> openCount() {
        return withOpenCount()
                .flatMap(r -> r.reading().counts().stream())
                .filter(c -> c.printed() > c.read())
                .findFirst();
    }

    /** Of the readings that anything rests on: the newest of each part, which may have come one by one. */
    private Stream<Read> withOpenCount() {
        return !saidToBeTotals.isEmpty()
                ? Stream.empty()
                : Stream.concat(
                                Stream.of(Part.ACCOUNTS, Part.SUCCESS, Part.PENDING)
                                        .flatMap(
                                                part -> newest(part, 0).stream().filter(r -> hasGreaterCount(r, part))),
                                failures(0)
                                        .filter(r -> hasGreaterCount(r, Part.SUCCESS) && !cutShort.contains(r.number()))
                                        .stream())
                        .distinct();
    }

    private static boolean hasGreaterCount(Read read, Part part) {
        return read.reading().counts().stream().anyMatch(c -> c.part() == part && c.printed() > c.read());
    }

    /** What was read last under 失敗 since a journal entry; it may have come alone. */
    private Optional<Read> failures(long after) {
        return reads.stream()
                .filter(r ->
                        r.number() > after && !isBefore(r, after) && r.reading().showsFailures())
                .max(copied());
    }

    Optional<Read> newest() {
        return reads.isEmpty() ? Optional.empty() : Optional.of(reads.get(reads.size() - 1));
    }

    /**
     * The reading copied last, after a journal entry, that has this part whole. None if what was read since, in part only, says
     * otherwise: then it must be read again.
     */
    Optional<Read> newest(Part part, long after) {
        boolean hasLostFailures = failures(after)
                .filter(r -> r.reading().state(part) == PartState.UNREADABLE || isCutShort(r, part))
                .isPresent();
        if (part == Part.SUCCESS && hasLostFailures) {
            return Optional.empty(); // what is not shown of them would outweigh a success
        }
        return reads.stream()
                .filter(r -> r.number() > after && !isBefore(r, after) && isWhole(r, part))
                .max(copied())
                .filter(whole -> reads.stream()
                        .filter(later -> copied().compare(later, whole) > 0)
                        .noneMatch(later -> contradicts(part, later, whole)));
    }

    /** Of each of the two lists the reading that shows it as it was copied last; they may have come one by one. Newest first. */
    List<Read> successes(long after) {
        Optional<Read> newest = newest(Part.SUCCESS, after);
        if (newest.isEmpty()) {
            return List.of();
        }
        List<Read> lists = new ArrayList<>(List.of(newest.get()));
        Set<ListKind> missing = EnumSet.allOf(ListKind.class);
        missing.removeAll(newest.get().reading().successLists());
        reads.stream()
                .filter(r -> r.number() > after && !isBefore(r, after) && isWhole(r, Part.SUCCESS))
                .filter(r -> !Collections.disjoint(r.reading().successLists(), missing))
                .max(copied())
                .filter(r -> !lists.contains(r))
                .ifPresent(lists::add);
        return lists;
    }

    private boolean isWhole(Read read, Part part) {
        return read.has(part) && !isCutShort(read, part);
    }

    private static boolean contradicts(Part part, Read later, Read whole) {
        if (part == Part.PENDING) {
            return ConsoleView.isFree(whole.reading()) && !ConsoleView.isFree(later.reading());
        }
        return part == Part.ACCOUNTS
                && later.reading().listings().entrySet().stream()
                        .anyMatch(l -> l.getValue() != whole.reading().listed(l.getKey()));
    }

    private boolean isCutShort(Read read, Part part) {
        return cutShort.contains(read.number()) && hasGreaterCount(read, part);
    }

    /** The newest reading before a journal entry that has a whole list of successes: what proves must be newer than that. */
    Optional<Read> baseline(long before) {
        return baseline(before, EnumSet.allOf(ListKind.class));
    }

    /** The same, that shows one of these lists: what stands in the other tells nothing. */
    Optional<Read> baseline(long before, Set<ListKind> lists) {
        return newestFirst()
                .filter(r -> r.number() < before
                        && r.has(Part.SUCCESS)
                        && !Collections.disjoint(r.reading().successLists(), lists)
                        && !isCutShort(r, Part.SUCCESS))
                .findFirst();
    }

    /** The sentence that Kaitsu does not know, on the page that was read last before a journal entry. */
    Optional<String> sentence(long before) {
        return newestFirst()
                .filter(r -> r.number() < before)
                .flatMap(r -> r.reading().wizard().stream())
                .findFirst()
                .flatMap(ConsoleReading.Wizard::sentence);
    }

    /** All readings from a journal entry on. */
    Stream<Read> from(long number) {
        return reads.stream().filter(r -> r.number() >= number);
    }

    private Stream<Read> newestFirst() {
        return Stream.iterate(reads.size() - 1, i -> i >= 0, i -> i - 1).map(reads::get);
    }

    /** The console's own words about a service, newest reading of each list, for the report. */
    String lines(CloudService service, String organisation) {
        return Stream.of(newest(Part.SUCCESS, 0), newest(Part.PENDING, 0))
                .flatMap(Optional::stream)
                .flatMap(r -> r.reading().entries().stream())
                .filter(e -> e.service() == service && e.isOf(organisation))
                .map(ConsoleEntry::text)
                .distinct()
                .collect(Collectors.joining(" / "));
    }
}
