package io.github.kaitsu.microsoft365.internal;

import com.microsoft.graph.models.DirectoryRole;
import com.microsoft.graph.models.DirectoryRoleCollectionResponse;
import com.microsoft.graph.models.Organization;
import com.microsoft.graph.models.OrganizationCollectionResponse;
import com.microsoft.graph.models.ServicePlanInfo;
import com.microsoft.graph.models.SubscribedSku;
import com.microsoft.graph.models.SubscribedSkuCollectionResponse;
import com.microsoft.graph.models.User;
import io.github.kaitsu.vendor.LookNotes;
import io.github.kaitsu.vendor.VendorAccess;
import io.github.kaitsu.vendor.VendorCallException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import okhttp3.Interceptor;
import org.jspecify.annotations.Nullable;

/**
 * What Kaitsu reads of a tenant through Microsoft Graph, all of it GET; what concerns apps is in {@link AppReads}.
 *
 * <p>Every method throws {@link VendorCallException} and nothing else of the vendor's: the SDK's exceptions carry headers and
 * bodies. Thread-safe; for one look. A call ends within half a minute.
 */
public final class GraphReads implements LookNotes.Taker {
    private static final Set<String> ACTIVE = Set.of("Enabled", "Warning");
    private static final Set<String> INACTIVE = Set.of("Suspended", "Deleted", "LockedOut");
    private static final Set<String> UNUSED = Set.of("Disabled", "Error");
    /** Stands for a plan that cannot be used now. */
    private static final String UNUSABLE = "";

    private static final String SUCCESS = "Success";
    private static final String PENDING = "Pending";

    private final GraphCalls calls;
    private final AppReads apps;
    private final String sharePointSuffix;

    /**
     * Through an access whose base is without a version.
     *
     * @param sharePointSuffix how the hosts of SharePoint end in the cloud of the connection
     * @param wayOut what answers instead of the network, if anything shall
     */
    public GraphReads(VendorAccess access, String sharePointSuffix, Interceptor... wayOut) {
        this(new GraphCalls(access, wayOut), sharePointSuffix);
    }

    private GraphReads(GraphCalls calls, String sharePointSuffix) {
        this.calls = calls;
        this.apps = new AppReads(calls);
        this.sharePointSuffix = sharePointSuffix;
    }

    /** The same for another look. */
    public GraphReads forLook() {
        return new GraphReads(calls.forLook(), sharePointSuffix);
    }

    @Override
    public LookNotes notes() {
        return calls.notes();
    }

    AppReads apps() {
        return apps;
    }

    String sharePointSuffix() {
        return sharePointSuffix;
    }

    /** The tenant that the token belongs to. */
    record Tenant(String id, String name) {}

    Tenant tenant() throws InterruptedException {
        String operation = "GET /organization";
        List<Organization> all = calls.list(
                operation,
                g -> g.organization(),
                (organizations, link) -> organizations.withUrl(link),
                organizations -> organizations.get(c -> {
                    Objects.requireNonNull(c.queryParameters).select = new String[] {"id", "displayName"};
                }),
                OrganizationCollectionResponse::getValue,
                OrganizationCollectionResponse::createFromDiscriminatorValue);
        return notes()
                .read(
                        operation,
                        all,
                        one -> Optional.ofNullable(one.getId()).map(id -> new Tenant(id, text(one.getDisplayName()))))
                .stream()
                .findFirst()
                .orElseThrow(() -> incomplete(operation));
    }

    /** The address the signed-in user signs in with; an application's own token has none and is refused with status 400. */
    public String signedInUser() throws InterruptedException {
        User me = calls.read(
                "GET /me",
                g -> g.me().get(c -> {
                    Objects.requireNonNull(c.queryParameters).select = new String[] {"id", "userPrincipalName"};
                }));
        return text(me.getUserPrincipalName());
    }

    /**
     * An active role of the signed-in user, also one by way of a group.
     *
     * @param template the same in every tenant; empty where the token may not see what the role is
     */
    record Role(String template, String name) {}

    List<Role> activeRoles() throws InterruptedException {
        String operation = "GET /me/transitiveMemberOf/microsoft.graph.directoryRole";
        List<DirectoryRole> all = calls.list(
                operation,
                g -> g.me().transitiveMemberOf().graphDirectoryRole(),
                (roles, link) -> roles.withUrl(link),
                roles -> roles.get(c -> {
                    Objects.requireNonNull(c.queryParameters).select = new String[] {"displayName", "roleTemplateId"};
                }),
                DirectoryRoleCollectionResponse::getValue,
                DirectoryRoleCollectionResponse::createFromDiscriminatorValue);
        return notes().read(
                        operation,
                        all,
                        r -> Optional.of(new Role(text(r.getRoleTemplateId()), text(r.getDisplayName())))
                                .filter(role -> !(text(r.getId()) + role.template() + role.name()).isEmpty()));
    }

    /** How many users the tenant has, guests among them. */
    long users() throws InterruptedException {
        return calls.read(
                "GET /users/$count",
                g -> g.users().count().get(c -> {
                    c.headers.add("ConsistencyLevel", "eventual"); // refused without
                }));
    }

    /** The names of the service plans that the tenant's subscriptions give, where they may be used now. */
    Set<String> servicePlans() throws InterruptedException {
        String operation = "GET /subscribedSkus";
        List<SubscribedSku> all = calls.list(
                operation,
                g -> g.subscribedSkus(),
                (skus, link) -> skus.withUrl(link),
                skus -> skus.get(c -> {
                    Objects.requireNonNull(c.queryParameters).select =
                            new String[] {"id", "skuPartNumber", "capabilityStatus", "servicePlans"};
                }),
                SubscribedSkuCollectionResponse::getValue,
                SubscribedSkuCollectionResponse::createFromDiscriminatorValue);
        Set<String> plans = new TreeSet<>();
        notes().read(operation, all, sku -> plans(operation, sku)).forEach(plans::addAll);
        plans.remove(UNUSABLE);
        return plans;
    }

    private Optional<List<String>> plans(String operation, SubscribedSku sku) {
        String status = text(sku.getCapabilityStatus());
        if (INACTIVE.contains(status)) {
            return Optional.of(List.of());
        }
        return Optional.ofNullable(sku.getServicePlans())
                .filter(plans -> ACTIVE.contains(status))
                .map(plans -> notes().read(operation, plans, GraphReads::usable));
    }

    /** The plan's name, or that it cannot be used; nothing where either is not told. */
    private static Optional<String> usable(ServicePlanInfo plan) {
        String status = text(plan.getProvisioningStatus());
        if (UNUSED.contains(status)) {
            return Optional.of(UNUSABLE);
        }
        return Optional.of(text(plan.getServicePlanName()))
                .filter(name -> !name.isEmpty() && (status.equals(SUCCESS) || status.startsWith(PENDING)));
    }

    /** The address of SharePoint's root site. */
    URI rootSite() throws InterruptedException {
        String operation = "GET /sites/root";
        String address = calls.read(
                        operation,
                        g -> g.sites().bySiteId("root").get(c -> {
                            Objects.requireNonNull(c.queryParameters).select =
                                    new String[] {"webUrl", "siteCollection"};
                        }))
                .getWebUrl();
        try {
            return URI.create(text(address));
        } catch (IllegalArgumentException e) {
            throw incomplete(operation);
        }
    }

    // ---- what every read needs

    static <T> List<T> values(String operation, @Nullable List<T> values) {
        if (values == null) {
            throw incomplete(operation);
        }
        return new ArrayList<>(values);
    }

    static VendorCallException incomplete(String operation) {
        return VendorCallException.of(operation, HttpURLConnection.HTTP_OK)
                .code("incomplete_answer")
                .build();
    }

    static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    @Override
    public String toString() {
        return calls.toString();
    }
}
