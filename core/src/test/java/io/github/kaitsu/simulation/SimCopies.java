package io.github.kaitsu.simulation;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.console.ConsoleReading.Count;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.simulation.SimPages.Counts;
import io.github.kaitsu.simulation.SimPages.Layout;
import io.github.kaitsu.simulation.SimPages.Section;
import io.github.kaitsu.simulation.SimPages.Style;
import io.github.kaitsu.simulation.SimWorld.Line;
import io.github.kaitsu.simulation.SimWorld.Said;
import io.github.kaitsu.simulation.SimWorld.Snapshot;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What somebody has in the clipboard: the console as it is, as it was, a part of it, another customer's, or an invention. */
final class SimCopies {
    private static final Set<Section> BELL =
            EnumSet.of(Section.TASKS_DONE, Section.TASKS_PENDING, Section.NOTIFICATIONS);

    private final SimWorld world;
    private final SimWorld elsewhere;
    private final List<CloudService> services;
    private final Consumer<String> usedElsewhere;
    private final Random moods;
    private final Set<SimTrait> traits;
    private final List<Snapshot> seen = new ArrayList<>();
    private boolean areCountsTotals = true;

    /** @param usedElsewhere told of a text that proves something in the other customer's console */
    SimCopies(
            SimWorld world,
            SimWorld elsewhere,
            List<CloudService> services,
            Consumer<String> usedElsewhere,
            Random moods,
            Set<SimTrait> traits) {
        this.world = world;
        this.elsewhere = elsewhere;
        this.services = services;
        this.usedElsewhere = usedElsewhere;
        this.moods = moods;
        this.traits = traits;
    }

    /** Somebody glances at the console, and may copy that later. */
    void look() {
        seen.add(world.snapshot());
    }

    /** Whether the lists of the newest copy show all there is, whatever number stands above them. */
    boolean areCountsTotals() {
        return areCountsTotals;
    }

    private boolean roll(SimTrait trait, double chance) {
        return traits.contains(trait) && moods.nextDouble() < chance;
    }

    SimTelling copy(String by, Collection<Part> asked) {
        areCountsTotals = true;
        Style style = Style.any(moods, traits);
        if (roll(SimTrait.ANOTHERS_TEXT, 0.35)) {
            return anothers(by, style);
        }
        Snapshot now = world.snapshot();
        Set<Section> sections = sections(asked);
        if (!seen.isEmpty() && roll(SimTrait.LATE, 0.3)) {
            Style dated = new Style(style.english(), Layout.TABS, true, style.zone(), style.counts(), style.noise());
            return telling(by, seen.get(moods.nextInt(seen.size())), sections, dated, true);
        }
        if (!seen.isEmpty() && roll(SimTrait.STALE, 0.4)) {
            Snapshot then = seen.get(moods.nextInt(seen.size()));
            boolean isNow = then.lines().equals(now.lines()) && then.listed().equals(now.listed());
            return telling(by, isNow ? now : then, sections, undated(style), isNow);
        }
        if (roll(SimTrait.FORGES, 0.35)) {
            return forged(by, now, sections, undated(style));
        }
        if (roll(SimTrait.CUTS, 0.4)) {
            return cut(by, now, sections, style);
        }
        return telling(by, now, sections, style, true);
    }

    private static Style undated(Style style) {
        return new Style(style.english(), style.layout(), false, ZoneOffset.UTC, style.counts(), style.noise());
    }

    private Set<Section> sections(Collection<Part> asked) {
        Set<Section> sections = EnumSet.noneOf(Section.class);
        if (asked.isEmpty() || asked.contains(Part.ACCOUNTS) || moods.nextBoolean()) {
            sections.add(Section.ACCOUNTS);
        }
        if (asked.isEmpty() || !Set.of(Part.ACCOUNTS).containsAll(asked) || moods.nextBoolean()) {
            sections.addAll(BELL);
        }
        if (moods.nextInt(4) == 0) {
            sections.add(Section.FAILURES);
        }
        if (roll(SimTrait.PARTIAL, 0.6)) {
            List<Section> all = new ArrayList<>(List.of(Section.values()));
            sections.clear();
            for (int n = moods.nextInt(2); n >= 0; n--) {
                sections.add(all.remove(moods.nextInt(all.size())));
            }
        }
        return sections;
    }

    private static SimTelling telling(String by, Snapshot shown, Set<Section> sections, Style style, boolean isTrue) {
        String text = SimPages.text(shown, sections, style);
        return SimTelling.of(
                by, text.isBlank() ? SimPages.text(shown, BELL, style) : text, shown, sections, isTrue, false);
    }

    // ---- not what the console shows

    /** Another customer, whose services were all linked minutes ago. */
    private SimTelling anothers(String by, Style style) {
        for (CloudService service : services) {
            elsewhere.press(service, false);
            SimWorld.Linked linked = elsewhere.services.get(service);
            linked.since = world.clock.instant().minus(Duration.ofMinutes(30));
            linked.success = world.clock.instant().minus(Duration.ofMinutes(moods.nextInt(9) + 1L));
        }
        Snapshot shown = elsewhere.snapshot();
        Set<Section> all = EnumSet.complementOf(EnumSet.of(Section.FAILURES));
        String text = SimPages.text(shown, all, style);
        if (moods.nextBoolean()) {
            usedElsewhere.accept(text);
        }
        return SimTelling.of(by, text, shown, all, false, true);
    }

    private SimTelling forged(String by, Snapshot now, Set<Section> sections, Style style) {
        Set<CloudService> listed = EnumSet.noneOf(CloudService.class);
        listed.addAll(now.listed());
        List<Line> lines = new ArrayList<>(now.lines());
        CloudService service = services.get(moods.nextInt(services.size()));
        switch (moods.nextInt(4)) {
            case 0 -> lines.add(new Line(Said.PROTECTED, service, now.time(), world.organisation));
            case 1 -> lines.removeIf(l -> l.said() == Said.UPDATING);
            case 2 -> listed.add(service);
            default -> listed.remove(service);
        }
        if (moods.nextBoolean()) { // all of it
            listed.add(service);
            lines.removeIf(l -> l.said() == Said.UPDATING);
            lines.add(new Line(Said.UPDATED, service, now.time(), world.organisation));
            lines.add(new Line(Said.PROTECTED, service, now.time(), world.organisation));
        }
        boolean isTrue = listed.equals(now.listed()) && lines.equals(now.lines());
        String text = SimPages.text(new Snapshot(now.time(), listed, lines), sections, style);
        return text.isBlank()
                ? telling(by, now, BELL, style, true)
                : SimTelling.of(by, text, now, sections, isTrue, false);
    }

    /** Some lines stay behind, of a list whose number may tell. */
    private SimTelling cut(String by, Snapshot now, Set<Section> sections, Style style) {
        SimTelling whole = telling(by, now, sections, style, true);
        String text = Arrays.stream(whole.text().split("\n", -1))
                .filter(l -> !(l.contains(" - ") || l.contains("@")) || moods.nextInt(3) > 0)
                .collect(Collectors.joining("\n"));
        SimTelling cut = SimTelling.of(by, text, now, sections, text.equals(whole.text()), false);
        areCountsTotals = cut.isTrue() || style.counts() == Counts.NONE;
        List<Count> counts = cut.reading().counts();
        return counts.isEmpty() && text.isBlank() ? whole : cut;
    }
}
