package io.github.kaitsu.google.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.google.GoogleAppSigns;
import io.github.kaitsu.google.GoogleAppSigns.Sign;
import io.github.kaitsu.google.internal.AppHistory.State;
import io.github.kaitsu.spi.Look;
import io.github.kaitsu.spi.ProbeContext;
import io.github.kaitsu.spi.VendorCallException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What logs and lists tell of the app: its installation (GOOGLE-1) and what the administrator permitted it (GOOGLE-2, GOOGLE-3).
 * A code given to {@link Look.Fails} has its texts under {@code fails.<code>}.
 */
public final class AppLooks {
    private static final String MARKETPLACE_SOURCE = "GOOGLE_WORKSPACE_MARKETPLACE";
    /** This log notes every token of every app; what is in use shows again and again. */
    private static final int MOST_USES = 20_000;

    private static final int BAD_REQUEST = 400;
    /** A log's clock and ours may differ, and an event may be filed late: better to read some of it twice. */
    private static final Duration OVERLAP = Duration.ofHours(1);

    private AppLooks() {}

    /** Installed and given its data access, neither undone. Absence in a log is no evidence. */
    public static Look installed(GoogleReads google, ProbeContext context) throws InterruptedException {
        return SuperAdmin.look(google, context, me -> installed(google, context, me));
    }

    private static Look installed(GoogleReads google, ProbeContext context, GoogleReads.Account me)
            throws InterruptedException {
        GoogleAppSigns signs = SuperAdmin.known(google, context);
        AppHistory history = adminLog(google, signs);
        if (history.hasStrangers(Sign.ACCESS_GRANTED)
                && history.state(Sign.ACCESS_GRANTED, Sign.ACCESS_WITHDRAWN) != State.ON) {
            GoogleAppSigns more = withClients(signs, grants(google, me)); // the log may name the client, not the app
            history = more.equals(signs) ? history : adminLog(google, more);
        }
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
                    SuperAdmin.facts(me, Facts.APP, text(history.latest(Sign.INSTALLED), "APP_ID")));
        }
        if (installed != State.OFF && granted != State.OFF) {
            Optional<LogEvent> use = use(google, signs, context.clock().instant());
            if (use.isPresent()) {
                return new Look.Holds(
                        at("in use by the installation from the Marketplace", use), SuperAdmin.facts(me, "", ""));
            }
        }
        return new Look.Unclear("admin log: app " + word(installed, "installed", "removed") + ", data access "
                + word(granted, "granted", "removed") + strangers(history));
    }

    private static GoogleAppSigns withClients(GoogleAppSigns signs, Optional<List<GoogleReads.Grant>> grants) {
        GoogleAppSigns more = signs;
        for (GoogleReads.Grant grant : grants.map(all -> ours(all, signs)).orElse(List.of())) {
            more = more.isApp(grant.clientId()) ? more : more.client(grant.clientId());
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
            if (e.retryable() || e.authorizationLost()) {
                throw e;
            } // not every edition has this log
        }
        return history.latest(Sign.USED);
    }

    private static AppHistory adminLog(GoogleReads google, GoogleAppSigns signs) throws InterruptedException {
        AppHistory history = new AppHistory(signs);
        for (Sign sign : List.of(Sign.INSTALLED, Sign.UNINSTALLED, Sign.ACCESS_GRANTED, Sign.ACCESS_WITHDRAWN)) {
            read(google, e -> history.take(sign, e), signs.events(sign), "admin", "all", Optional.empty());
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
                if (e.status() != BAD_REQUEST || names.size() == 1) {
                    throw e;
                } // Google renames events: one of several names may be known no more, or not yet
            }
        }
    }

    /** Removal: the log says that the app went. That it does not say so is no evidence either way. */
    public static Look appGone(GoogleReads google, ProbeContext context) throws InterruptedException {
        return SuperAdmin.lookAfterRemoval(google, context, me -> removed(google, context));
    }

    private static Look removed(GoogleReads google, ProbeContext context) throws InterruptedException {
        AppHistory history = adminLog(google, SuperAdmin.known(google, context));
        return history.state(Sign.INSTALLED, Sign.UNINSTALLED) == State.OFF
                ? Look.holds(at("removed", history.latest(Sign.UNINSTALLED)))
                : new Look.Unclear("admin log: no removal of the app");
    }

    // ---- what the administrator permitted (GOOGLE-2, GOOGLE-3)

    /** The app is among those that the administrator has permitted, and may use this service: one app asks for both. */
    public static Look permitted(GoogleReads google, ProbeContext context, CloudService service)
            throws InterruptedException {
        return SuperAdmin.look(google, context, me -> permitted(google, context, service, me));
    }

    private static Look permitted(
            GoogleReads google, ProbeContext context, CloudService service, GoogleReads.Account me)
            throws InterruptedException {
        GoogleAppSigns signs = SuperAdmin.known(google, context);
        Optional<List<GoogleReads.Grant>> grants = grants(google, me);
        List<GoogleReads.Grant> ours = grants.map(all -> ours(all, signs)).orElse(List.of());
        for (GoogleReads.Grant grant : ours) {
            if (ServiceScopes.open(service, grant.scopes())) {
                return new Look.Holds(
                        "permitted by " + me.email() + ": " + grant.name() + ", client " + grant.clientId() + ", "
                                + grant.scopes().size() + " scopes, some of them of " + service,
                        SuperAdmin.facts(me, Facts.CLIENT, grant.clientId()));
            }
        }
        if (!ours.isEmpty()) {
            return new Look.Unclear(
                    "permitted by " + me.email() + ": " + ours.get(0).name() + ", client "
                            + ours.get(0).clientId() + ", but none of its scopes is known as one of " + service);
        }
        AppHistory history = new AppHistory(signs);
        Optional<Instant> from = Optional.of(context.since().minus(OVERLAP));
        AppHistory ofService = new AppHistory(signs);
        Consumer<LogEvent> authorized = e -> {
            history.take(Sign.AUTHORIZED, e);
            if (ServiceScopes.open(service, e.words("scope"))) {
                ofService.take(Sign.AUTHORIZED, e);
            }
        };
        Consumer<LogEvent> revoked = e -> {
            history.take(Sign.REVOKED, e);
            ofService.take(Sign.REVOKED, e);
        };
        read(google, authorized, signs.events(Sign.AUTHORIZED), "token", me.id(), from);
        read(google, revoked, signs.events(Sign.REVOKED), "token", me.id(), from);
        if (history.undoneSince(Sign.AUTHORIZED, Sign.REVOKED, context.since())) {
            return new Look.Fails("access-revoked", at("revoked", history.latest(Sign.REVOKED)));
        }
        if (grants.isPresent() && context.fact(Facts.CLIENT).isPresent()) {
            return new Look.Fails("access-revoked", "no longer among the apps that " + me.email() + " has permitted");
        }
        if (ofService.state(Sign.AUTHORIZED, Sign.REVOKED) == State.ON) {
            return new Look.Holds(
                    at("token log: permitted", ofService.latest(Sign.AUTHORIZED)), SuperAdmin.facts(me, "", ""));
        }
        return new Look.Unclear("neither the token log nor the apps that " + me.email() + " has permitted show it yet");
    }

    /** Empty where our own app may not read them; the token log may still tell. */
    private static Optional<List<GoogleReads.Grant>> grants(GoogleReads google, GoogleReads.Account me)
            throws InterruptedException {
        try {
            return Optional.of(google.grants(me.id()));
        } catch (VendorCallException e) {
            if (e.retryable() || e.authorizationLost()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static List<GoogleReads.Grant> ours(List<GoogleReads.Grant> grants, GoogleAppSigns signs) {
        return grants.stream()
                .filter(g -> signs.isApp(g.name()) || signs.isApp(g.clientId()))
                .toList();
    }

    /** Removal: the app is no longer among those that the administrator has permitted. */
    public static Look permissionGone(GoogleReads google, ProbeContext context) throws InterruptedException {
        return SuperAdmin.lookAfterRemoval(google, context, me -> permissionGone(google, context, me));
    }

    private static Look permissionGone(GoogleReads google, ProbeContext context, GoogleReads.Account me)
            throws InterruptedException {
        List<GoogleReads.Grant> left = ours(google.grants(me.id()), SuperAdmin.known(google, context));
        return left.isEmpty()
                ? Look.holds("not among the apps that " + me.email() + " has permitted")
                : new Look.Fails("access-still-there", "client " + left.get(0).clientId());
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
        return history.hasStrangers(Sign.ACCESS_GRANTED)
                ? "; data access was granted to an app of another or an unknown name"
                : "";
    }
}
