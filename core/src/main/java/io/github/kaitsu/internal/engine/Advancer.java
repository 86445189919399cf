package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
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
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.ActivationStore.Lease;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private final AppClaims apps;
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
        private final Map<ActionId, Retry> retries = new HashMap<>();
        private final Map<CloudService, ActivationStatus> told = new EnumMap<>(CloudService.class);
        private @Nullable RunState state;
        private long seen;
    }

    /** When an action that its operator did not take, but threw something, is offered again. */
    private record Retry(int times, Instant at) {}

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
        this.apps = new AppClaims(store, journals);
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
        Memory memory = memories.computeIfAbsent(id, k -> new Memory());
        try (Lease held = lease.get()) {
            while (true) {
                Optional<Outcome> outcome = turn(id, held, memory);
                if (outcome.isPresent()) {
                    return outcome;
                }
            }
        } catch (RuntimeException | Error e) {
            memory.state = null; // perhaps folded in part
            if (!(e instanceof KaitsuException refusal) || refusal.code() == ErrorCode.IO_ERROR) {
                journals.disturbances().stopped(id, e);
            }
            throw e;
        }
    }

    private Optional<Outcome> turn(ActivationId id, Lease lease, Memory memory) throws InterruptedException {
        Journal journal = noted(journals.load(id), lease);
        RunState state = memory.state == null ? journals.fold(journal) : memory.state.catchUp(journal);
        memory.state = state;
        StepPlan plan = StepPlan.of(state, provisioners);
        tell(state, plan, memory);
        forgetLooksAfterAnswers(journal, memory);
        Optional<String> slotHolder = claims.settle(state);
        apps.settle(state);
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
        if (!journals.disturbances().besides(journal).isEmpty()) {
            return Optional.empty();
        }
        Optional<Instant> wakeAt = Stream.concat(
                        decision.wakeAt().stream(),
                        memory.retries.values().stream().map(Retry::at))
                .min(Comparator.naturalOrder());
        wakeAt.ifPresent(at -> LOG.debug("activation {} waits; next look at {}", id, at));
        return Optional.of(new Outcome(false, wakeAt, state.size()));
    }

    /** Writes down what was thrown, before anything that may throw it again. */
    private Journal noted(Journal journal, Lease lease) {
        ActivationId id = journal.id();
        List<Event> thrown = List.copyOf(journals.disturbances().besides(journal));
        boolean isEnded = journal.entries().get(journal.entries().size() - 1).event() instanceof Event.Ended;
        if (thrown.isEmpty() || isEnded) {
            return journal;
        }
        boolean ignored =
                journals.appended(id, journal.size(), Optional.of(lease), thrown); // else before the next pause
        return journals.load(id);
    }

    /** One line for each change that this process sees; none for what it finds when it first comes. */
    private static void tell(RunState state, StepPlan plan, Memory memory) {
        for (CloudService service : plan.services().keySet()) {
            ActivationStatus now = Views.status(state, plan, service);
            ActivationStatus before = memory.told.put(service, now);
            if (before != null && before != now) {
                LOG.info("activation {}: {} is {}, was {}", state.id(), service, now, before);
            }
        }
    }

    /** What a run waits for right now, without doing anything. */
    public Decision preview(RunState state) {
        StepPlan plan = StepPlan.of(state, provisioners);
        Map<StepId, Instant> lookedAt = new HashMap<>();
        Memory memory = memories.get(state.id());
        Instant now = state.time().at(clock.instant());
        plan.all().forEach(s -> lookedAt.put(s.id(), now)); // another process's looks: at least not due
        if (memory != null) {
            lookedAt.putAll(memory.lookedAt);
        }
        return decider.decide(state, plan, inputs(state, plan, lookedAt, claims.slotHolder(state)));
    }

    /** What somebody is asked in a run right now, oldest first. */
    public List<OperatorAction> openActions(RunState state) {
        return Actions.open(state, StepPlan.of(state, provisioners));
    }

    // ---- looks

    private void lookFor(List<ActivationStep> steps, RunState state, Lease lease, Memory memory)
            throws InterruptedException {
        List<Event> found = new ArrayList<>();
        List<ProbeRunner.Sight> sights = probes.look(steps, state);
        for (ProbeRunner.Sight sight : sights) {
            memory.lookedAt.put(sight.step(), state.time().at(clock.instant()));
            if (!sight.look().equals(state.step(sight.step()).look)) { // nothing new writes nothing
                found.add(new Event.Looked(sight.step(), sight.source(), sight.look()));
            }
        }
        // facts are appended again after a conflict; only decisions are thrown away
        RunState now = state;
        while (!found.isEmpty() && !journals.append(now, Optional.of(lease), found)) {
            now = journals.state(state.id());
        }
        for (ProbeRunner.Sight sight : sights) {
            if (sight.look() instanceof ProbeResult.Refused refused) {
                StepPlan.serviceNamed(sight.step(), state.request().services())
                        .ifPresent(service -> apps.met(state, service.provider(), refused));
            }
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
            } else if (entry.event() instanceof Event.Corrected || entry.event() instanceof Event.Gap) {
                memory.lookedAt.clear(); // what followed, or may have changed meanwhile, is looked at anew
                memory.retries.clear();
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
                read -> claims.isForeign(state, read),
                (provider, refused) -> apps.hold(state, provider, refused));
    }

    /** What it costs to ask for a step: whoever of the operators would take it. */
    private Attention attention(RunState state, StepPlan plan, StepId step) {
        List<Throwable> thrown = new ArrayList<>(); // whoever is offered the action tells of it
        if (operators.stream().noneMatch(o -> isMachine(o, thrown))) {
            return Attention.PERSON;
        }
        return Actions.wouldAsk(state, plan, step)
                .flatMap(action -> operator(action, thrown))
                .filter(o -> isMachine(o, thrown))
                .map(o -> Attention.MACHINE)
                .orElse(Attention.PERSON);
    }

    private static boolean isMachine(Operator operator, List<Throwable> thrown) {
        return guarded(thrown, () -> operator.attention() == Attention.MACHINE);
    }

    // ---- operators

    private void offer(List<OperatorAction> open, Memory memory, ActivationId id) {
        Set<ActionId> ids = open.stream().map(OperatorAction::id).collect(Collectors.toSet());
        memory.offered.entrySet().removeIf(e -> {
            if (ids.contains(e.getKey())) {
                return false;
            }
            List<Throwable> thrown = new ArrayList<>();
            guarded(thrown, () -> {
                e.getValue().withdraw(id, e.getKey());
                return true;
            });
            thrown.forEach(t -> disturbed(id, e.getKey().step(), t));
            return true;
        });
        memory.retries.keySet().retainAll(ids);
        Instant now = clock.instant();
        for (OperatorAction action : open) {
            Retry retry = memory.retries.get(action.id());
            if (!memory.offered.containsKey(action.id()) && (retry == null || !now.isBefore(retry.at()))) {
                offer(action, memory, now);
            }
        }
    }

    /** To the first operator that takes it; after one has thrown something, again later. Anybody may answer it meanwhile. */
    private void offer(OperatorAction action, Memory memory, Instant now) {
        List<Throwable> thrown = new ArrayList<>();
        Optional<Operator> operator = operator(action, thrown)
                .filter(o -> guarded(thrown, () -> {
                    o.offer(action);
                    return true;
                }));
        operator.ifPresent(o -> memory.offered.put(action.id(), o));
        thrown.forEach(e -> disturbed(action.activation(), action.step(), e));
        Retry before = memory.retries.remove(action.id());
        if (operator.isEmpty() && !thrown.isEmpty()) {
            int times = before == null ? 1 : before.times() + 1;
            memory.retries.put(action.id(), new Retry(times, now.plus(BackOff.after(times))));
        }
    }

    private Optional<Operator> operator(OperatorAction action, List<Throwable> thrown) {
        return operators.stream()
                .filter(o -> guarded(
                        thrown,
                        () -> (action.handedBack().isEmpty() || o.attention() == Attention.PERSON)
                                && o.accepts(action)))
                .findFirst();
    }

    private void disturbed(ActivationId id, StepId step, Throwable thrown) {
        journals.disturbances().add(id, Event.Place.OPERATOR, Optional.of(step), thrown);
    }

    /** What an operator throws, of whatever kind, must not stop the run. */
    private static boolean guarded(List<Throwable> thrown, BooleanSupplier call) {
        try {
            return call.getAsBoolean();
        } catch (Throwable e) {
            thrown.add(e);
            return false;
        }
    }
}
