package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.operator.Operator;
import java.util.List;

/** Performs operator actions within the loop of one command. */
interface Hands extends AutoCloseable {
    /** Whom the client is to tell of actions, in the order of preference. */
    default List<Operator> operators() {
        return List.of();
    }

    /** Performs one action. False if there is none that it can perform. */
    boolean work(ActivationClient client, ActivationView view) throws InterruptedException;

    /** Whether the command ends where a person is awaited, since nobody here will answer. */
    boolean leavesActions();

    @Override
    default void close() {}

    /** Nobody: others answer, from other processes. */
    static Hands none() {
        return new Hands() {
            @Override
            public boolean work(ActivationClient client, ActivationView view) {
                return false;
            }

            @Override
            public boolean leavesActions() {
                return true;
            }
        };
    }
}
