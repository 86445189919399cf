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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/** What Kaitsu reads about enterprise applications: who they are, what they were granted, and who consented. Thread-safe. */
final class AppReads {
    /** Assigned where an app is let in without any role. */
    private static final String NO_ROLE = "00000000-0000-0000-0000-000000000000";

    /** An administrator's consent for the organisation; another user's is for that user only. */
    private static final String FOR_ALL = "AllPrincipals";

    private static final int PAGE = 999;

    private final GraphCalls calls;

    AppReads(GraphCalls calls) {
        this.calls = calls;
    }

    /** All of that very name, however many begin like it. */
    List<EntraApp> named(String name) throws InterruptedException {
        return apps("startswith(displayName,'" + name.replace("'", "''") + "')").stream()
                .filter(app -> app.name().strip().equalsIgnoreCase(name))
                .toList();
    }

    /** Whether the tenant knows the app, and as what. */
    Optional<EntraApp> withAppId(String appId) throws InterruptedException {
        return apps("appId eq '" + appId.replace("'", "''") + "'").stream().findFirst();
    }

    private List<EntraApp> apps(String filter) throws InterruptedException {
        String operation = "GET /servicePrincipals";
        List<EntraApp> found = new ArrayList<>();
        for (ServicePrincipal p : calls.list(
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
                ServicePrincipalCollectionResponse::getValue)) {
            if (p.getId() == null || p.getAppId() == null) {
                throw GraphReads.incomplete(operation);
            }
            found.add(new EntraApp(
                    p.getId(),
                    p.getAppId(),
                    text(p.getDisplayName()),
                    !Boolean.FALSE.equals(p.getAccountEnabled()),
                    text(p.getAppOwnerOrganizationId()),
                    p.getVerifiedPublisher() == null
                            ? ""
                            : text(p.getVerifiedPublisher().getDisplayName())));
        }
        return found;
    }

    /** What an app was granted in this tenant, its own and on behalf of users. */
    AppPermissions grants(EntraApp app) throws InterruptedException {
        Map<String, ServicePrincipal> resources = new HashMap<>();
        TreeSet<Permission> granted = new TreeSet<>();
        TreeSet<String> forOneUser = new TreeSet<>();
        Optional<Instant> at = Optional.empty();
        for (AppRoleAssignment a : assignments(app.id())) {
            if (a.getCreatedDateTime() != null
                    && at.filter(t -> t.isAfter(a.getCreatedDateTime().toInstant()))
                            .isEmpty()) {
                at = Optional.of(a.getCreatedDateTime().toInstant());
            }
            if (!NO_ROLE.equals(text(a.getAppRoleId()))) {
                ServicePrincipal resource = resource(resources, text(a.getResourceId()));
                granted.add(new Permission(name(resource, a.getAppRoleId()), Permission.APPLICATION, appId(resource)));
            }
        }
        for (OAuth2PermissionGrant g : delegated(app.id())) {
            ServicePrincipal resource = resource(resources, text(g.getResourceId()));
            for (String scope : text(g.getScope()).strip().split("\\s+")) {
                if (!FOR_ALL.equalsIgnoreCase(text(g.getConsentType()))) {
                    forOneUser.add(scope);
                } else if (!scope.isEmpty()) {
                    granted.add(new Permission(scope, Permission.DELEGATED, appId(resource)));
                }
            }
        }
        forOneUser.remove("");
        return new AppPermissions(granted, at, forOneUser);
    }

    private List<AppRoleAssignment> assignments(String id) throws InterruptedException {
        return calls.list(
                "GET /servicePrincipals/{id}/appRoleAssignments",
                g -> g.servicePrincipals().byServicePrincipalId(id).appRoleAssignments(),
                (assignments, link) -> assignments.withUrl(link),
                assignments -> assignments.get(),
                AppRoleAssignmentCollectionResponse::getValue);
    }

    private List<OAuth2PermissionGrant> delegated(String id) throws InterruptedException {
        return calls.list(
                "GET /servicePrincipals/{id}/oauth2PermissionGrants",
                g -> g.servicePrincipals().byServicePrincipalId(id).oauth2PermissionGrants(),
                (grants, link) -> grants.withUrl(link),
                grants -> grants.get(),
                OAuth2PermissionGrantCollectionResponse::getValue);
    }

    private ServicePrincipal resource(Map<String, ServicePrincipal> known, String id) throws InterruptedException {
        ServicePrincipal resource = known.get(id);
        if (resource == null) {
            resource = calls.read(
                    "GET /servicePrincipals/{id}",
                    g -> g.servicePrincipals().byServicePrincipalId(id).get(c -> {
                        Objects.requireNonNull(c.queryParameters).select =
                                new String[] {"id", "appId", "displayName", "appRoles", "oauth2PermissionScopes"};
                    }));
            known.put(id, resource);
        }
        return resource;
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
        return calls
                .list(
                        "GET /auditLogs/directoryAudits",
                        g -> g.auditLogs().directoryAudits(),
                        (audits, link) -> audits.withUrl(link),
                        audits -> audits.get(c -> {
                            Objects.requireNonNull(c.queryParameters).filter = filter;
                        }),
                        DirectoryAuditCollectionResponse::getValue)
                .stream()
                .filter(a -> a.getTargetResources() != null
                        && a.getTargetResources().stream()
                                .anyMatch(t -> app.id().equals(t.getId())))
                .filter(a -> a.getActivityDateTime() != null && !"failure".equalsIgnoreCase(text(a.getResult())))
                .map(a -> new Consent(a.getActivityDateTime().toInstant(), initiator(a)))
                .reduce((one, other) -> one.at().isAfter(other.at()) ? one : other);
    }

    private static String initiator(DirectoryAudit audit) {
        return audit.getInitiatedBy() == null || audit.getInitiatedBy().getUser() == null
                ? ""
                : text(audit.getInitiatedBy().getUser().getUserPrincipalName());
    }
}
