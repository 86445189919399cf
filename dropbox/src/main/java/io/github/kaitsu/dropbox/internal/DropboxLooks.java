package io.github.kaitsu.dropbox.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Statement;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.vendor.CallRetry;
import io.github.kaitsu.vendor.ConnectedProbe;
import io.github.kaitsu.vendor.VendorCallException;
import io.github.kaitsu.vendor.http.TenantGuard;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is looked at, rule by rule. What was seen has its sentence under {@code seen.<code>}; a code given to {@link ProbeResult.Fails}
 * has its texts under {@code fails.<code>} too.
 */
public final class DropboxLooks {
    /** The transit folder, shared with every user (DROPBOX-2). */
    public static final String TEMP_FOLDER = "trendmicro_cas_temp__dont_change_or_delete";

    /** The administrator's alone. */
    public static final String QUARANTINE_FOLDER = "trendmicro_cas_quarantine__dont_change_or_delete";

    /** The team's id: the tenant that the engine pins. */
    public static final String FACT_TENANT = Facts.tenantOf(CloudService.Provider.DROPBOX);

    public static final String FACT_USERS = Facts.usersOf(CloudService.Provider.DROPBOX);
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
    private static final Set<String> STATUSES = Set.of(ACTIVE, "invited", "suspended", "removed");
    /** An older refusal says little: the rules may have been changed in a way that the log does not tell. */
    private static final Duration BLOCK_COUNTS = Duration.ofDays(7);

    private DropboxLooks() {}

    // ---- DROPBOX-1: before the link

    /**
     * An active team administrator, and everything that is looked at later may be read: a scope that is missing must not be
     * found after the link.
     */
    public static ProbeResult admin(DropboxReads dropbox, ProbeContext context) throws InterruptedException {
        try {
            DropboxReads.Admin admin = dropbox.admin();
            if (!STATUSES.contains(admin.status())) {
                return ProbeResult.unclear("unknown-word", admin.status());
            }
            if (!admin.status().equals(ACTIVE)) {
                return ProbeResult.fails("admin-not-active", admin.email(), admin.status());
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
                                at.plus(BLOCK_COUNTS).isAfter(dropbox.notes().now(context)))
                        .ifPresent(at -> facts.put(FACT_BLOCKED, at.toString()));
                facts.put(
                        FACT_LOG_BEFORE,
                        history.get().newest().map(Instant::toString).orElse(""));
            }
            return ProbeResult.holds("active-team-admin", admin.email(), team.name(), team.id())
                    .with(facts);
        } catch (VendorCallException e) {
            return new ProbeResult.Fails(refused(e).orElseThrow(() -> e));
        }
    }

    /** What a refusal says of the consent; empty if it says nothing of it. */
    private static Optional<Statement> refused(VendorCallException e) {
        Optional<String> inToken = Refusals.scope(e, Refusals.TOKEN_LACKS_SCOPE);
        if (inToken.isPresent()) {
            return Optional.of(Statement.of("scope-missing-in-token", inToken.get(), e.operation()));
        }
        Optional<String> inApp = Refusals.scope(e, Refusals.APP_LACKS_SCOPE);
        if (inApp.isPresent()) {
            return Optional.of(Statement.of("scope-missing-in-app", inApp.get(), e.operation()));
        }
        String code = e.code().orElse("");
        return switch (code) {
            case "admin_not_active", Refusals.USER_SUSPENDED ->
                Optional.of(
                        Statement.of("admin-no-longer-active", e.operation()).quoting(code));
            case "mapping_not_found" ->
                Optional.of(Statement.of("admin-unknown", e.operation()).quoting(code));
            case Refusals.NO_TEAM_TOKEN -> Optional.of(Statement.of("not-team-admin", e.operation()));
            default -> Optional.empty();
        };
    }

    /** A plan without the log, for instance, is no reason not to begin: the person is asked then. */
    private static <T> Optional<T> ifAllowed(CallRetry.Call<T> read) throws InterruptedException {
        try {
            return Optional.of(read.attempt());
        } catch (VendorCallException e) {
            if (e.status() == HttpURLConnection.HTTP_FORBIDDEN && !e.withoutToken()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** How many users there are (COMMON-11 needs it). */
    public static ProbeResult users(DropboxReads dropbox, ProbeContext context) throws InterruptedException {
        DropboxReads.Team team = dropbox.team();
        return ProbeResult.holds("members-counted", team.users())
                .with(Map.of(FACT_USERS, Long.toString(team.users()), FACT_TENANT, team.id()));
    }

    /**
     * No refusal stands against the app: somebody allowed it, or it was linked, since the last one. Otherwise unclear, since
     * the log lags and does not tell every way of allowing it: who says that it was done is believed.
     */
    public static ProbeResult appAllowed(DropboxReads dropbox, DropboxReads.Team team, ProbeContext context)
            throws InterruptedException {
        Optional<Instant> blocked = history(dropbox, context.fact(FACT_APP)).blocked();
        return blocked.isPresent()
                ? ProbeResult.unclear("refusal-stands", blocked.get())
                : dropbox.notes().absent(ProbeResult.holds("no-refusal-stands"));
    }

    // ---- DROPBOX-2: after the link, and for drift

    /**
     * The newest of the log's lines says that the app is linked to the team. A link from before the preflight is not pinned: the
     * line of the new one may lag, and the old one be another app of the same name.
     */
    public static ProbeResult appLinked(DropboxReads dropbox, DropboxReads.Team team, ProbeContext context)
            throws InterruptedException {
        AppHistory history = history(dropbox, context.fact(FACT_APP));
        Predicate<Instant> isNew = isNew(dropbox, context);
        Optional<AppHistory.App> seen = history.app(isNew);
        if (seen.isPresent() && seen.get().isLinked()) {
            ProbeResult linked = linked(seen.get(), context, isNew);
            return history.isUnlinkUnread() ? dropbox.notes().absent(linked) : linked;
        }
        if (seen.isPresent() && seen.get().isUndecided()) {
            return ProbeResult.unclear(
                    "linked-and-unlinked", seen.get(), seen.get().linkedAt());
        }
        Optional<AppHistory.App> unlinked = seen.filter(AppHistory.App::isUnlinked);
        if (unlinked.isPresent() && isNew.test(unlinked.get().unlinkedAt())) {
            return dropbox.notes()
                    .absent(ProbeResult.fails(
                            "app-unlinked", unlinked.get(), unlinked.get().unlinkedAt()));
        }
        Optional<Instant> blocked = history.blocked().filter(isNew).filter(at -> isSinceAllowed(at, context));
        if (blocked.isPresent()) {
            return dropbox.notes().absent(ProbeResult.fails("app-blocked", blocked.get()));
        }
        if (history.isAmbiguous(isNew)) {
            return ProbeResult.unclear("several-apps");
        }
        return unlinked.map(app -> ProbeResult.unclear("no-link-since-unlinked", app, app.unlinkedAt()))
                .orElseGet(() -> ProbeResult.unclear("no-link-yet"));
    }

    private static ProbeResult linked(AppHistory.App app, ProbeContext context, Predicate<Instant> isNew) {
        boolean pinned = context.fact(FACT_APP).filter(app.id::equals).isPresent();
        if (!pinned && !isNew.test(app.linkedAt())) {
            return ProbeResult.holds("app-linked-before", app, app.linkedAt());
        }
        Map<String, String> facts = new HashMap<>();
        if (!app.id.isEmpty()) {
            facts.put(FACT_APP, app.id);
        }
        if (!app.linkedBy().isEmpty()) {
            facts.put(FACT_FOLDER_OWNER, app.linkedBy());
        }
        return ProbeResult.holds("app-linked", app, app.linkedAt()).with(facts);
    }

    /** Whether a line of the log came after the preflight; without one, after the run began. */
    private static Predicate<Instant> isNew(DropboxReads dropbox, ProbeContext context) {
        Optional<String> before = context.fact(FACT_LOG_BEFORE);
        Instant since = before.isEmpty()
                ? dropbox.notes().since(context)
                : before.filter(text -> !text.isEmpty()).map(Instant::parse).orElse(Instant.MIN);
        return at -> at.isAfter(since);
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
    public static ProbeResult folders(DropboxReads dropbox, DropboxReads.Team team, ProbeContext context)
            throws InterruptedException {
        DropboxReads.Admin admin = dropbox.admin();
        Owner owner = owner(admin, context);
        Optional<String> temp = dropbox.sharedFolder(TEMP_FOLDER);
        Optional<String> quarantine;
        try {
            quarantine = dropbox.folder(owner.member, admin.teamRoot(), QUARANTINE_FOLDER);
        } catch (VendorCallException e) {
            if (isMemberGone(e)) {
                return ProbeResult.fails("folder-owner-gone", owner.member);
            }
            throw e;
        }
        if (temp.isPresent() && quarantine.isPresent()) {
            return ProbeResult.holds("folders-found", owner.name, temp.get(), quarantine.get())
                    .with(Map.of(FACT_FOLDER_OWNER, owner.member));
        }
        if (temp.isPresent() && !owner.sure) {
            return ProbeResult.unclear("quarantine-folder-not-seen", owner.name, temp.get());
        }
        String missing = Stream.of(temp.isEmpty() ? TEMP_FOLDER : "", quarantine.isEmpty() ? QUARANTINE_FOLDER : "")
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(", "));
        return dropbox.notes().absent(ProbeResult.fails("folders-missing", owner.name, missing));
    }

    // ---- removal

    /** The newest of the log's lines says that the app is not linked any more. */
    public static ProbeResult appUnlinked(DropboxReads dropbox, DropboxReads.Team team, ProbeContext context)
            throws InterruptedException {
        AppHistory history = history(dropbox, context.fact(FACT_APP));
        Predicate<Instant> isNew = isNew(dropbox, context);
        Optional<AppHistory.App> app = history.app(isNew);
        if (history.isAmbiguous(isNew)) {
            return ProbeResult.unclear("several-apps");
        }
        if (app.isEmpty() || !(app.get().isLinked() || app.get().isUnlinked())) {
            return ProbeResult.unclear("link-unknown");
        }
        if (app.get().isLinked()) {
            ProbeResult linked =
                    ProbeResult.fails("app-still-linked", app.get(), app.get().linkedAt());
            return history.isUnlinkUnread() ? dropbox.notes().absent(linked) : linked;
        }
        if (isUnpinned(context)) {
            return ProbeResult.unclear(
                    "app-unlinked-unpinned", app.get(), app.get().unlinkedAt(), team.id());
        }
        String owner = app.get().linkedBy();
        return dropbox.notes()
                .absent(ProbeResult.holds("app-unlinked", app.get(), app.get().unlinkedAt())
                        .with(owner.isEmpty() ? Map.of() : Map.of(FACT_FOLDER_OWNER, owner)));
    }

    /** Neither folder is left: not among the namespaces, nor in the Dropbox of who granted access. */
    public static ProbeResult foldersGone(DropboxReads dropbox, DropboxReads.Team team, ProbeContext context)
            throws InterruptedException {
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
            return temp.isPresent() // whoever owns it now
                    ? ProbeResult.fails("temp-folder-still-there", temp.get(), owner.member)
                    : ProbeResult.unclear("folders-unknown-owner-gone", owner.member);
        }
        if (temp.isPresent() || quarantine.isPresent()) {
            String left = Stream.of(named(TEMP_FOLDER, temp), named(QUARANTINE_FOLDER, quarantine))
                    .flatMap(Optional::stream)
                    .collect(Collectors.joining(", "));
            return ProbeResult.fails("folder-still-there", owner.name, left);
        }
        if (isUnpinned(context)) {
            return ProbeResult.unclear("folders-gone-unpinned", owner.name, team.id());
        }
        return owner.sure
                ? dropbox.notes().absent(ProbeResult.holds("folders-gone", owner.name))
                : ProbeResult.unclear("folders-not-seen", owner.name);
    }

    private static Optional<String> named(String name, Optional<String> id) {
        return id.map(there -> name + " (" + there + ")");
    }

    /** Nothing tells that the connection leads to the team that was activated: absence proves nothing then. */
    private static boolean isUnpinned(ProbeContext context) {
        return context.facts().tenant(CloudService.Provider.DROPBOX).isEmpty();
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
        int before = dropbox.notes().missed();
        dropbox.appEvents(AppEvent.Kind.UNLINKED, history);
        if (dropbox.notes().missed() > before) {
            history.unlinkUnread();
        }
        dropbox.appEvents(AppEvent.Kind.BLOCKED, history);
        if (history.blocked().isPresent()) {
            dropbox.appEvents(AppEvent.Kind.ALLOWED, history);
        }
        return history;
    }

    /** What is seen in another team than the pinned one proves nothing. */
    public static ConnectedProbe.Question<DropboxReads> inTeam(
            TenantGuard.Inside<DropboxReads, DropboxReads.Team> inside) {
        return new TenantGuard<DropboxReads, DropboxReads.Team>(
                        CloudService.Provider.DROPBOX, DropboxReads::team, team -> Optional.of(team.id()))
                .ask(inside);
    }
}
