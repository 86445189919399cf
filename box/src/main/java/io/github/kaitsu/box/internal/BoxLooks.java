package io.github.kaitsu.box.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.vendor.ConnectedProbe;
import io.github.kaitsu.vendor.VendorCallException;
import io.github.kaitsu.vendor.http.TenantGuard;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is looked at, rule by rule. What was seen has its sentence under {@code seen.<code>}; a code given to {@link ProbeResult.Fails}
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
    private static final Set<String> ROLES = Set.of(ADMIN, "coadmin", "user");
    private static final Set<String> STATUSES =
            Set.of("active", "inactive", "cannot_delete_edit", "cannot_delete_edit_upload");
    private static final Set<String> UNACCEPTED = Set.of("pending", "rejected");
    /** Stands for the enterprise of an account that has none. */
    private static final String NONE = "-";

    private BoxLooks() {}

    /** BOX-1: the primary administrator, active, of an enterprise. */
    public static ProbeResult admin(BoxReads box, ProbeContext context) throws InterruptedException {
        BoxReads.Me me = box.me();
        if (me.role().isEmpty()) {
            return ProbeResult.unclear("role-unknown", me.login());
        }
        if (me.role().equals("coadmin")) {
            return ProbeResult.fails("co-admin", me.login());
        }
        if (!ROLES.contains(me.role())) {
            return ProbeResult.unclear("unknown-word", me.role());
        }
        if (!me.role().equals(ADMIN)) {
            return ProbeResult.fails("not-admin", me.login(), me.role());
        }
        if (me.enterprise().isEmpty()) {
            return ProbeResult.unclear("enterprise-unknown");
        }
        String enterprise = me.enterprise().get();
        if (enterprise.isEmpty()) {
            return ProbeResult.fails("no-enterprise", me.login());
        }
        Map<String, String> facts = Map.of(FACT_TENANT, enterprise, FACT_ADMIN, me.login());
        if (me.status().isEmpty()) {
            return ProbeResult.holds("primary-admin-status-unknown", me.login(), enterprise)
                    .with(facts);
        }
        if (!STATUSES.contains(me.status())) {
            return ProbeResult.unclear("unknown-word", me.status());
        }
        return me.status().equals("active")
                ? ProbeResult.holds("primary-admin", me.login(), enterprise).with(facts)
                : ProbeResult.fails("admin-not-active", me.login(), me.status());
    }

    /** BOX-1: how many users there are (COMMON-11 needs it). */
    public static ProbeResult users(BoxReads box, ProbeContext context) throws InterruptedException {
        OptionalLong users = box.managedUsers();
        return users.isPresent()
                ? ProbeResult.holds("users-counted", users.getAsLong())
                        .with(Map.of(FACT_USERS, Long.toString(users.getAsLong())))
                : ProbeResult.unclear("users-unknown");
    }

    /** BOX-1: content creation at root level is allowed. */
    public static ProbeResult rootCreation(BoxReads box, ProbeContext context) throws InterruptedException {
        String enterprise = context.facts().tenant(CloudService.Provider.BOX).orElse("");
        if (enterprise.isEmpty()) {
            enterprise = box.me().enterprise().orElse("");
        }
        if (enterprise.isEmpty()) {
            return ProbeResult.unclear("enterprise-unknown");
        }
        Optional<Boolean> restricted = box.rootCreationRestricted(enterprise);
        if (restricted.isEmpty()) {
            return ProbeResult.unclear("root-creation-unknown", enterprise);
        }
        return restricted.get()
                ? ProbeResult.fails("root-creation-restricted", enterprise)
                : ProbeResult.holds("root-creation-allowed", enterprise);
    }

    /** BOX-2: both folders stand in the administrator's root. */
    public static ProbeResult folders(BoxReads box, BoxReads.Me me, ProbeContext context) throws InterruptedException {
        Map<String, String> found = box.rootFolders(Set.of(TEMP_FOLDER, QUARANTINE_FOLDER));
        String temp = found.get(TEMP_FOLDER);
        String quarantine = found.get(QUARANTINE_FOLDER);
        if (temp == null || quarantine == null) {
            String missing = Stream.of(TEMP_FOLDER, QUARANTINE_FOLDER)
                    .filter(name -> !found.containsKey(name))
                    .collect(Collectors.joining(", "));
            return box.notes().absent(ProbeResult.fails("folders-missing", me.login(), missing));
        }
        return ProbeResult.holds("folders-found", me.login(), temp, quarantine)
                .with(Map.of(
                        FACT_TEMP_FOLDER, temp,
                        FACT_QUARANTINE_FOLDER, quarantine));
    }

    /** BOX-2: the group exists and may edit the temp folder; another role than editor is a warning. */
    public static ProbeResult group(BoxReads box, BoxReads.Me me, ProbeContext context) throws InterruptedException {
        Optional<String> group = box.group(GROUP);
        if (group.isEmpty()) {
            return box.notes().absent(ProbeResult.fails("group-missing", GROUP));
        }
        Optional<BoxReads.Access> access = accessToTempFolder(box, context, group.get());
        return access.isEmpty()
                ? box.notes().absent(ProbeResult.fails("group-not-in-folder", group.get()))
                : mayEdit(group.get(), access.get());
    }

    private static ProbeResult mayEdit(String group, BoxReads.Access access) {
        if (access.status().isEmpty()) {
            return ProbeResult.unclear("group-status-unknown", group);
        }
        if (!access.status().equals("accepted")) {
            return UNACCEPTED.contains(access.status())
                    ? ProbeResult.fails("group-not-accepted", group, access.status())
                    : ProbeResult.unclear("unknown-word", access.status());
        }
        return switch (access.role()) {
            case "editor" -> ProbeResult.holds("group-edits", group);
            case "" -> ProbeResult.holds("group-role-unknown", group);
            default -> ProbeResult.holds("group-has-other-role", group, access.role());
        };
    }

    private static Optional<BoxReads.Access> accessToTempFolder(BoxReads box, ProbeContext context, String group)
            throws InterruptedException {
        Optional<String> known = context.fact(FACT_TEMP_FOLDER);
        if (known.isPresent()) {
            try {
                return box.access(known.get(), group);
            } catch (VendorCallException e) {
                if (e.status() != HttpURLConnection.HTTP_NOT_FOUND) {
                    throw e;
                } // the folder may have been made anew: look for it by name
            }
        }
        String folder = box.rootFolders(Set.of(TEMP_FOLDER)).get(TEMP_FOLDER);
        return folder == null ? Optional.empty() : box.access(folder, group);
    }

    /** Removal: a folder is gone from the administrator's root. */
    public static TenantGuard.Inside<BoxReads, BoxReads.Me> folderGone(String name) {
        return (box, me, context) -> {
            String id = box.rootFolders(Set.of(name)).get(name);
            if (id != null) {
                return ProbeResult.fails("folder-still-there", me.login(), name, id);
            }
            return isPinned(context)
                    ? box.notes().absent(ProbeResult.holds("folder-gone", me.login(), name))
                    : ProbeResult.unclear("folder-gone-unpinned", me.login(), name, enterprise(me));
        };
    }

    /** Removal: the group is gone. */
    public static ProbeResult groupGone(BoxReads box, BoxReads.Me me, ProbeContext context)
            throws InterruptedException {
        Optional<String> group = box.group(GROUP);
        if (group.isPresent()) {
            return ProbeResult.fails("group-still-there", GROUP, group.get());
        }
        return isPinned(context)
                ? box.notes().absent(ProbeResult.holds("group-gone", GROUP))
                : ProbeResult.unclear("group-gone-unpinned", GROUP, enterprise(me));
    }

    /** Absence proves nothing where nothing tells that this enterprise is the one that was activated. */
    private static boolean isPinned(ProbeContext context) {
        return context.facts().tenant(CloudService.Provider.BOX).isPresent();
    }

    /**
     * A root without folders proves nothing if it is somebody else's: another enterprise's, or a user's who is not the
     * administrator.
     */
    public static ConnectedProbe.Question<BoxReads> byAdmin(TenantGuard.Inside<BoxReads, BoxReads.Me> inside) {
        return new TenantGuard<BoxReads, BoxReads.Me>(CloudService.Provider.BOX, BoxReads::me, BoxReads.Me::enterprise)
                .ask((box, me, context) -> {
                    if (me.role().isEmpty()) {
                        return ProbeResult.noAccess("role-unknown", me.login());
                    }
                    if (!me.role().equals(ADMIN)) {
                        return ProbeResult.noAccess("not-the-administrator", me.login(), me.role());
                    }
                    return me.enterprise().isEmpty()
                            ? ProbeResult.unclear("enterprise-unknown")
                            : inside.look(box, me, context);
                });
    }

    private static String enterprise(BoxReads.Me me) {
        return me.enterprise().filter(id -> !id.isEmpty()).orElse(NONE);
    }
}
