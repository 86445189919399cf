package io.github.kaitsu;

import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.OperatorAction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The handle on one run. Thread-safe and cheap: it holds nothing but the id; everything else is read from the store, so a
 * handle of another process says the same.
 */
public final class Activation {
    private final ActivationClient client;
    private final ActivationId id;

    Activation(ActivationClient client, ActivationId id) {
        this.client = client;
        this.id = id;
    }

    /** The id under which it was begun. */
    public ActivationId id() {
        return id;
    }

    /** What is known right now. */
    public ActivationView view() {
        return client.view(id);
    }

    /** What waits for somebody, oldest first. */
    public List<OperatorAction> openActions() {
        return view().openActions();
    }

    /**
     * Waits for the end of the run.
     *
     * @return the ended run, or empty: stopped watching, which is not a failure
     */
    public Optional<ActivationView> await(Duration patience) throws InterruptedException {
        return client.await(id, patience);
    }

    /** See {@link ActivationClient#awaitQuiet}. */
    public Optional<Quiet> awaitQuiet(Duration patience) throws InterruptedException {
        return client.awaitQuiet(id, patience);
    }

    /** See {@link ActivationClient#awaitAction}. */
    public Optional<OperatorAction> awaitAction(StepId step, Duration patience) throws InterruptedException {
        return client.awaitAction(id, step, patience);
    }

    /** See {@link ActivationClient#answer}. */
    public void answer(ActionId action, Answer answer) {
        client.answer(id, action, answer);
    }

    /** See {@link ActivationClient#cancel}. */
    public void cancel(String by) {
        client.cancel(id, by);
    }

    @Override
    public String toString() {
        return "Activation[" + id + "]";
    }
}
