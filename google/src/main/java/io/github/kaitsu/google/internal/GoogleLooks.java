package io.github.kaitsu.google.internal;

import io.github.kaitsu.google.GoogleAppSigns;
import io.github.kaitsu.google.GoogleAppSigns.Sign;
import io.github.kaitsu.google.internal.AppHistory.State;
import io.github.kaitsu.google.internal.PolicyBook.Marketplace;
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
import org.jspecify.annotations.Nullable;

/** What is looked at, rule by rule. A code given to {@link Look.Fails} has its texts under {@code fails.<code>}. */
public final class GoogleLooks {
    public static final String TEMP_FOLDER = "trendmicro_cas_temp__dont_change_or_delete";
    public static final String QUARANTINE_FOLDER = "trendmicro_cas_quarantine__dont_change_or_delete";

    /** The customer's id: the tenant that the engine pins. */
    public static final String FACT_TENANT = "tenant.GOOGLE";

    public static final String FACT_USERS = "users.GOOGLE";
    public static final String FACT_ADMIN = "google.admin-email";
    /** {@code yes} or {@code no}. */
    public static final String FACT_TWO_STEP = "google.two-step";
    /** A value of {@link Marketplace}. */
    public static final String FACT_MARKETPLACE = "google.marketplace-policy";
    /** {@code open} or {@code restricted}. */
    public static final String FACT_APIS = "google.api-controls";
    /** {@code yes} or {@code no}. */
    public static final String FACT_STARTER = "google.business-starter";

    public static final String FACT_APP = "google.app-id";
    public static final String FACT_CLIENT = "google.client-id";
    public static final String FACT_TEMP_FOLDER = "google.temp-folder-id";
    public static final String FACT_QUARANTINE_FOLDER = "google.quarantine-folder-id";

    private static final String BUSINESS_STARTER = "1010020027";
    private static final String MARKETPLACE_SOURCE = "GOOGLE_WORKSPACE_MARKETPLACE";
    private static final Set<String> SCOPE_MISSING =
            Set.of("insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT");
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int BAD_REQUEST = 400;
    /** A log's clock and ours may differ, and an event may be filed late: better to read some of it twice. */
    private static final Duration OVERLAP = Duration.ofHours(1);

    private GoogleLooks() {}

    // ---- preflight (GOOGLE-1)

    /** A super admin who is not suspended. */
    public static Look admin(GoogleReads google, ProbeContext context) throws InterruptedException {
        GoogleReads.Account me;
        try {
            me = google.account(google.me());
        } catch (VendorCallException e) {
            if (e.status() == FORBIDDEN
                    && e.code().filter(SCOPE_MISSING::contains).isPresent()) {
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
        Map<String, String> facts = new HashMap<>(Map.of(FACT_TENANT, me.customer(), FACT_ADMIN, me.email()));
        me.twoStep().ifPresent(on -> facts.put(FACT_TWO_STEP, on ? "yes" : "no"));
        return new Look.Holds(seen + ", customer=" + me.customer(), facts);
    }

    /** How many users there are (COMMON-11 needs it). */
    public static Look users(GoogleReads google, ProbeContext context) throws InterruptedException {
        long users = google.users();
        return new Look.Holds(users + " users", Map.of(FACT_USERS, Long.toString(users)));
    }

    /** Which editions are in use (GOOGLE-4). A sweep that was cut short and met no Business Starter says nothing about it. */
    public static Look editions(GoogleReads google, ProbeContext context) throws InterruptedException {
        String customer = context.fact(FACT_TENANT).orElse("");
        if (customer.isEmpty()) {
            customer = google.account(google.me()).customer();
        }
        GoogleReads.Editions editions = google.editions(customer, BUSINESS_STARTER::equals);
        boolean starter = editions.skus().contains(BUSINESS_STARTER);
        String seen = "SKUs " + String.join(", ", editions.skus()) + (editions.complete() ? "" : " and perhaps others");
        boolean known = starter || (editions.complete() && !editions.skus().isEmpty());
        return new Look.Holds(seen, known ? Map.of(FACT_STARTER, starter ? "yes" : "no") : Map.of());
    }

    /** What the policies say; whoever names the steps makes actions of it. */
    public static Look policies(GoogleReads google, ProbeContext context) throws InterruptedException {
        PolicyBook book = google.policies();
        return new Look.Holds(
                book.seen(),
                Map.of(
                        FACT_MARKETPLACE,
                        book.marketplace(apps(google, context)).name(),
                        FACT_APIS,
                        book.restrictsApis() ? "restricted" : "open"));
    }

    /** The Marketplace lets the app in. */
    public static Look marketplaceAllowed(GoogleReads google, ProbeContext context) throws InterruptedException {
        PolicyBook book = google.policies();
        return switch (book.marketplace(apps(google, context))) {
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

    private static Set<String> apps(GoogleReads google, ProbeContext context) {
        return known(google, context).applications();
    }

    // ---- the app (GOOGLE-1)

    /** Installed and given its data access, neither undone. Absence in a log is no evidence. */
    public static Look installed(GoogleReads google, ProbeContext context) throws InterruptedException {
        GoogleReads.Account me = google.account(google.me());
        Optional<Look> stranger = stranger(me, context);
        if (stranger.isPresent()) {
            return stranger.get();
        }
        AppHistory history = adminLog(google, known(google, context));
        if (history.undoneSince(Sign.INSTALLED, Sign.UNINSTALLED, context.since())) {
            return new Look.Fails("app-removed", at("removed", history.latest(Sign.UNINSTALLED)));
        }
        if (history.undoneSince(Sign.ACCESS_GRANTED, Sign.ACCESS_WITHDRAWN, context.since())) {
            return new Look.Fails("access-withdrawn", at("data access removed", history.latest(Sign.ACCESS_WITHDRAWN)));
        }
        State installed = history.state(Sign.INSTALLED, Sign.UNINSTALLED);
        State granted = history.state(Sign.ACCESS_GRANTED, Sign.ACCESS_WITHDRAWN);
        if (installed == State.ON && granted == State.ON) {
            return new Look.Holds(
                    at("installed", history.latest(Sign.INSTALLED)) + ", "
                            + at("data access granted", history.latest(Sign.ACCESS_GRANTED)),
                    facts(me, FACT_APP, text(history.latest(Sign.INSTALLED), "APP_ID")));
        }
        if (installed != State.OFF && granted != State.OFF) {
            Optional<LogEvent> use =
                    use(google, known(google, context), context.clock().instant());
            if (use.isPresent()) {
                return new Look.Holds(at("in use by the installation from the Marketplace", use), facts(me, "", ""));
            }
        }
        return new Look.Unclear("admin log: app " + word(installed, "installed", "removed") + ", data access "
                + word(granted, "granted", "removed") + strangers(history));
    }

    /** The strongest proof, where Google keeps that log: the app got a token because it was installed. */
    private static Optional<LogEvent> use(GoogleReads google, GoogleAppSigns signs, Instant now)
            throws InterruptedException {
        AppHistory history = new AppHistory(signs);
        Optional<Instant> yesterday =
                Optional.of(now.minus(Duration.ofDays(1))); // whoever is in use shows again and again
        try {
            for (String name : signs.events(Sign.USED)) {
                google.events("access_evaluation", "all", name, yesterday, e -> {
                    if (e.text("configuration_source").equals(MARKETPLACE_SOURCE)) {
                        history.take(Sign.USED, e);
                    }
                    return history.taken() == 0;
                });
            }
        } catch (VendorCallException e) {
            if (e.retryable() || e.authorizationLost()) {
                throw e;
            } // not every edition has this log
        }
        return history.latest(Sign.USED);
    }

    private static AppHistory adminLog(GoogleReads google, GoogleAppSigns signs) throws InterruptedException {
        AppHistory history = new AppHistory(signs);
        for (Sign sign : List.of(Sign.INSTALLED, Sign.UNINSTALLED, Sign.ACCESS_GRANTED, Sign.ACCESS_WITHDRAWN)) {
            read(google, history, sign, signs, "admin", "all", Optional.empty());
        }
        return history;
    }

    private static void read(
            GoogleReads google,
            AppHistory into,
            Sign sign,
            GoogleAppSigns signs,
            String log,
            String user,
            Optional<Instant> since)
            throws InterruptedException {
        for (String name : signs.events(sign)) {
            try {
                google.events(log, user, name, since, e -> {
                    into.take(sign, e);
                    return true;
                });
            } catch (VendorCallException e) {
                if (e.status() != BAD_REQUEST || signs.events(sign).size() == 1) {
                    throw e;
                } // Google renames events: one of several names may be known no more, or not yet
            }
        }
    }

    /** Removal: the log says that the app went. That it does not say so is no evidence either way. */
    public static Look appGone(GoogleReads google, ProbeContext context) throws InterruptedException {
        GoogleReads.Account me = google.account(google.me());
        Optional<Look> stranger = stranger(me, context);
        if (stranger.isPresent()) {
            return stranger.get();
        }
        AppHistory history = adminLog(google, known(google, context));
        return history.state(Sign.INSTALLED, Sign.UNINSTALLED) == State.OFF
                ? Look.holds(at("removed", history.latest(Sign.UNINSTALLED)))
                : new Look.Unclear("admin log: no removal of the app");
    }

    // ---- what the administrator permitted (GOOGLE-2, GOOGLE-3)

    /** The app is among those that the administrator has permitted. */
    public static Look permitted(GoogleReads google, ProbeContext context) throws InterruptedException {
        GoogleReads.Account me = google.account(google.me());
        Optional<Look> stranger = stranger(me, context);
        if (stranger.isPresent()) {
            return stranger.get();
        }
        GoogleAppSigns signs = known(google, context);
        Optional<List<GoogleReads.Grant>> grants = grants(google, me);
        Optional<GoogleReads.Grant> grant = grants.flatMap(g -> ours(g, signs));
        if (grant.isPresent()) {
            return new Look.Holds(
                    "permitted by " + me.email() + ": " + grant.get().name() + ", client "
                            + grant.get().clientId() + ", " + grant.get().scopes() + " scopes",
                    facts(me, FACT_CLIENT, grant.get().clientId()));
        }
        AppHistory history = new AppHistory(signs);
        Optional<Instant> from = Optional.of(context.since().minus(OVERLAP));
        read(google, history, Sign.AUTHORIZED, signs, "token", me.id(), from);
        read(google, history, Sign.REVOKED, signs, "token", me.id(), from);
        if (history.undoneSince(Sign.AUTHORIZED, Sign.REVOKED, context.since())) {
            return new Look.Fails("access-revoked", at("revoked", history.latest(Sign.REVOKED)));
        }
        if (grants.isPresent() && context.fact(FACT_CLIENT).isPresent()) {
            return new Look.Fails("access-revoked", "no longer among the apps that " + me.email() + " has permitted");
        }
        if (history.state(Sign.AUTHORIZED, Sign.REVOKED) == State.ON) {
            return new Look.Holds(at("token log: permitted", history.latest(Sign.AUTHORIZED)), facts(me, "", ""));
        }
        return new Look.Unclear("neither the token log nor the apps that " + me.email() + " has permitted show it yet");
    }

    /** Empty where our own app may not read them; the token log may still tell. */
    private static Optional<List<GoogleReads.Grant>> grants(GoogleReads google, GoogleReads.Account me)
            throws InterruptedException {
        try {
            return Optional.of(google.grants(me.id()));
        } catch (VendorCallException e) {
            if (e.status() == FORBIDDEN && !e.retryable()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Optional<GoogleReads.Grant> ours(List<GoogleReads.Grant> grants, GoogleAppSigns signs) {
        return grants.stream()
                .filter(g -> signs.isApp(g.name()) || signs.isApp(g.clientId()))
                .findFirst();
    }

    /** Removal: the app is no longer among those that the administrator has permitted. */
    public static Look permissionGone(GoogleReads google, ProbeContext context) throws InterruptedException {
        GoogleReads.Account me = google.account(google.me());
        Optional<Look> stranger = stranger(me, context);
        if (stranger.isPresent()) {
            return stranger.get();
        }
        Optional<GoogleReads.Grant> grant = ours(google.grants(me.id()), known(google, context));
        return grant.isEmpty()
                ? Look.holds("not among the apps that " + me.email() + " has permitted")
                : new Look.Fails("access-still-there", "client " + grant.get().clientId());
    }

    // ---- the folders (GOOGLE-3)

    /** Both folders stand at the top of the administrator's Drive. */
    public static Look folders(GoogleReads google, ProbeContext context) throws InterruptedException {
        GoogleReads.Account me = google.account(google.me());
        Optional<Look> stranger = stranger(me, context);
        if (stranger.isPresent()) {
            return stranger.get();
        }
        GoogleReads.Folders found = google.rootFolders(Set.of(TEMP_FOLDER, QUARANTINE_FOLDER));
        @Nullable String temp = found.ids().get(TEMP_FOLDER);
        @Nullable String quarantine = found.ids().get(QUARANTINE_FOLDER);
        if (temp != null && quarantine != null) {
            return new Look.Holds(
                    "folders " + temp + " (temp) and " + quarantine + " (quarantine) in the Drive of " + me.email(),
                    Map.of(
                            FACT_TEMP_FOLDER, temp,
                            FACT_QUARANTINE_FOLDER, quarantine,
                            FACT_TENANT, me.customer()));
        }
        String seen = "in the Drive of " + me.email() + ": temp folder " + presence(temp) + ", quarantine folder "
                + presence(quarantine);
        return found.complete()
                ? new Look.Fails("folders-missing", seen)
                : new Look.Unclear(seen + " (not all searched)");
    }

    /** Removal: neither folder is left. */
    public static Look foldersGone(GoogleReads google, ProbeContext context) throws InterruptedException {
        GoogleReads.Account me = google.account(google.me());
        Optional<Look> stranger = stranger(me, context);
        if (stranger.isPresent()) {
            return stranger.get();
        }
        GoogleReads.Folders found = google.rootFolders(Set.of(TEMP_FOLDER, QUARANTINE_FOLDER));
        if (!found.ids().isEmpty()) {
            return new Look.Fails(
                    "folders-still-there",
                    "folders " + String.join(", ", found.ids().values()));
        }
        return found.complete()
                ? Look.holds("neither folder in the Drive of " + me.email())
                : new Look.Unclear("not all of the Drive was searched");
    }

    // ---- shared

    /** What is seen of another customer, or by somebody else than the super admin, proves nothing. */
    private static Optional<Look> stranger(GoogleReads.Account me, ProbeContext context) {
        Optional<String> pinned = context.fact(FACT_TENANT);
        if (pinned.isPresent() && !pinned.get().equals(me.customer())) {
            return Optional.of(
                    new Look.Fails(Look.WRONG_TENANT, "customer=" + me.customer() + " instead of " + pinned.get()));
        }
        if (!me.superAdmin()) {
            return Optional.of(
                    new Look.NoAccess("the connection belongs to " + me.email() + ", who is not a super admin"));
        }
        return Optional.empty();
    }

    /** What the connection was told, and the ids that this run has met. */
    private static GoogleAppSigns known(GoogleReads google, ProbeContext context) {
        GoogleAppSigns signs = google.signs();
        GoogleAppSigns withApp = context.fact(FACT_APP).map(signs::application).orElse(signs);
        return context.fact(FACT_CLIENT).map(withApp::client).orElse(withApp);
    }

    private static Map<String, String> facts(GoogleReads.Account me, String name, String value) {
        Map<String, String> facts = new HashMap<>(Map.of(FACT_TENANT, me.customer()));
        if (!value.isEmpty()) {
            facts.put(name, value);
        }
        return facts;
    }

    private static String at(String what, Optional<LogEvent> event) {
        return what
                + event.map(e -> " at " + e.time() + (e.actor().isEmpty() ? "" : " by " + e.actor()))
                        .orElse("");
    }

    private static String text(Optional<LogEvent> event, String parameter) {
        return event.map(e -> e.text(parameter)).orElse("");
    }

    private static String word(State state, String on, String off) {
        return switch (state) {
            case ON -> on;
            case OFF -> off;
            case UNKNOWN -> "not seen";
        };
    }

    private static String strangers(AppHistory history) {
        int others = history.strangers(Sign.ACCESS_GRANTED);
        return others == 0 ? "" : "; " + others + " grants of data access to apps of other or unknown names";
    }

    private static String presence(@Nullable String id) {
        return id == null ? "missing" : "there";
    }
}
