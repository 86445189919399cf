package io.github.kaitsu.google.internal;

import io.github.kaitsu.google.GoogleAppSigns.Sign;
import io.github.kaitsu.spi.Look;
import io.github.kaitsu.spi.ProbeContext;
import io.github.kaitsu.spi.VendorCallException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What is looked at before anything is linked (GOOGLE-1, GOOGLE-4). A code given to {@link Look.Fails} has its texts under
 * {@code fails.<code>}.
 */
public final class PreflightLooks {
    private static final String BUSINESS_STARTER = "1010020027";
    private static final Set<String> SCOPE_MISSING =
            Set.of("insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT");
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private PreflightLooks() {}

    /**
     * A super admin who is not suspended, and a connection with every scope that a later look cannot do without. The scopes that
     * also allow writing may be missing.
     *
     * @param drive whether Google Drive is among what is activated
     */
    public static Look admin(GoogleReads google, ProbeContext context, boolean drive) throws InterruptedException {
        GoogleReads.Account me;
        try {
            me = google.account(google.me());
        } catch (VendorCallException e) {
            if (isScopeMissing(e)) {
                return new Look.Fails("scope-missing", e.getMessage());
            }
            if ((e.status() == FORBIDDEN && e.code().equals(Optional.of("forbidden"))) || e.status() == NOT_FOUND) {
                return new Look.Fails("not-super-admin", e.getMessage()); // who may not read even the own account
            }
            throw e;
        }
        String seen = me.email() + ": super admin=" + me.superAdmin() + ", suspended=" + me.suspended()
                + ", 2-Step Verification="
                + me.twoStep().map(on -> on ? "set up" : "not set up").orElse("unknown");
        if (me.delegatedAdmin() && !me.superAdmin()) {
            return new Look.Fails("delegated-admin", seen);
        }
        if (!me.superAdmin()) {
            return new Look.Fails("not-super-admin", seen);
        }
        if (me.suspended() || me.archived()) {
            return new Look.Fails("admin-suspended", seen);
        }
        if (me.customer().isEmpty()) {
            return new Look.Unclear("Google does not tell the customer of " + me.email());
        }
        Optional<Look> lacking = lacking(google, context, drive);
        if (lacking.isPresent()) {
            return lacking.get();
        }
        Map<String, String> facts = new HashMap<>(Map.of(Facts.TENANT, me.customer(), Facts.ADMIN, me.email()));
        me.twoStep().ifPresent(on -> facts.put(Facts.TWO_STEP, on ? "yes" : "no"));
        return new Look.Holds(seen + ", customer=" + me.customer(), facts);
    }

    private static Optional<Look> lacking(GoogleReads google, ProbeContext context, boolean drive)
            throws InterruptedException {
        Optional<Instant> yesterday = Optional.of(context.clock().instant().minus(Duration.ofDays(1)));
        List<String> installations = google.signs().events(Sign.INSTALLED);
        Optional<Look> found = Optional.empty();
        if (!installations.isEmpty()) {
            found = lacks(
                    () -> google.events("admin", "all", installations.get(0), yesterday, e -> false),
                    seen -> new Look.Fails("log-scope-missing", seen));
        }
        if (found.isEmpty()) {
            found = lacks(google::policies, seen -> new Look.Fails("policy-scope-missing", seen));
        }
        if (found.isEmpty() && drive) {
            found = lacks(
                    () -> google.rootFolders(Set.of(FolderLooks.TEMP_FOLDER)),
                    seen -> new Look.Fails("drive-scope-missing", seen));
        }
        return found;
    }

    private interface Try {
        void read() throws InterruptedException;
    }

    /** Only a refusal for the scope counts: whatever else is wrong, the look itself will tell. */
    private static Optional<Look> lacks(Try one, Function<String, Look> failure) throws InterruptedException {
        try {
            one.read();
            return Optional.empty();
        } catch (VendorCallException e) {
            if (e.authorizationLost()) {
                throw e;
            }
            return isScopeMissing(e) ? Optional.of(failure.apply(e.getMessage())) : Optional.empty();
        }
    }

    private static boolean isScopeMissing(VendorCallException e) {
        return e.status() == FORBIDDEN
                && e.code().filter(SCOPE_MISSING::contains).isPresent();
    }

    /** How many users there are (COMMON-11 needs it). */
    public static Look users(GoogleReads google, ProbeContext context) throws InterruptedException {
        long users = google.users();
        return new Look.Holds(users + " users", Map.of(Facts.USERS, Long.toString(users)));
    }

    /** Which editions are in use (GOOGLE-4). A sweep that was cut short and met no Business Starter says nothing about it. */
    public static Look editions(GoogleReads google, ProbeContext context) throws InterruptedException {
        String customer = context.fact(Facts.TENANT).orElse("");
        if (customer.isEmpty()) {
            customer = google.account(google.me()).customer();
        }
        GoogleReads.Editions editions = google.editions(customer, BUSINESS_STARTER::equals);
        boolean starter = editions.skus().contains(BUSINESS_STARTER);
        String seen = "SKUs " + String.join(", ", editions.skus()) + (editions.complete() ? "" : " and perhaps others");
        boolean known = starter || (editions.complete() && !editions.skus().isEmpty());
        return new Look.Holds(seen, known ? Map.of(Facts.STARTER, starter ? "yes" : "no") : Map.of());
    }

    /** What the policies say; whoever names the steps makes actions of it. */
    public static Look policies(GoogleReads google, ProbeContext context) throws InterruptedException {
        PolicyBook book = google.policies();
        return new Look.Holds(
                book.seen(),
                Map.of(
                        Facts.MARKETPLACE,
                        book.marketplace(SuperAdmin.known(google, context).applications())
                                .name(),
                        Facts.APIS,
                        book.restrictsApis() ? "restricted" : "open"));
    }

    /** The Marketplace lets the app in. */
    public static Look marketplaceAllowed(GoogleReads google, ProbeContext context) throws InterruptedException {
        PolicyBook book = google.policies();
        return switch (book.marketplace(SuperAdmin.known(google, context).applications())) {
            case OPEN, LISTED -> Look.holds(book.seen());
            case UNKNOWN_LISTED -> new Look.Unclear(book.seen() + "; which of the listed apps it is, is not known");
            case NOT_LISTED -> new Look.Fails("app-not-listed", book.seen());
            case CLOSED -> new Look.Fails("marketplace-blocked", book.seen());
        };
    }

    /** The API controls let the app in. No API tells which apps are trusted. */
    public static Look apisAllowed(GoogleReads google, ProbeContext context) throws InterruptedException {
        PolicyBook book = google.policies();
        return book.restrictsApis()
                ? new Look.Unclear(book.seen() + "; whether the app is trusted, no API tells")
                : Look.holds(book.seen());
    }
}
