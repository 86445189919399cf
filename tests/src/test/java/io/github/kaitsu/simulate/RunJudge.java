package io.github.kaitsu.simulate;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationRetryPolicy;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.SlotOwner;
import io.github.kaitsu.StepId;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.simulate.Console.Link;
import io.github.kaitsu.simulate.Console.Organisation;
import io.github.kaitsu.simulate.Pages.Section;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares what one run writes down, at the moment it does, with what is true and what it was told. Finds its own facts; asks nothing of
 * the engine.
 */
final class RunJudge {
    private static final ActivationRetryPolicy POLICY = ActivationRetryPolicy.ofDefaults();
    private static final Duration OLDEST = POLICY.baselineAge().plusMinutes(6);
    private static final Duration LATE = Duration.ofMinutes(3);

    /** What may still be written once somebody has asked for the end. */
    private static final Set<Class<?>> AFTER_CANCEL = Set.of(
            Event.Withdrawn.class,
            Event.SlotReleased.class,
            Event.ServiceEnded.class,
            Event.AccessReturned.class,
            Event.Ended.class,
            Event.Answered.class,
            Event.LateAnswer.class,
            Event.HandedIn.class,
            Event.Corrected.class,
            Event.Disturbed.class,
            Event.Gap.class,
            Event.Waited.class,
            Event.Looked.class);

    private static final Set<Class<?>> AFTER_END =
            Set.of(Event.LateAnswer.class, Event.HandedIn.class, Event.Corrected.class);

    /** One reading, as it was handed in. */
    private record Told(Telling telling, Instant received, Set<Part> whole) {
        /** As far as the text tells. */
        Instant copied() {
            return telling.isDated() ? telling.shown().time() : received;
        }
    }

    private final Simulation sim;
    private final Run run;
    private final World world;
    private final Organisation organisation;
    private final TreeMap<Long, Told> read = new TreeMap<>();
    private final Map<ActionId, StepId> open = new HashMap<>();
    private final Map<StepId, Instant> answeredAt = new HashMap<>();
    private final Map<StepId, Instant> doneAt = new HashMap<>();
    private final Map<StepId, Evidence> concluded = new HashMap<>();
    private final Map<CloudService, Long> firstGrant = new EnumMap<>(CloudService.class);
    private final Map<CloudService, Long> lastGrant = new EnumMap<>(CloudService.class);
    private final Map<CloudService, Instant> linkedAt = new EnumMap<>(CloudService.class);
    private final Map<CloudService, Event.RoundReason> reason = new EnumMap<>(CloudService.class);
    private final Set<CloudService> grantedInRound = EnumSet.noneOf(CloudService.class);
    private final Set<CloudService> adopting = EnumSet.noneOf(CloudService.class);
    private final Set<CloudService> slots = EnumSet.noneOf(CloudService.class);
    private final Set<CloudService> ended = EnumSet.noneOf(CloudService.class);
    private long size;
    private long lastAct;
    private Instant lastActAt = World.BEGIN;
    private long blockedAt;
    private boolean isCancelled;
    private boolean isEnded;

    RunJudge(Simulation sim, Run run) {
        this.sim = sim;
        this.run = run;
        this.world = sim.world;
        this.organisation = run.organisation;
    }

    boolean isOpen(ActionId action) {
        return open.containsKey(action);
    }

    boolean holdsSlot() {
        return !slots.isEmpty();
    }

    Event.RoundReason roundReason(CloudService service) {
        return reason.getOrDefault(service, Event.RoundReason.FIRST);
    }

    boolean isAdopting(CloudService service) {
        return adopting.contains(service);
    }

    private Console console() {
        return organisation.console;
    }

    /** Nobody ever said anything untrue of this console. */
    private boolean isTold() {
        return console().liars.isEmpty();
    }

    private void violated(String invariant, JournalEntry entry) {
        world.violated(invariant, () -> run.id + " " + entry.number() + " " + entry.event());
    }

    void written(JournalEntry entry) {
        if (entry.number() != size + 1) {
            violated("a journal has no gaps and no forks", entry);
        }
        size = entry.number();
        Event event = entry.event();
        if (isEnded && !AFTER_END.contains(event.getClass())) {
            violated("nothing after the end", entry);
        } else if (isCancelled && !AFTER_CANCEL.contains(event.getClass())) {
            violated("nothing after cancelled", entry);
        }
        world.tell(() -> "   " + run.id + " #" + entry.number() + " " + shortened(event));
        note(entry, event);
        sim.reach.noted(run, entry);
    }

    private static String shortened(Event event) {
        String whole = event.toString().replace("\n", " ⏎ ");
        return whole.length() > 220 ? whole.substring(0, 220) + "…" : whole;
    }

    private void note(JournalEntry entry, Event event) {
        if (event instanceof Event.Answered answered) {
            answered(entry, answered);
        } else if (event instanceof Event.HandedIn handedIn) {
            told(entry, handedIn.reading());
        } else if (event instanceof Event.Offered offered) {
            offered(entry, offered);
        } else if (event instanceof Event.Withdrawn withdrawn) {
            open.remove(withdrawn.action());
        } else if (event instanceof Event.Corrected corrected) {
            read.remove(corrected.entry());
            act(entry);
        } else if (event instanceof Event.SlotAwaited) {
            act(entry);
        } else if (event instanceof Event.SlotBlocked) {
            blockedAt = entry.number();
            act(entry);
        } else if (event instanceof Event.SlotTaken taken) {
            slotTaken(entry, taken.service());
        } else if (event instanceof Event.SlotReleased released) {
            slots.remove(released.service());
            released(entry, released.service());
        } else if (event instanceof Event.SlotCleared cleared) {
            cleared(entry, cleared.owner());
        } else if (event instanceof Event.RoundStarted started) {
            reason.put(started.service(), started.reason());
            grantedInRound.remove(started.service());
        } else if (event instanceof Event.Linked linked) {
            linkedAt.put(linked.service(), world.now());
            if (!lastGrant.containsKey(linked.service())) {
                adopting.add(linked.service());
            }
        } else if (event instanceof Event.Adopted adopted) {
            adopting.add(adopted.service());
        } else if (event instanceof Event.Concluded c) {
            concluded(entry, c);
        } else if (event instanceof Event.ServiceEnded serviceEnded) {
            serviceEnded(entry, serviceEnded);
        } else if (event instanceof Event.CancelRequested) {
            isCancelled = true;
        } else if (event instanceof Event.Ended) {
            isEnded = true;
            if (ended.size() != run.services.size()) {
                violated("a run ends when all its services have", entry);
            }
        }
    }

    private void act(JournalEntry entry) {
        lastAct = entry.number();
        lastActAt = world.now();
    }

    private static String name(StepId step) {
        return step.value().substring(step.value().lastIndexOf('.') + 1);
    }

    private static Optional<CloudService> service(StepId step) {
        return Arrays.stream(CloudService.values())
                .filter(s -> step.value().startsWith(s.id() + "."))
                .findFirst();
    }

    // ---- what is told

    private void answered(JournalEntry entry, Event.Answered answered) {
        if (answered.answer() instanceof Answer.NotYet) {
            return;
        }
        open.remove(answered.action());
        answeredAt.put(answered.step(), world.now());
        if (answered.answer() instanceof Answer.Done) {
            doneAt.put(answered.step(), world.now());
        }
        if (name(answered.step()).equals("read") && answered.answer() instanceof Answer.Saw saw) {
            told(entry, saw);
        } else if (Set.of("grant", "finish", "clear-pending", "remove").contains(name(answered.step()))) {
            act(entry);
        }
    }

    private void told(JournalEntry entry, Answer.Saw saw) {
        Telling telling = run.person.tellings.get(saw.by() + "\n" + saw.text());
        if (telling != null) {
            read.put(entry.number(), new Told(telling, world.now(), telling.whole()));
            sim.readingOf(run);
        }
    }

    // ---- what is asked

    private void offered(JournalEntry entry, Event.Offered offered) {
        if (open.put(offered.action(), offered.step()) != null) {
            violated("an action is offered once", entry);
        }
        if (Set.of("own-text", "sentence").contains(name(offered.step()))) {
            sim.toBeViewed(run);
        }
        Optional<CloudService> service = service(offered.step());
        if (service.isEmpty() || !name(offered.step()).equals("grant")) {
            if (Set.of("finish", "clear-pending", "remove").contains(name(offered.step()))) {
                act(entry);
            }
            return;
        }
        if (!grantedInRound.add(service.get())) {
            violated("no DO twice in a round", entry);
        }
        if (!slots.contains(service.get())) {
            violated("a grant is offered only by who holds the slot", entry);
        }
        asksForGrant(entry, service.get());
        firstGrant.putIfAbsent(service.get(), entry.number());
        lastGrant.put(service.get(), entry.number());
        act(entry);
    }

    /** Nothing may be 保留, and the service not listed, as far as the newest text says since anybody acted (COMMON-13). */
    private void asksForGrant(JournalEntry entry, CloudService service) {
        Optional<Told> accounts = newest(Part.ACCOUNTS, lastAct);
        Optional<Told> pending = newest(Part.PENDING, lastAct);
        if (accounts.isEmpty() || pending.isEmpty()) {
            violated("nothing is granted without having read the console", entry);
            return;
        }
        if (!isTold()) {
            return;
        }
        if (accounts.get().telling.shown().listed().contains(service)) {
            violated("nothing that is listed is granted", entry);
        }
        boolean isStalled = roundReason(service) == Event.RoundReason.STALLED;
        Console.Snapshot shown = pending.get().telling.shown();
        boolean isFull = isStalled
                ? shown.isPendingBesides(service, organisation.name())
                : shown.isPending(service, organisation.name()) || shown.isPendingBesides(service, organisation.name());
        if (isFull) {
            violated("nothing is granted while something is 保留", entry);
        }
        if (sim.areClocksRight()
                && pending.get().telling.shown().time().isBefore(world.now().minus(OLDEST))) {
            violated("nothing is granted on an old reading", entry);
        }
    }

    private Optional<Told> newest(Part part, long after) {
        return read.tailMap(after, false).values().stream()
                .filter(t -> t.whole.contains(part))
                .reduce((one, other) -> other.copied().isBefore(one.copied()) ? one : other);
    }

    // ---- the slot

    private void slotTaken(JournalEntry entry, CloudService service) {
        slots.add(service);
        for (Run other : sim.runs()) {
            boolean isSameConsole = other != run && other.organisation.console == console();
            if (isSameConsole && other.judge.holdsSlot() && !sim.isSlotGone(other)) {
                world.violated("one slot a console", () -> run.id + " and " + other.id + " both say that it is theirs");
            }
        }
        Optional<String> holder = sim.store.slotHolder(console());
        if (!holder.equals(Optional.of(new SlotOwner(run.id, service).toString()))) {
            violated("what is taken was claimed, durably and for this run", entry);
        }
    }

    private void released(JournalEntry entry, CloudService service) {
        if (isTold() && isUnderWay(organisation, service)) {
            violated("no slot is freed while its service is under way", entry);
        }
    }

    private static boolean isUnderWay(Organisation organisation, CloudService service) {
        Link link = organisation.links.get(service);
        return link != null && link.isAsked && organisation.isUnderWay(service);
    }

    private void cleared(JournalEntry entry, String owner) {
        Optional<SlotOwner> gone = SlotOwner.parse(owner);
        if (gone.isEmpty()) {
            violated("a slot has an owner", entry);
            return;
        }
        Run other = sim.run(gone.get().activation());
        other.judge.slots.remove(gone.get().service());
        if (isTold() && isUnderWay(other.organisation, gone.get().service())) {
            violated("no slot is freed while its service is under way", entry);
        }
        if (newest(Part.PENDING, blockedAt).isEmpty()) {
            violated("a slot is freed by a reading younger than its block", entry);
        }
        sim.reach.rare("slot-cleared");
    }

    // ---- what is claimed

    private void concluded(JournalEntry entry, Event.Concluded c) {
        concluded.put(c.step(), c.evidence());
        Optional<CloudService> service = service(c.step());
        if (service.isEmpty() || !c.evidence().holds()) {
            return;
        }
        switch (name(c.step())) {
            case "protected" -> protectedBy(entry, service.get(), c.evidence());
            case "switch" -> isTrue(entry, c.evidence(), organisation.switched.containsKey(service.get()));
            case "admin" -> isTrue(entry, c.evidence(), !organisation.isWrongRole);
            case "folders" -> isTrue(entry, c.evidence(), !organisation.isFolderMissing);
            default -> {}
        }
    }

    private void isTrue(JournalEntry entry, Evidence evidence, boolean isSo) {
        if (!isSo && evidence.level() == Evidence.Level.VERIFIED) {
            violated("a falsehood is never VERIFIED", entry);
        } else if (!isSo && console().liars.stream().noneMatch(evidence.source().name()::contains)) {
            violated("what is not so was said by somebody, in whose name it stands", entry);
        }
    }

    private void protectedBy(JournalEntry entry, CloudService service, Evidence evidence) {
        long since = lastGrant.getOrDefault(service, 0L);
        List<Told> used = new ArrayList<>(read.tailMap(since, false).values());
        for (Part part : List.of(Part.ACCOUNTS, Part.PENDING)) {
            if (newest(part, since).isEmpty()) {
                violated("PROTECTED needs the accounts and what is 保留, read since the grant", entry);
            }
        }
        Instant from = used.stream()
                .map(t -> t.telling.shown().time())
                .min(Instant::compareTo)
                .orElse(world.now());
        boolean isShown = organisation.wasProtected(service, from, world.now()) || hidesARelapse(service);
        if (isShown || (since == 0 && hasOldLine(service))) {
            return;
        }
        sim.reach.rare("protected-on-a-falsehood");
        if (isTold()) {
            violated("PROTECTED only what is", entry);
        } else if (evidence.level() == Evidence.Level.VERIFIED) {
            violated("a falsehood is never VERIFIED", entry);
        } else if (console().liars.stream().noneMatch(evidence.source().name()::contains)) {
            violated("what is not so was said by somebody, in whose name it stands", entry);
        }
    }

    /** Adopted by a line of an earlier link, where the present one vanished without a word: no text can show that. */
    private boolean hasOldLine(CloudService service) {
        return organisation.past.stream()
                .anyMatch(l -> l.service() == service
                        && (l.said() == Console.Said.PROTECTED || l.said() == Console.Said.UPDATED));
    }

    /** It was listed as protected and is so no more, and nobody copied the list that says so. */
    private boolean hidesARelapse(CloudService service) {
        Link link = organisation.links.get(service);
        return link != null
                && link.relapsed != null
                && read.values().stream()
                        .map(Told::telling)
                        .noneMatch(t -> t.sections().contains(Section.FAILURES)
                                && !t.shown().time().isBefore(link.relapsed));
    }

    private void serviceEnded(JournalEntry entry, Event.ServiceEnded end) {
        ended.add(end.service());
        if (end.status() == ActivationStatus.PROTECTED) {
            Evidence evidence = concluded.get(StepId.of(end.service(), "protected"));
            if (evidence == null || !evidence.holds()) {
                violated("PROTECTED only with proof", entry);
            }
        } else if (end.status() == ActivationStatus.FAILED && end.reason().isPresent()) {
            failed(entry, end, end.reason().get());
        } else if (end.status() == ActivationStatus.REMOVED && isTold() && organisation.isListed(end.service())) {
            violated("REMOVED only what is gone", entry);
        } else if (end.status() == ActivationStatus.CANCELLED && !isCancelled) {
            violated("CANCELLED only what somebody cancelled", entry);
        }
    }

    /** FAILED only after a look, or a reading, younger than what it judges. */
    private void failed(JournalEntry entry, Event.ServiceEnded end, FailureReason why) {
        CloudService service = end.service();
        switch (why) {
            case LINK_BUDGET_SPENT -> {
                long grant = lastGrant.getOrDefault(service, 0L);
                if (newest(Part.ACCOUNTS, grant).isEmpty()
                        || newest(Part.PENDING, grant).isEmpty()) {
                    violated("FAILED only after a reading younger than what it judges", entry);
                }
                Link link = organisation.links.get(service);
                boolean isThere = link != null
                        && link.isAsked
                        && !organisation.leftNoTrace(link)
                        && link.since.plus(POLICY.settle()).plus(LATE).isBefore(world.now());
                if (isTold()
                        && isThere
                        && newest(Part.ACCOUNTS, grant)
                                .filter(t -> t.telling.shown().time().isAfter(link.since))
                                .isPresent()) {
                    violated("a link that is there has not failed", entry);
                }
            }
            case GRANTED_BUT_UNPROVED, STALL_BUDGET_SPENT -> {
                Instant linked = linkedAt.getOrDefault(service, World.BEGIN);
                Instant least =
                        sim.areClocksRight() ? linked.plus(POLICY.stallAfter()).minus(LATE) : linked;
                boolean isYoung = read.values().stream()
                        .anyMatch(t -> !t.telling.shown().time().isBefore(least) || !t.telling.isTrue());
                if (!isYoung) {
                    violated("FAILED only after a reading younger than what it judges", entry);
                }
            }
            case CONTRADICTED, PREFLIGHT, BLOCKED, WRONG_TENANT -> byLook(entry, end);
            default -> {}
        }
    }

    private void byLook(JournalEntry entry, Event.ServiceEnded end) {
        StepId step = end.step().orElse(null);
        Evidence evidence = step == null ? null : concluded.get(step);
        if (evidence == null || evidence.source().kind() != Evidence.Kind.API) {
            return;
        }
        Instant look = sim.judge.lastLook(organisation.customer, step);
        Instant answered = answeredAt.get(step);
        boolean isOld = answered != null && look.isBefore(answered);
        Instant done = doneAt.get(step);
        boolean isEarly = done != null
                && sim.areClocksRight()
                && world.now().isBefore(done.plus(Service.TIMING.settle()).minusSeconds(1));
        if (isOld
                || isEarly
                || (sim.areClocksRight() && look.isBefore(world.now().minusSeconds(90)))) {
            violated("FAILED only after a look younger than what it judges", entry);
        }
    }

    Instant lastActAt() {
        return lastActAt;
    }
}
