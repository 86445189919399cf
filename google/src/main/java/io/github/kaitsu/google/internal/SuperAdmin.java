package io.github.kaitsu.google.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.google.GoogleAppSigns;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.vendor.ConnectedProbe;
import io.github.kaitsu.vendor.http.TenantGuard;
import java.util.Optional;

/** Looks that count only if the connection is the right customer's super admin's. */
public final class SuperAdmin {
    private static final TenantGuard<GoogleReads, GoogleReads.Account> CUSTOMER = new TenantGuard<>(
            CloudService.Provider.GOOGLE,
            google -> google.account(google.me()),
            me -> Optional.of(me.customer()).filter(id -> !id.isEmpty()));

    private SuperAdmin() {}

    /** What is seen of another customer, or by somebody else than the super admin, proves nothing. */
    public static ConnectedProbe.Question<GoogleReads> look(
            TenantGuard.Inside<GoogleReads, GoogleReads.Account> inside) {
        return CUSTOMER.ask((google, me, context) -> {
            if (!me.superAdmin()) {
                return ProbeResult.noAccess("connected-not-super-admin", me.email());
            }
            return me.customer().isEmpty() // neither the right one nor another
                    ? ProbeResult.unclear("customer-unknown", me.email())
                    : inside.look(google, me, context);
        });
    }

    /**
     * The same for a removal: what is not there proves nothing unless it is known where it was, and what is there may be another
     * customer's.
     */
    public static ConnectedProbe.Question<GoogleReads> lookAfterRemoval(
            TenantGuard.Inside<GoogleReads, GoogleReads.Account> inside) {
        ConnectedProbe.Question<GoogleReads> where = look(inside);
        return (google, context) ->
                context.facts().tenant(CloudService.Provider.GOOGLE).isEmpty()
                        ? ProbeResult.unclear("activated-tenant-unknown")
                        : where.ask(google, context);
    }

    /** By what the app is known: what the connection was told, and the ids that this run has met. */
    static GoogleAppSigns known(GoogleReads google, ProbeContext context) {
        GoogleAppSigns signs = google.signs();
        GoogleAppSigns withApp =
                context.fact(GoogleFacts.APP).map(signs::application).orElse(signs);
        return context.fact(GoogleFacts.CLIENT).map(withApp::client).orElse(withApp);
    }
}
