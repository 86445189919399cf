package io.github.kaitsu.dropbox.internal;

import io.github.kaitsu.spi.Connections;
import io.github.kaitsu.spi.Look;
import io.github.kaitsu.spi.Probe;
import io.github.kaitsu.spi.ProbeContext;
import io.github.kaitsu.spi.VendorCallException;
import java.util.Optional;

/** A look at Dropbox, if there is a connection; a refusal of the vendor becomes a look as well. */
public record DropboxProbe(Connections<DropboxReads> connections, Question question, String calls, String scope)
        implements Probe {
    private static final int BAD_REQUEST = 400;

    /** What is asked of a connection. */
    @FunctionalInterface
    public interface Question {
        Look ask(DropboxReads dropbox, ProbeContext context) throws InterruptedException;
    }

    @Override
    public Look look(ProbeContext context) throws InterruptedException {
        Optional<DropboxReads> dropbox = connections.find(context.customer());
        if (dropbox.isEmpty()) {
            return new Look.NoAccess("no connection to Dropbox");
        }
        try {
            return question.ask(dropbox.get(), context);
        } catch (VendorCallException e) {
            // a 400 is about our own app: asking again helps as little as after a 403
            return e.status() == BAD_REQUEST && !e.authorizationLost()
                    ? new Look.NoAccess(e.getMessage())
                    : e.asLook(context.clock().instant());
        }
    }
}
