package io.github.kaitsu.box.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.spi.ConnectedProbe;
import io.github.kaitsu.spi.Facts;
import io.github.kaitsu.spi.Look;
import io.github.kaitsu.spi.ProbeContext;
import io.github.kaitsu.spi.VendorCallException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is looked at, rule by rule. What was seen has its sentence under {@code seen.<code>}; a code given to {@link Look.Fails}
 * has its texts under {@code fails.<code>} too.
 */
public final class BoxLooks {
    /** The transit folder; the group that may edit it has the same name (BOX-2). */
    public static final String TEMP_FOLDER = "trendmicro_cas_temp__dont_change_or_delete";

    public static final String QUARANTINE_FOLDER = "trendmicro_cas_quarantine__dont_change_or_delete";
    public static final String GROUP = TEMP_FOLDER;

    /** The enterprise's id: the tenant that the engine pins. */
    public static final String FACT_TENANT = Facts.tenantOf(CloudService.Provider.BOX);

    public static final String FACT_USERS = Facts.usersOf(CloudService.Provider.BOX);
    public static final String FACT_ADMIN = "box.admin-login";
    public static final String FACT_TEMP_FOLDER = "box.temp-folder-id";
    public static final String FACT_QUARANTINE_FOLDER = "box.quarantine-folder-id";

    private static final String ADMIN = "admin";
    /** Stands for the enterprise of an account that has none. */
    private static final String NONE = "-";

    private static final int NOT_FOUND = 404;

    private BoxLooks() {}

    /** BOX-1: the primary administrator, active, of an enterprise. */
    public static Look admin(BoxReads box, ProbeContext context) throws InterruptedException {
        BoxReads.Me me = box.me();
        if (me.role().isEmpty()) {
            return Look.unclear("role-unknown", me.login());
        }
        if (me.role().equals("coadmin")) {
            return Look.fails("co-admin", me.login());
        }
        if (!me.role().equals(ADMIN)) {
            return Look.fails("not-admin", me.login(), me.role());
        }
        if (me.enterprise().isEmpty()) {
            return Look.fails("no-enterprise", me.login());
        }
        Map<String, String> facts = Map.of(FACT_TENANT, me.enterprise(), FACT_ADMIN, me.login());
        if (me.status().isEmpty()) {
            return Look.holds("primary-admin-status-unknown", me.login(), me.enterprise())
                    .with(facts);
        }
        return me.status().equals("active")
                ? Look.holds("primary-admin", me.login(), me.enterprise()).with(facts)
                : Look.fails("admin-not-active", me.login(), me.status());
    }

    /** BOX-1: how many users there are (COMMON-11 needs it). */
    public static Look users(BoxReads box, ProbeContext context) throws InterruptedException {
        OptionalLong users = box.managedUsers();
        return users.isPresent()
                ? Look.holds("users-counted", users.getAsLong())
                        .with(Map.of(FACT_USERS, Long.toString(users.getAsLong())))
                : Look.unclear("users-unknown");
    }

    /** BOX-1: content creation at root level is allowed. */
    public static Look rootCreation(BoxReads box, ProbeContext context) throws InterruptedException {
        String enterprise = context.facts().tenant(CloudService.Provider.BOX).orElse("");
        if (enterprise.isEmpty()) {
            enterprise = box.me().enterprise();
        }
        if (enterprise.isEmpty()) {
            return Look.unclear("enterprise-unknown");
        }
        Optional<Boolean> restricted = box.rootCreationRestricted(enterprise);
        if (restricted.isEmpty()) {
            return Look.unclear("root-creation-unknown", enterprise);
        }
        return restricted.get()
                ? Look.fails("root-creation-restricted", enterprise)
                : Look.holds("root-creation-allowed", enterprise);
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
            String missing = Stream.of(TEMP_FOLDER, QUARANTINE_FOLDER)
                    .filter(name -> !found.containsKey(name))
                    .collect(Collectors.joining(", "));
            return Look.fails("folders-missing", me.login(), missing);
        }
        return Look.holds("folders-found", me.login(), temp, quarantine)
                .with(Map.of(
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
            return Look.fails("group-missing", GROUP);
        }
        Optional<BoxReads.Access> access = accessToTempFolder(box, context, group.get());
        return access.isEmpty()
                ? Look.fails("group-not-in-folder", group.get())
                : mayEdit(group.get(), access.get(), Map.of(FACT_TENANT, me.enterprise()));
    }

    private static Look mayEdit(String group, BoxReads.Access access, Map<String, String> facts) {
        if (access.status().isEmpty()) {
            return Look.unclear("group-status-unknown", group);
        }
        if (!access.status().equals("accepted")) {
            return Look.fails("group-not-accepted", group, access.status());
        }
        return switch (access.role()) {
            case "editor" -> Look.holds("group-edits", group).with(facts);
            case "" -> Look.holds("group-role-unknown", group).with(facts);
            default -> Look.holds("group-has-other-role", group, access.role()).with(facts);
        };
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
            if (id != null) {
                return Look.fails("folder-still-there", me.login(), name, id);
            }
            return isPinned(context)
                    ? Look.holds("folder-gone", me.login(), name)
                    : Look.unclear("folder-gone-unpinned", me.login(), name, enterprise(me));
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
        if (group.isPresent()) {
            return Look.fails("group-still-there", GROUP, group.get());
        }
        return isPinned(context)
                ? Look.holds("group-gone", GROUP)
                : Look.unclear("group-gone-unpinned", GROUP, enterprise(me));
    }

    /** Absence proves nothing where nothing tells that this enterprise is the one that was activated. */
    private static boolean isPinned(ProbeContext context) {
        return context.facts().tenant(CloudService.Provider.BOX).isPresent();
    }

    /**
     * A root without folders proves nothing if it is somebody else's: another enterprise's, or a user's who is not the
     * administrator.
     */
    private static Optional<Look> stranger(BoxReads.Me me, ProbeContext context) {
        Optional<String> pinned = context.facts().tenant(CloudService.Provider.BOX);
        if (pinned.isPresent() && !pinned.get().equals(me.enterprise())) {
            return Optional.of(Look.fails(Look.WRONG_TENANT, enterprise(me), pinned.get()));
        }
        if (me.role().isEmpty()) {
            return Optional.of(Look.noAccess("role-unknown", me.login()));
        }
        if (!me.role().equals(ADMIN)) {
            return Optional.of(Look.noAccess("not-the-administrator", me.login(), me.role()));
        }
        return Optional.empty();
    }

    private static String enterprise(BoxReads.Me me) {
        return me.enterprise().isEmpty() ? NONE : me.enterprise();
    }
}
