package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationRetryPolicy;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.SlotOwner;
import io.github.kaitsu.Statement;
import io.github.kaitsu.StepId;
import io.github.kaitsu.Waiting;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.Event.WithdrawReason;
import io.github.kaitsu.operator.Operator.Attention;
import io.github.kaitsu.provision.ActivationStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One decision in the making: what it knows, and what the parts of the decider have said so far. */
final class DecisionBuilder {
    final RunState state;
    final StepPlan plan;
    final DecisionInputs in;
    final ActivationRetryPolicy policy;
    private final List<Event> events = new ArrayList<>();
    private final List<ActivationStep> looks = new ArrayList<>();
    private final Map<CloudService, Waiting> waiting = new EnumMap<>(CloudService.class);
    private final Set<StepId> offered = new HashSet<>();
    private final Map<CloudService.Provider, String> pinning = new EnumMap<>(CloudService.Provider.class);
    private final List<Watch> watches = new ArrayList<>();
    private Optional<Instant> decideAt = Optional.empty();
    private Optional<Instant> lookAt = Optional.empty();
    private final Instant now;

    /** Whether so long nothing happened that it must be written down. */
    private boolean isSilent;

    /** What has to be read of the console. */
    final ConsoleAsks console;

    /** How often persons are called to work. */
    final Calls calls;

    /** The service that the decider speaks about right now; absent for the console's steps. */
    private Optional<CloudService> subject = Optional.empty();

    private Optional<CloudService> linking = Optional.empty();

    DecisionBuilder(RunState state, StepPlan plan, DecisionInputs in, ActivationRetryPolicy policy) {
        this.state = state;
        this.plan = plan;
        this.in = in;
        this.policy = policy;
        this.now = state.time().at(in.now());
        this.console = new ConsoleAsks(this);
        this.calls = new Calls(this);
    }

    void about(Optional<CloudService> service) {
        subject = service;
    }

    Optional<CloudService> subject() {
        return subject;
    }

    /** In the run's time, as all times of a decision in the making. */
    Instant now() {
        return now;
    }

    /** Whether a time has passed that began with a journal entry, be it in a gap; else it is decided again then. */
    boolean isPast(long from, Duration length) {
        Instant end = state.time().of(from).plus(length);
        boolean isPast = !now.isBefore(end);
        if (!isPast) {
            alarm(end);
        }
        return isPast;
    }

    /**
     * Whether a time is over that began with a journal entry, so that something may end or fail; else it is decided again as soon as it
     * may be.
     */
    boolean isOver(long from, Duration length) {
        RunTime time = state.time();
        if (time.isOver(from, length, now)) {
            return true;
        }
        Instant end = time.end(from, length);
        Instant heardOf = time.heardOf(length);
        isSilent |= !now.isBefore(heardOf);
        alarm(heardOf.isBefore(end) ? heardOf : end);
        return false;
    }

    /** The run was looked after, and nothing else happened. */
    void noteWaiting() {
        if (isSilent && events.isEmpty()) {
            emit(new Event.Waited());
        }
    }

    void emit(Event event) {
        events.add(event);
    }

    void look(ActivationStep step) {
        looks.add(step);
    }

    /** Instead of all events and looks of this decision; what is waited for stands. */
    void only(Event event) {
        events.clear();
        looks.clear();
        events.add(event);
    }

    boolean hasEvents() {
        return !events.isEmpty();
    }

    /** Decide again at that time. */
    void alarm(Instant at) {
        decideAt = Optional.of(earlier(decideAt, at));
    }

    private static Instant earlier(Optional<Instant> one, Instant other) {
        return one.filter(o -> o.isBefore(other)).orElse(other);
    }

    /** The subject waits for what the next look at a step shows. */
    void watch(Watch some, Instant next) {
        watches.add(some);
        lookAt = Optional.of(earlier(lookAt, next));
        subject.ifPresent(s -> waitsUntil(s, next));
    }

    /** The subject waits for a known time. */
    void waitUntil(Instant at) {
        waitUntil(subject.map(Set::of).orElse(Set.of()), at);
    }

    void waitUntil(Set<CloudService> some, Instant at) {
        alarm(at);
        some.forEach(s -> waitsUntil(s, at));
    }

    private void waitsUntil(CloudService service, Instant at) {
        Waiting before = waiting.get(service);
        boolean isSooner = !(before instanceof Waiting.Until until) || at.isBefore(until.time());
        if (isSooner && !(before instanceof Waiting.ForLinkSlot)) {
            waiting.put(service, new Waiting.Until(at));
        }
    }

    /** Pins a provider's tenant at its first look, and says which one is pinned. */
    String pinTenant(CloudService.Provider provider, String tenant) {
        String pinned = state.tenants().getOrDefault(provider, pinning.get(provider));
        if (pinned != null) {
            return pinned;
        }
        pinning.put(provider, tenant);
        emit(new Event.TenantPinned(provider, tenant));
        return tenant;
    }

    /** The service of this run that is linking or about to. */
    Optional<CloudService> linking() {
        return linking.or(() -> plan.services().keySet().stream()
                .filter(s -> state.service(s).slot && !state.service(s).isEnded())
                .findFirst());
    }

    void startsLinking(CloudService service) {
        linking = Optional.of(service);
    }

    void awaitSlot(Optional<SlotOwner> holder, String line) {
        subject.ifPresent(s -> waiting.put(s, new Waiting.ForLinkSlot(holder, line)));
    }

    /** Asks an operator to act, unless it is asked already. */
    void offer(StepId step) {
        offer(step, false, Optional.empty());
    }

    /** Asks an operator to look, unless it is asked already. */
    void ask(StepId step) {
        offer(step, true, Optional.empty());
    }

    /** Asks about the console. */
    void ask(StepId step, Event.ReadingAsk about) {
        offer(step, true, Optional.of(about));
    }

    private void offer(StepId step, boolean question, Optional<Event.ReadingAsk> about) {
        StepState stepState = state.step(step);
        if (stepState.open == null && offered.add(step)) {
            if (in.attention(step) == Attention.PERSON && !CoreSteps.isAppOwners(step)) {
                calls.call(step);
            }
            emit(new Event.Offered(
                    ActionId.of(step, stepState.asked + 1),
                    step,
                    question,
                    Optional.of(in.now().plus(policy.overdueAfter())),
                    about));
        } else {
            awaitOperator(step);
        }
    }

    /** Notes that an open action is waited for, and calls it overdue when it is. */
    void awaitOperator(StepId step) {
        StepState stepState = state.step(step);
        if (stepState.open == null) {
            return;
        }
        if (stepState.overdueAt != null
                && !stepState.overdue
                && isPast(stepState.openNumber, Duration.between(stepState.openSince, stepState.overdueAt))) {
            emit(new Event.Overdue(stepState.open, step));
        }
    }

    /** By what a machine saw, or what follows from other steps. */
    void conclude(StepId step, Evidence.Level level, Evidence.Source source, Statement seen) {
        conclude(step, level, source, seen, Optional.empty());
    }

    /** @param basis the journal entry of the answer or reading it rests on */
    void conclude(StepId step, Evidence.Level level, Evidence.Source source, Statement seen, Optional<Long> basis) {
        emit(new Event.Concluded(step, new Evidence(level, seen, source, in.now()), basis));
        withdraw(step, WithdrawReason.EVIDENCE);
    }

    void withdraw(StepId step, WithdrawReason reason) {
        StepState stepState = state.step(step);
        if (stepState.open != null) {
            emit(new Event.Withdrawn(stepState.open, step, reason));
        }
    }

    void fail(CloudService service, FailureReason reason, StepId step, Statement detail) {
        end(service, ActivationStatus.FAILED, Optional.of(reason), Optional.of(step), detail);
    }

    void end(
            CloudService service,
            ActivationStatus status,
            Optional<FailureReason> reason,
            Optional<StepId> step,
            Statement detail) {
        plan.of(service).all().forEach(s -> withdraw(s.id(), WithdrawReason.ENDED));
        for (String asked : List.of(CoreSteps.CLEAR_PENDING, CoreSteps.OWN_TEXT, CoreSteps.SENTENCE)) {
            withdraw(CoreSteps.id(service, asked), WithdrawReason.ENDED);
        }
        emit(new Event.ServiceEnded(service, status, reason, step, detail));
    }

    Decision decision() {
        waiting.replaceAll((service, some) ->
                some instanceof Waiting.Until until ? new Waiting.Until(byClock(until.time())) : some);
        Optional<Instant> wakeAt = lookAt.map(at -> earlier(decideAt, at)).or(() -> decideAt);
        return new Decision(events, looks, decideAt.map(this::byClock), watches, wakeAt.map(this::byClock), waiting);
    }

    private Instant byClock(Instant time) {
        return in.now().plus(Duration.between(now, time));
    }
}
