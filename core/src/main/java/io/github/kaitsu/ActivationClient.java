package io.github.kaitsu;

import io.github.kaitsu.consent.OwnAccess;
import io.github.kaitsu.internal.engine.Actions;
import io.github.kaitsu.internal.engine.Advancer;
import io.github.kaitsu.internal.engine.Advancer.Outcome;
import io.github.kaitsu.internal.engine.Answers;
import io.github.kaitsu.internal.engine.Claims;
import io.github.kaitsu.internal.engine.Decider;
import io.github.kaitsu.internal.engine.DriftCheck;
import io.github.kaitsu.internal.engine.Planner;
import io.github.kaitsu.internal.engine.ProbeRunner;
import io.github.kaitsu.internal.engine.Provisioners;
import io.github.kaitsu.internal.engine.RunState;
import io.github.kaitsu.internal.engine.RunStates;
import io.github.kaitsu.internal.engine.StepPlan;
import io.github.kaitsu.internal.engine.Views;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.Journal;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.AnswerAdmission;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.ActivationStore.Lease;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans, begins, answers and watches activations; one per process, for all customers. Thread-safe.
 *
 * <p>Without {@link #start()} a client only reads and answers; what it begins is advanced by whichever process has started, or by
 * {@link #advance(ActivationId)}, one call at a time, for batches and cron jobs.
 */
public final class ActivationClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ActivationClient.class);

    private final ActivationStore store;
    private final RunStates states = new RunStates();
    private final Provisioners provisioners;
    private final Clock clock;
    private final AnswerAdmission admission;
    private final Advancer advancer;
    private final Planner planner;
    private final DriftCheck driftCheck;
    private final List<ActivationListener> listeners;
    private final List<Operator> operators;
    private final ChangeSignal changes = new ChangeSignal();
    private @Nullable Alarm alarm;

    private ActivationClient(Builder builder) {
        this.store = Objects.requireNonNull(builder.store, "a client needs a store");
        this.provisioners = new Provisioners(builder.provisioners);
        this.clock = builder.clock;
        this.admission = builder.admission;
        ProbeRunner lookout = new ProbeRunner(builder.executor, clock);
        this.listeners = List.copyOf(builder.listeners);
        this.operators = List.copyOf(builder.operators);
        this.advancer = new Advancer(
                store,
                states,
                provisioners,
                new Decider(builder.policy),
                clock,
                lookout,
                builder.operators,
                builder.ownAccess,
                this::tell);
        this.planner = new Planner(
                provisioners,
                lookout,
                clock,
                builder.policy,
                operators.stream().noneMatch(o -> o.attention() == Operator.Attention.MACHINE));
        this.driftCheck = new DriftCheck(lookout, clock);
    }

    public static Builder builder() {
        return new Builder();
    }

    // ---- planning and beginning

    /** What an activation would do; writes nothing. */
    public ActivationPlan plan(ActivationRequest request, PlanDepth depth) throws InterruptedException {
        return planner.plan(request, depth);
    }

    /** What a removal would do; writes nothing. */
    public ActivationPlan planRemoval(CustomerId customer, Collection<CloudService> services)
            throws InterruptedException {
        return planRemoval(removal(customer, services));
    }

    /** As {@link #planRemoval(CustomerId, Collection)}. */
    public ActivationPlan planRemoval(RemovalRequest request) throws InterruptedException {
        return planner.plan(request, PlanDepth.OFFLINE);
    }

    /**
     * Begins an activation. The same id and request again is the same activation.
     *
     * @throws KaitsuException INVALID_REQUEST if another request was begun under the id; CUSTOMER_BUSY while another run of the
     *     customer is not over; SERVICE_NOT_CONFIGURED
     */
    public Activation begin(ActivationId id, ActivationRequest request) {
        return begin(id, (RunRequest) request);
    }

    /** Begins the removal of services; the same rules as for {@link #begin}. */
    public Activation beginRemoval(ActivationId id, CustomerId customer, Set<CloudService> services) {
        return beginRemoval(id, removal(customer, services));
    }

    /** As {@link #beginRemoval(ActivationId, CustomerId, Set)}. */
    public Activation beginRemoval(ActivationId id, RemovalRequest request) {
        return begin(id, (RunRequest) request);
    }

    private static RemovalRequest removal(CustomerId customer, Collection<CloudService> services) {
        return RemovalRequest.builder(customer).services(services).build();
    }

    private Activation begin(ActivationId id, RunRequest request) {
        provisioners.check(request);
        Optional<Journal> existing = store.load(id);
        if (existing.isEmpty()) {
            existing = write(id, new Event.Begun(request));
        }
        if (existing.isPresent()) {
            RunState state = states.of(existing.get());
            if (!state.request().equals(request)) {
                throw KaitsuException.of(ErrorCode.INVALID_REQUEST, "other-run", id);
            }
        }
        changed(id);
        return new Activation(this, id);
    }

    /**
     * Claims the customer and writes the first entry, under the run's lease: whoever finds a claim without a journal can tell by
     * the lease whether somebody is just beginning or died on the way.
     *
     * @return what somebody else began under this id meanwhile
     */
    private Optional<Journal> write(ActivationId id, Event.Begun begun) {
        Optional<Lease> free = store.tryLease(id);
        if (free.isEmpty()) { // somebody begins it at this very moment
            return Optional.of(store.load(id).orElseThrow(() -> KaitsuException.of(ErrorCode.STORE_BUSY, "", id)));
        }
        try (Lease lease = free.get()) {
            LOG.debug("beginning {} under lease {}", id, lease.fencingToken());
            Optional<Journal> meanwhile = store.load(id);
            if (meanwhile.isPresent()) {
                return meanwhile;
            }
            claimCustomer(id, begun.request().customer());
            append(id, 0, beginning(begun));
            return Optional.empty();
        }
    }

    /** A removal knows what the activations learnt: absence in some other tenant would prove nothing. */
    private List<Event> beginning(Event.Begun begun) {
        Facts known = Facts.none();
        if (begun.run() == Event.Run.REMOVAL) {
            for (RunState run : endedRuns(begun.request().customer()).stream()
                    .sorted(Comparator.comparing(RunState::begunAt))
                    .filter(run -> run.run() == Event.Run.ACTIVATION)
                    .toList()) {
                known = known.with(run.facts().lasting().asMap());
            }
        }
        return known.equals(Facts.none()) ? List.of(begun) : List.of(begun, new Event.Inherited(known));
    }

    private void claimCustomer(ActivationId id, CustomerId customer) {
        ActivationStore.ClaimKey key = Claims.customer(customer);
        while (!store.claim(key, id.value())) {
            Optional<String> holder = store.claimant(key);
            if (holder.isPresent() && !isOver(ActivationId.of(holder.get()))) {
                throw KaitsuException.of(ErrorCode.CUSTOMER_BUSY, "", holder.get());
            }
            holder.ifPresent(h -> store.release(key, h)); // its process died between the end and the release
        }
    }

    private boolean isOver(ActivationId id) {
        Optional<Journal> journal = store.load(id);
        if (journal.isPresent()) {
            return states.of(journal.get()).isEnded();
        }
        Optional<Lease> lease = store.tryLease(id);
        boolean isAbandoned = lease.isPresent() && store.size(id) == 0; // its process died after the claim
        lease.ifPresent(Lease::close);
        return isAbandoned;
    }

    // ---- finding

    /** The handle of a run, or empty if nothing was begun under this id. */
    public Optional<Activation> find(ActivationId id) {
        return store.load(id).map(j -> new Activation(this, id));
    }

    /** All runs in the store. */
    public List<ActivationId> activations() {
        return store.all().stream()
                .sorted(Comparator.comparing(ActivationId::value))
                .toList();
    }

    ActivationView view(ActivationId id) {
        RunState state = state(id);
        StepPlan plan = advancer.plan(state);
        return Views.of(state, plan, advancer.preview(state), provisioners);
    }

    /** Everything that happened in a run, oldest first. */
    public List<JournalEntry> events(ActivationId id) {
        return journal(id).entries();
    }

    Optional<ActivationView> await(ActivationId id, Duration patience) throws InterruptedException {
        boolean over = changes.awaitUntil(() -> state(id).isEnded(), patience);
        return over ? Optional.of(view(id)) : Optional.empty();
    }

    // ---- answering

    /**
     * Answers an action, from any process. The same answer twice is success.
     *
     * <p>What says the opposite of an action that is closed already is kept and counts: before the end it reopens what it
     * contradicts, afterwards it is shown as drift.
     *
     * @throws KaitsuException ACTION_GONE if the action was closed meanwhile and this agrees (the answer is kept in the journal);
     *     ACTION_NOT_FOUND; ANSWER_FORM, and the action stays open; ANSWER_NOT_ADMITTED
     */
    public void answer(ActivationId id, ActionId action, Answer answer) {
        answer(id, action, answer, Optional.empty());
    }

    /**
     * Answers an action with what a machine has read off the page itself, so that it verifies: only for an operator that this
     * client was built with and whose attention is a machine's. What a program posts in a person's name stays a person's word.
     *
     * @throws IllegalArgumentException if the operator is none of this client's machines
     */
    public void answerAsRead(Operator machine, ActivationId id, ActionId action, Answer answer) {
        if (!operators.contains(machine) || machine.attention() != Operator.Attention.MACHINE) {
            throw new IllegalArgumentException("not a machine of this client");
        }
        answer(id, action, answer, Optional.of(machine));
    }

    private void answer(ActivationId id, ActionId action, Answer answer, Optional<Operator> readBy) {
        Answers.checkLength(answer);
        while (true) {
            Journal journal = journal(id);
            RunState state = states.of(journal);
            StepPlan plan = advancer.plan(state);
            Optional<OperatorAction> open = Actions.open(state, plan).stream()
                    .filter(a -> a.id().equals(action))
                    .findFirst();
            open.filter(a -> readBy.isEmpty() && !admission.admits(a, answer.by()))
                    .ifPresent(a -> {
                        throw KaitsuException.of(ErrorCode.ANSWER_NOT_ADMITTED, "", answer.by(), action);
                    });
            Event event;
            if (open.isPresent()) {
                event = new Event.Answered(
                        action, open.get().step(), Answers.fitting(open.get(), answer), readBy.isPresent());
            } else if (answeredAlready(journal, action, answer)) {
                return;
            } else {
                checkOffered(journal, action);
                event = late(action, answer, readBy.isPresent());
            }
            if (appended(id, state, event)) {
                if (open.isEmpty() && event instanceof Event.LateAnswer && !Answers.isRefusal(answer)) {
                    throw KaitsuException.of(ErrorCode.ACTION_GONE, "", action);
                }
                return;
            }
        }
    }

    /**
     * Hands in pages of the console, or their short forms, at any time, whether somebody asked for them or not. If a reading is
     * asked for, this answers it.
     *
     * @throws KaitsuException ANSWER_FORM if nothing of the console can be recognised in the text
     */
    public void handIn(ActivationId id, Answer.Saw reading) {
        Answers.checkConsole(reading);
        while (true) {
            RunState state = state(id);
            Optional<ActionId> asked = Actions.open(state, advancer.plan(state)).stream()
                    .filter(a -> a.form().kind() == AnswerForm.Kind.CONSOLE_TEXT)
                    .map(OperatorAction::id)
                    .findFirst();
            if (asked.isPresent()) {
                answer(id, asked.get(), reading);
                return;
            }
            if (appended(id, state, new Event.HandedIn(reading, false))) {
                return;
            }
        }
    }

    /**
     * Takes back what was answered to an action by mistake, by whom and when it is noted. Nothing is rewritten: what followed from
     * the answer is looked at anew, and after the end it is shown as no longer vouched for. Taking back twice is success.
     *
     * @throws KaitsuException ACTION_NOT_FOUND if nobody has answered this action
     */
    public void correct(ActivationId id, ActionId action, String by) {
        takeBack(
                id,
                by,
                action.value(),
                e -> e instanceof Event.Answered a && a.action().equals(action));
    }

    /**
     * Takes back the newest reading of the console, asked for or not.
     *
     * @throws KaitsuException ACTION_NOT_FOUND if nobody has read it
     */
    public void correctReading(ActivationId id, String by) {
        takeBack(
                id,
                by,
                "console",
                e -> e instanceof Event.HandedIn
                        || (e instanceof Event.Answered a
                                && a.answer() instanceof Answer.Saw
                                && Actions.isReading(a.step())));
    }

    private void takeBack(ActivationId id, String by, String what, Predicate<Event> answer) {
        String who = Answer.done(by).by();
        while (true) {
            Journal journal = journal(id);
            long entry = journal.entries().stream()
                    .filter(e -> answer.test(e.event()))
                    .mapToLong(JournalEntry::number)
                    .max()
                    .orElseThrow(() -> KaitsuException.of(ErrorCode.ACTION_NOT_FOUND, "", what));
            boolean isTakenBack = journal.entries().stream()
                    .anyMatch(e -> e.event() instanceof Event.Corrected c && c.entry() == entry);
            if (isTakenBack || appended(id, states.of(journal), new Event.Corrected(entry, who))) {
                return;
            }
        }
    }

    /** Pages of the console tell something whenever they come, also where other parts are asked for by now. */
    private static Event late(ActionId action, Answer answer, boolean readByMachine) {
        if (answer instanceof Answer.Saw saw && Actions.isReading(action.step())) {
            Answers.checkConsole(saw);
            return new Event.HandedIn(saw, readByMachine);
        }
        return new Event.LateAnswer(action, answer);
    }

    private static boolean answeredAlready(Journal journal, ActionId action, Answer answer) {
        return journal.entries().stream()
                .anyMatch(e -> e.event() instanceof Event.Answered a
                        && a.action().equals(action)
                        && isSame(a.answer(), answer));
    }

    private static boolean isSame(Answer one, Answer other) {
        if (one instanceof Answer.Saw a && other instanceof Answer.Saw b) {
            return a.by().equals(b.by())
                    && a.text().strip().equalsIgnoreCase(b.text().strip());
        }
        return one.equals(other);
    }

    private static void checkOffered(Journal journal, ActionId action) {
        boolean offered = journal.entries().stream()
                .anyMatch(
                        e -> e.event() instanceof Event.Offered o && o.action().equals(action));
        if (!offered) {
            throw KaitsuException.of(ErrorCode.ACTION_NOT_FOUND, "", action);
        }
    }

    /** Ends a run at the next opportunity; nothing at the provider is undone. Cancelling twice is success. */
    public void cancel(ActivationId id, String by) {
        while (true) {
            RunState state = state(id);
            if (state.isEnded() || state.isCancelled()) {
                return;
            }
            if (appended(id, state, new Event.CancelRequested(by))) {
                return;
            }
        }
    }

    private boolean appended(ActivationId id, RunState state, Event event) {
        try {
            append(id, state.size(), List.of(event));
        } catch (KaitsuException e) {
            if (e.code() == ErrorCode.STORE_CONFLICT) {
                return false;
            }
            throw e;
        }
        changed(id);
        return true;
    }

    private void append(ActivationId id, long after, List<Event> events) {
        List<JournalEntry> entries = Advancer.number(events, after, clock.instant());
        store.append(id, after, Optional.empty(), entries);
        entries.forEach(entry -> tell(id, entry));
    }

    private void tell(ActivationId id, JournalEntry entry) {
        for (ActivationListener listener : listeners) {
            try {
                listener.happened(id, entry);
            } catch (RuntimeException e) { // the event is durable, whatever a listener makes of it
                LOG.warn("a listener failed", e);
            }
        }
    }

    // ---- long after

    /**
     * Looks again at everything that a customer's ended activations claimed and no later removal took back; writes nothing.
     *
     * @throws KaitsuException ACTIVATION_NOT_FOUND
     */
    public DriftReport verify(CustomerId customer) throws InterruptedException {
        return verify(customer, Optional.empty());
    }

    /**
     * The same, with the console's pages as somebody has just read them: what no API tells is looked at there, for all services at
     * once.
     *
     * @throws KaitsuException ACTIVATION_NOT_FOUND; ANSWER_FORM if nothing of the console can be recognised in the text
     */
    public DriftReport verify(CustomerId customer, Answer.Saw console) throws InterruptedException {
        Answers.checkConsole(console);
        return verify(customer, Optional.of(console));
    }

    private DriftReport verify(CustomerId customer, Optional<Answer.Saw> console) throws InterruptedException {
        List<RunState> runs = endedRuns(customer);
        RunState newest = runs.stream()
                .filter(s -> s.run() == Event.Run.ACTIVATION)
                .findFirst()
                .orElseThrow(() -> KaitsuException.of(ErrorCode.ACTIVATION_NOT_FOUND, "customer", customer));
        List<DriftReport.Finding> findings = new ArrayList<>();
        Set<CloudService> settled = EnumSet.noneOf(CloudService.class);
        for (RunState run : runs) { // each service as the newest run that protected or removed it left it
            Set<CloudService> left = run.settledServices();
            left.removeAll(settled);
            if (run.run() == Event.Run.ACTIVATION) {
                findings.addAll(driftCheck.check(run, advancer.plan(run), left, console));
            }
            settled.addAll(left);
        }
        if (findings.isEmpty()) { // nothing was ever protected, or all of it was removed: no answer would be honest
            throw KaitsuException.of(ErrorCode.ACTIVATION_NOT_FOUND, "customer", customer);
        }
        return new DriftReport(newest.id(), customer, clock.instant(), findings, driftCheck.reading(newest, findings));
    }

    /** Newest first. */
    private List<RunState> endedRuns(CustomerId customer) {
        return store.all().stream()
                .flatMap(id -> readable(id).stream())
                .filter(s -> s.isEnded() && s.request().customer().equals(customer))
                .sorted(Comparator.comparing(RunState::begunAt).reversed())
                .toList();
    }

    /** One run's damaged journal says nothing about another customer. */
    private Optional<RunState> readable(ActivationId id) {
        try {
            return store.load(id).map(states::of);
        } catch (KaitsuException e) {
            LOG.warn("the journal of {} cannot be read: {}", id, e.code());
            return Optional.empty();
        }
    }

    // ---- advancing

    /**
     * Advances a run as far as it goes now, in this thread.
     *
     * @return when to come again at the latest; empty if the run has ended or another process is at it
     */
    public Optional<Instant> advance(ActivationId id) throws InterruptedException {
        journal(id);
        Optional<Outcome> outcome = advancer.advance(id);
        changes.signal();
        return outcome.flatMap(Outcome::wakeAt);
    }

    /** Keeps every run in the store going, those begun elsewhere too, until {@link #close()}. Starting twice is harmless. */
    public synchronized void start() {
        if (alarm == null) {
            alarm = new Alarm(store, advancer, clock, changes);
        }
    }

    /** Stops advancing and closes the store. Runs go on where they are when some process starts again. */
    @Override
    public void close() {
        Alarm last;
        synchronized (this) {
            last = alarm;
            alarm = null;
        }
        if (last != null) {
            last.close(); // not under the lock: an operator may be answering just now
        }
        store.close();
    }

    private void changed(ActivationId id) {
        changes.signal();
        Alarm current;
        synchronized (this) {
            current = alarm;
        }
        if (current != null) {
            current.ring(id);
        }
    }

    private RunState state(ActivationId id) {
        return states.of(journal(id));
    }

    private Journal journal(ActivationId id) {
        return store.load(id).orElseThrow(() -> KaitsuException.of(ErrorCode.ACTIVATION_NOT_FOUND, "", id));
    }

    /** Not thread-safe. */
    public static final class Builder {
        private final List<ServiceAccountProvisioner> provisioners = new ArrayList<>();
        private final List<Operator> operators = new ArrayList<>();
        private final List<ActivationListener> listeners = new ArrayList<>();
        private @Nullable ActivationStore store;
        private OwnAccess ownAccess = OwnAccess.none();
        private Clock clock = Clock.systemUTC();
        private Executor executor = Runnable::run;
        private ActivationRetryPolicy policy = ActivationRetryPolicy.ofDefaults();

        private AnswerAdmission admission = (action, by) -> true;

        private Builder() {}

        /** Who may answer which action: answers can be bound to the person that is expected. Default: anybody. */
        public Builder answersOnlyBy(AnswerAdmission some) {
            this.admission = some;
            return this;
        }

        public Builder provisioner(ServiceAccountProvisioner provisioner) {
            provisioners.add(provisioner);
            return this;
        }

        public Builder provisioners(Collection<? extends ServiceAccountProvisioner> some) {
            provisioners.addAll(some);
            return this;
        }

        /** Required. Closed with the client. */
        public Builder store(ActivationStore where) {
            this.store = where;
            return this;
        }

        /** Those added first are preferred. None: actions stay open until somebody answers. */
        public Builder operator(Operator operator) {
            operators.add(operator);
            return this;
        }

        public Builder listener(ActivationListener listener) {
            listeners.add(listener);
            return this;
        }

        /**
         * What gives the own app's access back when a run ends, unless its request keeps it. Default: nothing is given back; the
         * connections' tokens are the host's own affair.
         */
        public Builder ownAccess(OwnAccess access) {
            this.ownAccess = access;
            return this;
        }

        /** Default: the system's. */
        public Builder clock(Clock some) {
            this.clock = some;
            return this;
        }

        /** Makes looks side by side. Default: one after the other, on the thread that advances. */
        public Builder executor(Executor some) {
            this.executor = some;
            return this;
        }

        public Builder policy(ActivationRetryPolicy some) {
            this.policy = some;
            return this;
        }

        public ActivationClient build() {
            return new ActivationClient(this);
        }
    }
}
