package io.github.kaitsu.google.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.google.GoogleAppSigns;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Looks that count only if the connection is the right customer's super admin's. */
final class SuperAdmin {
    private SuperAdmin() {}

    /** A look by somebody. */
    @FunctionalInterface
    interface Inside {
        ProbeResult look(GoogleReads.Account me) throws InterruptedException;
    }

    /** What is seen of another customer, or by somebody else than the super admin, proves nothing. */
    static ProbeResult look(GoogleReads google, ProbeContext context, Inside inside) throws InterruptedException {
        GoogleReads.Account me = google.account(google.me());
        Optional<String> pinned = context.facts().tenant(CloudService.Provider.GOOGLE);
        if (pinned.isPresent() && !me.customer().isEmpty() && !pinned.get().equals(me.customer())) {
            return ProbeResult.fails(ProbeResult.WRONG_TENANT, me.customer(), pinned.get());
        }
        if (!me.superAdmin()) {
            return ProbeResult.noAccess("connected-not-super-admin", me.email());
        }
        if (me.customer().isEmpty()) {
            return ProbeResult.unclear("customer-unknown", me.email()); // neither the right one nor another
        }
        return inside.look(me);
    }

    /**
     * The same for a removal: what is not there proves nothing unless it is known where it was, and what is there may be another
     * customer's.
     */
    static ProbeResult lookAfterRemoval(GoogleReads google, ProbeContext context, Inside inside)
            throws InterruptedException {
        return context.facts().tenant(CloudService.Provider.GOOGLE).isEmpty()
                ? ProbeResult.unclear("activated-tenant-unknown")
                : look(google, context, inside);
    }

    /** By what the app is known: what the connection was told, and the ids that this run has met. */
    static GoogleAppSigns known(GoogleReads google, ProbeContext context) {
        GoogleAppSigns signs = google.signs();
        GoogleAppSigns withApp =
                context.fact(GoogleFacts.APP).map(signs::application).orElse(signs);
        return context.fact(GoogleFacts.CLIENT).map(withApp::client).orElse(withApp);
    }

    /** The tenant, and one more if it was seen. */
    static Map<String, String> facts(GoogleReads.Account me, String name, String value) {
        Map<String, String> facts = new HashMap<>(Map.of(GoogleFacts.TENANT, me.customer()));
        if (!value.isEmpty()) {
            facts.put(name, value);
        }
        return facts;
    }
}
