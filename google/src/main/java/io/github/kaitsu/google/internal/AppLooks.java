package io.github.kaitsu.google.internal;

import static java.net.HttpURLConnection.HTTP_BAD_REQUEST;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.google.GoogleAppSigns;
import io.github.kaitsu.google.GoogleAppSigns.Sign;
import io.github.kaitsu.google.internal.AppHistory.State;
import io.github.kaitsu.google.internal.GoogleReads.Account;
import io.github.kaitsu.google.internal.GoogleReads.PermittedApp;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.vendor.VendorCallException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What logs and lists tell of the app: its installation (GOOGLE-1) and what the administrator permitted it (GOOGLE-2, GOOGLE-3).
 * Every code has its sentence under {@code seen.<code>}; what a failing one means stands under {@code fails.<code>}.
 */
public final class AppLooks {
    private static final String MARKETPLACE_SOURCE = "GOOGLE_WORKSPACE_MARKETPLACE";
    /** This log notes every token of every app; what is in use shows again and again. */
    private static final int MOST_USES = 20_000;

    /** In a sentence's place for what Google does not tell. */
    private static final String NOT_TOLD = "-";

    /** A log's clock and ours may differ, and an event may be filed late: better to read some of it twice. */
    private static final Duration OVERLAP = Duration.ofHours(1);

    private AppLooks() {}

    /** Installed and given its data access, neither undone. Absence in a log is no evidence. */
    public static ProbeResult installed(GoogleReads google, Account me, ProbeContext context)
            throws InterruptedException {
        GoogleAppSigns signs = SuperAdmin.known(google, context);
        AppHistory history = adminLog(google, signs);
        if (history.strangers(Sign.ACCESS_GRANTED) > 0
                && history.state(Sign.ACCESS_GRANTED, Sign.ACCESS_WITHDRAWN) != State.ON) {
            GoogleAppSigns more =
                    withClients(signs, permittedApps(google, me)); // the log may name the client, not the app
            history = more.equals(signs) ? history : adminLog(google, more);
        }
        if (history.undoneSince(Sign.INSTALLED, Sign.UNINSTALLED, google.notes().since(context))) {
            return ProbeResult.fails("app-removed", time(history, Sign.UNINSTALLED), actor(history, Sign.UNINSTALLED));
        }
        if (history.undoneSince(
                Sign.ACCESS_GRANTED, Sign.ACCESS_WITHDRAWN, google.notes().since(context))) {
            return ProbeResult.fails(
                    "access-withdrawn", time(history, Sign.ACCESS_WITHDRAWN), actor(history, Sign.ACCESS_WITHDRAWN));
        }
        State installed = history.state(Sign.INSTALLED, Sign.UNINSTALLED);
        State granted = history.state(Sign.ACCESS_GRANTED, Sign.ACCESS_WITHDRAWN);
        if (installed == State.ON && granted == State.ON) {
            return ProbeResult.holds(
                            "app-installed",
                            time(history, Sign.INSTALLED),
                            actor(history, Sign.INSTALLED),
                            time(history, Sign.ACCESS_GRANTED),
                            actor(history, Sign.ACCESS_GRANTED))
                    .with(fact(
                            GoogleFacts.APP,
                            history.latest(Sign.INSTALLED)
                                    .map(e -> e.text("APP_ID"))
                                    .orElse("")));
        }
        if (installed != State.OFF && granted != State.OFF) {
            Optional<LogEvent> use = use(google, signs, google.notes().now(context));
            if (use.isPresent()) {
                return ProbeResult.holds("app-in-use", time(use), actor(use));
            }
        }
        return google.notes().absent(notBoth(history, installed, granted));
    }

    /** Half of it, or what was undone before this run: a reason to install it, none to fail. */
    private static ProbeResult notBoth(AppHistory history, State installed, State granted) {
        int others = history.strangers(Sign.ACCESS_GRANTED); // one of them may be ours
        if (installed == State.OFF) {
            return ProbeResult.unclear(
                    "app-removed-earlier", time(history, Sign.UNINSTALLED), actor(history, Sign.UNINSTALLED));
        }
        if (granted == State.OFF) {
            return ProbeResult.unclear(
                    "access-removed-earlier",
                    time(history, Sign.ACCESS_WITHDRAWN),
                    actor(history, Sign.ACCESS_WITHDRAWN),
                    others);
        }
        if (installed == State.ON) {
            return ProbeResult.unclear(
                    "access-not-in-log", time(history, Sign.INSTALLED), actor(history, Sign.INSTALLED), others);
        }
        if (granted == State.ON) {
            return ProbeResult.unclear(
                    "installation-not-in-log", time(history, Sign.ACCESS_GRANTED), actor(history, Sign.ACCESS_GRANTED));
        }
        return ProbeResult.unclear("app-not-in-log", others);
    }

    private static GoogleAppSigns withClients(GoogleAppSigns signs, Optional<List<PermittedApp>> permitted) {
        GoogleAppSigns more = signs;
        for (PermittedApp app : ours(permitted.orElse(List.of()), signs)) {
            more = more.isApp(app.clientId()) ? more : more.client(app.clientId());
        }
        return more;
    }

    /** The strongest proof, where Google keeps that log: the app got a token because it was installed. */
    private static Optional<LogEvent> use(GoogleReads google, GoogleAppSigns signs, Instant now)
            throws InterruptedException {
        AppHistory history = new AppHistory(signs);
        Optional<Instant> yesterday = Optional.of(now.minus(Duration.ofDays(1)));
        int[] read = {0};
        try {
            for (String name : signs.events(Sign.USED)) {
                google.events("access_evaluation", "all", name, yesterday, e -> {
                    if (e.text("configuration_source").equals(MARKETPLACE_SOURCE)) {
                        history.take(Sign.USED, e);
                    }
                    return history.latest(Sign.USED).isEmpty() && ++read[0] < MOST_USES;
                });
            }
        } catch (VendorCallException e) {
            if (mustBeHeard(e)) {
                throw e;
            } // not every edition has this log
        }
        return history.latest(Sign.USED);
    }

    /** Whether more than this one reading fails, or it was not answered: what a log or list itself refuses, with a 401 too, is a lack of rights. */
    private static boolean mustBeHeard(VendorCallException e) {
        return e.retryable() || e.withoutToken() || e.status() == 0;
    }

    private static AppHistory adminLog(GoogleReads google, GoogleAppSigns signs) throws InterruptedException {
        AppHistory history = new AppHistory(signs);
        for (Sign sign : List.of(Sign.INSTALLED, Sign.UNINSTALLED, Sign.ACCESS_GRANTED, Sign.ACCESS_WITHDRAWN)) {
            int before = google.notes().missed();
            read(google, e -> history.take(sign, e), signs.events(sign), "admin", "all", Optional.empty());
            if (google.notes().missed() > before) {
                history.doubt(sign);
            }
        }
        return history;
    }

    private static void read(
            GoogleReads google,
            Consumer<LogEvent> into,
            List<String> names,
            String log,
            String user,
            Optional<Instant> since)
            throws InterruptedException {
        for (String name : names) {
            try {
                google.events(log, user, name, since, e -> {
                    into.accept(e);
                    return true;
                });
            } catch (VendorCallException e) {
                if (e.status() != HTTP_BAD_REQUEST || names.size() == 1) {
                    throw e;
                } // Google renames events: one of several names may be known no more, or not yet
            }
        }
    }

    /** Removal: the log says that the app went. That it does not say so is no evidence either way. */
    public static ProbeResult appGone(GoogleReads google, Account me, ProbeContext context)
            throws InterruptedException {
        AppHistory history = adminLog(google, SuperAdmin.known(google, context));
        return history.state(Sign.INSTALLED, Sign.UNINSTALLED) == State.OFF
                ? ProbeResult.holds(
                        "app-uninstalled", time(history, Sign.UNINSTALLED), actor(history, Sign.UNINSTALLED))
                : ProbeResult.unclear("removal-not-in-log");
    }

    // ---- what the administrator permitted (GOOGLE-2, GOOGLE-3)

    /** The app is among those that the administrator has permitted, and may use this service: one app asks for both. */
    public static ProbeResult permitted(GoogleReads google, Account me, ProbeContext context, CloudService service)
            throws InterruptedException {
        GoogleAppSigns signs = SuperAdmin.known(google, context);
        Optional<List<PermittedApp>> permitted = permittedApps(google, me);
        List<PermittedApp> ours = ours(permitted.orElse(List.of()), signs);
        for (PermittedApp app : ours) {
            Optional<String> scope = ServiceScopes.opening(service, app.scopes());
            if (scope.isPresent()) {
                return ProbeResult.holds("access-permitted", me.email(), app.name(), app.clientId(), scope.get())
                        .with(fact(GoogleFacts.CLIENT, app.clientId()));
            }
        }
        if (!ours.isEmpty()) {
            PermittedApp app = ours.get(0);
            return ProbeResult.unclear("access-of-unknown-scopes", me.email(), app.name(), app.clientId());
        }
        AppHistory history = new AppHistory(signs);
        Optional<Instant> from = Optional.of(google.notes().since(context).minus(OVERLAP));
        AppHistory ofService = new AppHistory(signs);
        Consumer<LogEvent> authorized = e -> {
            history.take(Sign.AUTHORIZED, e);
            if (ServiceScopes.opening(service, e.words("scope")).isPresent()) {
                ofService.take(Sign.AUTHORIZED, e);
            }
        };
        Consumer<LogEvent> revoked = e -> {
            history.take(Sign.REVOKED, e);
            ofService.take(Sign.REVOKED, e);
        };
        read(google, authorized, signs.events(Sign.AUTHORIZED), "token", me.id(), from);
        int before = google.notes().missed();
        read(google, revoked, signs.events(Sign.REVOKED), "token", me.id(), from);
        if (google.notes().missed() > before) {
            ofService.doubt(Sign.REVOKED);
        }
        if (history.undoneSince(Sign.AUTHORIZED, Sign.REVOKED, google.notes().since(context))) {
            return google.notes()
                    .absent(ProbeResult.fails(
                            "access-revoked", time(history, Sign.REVOKED), actor(history, Sign.REVOKED)));
        }
        Optional<String> client = context.fact(GoogleFacts.CLIENT);
        if (permitted.isPresent() && client.isPresent()) {
            return google.notes().absent(ProbeResult.fails("access-no-longer-listed", me.email(), client.get()));
        }
        if (ofService.state(Sign.AUTHORIZED, Sign.REVOKED) == State.ON) {
            return ProbeResult.holds(
                    "access-permitted-in-log", time(ofService, Sign.AUTHORIZED), actor(ofService, Sign.AUTHORIZED));
        }
        return google.notes()
                .absent(
                        permitted.isPresent()
                                ? ProbeResult.unclear("access-neither-in-log-nor-listed", me.email())
                                : ProbeResult.unclear("access-not-in-token-log", me.email()));
    }

    /** Empty where our own app may not read them; the token log may still tell. */
    private static Optional<List<PermittedApp>> permittedApps(GoogleReads google, Account me)
            throws InterruptedException {
        try {
            return Optional.of(google.permittedApps(me.id()));
        } catch (VendorCallException e) {
            if (mustBeHeard(e)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static List<PermittedApp> ours(List<PermittedApp> permitted, GoogleAppSigns signs) {
        return permitted.stream()
                .filter(g -> signs.isApp(g.name()) || signs.isApp(g.clientId()))
                .toList();
    }

    /** Removal: the app is no longer among those that the administrator has permitted. */
    public static ProbeResult permissionGone(GoogleReads google, Account me, ProbeContext context)
            throws InterruptedException {
        List<PermittedApp> left = ours(google.permittedApps(me.id()), SuperAdmin.known(google, context));
        if (left.isEmpty()) {
            return google.notes().absent(ProbeResult.holds("access-gone", me.email()));
        }
        PermittedApp app = left.get(0);
        return ProbeResult.fails("access-still-there", me.email(), app.name(), app.clientId());
    }

    private static String time(AppHistory history, Sign sign) {
        return time(history.latest(sign));
    }

    private static String time(Optional<LogEvent> event) {
        return event.map(LogEvent::time).map(Instant::toString).orElse(NOT_TOLD);
    }

    private static String actor(AppHistory history, Sign sign) {
        return actor(history.latest(sign));
    }

    private static String actor(Optional<LogEvent> event) {
        return event.map(LogEvent::actor).filter(who -> !who.isEmpty()).orElse(NOT_TOLD);
    }

    private static Map<String, String> fact(String name, String value) {
        return value.isEmpty() ? Map.of() : Map.of(name, value);
    }
}
