package io.github.kaitsu.sandbox;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.sandbox.internal.person.ActionHandlers;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A careful administrator for tests and demonstrations: acts on a sandbox's pages over HTTP, in Japanese, signed in with the
 * passwords that the sandbox tells. Looks first; where the goal of an action holds already, answers without acting.
 *
 * <p>{@link #offer} only queues; nothing happens until somebody calls {@link #performOne}, so a run replays exactly. The queue is
 * thread-safe; perform from one thread at a time. One person per sandbox: it knows one customer's console and providers. An
 * action that it was never taught makes it throw, so that none passes unnoticed.
 */
public final class ScriptedPerson implements Operator {
    private static final String CONNECT = "connect.";

    private final Sandbox sandbox;
    private final ActionHandlers duties;
    private final String by;
    private static final Pattern MENDING = Pattern.compile("(app|allow)\\.(.+)");

    private Predicate<CloudService.Provider> connecting = provider -> false;
    private Predicate<CloudService.Provider> mending = provider -> false;
    private final Deque<OperatorAction> todo = new ArrayDeque<>();

    /**
     * A person at the desk of this sandbox's customer.
     *
     * @param by the name that every answer bears
     */
    public ScriptedPerson(Sandbox sandbox, String by) {
        this.sandbox = sandbox;
        this.duties = new ActionHandlers(sandbox, by);
        this.by = by;
    }

    /**
     * How the host's own app is mended, or allowed by the customer, when a provider refuses it, and whether that worked; else such
     * an action is declined.
     */
    public ScriptedPerson mendingBy(Predicate<CloudService.Provider> way) {
        this.mending = way;
        return this;
    }

    /**
     * How this person connects the host's own app to a provider again, and whether that worked; else such an action is declined.
     * Call it before any action is offered.
     */
    public ScriptedPerson connectingBy(Predicate<CloudService.Provider> way) {
        this.connecting = way;
        return this;
    }

    @Override
    public synchronized void offer(OperatorAction action) {
        withdraw(action.activation(), action.id()); // offered again after a restart
        todo.addLast(action);
    }

    @Override
    public synchronized void withdraw(ActivationId activation, ActionId action) {
        todo.removeIf(a -> isThis(a, activation, action));
    }

    /** Whether an action waits for this person. */
    public synchronized boolean hasWork() {
        return !todo.isEmpty();
    }

    /** What would be performed next. */
    public synchronized Optional<OperatorAction> next() {
        return Optional.ofNullable(todo.peekFirst());
    }

    /**
     * Performs the oldest open action and answers it; that it was closed meanwhile is no harm.
     *
     * @return whether there was one
     * @throws IllegalStateException for an action that the person does not know, naming step and text key
     */
    public boolean performOne(ActivationClient client) {
        Optional<OperatorAction> next = next();
        if (next.isEmpty()) {
            return false;
        }
        OperatorAction action = next.get();
        Answer answer = perform(action);
        try {
            client.answer(action.activation(), action.id(), answer);
            sandbox.counted(HandsOn.Kind.ANSWERS, 1);
        } catch (KaitsuException e) {
            if (e.code() != ErrorCode.ACTION_GONE) {
                throw e;
            }
        }
        withdraw(action.activation(), action.id());
        return true;
    }

    /**
     * Does what the action asks for and says how it went, but sends no answer: for whoever answers in another way, and reports that
     * answer to {@link Sandbox#counted}.
     */
    public Answer perform(OperatorAction action) {
        String step = action.step().value();
        if (step.startsWith(CONNECT)) {
            String provider = step.substring(CONNECT.length()).toUpperCase(Locale.ROOT);
            return connecting.test(CloudService.Provider.valueOf(provider)) ? Answer.done(by) : Answer.declined(by);
        }
        Matcher about = MENDING.matcher(step);
        if (about.matches()) {
            CloudService.Provider provider =
                    CloudService.Provider.valueOf(about.group(2).toUpperCase(Locale.ROOT));
            return mending.test(provider) ? Answer.done(by) : Answer.declined(by);
        }
        return duties.perform(action);
    }

    /**
     * Consents to an own application: opens the address (of the vendor's host or of the sandbox), signs in where asked, and
     * presses the button that allows. What really comes of it, {@link Faults#nextConsent} decides.
     *
     * @return the redirect address that the browser is sent to, not yet opened; empty if the provider sends nobody back
     */
    public Optional<URI> consent(URI authorization) {
        return duties.consent(authorization);
    }

    /**
     * Opens a redirect address, as the person's browser does by itself: a receiver on this machine gets it.
     *
     * @return what the person then reads
     */
    public String comeBack(URI redirect) {
        return duties.comeBack(redirect);
    }

    private static boolean isThis(OperatorAction one, ActivationId activation, ActionId action) {
        return one.activation().equals(activation) && one.id().equals(action);
    }
}
