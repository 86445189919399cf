package io.github.kaitsu;

import io.github.kaitsu.consent.OwnAccess;
import io.github.kaitsu.internal.engine.Advancer;
import io.github.kaitsu.internal.engine.Advancer.Asleep;
import io.github.kaitsu.internal.engine.Advancer.Busy;
import io.github.kaitsu.internal.engine.Advancer.Ended;
import io.github.kaitsu.internal.engine.Advancer.Outcome;
import io.github.kaitsu.internal.engine.AlarmQueue;
import io.github.kaitsu.internal.engine.Beginning;
import io.github.kaitsu.internal.engine.Decider;
import io.github.kaitsu.internal.engine.DriftCheck;
import io.github.kaitsu.internal.engine.EngineRoom;
import io.github.kaitsu.internal.engine.Forgetting;
import io.github.kaitsu.internal.engine.Intake;
import io.github.kaitsu.internal.engine.Journals;
import io.github.kaitsu.internal.engine.Looking;
import io.github.kaitsu.internal.engine.Planner;
import io.github.kaitsu.internal.engine.ProbeRunner;
import io.github.kaitsu.internal.engine.Provisioners;
import io.github.kaitsu.internal.engine.RunState;
import io.github.kaitsu.internal.engine.Views;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.AnswerAdmission;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.AlarmClock;
import io.github.kaitsu.store.AlarmClock.Sleeper;
import io.github.kaitsu.store.RunPage;
import io.github.kaitsu.store.RunQuery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Plans, begins, answers and watches activations; one per process, for all customers. Thread-safe.
 *
 * <p>Without {@link #start()} a client only reads and answers; what it begins is advanced by whichever process has started, or by
 * {@link #advance(ActivationId)}, one call at a time, for batches and cron jobs.
 */
public final class ActivationClient implements AutoCloseable {
    /** Where every node is woken for every run, one remembers so many at most: about 50 MB. */
    private static final int REMEMBERED = 65_536;

    private final ActivationStore store;
    private final Journals journals;
    private final Provisioners provisioners;
    private final Clock clock;
    private final Planner planner;
    private final Beginning beginning;
    private final Intake intake;
    private final Advancer advancer;
    private final DriftCheck driftCheck;
    private final Forgetting forgetting;
    private final Optional<Duration> retention;
    private final List<Operator> operators;
    private final ChangeSignal changes = new ChangeSignal();
    private final ProbeRunner probes;
    private final EngineRoom.Looks looks;
    private final AlarmClock alarmClock;
    private final EngineObserver observer;
    private @Nullable EngineRoom engine;
    private volatile boolean closed;

    private ActivationClient(Builder builder) {
        this.store = Objects.requireNonNull(builder.store, "a client needs a store");
        this.provisioners = new Provisioners(builder.provisioners);
        this.clock = builder.clock;
        this.operators = List.copyOf(builder.operators);
        this.journals = new Journals(store, provisioners, clock, builder.listeners);
        this.probes = new ProbeRunner(builder.executor.orElse(Runnable::run));
        this.looks = new EngineRoom.Looks(builder.executor, builder.looksPerProvider, builder.looksPerCustomer);
        boolean isReadByPerson = operators.stream().noneMatch(o -> o.attention() == Operator.Attention.MACHINE);
        this.planner = new Planner(provisioners, probes, clock, builder.policy, isReadByPerson);
        this.beginning = new Beginning(store, journals, provisioners);
        this.intake = new Intake(journals, provisioners, builder.admission, this::changed);
        this.observer = builder.observer;
        this.alarmClock = builder.alarmClock.orElseGet(() -> new AlarmQueue(store, journals));
        this.advancer = new Advancer(
                store,
                journals,
                provisioners,
                new Decider(builder.policy),
                clock,
                operators,
                builder.ownAccess,
                alarmClock.isShared() ? REMEMBERED : Integer.MAX_VALUE);
        this.driftCheck = new DriftCheck(journals, provisioners, probes, clock);
        this.forgetting = new Forgetting(store, journals, builder.ownAccess, builder.keepers, clock);
        this.retention = builder.retention;
    }

    /** Begins one: a store is required, and a provisioner for each service that requests will name. */
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
     * Begins an activation. The same id and request again is the same activation, also for two threads or processes at once.
     *
     * @throws KaitsuException INVALID_REQUEST if another request was begun under the id; CUSTOMER_BUSY while another run of the
     *     customer is not over; SERVICE_NOT_CONFIGURED; ACTIVATION_FORGOTTEN if the run of this id was erased
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
        beginning.begin(id, request);
        changed(id);
        return new Activation(this, id);
    }

    // ---- finding

    /** The handle of a run, or empty if nothing was begun under this id, or it was forgotten. */
    public Optional<Activation> find(ActivationId id) {
        return store.load(id).map(j -> new Activation(this, id));
    }

    /** All runs in the store. */
    public List<ActivationId> activations() {
        return store.all().stream()
                .sorted(Comparator.comparing(ActivationId::value))
                .toList();
    }

    /**
     * A page of runs, those that have ended too, without reading their journals: {@link RunQuery} says which.
     *
     * @param after where the page before ended, {@link RunPage#next()}; empty for the first page
     * @param limit at most so many, at least 1
     */
    public RunPage find(RunQuery query, Optional<ActivationId> after, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a page has at least one run");
        }
        return journals.page(query, after, limit);
    }

    ActivationView view(ActivationId id) {
        return journals.lent(id, this::view);
    }

    private ActivationView view(RunState state) {
        return Views.of(state, advancer.preview(state), provisioners);
    }

    /** Everything that happened in a run, oldest first. */
    public List<JournalEntry> events(ActivationId id) {
        return journals.load(id).entries();
    }

    // ---- waiting for it

    Optional<ActivationView> await(ActivationId id, Duration patience) throws InterruptedException {
        return changes.await(() -> Optional.of(journals.state(id)).filter(RunState::isEnded), patience)
                .map(this::view);
    }

    /**
     * Waits until nothing more happens in a run by itself: it has ended, or somebody must answer or the clock must move. What others
     * do meanwhile, in this process or another, is waited for as well, a look that is under way in this process too.
     *
     * <p>A client that was {@linkplain #start() started} waits for its own threads. One that was not advances the run in this thread, as
     * {@link #advance} does: that needs the connections and operators with which the run is to be advanced, so a client that only
     * reads and answers does not call this.
     *
     * @param patience in real time, whatever the client's clock; a turn that has begun is not broken off
     * @return empty if it did not become quiet in time, which is no failure; see the log if advancing it fails
     * @throws KaitsuException ACTIVATION_NOT_FOUND, ACTIVATION_FORGOTTEN
     * @throws InterruptedException if the thread is interrupted while it waits; the run is not concerned
     */
    public Optional<Quiet> awaitQuiet(ActivationId id, Duration patience) throws InterruptedException {
        return changes.await(() -> quiet(id), patience);
    }

    /**
     * Waits until somebody is asked for a step; the open action may then be answered at once. Advances the run as
     * {@link #awaitQuiet} does. That the run waits for something else is no reason to stop waiting: it may be answered, and the
     * clock may move.
     *
     * @param patience in real time
     * @return empty if the run has ended, or nobody was asked in time; {@link Activation#view()} says what it waits for
     * @throws KaitsuException ACTIVATION_NOT_FOUND, ACTIVATION_FORGOTTEN
     */
    public Optional<OperatorAction> awaitAction(ActivationId id, StepId step, Duration patience)
            throws InterruptedException {
        return changes.await(() -> asked(id, step), patience).flatMap(Function.identity());
    }

    /** The action, or the certainty that there will be none. */
    private Optional<Optional<OperatorAction>> asked(ActivationId id, StepId step) throws InterruptedException {
        Optional<Optional<OperatorAction>> now = open(id, step);
        if (now.isEmpty()) {
            asleep(id);
            now = open(id, step);
        }
        return now;
    }

    private Optional<Optional<OperatorAction>> open(ActivationId id, StepId step) {
        RunState state = journals.state(id);
        Optional<OperatorAction> action = advancer.openActions(state).stream()
                .filter(a -> a.step().equals(step))
                .findFirst();
        return action.isPresent() || state.isEnded() ? Optional.of(action) : Optional.empty();
    }

    private Optional<Quiet> quiet(ActivationId id) throws InterruptedException {
        if (journals.state(id).isEnded() && !isAtWork(id)) {
            return Optional.of(new Quiet(view(id), Optional.empty()));
        }
        Optional<Sleeper> sleeper = asleep(id);
        if (sleeper.isEmpty()) {
            return Optional.empty();
        }
        RunState state = journals.state(id);
        boolean isStillSo = state.size() == sleeper.get().size() && !isDue(sleeper.get());
        return isStillSo ? Optional.of(new Quiet(view(state), sleeper.get().until())) : Optional.empty();
    }

    private boolean isAtWork(ActivationId id) {
        EngineRoom current = engine();
        return current != null && current.isAtWork(id);
    }

    /** How far a run has come, if there is nothing to do for it now; else sees to it that somebody does it. */
    private Optional<Sleeper> asleep(ActivationId id) throws InterruptedException {
        if (closed) {
            throw new IllegalStateException("the client is closed");
        }
        EngineRoom current = engine();
        if (current != null) {
            return current.asleep(id);
        }
        Outcome outcome = advanceHere(id);
        if (!(outcome instanceof Busy)) {
            changes.signal();
        }
        return outcome instanceof Asleep sleeper
                ? Optional.of(new Sleeper(sleeper.wakeAt(), sleeper.size()))
                : Optional.empty();
    }

    private boolean isDue(Sleeper sleeper) {
        return sleeper.until().map(at -> !clock.instant().isBefore(at)).orElse(false);
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
        intake.answer(id, action, answer, false);
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
        intake.answer(id, action, answer, true);
    }

    /**
     * Hands in pages of the console, or their short forms, at any time, whether somebody asked for them or not. If a reading is
     * asked for, this answers it.
     *
     * @throws KaitsuException ANSWER_FORM if nothing of the console can be recognised in the text
     */
    public void handIn(ActivationId id, Answer.Saw reading) {
        intake.handIn(id, reading);
    }

    /**
     * Takes back what was answered to an action by mistake, by whom and when it is noted. Nothing is rewritten: what followed from
     * the answer is looked at anew, and after the end it is shown as no longer vouched for. Taking back twice is success.
     *
     * @throws KaitsuException ACTION_NOT_FOUND if nobody has answered this action
     */
    public void correct(ActivationId id, ActionId action, String by) {
        intake.correct(id, action, by);
    }

    /**
     * Takes back the newest reading of the console, asked for or not.
     *
     * @throws KaitsuException ACTION_NOT_FOUND if nobody has read it
     */
    public void correctReading(ActivationId id, String by) {
        intake.correctReading(id, by);
    }

    /** Ends a run at the next opportunity; nothing at the provider is undone. Cancelling twice is success. */
    public void cancel(ActivationId id, String by) {
        intake.cancel(id, by);
    }

    // ---- long after

    /**
     * Looks again at everything that a customer's ended activations claimed and no later removal took back; writes nothing.
     *
     * @throws KaitsuException ACTIVATION_NOT_FOUND
     */
    public DriftReport verify(CustomerId customer) throws InterruptedException {
        return driftCheck.verify(customer, Optional.empty());
    }

    /**
     * The same of some services alone: of the others nothing is said, and their vendors are not asked.
     *
     * @throws KaitsuException ACTIVATION_NOT_FOUND
     */
    public DriftReport verify(CustomerId customer, Set<CloudService> services) throws InterruptedException {
        return driftCheck.verify(customer, services, Optional.empty());
    }

    /**
     * The same, with the console's pages as somebody has just read them: what no API tells is looked at there, for all services at
     * once.
     *
     * @throws KaitsuException ACTIVATION_NOT_FOUND; ANSWER_FORM if nothing of the console can be recognised in the text
     */
    public DriftReport verify(CustomerId customer, Answer.Saw console) throws InterruptedException {
        return driftCheck.verify(customer, Optional.of(console));
    }

    // ---- forgetting

    /**
     * Erases an ended run: its journal with all names, pages and answers, what {@linkplain Builder#recordKeeper record keepers} have
     * of it, and, with the customer's last run, the own app's access that was {@linkplain ActivationRequest#keepForDrift kept}. Only
     * its id and the time stay; the id is never used again. What was claimed for the console stays: the fingerprint of a text that
     * proved something (a hash), so that it proves nothing elsewhere. Forgetting twice is success. Afterwards {@link #verify} knows
     * nothing of what the run protected.
     *
     * <p>A crash on the way leaves the run as a whole, or nothing of its journal; then forget it again.
     *
     * @throws KaitsuException ACTIVATION_NEEDED if it has not ended, holds its console's link slot, is a removal of what an older run
     *     says is protected, gave a run that goes on what it rests on, or access could not be given back; ACTIVATION_NOT_FOUND;
     *     STORE_BUSY while somebody advances it; what a record keeper throws
     */
    public void forget(ActivationId id) throws InterruptedException {
        forgetting.forget(id);
    }

    /**
     * Forgets every run that ended, and in which nothing was said, for this long, oldest first; those that {@link #forget} would
     * refuse stay until the next time.
     *
     * @param age of the client's clock
     * @return what was forgotten
     */
    public List<ActivationId> forgetOlderThan(Duration age) throws InterruptedException {
        return forgetting.forgetOlderThan(age);
    }

    /** When a run was forgotten; empty if it never was. */
    public Optional<Instant> forgottenAt(ActivationId id) {
        return store.forgottenAt(id);
    }

    // ---- advancing

    /**
     * Advances a run as far as it goes now, in this thread.
     *
     * @throws KaitsuException ACTIVATION_NOT_FOUND, ACTIVATION_FORGOTTEN
     */
    public Advanced advance(ActivationId id) throws InterruptedException {
        journals.load(id);
        Outcome outcome = advanceHere(id);
        changes.signal();
        if (outcome instanceof Asleep sleeper) {
            return new Advanced.Waits(sleeper.wakeAt());
        }
        return outcome instanceof Ended ? new Advanced.Ended() : new Advanced.Busy();
    }

    private Outcome advanceHere(ActivationId id) throws InterruptedException {
        Outcome outcome = advancer.advance(id);
        while (outcome instanceof Looking looking) {
            boolean isMade = false;
            try {
                List<ProbeRunner.Sight> sights = probes.look(looking);
                isMade = true;
                outcome = advancer.seen(looking, sights);
            } finally {
                if (!isMade) {
                    advancer.abandon(looking);
                }
            }
        }
        return outcome;
    }

    /** Keeps every run in the store going, those begun elsewhere too, until {@link #close()}. Starting twice is harmless. */
    public synchronized void start() {
        if (engine == null) {
            engine = new EngineRoom(
                    store, alarmClock, advancer, clock, looks, observer, changes::signal, this::keepOnlySoLong);
        }
    }

    private boolean keepOnlySoLong() throws InterruptedException {
        return retention.isEmpty() || forgetting.keepOnlyYoungerThan(retention.get());
    }

    /**
     * Whether this client advances runs: it was {@linkplain #start() started}, and has looked for due ones within the last minute.
     * For health checks.
     */
    public boolean isAdvancing() {
        EngineRoom current;
        synchronized (this) {
            current = engine;
        }
        return current != null && current.isAlive();
    }

    /**
     * Stops advancing and lets what is under way come to its end, such as a look at a provider. The client goes on reading and
     * answering, and may be started again. Stopping twice is harmless.
     *
     * @param patience in real time; what is not over by then is interrupted and repeated when some process starts again
     */
    public void stop(Duration patience) {
        EngineRoom last;
        synchronized (this) {
            last = engine;
            engine = null;
        }
        if (last != null) {
            last.close(patience); // not under the lock: an operator may be answering just now
        }
    }

    /** Stops advancing at once and closes the store. Runs go on where they are when some process starts again. */
    @Override
    public void close() {
        closed = true;
        changes.signal();
        stop(Duration.ZERO);
        store.close();
    }

    private void changed(ActivationId id) {
        changes.signal();
        EngineRoom current = engine();
        if (current != null) {
            current.ring(id);
        }
    }

    private synchronized @Nullable EngineRoom engine() {
        return engine;
    }

    /** Not thread-safe. */
    public static final class Builder {
        private final List<ServiceAccountProvisioner> provisioners = new ArrayList<>();
        private final List<Operator> operators = new ArrayList<>();
        private final List<ActivationListener> listeners = new ArrayList<>();
        private final List<RecordKeeper> keepers = new ArrayList<>();
        private Optional<Duration> retention = Optional.empty();
        private @Nullable ActivationStore store;
        private OwnAccess ownAccess = OwnAccess.none();
        private Clock clock = Clock.systemUTC();
        private Optional<AlarmClock> alarmClock = Optional.empty();
        private EngineObserver observer = EngineObserver.none();
        private Optional<Executor> executor = Optional.empty();
        private int looksPerProvider = 64;
        private int looksPerCustomer = 4;
        private ActivationRetryPolicy policy = ActivationRetryPolicy.ofDefaults();

        private AnswerAdmission admission = (action, by) -> true;

        private Builder() {}

        /** Who may answer which action: answers can be bound to the person that is expected. Default: anybody. */
        public Builder answersOnlyBy(AnswerAdmission some) {
            this.admission = some;
            return this;
        }

        /** Adds one service; each service has one. */
        public Builder provisioner(ServiceAccountProvisioner provisioner) {
            provisioners.add(provisioner);
            return this;
        }

        /** Adds several services, as {@link #provisioner} does. */
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

        /** Adds one that hears every event this client appends, on the thread that appends it. */
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

        /** Who else keeps something of runs, and erases it when they are forgotten. */
        public Builder recordKeeper(RecordKeeper keeper) {
            keepers.add(keeper);
            return this;
        }

        /**
         * How long ended runs are kept: a {@linkplain ActivationClient#start() started} client then forgets them, looking once an
         * hour, as {@link ActivationClient#forgetOlderThan} does. Default: for ever.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder retention(Duration time) {
            if (time.isNegative()) {
                throw new IllegalArgumentException("nothing is kept for a negative time");
            }
            this.retention = Optional.of(time);
            return this;
        }

        /** Default: the system's. */
        public Builder clock(Clock some) {
            this.clock = some;
            return this;
        }

        /** Hears how the client works, for metrics and traces. Default: nobody. */
        public Builder observer(EngineObserver some) {
            this.observer = some;
            return this;
        }

        /**
         * What wakes runs of a {@linkplain ActivationClient#start() started} client. Default: a queue in this process's memory, so that
         * each of several processes looks at every run.
         */
        public Builder alarmClock(AlarmClock some) {
            this.alarmClock = Optional.of(some);
            return this;
        }

        /**
         * Makes looks, which wait for vendors. Default: a {@linkplain ActivationClient#start() started} client has threads of its own,
         * virtual ones where the JDK has them; {@link ActivationClient#advance} makes them one after the other in its thread.
         */
        public Builder executor(Executor some) {
            this.executor = Optional.of(some);
            return this;
        }

        /**
         * How many looks a {@linkplain ActivationClient#start() started} client makes at once. Default: 64 and 4.
         *
         * @param perProvider of all customers together
         * @param perCustomer at all providers together, so that one with many runs delays nobody else
         * @throws IllegalArgumentException unless both are positive
         */
        public Builder looksAtOnce(int perProvider, int perCustomer) {
            if (perProvider < 1 || perCustomer < 1) {
                throw new IllegalArgumentException("without looks nothing is ever proved");
            }
            this.looksPerProvider = perProvider;
            this.looksPerCustomer = perCustomer;
            return this;
        }

        /** Attempts, waits and deadlines. Default: {@link ActivationRetryPolicy#ofDefaults()}. */
        public Builder policy(ActivationRetryPolicy some) {
            this.policy = some;
            return this;
        }

        /**
         * Builds it; it advances nothing by itself before {@link ActivationClient#start()}.
         *
         * @throws NullPointerException if there is no store
         * @throws IllegalArgumentException if a service has two provisioners
         */
        public ActivationClient build() {
            return new ActivationClient(this);
        }
    }
}
