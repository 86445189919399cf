package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationRetryPolicy;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.Answer;
import io.github.kaitsu.BlockReason;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Event;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.StepId;
import io.github.kaitsu.Waiting;
import io.github.kaitsu.spi.ActivationStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One decision in the making: what it knows, and what the parts of the decider have said so far. */
final class Turn {
    final RunState state;
    final StepPlan plan;
    final Inputs in;
    final ActivationRetryPolicy policy;
    private final List<Event> events = new ArrayList<>();
    private final List<ActivationStep> looks = new ArrayList<>();
    private final Map<CloudService, Waiting> waiting = new EnumMap<>(CloudService.class);
    private final Set<StepId> offered = new HashSet<>();
    private final Map<CloudService.Provider, String> pinning = new EnumMap<>(CloudService.Provider.class);
    private Optional<Instant> wakeAt = Optional.empty();

    /** The service that the decider speaks about right now; absent for the console's steps. */
    private Optional<CloudService> subject = Optional.empty();

    private Optional<CloudService> linking = Optional.empty();

    Turn(RunState state, StepPlan plan, Inputs in, ActivationRetryPolicy policy) {
        this.state = state;
        this.plan = plan;
        this.in = in;
        this.policy = policy;
    }

    void about(Optional<CloudService> service) {
        subject = service;
    }

    Optional<CloudService> subject() {
        return subject;
    }

    Instant now() {
        return in.now();
    }

    void emit(Event event) {
        events.add(event);
    }

    void look(ActivationStep step) {
        looks.add(step);
    }

    boolean hasEvents() {
        return !events.isEmpty();
    }

    /** Decide again at that time. */
    void alarm(Instant at) {
        if (wakeAt.isEmpty() || at.isBefore(wakeAt.get())) {
            wakeAt = Optional.of(at);
        }
    }

    /** The subject waits for a known time. */
    void waitUntil(Instant at) {
        alarm(at);
        subject.ifPresent(s -> {
            Waiting before = waiting.get(s);
            boolean isSooner = !(before instanceof Waiting.Until until) || at.isBefore(until.time());
            if (isSooner && !(before instanceof Waiting.ForLinkSlot)) {
                waiting.put(s, new Waiting.Until(at));
            }
        });
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

    void awaitSlot(String holder) {
        subject.ifPresent(s -> waiting.put(s, new Waiting.ForLinkSlot(holder)));
    }

    /** Asks an operator to act, unless it is asked already. */
    void offer(StepId step) {
        offer(step, false);
    }

    /** Asks an operator to look, unless it is asked already. */
    void ask(StepId step) {
        offer(step, true);
    }

    /**
     * Asks for a reading of the console.
     *
     * @return why nobody will read it any more; empty while somebody may
     */
    Optional<FailureReason> read(CloudService service) {
        StepId step = CoreSteps.id(service, CoreSteps.CONSOLE_READ);
        StepState x = state.step(step);
        if (x.open == null && x.refusals > 0 && x.answeredAt != null) {
            if (x.answer instanceof Answer.Declined) {
                return Optional.of(FailureReason.DECLINED);
            } else if (x.refusals >= policy.askings()) {
                return Optional.of(FailureReason.BLOCKED);
            } else if (isSignedOut(x)) {
                return signInAgain(step, x);
            } else if (now().isBefore(x.answeredAt.plus(policy.settle()))) {
                waitUntil(x.answeredAt.plus(policy.settle()));
                return Optional.empty();
            }
        }
        ask(step);
        return Optional.empty();
    }

    /** The console's session ended while its lists were to be read (COMMON-16). */
    static boolean isSignedOut(StepState read) {
        return read.answer instanceof Answer.Blocked blocked && blocked.reason() == BlockReason.EXPIRED;
    }

    private Optional<FailureReason> signInAgain(StepId read, StepState x) {
        StepState door = state.step(CoreSteps.SIGN_IN_AGAIN);
        boolean isAnswered = door.open == null && door.answer != null && door.answerNumber > x.answerNumber;
        if (isAnswered && door.answer instanceof Answer.Done) {
            ask(read);
        } else if (isAnswered && door.answer instanceof Answer.Declined) {
            return Optional.of(FailureReason.DECLINED);
        } else if (isAnswered && door.refusals >= policy.askings()) {
            return Optional.of(FailureReason.BLOCKED);
        } else {
            offer(CoreSteps.SIGN_IN_AGAIN);
        }
        return Optional.empty();
    }

    private void offer(StepId step, boolean question) {
        StepState x = state.step(step);
        if (x.open == null && offered.add(step)) {
            emit(new Event.Offered(
                    ActionId.of(step, x.asked + 1), step, question, Optional.of(now().plus(policy.overdueAfter()))));
        } else {
            awaitOperator(step);
        }
    }

    /** Notes that an open action is waited for, and calls it overdue when it is. */
    void awaitOperator(StepId step) {
        StepState x = state.step(step);
        if (x.open == null) {
            return;
        }
        if (x.overdueAt != null && !x.overdue) {
            if (now().isBefore(x.overdueAt)) {
                alarm(x.overdueAt);
            } else {
                emit(new Event.Overdue(x.open, step));
            }
        }
    }

    void conclude(StepId step, Evidence.Level level, String source, String detail) {
        emit(new Event.Concluded(step, new Evidence(level, source, now(), detail)));
        withdraw(step, "evidence");
    }

    void withdraw(StepId step, String reason) {
        StepState x = state.step(step);
        if (x.open != null) {
            emit(new Event.Withdrawn(x.open, step, reason));
        }
    }

    void fail(CloudService service, FailureReason reason, String detail) {
        end(service, ActivationStatus.FAILED, Optional.of(reason), detail);
    }

    void end(CloudService service, ActivationStatus status, Optional<FailureReason> reason, String detail) {
        plan.of(service).forEach(s -> withdraw(s.id(), status.name()));
        withdraw(CoreSteps.id(service, CoreSteps.CLEAR_PENDING), status.name());
        emit(new Event.ServiceEnded(service, status, reason, detail));
    }

    Decision decision() {
        return new Decision(events, looks, wakeAt, waiting);
    }
}
