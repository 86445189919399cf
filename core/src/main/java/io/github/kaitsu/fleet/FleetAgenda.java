package io.github.kaitsu.fleet;

import io.github.kaitsu.ActivationView;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.operator.Role;
import io.github.kaitsu.store.RunHead;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What persons have to do over all customers, by person and day: what is overdue first, then what is due today, then the days after.
 * Immutable; holds no secret.
 *
 * @param at when it was made
 * @param zone in which days are told
 * @param sittings what is overdue first, then by day, then by role
 * @param unread runs whose journals cannot be read, so that their actions are missing
 */
public record FleetAgenda(Instant at, ZoneId zone, List<Sitting> sittings, List<Unread> unread) {
    private static final List<String> COLUMNS = List.of(
            "day",
            "overdue",
            "who",
            "company",
            "reference",
            "account",
            "site",
            "organisation",
            "service",
            "kind",
            "action",
            "since",
            "due",
            "link",
            "activation",
            "id");

    /** Keeps unmodifiable copies. */
    public FleetAgenda {
        sittings = List.copyOf(sittings);
        unread = List.copyOf(unread);
    }

    /**
     * What one person has to do on one day, for whichever customers.
     *
     * @param who whose work it is; a customer's own administrators have the same role at every customer
     * @param day the day by the end of which it is due; what is overdue is for the day of the agenda
     * @param isOverdue whether all of it should be done already
     * @param items those due first at the beginning, then by company
     */
    public record Sitting(Role who, LocalDate day, boolean isOverdue, List<Item> items) {
        /** Keeps an unmodifiable copy. */
        public Sitting {
            items = List.copyOf(items);
        }
    }

    /**
     * One thing to do or to look at.
     *
     * @param run whose it is: company, reference and customer
     * @param due when it is called overdue; the time of the agenda where it never is
     */
    public record Item(RunHead run, OperatorAction action, Instant due) {}

    /** A run whose journal cannot be read. */
    public record Unread(RunHead run, KaitsuException why) {}

    /** What is open in some runs, each with its actions. */
    static FleetAgenda of(Instant at, ZoneId zone, Map<RunHead, ActivationView> views, Collection<Unread> unread) {
        LocalDate today = LocalDate.ofInstant(at, zone);
        Map<Sitting, List<Item>> groups = new TreeMap<>(Comparator.comparing((Sitting s) -> !s.isOverdue())
                .thenComparing(Sitting::day)
                .thenComparing(Sitting::who));
        views.forEach((run, view) -> view.openActions().forEach(action -> {
            Item item = new Item(run, action, action.overdueAt().orElse(at));
            boolean isOverdue = item.due().isBefore(at);
            LocalDate day = isOverdue ? today : LocalDate.ofInstant(item.due(), zone);
            groups.computeIfAbsent(
                            new Sitting(Role.of(action.step()), day, isOverdue, List.of()), s -> new ArrayList<>())
                    .add(item);
        }));
        List<Sitting> sittings = new ArrayList<>();
        groups.forEach((s, items) -> {
            items.sort(Comparator.comparing((Item i) -> i.due())
                    .thenComparing(
                            i -> i.run().company().orElse(i.run().customer().account()))
                    .thenComparing(i -> i.run().id().value()));
            sittings.add(new Sitting(s.who(), s.day(), s.isOverdue(), items));
        });
        return new FleetAgenda(at, zone, sittings, List.copyOf(unread));
    }

    /** How many things there are to do in all. */
    public int size() {
        return sittings.stream().mapToInt(s -> s.items().size()).sum();
    }

    /**
     * The same for a spreadsheet, a row a thing to do: comma-separated values in UTF-8 with a byte order mark (RFC 4180). What a
     * spreadsheet would take for a formula begins with an apostrophe. Times are UTC.
     */
    public String csv(Locale locale) {
        CsvText out = new CsvText(COLUMNS);
        for (Sitting sitting : sittings) {
            for (Item item : sitting.items()) {
                out.line(cells(sitting, item, locale));
            }
        }
        return out.toString();
    }

    private static Stream<String> cells(Sitting sitting, Item item, Locale locale) {
        OperatorAction action = item.action();
        RunHead run = item.run();
        return Stream.of(
                sitting.day().toString(),
                sitting.isOverdue() ? "OVERDUE" : "",
                sitting.who().label(locale),
                run.company().orElse(""),
                run.reference().orElse(""),
                run.customer().account(),
                run.customer().site().name(),
                run.customer().organisation(),
                action.service().map(s -> s.label(locale)).orElse(""),
                action.kind().name(),
                action.title(locale),
                action.offeredAt().toString(),
                action.overdueAt().map(Instant::toString).orElse(""),
                action.link().map(Object::toString).orElse(""),
                run.id().value(),
                action.id().value());
    }

    /** What one role has to do. */
    public List<Sitting> of(Role role) {
        return sittings.stream().filter(s -> s.who() == role).toList();
    }

    /** The first sitting, if anything is to be done. */
    public Optional<Sitting> next() {
        return sittings.stream().findFirst();
    }
}
