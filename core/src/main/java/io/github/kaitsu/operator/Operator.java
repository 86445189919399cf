package io.github.kaitsu.operator;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationId;

/**
 * Performs operator actions and keeps nothing: a person at a screen, a supervised browser, a script of the sandbox. Several may
 * stand in an order of preference; the first that accepts an action gets it. Answers come back through
 * {@code ActivationClient.answer}, at any time and from any process.
 *
 * <p>Calls come from the client's threads, one at a time per activation, and must return at once. After a restart an open
 * action is offered again: taking it twice must be harmless. An action's id is unique only within its activation.
 */
public interface Operator {
    /** Whether answering costs a person's attention; then questions are asked rarely. Default: it does. */
    default Attention attention() {
        return Attention.PERSON;
    }

    /** Whether it takes the action; else the next operator is asked. Default: every one. */
    default boolean accepts(OperatorAction action) {
        return true;
    }

    /**
     * Takes an action on: hands it to whoever performs it, and returns without waiting for them. It comes again after a restart,
     * under the same id.
     */
    void offer(OperatorAction action);

    /** The action is closed: evidence came by itself, somebody else answered, or the run ended. Default: nothing is done. */
    default void withdraw(ActivationId activation, ActionId action) {}

    /** What an answer costs. */
    enum Attention {
        /** A person's time is spent: asked seldom, and only for what is new. */
        PERSON,
        /** A machine's: asked as often as a look is worth. */
        MACHINE
    }
}
