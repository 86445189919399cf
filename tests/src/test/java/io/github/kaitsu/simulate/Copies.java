package io.github.kaitsu.simulate;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.simulate.Console.Line;
import io.github.kaitsu.simulate.Console.Organisation;
import io.github.kaitsu.simulate.Console.Said;
import io.github.kaitsu.simulate.Console.Snapshot;
import io.github.kaitsu.simulate.Pages.Counts;
import io.github.kaitsu.simulate.Pages.Layout;
import io.github.kaitsu.simulate.Pages.Section;
import io.github.kaitsu.simulate.Pages.Style;
import io.github.kaitsu.store.ActivationStore.ClaimKey;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** What somebody has in the clipboard: the console as it is, as it was, a part of it, another customer's, or an invention. */
final class Copies {
    private static final int REMEMBERED = 12;
    private static final Set<Section> BELL =
            EnumSet.of(Section.TASKS_DONE, Section.TASKS_PENDING, Section.NOTIFICATIONS);

    private final Simulation sim;
    private final Organisation organisation;
    private final List<CloudService> services;
    private final Random dice;
    private final List<Snapshot> seen = new ArrayList<>();

    Copies(Simulation sim, Organisation organisation, List<CloudService> services) {
        this.sim = sim;
        this.organisation = organisation;
        this.services = services;
        this.dice = sim.chaos.about("copies of " + organisation.customer);
    }

    /** Somebody glances at the console, and may copy that later. */
    void glance() {
        seen.add(organisation.snapshot());
        if (seen.size() > REMEMBERED) {
            seen.remove(0);
        }
    }

    Telling copy(String by, Collection<Part> asked) {
        Style style = style();
        Chaos chaos = sim.chaos;
        if (chaos.happens(Fault.ANOTHERS_TEXT, 0.2)) {
            return anothers(by, style);
        }
        Snapshot now = organisation.snapshot();
        Set<Section> sections = sections(asked);
        if (!seen.isEmpty() && chaos.happens(Fault.LATE_COPY, 0.25)) {
            Snapshot then = Chaos.one(dice, seen);
            // where no reader can tell that it is old, it is as good as said of now
            return telling(by, then, sections, style.dated(), sim.canTellWhen(then.time()));
        }
        if (!seen.isEmpty() && chaos.happens(Fault.STALE_COPY, 0.3)) {
            Snapshot then = Chaos.one(dice, seen);
            boolean isNow = then.lines().equals(now.lines()) && then.listed().equals(now.listed());
            return telling(by, isNow ? now : then, sections, style.undated(), isNow);
        }
        if (chaos.happens(Fault.FORGED_COPY, 0.25)) {
            return forged(by, now, sections, style.undated());
        }
        if (chaos.happens(Fault.CUT_COPY, 0.3)) {
            return cut(by, now, sections, style);
        }
        return telling(by, now, sections, style, true);
    }

    /** All pages, as a browser reads them. */
    Telling whole(String by) {
        Style plain = Style.plain();
        Style style = new Style(
                false, plain.layout(), false, plain.zone(), plain.counts(), sim.chaos.happens(Fault.FURNITURE, 0.9));
        return telling(
                by, organisation.snapshot(), EnumSet.complementOf(EnumSet.of(Section.ORGANISATIONS)), style, true);
    }

    private Style style() {
        boolean isTyped = sim.chaos.happens(Fault.TYPED_COPY, 0.3);
        Layout layout = isTyped ? Layout.TYPED : List.of(Layout.values()).get(dice.nextInt(3));
        boolean clock = dice.nextBoolean();
        return new Style(
                dice.nextInt(4) == 0,
                layout,
                clock && !isTyped,
                clock && !isTyped && dice.nextBoolean() ? ZoneOffset.ofHours(9) : ZoneOffset.UTC,
                sim.chaos.happens(Fault.COUNTS, 0.9) ? List.of(Counts.values()).get(dice.nextInt(3)) : Counts.NONE,
                sim.chaos.happens(Fault.FURNITURE, 0.9));
    }

    private Set<Section> sections(Collection<Part> asked) {
        Set<Section> sections = EnumSet.noneOf(Section.class);
        boolean isToday = organisation.console.edition == Edition.CONSOLE_2024_07;
        if (sim.chaos.happens(Fault.PARTIAL_COPY, 0.35)) {
            List<Section> all = new ArrayList<>(List.of(Section.values()));
            all.remove(isToday ? Section.ORGANISATIONS : Section.WIZARD);
            for (int n = dice.nextInt(2); n >= 0; n--) {
                sections.add(all.remove(dice.nextInt(all.size())));
            }
            return sections;
        }
        if (asked.isEmpty() || asked.contains(Part.ACCOUNTS) || dice.nextBoolean()) {
            sections.add(Section.ACCOUNTS);
        }
        if (asked.isEmpty() || !Set.of(Part.ACCOUNTS).containsAll(asked) || dice.nextBoolean()) {
            sections.addAll(BELL);
        }
        if (isToday && (asked.contains(Part.WIZARD) || dice.nextInt(3) > 0)) {
            sections.add(Section.WIZARD);
        }
        if (dice.nextInt(4) == 0) {
            sections.add(Section.FAILURES);
        }
        if (organisation.console.hasTwin && dice.nextInt(3) > 0) {
            sections.add(Section.ORGANISATIONS);
        }
        return sections;
    }

    private Telling telling(String by, Snapshot shown, Set<Section> sections, Style style, boolean isTrue) {
        String name = organisation.name();
        boolean isNothing = Pages.text(organisation.console, shown, name, sections, style.undated())
                .isBlank(); // but for the page's header
        String text = Pages.text(organisation.console, shown, name, isNothing ? BELL : sections, style);
        return new Telling(by, text, shown, sections, isTrue, style.clock(), false, true);
    }

    // ---- not what the console shows

    /** Another customer, whose services were all linked minutes ago. */
    private Telling anothers(String by, Style style) {
        Console console = new Console(sim.world, "CAS9999", organisation.console.edition);
        Organisation elsewhere = new Organisation(console, organisation.name());
        for (CloudService service : services) {
            elsewhere.press(service, false);
            elsewhere.links.get(service).success = sim.world.now().minus(Duration.ofMinutes(dice.nextInt(9) + 1L));
        }
        Snapshot shown = elsewhere.snapshot();
        Set<Section> all = EnumSet.of(Section.ACCOUNTS);
        all.addAll(BELL);
        String text = Pages.text(console, shown, elsewhere.name(), all, style);
        if (dice.nextBoolean()) {
            String fingerprint = ConsoleReading.parse(text).fingerprint();
            if (!fingerprint.isEmpty()) {
                sim.store.truth.claim(new ClaimKey("text", fingerprint), "JP/CAS9999");
            }
        }
        return new Telling(by, text, shown, all, false, style.clock(), true, true);
    }

    private Telling forged(String by, Snapshot now, Set<Section> sections, Style style) {
        Set<CloudService> listed = EnumSet.noneOf(CloudService.class);
        listed.addAll(now.listed());
        List<Line> lines = new ArrayList<>(now.lines());
        CloudService service = Chaos.one(dice, services);
        boolean isWhole = dice.nextBoolean();
        int kind = dice.nextInt(4);
        if (isWhole || kind == 1) {
            lines.removeIf(l -> l.said() == Said.UPDATING);
        }
        if (isWhole || kind == 0) {
            lines.add(new Line(Said.UPDATED, service, now.time(), organisation.name()));
            lines.add(new Line(Said.PROTECTED, service, now.time(), organisation.name()));
        }
        if (isWhole || kind == 2) {
            listed.add(service);
        } else if (kind == 3) {
            listed.remove(service);
        }
        boolean isTrue = listed.equals(now.listed()) && lines.equals(now.lines());
        Snapshot invented =
                new Snapshot(now.time(), listed, now.unfinished(), lines, now.wizard(), now.wizardSucceeded());
        Telling told = telling(by, invented, sections, style, isTrue);
        return new Telling(by, told.text(), now, sections, isTrue, false, false, true);
    }

    /** Some lines stay behind, of a list whose number may tell. */
    private Telling cut(String by, Snapshot now, Set<Section> sections, Style style) {
        Telling whole = telling(by, now, sections, style, true);
        String text = Arrays.stream(whole.text().split("\n", -1))
                .filter(l -> !(l.contains(" - ") || l.contains("@")) || dice.nextInt(3) > 0)
                .collect(Collectors.joining("\n"));
        boolean isTrue = text.equals(whole.text());
        return text.isBlank()
                ? whole
                : new Telling(
                        by, text, now, sections, isTrue, style.clock(), false, isTrue || style.counts() == Counts.NONE);
    }
}
