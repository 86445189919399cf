package io.github.kaitsu.box.internal;

import io.github.kaitsu.spi.Connections;
import io.github.kaitsu.spi.Look;
import io.github.kaitsu.spi.Probe;
import io.github.kaitsu.spi.ProbeContext;
import io.github.kaitsu.spi.VendorCallException;
import java.util.Optional;

/** A look at Box, if there is a connection; a refusal of the vendor becomes a look as well. */
public record BoxProbe(Connections<BoxReads> connections, Question question, String calls, String scope)
        implements Probe {

    /** What is asked of a connection. */
    @FunctionalInterface
    public interface Question {
        Look ask(BoxReads box, ProbeContext context) throws InterruptedException;
    }

    @Override
    public Look look(ProbeContext context) throws InterruptedException {
        Optional<BoxReads> box = connections.find(context.customer());
        if (box.isEmpty()) {
            return new Look.NoAccess("no connection to Box");
        }
        try {
            return question.ask(box.get(), context);
        } catch (VendorCallException e) {
            return e.asLook(context.clock().instant());
        }
    }
}
