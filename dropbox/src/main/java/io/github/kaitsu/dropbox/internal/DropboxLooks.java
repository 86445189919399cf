package io.github.kaitsu.dropbox.internal;

import io.github.kaitsu.spi.CallRetry;
import io.github.kaitsu.spi.Look;
import io.github.kaitsu.spi.ProbeContext;
import io.github.kaitsu.spi.VendorCallException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What is looked at, rule by rule. A code given to {@link Look.Fails} has its texts under {@code fails.<code>}. */
public final class DropboxLooks {
    /** The transit folder, shared with every user (DROPBOX-2). */
    public static final String TEMP_FOLDER = "trendmicro_cas_temp__dont_change_or_delete";

    /** The administrator's alone. */
    public static final String QUARANTINE_FOLDER = "trendmicro_cas_quarantine__dont_change_or_delete";

    /** The team's id: the tenant that the engine pins. */
    public static final String FACT_TENANT = "tenant.DROPBOX";

    public static final String FACT_USERS = "users.DROPBOX";
    public static final String FACT_ADMIN = "dropbox.admin-email";
    /** The vendor's app as it was linked in this activation; another app may bear the same name. */
    public static final String FACT_APP = "dropbox.app-id";
    /** The newest line about the app before the link, by Dropbox's clock; empty if there was none. */
    public static final String FACT_LOG_BEFORE = "dropbox.app-log-before";
    /** When the team's rules refused the app last, by Dropbox's clock; absent if they did not lately. */
    public static final String FACT_BLOCKED = "dropbox.app-blocked";
    /** The team member id of who granted access: the folders stand in that member's Dropbox. */
    public static final String FACT_FOLDER_OWNER = "dropbox.folder-owner";

    private static final String ACTIVE = "active";
    private static final int FORBIDDEN = 403;
    /** An older refusal says little: the rules may have been changed in a way that the log does not tell. */
    private static final Duration BLOCK_COUNTS = Duration.ofDays(7);

    private static final String AMBIGUOUS = "the log knows several apps of the name, and not which one is meant";

    private DropboxLooks() {}

    // ---- DROPBOX-1: before the link

    /**
     * An active team administrator, and everything that is looked at later may be read: a scope that is missing must not be
     * found after the link.
     */
    public static Look admin(DropboxReads dropbox, ProbeContext context) throws InterruptedException {
        try {
            DropboxReads.Admin admin = dropbox.admin();
            String seen = admin.email() + ": status=" + admin.status();
            if (!admin.status().equals(ACTIVE)) {
                return new Look.Fails("admin-not-active", seen);
            }
            DropboxReads.Team team = dropbox.team();
            Map<String, String> facts = new HashMap<>();
            facts.put(FACT_TENANT, team.id());
            facts.put(FACT_ADMIN, admin.email());
            ifAllowed(() -> {
                dropbox.tryNamespaces();
                return dropbox.folder(admin.member(), Optional.empty(), QUARANTINE_FOLDER);
            });
            Optional<AppHistory> history = ifAllowed(() -> history(dropbox, Optional.empty()));
            if (history.isPresent()) {
                history.get()
                        .blocked()
                        .filter(at ->
                                at.plus(BLOCK_COUNTS).isAfter(context.clock().instant()))
                        .ifPresent(at -> facts.put(FACT_BLOCKED, at.toString()));
                facts.put(
                        FACT_LOG_BEFORE,
                        history.get().newest().map(Instant::toString).orElse(""));
            }
            return new Look.Holds(seen + ", team=" + team.id() + " (" + team.name() + ")", facts);
        } catch (VendorCallException e) {
            return reason(e).<Look>map(r -> new Look.Fails(r, e.getMessage())).orElseThrow(() -> e);
        }
    }

    private static Optional<String> reason(VendorCallException e) {
        if (Refusals.scope(e, Refusals.TOKEN_LACKS_SCOPE).isPresent()) {
            return Optional.of("scope-missing-in-token");
        }
        if (Refusals.scope(e, Refusals.APP_LACKS_SCOPE).isPresent()) {
            return Optional.of("scope-missing-in-app");
        }
        return switch (e.code().orElse("")) {
            case "admin_not_active", Refusals.USER_SUSPENDED -> Optional.of("admin-not-active");
            case "mapping_not_found" -> Optional.of("admin-unknown");
            case Refusals.NO_TEAM_TOKEN -> Optional.of("not-team-admin");
            default -> Optional.empty();
        };
    }

    /** A plan without the log, for instance, is no reason not to begin: the person is asked then. */
    private static <T> Optional<T> ifAllowed(CallRetry.Call<T> read) throws InterruptedException {
        try {
            return Optional.of(read.attempt());
        } catch (VendorCallException e) {
            if (e.status() == FORBIDDEN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** How many users there are (COMMON-11 needs it). */
    public static Look users(DropboxReads dropbox, ProbeContext context) throws InterruptedException {
        DropboxReads.Team team = dropbox.team();
        return new Look.Holds(
                team.users() + " provisioned members",
                Map.of(FACT_USERS, Long.toString(team.users()), FACT_TENANT, team.id()));
    }

    /**
     * No refusal stands against the app: somebody allowed it, or it was linked, since the last one. Otherwise unclear, since
     * the log lags and does not tell every way of allowing it: who says that it was done is believed.
     */
    public static Look appAllowed(DropboxReads dropbox, ProbeContext context) throws InterruptedException {
        DropboxReads.Team team = dropbox.team();
        Optional<Look> stranger = stranger(team, context);
        if (stranger.isPresent()) {
            return stranger.get();
        }
        Optional<Instant> blocked = history(dropbox, context.fact(FACT_APP)).blocked();
        return blocked.isPresent()
                ? new Look.Unclear(
                        "app_blocked_by_permissions at " + blocked.get() + ", and nothing newer allows the app")
                : Look.holds("the app was allowed or linked since it was refused");
    }

    // ---- DROPBOX-2: after the link, and for drift

    /**
     * The newest of the log's lines says that the app is linked to the team. A link from before the preflight is not pinned: the
     * line of the new one may lag, and the old one be another app of the same name.
     */
    public static Look appLinked(DropboxReads dropbox, ProbeContext context) throws InterruptedException {
        DropboxReads.Team team = dropbox.team();
        Optional<Look> stranger = stranger(team, context);
        if (stranger.isPresent()) {
            return stranger.get();
        }
        AppHistory history = history(dropbox, context.fact(FACT_APP));
        Optional<AppHistory.App> seen = history.app(at -> isNew(at, context));
        if (seen.isPresent() && seen.get().isLinked()) {
            return linked(seen.get(), team, context);
        }
        if (seen.isPresent() && seen.get().isUndecided()) {
            return new Look.Unclear(seen.get() + " was linked and unlinked within one second, "
                    + seen.get().linkedAt());
        }
        Optional<AppHistory.App> unlinked = seen.filter(AppHistory.App::isUnlinked);
        if (unlinked.isPresent() && isNew(unlinked.get().unlinkedAt(), context)) {
            return new Look.Fails(
                    "app-unlinked",
                    "app_unlink_team of " + unlinked.get() + " at "
                            + unlinked.get().unlinkedAt());
        }
        Optional<Instant> blocked =
                history.blocked().filter(at -> isNew(at, context)).filter(at -> isSinceAllowed(at, context));
        if (blocked.isPresent()) {
            return new Look.Fails("app-blocked", "app_blocked_by_permissions at " + blocked.get());
        }
        if (history.isAmbiguous(at -> isNew(at, context))) {
            return new Look.Unclear(AMBIGUOUS);
        }
        return new Look.Unclear(
                unlinked.map(app -> "no app_link_team yet since " + app + " was unlinked at " + app.unlinkedAt())
                        .orElse("no app_link_team of the app yet; the log may lag"));
    }

    private static Look linked(AppHistory.App app, DropboxReads.Team team, ProbeContext context) {
        String seen = "app_link_team of " + app + " at " + app.linkedAt();
        boolean pinned = context.fact(FACT_APP).filter(app.id::equals).isPresent();
        if (!pinned && !isNew(app.linkedAt(), context)) {
            return new Look.Holds(seen + ", before this activation", Map.of(FACT_TENANT, team.id()));
        }
        Map<String, String> facts = new HashMap<>();
        facts.put(FACT_TENANT, team.id());
        if (!app.id.isEmpty()) {
            facts.put(FACT_APP, app.id);
        }
        if (!app.linkedBy().isEmpty()) {
            facts.put(FACT_FOLDER_OWNER, app.linkedBy());
        }
        return new Look.Holds(seen, facts);
    }

    /** Whether a line of the log came after the preflight; without one, after the run began. */
    private static boolean isNew(Instant at, ProbeContext context) {
        Optional<String> before = context.fact(FACT_LOG_BEFORE);
        if (before.isEmpty()) {
            return at.isAfter(context.since());
        }
        return before.get().isEmpty() || at.isAfter(Instant.parse(before.get()));
    }

    /** The refusal that the preflight saw was dealt with before the link, whether or not the log tells. */
    private static boolean isSinceAllowed(Instant blocked, ProbeContext context) {
        return context.fact(FACT_BLOCKED)
                .map(Instant::parse)
                .filter(dealtWith -> !blocked.isAfter(dealtWith))
                .isEmpty();
    }

    /**
     * The temp folder is among the team's namespaces, the quarantine folder at the top of the Dropbox of who granted access.
     * Where the log does not tell who that was, its absence in the connected administrator's Dropbox proves nothing.
     */
    public static Look folders(DropboxReads dropbox, ProbeContext context) throws InterruptedException {
        DropboxReads.Team team = dropbox.team();
        Optional<Look> stranger = stranger(team, context);
        if (stranger.isPresent()) {
            return stranger.get();
        }
        DropboxReads.Admin admin = dropbox.admin();
        Owner owner = owner(admin, context);
        Optional<String> temp = dropbox.sharedFolder(TEMP_FOLDER);
        Optional<String> quarantine;
        try {
            quarantine = dropbox.folder(owner.member, admin.teamRoot(), QUARANTINE_FOLDER);
        } catch (VendorCallException e) {
            if (isMemberGone(e)) {
                return new Look.Fails("folder-owner-gone", "member " + owner.member + " is no longer on the team");
            }
            throw e;
        }
        String seen = "temp folder " + temp.map(id -> "namespace " + id).orElse("missing") + ", quarantine folder "
                + quarantine.orElse("missing") + " in the Dropbox of " + owner.name;
        if (temp.isPresent() && quarantine.isPresent()) {
            return new Look.Holds(seen, Map.of(FACT_TENANT, team.id(), FACT_FOLDER_OWNER, owner.member));
        }
        return temp.isEmpty() || owner.sure ? new Look.Fails("folders-missing", seen) : new Look.Unclear(seen);
    }

    // ---- removal

    /** The newest of the log's lines says that the app is not linked any more. */
    public static Look appUnlinked(DropboxReads dropbox, ProbeContext context) throws InterruptedException {
        DropboxReads.Team team = dropbox.team();
        Optional<Look> stranger = stranger(team, context);
        if (stranger.isPresent()) {
            return stranger.get();
        }
        AppHistory history = history(dropbox, context.fact(FACT_APP));
        Optional<AppHistory.App> app = history.app(at -> isNew(at, context));
        if (history.isAmbiguous(at -> isNew(at, context))) {
            return new Look.Unclear(AMBIGUOUS);
        }
        if (app.isEmpty() || !(app.get().isLinked() || app.get().isUnlinked())) {
            return new Look.Unclear("the log does not tell whether the app is linked");
        }
        if (app.get().isLinked()) {
            return new Look.Fails(
                    "app-still-linked",
                    "app_link_team of " + app.get() + " at " + app.get().linkedAt());
        }
        String seen = "app_unlink_team of " + app.get() + " at " + app.get().unlinkedAt();
        if (isUnpinned(context)) {
            return anyTeam(team, seen);
        }
        Map<String, String> facts = new HashMap<>(Map.of(FACT_TENANT, team.id()));
        if (!app.get().linkedBy().isEmpty()) {
            facts.put(FACT_FOLDER_OWNER, app.get().linkedBy());
        }
        return new Look.Holds(seen, facts);
    }

    /** Neither folder is left: not among the namespaces, nor in the Dropbox of who granted access. */
    public static Look foldersGone(DropboxReads dropbox, ProbeContext context) throws InterruptedException {
        DropboxReads.Team team = dropbox.team();
        Optional<Look> stranger = stranger(team, context);
        if (stranger.isPresent()) {
            return stranger.get();
        }
        DropboxReads.Admin admin = dropbox.admin();
        Owner owner = owner(admin, context);
        Optional<String> temp = dropbox.sharedFolder(TEMP_FOLDER);
        Optional<String> quarantine;
        try {
            if (temp.isEmpty()) { // no longer shared may still be there
                temp = dropbox.folder(owner.member, admin.teamRoot(), TEMP_FOLDER);
            }
            quarantine = dropbox.folder(owner.member, admin.teamRoot(), QUARANTINE_FOLDER);
        } catch (VendorCallException e) {
            if (!isMemberGone(e)) {
                throw e;
            }
            String gone = "member " + owner.member + " is no longer on the team";
            return temp.isPresent() // whoever owns it now
                    ? new Look.Fails("folder-still-there", "temp folder " + temp.get() + "; " + gone)
                    : new Look.Unclear(gone + ", so it cannot be told what became of the folders");
        }
        String seen = "temp folder " + temp.orElse("gone") + ", quarantine folder " + quarantine.orElse("gone")
                + " in the Dropbox of " + owner.name;
        if (temp.isPresent() || quarantine.isPresent()) {
            return new Look.Fails("folder-still-there", seen);
        }
        if (isUnpinned(context)) {
            return anyTeam(team, seen);
        }
        return owner.sure ? new Look.Holds(seen, Map.of(FACT_TENANT, team.id())) : new Look.Unclear(seen);
    }

    /** Nothing tells that the connection leads to the team that was activated: absence proves nothing then. */
    private static boolean isUnpinned(ProbeContext context) {
        return context.fact(FACT_TENANT).isEmpty();
    }

    private static Look anyTeam(DropboxReads.Team team, String seen) {
        return new Look.Unclear("nothing tells that team=" + team.id() + " is the one that was activated; " + seen);
    }

    // ---- what several looks share

    /**
     * In whose Dropbox the quarantine folder stands.
     *
     * @param sure whether the log, or an earlier look, has told
     */
    private record Owner(String member, String name, boolean sure) {}

    private static Owner owner(DropboxReads.Admin admin, ProbeContext context) {
        Optional<String> known = context.fact(FACT_FOLDER_OWNER);
        boolean himself = known.isEmpty() || known.get().equals(admin.member());
        return himself
                ? new Owner(admin.member(), admin.email(), known.isPresent())
                : new Owner(known.get(), known.get(), true);
    }

    private static boolean isMemberGone(VendorCallException e) {
        return e.code().filter(Refusals.MEMBER_GONE::equals).isPresent();
    }

    private static AppHistory history(DropboxReads dropbox, Optional<String> pinned) throws InterruptedException {
        AppHistory history = new AppHistory(pinned);
        dropbox.appEvents(AppEvent.Kind.LINKED, history);
        dropbox.appEvents(AppEvent.Kind.UNLINKED, history);
        dropbox.appEvents(AppEvent.Kind.BLOCKED, history);
        if (history.blocked().isPresent()) {
            dropbox.appEvents(AppEvent.Kind.ALLOWED, history);
        }
        return history;
    }

    private static Optional<Look> stranger(DropboxReads.Team team, ProbeContext context) {
        return context.fact(FACT_TENANT)
                .filter(pinned -> !pinned.equals(team.id()))
                .map(pinned -> new Look.Fails(Look.WRONG_TENANT, "team=" + team.id() + " instead of " + pinned));
    }
}
