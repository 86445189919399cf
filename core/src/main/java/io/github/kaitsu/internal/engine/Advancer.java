package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.StepId;
import io.github.kaitsu.consent.OwnAccess;
import io.github.kaitsu.internal.engine.Memory.Sleep;
import io.github.kaitsu.internal.engine.ProbeRunner.Sight;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.Journal;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.ActivationStore.Lease;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes happen what the {@link Decider} says: appends, asks for looks, offers, until nothing is left to do now. Whatever comes back is
 * appended as an event and decided upon anew, so a crash at any point loses nothing but time.
 *
 * <p>Looks are made by the caller, who holds no thread meanwhile: {@link #advance} ends with a {@link Looking}, and goes on with
 * {@link #seen}. A look needs no lease, an append does: of several processes only the one with the lease decides about a run, and
 * what finds nothing new writes nothing.
 *
 * <p>Thread-safe; of the threads of a process only one at a time advances a run.
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
    private final Offering offering;
    private final GivingBack givingBack;
    private final Memories memories;
    private final Set<ActivationId> offered = ConcurrentHashMap.newKeySet();

    /** How far a run came. */
    public sealed interface Outcome permits Ended, Busy, Asleep, Looking {}

    /**
     * It has ended.
     *
     * @param size how many events the journal has
     */
    public record Ended(long size) implements Outcome {}

    /** Another process, or another thread of this one, is at it. */
    public record Busy() implements Outcome {}

    /**
     * Nothing is left to do before that time, unless somebody answers.
     *
     * @param size how many events the journal had
     */
    public record Asleep(Optional<Instant> wakeAt, long size) implements Outcome {}

    /** @param remembered of so many runs is remembered what they look at, so that a look reads no journal */
    public Advancer(
            ActivationStore store,
            Journals journals,
            Provisioners provisioners,
            Decider decider,
            Clock clock,
            List<Operator> operators,
            OwnAccess access,
            int remembered) {
        this.memories = new Memories(remembered);
        this.store = store;
        this.journals = journals;
        this.claims = new Claims(store, journals);
        this.apps = new AppClaims(store, journals);
        this.provisioners = provisioners;
        this.decider = decider;
        this.clock = clock;
        this.offering = new Offering(operators, journals.disturbances(), clock);
        this.givingBack = new GivingBack(access);
    }

    // ---- from outside

    /** Advances a run as far as it goes without a look. */
    public Outcome advance(ActivationId id) throws InterruptedException {
        Memory memory = memories.of(id);
        return memory.enter() ? advance(id, memory) : new Busy();
    }

    /** The looks that a sleeping run needs, if looking is all there is to do now: nothing is read or decided for them. */
    public Optional<Looking> dueLooks(ActivationId id) {
        Optional<Memory> memory = memories.find(id);
        if (memory.isEmpty() || !memory.get().enter()) {
            return Optional.empty();
        }
        Optional<Looking> looks = Optional.ofNullable(memory.get().sleep).flatMap(s -> looks(id, memory.get(), s));
        if (looks.isEmpty()) {
            memory.get().leave();
        }
        return looks;
    }

    /** How many entries the journal of a run had when it fell asleep here; empty if nothing is known of it. */
    Optional<Long> sleepsAt(ActivationId id) {
        return memories.find(id)
                .flatMap(memory -> Optional.ofNullable(memory.sleep))
                .map(Sleep::size);
    }

    /** The runs of which the operators of this process were offered something that is not over, as far as it knows. */
    Set<ActivationId> offered() {
        return Set.copyOf(offered);
    }

    private void offer(List<OperatorAction> open, Memory memory, ActivationId id) {
        offering.offer(open, memory.offers, id);
        if (memory.offers.isNone()) {
            offered.remove(id);
        } else {
            offered.add(id);
        }
    }

    private Optional<Looking> looks(ActivationId id, Memory memory, Sleep sleep) {
        Instant now = clock.instant();
        Instant runs = now.plus(sleep.ahead());
        Map<ActivationStep, Optional<ProbeResult>> due = new LinkedHashMap<>();
        for (Watch watch : sleep.watches()) {
            Instant last = memory.lookedAt().get(watch.step().id());
            if (last != null && !runs.isBefore(watch.next(last))) {
                due.put(watch.step(), Optional.of(watch.known()));
            }
        }
        return due.isEmpty() || !sleep.isUndisturbed(now)
                ? Optional.empty()
                : Optional.of(new Looking(id, due, sleep.context(), sleep.size()));
    }

    /** Goes on with what was seen. */
    public Outcome seen(Looking looking, List<Sight> sights) throws InterruptedException {
        Memory memory = memories.of(looking.id());
        Sleep sleep = memory.sleep;
        if (sleep != null && sleep.size() == looking.size() && isNothingNew(looking, sights)) {
            Instant now = clock.instant();
            memory.looked(sights.stream().map(Sight::step).toList(), now.plus(sleep.ahead()));
            memory.leave();
            return new Asleep(Optional.of(nextLook(memory, sleep)), sleep.size());
        }
        return advance(looking.id(), memory, Optional.of(looking), sights);
    }

    private static boolean isNothingNew(Looking looking, List<Sight> sights) {
        Map<StepId, Optional<ProbeResult>> known = new HashMap<>();
        looking.steps().forEach((step, look) -> known.put(step.id(), look));
        return sights.stream().allMatch(s -> Optional.of(s.look()).equals(known.get(s.step())));
    }

    private static Instant nextLook(Memory memory, Sleep sleep) {
        Instant next = sleep.watches().stream()
                .map(w -> w.next(
                        Objects.requireNonNull(memory.lookedAt().get(w.step().id()))))
                .min(Comparator.naturalOrder())
                .orElseThrow()
                .minus(sleep.ahead());
        return sleep.decideAt().filter(at -> at.isBefore(next)).orElse(next);
    }

    /** The looks will not be made. */
    public void abandon(Looking looking) {
        memories.find(looking.id()).ifPresent(Memory::leave);
    }

    /** What a run waits for right now, without doing anything. */
    public Decision preview(RunState state) {
        StepPlan plan = StepPlan.of(state, provisioners);
        Map<StepId, Instant> lookedAt = new HashMap<>();
        Instant now = state.time().at(clock.instant());
        plan.all().forEach(s -> lookedAt.put(s.id(), now)); // another process's looks: at least not due
        memories.find(state.id()).ifPresent(memory -> lookedAt.putAll(memory.lookedAt()));
        return decider.decide(state, plan, inputs(state, plan, lookedAt, claims.slotHolder(state)));
    }

    /** What somebody is asked in a run right now, oldest first. */
    public List<OperatorAction> openActions(RunState state) {
        return Actions.open(state, StepPlan.of(state, provisioners));
    }

    // ---- turns

    /** A run's lease, taken as soon as there is something to write. */
    private final class Right implements AutoCloseable {
        private final ActivationId id;
        private @Nullable Lease lease;
        private boolean isBusy;

        Right(ActivationId id) {
            this.id = id;
        }

        /** @return empty if it was taken just now, so that all is to be decided anew, or if somebody else has it */
        Optional<Lease> take() {
            Lease held = lease;
            if (held != null) {
                return Optional.of(held);
            }
            lease = store.tryLease(id).orElse(null);
            isBusy = lease == null;
            return Optional.empty();
        }

        boolean isTaken() {
            return lease != null;
        }

        @Override
        public void close() {
            if (lease != null) {
                lease.close();
            }
        }
    }

    private Outcome advance(ActivationId id, Memory memory) throws InterruptedException {
        return advance(id, memory, Optional.empty(), List.of());
    }

    private Outcome advance(ActivationId id, Memory memory, Optional<Looking> looking, List<Sight> sights)
            throws InterruptedException {
        Optional<Outcome> outcome = Optional.empty();
        memory.sleep = null;
        try (Right right = new Right(id)) {
            boolean isKept = looking.isEmpty();
            while (!isKept && !right.isBusy) {
                isKept = keep(looking.get(), sights, memory, right);
            }
            while (outcome.isEmpty() && !right.isBusy) {
                outcome = turn(id, right, memory);
            }
            return outcome.orElseGet(Busy::new);
        } catch (RuntimeException | Error e) {
            memory.state = null; // perhaps folded in part
            if (!(e instanceof KaitsuException refusal) || refusal.code() == ErrorCode.IO_ERROR) {
                journals.disturbances().stopped(id, e);
            }
            throw e;
        } finally {
            if (outcome.filter(Looking.class::isInstance).isEmpty()) {
                memory.leave(); // else whoever makes the looks goes on
            }
        }
    }

    private RunState state(ActivationId id, Memory memory) {
        Journal journal = journals.load(id);
        RunState known = memory.state;
        RunState state = known == null ? journals.fold(journal) : known.catchUp(journal);
        memory.state = state;
        memories.used(id, memory);
        return state;
    }

    private Optional<Outcome> turn(ActivationId id, Right right, Memory memory) throws InterruptedException {
        RunState state = state(id, memory);
        List<Event> thrown = List.copyOf(journals.disturbances().besides(state.journal()));
        if (!thrown.isEmpty() && !state.isEnded()) { // written before anything that may throw it again
            right.take().ifPresent(lease -> {
                boolean ignored = journals.append(state, Optional.of(lease), thrown); // else before the next pause
            });
            return Optional.empty();
        }
        StepPlan plan = StepPlan.of(state, provisioners);
        tell(state, plan, memory);
        forgetLooksAfterAnswers(state.journal(), memory);
        Optional<String> slotHolder = claims.slotHolder(state);
        boolean isSettled =
                claims.isSettled(state, slotHolder) && state.everyRefusal().isEmpty();
        if (!isSettled && !right.isTaken()) {
            right.take();
            return Optional.empty();
        } else if (!isSettled) {
            claims.settle(state);
            apps.settle(state);
            slotHolder = claims.slotHolder(state);
        }
        if (state.isEnded()) {
            offer(List.of(), memory, id);
            memories.remove(id);
            return Optional.of(new Ended(state.size()));
        }
        Decision decision = decider.decide(state, plan, inputs(state, plan, memory.lookedAt(), slotHolder));
        if (!decision.events().isEmpty()) {
            Optional<Lease> lease = right.take();
            if (lease.isPresent()) {
                write(state, decision.events(), lease.get());
            }
            return Optional.empty();
        }
        if (!decision.looks().isEmpty()) {
            return Optional.of(looking(decision.looks(), state));
        }
        offer(Actions.open(state, plan), memory, id);
        if (!journals.disturbances().besides(state.journal()).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(asleep(state, decision, memory));
    }

    private void write(RunState state, List<Event> events, Lease lease) throws InterruptedException {
        if (claims.take(state, events)
                && journals.append(state, Optional.of(lease), givingBack.before(state, events, lease))) {
            claims.clear(state, events);
        }
    }

    private Asleep asleep(RunState state, Decision decision, Memory memory) {
        Instant now = clock.instant();
        Optional<Instant> retry = memory.offers.retries().min(Comparator.naturalOrder());
        Optional<Instant> decideAt = earliest(decision.decideAt(), retry);
        Optional<Instant> wakeAt = earliest(decision.wakeAt(), retry);
        wakeAt.ifPresent(at -> LOG.debug("activation {} waits; next look at {}", state.id(), at));
        memory.sleep = new Sleep(
                state.size(),
                now,
                decideAt,
                Duration.between(now, state.time().at(now)),
                context(state),
                decision.watches());
        return new Asleep(wakeAt, state.size());
    }

    private static Optional<Instant> earliest(Optional<Instant> one, Optional<Instant> other) {
        return Stream.concat(one.stream(), other.stream()).min(Comparator.naturalOrder());
    }

    /** One line for each change that this process sees; none for what it finds when it first comes. */
    private static void tell(RunState state, StepPlan plan, Memory memory) {
        Map<CloudService, ActivationStatus> now = new EnumMap<>(CloudService.class);
        plan.services().keySet().forEach(service -> now.put(service, Views.status(state, plan, service)));
        now.forEach((service, status) -> {
            ActivationStatus before = memory.told.get(service);
            if (before != null && before != status) {
                LOG.info("activation {}: {} is {}, was {}", state.id(), service, status, before);
            }
        });
        if (!now.equals(memory.told)) {
            memory.told = now;
        }
    }

    /** An answer, in time or late, is a reason to look at once. */
    private static void forgetLooksAfterAnswers(Journal journal, Memory memory) {
        for (JournalEntry entry : journal.entries()
                .subList((int) memory.answersSeen, journal.entries().size())) {
            if (entry.event() instanceof Event.Answered answered) {
                memory.forgetLook(answered.step());
                if (CoreSteps.providerOf(answered.step()).isPresent()) {
                    memory.forgetLooks(); // whatever was closed to us may be open now
                }
            } else if (entry.event() instanceof Event.Corrected || entry.event() instanceof Event.Gap) {
                memory.forgetLooks(); // what followed, or may have changed meanwhile, is looked at anew
                memory.offers.retryNow();
            } else if (entry.event() instanceof Event.LateAnswer late) {
                memory.forgetLook(late.action().step());
            }
        }
        memory.answersSeen = journal.size();
    }

    // ---- looks

    private ProbeContext context(RunState state) {
        return new ProbeContext(state.request().customer(), state.facts(), clock, state.begunAt());
    }

    private Looking looking(List<ActivationStep> steps, RunState state) {
        Map<ActivationStep, Optional<ProbeResult>> all = new LinkedHashMap<>();
        steps.forEach(step -> all.put(step, Optional.ofNullable(state.step(step.id()).look)));
        return new Looking(state.id(), all, context(state), state.size());
    }

    /**
     * Writes down what was seen. What is as it was before writes nothing; what was seen before somebody answered says nothing of what
     * the answer says, and is looked at again.
     *
     * @return false if it is to be tried again: the journal has grown, or the lease was taken just now
     */
    private boolean keep(Looking looking, List<Sight> sights, Memory memory, Right right) {
        RunState state = state(looking.id(), memory);
        boolean isOutdated = state.isEnded()
                || state.journal().entries().stream().skip(looking.size()).anyMatch(entry -> isSaid(entry.event()));
        if (isOutdated) {
            sights.forEach(sight -> memory.forgetLook(sight.step()));
            return true;
        }
        List<Event> found = new ArrayList<>();
        for (Sight sight : sights) {
            if (!sight.look().equals(state.step(sight.step()).look)) {
                found.add(new Event.Looked(sight.step(), sight.source(), sight.look()));
            }
        }
        if (!found.isEmpty()) {
            Optional<Lease> lease = right.take();
            if (lease.isEmpty() || !journals.append(state, lease, found)) {
                return false;
            }
        }
        memory.looked(sights.stream().map(Sight::step).toList(), state.time().at(clock.instant()));
        for (Sight sight : sights) {
            if (sight.look() instanceof ProbeResult.Refused refused) {
                StepPlan.serviceNamed(sight.step(), state.request().services())
                        .ifPresent(service -> apps.met(state, service.provider(), refused));
            }
        }
        return true;
    }

    private static boolean isSaid(Event event) {
        return event instanceof Event.Answered
                || event instanceof Event.LateAnswer
                || event instanceof Event.HandedIn
                || event instanceof Event.Corrected;
    }

    // ---- what a decision takes besides

    private DecisionInputs inputs(
            RunState state, StepPlan plan, Map<StepId, Instant> lookedAt, Optional<String> slotHolder) {
        return new DecisionInputs(
                clock.instant(),
                lookedAt,
                slotHolder,
                slotHolder.map(h -> claims.isLive(h, state)).orElse(false),
                slotHolder.map(h -> claims.isUnseen(h, state, provisioners)).orElse(false),
                step -> offering.attention(state, plan, step),
                read -> claims.isForeign(state, read),
                () -> claims.furnitureBesides(state),
                (provider, refused) -> apps.hold(state, provider, refused));
    }
}
