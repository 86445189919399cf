package io.github.kaitsu.microsoft365.internal;

import io.github.kaitsu.spi.Connections;
import io.github.kaitsu.spi.Look;
import io.github.kaitsu.spi.Probe;
import io.github.kaitsu.spi.ProbeContext;
import io.github.kaitsu.spi.VendorCallException;
import java.util.Optional;

/**
 * A look at SharePoint, if there is a connection; a refusal of the vendor becomes a look as well.
 *
 * @param calls empty if the connection itself is looked at, and SharePoint is not asked
 */
public record SharePointProbe(Connections<SharePointReads> connections, Question question, String calls)
        implements Probe {
    private static final String SCOPE = "Sites.Read.All";

    /** What is asked of a connection. */
    @FunctionalInterface
    public interface Question {
        Look ask(SharePointReads sharePoint, ProbeContext context) throws InterruptedException;
    }

    @Override
    public Look look(ProbeContext context) throws InterruptedException {
        Optional<SharePointReads> sharePoint = connections.find(context.customer());
        if (sharePoint.isEmpty()) {
            return new Look.NoAccess("no connection to SharePoint");
        }
        try {
            return question.ask(sharePoint.get(), context);
        } catch (VendorCallException e) {
            // A certificate's token is refused for good: no administrator can mend that by connecting again.
            return e.authorizationLost()
                    ? new Look.NoAccess(e.getMessage())
                    : e.asLook(context.clock().instant());
        }
    }

    @Override
    public String scope() {
        return calls.isEmpty() ? "" : SCOPE;
    }
}
