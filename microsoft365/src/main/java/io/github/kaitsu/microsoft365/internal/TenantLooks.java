package io.github.kaitsu.microsoft365.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.microsoft365.SharePointAdminSite;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.vendor.ConnectedProbe;
import io.github.kaitsu.vendor.http.TenantGuard;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The preflight at the tenant. A code given to {@link ProbeResult.Fails} has its texts under {@code fails.<code>}. */
public final class TenantLooks {
    /** The role's template, the same in every tenant. */
    public static final String GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10";

    private static final String RIGHTS_MANAGEMENT = "00000012-0000-0000-c000-000000000000";
    private static final String MIP_SYNC = "870c4f2e-85b6-4d43-bdda-6ed9a579b725";

    /** By which service plan a subscription includes a service; what is left out shares a prefix and includes nothing. */
    private static final Map<CloudService, Pattern> PLANS = Map.of(
            CloudService.EXCHANGE_ONLINE, Pattern.compile("EXCHANGE_S_(?!FOUNDATION|ARCHIVE).*"),
            CloudService.SHAREPOINT_ONLINE, Pattern.compile("SHAREPOINT(?!WAC|_PROJECT|_DUET|STORAGE).*"),
            CloudService.ONEDRIVE,
                    Pattern.compile("ONEDRIVE(?!_LITE|CLIPCHAMP).*|SHAREPOINT(?!WAC|_PROJECT|_DUET|STORAGE).*"),
            CloudService.MICROSOFT_TEAMS, Pattern.compile("TEAMS1|TEAMS_GOV|TEAMS_AR_.*|TEAMS_FREE_SERVICE"),
            CloudService.MIP, Pattern.compile("MIP_S_CLP.*"));

    static final TenantGuard<GraphReads, GraphReads.Tenant> GUARD = new TenantGuard<>(
            CloudService.Provider.MICROSOFT365, GraphReads::tenant, tenant -> Optional.of(tenant.id()));

    private TenantLooks() {}

    /** M365-1: the connection's user is a Global Administrator now. */
    public static ProbeResult globalAdministrator(GraphReads graph, ProbeContext context) throws InterruptedException {
        return GUARD.ask(TenantLooks::administrator).ask(graph, context);
    }

    private static ProbeResult administrator(GraphReads graph, GraphReads.Tenant tenant, ProbeContext context)
            throws InterruptedException {
        String user = graph.signedInUser();
        List<GraphReads.Role> roles = graph.activeRoles();
        String active =
                Listed.of(roles.stream().map(GraphReads.Role::name).sorted().toList());
        if (roles.stream().anyMatch(r -> r.template().equalsIgnoreCase(GLOBAL_ADMINISTRATOR))) {
            return ProbeResult.holds("global-administrator", user, active, tenant.id())
                    .with(Map.of(GraphFacts.ADMINISTRATOR, user));
        }
        if (roles.stream().anyMatch(r -> r.template().isEmpty())) {
            return ProbeResult.noAccess("roles-not-told", user);
        }
        return graph.notes().absent(ProbeResult.fails("not-global-administrator", user, active));
    }

    /** M365-1: how many users there are (COMMON-11 needs it). */
    public static ProbeResult users(GraphReads graph, ProbeContext context) throws InterruptedException {
        long users = graph.users();
        return ProbeResult.holds("users-counted", users).with(Map.of(GraphFacts.USERS, Long.toString(users)));
    }

    /** M365-5: the admin centre's address, and that SharePoint lives in the connection's cloud. */
    public static ProbeResult sharePointSite(GraphReads graph, ProbeContext context) throws InterruptedException {
        URI root = graph.rootSite();
        String host = root.getHost() == null ? "" : root.getHost().toLowerCase(Locale.ROOT);
        if (host.contains(".sharepoint") && !host.endsWith(graph.sharePointSuffix())) {
            return ProbeResult.fails("national-cloud", root, graph.sharePointSuffix());
        }
        try {
            SharePointAdminSite admin = SharePointAdminSite.fromRootSite(root);
            return ProbeResult.holds("sharepoint-site", root, admin)
                    .with(Map.of(GraphFacts.SHAREPOINT_ADMIN, admin.toString()));
        } catch (KaitsuException e) {
            return ProbeResult.unclear("no-sharepoint-name", Listed.of(host)); // a vanity address tells no name
        }
    }

    /**
     * M365-1, MIP-1: a subscription includes the service. MIP's is required, and the vendor's list of what includes it may be
     * older than Microsoft's plans: without a known one a person says.
     */
    public static ConnectedProbe.Question<GraphReads> licence(CloudService service) {
        Pattern including = Objects.requireNonNull(PLANS.get(service));
        return (graph, context) -> {
            Set<String> plans = graph.servicePlans();
            List<String> fitting = plans.stream()
                    .filter(p -> including.matcher(p.toUpperCase(Locale.ROOT)).matches())
                    .toList();
            if (!fitting.isEmpty()) {
                return ProbeResult.holds("licence-found", Listed.of(fitting));
            }
            if (service != CloudService.MIP) {
                return graph.notes().absent(ProbeResult.fails("licence-missing", plans.size()));
            }
            return plans.isEmpty()
                    ? graph.notes().absent(ProbeResult.fails("mip-licence-missing"))
                    : ProbeResult.unclear("mip-licence-not-known", plans.size());
        };
    }

    /** MIP-1: the two services of Microsoft's whose permissions MIP's app asks for are known to the tenant. */
    public static ProbeResult mipServices(GraphReads graph, ProbeContext context) throws InterruptedException {
        List<String> missing = new ArrayList<>();
        List<String> disabled = new ArrayList<>();
        List<String> found = new ArrayList<>();
        for (String appId : List.of(RIGHTS_MANAGEMENT, MIP_SYNC)) {
            Optional<EntraApp> app = graph.apps().withAppId(appId);
            if (app.isEmpty()) {
                missing.add(appId);
            } else if (app.get().enabled()) {
                found.add(app.get().name());
            } else {
                disabled.add(appId);
            }
        }
        return missing.isEmpty() && disabled.isEmpty()
                ? ProbeResult.holds("mip-services-found", Listed.of(found))
                : graph.notes()
                        .absent(ProbeResult.fails("mip-services-missing", Listed.of(missing), Listed.of(disabled)));
    }
}
