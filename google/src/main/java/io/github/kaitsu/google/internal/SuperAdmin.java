package io.github.kaitsu.google.internal;

import io.github.kaitsu.google.GoogleAppSigns;
import io.github.kaitsu.spi.Look;
import io.github.kaitsu.spi.ProbeContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Looks that count only if the connection is the right customer's super admin's. */
final class SuperAdmin {
    private SuperAdmin() {}

    /** A look by somebody. */
    @FunctionalInterface
    interface Inside {
        Look look(GoogleReads.Account me) throws InterruptedException;
    }

    /** What is seen of another customer, or by somebody else than the super admin, proves nothing. */
    static Look look(GoogleReads google, ProbeContext context, Inside inside) throws InterruptedException {
        GoogleReads.Account me = google.account(google.me());
        Optional<String> pinned = context.fact(Facts.TENANT);
        if (pinned.isPresent() && !pinned.get().equals(me.customer())) {
            return new Look.Fails(Look.WRONG_TENANT, "customer=" + me.customer() + " instead of " + pinned.get());
        }
        if (!me.superAdmin()) {
            return new Look.NoAccess("the connection belongs to " + me.email() + ", who is not a super admin");
        }
        return inside.look(me);
    }

    /**
     * The same for a removal: what is not there proves nothing unless it is known where it was, and what is there may be another
     * customer's.
     */
    static Look lookAfterRemoval(GoogleReads google, ProbeContext context, Inside inside) throws InterruptedException {
        return context.fact(Facts.TENANT).isEmpty()
                ? new Look.Unclear(
                        "which Google Workspace was activated is not known, so nothing that is missing is proof")
                : look(google, context, inside);
    }

    /** By what the app is known: what the connection was told, and the ids that this run has met. */
    static GoogleAppSigns known(GoogleReads google, ProbeContext context) {
        GoogleAppSigns signs = google.signs();
        GoogleAppSigns withApp = context.fact(Facts.APP).map(signs::application).orElse(signs);
        return context.fact(Facts.CLIENT).map(withApp::client).orElse(withApp);
    }

    /** The tenant, and one more if it was seen. */
    static Map<String, String> facts(GoogleReads.Account me, String name, String value) {
        Map<String, String> facts = new HashMap<>(Map.of(Facts.TENANT, me.customer()));
        if (!value.isEmpty()) {
            facts.put(name, value);
        }
        return facts;
    }
}
