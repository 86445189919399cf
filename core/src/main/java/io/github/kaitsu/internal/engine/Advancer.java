package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.SlotOwner;
import io.github.kaitsu.StepId;
import io.github.kaitsu.consent.OwnAccess;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.Journal;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.operator.Operator.Attention;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.ActivationStore.ClaimKey;
import io.github.kaitsu.store.ActivationStore.Lease;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes happen what the {@link Decider} says: appends, looks, offers, until nothing is left to do now. Whatever comes back is
 * appended as an event and decided upon anew, so a crash at any point loses nothing but time.
 *
 * <p>Thread-safe; of several processes only the one with the lease advances a run.
 */
public final class Advancer {
    private static final Logger LOG = LoggerFactory.getLogger(Advancer.class);

    private final ActivationStore store;
    private final RunStates states;
    private final Provisioners provisioners;
    private final Decider decider;
    private final Clock clock;
    private final ProbeRunner lookout;
    private final List<Operator> operators;
    private final OwnAccess access;
    private final BiConsumer<ActivationId, JournalEntry> listener;
    private final Map<ActivationId, Memory> memories = new ConcurrentHashMap<>();

    /** What this process did for a run; lost with it, harmlessly. */
    private static final class Memory {
        private final Map<StepId, Instant> lookedAt = new ConcurrentHashMap<>();
        private final Map<ActionId, Operator> offered = new HashMap<>();
        private @Nullable RunState state;
        private long seen;
    }

    /**
     * How far a run came.
     *
     * @param size how many events the journal had when nothing was left to do
     */
    public record Outcome(boolean ended, Optional<Instant> wakeAt, long size) {}

    public Advancer(
            ActivationStore store,
            RunStates states,
            Provisioners provisioners,
            Decider decider,
            Clock clock,
            ProbeRunner lookout,
            List<Operator> operators,
            OwnAccess access,
            BiConsumer<ActivationId, JournalEntry> listener) {
        this.store = store;
        this.states = states;
        this.provisioners = provisioners;
        this.decider = decider;
        this.clock = clock;
        this.lookout = lookout;
        this.operators = List.copyOf(operators);
        this.access = access;
        this.listener = listener;
    }

    /** Advances a run as far as it goes now. Empty if another process or thread is at it. */
    public Optional<Outcome> advance(ActivationId id) throws InterruptedException {
        Optional<Lease> lease = store.tryLease(id);
        if (lease.isEmpty()) {
            return Optional.empty();
        }
        try (Lease held = lease.get()) {
            Memory memory = memories.computeIfAbsent(id, k -> new Memory());
            while (true) {
                Optional<Outcome> outcome = turn(id, held, memory);
                if (outcome.isPresent()) {
                    return outcome;
                }
            }
        }
    }

    private Optional<Outcome> turn(ActivationId id, Lease lease, Memory memory) throws InterruptedException {
        Journal journal = load(id);
        RunState state = memory.state == null ? states.of(journal) : memory.state.catchUp(journal);
        memory.state = state;
        StepPlan plan = StepPlan.of(state, provisioners);
        forgetLooksAfterAnswers(journal, memory);
        settleClaims(state);
        if (state.isEnded()) {
            offer(List.of(), memory, id);
            memories.remove(id);
            return Optional.of(new Outcome(true, Optional.empty(), state.size()));
        }
        Decision decision = decider.decide(state, plan, inputs(state, plan, memory.lookedAt));
        if (!decision.events().isEmpty()) {
            if (slotsTaken(state, decision)
                    && textsTaken(state, decision)
                    && append(state, lease, givingBack(state, decision.events()))) {
                settleCleared(state, decision);
            }
            return Optional.empty();
        }
        if (!decision.looks().isEmpty()) {
            lookFor(decision.looks(), state, lease, memory);
            return Optional.empty();
        }
        offer(Actions.open(state, plan), memory, id);
        decision.wakeAt().ifPresent(at -> LOG.info("activation {} waits; next look at {}", id, at));
        return Optional.of(new Outcome(false, decision.wakeAt(), state.size()));
    }

    /** What a run waits for right now, without doing anything. */
    public Decision preview(RunState state) {
        StepPlan plan = StepPlan.of(state, provisioners);
        Map<StepId, Instant> lookedAt = new HashMap<>();
        Memory memory = memories.get(state.id());
        plan.all().forEach(s -> lookedAt.put(s.id(), clock.instant())); // another process's looks: at least not due
        if (memory != null) {
            lookedAt.putAll(memory.lookedAt);
        }
        return decider.decide(state, plan, inputs(state, plan, lookedAt));
    }

    public StepPlan plan(RunState state) {
        return StepPlan.of(state, provisioners);
    }

    // ---- looks

    private void lookFor(List<ActivationStep> steps, RunState state, Lease lease, Memory memory)
            throws InterruptedException {
        List<Event> found = new ArrayList<>();
        for (ProbeRunner.Sight sight : lookout.look(steps, state)) {
            memory.lookedAt.put(sight.step(), clock.instant());
            if (!sight.look().equals(state.step(sight.step()).look)) { // nothing new writes nothing
                found.add(new Event.Looked(sight.step(), sight.source(), sight.look()));
            }
        }
        if (found.isEmpty()) {
            return;
        }
        // facts are appended again after a conflict; only decisions are thrown away
        RunState now = state;
        while (!append(now, lease, found)) {
            now = states.of(load(state.id()));
        }
    }

    /** An answer, in time or late, is a reason to look at once. */
    private static void forgetLooksAfterAnswers(Journal journal, Memory memory) {
        for (JournalEntry entry :
                journal.entries().subList((int) memory.seen, journal.entries().size())) {
            if (entry.event() instanceof Event.Answered answered) {
                memory.lookedAt.remove(answered.step());
                if (CoreSteps.providerOf(answered.step()).isPresent()) {
                    memory.lookedAt.clear(); // whatever was closed to us may be open now
                }
            } else if (entry.event() instanceof Event.Corrected) {
                memory.lookedAt.clear(); // what followed is looked at anew
            } else if (entry.event() instanceof Event.LateAnswer late) {
                memory.lookedAt.remove(late.action().step());
            }
        }
        memory.seen = journal.size();
    }

    // ---- appending

    private Journal load(ActivationId id) {
        return store.load(id).orElseThrow(() -> KaitsuException.of(ErrorCode.ACTIVATION_NOT_FOUND, "", id));
    }

    /** @return false after a conflict: somebody answered meanwhile, decide anew */
    private boolean append(RunState state, Lease lease, List<Event> events) {
        List<JournalEntry> entries = number(events, state.size(), clock.instant());
        try {
            store.append(state.id(), state.size(), Optional.of(lease), entries);
        } catch (KaitsuException e) {
            if (e.code() == ErrorCode.STORE_CONFLICT && store.size(state.id()) > state.size()) {
                return false;
            }
            throw e;
        }
        entries.forEach(entry -> listener.accept(state.id(), entry));
        return true;
    }

    public static List<JournalEntry> number(List<Event> events, long after, Instant now) {
        List<JournalEntry> entries = new ArrayList<>();
        for (Event event : events) {
            entries.add(new JournalEntry(after + entries.size() + 1, now, event));
        }
        return entries;
    }

    // ---- the own app's access

    /**
     * Before a run ends, the own app's access is given back and that is noted. A crash between the two repeats it, and then there
     * is nothing left to give back.
     */
    private List<Event> givingBack(RunState state, List<Event> events) throws InterruptedException {
        boolean ends = events.stream().anyMatch(Event.Ended.class::isInstance);
        boolean keeps = state.request() instanceof ActivationRequest asked && asked.keepForDrift();
        if (!ends || keeps) {
            return events;
        }
        List<Event> all = new ArrayList<>();
        CustomerId customer = state.request().customer();
        Set<CloudService.Provider> used = state.request().services().stream()
                .map(CloudService::provider)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(CloudService.Provider.class)));
        used.retainAll(held(customer));
        for (CloudService.Provider provider : used) {
            all.add(new Event.AccessReturned(provider, giveBack(customer, provider)));
        }
        all.addAll(events);
        return all;
    }

    private Set<CloudService.Provider> held(CustomerId customer) {
        try {
            return access.held(customer);
        } catch (KaitsuException e) {
            LOG.warn("which access of {} is held cannot be read: {}", customer, e.code());
            return EnumSet.allOf(CloudService.Provider.class); // so that the run says what was not given back
        }
    }

    /** What cannot be given back must not keep the run from ending: it becomes an open item. */
    private OwnAccess.Returned giveBack(CustomerId customer, CloudService.Provider provider)
            throws InterruptedException {
        try {
            return access.giveBack(customer, provider);
        } catch (KaitsuException e) {
            LOG.warn("the access to {} of {} could not be given back: {}", provider, customer, e.code());
            return OwnAccess.Returned.STORE_FAILED;
        }
    }

    // ---- claims: the slot first, the event after it; the event first, the release after it

    private boolean slotsTaken(RunState state, Decision decision) {
        for (Event event : decision.events()) {
            if (event instanceof Event.SlotTaken taken
                    && !store.claim(
                            Claims.slot(state.request().customer()),
                            LinkDecider.owner(state, taken.service()).toString())) {
                return false;
            }
        }
        return true;
    }

    private boolean textsTaken(RunState state, Decision decision) {
        String console = state.request().customer().console().toString();
        return decision.events().stream()
                .allMatch(e -> !(e instanceof Event.TextClaimed text)
                        || store.claim(Claims.text(text.fingerprint()), console));
    }

    /** Gives back what the journal says was given back, also where a crash came between. */
    private void settleClaims(RunState state) {
        ClaimKey slot = Claims.slot(state.request().customer());
        Optional<String> holder = store.claimant(slot); // a read; a release costs a lock and the disk
        for (CloudService service : state.request().services()) {
            ServiceState x = state.service(service);
            String owner = LinkDecider.owner(state, service).toString();
            if (!x.slot && (x.slotReleased || state.isEnded()) && holder.equals(Optional.of(owner))) {
                store.release(slot, owner);
            }
        }
        if (state.isEnded()) {
            store.release(
                    Claims.customer(state.request().customer()), state.id().value());
        }
    }

    private void settleCleared(RunState state, Decision decision) {
        for (Event event : decision.events()) {
            if (event instanceof Event.SlotCleared cleared) {
                store.release(Claims.slot(state.request().customer()), cleared.owner());
            }
        }
    }

    private DecisionInputs inputs(RunState state, StepPlan plan, Map<StepId, Instant> lookedAt) {
        Optional<String> holder = store.claimant(Claims.slot(state.request().customer()));
        return new DecisionInputs(
                clock.instant(),
                Map.copyOf(lookedAt),
                holder,
                holder.map(h -> isLive(h, state)).orElse(false),
                step -> attention(state, plan, step),
                read -> isForeign(state, read));
    }

    /** What it costs to ask for a step: whoever of the operators would take it. */
    private Attention attention(RunState state, StepPlan plan, StepId step) {
        if (operators.stream().noneMatch(o -> o.attention() == Attention.MACHINE)) {
            return Attention.PERSON;
        }
        return Actions.wouldAsk(state, plan, step)
                .flatMap(this::operator)
                .map(Operator::attention)
                .orElse(Attention.PERSON);
    }

    /** Whether the same text was used for another console (COMMON-12). */
    private boolean isForeign(RunState state, ConsoleReading reading) {
        String fingerprint = reading.fingerprint();
        return !fingerprint.isEmpty()
                && store.claimant(Claims.text(fingerprint))
                        .filter(console -> !console.equals(
                                state.request().customer().console().toString()))
                        .isPresent();
    }

    /** Whether the run behind a slot may still give it back by itself. */
    private boolean isLive(String owner, RunState asking) {
        Optional<SlotOwner> holder = SlotOwner.parse(owner);
        if (holder.isEmpty()) {
            return true;
        }
        ActivationId id = holder.get().activation();
        CloudService service = holder.get().service();
        if (id.equals(asking.id())) {
            return !asking.service(service).isEnded();
        }
        return store.load(id)
                .map(states::of)
                .map(other -> !other.isEnded() && !other.service(service).isEnded())
                .orElse(true); // its journal may be about to be written
    }

    // ---- operators

    private void offer(List<OperatorAction> open, Memory memory, ActivationId id) {
        Set<ActionId> ids = open.stream().map(OperatorAction::id).collect(Collectors.toSet());
        memory.offered.entrySet().removeIf(e -> {
            if (ids.contains(e.getKey())) {
                return false;
            }
            guarded(() -> e.getValue().withdraw(id, e.getKey()));
            return true;
        });
        for (OperatorAction action : open) {
            if (!memory.offered.containsKey(action.id())) {
                operator(action).ifPresent(o -> {
                    memory.offered.put(action.id(), o);
                    guarded(() -> o.offer(action));
                });
            }
        }
    }

    private Optional<Operator> operator(OperatorAction action) {
        return operators.stream()
                .filter(o -> action.handedBack().isEmpty() || o.attention() == Attention.PERSON)
                .filter(o -> accepts(o, action))
                .findFirst();
    }

    private static boolean accepts(Operator operator, OperatorAction action) {
        try {
            return operator.accepts(action);
        } catch (RuntimeException e) {
            LOG.warn("an operator failed", e);
            return false;
        }
    }

    /** An operator that fails must not stop the run: the action stays open, and anybody may answer it. */
    private static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.warn("an operator failed", e);
        }
    }
}
