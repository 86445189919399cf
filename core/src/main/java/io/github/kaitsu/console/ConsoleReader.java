package io.github.kaitsu.console;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.console.ConsoleEntries.Found;
import io.github.kaitsu.console.ConsoleOutline.Heading;
import io.github.kaitsu.console.ConsoleOutline.Section;
import io.github.kaitsu.console.ConsoleReading.Headings;
import io.github.kaitsu.console.ConsoleReading.ListKind;
import io.github.kaitsu.console.ConsoleReading.Listing;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.console.ConsoleReading.PartState;
import io.github.kaitsu.console.ConsoleReading.ServiceAccountRow;
import io.github.kaitsu.console.ConsoleVocabulary.Message;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Puts one reading together from what each reader found; see {@link ConsoleReading#parse}. Used once. */
final class ConsoleReader {
    private final ConsoleText text;
    private final ConsoleShortForms typed;
    private final ConsoleClock clock;
    private final ConsoleOutline outline;
    private final Collection<Found> found;
    private final ConsoleAccounts accounts;
    private final ConsoleOrganisations organisations;
    private final ConsoleWizards wizards;
    private final ConsoleCounts counts = new ConsoleCounts();
    private final List<ConsoleEntry> success;
    private final List<ConsoleEntry> pending;
    private final Map<CloudService, Listing> listings = new EnumMap<>(CloudService.class);
    private boolean accountsContradict;

    /** The order matters: what one reader takes, the next does not see. */
    ConsoleReader(String pasted, Set<String> furniture) {
        text = new ConsoleText(pasted, furniture);
        typed = new ConsoleShortForms(text);
        clock = new ConsoleClock(text);
        outline = new ConsoleOutline(text);
        found = new ConsoleEntries(text, outline, clock.zone()).found();
        accounts = new ConsoleAccounts(text, outline);
        organisations = new ConsoleOrganisations(text, outline);
        wizards = new ConsoleWizards(text, outline);
        success = distinct(ConsoleReader::isSuccess);
        pending = distinct(f -> f.entry().isPending());
    }

    ConsoleReading read() {
        counts.addLists(outline.sections(), found);
        counts.addAccounts(accounts.isPage() ? accounts.printed() : -1, differentRows());
        list();
        Map<Part, PartState> parts = new EnumMap<>(Part.class);
        parts.put(Part.ACCOUNTS, accounts());
        parts.put(Part.SUCCESS, success());
        parts.put(Part.PENDING, pending());
        parts.put(Part.WIZARD, wizards.wizard().isPresent() ? PartState.COMPLETE : PartState.MISSING);
        parts.put(Part.ORGANISATIONS, organisations());
        parts.put(Part.CLOCK, clock());
        return new ConsoleReading(
                parts,
                shortParts(),
                found.stream().map(Found::entry).toList(),
                success,
                pending,
                typed.pending().stream().mapToInt(n -> n).max().orElse(-1),
                successLists(),
                accounts.rows(),
                listings,
                organisations.rows(),
                wizards.wizard(),
                clock.instant(),
                text.unread(),
                counts.counts(),
                new Headings(outline.tasks(), outline.notifications(), outline.severities(), accounts.isPage()));
    }

    // ---- the lists

    /** Under 成功しました, or under no severity and with a message that says something was done. */
    static boolean isSuccess(Found found) {
        String severity = found.entry().severity();
        Message message = found.message();
        boolean isUnfiltered = severity == null || ConsoleVocabulary.isAll(severity);
        return found.entry().isSuccess() || (isUnfiltered && message != null && message.isSuccess());
    }

    /** The part that a filter shows; what is not shown of the failures would outweigh a success. */
    static Set<Part> part(String severity) {
        if (ConsoleVocabulary.isSuccess(severity) || ConsoleVocabulary.isFailure(severity)) {
            return Set.of(Part.SUCCESS);
        }
        return ConsoleVocabulary.isPending(severity) ? Set.of(Part.PENDING) : Set.of();
    }

    private List<ConsoleEntry> distinct(Predicate<Found> filter) {
        Set<String> seen = new HashSet<>();
        return found.stream()
                .filter(filter)
                .map(Found::entry)
                .filter(e -> seen.add(e.canonical()))
                .toList();
    }

    private PartState success() {
        boolean isShown = !success.isEmpty()
                || outline.sections().stream().anyMatch(s -> ConsoleVocabulary.isSuccess(s.severity()));
        if (counts.isContradicted(Part.SUCCESS) || (typed.noSuccess() && !success.isEmpty())) {
            return PartState.UNREADABLE;
        }
        return isShown || typed.noSuccess() ? PartState.COMPLETE : PartState.MISSING;
    }

    /** 通知 under 保留 says nothing about the tasks: its heading alone above the filter does not do. */
    private boolean showsPending() {
        return outline.sections().stream()
                .filter(s -> ConsoleVocabulary.isPending(s.severity()))
                .map(Section::heading)
                .anyMatch(h -> h == null || h.isUnknown() || h.kinds().contains(ListKind.TASKS));
    }

    private PartState pending() {
        boolean isShown = showsPending();
        Set<Integer> stated = typed.pending();
        boolean isContradicted = stated.size() > 1
                || (stated.size() == 1 && (isShown || !pending.isEmpty()) && !stated.contains(pending.size()));
        if (isContradicted || counts.isContradicted(Part.PENDING)) {
            return PartState.UNREADABLE;
        }
        return isShown || !stated.isEmpty() ? PartState.COMPLETE : PartState.MISSING;
    }

    /** By heading; where the tabs of both lists stand together, by the lines, and if there are none, both. */
    private Set<ListKind> successLists() {
        Set<ListKind> lists = EnumSet.noneOf(ListKind.class);
        Set<Heading> tabsWithLines = new HashSet<>();
        for (Found f : found) {
            if (isSuccess(f)) {
                if (f.message() != null) {
                    lists.add(f.message().list());
                }
                Heading heading = f.heading();
                if (heading != null && heading.isTabs()) {
                    tabsWithLines.add(heading);
                } else if (heading != null) {
                    lists.addAll(heading.kinds());
                }
            }
        }
        for (Section section : outline.sections()) {
            Heading heading = section.heading();
            if (heading != null
                    && !tabsWithLines.contains(heading)
                    && ConsoleVocabulary.isSuccess(section.severity())) {
                lists.addAll(heading.kinds());
            }
        }
        if (typed.noSuccess()) {
            lists.addAll(EnumSet.allOf(ListKind.class));
        }
        return lists;
    }

    // ---- the service accounts

    private int differentRows() {
        return (int) accounts.rows().stream()
                        .map(ServiceAccountRow::raw)
                        .distinct()
                        .count()
                + accounts.unreadable().size();
    }

    private void list() {
        boolean isWhole = isWholePage();
        for (CloudService service : CloudService.values()) {
            boolean isRow = accounts.rows().stream().anyMatch(r -> r.service() == service);
            Listing shown = isRow ? Listing.LISTED : isWhole ? Listing.ABSENT : Listing.UNKNOWN;
            Listing said = typed.listings().getOrDefault(service, Listing.UNKNOWN);
            if (shown != Listing.UNKNOWN && said != Listing.UNKNOWN && shown != said) {
                accountsContradict = true;
            } else if (shown != Listing.UNKNOWN || said != Listing.UNKNOWN) {
                listings.put(service, shown == Listing.UNKNOWN ? said : shown);
            }
        }
        if (accountsContradict || typed.accountsContradict()) { // then nothing is certainly absent
            listings.values().removeIf(listing -> listing == Listing.ABSENT);
        }
    }

    private boolean isWholePage() {
        return accounts.isPage()
                && accounts.unreadable().isEmpty()
                && !accounts.isCountCut()
                && !counts.isContradicted(Part.ACCOUNTS);
    }

    private PartState accounts() {
        boolean isTyped = typed.listsAll();
        if (!accounts.isPage() && !accounts.isHeadless() && !isTyped) {
            return accountsContradict || typed.accountsContradict() ? PartState.UNREADABLE : PartState.MISSING;
        }
        boolean isWhole = accounts.isPage()
                ? isWholePage()
                : !accounts.isHeadless() && typed.unknown().isEmpty();
        return isWhole && !accountsContradict && !typed.accountsContradict()
                ? PartState.COMPLETE
                : PartState.UNREADABLE;
    }

    // ---- the other parts

    private PartState organisations() {
        if (!organisations.isReadable()) {
            return PartState.UNREADABLE;
        }
        return organisations.rows().isEmpty() ? PartState.MISSING : PartState.COMPLETE; // one exists always
    }

    private PartState clock() {
        if (!clock.isSeen()) {
            return PartState.MISSING;
        }
        return clock.instant().isPresent() ? PartState.COMPLETE : PartState.UNREADABLE;
    }

    private Set<Part> shortParts() {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        if (!accounts.isPage() && !accounts.isHeadless() && !typed.listings().isEmpty()) {
            parts.add(Part.ACCOUNTS);
        }
        if (typed.noSuccess() && success.isEmpty()) {
            parts.add(Part.SUCCESS);
        }
        if (!typed.pending().isEmpty() && !showsPending()) {
            parts.add(Part.PENDING);
        }
        if (wizards.isShort()) {
            parts.add(Part.WIZARD);
        }
        return parts;
    }
}
