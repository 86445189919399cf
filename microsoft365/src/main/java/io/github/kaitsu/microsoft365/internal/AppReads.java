package io.github.kaitsu.microsoft365.internal;

import static io.github.kaitsu.microsoft365.internal.GraphReads.text;

import com.microsoft.graph.models.AppRole;
import com.microsoft.graph.models.AppRoleAssignment;
import com.microsoft.graph.models.AppRoleAssignmentCollectionResponse;
import com.microsoft.graph.models.DirectoryAudit;
import com.microsoft.graph.models.DirectoryAuditCollectionResponse;
import com.microsoft.graph.models.OAuth2PermissionGrant;
import com.microsoft.graph.models.OAuth2PermissionGrantCollectionResponse;
import com.microsoft.graph.models.ServicePrincipal;
import com.microsoft.graph.models.ServicePrincipalCollectionResponse;
import io.github.kaitsu.Statement;
import io.github.kaitsu.vendor.VendorCallException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;

/** What Kaitsu reads about enterprise applications: who they are, what they were granted, and who consented. Thread-safe. */
final class AppReads {
    /** Assigned where an app is let in without any role. */
    private static final String NO_ROLE = "00000000-0000-0000-0000-000000000000";

    /** An administrator's consent for the organisation; another user's is for that user only. */
    private static final String FOR_ALL = "AllPrincipals";

    private static final int PAGE = 999;
    private static final String ASSIGNMENTS = "GET /servicePrincipals/{id}/appRoleAssignments";
    private static final String DELEGATED = "GET /servicePrincipals/{id}/oauth2PermissionGrants";

    private final GraphCalls calls;

    AppReads(GraphCalls calls) {
        this.calls = calls;
    }

    /** All of that very name, however many begin like it. */
    List<EntraApp> named(String name) throws InterruptedException {
        return apps("startswith(displayName,'" + name.replace("'", "''") + "')", true).stream()
                .filter(app -> app.name().strip().equalsIgnoreCase(name))
                .toList();
    }

    /** Whether the tenant knows the app, and as what. */
    Optional<EntraApp> withAppId(String appId) throws InterruptedException {
        return apps("appId eq '" + appId.replace("'", "''") + "'", false).stream()
                .findFirst();
    }

    /** @param byName whether an app without a name cannot be told */
    private List<EntraApp> apps(String filter, boolean byName) throws InterruptedException {
        String operation = "GET /servicePrincipals";
        List<ServicePrincipal> all = calls.list(
                operation,
                g -> g.servicePrincipals(),
                (apps, link) -> apps.withUrl(link),
                apps -> apps.get(c -> {
                    Objects.requireNonNull(c.queryParameters).filter = filter;
                    c.queryParameters.select = new String[] {
                        "id", "appId", "displayName", "accountEnabled", "appOwnerOrganizationId", "verifiedPublisher"
                    };
                    c.queryParameters.top = PAGE;
                }),
                ServicePrincipalCollectionResponse::getValue,
                ServicePrincipalCollectionResponse::createFromDiscriminatorValue);
        return calls.notes()
                .read(
                        operation,
                        all,
                        p -> Optional.of(new EntraApp(
                                        text(p.getId()),
                                        text(p.getAppId()),
                                        text(p.getDisplayName()),
                                        !Boolean.FALSE.equals(p.getAccountEnabled()),
                                        text(p.getAppOwnerOrganizationId()),
                                        p.getVerifiedPublisher() == null
                                                ? ""
                                                : text(p.getVerifiedPublisher().getDisplayName())))
                                .filter(app -> !app.id().isEmpty()
                                        && !app.appId().isEmpty()
                                        && !(byName && app.name().isEmpty())));
    }

    /**
     * What an app was granted in this tenant, its own and on behalf of users. A grant at an API that is gone from the tenant grants
     * nothing: it is named, and does not count.
     */
    AppPermissions grants(EntraApp app) throws InterruptedException {
        Map<String, Optional<ServicePrincipal>> resources = new HashMap<>();
        TreeSet<Permission> granted = new TreeSet<>();
        TreeSet<String> forOneUser = new TreeSet<>();
        Optional<Instant> at = Optional.empty();
        for (AppRoleAssignment a : told(ASSIGNMENTS, assignments(app.id()), AppReads::isTold)) {
            if (a.getCreatedDateTime() != null
                    && at.filter(t -> t.isAfter(a.getCreatedDateTime().toInstant()))
                            .isEmpty()) {
                at = Optional.of(a.getCreatedDateTime().toInstant());
            }
            if (!NO_ROLE.equals(text(a.getAppRoleId()))) {
                resource(resources, text(a.getResourceId()), text(a.getResourceDisplayName()))
                        .map(api -> new Permission(name(api, a.getAppRoleId()), Permission.APPLICATION, appId(api)))
                        .ifPresent(granted::add);
            }
        }
        for (OAuth2PermissionGrant g : told(DELEGATED, delegated(app.id()), AppReads::isTold)) {
            Optional<ServicePrincipal> resource = resource(resources, text(g.getResourceId()), "");
            if (resource.isEmpty()) {
                continue;
            }
            for (String scope : text(g.getScope()).strip().split("\\s+")) {
                if (!FOR_ALL.equalsIgnoreCase(text(g.getConsentType()))) {
                    forOneUser.add(scope);
                } else if (!scope.isEmpty()) {
                    granted.add(new Permission(scope, Permission.DELEGATED, appId(resource.get())));
                }
            }
        }
        forOneUser.remove("");
        return new AppPermissions(granted, at, forOneUser);
    }

    private <T> List<T> told(String operation, List<T> all, Predicate<T> isTold) {
        return calls.notes().read(operation, all, one -> Optional.of(one).filter(isTold));
    }

    private static boolean isTold(AppRoleAssignment a) {
        return a.getAppRoleId() != null && (a.getResourceId() != null || NO_ROLE.equals(text(a.getAppRoleId())));
    }

    private static boolean isTold(OAuth2PermissionGrant g) {
        return g.getResourceId() != null && g.getScope() != null && g.getConsentType() != null;
    }

    private List<AppRoleAssignment> assignments(String id) throws InterruptedException {
        return calls.list(
                ASSIGNMENTS,
                g -> g.servicePrincipals().byServicePrincipalId(id).appRoleAssignments(),
                (assignments, link) -> assignments.withUrl(link),
                assignments -> assignments.get(),
                AppRoleAssignmentCollectionResponse::getValue,
                AppRoleAssignmentCollectionResponse::createFromDiscriminatorValue);
    }

    private List<OAuth2PermissionGrant> delegated(String id) throws InterruptedException {
        return calls.list(
                DELEGATED,
                g -> g.servicePrincipals().byServicePrincipalId(id).oauth2PermissionGrants(),
                (grants, link) -> grants.withUrl(link),
                grants -> grants.get(),
                OAuth2PermissionGrantCollectionResponse::getValue,
                OAuth2PermissionGrantCollectionResponse::createFromDiscriminatorValue);
    }

    /** Nothing if the API is gone from the tenant, which is noted. */
    private Optional<ServicePrincipal> resource(Map<String, Optional<ServicePrincipal>> known, String id, String name)
            throws InterruptedException {
        if (!known.containsKey(id)) {
            known.put(id, resource(id));
        }
        if (known.get(id).isEmpty()) {
            calls.notes().add(Statement.of("grant-of-gone-api", Listed.of(name), id));
        }
        return known.get(id);
    }

    private Optional<ServicePrincipal> resource(String id) throws InterruptedException {
        try {
            return Optional.of(calls.read(
                    "GET /servicePrincipals/{id}",
                    g -> g.servicePrincipals().byServicePrincipalId(id).get(c -> {
                        Objects.requireNonNull(c.queryParameters).select =
                                new String[] {"id", "appId", "displayName", "appRoles", "oauth2PermissionScopes"};
                    }),
                    ServicePrincipal::createFromDiscriminatorValue,
                    "appRoles"));
        } catch (VendorCallException e) {
            if (e.status() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The name of a role is the resource's own; its id alone says nothing to anybody. */
    private static String name(ServicePrincipal resource, UUID role) {
        return Optional.ofNullable(resource.getAppRoles()).orElse(List.of()).stream()
                .filter(r -> role.equals(r.getId()))
                .map(AppRole::getValue)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("role-" + role);
    }

    private static String appId(ServicePrincipal resource) {
        return text(resource.getAppId());
    }

    /** A consent to an app by the directory's own record, which lags and forgets. */
    record Consent(Instant at, String by) {}

    /** The newest recorded consent to an app since a time. */
    Optional<Consent> consent(EntraApp app, Instant since) throws InterruptedException {
        String filter = "activityDisplayName eq 'Consent to application' and activityDateTime ge "
                + since.truncatedTo(ChronoUnit.SECONDS);
        String operation = "GET /auditLogs/directoryAudits";
        List<DirectoryAudit> all = calls.list(
                operation,
                g -> g.auditLogs().directoryAudits(),
                (audits, link) -> audits.withUrl(link),
                audits -> audits.get(c -> {
                    Objects.requireNonNull(c.queryParameters).filter = filter;
                }),
                DirectoryAuditCollectionResponse::getValue,
                DirectoryAuditCollectionResponse::createFromDiscriminatorValue);
        return told(operation, all, a -> a.getTargetResources() != null && a.getActivityDateTime() != null).stream()
                .filter(a -> a.getTargetResources().stream()
                        .anyMatch(t -> t != null && app.id().equals(t.getId())))
                .filter(a -> !"failure".equalsIgnoreCase(text(a.getResult())))
                .map(a -> new Consent(a.getActivityDateTime().toInstant(), initiator(a)))
                .reduce((one, other) -> one.at().isAfter(other.at()) ? one : other);
    }

    private static String initiator(DirectoryAudit audit) {
        return audit.getInitiatedBy() == null || audit.getInitiatedBy().getUser() == null
                ? ""
                : text(audit.getInitiatedBy().getUser().getUserPrincipalName());
    }
}
