package io.github.kaitsu.microsoft365.internal;

import io.github.kaitsu.spi.Connections;
import io.github.kaitsu.spi.Look;
import io.github.kaitsu.spi.Probe;
import io.github.kaitsu.spi.ProbeContext;
import io.github.kaitsu.spi.VendorCallException;
import java.util.Optional;

/** A look through Microsoft Graph, if there is a connection; a refusal of the vendor becomes a look as well. */
public record GraphProbe(Connections<GraphReads> connections, Question question, String calls, String scope)
        implements Probe {
    private static final int BAD_REQUEST = 400;

    /** What is asked of a connection. */
    @FunctionalInterface
    public interface Question {
        Look ask(GraphReads graph, ProbeContext context) throws InterruptedException;
    }

    @Override
    public Look look(ProbeContext context) throws InterruptedException {
        Optional<GraphReads> graph = connections.find(context.customer());
        if (graph.isEmpty()) {
            return new Look.NoAccess("no connection to Microsoft Graph");
        }
        try {
            return question.ask(graph.get(), context);
        } catch (VendorCallException e) {
            boolean withoutUser = e.status() == BAD_REQUEST && e.operation().startsWith("GET /me");
            return withoutUser
                    ? new Look.NoAccess(e.getMessage())
                    : e.asLook(context.clock().instant());
        }
    }
}
