package io.github.kaitsu.vendor;

import io.github.kaitsu.CustomerId;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.provision.Probe;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A look through a customer's connection. Without one it is {@link ProbeResult.NoAccess}; a refusal of the vendor becomes what
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
        ProbeResult ask(C connection, ProbeContext context) throws InterruptedException;

        /** The same, but after a refusal like this of what is read there is no access, whatever its status says. */
        default Question<C> withoutAccessAfter(Predicate<VendorCallException> refusal) {
            return (connection, context) -> {
                try {
                    return ask(connection, context);
                } catch (VendorCallException e) {
                    if (e.refusal().isEmpty() && refusal.test(e)) {
                        return new ProbeResult.NoAccess(e.statement());
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
    public ProbeResult look(ProbeContext context) throws InterruptedException {
        Optional<C> connection = connections.find(context.customer());
        if (connection.isEmpty()) {
            return ProbeResult.noAccess("not-connected", to);
        }
        ProbeResult look;
        try {
            look = question.ask(connection.get(), context);
        } catch (VendorCallException e) {
            look = e.asLook(context.clock().instant());
        }
        return connection.get() instanceof LookNotes.Taker taker ? taker.notes().said(look) : look;
    }
}
