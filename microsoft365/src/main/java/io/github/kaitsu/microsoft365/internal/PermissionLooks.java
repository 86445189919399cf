package io.github.kaitsu.microsoft365.internal;

import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.SharePointAdminSite;
import io.github.kaitsu.microsoft365.internal.SharePointReads.Grant;
import io.github.kaitsu.microsoft365.internal.SharePointReads.Permission;
import io.github.kaitsu.microsoft365.internal.SharePointReads.Principal;
import io.github.kaitsu.microsoft365.internal.SharePointReads.Registration;
import io.github.kaitsu.spi.Look;
import io.github.kaitsu.spi.ProbeContext;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Looks at Teams' permission at SharePoint (M365-10). A code given to {@link Look.Fails} has its texts under
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
    private record Seen(List<Principal> all, Optional<Principal> ours, Optional<Grant> grant) {}

    /** M365-9: the permission is there. Whether it was registered for the right address is told, if SharePoint tells it. */
    public Look granted(SharePointReads sharePoint, ProbeContext context) throws InterruptedException {
        return look(sharePoint, context, seen -> judged(sharePoint, seen, false));
    }

    /** M365-10: tenant scope, Manage, app-only, domain, redirect address; all of them or a person's look. */
    public Look listed(SharePointReads sharePoint, ProbeContext context) throws InterruptedException {
        return look(sharePoint, context, seen -> judged(sharePoint, seen, true));
    }

    /** Removal: Teams' app has nothing left over the whole tenant. */
    public Look gone(SharePointReads sharePoint, ProbeContext context) throws InterruptedException {
        return look(sharePoint, context, seen -> {
            if (pinned(context).isEmpty()) {
                return new Look.Unclear(
                        "which tenant was activated is not known, and what this one lacks proves nothing");
            }
            return seen.grant()
                    .filter(g -> !g.tenantWide().isEmpty())
                    .<Look>map(g -> new Look.Fails("permission-still-there", describe(g)))
                    .orElseGet(() -> Look.holds("no tenant-wide permission of app " + appId.orElseThrow()));
        });
    }

    private interface Judge {
        Look judge(Seen seen) throws InterruptedException;
    }

    private Look look(SharePointReads sharePoint, ProbeContext context, Judge judge) throws InterruptedException {
        if (appId.isEmpty()) {
            return new Look.NoAccess("the console's row of Microsoft Teams shows no app ID that could be looked for");
        }
        Optional<SharePointAdminSite> there = adminSite(sharePoint);
        if (adminSite.isPresent() && there.isPresent() && !there.equals(adminSite)) {
            return new Look.NoAccess(
                    "the connection leads to " + there.get() + ", the permission belongs to " + adminSite.get());
        }
        List<Principal> all = sharePoint.principals();
        if (all.isEmpty()) {
            return new Look.Unclear("SharePoint lists no app, not even itself");
        }
        Optional<Look> stranger = stranger(all, context);
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

    /**
     * What is listed in another tenant, or missing there, proves nothing about this one.
     */
    private static Optional<Look> stranger(List<Principal> all, ProbeContext context) {
        Optional<String> pinned = pinned(context);
        return all.stream()
                .map(Principal::tenant)
                .filter(t -> pinned.isPresent() && !pinned.get().equalsIgnoreCase(t))
                .findFirst()
                .map(t -> new Look.Fails(Look.WRONG_TENANT, "tenant=" + t + " instead of " + pinned.get()));
    }

    /** By Graph, or by what SharePoint itself showed earlier. */
    private static Optional<String> pinned(ProbeContext context) {
        return context.fact(GraphFacts.TENANT).or(() -> context.fact(GraphFacts.SHAREPOINT_TENANT));
    }

    /** Asks for Teams' app also where the list lacks it, as long as its name can be put together. */
    private Seen see(SharePointReads sharePoint, List<Principal> all) throws InterruptedException {
        String id = appId.orElseThrow();
        Optional<Principal> listed =
                all.stream().filter(p -> p.appId().equals(id)).findFirst();
        Optional<Principal> ours = listed.or(() -> all.stream()
                .map(Principal::tenant)
                .findFirst()
                .map(t -> new Principal(id, t.toLowerCase(Locale.ROOT), "")));
        if (ours.isEmpty()) {
            return new Seen(all, ours, Optional.empty());
        }
        Optional<Grant> grant = Optional.ofNullable(
                sharePoint.grants(List.of(ours.get())).get(ours.get().identifier()));
        if (listed.isPresent() && grant.isEmpty()) {
            throw SharePointReads.untold(SharePointReads.PERMISSIONS, "permissions_not_told");
        }
        return new Seen(
                all,
                ours,
                grant.filter(g -> listed.isPresent() || !g.tenantWide().isEmpty()));
    }

    /** M365-6: the right name with another ID is another service's app, or SharePoint's own row of the console. */
    private static Look missing(SharePointReads sharePoint, Seen seen) throws InterruptedException {
        List<Principal> namesakes =
                seen.all().stream().filter(p -> isOurName(p.title())).toList();
        Map<String, Grant> grants = namesakes.isEmpty() ? Map.of() : sharePoint.grants(namesakes);
        List<String> others = namesakes.stream()
                .filter(p -> Optional.ofNullable(grants.get(p.identifier()))
                        .filter(g -> !g.tenantWide().isEmpty())
                        .isPresent())
                .map(Principal::appId)
                .toList();
        return others.isEmpty()
                ? new Look.Fails("permission-missing", seen.all().size() + " other apps are listed")
                : new Look.Fails("permission-other-app", "the name is listed with " + String.join(", ", others));
    }

    private static Optional<Look> wrongPermission(Grant grant) {
        List<Permission> content = grant.tenantWide().stream()
                .filter(p -> p.feature().equalsIgnoreCase(CONTENT))
                .toList();
        Optional<Permission> manage =
                content.stream().filter(p -> p.right().equals(MANAGE)).findFirst();
        String seen = describe(grant);
        if (content.isEmpty()) {
            return Optional.of(new Look.Fails("permission-scope", seen));
        }
        if (manage.isEmpty()) {
            return Optional.of(new Look.Fails("permission-right", seen));
        }
        if (!TENANT_SCOPES.contains(manage.get().scope().toLowerCase(Locale.ROOT))) {
            return Optional.of(new Look.NoAccess("SharePoint tells a scope that is not known: " + seen));
        }
        return grant.appOnly() ? Optional.empty() : Optional.of(new Look.Fails("permission-not-app-only", seen));
    }

    private Look judged(SharePointReads sharePoint, Seen seen, boolean whole) throws InterruptedException {
        if (seen.grant().isEmpty()) {
            return missing(sharePoint, seen);
        }
        Optional<Look> wrong = wrongPermission(seen.grant().get());
        return wrong.isPresent()
                ? wrong.get()
                : registered(sharePoint, seen.ours().orElseThrow(), seen.grant().get(), whole);
    }

    private Look registered(SharePointReads sharePoint, Principal ours, Grant grant, boolean whole)
            throws InterruptedException {
        String seen = describe(grant);
        Optional<Registration> told = sharePoint.registration(ours.appId());
        if (told.isEmpty()
                || told.get().domains().isEmpty()
                || told.get().redirect().isEmpty()) {
            String untold = seen + "; SharePoint does not tell both app domain and redirect URL";
            return whole ? new Look.NoAccess(untold) : holds(untold, ours);
        }
        Registration registration = told.get();
        String title = ours.title().isEmpty() ? registration.title() : ours.title();
        if (!isOurName(title)) {
            return new Look.Fails("permission-title", seen + ", title=" + title);
        }
        if (registration.domains().stream().noneMatch(appDomain::equalsIgnoreCase)) {
            return new Look.Fails("permission-domain", "app domain=" + String.join(", ", registration.domains()));
        }
        if (!isRedirect.test(registration.redirect())) {
            return new Look.Fails("permission-redirect", "redirect URL=" + registration.redirect());
        }
        return holds(
                seen + ", app domain=" + appDomain + ", redirect URL=" + registration.redirect() + surplus(grant),
                ours);
    }

    private static Look holds(String detail, Principal ours) {
        return new Look.Holds(detail, Map.of(GraphFacts.SHAREPOINT_TENANT, ours.tenant()));
    }

    private static String surplus(Grant grant) {
        return grant.tenantWide().size() > 1 ? "; warning: one permission was expected" : "";
    }

    private static String describe(Grant grant) {
        List<String> parts = new ArrayList<>();
        parts.add(
                grant.tenantWide().isEmpty()
                        ? "nothing tenant-wide"
                        : "tenant-wide "
                                + grant.tenantWide().stream()
                                        .map(p -> (p.feature() + " " + p.scope()).strip() + "=" + p.right())
                                        .collect(Collectors.joining(", ")));
        parts.add(grant.appOnly() ? "app-only" : "not app-only");
        return String.join(", ", parts);
    }

    private static boolean isOurName(String title) {
        return Normalizer.normalize(title, Normalizer.Form.NFKC)
                .replaceAll("\\s+", " ")
                .toLowerCase(Locale.ROOT)
                .contains(APP_NAME);
    }
}
