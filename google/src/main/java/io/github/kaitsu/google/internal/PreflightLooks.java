package io.github.kaitsu.google.internal;

import static java.net.HttpURLConnection.HTTP_FORBIDDEN;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.google.GoogleAppSigns.Sign;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.vendor.VendorCallException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What is looked at before anything is linked (GOOGLE-1, GOOGLE-4). Every code has its sentence under {@code seen.<code>}; what
 * a failing one means stands under {@code fails.<code>}.
 */
public final class PreflightLooks {
    private static final String BUSINESS_STARTER = "1010020027";
    private static final Set<String> SCOPE_MISSING =
            Set.of("insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT");

    /** In a sentence's place for what is not set, not assigned or not told. */
    private static final String NONE = "-";

    private PreflightLooks() {}

    /**
     * A super admin who is not suspended, and a connection with every scope that a later look cannot do without. The scopes that
     * also allow writing may be missing.
     *
     * @param drive whether Google Drive is among what is activated
     */
    public static ProbeResult admin(GoogleReads google, ProbeContext context, boolean drive)
            throws InterruptedException {
        GoogleReads.Account me;
        try {
            me = google.account(google.me());
        } catch (VendorCallException e) {
            if (isScopeMissing(e)) {
                return ProbeResult.fails("scope-missing", e.operation(), word(e));
            }
            if ((e.status() == HTTP_FORBIDDEN && e.code().equals(Optional.of("forbidden")))
                    || e.status() == HTTP_NOT_FOUND) {
                return ProbeResult.fails(
                        "own-account-refused", e.operation(), e.status(), word(e)); // no super admin's lot
            }
            throw e;
        }
        if (!me.rightsTold()) {
            return ProbeResult.unclear("rights-not-told", me.email());
        }
        if (me.delegatedAdmin() && !me.superAdmin()) {
            return ProbeResult.fails("delegated-admin", me.email());
        }
        if (!me.superAdmin()) {
            return ProbeResult.fails("not-super-admin", me.email());
        }
        if (me.suspended() || me.archived()) {
            return ProbeResult.fails("admin-suspended", me.email());
        }
        if (me.customer().isEmpty()) {
            return ProbeResult.unclear("customer-unknown", me.email());
        }
        Optional<ProbeResult> lacking = lacking(google, context, drive);
        if (lacking.isPresent()) {
            return lacking.get();
        }
        Map<String, String> facts =
                new HashMap<>(Map.of(GoogleFacts.TENANT, me.customer(), GoogleFacts.ADMIN, me.email()));
        me.twoStep().ifPresent(on -> facts.put(GoogleFacts.TWO_STEP, on ? "yes" : "no"));
        return superAdmin(me).with(facts);
    }

    private static ProbeResult.Holds superAdmin(GoogleReads.Account me) {
        if (me.twoStep().isEmpty()) {
            return ProbeResult.holds("super-admin", me.email(), me.customer());
        }
        return me.twoStep().get()
                ? ProbeResult.holds("super-admin-with-two-step", me.email(), me.customer())
                : ProbeResult.holds("super-admin-without-two-step", me.email(), me.customer());
    }

    private static Optional<ProbeResult> lacking(GoogleReads google, ProbeContext context, boolean drive)
            throws InterruptedException {
        Optional<Instant> yesterday = Optional.of(google.notes().now(context).minus(Duration.ofDays(1)));
        List<String> installations = google.signs().events(Sign.INSTALLED);
        Optional<ProbeResult> found = Optional.empty();
        if (!installations.isEmpty()) {
            found = lacks(
                    () -> google.events("admin", "all", installations.get(0), yesterday, e -> false),
                    e -> ProbeResult.fails("log-scope-missing", e.operation(), word(e)));
        }
        if (found.isEmpty()) {
            found = lacks(google::policies, e -> ProbeResult.fails("policy-scope-missing", e.operation(), word(e)));
        }
        if (found.isEmpty() && drive) {
            found = lacks(
                    () -> google.rootFolders(Set.of(FolderLooks.TEMP_FOLDER)),
                    e -> ProbeResult.fails("drive-scope-missing", e.operation(), word(e)));
        }
        return found;
    }

    private interface Try {
        void read() throws InterruptedException;
    }

    /** Only a refusal for the scope counts: whatever else is wrong, the look itself will tell. */
    private static Optional<ProbeResult> lacks(Try one, Function<VendorCallException, ProbeResult> failure)
            throws InterruptedException {
        try {
            one.read();
            return Optional.empty();
        } catch (VendorCallException e) {
            if (e.authorizationLost() || e.withoutToken()) {
                throw e;
            }
            return isScopeMissing(e) ? Optional.of(failure.apply(e)) : Optional.empty();
        }
    }

    private static boolean isScopeMissing(VendorCallException e) {
        return e.status() == HTTP_FORBIDDEN
                && e.code().filter(SCOPE_MISSING::contains).isPresent();
    }

    private static String word(VendorCallException e) {
        return e.code().orElse(NONE);
    }

    /** How many users there are (COMMON-11 needs it). */
    public static ProbeResult users(GoogleReads google, ProbeContext context) throws InterruptedException {
        long users = google.users();
        return ProbeResult.holds("users-counted", users).with(Map.of(GoogleFacts.USERS, Long.toString(users)));
    }

    /** Which editions are in use (GOOGLE-4). A sweep that was cut short and met no Business Starter says nothing about it. */
    public static ProbeResult editions(GoogleReads google, ProbeContext context) throws InterruptedException {
        String customer = context.facts().tenant(CloudService.Provider.GOOGLE).orElse("");
        if (customer.isEmpty()) {
            customer = google.account(google.me()).customer();
        }
        GoogleReads.Editions editions = google.editions(customer, BUSINESS_STARTER::equals);
        String skus = editions.skus().isEmpty() ? NONE : String.join(", ", editions.skus());
        if (editions.skus().contains(BUSINESS_STARTER)) {
            return ProbeResult.holds("business-starter-assigned", skus).with(Map.of(GoogleFacts.STARTER, "yes"));
        }
        if (!editions.complete()) {
            return ProbeResult.holds("editions-not-all-read", skus);
        }
        return editions.skus().isEmpty()
                ? ProbeResult.holds("no-licences")
                : ProbeResult.holds("editions-read", skus).with(Map.of(GoogleFacts.STARTER, "no"));
    }

    /** What the policies say; whoever names the steps makes actions of it. */
    public static ProbeResult policies(GoogleReads google, ProbeContext context) throws InterruptedException {
        PolicyBook book = google.policies();
        PolicyBook.Marketplace marketplace =
                book.marketplace(SuperAdmin.known(google, context).applications());
        ProbeResult read = ProbeResult.holds(
                        "policies-read",
                        orNone(book.marketplaceLevels()),
                        orNone(book.apiLevels()),
                        orNone(book.restrictedServices()))
                .with(Map.of(
                        GoogleFacts.MARKETPLACE,
                        marketplace.name(),
                        GoogleFacts.APIS,
                        book.restrictsApis() ? "restricted" : "open"));
        return google.notes().absent(read);
    }

    /** The Marketplace lets the app in. */
    public static ProbeResult marketplaceAllowed(GoogleReads google, ProbeContext context) throws InterruptedException {
        PolicyBook book = google.policies();
        String levels = orNone(book.marketplaceLevels());
        return switch (book.marketplace(SuperAdmin.known(google, context).applications())) {
            case OPEN ->
                google.notes()
                        .absent(
                                levels.equals(NONE)
                                        ? ProbeResult.holds("marketplace-open-by-default")
                                        : ProbeResult.holds("marketplace-open", levels));
            case LISTED -> google.notes().absent(ProbeResult.holds("app-listed", levels));
            case UNKNOWN_LISTED -> ProbeResult.unclear("app-perhaps-listed", levels);
            case NOT_LISTED -> google.notes().absent(ProbeResult.fails("app-not-listed", levels));
            case CLOSED -> ProbeResult.fails("marketplace-blocked", levels);
        };
    }

    /** The API controls let the app in. No API tells which apps are trusted. */
    public static ProbeResult apisAllowed(GoogleReads google, ProbeContext context) throws InterruptedException {
        PolicyBook book = google.policies();
        String levels = orNone(book.apiLevels());
        if (book.restrictsApis()) {
            return ProbeResult.unclear("apis-restricted", levels, orNone(book.restrictedServices()));
        }
        return google.notes()
                .absent(
                        levels.equals(NONE)
                                ? ProbeResult.holds("apis-open-by-default")
                                : ProbeResult.holds("apis-open", levels));
    }

    private static String orNone(List<String> some) {
        return some.isEmpty() ? NONE : String.join(", ", some);
    }
}
