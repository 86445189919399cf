package io.github.kaitsu.box.internal;

import io.github.kaitsu.spi.ConnectedProbe;
import io.github.kaitsu.spi.Look;
import io.github.kaitsu.spi.ProbeContext;
import io.github.kaitsu.spi.VendorCallException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is looked at, rule by rule. A code given to {@link Look.Fails} has its texts under {@code fails.<code>}. */
public final class BoxLooks {
    /** The transit folder; the group that may edit it has the same name (BOX-2). */
    public static final String TEMP_FOLDER = "trendmicro_cas_temp__dont_change_or_delete";

    public static final String QUARANTINE_FOLDER = "trendmicro_cas_quarantine__dont_change_or_delete";
    public static final String GROUP = TEMP_FOLDER;

    /** The enterprise's id: the tenant that the engine pins. */
    public static final String FACT_TENANT = "tenant.BOX";

    public static final String FACT_USERS = "users.BOX";
    public static final String FACT_ADMIN = "box.admin-login";
    public static final String FACT_TEMP_FOLDER = "box.temp-folder-id";
    public static final String FACT_QUARANTINE_FOLDER = "box.quarantine-folder-id";

    private static final String ADMIN = "admin";
    private static final int NOT_FOUND = 404;

    private BoxLooks() {}

    /** BOX-1: the primary administrator, active, of an enterprise. */
    public static Look admin(BoxReads box, ProbeContext context) throws InterruptedException {
        BoxReads.Me me = box.me();
        String seen = me.login() + ": role=" + me.role() + ", status=" + me.status();
        if (me.role().isEmpty()) {
            return new Look.Unclear("Box does not tell the role of " + me.login());
        }
        if (me.role().equals("coadmin")) {
            return new Look.Fails("co-admin", seen);
        }
        if (!me.role().equals(ADMIN)) {
            return new Look.Fails("not-admin", seen);
        }
        if (me.enterprise().isEmpty()) {
            return new Look.Fails("no-enterprise", seen);
        }
        if (!me.status().isEmpty() && !me.status().equals("active")) {
            return new Look.Fails("admin-not-active", seen);
        }
        return new Look.Holds(
                seen + ", enterprise=" + me.enterprise(), Map.of(FACT_TENANT, me.enterprise(), FACT_ADMIN, me.login()));
    }

    /** BOX-1: how many users there are (COMMON-11 needs it). */
    public static Look users(BoxReads box, ProbeContext context) throws InterruptedException {
        OptionalLong users = box.managedUsers();
        if (users.isEmpty()) {
            return new Look.Unclear("Box does not tell the number of users");
        }
        return new Look.Holds(
                users.getAsLong() + " managed users", Map.of(FACT_USERS, Long.toString(users.getAsLong())));
    }

    /** BOX-1: content creation at root level is allowed. */
    public static Look rootCreation(BoxReads box, ProbeContext context) throws InterruptedException {
        String enterprise = context.fact(FACT_TENANT).orElse("");
        if (enterprise.isEmpty()) {
            enterprise = box.me().enterprise();
        }
        if (enterprise.isEmpty()) {
            return new Look.Unclear("Box does not tell the enterprise");
        }
        Optional<Boolean> restricted = box.rootCreationRestricted(enterprise);
        if (restricted.isEmpty()) {
            return new Look.Unclear("Box does not tell is_root_content_creation_restricted");
        }
        String seen = "is_root_content_creation_restricted=" + restricted.get();
        return restricted.get() ? new Look.Fails("root-creation-restricted", seen) : Look.holds(seen);
    }

    /** BOX-2: both folders stand in the administrator's root. */
    public static Look folders(BoxReads box, ProbeContext context) throws InterruptedException {
        BoxReads.Me me = box.me();
        Optional<Look> stranger = stranger(me, context);
        if (stranger.isPresent()) {
            return stranger.get();
        }
        Map<String, String> found = box.rootFolders(Set.of(TEMP_FOLDER, QUARANTINE_FOLDER));
        String temp = found.get(TEMP_FOLDER);
        String quarantine = found.get(QUARANTINE_FOLDER);
        if (temp == null || quarantine == null) {
            return new Look.Fails(
                    "folders-missing",
                    "in the root of " + me.login() + ": temp folder " + presence(temp) + ", quarantine folder "
                            + presence(quarantine));
        }
        return new Look.Holds(
                "folders " + temp + " (temp) and " + quarantine + " (quarantine) in the root of " + me.login(),
                Map.of(
                        FACT_TEMP_FOLDER, temp,
                        FACT_QUARANTINE_FOLDER, quarantine,
                        FACT_TENANT, me.enterprise()));
    }

    /** BOX-2: the group exists and may edit the temp folder; another role than editor is a warning. */
    public static Look group(BoxReads box, ProbeContext context) throws InterruptedException {
        BoxReads.Me me = box.me();
        Optional<Look> stranger = stranger(me, context);
        if (stranger.isPresent()) {
            return stranger.get();
        }
        Optional<String> group = box.group(GROUP);
        if (group.isEmpty()) {
            return new Look.Fails("group-missing", "no group named " + GROUP);
        }
        Optional<BoxReads.Access> access = accessToTempFolder(box, context, group.get());
        if (access.isEmpty()) {
            return new Look.Fails(
                    "group-not-in-folder", "group " + group.get() + " is no collaborator of the temp folder");
        }
        String seen = "group " + group.get() + " in the temp folder: role="
                + access.get().role() + ", status=" + access.get().status();
        if (!access.get().status().equals("accepted")) {
            return new Look.Fails("group-not-accepted", seen);
        }
        String warning = access.get().role().equals("editor") ? "" : "; warning: the role editor was expected";
        return new Look.Holds(seen + warning, Map.of(FACT_TENANT, me.enterprise()));
    }

    private static Optional<BoxReads.Access> accessToTempFolder(BoxReads box, ProbeContext context, String group)
            throws InterruptedException {
        Optional<String> known = context.fact(FACT_TEMP_FOLDER);
        if (known.isPresent()) {
            try {
                return box.access(known.get(), group);
            } catch (VendorCallException e) {
                if (e.status() != NOT_FOUND) {
                    throw e;
                } // the folder may have been made anew: look for it by name
            }
        }
        String folder = box.rootFolders(Set.of(TEMP_FOLDER)).get(TEMP_FOLDER);
        return folder == null ? Optional.empty() : box.access(folder, group);
    }

    /** Removal: a folder is gone from the administrator's root. */
    public static ConnectedProbe.Question<BoxReads> folderGone(String name) {
        return (box, context) -> {
            BoxReads.Me me = box.me();
            Optional<Look> stranger = stranger(me, context);
            if (stranger.isPresent()) {
                return stranger.get();
            }
            String id = box.rootFolders(Set.of(name)).get(name);
            return id == null
                    ? gone(me, context, "no folder " + name + " in the administrator's root")
                    : new Look.Fails("folder-still-there", "folder " + id + " is named " + name);
        };
    }

    /** Removal: the group is gone. */
    public static Look groupGone(BoxReads box, ProbeContext context) throws InterruptedException {
        BoxReads.Me me = box.me();
        Optional<Look> stranger = stranger(me, context);
        if (stranger.isPresent()) {
            return stranger.get();
        }
        Optional<String> group = box.group(GROUP);
        return group.isEmpty()
                ? gone(me, context, "no group named " + GROUP)
                : new Look.Fails("group-still-there", "group " + group.get() + " is named " + GROUP);
    }

    /** Absence proves nothing where nothing tells that this enterprise is the one that was activated. */
    private static Look gone(BoxReads.Me me, ProbeContext context, String seen) {
        return context.fact(FACT_TENANT).isPresent()
                ? Look.holds(seen)
                : new Look.Unclear(
                        "nothing tells that enterprise=" + me.enterprise() + " is the one that was activated; " + seen);
    }

    /**
     * A root without folders proves nothing if it is somebody else's: another enterprise's, or a user's who is not the
     * administrator.
     */
    private static Optional<Look> stranger(BoxReads.Me me, ProbeContext context) {
        Optional<String> pinned = context.fact(FACT_TENANT);
        if (pinned.isPresent() && !pinned.get().equals(me.enterprise())) {
            return Optional.of(
                    new Look.Fails(Look.WRONG_TENANT, "enterprise=" + me.enterprise() + " instead of " + pinned.get()));
        }
        if (!me.role().equals(ADMIN)) {
            return Optional.of(new Look.NoAccess(
                    "the connection belongs to " + me.login() + ", role=" + me.role() + ", not to the administrator"));
        }
        return Optional.empty();
    }

    private static String presence(@Nullable String id) {
        return id == null ? "missing" : "there";
    }
}
