package io.github.kaitsu.google.internal;

import io.github.kaitsu.spi.Connections;
import io.github.kaitsu.spi.Look;
import io.github.kaitsu.spi.Probe;
import io.github.kaitsu.spi.ProbeContext;
import io.github.kaitsu.spi.VendorCallException;
import java.time.Instant;
import java.util.Optional;

/** A look at Google, if there is a connection; a refusal of the vendor becomes a look as well. */
public record GoogleProbe(Connections<GoogleReads> connections, Question question, String calls, String scope)
        implements Probe {

    /** What is asked of a connection. */
    @FunctionalInterface
    public interface Question {
        Look ask(GoogleReads google, ProbeContext context) throws InterruptedException;
    }

    @Override
    public Look look(ProbeContext context) throws InterruptedException {
        Optional<GoogleReads> google = connections.find(context.customer());
        if (google.isEmpty()) {
            return new Look.NoAccess("no connection to Google");
        }
        try {
            return question.ask(google.get(), context);
        } catch (VendorCallException e) {
            return asLook(e, context.clock().instant());
        }
    }

    /** A spent quota is a 403 at Google and yet no lack of access. */
    private static Look asLook(VendorCallException e, Instant now) {
        if (!e.retryable()) {
            return e.asLook(now);
        }
        return e.retryAfter()
                .<Look>map(wait -> new Look.NotBefore(now.plus(wait), e.getMessage()))
                .orElseGet(() -> new Look.Unclear(e.getMessage()));
    }
}
