package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.StepId;
import io.github.kaitsu.consent.OwnAccess;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.Journal;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.operator.Operator.Attention;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.store.ActivationStore;
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
    private final Journals journals;
    private final Claims claims;
    private final Provisioners provisioners;
    private final Decider decider;
    private final Clock clock;
    private final ProbeRunner probes;
    private final List<Operator> operators;
    private final OwnAccess access;
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
            Journals journals,
            Provisioners provisioners,
            Decider decider,
            Clock clock,
            ProbeRunner probes,
            List<Operator> operators,
            OwnAccess access) {
        this.store = store;
        this.journals = journals;
        this.claims = new Claims(store, journals);
        this.provisioners = provisioners;
        this.decider = decider;
        this.clock = clock;
        this.probes = probes;
        this.operators = List.copyOf(operators);
        this.access = access;
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
        Journal journal = journals.load(id);
        RunState state = memory.state == null ? journals.fold(journal) : memory.state.catchUp(journal);
        memory.state = state;
        StepPlan plan = StepPlan.of(state, provisioners);
        forgetLooksAfterAnswers(journal, memory);
        Optional<String> slotHolder = claims.settle(state);
        if (state.isEnded()) {
            offer(List.of(), memory, id);
            memories.remove(id);
            return Optional.of(new Outcome(true, Optional.empty(), state.size()));
        }
        Decision decision = decider.decide(state, plan, inputs(state, plan, memory.lookedAt, slotHolder));
        if (!decision.events().isEmpty()) {
            if (claims.take(state, decision.events())
                    && journals.append(state, Optional.of(lease), givingBack(state, decision.events()))) {
                claims.clear(state, decision.events());
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
        return decider.decide(state, plan, inputs(state, plan, lookedAt, claims.slotHolder(state)));
    }

    // ---- looks

    private void lookFor(List<ActivationStep> steps, RunState state, Lease lease, Memory memory)
            throws InterruptedException {
        List<Event> found = new ArrayList<>();
        for (ProbeRunner.Sight sight : probes.look(steps, state)) {
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
        while (!journals.append(now, Optional.of(lease), found)) {
            now = journals.state(state.id());
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

    // ---- what a decision takes besides

    private DecisionInputs inputs(
            RunState state, StepPlan plan, Map<StepId, Instant> lookedAt, Optional<String> slotHolder) {
        return new DecisionInputs(
                clock.instant(),
                Map.copyOf(lookedAt),
                slotHolder,
                slotHolder.map(h -> claims.isLive(h, state)).orElse(false),
                step -> attention(state, plan, step),
                read -> claims.isForeign(state, read));
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
