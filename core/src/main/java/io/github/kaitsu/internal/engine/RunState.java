package io.github.kaitsu.internal.engine;

import static io.github.kaitsu.internal.engine.CoreSteps.FINISH;
import static io.github.kaitsu.internal.engine.CoreSteps.GRANT;
import static io.github.kaitsu.internal.engine.CoreSteps.UNFINISHED;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.RunRequest;
import io.github.kaitsu.Statement;
import io.github.kaitsu.StepId;
import io.github.kaitsu.consent.OwnAccess;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.console.ConsoleReading.Listing;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.Journal;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.text.PastedText;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a journal says: a fold over its events, in order, with nothing added. Not thread-safe; made anew for every decision.
 */
public final class RunState {
    /** What only the console shows; doubt in one of them is doubt in all. */
    private static final List<String> OF_THE_LINK = List.of(GRANT, UNFINISHED, CoreSteps.LINKED, CoreSteps.PROTECTED);

    private final ConsoleKnowledge console;

    /**
     * A late answer that says the opposite.
     *
     * @param against the steps that it speaks against
     */
    private record LateNo(StepState.Contradiction word, Set<StepId> against) {}

    /** By its entry, unless it was taken back. */
    private final Map<Long, LateNo> lateNoes = new LinkedHashMap<>();

    /** By the entry of the answer here, or of what was inherited. */
    private final Map<Long, Event.FurnitureKnown> furniture = new LinkedHashMap<>();

    private final ActivationId id;
    private Journal journal;
    private final Event.Run run;
    private final RunRequest request;
    private final Instant begunAt;
    private final Map<StepId, StepState> steps = new LinkedHashMap<>();
    private final Map<CloudService, ServiceState> services = new LinkedHashMap<>();
    private Facts facts = Facts.none();
    private final Map<CloudService.Provider, String> tenants = new EnumMap<>(CloudService.Provider.class);
    private final Map<CloudService.Provider, OwnAccess.Returned> returnedAccess =
            new EnumMap<>(CloudService.Provider.class);
    /** How the own app was ever refused. */
    private final Map<CloudService.Provider, Set<ProbeResult.Refused>> refusals =
            new EnumMap<>(CloudService.Provider.class);

    private Optional<String> cancelledBy = Optional.empty();
    private boolean ended;
    private long size;
    private Instant lastEventAt;

    /** The journal entry of whatever last changed something in the console, or may have. */
    private long lastAct;

    /** The journal entry that took a reading back. */
    private long readingTakenBack;

    private final Set<Event.Disturbed> disturbed = new LinkedHashSet<>();
    private int callsPlanned;
    private int callsMade;

    private long lastPresence;

    private RunState(
            Journal journal, Event.Begun begun, Instant at, BiFunction<String, Set<String>, ConsoleReading> parser) {
        this.console = new ConsoleKnowledge(parser);
        this.journal = journal;
        this.id = journal.id();
        this.run = begun.run();
        this.request = begun.request();
        this.begunAt = at;
        this.lastEventAt = at;
        request.services().forEach(s -> services.put(s, new ServiceState()));
    }

    /** @throws KaitsuException STORE_CORRUPT if the first entry does not begin a run */
    static RunState of(Journal journal, BiFunction<String, Set<String>, ConsoleReading> parser) {
        List<JournalEntry> entries = journal.entries();
        if (entries.isEmpty() || !(entries.get(0).event() instanceof Event.Begun begun)) {
            throw KaitsuException.of(ErrorCode.STORE_CORRUPT, "", journal.id().value(), "1");
        }
        RunState state = new RunState(journal, begun, entries.get(0).time(), parser);
        entries.forEach(state::apply);
        return state;
    }

    /** Whether all that this state knows stands at the beginning of a journal; one run's entries differ by their times. */
    boolean isBeginningOf(Journal longer) {
        return size <= longer.size()
                && journal.entries().get((int) size - 1).equals(longer.entries().get((int) size - 1));
    }

    /** Applies what the journal holds beyond what this state knows. */
    RunState catchUp(Journal longer) {
        journal = longer;
        longer.entries().subList((int) size, longer.entries().size()).forEach(this::apply);
        return this;
    }

    private void apply(JournalEntry entry) {
        size = entry.number();
        console.entry(entry.time());
        lastEventAt = entry.time();
        Event event = entry.event();
        if (event instanceof Event.Looked looked) {
            looked(looked, entry.time());
        } else if (event instanceof Event.Inherited inherited) {
            inherited(inherited.facts());
        } else if (event instanceof Event.Offered offered) {
            offered(offered, entry.time());
        } else if (event instanceof Event.Answered answered) {
            answered(answered, entry.time());
        } else if (event instanceof Event.Withdrawn withdrawn) {
            own(withdrawn.step()).close();
        } else if (event instanceof Event.Overdue overdue) {
            own(overdue.step()).overdue = true;
        } else if (event instanceof Event.LateAnswer late) {
            contradicted(late, entry.time());
        } else if (event instanceof Event.HandedIn handedIn) {
            read(handedIn.reading(), handedIn.readByMachine(), entry.time());
        } else if (event instanceof Event.Corrected corrected) {
            corrected(corrected, entry.time());
        } else if (event instanceof Event.FurnitureKnown known) {
            learnt(known);
        } else if (event instanceof Event.CallsPlanned planned) {
            callsPlanned = planned.calls();
        } else if (event instanceof Event.Called called) {
            callsMade = called.number();
            lastPresence = size;
        } else if (event instanceof Event.SlotAwaited awaited) {
            service(awaited.service()).awaited = awaited.owner();
            acted();
        } else if (event instanceof Event.Concluded concluded) {
            own(concluded.step()).concluded(concluded);
            CoreSteps.serviceOf(concluded.step(), UNFINISHED)
                    .ifPresent(s -> facts = facts.with(Facts.unfinished(
                            s, Unfinished.isSo(concluded.evidence().seen()))));
        } else if (event instanceof Event.Skipped skipped) {
            own(skipped.step()).skipped = skipped.reason();
            facts = facts.with(
                    Map.of(Facts.skipOf(skipped.step()), skipped.reason().name()));
        } else if (event instanceof Event.TenantPinned pinned) {
            tenants.put(pinned.provider(), pinned.tenant());
        } else if (event instanceof Event.SlotTaken taken) {
            service(taken.service()).slotTaken();
        } else if (event instanceof Event.SlotReleased released) {
            service(released.service()).slotReleased();
        } else if (event instanceof Event.SlotBlocked blocked) {
            service(blocked.service()).slotBlocked(blocked, size);
            acted();
        } else if (event instanceof Event.RoundStarted started) {
            roundStarted(started);
        } else if (event instanceof Event.Linked linked) {
            service(linked.service()).linked(linked, entry.time(), size);
        } else if (event instanceof Event.Adopted adopted) {
            service(adopted.service()).adopted(size);
        } else if (event instanceof Event.Stalled stalled) {
            service(stalled.service()).stalls = stalled.stalls();
        } else if (event instanceof Event.ServiceEnded serviceEnded) {
            service(serviceEnded.service()).ended(serviceEnded);
        } else if (event instanceof Event.AccessReturned returned) {
            returnedAccess.put(returned.provider(), returned.what());
        } else if (event instanceof Event.CancelRequested cancel) {
            cancelledBy = Optional.of(cancel.by());
        } else if (event instanceof Event.Gap) {
            time().told();
        } else if (event instanceof Event.Disturbed thrown) {
            disturbed.add(thrown);
        } else if (event instanceof Event.Ended) {
            ended = true;
        }
        // Begun made this state; SlotCleared, TextClaimed and Waited change nothing here
    }

    private void inherited(Facts known) {
        facts = facts.with(known.asMap());
        for (CloudService.Provider provider : CloudService.Provider.values()) {
            known.tenant(provider).ifPresent(tenant -> tenants.put(provider, tenant));
        }
    }

    /** Somebody changed something in the console, or may have. */
    private void acted() {
        lastAct = size;
        step(CoreSteps.READ).partsRead.clear();
    }

    private void learnt(Event.FurnitureKnown known) {
        StepState asked = step(CoreSteps.FURNITURE);
        Event.Word word = known.inherited()
                .orElseGet(() -> new Event.Word(id, asked.answerNumber, asked.answer == null ? "" : asked.answer.by()));
        long entry = known.inherited().isPresent() ? size : asked.answerNumber;
        furniture.put(entry, new Event.FurnitureKnown(known.lines(), Optional.of(word)));
        console.learnFurniture(
                entry, word.by(), known.lines().stream().map(PastedText::key).collect(Collectors.toSet()));
    }

    private void looked(Event.Looked event, Instant at) {
        own(event.step()).looked(event, at, size);
        if (event.look() instanceof ProbeResult.Refused refused) {
            StepPlan.serviceNamed(event.step(), request.services())
                    .ifPresent(service -> refusals.computeIfAbsent(service.provider(), p -> new LinkedHashSet<>())
                            .add(refused));
        }
        if (event.look() instanceof ProbeResult.Holds holds) {
            facts = facts.with(holds.facts());
        }
    }

    private void offered(Event.Offered event, Instant at) {
        own(event.step()).offered(event, at, size);
        CoreSteps.serviceOf(event.step(), GRANT).ifPresent(service -> {
            service(service).grantOffered(size);
            facts = facts.withoutGrant(service);
        });
        if (CoreSteps.actsInConsole(event.step())) {
            acted();
        }
    }

    private void answered(Event.Answered event, Instant at) {
        StepState step = own(event.step());
        if (event.answer() instanceof Answer.NotYet) {
            return; // the action stays open
        }
        step.answered(event, size);
        lastPresence = event.readByMachine() ? lastPresence : size;
        if (event.answer() instanceof Answer.Saw saw) {
            if (event.step().equals(CoreSteps.READ)) {
                if (step.ask != null) {
                    step.ask.parts().forEach(part -> step.partsRead.put(part, size));
                }
                read(saw, event.readByMachine(), at);
            } else {
                facts = facts.with(
                        Map.of(Facts.answerTo(event.step()), saw.text().strip()));
            }
        }
        if (event.step().equals(CoreSteps.COUNTS)) {
            console.learnCounts(size, event.answer().by(), StepDecider.isYes(event.answer()));
        }
        if (CoreSteps.actsInConsole(event.step())) {
            acted();
        }
    }

    private void read(Answer.Saw saw, boolean byMachine, Instant at) {
        console.add(size, at, saw.by(), byMachine, saw.text());
        learnListing();
    }

    /** What the newest readings of the accounts and the wizard tell the provisioners. */
    private void learnListing() {
        console.newest(Part.ACCOUNTS, 0).map(ConsoleKnowledge.Read::reading).ifPresent(reading -> {
            Set<CloudService> listed = Arrays.stream(CloudService.values())
                    .filter(s -> reading.listed(s) == Listing.LISTED)
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(CloudService.class)));
            facts = facts.with(Facts.listing(listed));
            listed.stream()
                    .filter(reading::isAppIdKnown)
                    .forEach(s -> facts =
                            facts.with(Map.of(Facts.appIdOf(s), reading.appId(s).orElse(""))));
        });
        // a window names no service, but one at a time is granted (COMMON-13)
        services.entrySet().stream()
                .max(Comparator.comparingLong(e -> e.getValue().lastGrant))
                .ifPresent(newest -> Unfinished.wizard(console, newest.getValue())
                        .flatMap(r -> r.reading().wizard())
                        .flatMap(ConsoleReading.Wizard::appId)
                        .ifPresent(id -> facts = facts.with(Map.of(Facts.appIdOf(newest.getKey()), id))));
    }

    // ---- what is taken back or contradicted (COMMON-20)

    private void contradicted(Event.LateAnswer late, Instant at) {
        StepId id = late.action().step();
        Optional<Statement> said = StepDecider.refusal(late.answer());
        StepState step = step(id);
        boolean isWord = step.evidence == null
                ? step.answer != null && StepDecider.refusal(step.answer).isEmpty() && !id.equals(CoreSteps.READ)
                : step.evidence.level() == Evidence.Level.ATTESTED;
        if (said.isEmpty() || !isWord) {
            return; // it agrees, or a machine has seen it
        }
        StepState.Contradiction no =
                new StepState.Contradiction(said.get(), late.answer().by(), at);
        if (step.evidence == null || step.evidence.source().kind() == Evidence.Kind.PERSON) {
            lateNoes.put(size, new LateNo(no, doubt(step.answerNumber, no)));
        } else {
            step.contradiction = no;
            lateNoes.put(size, new LateNo(no, Set.of(id)));
        }
    }

    /** What it spoke against is as it was, as far as nobody else does; before the end it is being asked anew. */
    private void takenBack(LateNo late) {
        for (StepId id : late.against) {
            step(id).contradiction = lateNoes.values().stream()
                    .filter(other -> other.against.contains(id))
                    .map(LateNo::word)
                    .reduce((older, newer) -> newer)
                    .orElse(null);
        }
    }

    private void corrected(Event.Corrected event, Instant at) {
        LateNo late = lateNoes.remove(event.entry());
        if (late != null) {
            takenBack(late);
            return;
        }
        doubt(event.entry(), new StepState.Contradiction(Statement.of("taken-back"), event.by(), at));
        if (!ended) {
            acted(); // what is said of the console from now on must be read anew
        }
    }

    /** An answer or a reading counts no more, nor does what rests on it. @return the steps that rested on it */
    private Set<StepId> doubt(long entry, StepState.Contradiction why) {
        Set<Long> entries = new HashSet<>(Set.of(entry));
        entries.addAll(console.unlearn(entry));
        if (console.forget(entry) || entries.size() > 1) {
            readingTakenBack = size;
        }
        furniture.remove(entry);
        Set<StepId> resting = restingOn(entries);
        for (StepId id : resting) {
            StepState step = step(id);
            step.contradiction = why;
            if (!ended) {
                reopen(id, step);
            }
        }
        return resting;
    }

    /** What is the evidence of nothing else; the proof, too, where somebody vouched for what was read. */
    private Set<StepId> restingOn(Set<Long> entries) {
        Set<StepId> resting = new LinkedHashSet<>();
        steps.forEach((id, step) -> {
            boolean isSeen =
                    step.evidence != null && step.evidence.level() == Evidence.Level.VERIFIED && step.basis == 0;
            if (entries.contains(step.basis) || (entries.contains(step.answerNumber) && !isSeen)) {
                resting.add(id);
            }
        });
        for (String question : List.of(CoreSteps.OWN_TEXT, CoreSteps.SENTENCE)) {
            List.copyOf(resting).stream()
                    .flatMap(id -> CoreSteps.serviceOf(id, question).stream())
                    .forEach(s -> resting.add(CoreSteps.id(s, CoreSteps.PROTECTED)));
        }
        return resting;
    }

    private void reopen(StepId id, StepState reopened) {
        reopened.reopen(size);
        StepPlan.serviceNamed(id, services.keySet()).map(this::service).ifPresent(service -> {
            service.reopen();
            String name = id.value().substring(id.value().indexOf('.') + 1);
            if (OF_THE_LINK.contains(name)) {
                service.linked = false;
                service.adopted = false;
                service.doubted = size;
                OF_THE_LINK.forEach(of -> {
                    StepState step = step(new StepId(id.value().replace("." + name, "." + of)));
                    step.evidence = null;
                    step.basis = 0;
                });
            }
        });
    }

    private void roundStarted(Event.RoundStarted event) {
        service(event.service()).roundStarted(event, size);
        own(CoreSteps.id(event.service(), GRANT)).startAgain();
        own(CoreSteps.id(event.service(), UNFINISHED)).startAgain();
        own(CoreSteps.id(event.service(), FINISH)).startAgain();
    }

    /** What is known of a step; asking changes nothing. */
    StepState step(StepId step) {
        StepState known = steps.get(step);
        return known == null ? new StepState() : known;
    }

    private StepState own(StepId step) {
        return steps.computeIfAbsent(step, k -> new StepState());
    }

    ServiceState service(CloudService service) {
        return services.computeIfAbsent(service, k -> new ServiceState());
    }

    ConsoleKnowledge console() {
        return console;
    }

    /** What a person called furniture of this console's pages, word for word. */
    List<String> furniture() {
        return furniture.values().stream().flatMap(k -> k.lines().stream()).toList();
    }

    /** What this run itself was told of the console's pages, and nobody took back: later runs of the console begin with it. */
    public List<Event.FurnitureKnown> furnitureToInherit() {
        return furniture.values().stream().filter(k -> isOf(this, k)).toList();
    }

    /** The entries that hold what was inherited from another run and does not count there any more. */
    public List<Long> inheritedInVain(RunState from) {
        return furniture.entrySet().stream()
                .filter(e ->
                        isOf(from, e.getValue()) && !from.furnitureToInherit().contains(e.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isOf(RunState run, Event.FurnitureKnown known) {
        return known.inherited().filter(word -> word.run().equals(run.id)).isPresent();
    }

    /** Readings of before this entry say nothing about what may be granted now. */
    long lastAct() {
        return lastAct;
    }

    /** What was offered on what was read before this entry may rest on a reading that was taken back; 0 if none was. */
    long readingTakenBack() {
        return readingTakenBack;
    }

    /** The time it has had. */
    RunTime time() {
        return console.time();
    }

    /** What was thrown at it. */
    Set<Event.Disturbed> disturbed() {
        return disturbed;
    }

    /** How often persons will be called to work in all; 0 until somebody is called for the first time. */
    public int callsPlanned() {
        return callsPlanned;
    }

    /** How often persons were called to work. */
    public int callsMade() {
        return callsMade;
    }

    /** The newest journal entry by which a person was there: an answer, or a call; 0 if there is none. */
    long lastPresence() {
        return lastPresence;
    }

    /** Of this moment: whoever goes through them may ask for a step that is not among them yet. */
    Map<StepId, StepState> steps() {
        return new LinkedHashMap<>(steps);
    }

    public ActivationId id() {
        return id;
    }

    /** What this state was made from. */
    Journal journal() {
        return journal;
    }

    public Event.Run run() {
        return run;
    }

    public RunRequest request() {
        return request;
    }

    public Instant begunAt() {
        return begunAt;
    }

    public Instant lastEventAt() {
        return lastEventAt;
    }

    public boolean isEnded() {
        return ended;
    }

    boolean isEndedOf(CustomerId customer) {
        return ended && request.customer().equals(customer);
    }

    public long size() {
        return size;
    }

    public boolean isCancelled() {
        return cancelledBy.isPresent();
    }

    Optional<String> cancelledBy() {
        return cancelledBy;
    }

    public Facts facts() {
        return facts;
    }

    Map<CloudService.Provider, String> tenants() {
        return tenants;
    }

    /** What became of the own app's access at the end. */
    Map<CloudService.Provider, OwnAccess.Returned> returnedAccess() {
        return returnedAccess;
    }

    /** The edition asked for, or what the console was seen to show; AUTO until then. */
    Edition edition() {
        if (request instanceof ActivationRequest asked && asked.edition() != Edition.AUTO) {
            return asked.edition();
        }
        return facts.answer(CoreSteps.EDITION).flatMap(Edition::parse).orElse(Edition.AUTO);
    }

    /** The services that this run protected, or removed. */
    public Set<CloudService> settledServices() {
        Set<CloudService> settled = EnumSet.noneOf(CloudService.class);
        services.forEach((service, serviceState) -> {
            if (serviceState.ended == ActivationStatus.PROTECTED || serviceState.ended == ActivationStatus.REMOVED) {
                settled.add(service);
            }
        });
        return settled;
    }

    /** Who said that a text which was read in another console, too, is this one's; what is read later is asked about anew. */
    Optional<String> ownTextConfirmedBy(CloudService service, ConsoleKnowledge.Read read) {
        StepState question = step(CoreSteps.id(service, CoreSteps.OWN_TEXT));
        return saidYes(question).filter(by -> question.answerNumber > read.number());
    }

    /** Who said of the sentence that was read last that it reports success; another sentence is asked about anew. */
    Optional<String> sentenceConfirmedBy(CloudService service) {
        StepState question = step(CoreSteps.id(service, CoreSteps.SENTENCE));
        Optional<String> asked = console.sentence(question.answerNumber);
        return saidYes(question).filter(by -> asked.isPresent() && asked.equals(console.sentence(Long.MAX_VALUE)));
    }

    private static Optional<String> saidYes(StepState question) {
        return Optional.ofNullable(question.answer).filter(StepDecider::isYes).map(Answer::by);
    }

    // ---- the own app

    /** How the own app was refused in this run, then or now. */
    Map<CloudService.Provider, Set<ProbeResult.Refused>> everyRefusal() {
        return refusals;
    }

    /** How the own app is refused now, as far as any step still needs it. */
    Stream<ProbeResult.Refused> refusals(CloudService.Provider provider) {
        return looksInVain(provider)
                .filter(ProbeResult.Refused.class::isInstance)
                .map(ProbeResult.Refused.class::cast);
    }

    /** What the newest looks at a provider found for steps that are not closed. */
    Stream<ProbeResult> looksInVain(CloudService.Provider provider) {
        return looks(
                provider,
                (service, step) -> !step.isClosed() && !service(service).isEnded());
    }

    /** Whether the newest look of some step got through to the provider. */
    boolean getsThrough(CloudService.Provider provider) {
        return looks(provider, (service, step) -> true)
                .anyMatch(look -> look instanceof ProbeResult.Holds || look instanceof ProbeResult.Fails);
    }

    private Stream<ProbeResult> looks(CloudService.Provider provider, BiPredicate<CloudService, StepState> which) {
        return steps.entrySet().stream()
                .filter(e -> e.getValue().look != null)
                .filter(e -> StepPlan.serviceNamed(e.getKey(), request.services())
                        .filter(service -> service.provider() == provider && which.test(service, e.getValue()))
                        .isPresent())
                .map(e -> e.getValue().look);
    }

    /** How many users the provider of a service has, if a look told; else how many another provider of the customer has. */
    Optional<Long> users(CloudService service) {
        return facts.users(service.provider()).or(facts::mostUsers);
    }
}
