package io.github.kaitsu.microsoft365.internal;

import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.microsoft365.SharePointAdminSite;
import io.github.kaitsu.microsoft365.internal.SharePointReads.AppPermission;
import io.github.kaitsu.microsoft365.internal.SharePointReads.Permission;
import io.github.kaitsu.microsoft365.internal.SharePointReads.Principal;
import io.github.kaitsu.microsoft365.internal.SharePointReads.Registration;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Looks at Teams' permission at SharePoint (M365-10). A code given to {@link ProbeResult.Fails} has its texts under
 * {@code fails.<code>}. What SharePoint does not tell, a person is asked.
 *
 * @param appId of Teams' app; empty where the console shows none, or only SharePoint Online's (M365-6): then nothing is asked
 * @param adminSite the customer's, if it is known: the vendor's app has one ID in all tenants, so that another customer's
 *     connection would show a permission that is not this one's
 * @param appDomain M365-7
 * @param isRedirect which redirect addresses are the customer's console's (M365-7)
 */
public record PermissionLooks(
        Optional<String> appId,
        Optional<SharePointAdminSite> adminSite,
        String appDomain,
        Predicate<String> isRedirect) {
    public static final String GRANTED_CALLS = "POST " + SharePointReads.PRINCIPALS + ", POST "
            + SharePointReads.PERMISSIONS + ", POST " + SharePointReads.REGISTRATIONS;
    public static final String GONE_CALLS =
            "POST " + SharePointReads.PRINCIPALS + ", POST " + SharePointReads.PERMISSIONS;

    /** Part of the app's name in every edition; the name alone proves nothing, since every service's app bears it (M365-6). */
    private static final String APP_NAME = "cloud app security";

    private static final String CONTENT = "Content";
    private static final String MANAGE = "Manage";
    /** How a tenant-wide grant may be written; which of them SharePoint uses is not published. */
    private static final Set<String> TENANT_SCOPES =
            Set.of("", "tenant", "content/tenant", "http://sharepoint/content/tenant");

    /** The tenant's apps, and what Teams' own was granted over the whole tenant. */
    private record Seen(List<Principal> all, Principal ours, Optional<AppPermission> granted) {}

    /** M365-9: the permission is there. Whether it was registered for the right address is told, if SharePoint tells it. */
    public ProbeResult granted(SharePointReads sharePoint, ProbeContext context) throws InterruptedException {
        return look(sharePoint, context, seen -> judged(sharePoint, seen, false));
    }

    /** M365-10: tenant scope, Manage, app-only, domain, redirect address; all of them or a person's look. */
    public ProbeResult listed(SharePointReads sharePoint, ProbeContext context) throws InterruptedException {
        return look(sharePoint, context, seen -> judged(sharePoint, seen, true));
    }

    /** Removal: Teams' app has nothing left over the whole tenant. */
    public ProbeResult gone(SharePointReads sharePoint, ProbeContext context) throws InterruptedException {
        return look(sharePoint, context, seen -> {
            if (pinned(context).isEmpty()) {
                return ProbeResult.unclear("tenant-not-known", seen.all().get(0).tenant());
            }
            return seen.granted()
                    .filter(g -> !g.tenantWide().isEmpty())
                    .<ProbeResult>map(g -> ProbeResult.fails("permission-still-there", tenantWide(g), g.appOnly()))
                    .orElseGet(
                            () -> sharePoint.notes().absent(ProbeResult.holds("permission-gone", appId.orElseThrow())));
        });
    }

    private interface Judge {
        ProbeResult judge(Seen seen) throws InterruptedException;
    }

    private ProbeResult look(SharePointReads sharePoint, ProbeContext context, Judge judge)
            throws InterruptedException {
        if (appId.isEmpty()) {
            return ProbeResult.noAccess("app-id-not-shown");
        }
        Optional<SharePointAdminSite> there = adminSite(sharePoint);
        if (adminSite.isPresent() && there.isPresent() && !there.equals(adminSite)) {
            return ProbeResult.noAccess("connected-to-another-site", there.get(), adminSite.get());
        }
        List<Principal> all = sharePoint.principals();
        if (all.isEmpty()) {
            return ProbeResult.unclear("sharepoint-lists-nothing");
        }
        Optional<ProbeResult> stranger = stranger(all, context);
        return stranger.isPresent() ? stranger.get() : judge.judge(see(sharePoint, all));
    }

    /** Where a connection leads; empty for the sandbox and for a tenant with an address of its own. */
    public static Optional<SharePointAdminSite> adminSite(SharePointReads sharePoint) {
        try {
            return Optional.of(SharePointAdminSite.parse(sharePoint.site()));
        } catch (KaitsuException e) {
            return Optional.empty();
        }
    }

    /** What is listed in another tenant, or missing there, proves nothing about this one. */
    private static Optional<ProbeResult> stranger(List<Principal> all, ProbeContext context) {
        Optional<String> pinned = pinned(context);
        return all.stream()
                .map(Principal::tenant)
                .filter(t -> pinned.isPresent() && !pinned.get().equalsIgnoreCase(t))
                .findFirst()
                .map(t -> ProbeResult.fails(ProbeResult.WRONG_TENANT, t, pinned.get()));
    }

    /** By Graph, or by what SharePoint itself showed earlier. */
    private static Optional<String> pinned(ProbeContext context) {
        return context.fact(GraphFacts.TENANT).or(() -> context.fact(GraphFacts.SHAREPOINT_TENANT));
    }

    /** Asks for Teams' app also where the list lacks it: its name can be put together. */
    private Seen see(SharePointReads sharePoint, List<Principal> all) throws InterruptedException {
        String id = appId.orElseThrow();
        Optional<Principal> listed =
                all.stream().filter(p -> p.appId().equals(id)).findFirst();
        Principal ours = listed.orElseGet(() -> new Principal(id, all.get(0).tenant(), ""));
        Optional<AppPermission> granted =
                Optional.ofNullable(sharePoint.permissions(List.of(ours)).get(ours.identifier()));
        if (listed.isPresent() && granted.isEmpty()) {
            throw SharePointReads.untold(SharePointReads.PERMISSIONS, "permissions_not_told");
        }
        return new Seen(
                all,
                ours,
                granted.filter(g -> listed.isPresent() || !g.tenantWide().isEmpty()));
    }

    /** M365-6: the right name with another ID is another service's app, or SharePoint's own row of the console. */
    private static ProbeResult missing(SharePointReads sharePoint, Seen seen) throws InterruptedException {
        List<Principal> namesakes =
                seen.all().stream().filter(p -> isOurName(p.title())).toList();
        Map<String, AppPermission> granted = namesakes.isEmpty() ? Map.of() : sharePoint.permissions(namesakes);
        List<String> others = namesakes.stream()
                .filter(p -> Optional.ofNullable(granted.get(p.identifier()))
                        .filter(g -> !g.tenantWide().isEmpty())
                        .isPresent())
                .map(Principal::appId)
                .toList();
        return others.isEmpty()
                ? sharePoint
                        .notes()
                        .absent(ProbeResult.fails(
                                "permission-missing", seen.all().size()))
                : ProbeResult.fails("permission-other-app", Listed.of(others));
    }

    private ProbeResult judged(SharePointReads sharePoint, Seen seen, boolean whole) throws InterruptedException {
        if (seen.granted().isEmpty()) {
            return missing(sharePoint, seen);
        }
        AppPermission granted = seen.granted().get();
        List<Permission> content = granted.tenantWide().stream()
                .filter(p -> p.feature().equalsIgnoreCase(CONTENT))
                .toList();
        Optional<Permission> manage =
                content.stream().filter(p -> p.right().equals(MANAGE)).findFirst();
        if (content.isEmpty()) {
            return sharePoint
                    .notes()
                    .absent(ProbeResult.fails("permission-scope", tenantWide(granted), granted.appOnly()));
        }
        if (manage.isEmpty()) {
            return sharePoint
                    .notes()
                    .absent(ProbeResult.fails("permission-right", tenantWide(granted), granted.appOnly()));
        }
        if (!TENANT_SCOPES.contains(manage.get().scope().toLowerCase(Locale.ROOT))) {
            return ProbeResult.noAccess("permission-scope-unknown", tenantWide(granted), granted.appOnly());
        }
        return granted.appOnly()
                ? registered(sharePoint, seen.ours(), granted, whole)
                : ProbeResult.fails("permission-not-app-only", tenantWide(granted));
    }

    private ProbeResult registered(SharePointReads sharePoint, Principal ours, AppPermission granted, boolean whole)
            throws InterruptedException {
        String seen = tenantWide(granted);
        Optional<Registration> told = sharePoint.registration(ours.appId());
        if (told.isEmpty()
                || told.get().domains().isEmpty()
                || told.get().redirect().isEmpty()) {
            return whole
                    ? ProbeResult.noAccess("registration-not-told", seen)
                    : ProbeResult.holds("permission-granted", seen).with(tenant(ours));
        }
        Registration registration = told.get();
        String title = ours.title().isEmpty() ? registration.title() : ours.title();
        if (!isOurName(title)) {
            return ProbeResult.fails("permission-title", title);
        }
        if (registration.domains().stream().noneMatch(appDomain::equalsIgnoreCase)) {
            return sharePoint.notes().absent(ProbeResult.fails("permission-domain", Listed.of(registration.domains())));
        }
        if (!isRedirect.test(registration.redirect())) {
            return ProbeResult.fails("permission-redirect", registration.redirect());
        }
        ProbeResult.Holds holds = granted.tenantWide().size() > 1
                ? ProbeResult.holds("permission-registered-among-others", seen, appDomain, registration.redirect())
                : ProbeResult.holds("permission-registered", seen, appDomain, registration.redirect());
        return holds.with(tenant(ours));
    }

    private static Map<String, String> tenant(Principal ours) {
        return Map.of(GraphFacts.SHAREPOINT_TENANT, ours.tenant());
    }

    /** In SharePoint's own words: {@code Content content/tenant=Manage}. */
    private static String tenantWide(AppPermission granted) {
        return Listed.of(granted.tenantWide().stream()
                .map(p -> (p.feature() + " " + p.scope()).strip() + "=" + p.right())
                .toList());
    }

    private static boolean isOurName(String title) {
        return Normalizer.normalize(title, Normalizer.Form.NFKC)
                .replaceAll("\\s+", " ")
                .toLowerCase(Locale.ROOT)
                .contains(APP_NAME);
    }
}
