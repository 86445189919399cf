package io.github.kaitsu.internal.engine;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Statement;
import io.github.kaitsu.console.ConsoleEntry;
import io.github.kaitsu.console.ConsoleEntry.Kind;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.console.ConsoleReading.Listing;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.console.NotProof;
import io.github.kaitsu.console.NotProof.Reason;
import io.github.kaitsu.internal.engine.ConsoleKnowledge.Read;
import io.github.kaitsu.text.PastedText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Whether what was read of the console proves that a service is protected (COMMON-12). Pure: against us everything counts, for
 * us only what was understood whole.
 *
 * @param since only what was read after this journal entry counts: the newest grant, or what somebody took back
 * @param adopting whether this run has granted nothing itself, so that what is there is taken over
 * @param firstGrant the journal entry of the run's first grant of the service: the baseline is older
 * @param clockLeapt whether our own clock is known to have been set back
 * @param sentenceConfirmed whether a person said that the sentence at the end of the wizard reports success
 * @param foreign whether a reading's text was read in another console before
 */
record Proof(
        CloudService service,
        String organisation,
        Edition edition,
        ConsoleKnowledge console,
        long since,
        boolean adopting,
        long firstGrant,
        boolean clockLeapt,
        boolean sentenceConfirmed,
        Predicate<Read> foreign) {
    /** A line may be this much older than the reading from before the grant, as far as clocks differ. */
    private static final Duration BEFORE_BASELINE = Duration.ofDays(2);

    /** No zone is further ahead, and the console's clock was copied with the line. */
    private static final Duration AHEAD_OF_CONSOLE_CLOCK = Duration.ofHours(15);

    private static final Set<String> PROTECTED = Set.of("保護されています", "protected");
    private static final Duration AHEAD_OF_OUR_CLOCK = Duration.ofDays(2);

    /** How exactly the console prints its clock at worst. */
    private static final Duration PRINTED = Duration.ofMinutes(1);

    /** Two clocks seldom agree. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    /** What the readings say about a service of this run, as it stands now. */
    static Proof of(DecisionBuilder turn, CloudService service, ServiceState link) {
        return of(turn.state, service, link, read -> turn.in.foreign().test(read.reading()));
    }

    static Proof of(RunState state, CloudService service, ServiceState link, Predicate<Read> foreign) {
        return new Proof(
                service,
                state.request().customer().organisation(),
                state.edition(),
                state.console(),
                Math.max(
                        Math.max(link.lastGrant, link.doubted),
                        state.step(CoreSteps.id(service, CoreSteps.FINISH)).answerNumber),
                link.linkAttempts == 0,
                link.firstGrant == 0 ? Long.MAX_VALUE : link.firstGrant,
                state.time().lastBack() > 0,
                state.sentenceConfirmedBy(service).isPresent(),
                read -> foreign.test(read)
                        && state.ownTextConfirmedBy(service, read).isEmpty());
    }

    /** What the readings come to. */
    sealed interface Verdict {
        /**
         * Protected.
         *
         * @param read the reading that proves it
         * @param all the readings that this rests on, that one first
         * @param seen what it says
         * @param fingerprint of what proves nothing in another console from now on; empty if that is nothing's in particular
         */
        record Proved(Read read, List<Read> all, Statement seen, String fingerprint) implements Verdict {}

        /**
         * Not shown, at least not yet.
         *
         * @param missing the parts that must be read (again) before anything can be said
         * @param opposed whether the console says the opposite
         */
        record NotYet(List<NotProof> reasons, Set<Part> missing, boolean opposed) implements Verdict {}
    }

    Verdict judge() {
        Optional<Read> accounts = console.newest(Part.ACCOUNTS, since);
        Optional<Read> pending = console.newest(Part.PENDING, since);
        Optional<Read> success = console.newest(Part.SUCCESS, since);
        Optional<Read> wizard =
                edition == Edition.CONSOLE_2024_07 && !adopting ? console.newest(Part.WIZARD, since) : Optional.empty();
        Set<Part> missing = EnumSet.noneOf(Part.class);
        List<NotProof> reasons = new ArrayList<>();
        accounts.ifPresentOrElse(r -> listing(r.reading(), reasons, missing), () -> missing.add(Part.ACCOUNTS));
        pending.ifPresentOrElse(r -> pending(r.reading(), reasons), () -> missing.add(Part.PENDING));
        boolean byWizard = wizard.isPresent() && succeeded(wizard.get(), pending, reasons);
        List<NotProof> almost = new ArrayList<>();
        Optional<ProvingLine> found = byWizard
                ? Optional.empty()
                : console.successes(since).stream()
                        .flatMap(r -> newestProof(r, almost).map(e -> new ProvingLine(r, e)).stream())
                        .max(Comparator.comparing(p -> Objects.requireNonNull(p.entry.time())));
        Optional<ConsoleEntry> line = found.map(ProvingLine::entry);
        if (found.isEmpty()) {
            reasons.addAll(almost);
        }
        if (!byWizard && success.isEmpty()) {
            missing.add(Part.SUCCESS);
        }
        Optional<ConsoleEntry> opposite = opposite(line);
        opposite.ifPresent(e -> reasons.add(NotProof.of(Reason.NEWER_OPPOSITE, e)));
        running(line).ifPresent(e -> reasons.add(NotProof.of(Reason.STILL_PENDING, e)));
        unreadable(line).ifPresent(e -> reasons.add(NotProof.of(Reason.UNREADABLE_LINE, e)));
        if (!byWizard && success.isPresent() && line.isEmpty() && reasons.isEmpty()) {
            reasons.add(NotProof.of(Reason.NO_LINE));
        }
        Read proving = byWizard
                ? wizard.get()
                : found.map(ProvingLine::read).or(() -> success).orElse(null);
        boolean isForeign = reasons.isEmpty()
                && missing.isEmpty()
                && proving != null
                && (foreign.test(proving) || (byWizard && foreign.test(accounts.get())));
        if (isForeign) {
            reasons.add(NotProof.of(Reason.ANOTHER_CONSOLES_TEXT));
        }
        if (!missing.isEmpty()) {
            reasons.add(NotProof.of(Reason.INCOMPLETE));
        }
        if (reasons.isEmpty() && proving != null) {
            String words = line.map(ConsoleEntry::text)
                    .orElse(wizardOf(proving)
                            .flatMap(ConsoleReading.Wizard::sentence)
                            .orElse(""));
            Optional<Read> before = byWizard || adopting
                    ? Optional.empty()
                    : line.flatMap(l -> console.baseline(firstGrant, Set.of(l.list())));
            List<Read> all = Stream.of(Optional.of(proving), accounts, pending, before)
                    .flatMap(Optional::stream)
                    .distinct()
                    .toList();
            String fingerprint = line.map(ConsoleEntry::fingerprint).orElseGet(() -> fingerprint(proving, accounts));
            return new Verdict.Proved(proving, all, Statement.of("console-says").quoting(words), fingerprint);
        }
        return new Verdict.NotYet(List.copyOf(reasons), Set.copyOf(missing), opposite.isPresent());
    }

    /** The wizard's sentence is the same in every console. */
    private static String fingerprint(Read wizard, Optional<Read> accounts) {
        String own = wizard.reading().fingerprint();
        return own.isEmpty() ? accounts.map(r -> r.reading().fingerprint()).orElse("") : own;
    }

    private static Optional<ConsoleReading.Wizard> wizardOf(Read read) {
        return read.reading().wizard();
    }

    // ---- the accounts and what is 保留

    private void listing(ConsoleReading reading, List<NotProof> reasons, Set<Part> missing) {
        Listing listing = reading.listed(service);
        if (listing == Listing.ABSENT) {
            reasons.add(NotProof.of(Reason.NOT_LISTED));
        } else if (listing == Listing.UNKNOWN) {
            missing.add(Part.ACCOUNTS);
        }
    }

    private void pending(ConsoleReading reading, List<NotProof> reasons) {
        reading.pending().stream()
                .filter(this::mayBeOurs)
                .findFirst()
                .ifPresent(e -> reasons.add(NotProof.of(Reason.STILL_PENDING, e)));
        if (reading.statedPending() > 0) {
            reasons.add(NotProof.of(Reason.STILL_PENDING));
        }
    }

    /** What cannot be read may be ours. */
    private boolean mayBeOurs(ConsoleEntry entry) {
        boolean otherService = entry.service() != null && entry.service() != service;
        return !otherService && !isOtherOrganisations(entry);
    }

    /** Another name, or one that looks like ours and is known to be another's. */
    private boolean isOtherOrganisations(ConsoleEntry entry) {
        return !entry.mayBeOf(organisation)
                || (!entry.isOf(organisation)
                        && organisations()
                                .anyMatch(known -> ConsoleEntry.sameOrganisation(known, entry.organisation())));
    }

    private Stream<String> organisations() {
        return console.from(0)
                .flatMap(r -> r.reading().organisations().stream())
                .map(ConsoleReading.OrganisationRow::name);
    }

    // ---- the wizard of 2024-07, whose sentence names no service

    private boolean succeeded(Read read, Optional<Read> pending, List<NotProof> reasons) {
        ConsoleReading.Wizard wizard = wizardOf(read).orElseThrow();
        if (wizard.asksForPermission() || !wizard.mayBeOf(service)) {
            return false; // it waits for 完了 (M365-4)
        }
        if (!wizard.succeeded() && !(sentenceConfirmed && wizard.sentence().isPresent())) {
            wizard.sentence().ifPresent(s -> reasons.add(new NotProof(Reason.UNKNOWN_SENTENCE, s, "")));
            return false;
        }
        if (pending.filter(r -> !ConsoleView.isFree(r.reading())).isPresent()) {
            reasons.add(NotProof.of(Reason.STILL_PENDING));
        }
        return true;
    }

    // ---- the lines

    private record ProvingLine(Read read, ConsoleEntry entry) {}

    /** @param almost is told why what may have proved does not */
    private Optional<ConsoleEntry> newestProof(Read read, List<NotProof> almost) {
        return read.reading().success().stream()
                .filter(this::speaksOfProtection)
                .filter(e -> {
                    Optional<NotProof> why = adopting ? whyNotAdopted(e, read) : whyNot(e, read);
                    why.ifPresent(almost::add);
                    return why.isEmpty();
                })
                .max(Comparator.comparing(e -> Objects.requireNonNull(e.time())));
    }

    /** At Google the task itself reads 成功しました. */
    private boolean speaksOfProtection(ConsoleEntry entry) {
        boolean task = service.provider() == CloudService.Provider.GOOGLE
                && entry.isSuccess()
                && entry.event() == Kind.USERS_AND_GROUPS_UPDATED;
        boolean says = entry.service() == service && (entry.event() == Kind.PROTECTED || task);
        return says || lostItsParts(entry);
    }

    /** A sentence of protection that lacks its time or organisation is kept as OTHER, and must be told of. */
    private boolean lostItsParts(ConsoleEntry entry) {
        return entry.event() == Kind.OTHER
                && entry.mayConcern(service)
                && (entry.time() == null || entry.organisation() == null)
                && PROTECTED.stream()
                        .anyMatch(PastedText.key(entry.text())::contains); // never proves, only tells why not
    }

    private Optional<NotProof> whyNotAdopted(ConsoleEntry entry, Read read) {
        Optional<NotProof> incomplete = whyIncomplete(entry);
        return incomplete.isPresent() ? incomplete : whyAhead(entry, read);
    }

    private Optional<NotProof> whyNot(ConsoleEntry entry, Read read) {
        Optional<NotProof> incomplete = whyIncomplete(entry);
        if (incomplete.isPresent()) {
            return incomplete;
        }
        Optional<Read> baseline = console.baseline(firstGrant, Set.of(entry.list()));
        if (baseline.isEmpty()) { // the list in which the line stands was not read before the grant
            return Optional.of(NotProof.of(Reason.NO_BASELINE, entry));
        }
        Instant time = Objects.requireNonNull(entry.time());
        ConsoleReading before = baseline.get().reading();
        boolean isKnown = console.from(0)
                .filter(r -> r.number() < firstGrant)
                .flatMap(r -> r.reading().entries().stream())
                .anyMatch(entry::isSameLineAs);
        boolean isOlder = before.success().stream()
                .map(ConsoleEntry::time)
                .filter(Objects::nonNull)
                .anyMatch(known -> !time.isAfter(known));
        boolean mayBeKnown =
                before.success().stream().anyMatch(this::mayBeAnyOfOurs) && !time.isAfter(latest(baseline.get(), read));
        if (isKnown || isOlder || mayBeKnown) {
            return Optional.of(NotProof.of(Reason.NOT_NEW, entry));
        }
        if (time.isBefore(time(baseline.get(), read).minus(BEFORE_BASELINE))) {
            boolean isByOurClock = Stream.of(baseline.get(), read)
                    .allMatch(r -> r.reading().clock().isEmpty());
            boolean isUnsure = isByOurClock && (clockLeapt || console.time().hasGap());
            return Optional.of(NotProof.of(isUnsure ? Reason.CLOCK_UNSURE : Reason.TOO_OLD, entry));
        }
        return whyAhead(entry, read);
    }

    /** A line without a time that can be read: it may be any of the service's that are older than the reading. */
    private boolean mayBeAnyOfOurs(ConsoleEntry entry) {
        return entry.time() == null && (entry.service() == null || entry.service() == service);
    }

    /** When the baseline was read, by the console's clock if one of the two readings has it: ours may be far ahead of it. */
    private static Instant time(Read baseline, Read read) {
        Instant known = baseline.time();
        return told(baseline, read).filter(t -> t.isBefore(known)).orElse(known);
    }

    /** Until when a line of the baseline may have been written. */
    private static Instant latest(Read baseline, Read read) {
        return baseline.reading()
                .clock()
                .or(() -> told(baseline, read))
                .map(clock -> clock.plus(PRINTED))
                .orElseGet(() -> baseline.received().plus(CLOCKS_DIFFER));
    }

    /** By the console's clock of the later reading, where the baseline has none. */
    private static Optional<Instant> told(Read baseline, Read read) {
        return baseline.reading().clock().isPresent()
                ? Optional.empty()
                : read.reading().clock().map(clock -> clock.minus(Duration.between(baseline.at(), read.at())));
    }

    private Optional<NotProof> whyIncomplete(ConsoleEntry entry) {
        if (entry.time() == null) {
            return Optional.of(NotProof.of(Reason.NO_TIME, entry));
        }
        if (entry.organisation() == null) {
            return Optional.of(NotProof.of(Reason.NO_ORGANISATION, entry));
        }
        if (!entry.isOf(organisation)) {
            return Optional.of(new NotProof(Reason.NOT_THIS_ORGANISATION, entry.text(), organisation));
        }
        return organisations()
                                .filter(name -> ConsoleEntry.sameOrganisation(name, organisation))
                                .map(String::strip)
                                .distinct()
                                .count()
                        > 1
                ? Optional.of(NotProof.of(Reason.ORGANISATION_AMBIGUOUS, entry))
                : Optional.empty();
    }

    private Optional<NotProof> whyAhead(ConsoleEntry entry, Read read) {
        Optional<Instant> clock = read.reading().clock();
        if (clock.isEmpty() && clockLeapt) {
            return Optional.of(NotProof.of(Reason.CLOCK_UNSURE, entry));
        }
        Instant limit = clock.map(c -> c.plus(AHEAD_OF_CONSOLE_CLOCK))
                .orElseGet(() -> read.time().plus(AHEAD_OF_OUR_CLOCK));
        return Objects.requireNonNull(entry.time()).isAfter(limit)
                ? Optional.of(NotProof.of(Reason.IN_THE_FUTURE, entry))
                : Optional.empty();
    }

    /** Of any reading since the baseline, under any severity. */
    private Stream<ConsoleEntry> sinceBaseline() {
        long from =
                adopting ? 0 : console.baseline(firstGrant).map(Read::number).orElse(0L);
        return console.from(from).flatMap(r -> r.reading().entries().stream());
    }

    /** What is left of a line, if it may have been about the service. What is 保留 is seen to elsewhere. */
    private Optional<ConsoleEntry> unreadable(Optional<ConsoleEntry> line) {
        return newest(
                e -> e.isRestOf(service)
                        && !e.isPending()
                        && !lostItsParts(e)
                        && !e.isOpposite(service)
                        && !isInBaseline(e),
                line);
    }

    /** What goes on and stands under no severity may be 保留, however long ago it began. */
    private Optional<ConsoleEntry> running(Optional<ConsoleEntry> line) {
        return console.newest(Part.SUCCESS, since).stream()
                .flatMap(r -> r.reading().entries().stream())
                .filter(e -> e.isRunning(service) && e.severity() == null && !isOtherOrganisations(e))
                .findFirst()
                .or(() -> newest(e -> e.isRunning(service), line));
    }

    private boolean isInBaseline(ConsoleEntry entry) {
        return !adopting
                && console.baseline(firstGrant)
                        .filter(b -> b.reading().entries().stream().anyMatch(entry::isSameLineAs))
                        .isPresent();
    }

    private Optional<ConsoleEntry> opposite(Optional<ConsoleEntry> line) {
        return newest(e -> e.isOpposite(service), line);
    }

    private Optional<ConsoleEntry> newest(Predicate<ConsoleEntry> against, Optional<ConsoleEntry> line) {
        return sinceBaseline()
                .filter(e -> against.test(e) && !isOtherOrganisations(e))
                .filter(e -> isNewer(e, line))
                .findFirst();
    }

    private boolean isNewer(ConsoleEntry opposite, Optional<ConsoleEntry> line) {
        Instant time = opposite.time();
        boolean isGarbled =
                opposite.event() == Kind.OTHER && opposite.organisation() == null; // perhaps another line's time
        if (time == null || isGarbled) {
            return true;
        }
        if (line.isPresent()) {
            return !time.isBefore(Objects.requireNonNull(line.get().time()));
        }
        // nothing proves anyway: of what is old, nothing is said, unless it is all there is about the present
        return !isInBaseline(opposite);
    }
}
