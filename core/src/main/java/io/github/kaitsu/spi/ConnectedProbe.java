package io.github.kaitsu.spi;

import io.github.kaitsu.CustomerId;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A look through a customer's connection. Without one it is {@link Look.NoAccess}; a refusal of the vendor becomes what
 * {@link VendorCallException#asLook} makes of it.
 *
 * <p>Whatever else the connections or the question throw comes out as it is, an interruption too. Thread-safe if they are.
 *
 * @param to where the connections lead, as a person is told: {@code Box}
 * @param connections asked anew for every look
 * @param calls as {@link Probe#calls()} gives them
 * @param scope as {@link Probe#scope()} gives it
 */
public record ConnectedProbe<C>(String to, Connections<C> connections, Question<C> question, String calls, String scope)
        implements Probe {

    /** What is asked of a connection. */
    @FunctionalInterface
    public interface Question<C> {
        /**
         * What is seen through it.
         *
         * @throws VendorCallException if the vendor refuses, or cannot be reached
         */
        Look ask(C connection, ProbeContext context) throws InterruptedException;

        /** The same, but after a refusal like this there is no access, whatever its status says. */
        default Question<C> withoutAccessAfter(Predicate<VendorCallException> refusal) {
            return (connection, context) -> {
                try {
                    return ask(connection, context);
                } catch (VendorCallException e) {
                    if (refusal.test(e)) {
                        return new Look.NoAccess(e.statement());
                    }
                    throw e;
                }
            };
        }
    }

    @Override
    public boolean isConnected(CustomerId customer) {
        return connections.find(customer).isPresent();
    }

    @Override
    public Look look(ProbeContext context) throws InterruptedException {
        Optional<C> connection = connections.find(context.customer());
        if (connection.isEmpty()) {
            return Look.noAccess("not-connected", to);
        }
        try {
            return question.ask(connection.get(), context);
        } catch (VendorCallException e) {
            return e.asLook(context.clock().instant());
        }
    }
}
