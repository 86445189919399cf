package io.github.kaitsu.microsoft365;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Phase;
import io.github.kaitsu.StepId;
import io.github.kaitsu.microsoft365.internal.AppLooks;
import io.github.kaitsu.microsoft365.internal.GraphFacts;
import io.github.kaitsu.microsoft365.internal.GraphReads;
import io.github.kaitsu.microsoft365.internal.TenantLooks;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Check;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.provision.Probe;
import io.github.kaitsu.provision.ProbeTiming;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.vendor.ConnectedProbe;
import io.github.kaitsu.vendor.VendorCallException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The steps and checks that read the tenant through Microsoft Graph. Without any connections there are none of its steps, and
 * what is asked of persons is asked as ever. Immutable.
 */
final class GraphSteps {
    static final GraphSteps NONE = new GraphSteps(Optional.empty());

    private static final Class<?> TEXTS = Microsoft365Provisioners.class;
    private static final URI ENTRA = URI.create("https://entra.microsoft.com/");
    /** The console's success may come before the directory lists what was granted. */
    private static final ProbeTiming AFTER_SUCCESS = ProbeTiming.of(Duration.ofMinutes(10), Duration.ofHours(1));

    private static final int BAD_REQUEST = 400;

    private final Optional<Connections<GraphReads>> connections;

    private GraphSteps(Optional<Connections<GraphReads>> connections) {
        this.connections = connections;
    }

    static GraphSteps over(Connections<GraphConnection> connections) {
        return new GraphSteps(Optional.of(customer -> connections.find(customer).map(GraphConnection::reads)));
    }

    // ---- preflight

    Check globalAdministrator(ActionTemplate question) {
        return check(
                question,
                TenantLooks::globalAdministrator,
                "GET /organization, GET /me, GET /me/transitiveMemberOf/microsoft.graph.directoryRole",
                "User.Read");
    }

    Check mipLicence(ActionTemplate question) {
        return check(
                question, TenantLooks.licence(CloudService.MIP), "GET /subscribedSkus", "LicenseAssignment.Read.All");
    }

    /**
     * What else is read before a service is linked. It refines the plan and warns; nobody is asked for it.
     *
     * @param forAll whether this service looks for what all services of the tenant share
     */
    List<ActivationStep> preflight(CloudService service, boolean forAll) {
        if (connections.isEmpty()) {
            return List.of();
        }
        ActivationStep licence = look(
                service,
                "licence",
                "licence",
                TenantLooks.licence(service),
                "GET /subscribedSkus",
                "LicenseAssignment.Read.All");
        ActivationStep users =
                look(service, "users", "tenant-users", TenantLooks::users, "GET /users/$count", "User.ReadBasic.All");
        ActivationStep site = look(
                service,
                "sharepoint-site",
                "sharepoint-site",
                TenantLooks::sharePointSite,
                "GET /sites/root",
                "Sites.Read.All");
        return forAll ? List.of(users, site, licence) : List.of(licence);
    }

    /** MIP-1. */
    List<ActivationStep> mipPreflight() {
        return connections.isEmpty()
                ? List.of()
                : List.of(look(
                        CloudService.MIP,
                        "microsoft-services",
                        "mip-microsoft-services",
                        TenantLooks::mipServices,
                        "GET /servicePrincipals",
                        "Application.Read.All"));
    }

    private ActivationStep look(
            CloudService service,
            String name,
            String title,
            ConnectedProbe.Question<GraphReads> question,
            String calls,
            String scope) {
        return ActivationStep.look(
                        StepId.of(service, name),
                        service == CloudService.MIP ? "MIP-1" : "M365-1",
                        Phase.PREFLIGHT,
                        TEXTS,
                        title,
                        Check.by(probe(question, calls, scope)),
                        ProbeTiming.none())
                .optional();
    }

    // ---- the proof

    /** The app that the grant left in the tenant. Required wherever this run has read the tenant before. */
    List<ActivationStep> proof(CloudService service, StepContext context) {
        if (connections.isEmpty()) {
            return List.of();
        }
        Probe probe = probe(
                AppLooks.granted(service),
                "GET /servicePrincipals, GET /servicePrincipals/{id}/appRoleAssignments,"
                        + " GET /servicePrincipals/{id}/oauth2PermissionGrants, GET /auditLogs/directoryAudits",
                "Directory.Read.All AuditLog.Read.All");
        boolean read = context.fact(GraphFacts.TENANT).isPresent();
        ActivationStep step = ActivationStep.look(
                StepId.of(service, "enterprise-app"),
                service == CloudService.MIP ? "MIP-1" : "M365-1",
                Phase.POST_SETUP,
                TEXTS,
                "enterprise-app",
                read ? Check.by(probe).orAsk(question(service, context)) : Check.by(probe),
                AFTER_SUCCESS);
        return List.of(read ? step : step.optional());
    }

    private static ActionTemplate question(CloudService service, StepContext context) {
        return ActionTemplate.question(
                        TEXTS, "ask-enterprise-app", service.label(Locale.ENGLISH), ConsoleGrant.permissions(service))
                .at(ENTRA)
                .copying(EnterpriseApp.appId(service, context)
                        .map(id -> Map.of("entra.applicationId", id))
                        .orElse(Map.of()));
    }

    /** Whether a removed service's app is gone as well; else the person's word counts. */
    Check removal(CloudService service) {
        return connections.isEmpty()
                ? Check.attestedByDoing()
                : Check.by(probe(
                        AppLooks.gone(service),
                        "GET /organization, GET /servicePrincipals, GET /servicePrincipals/{id}/appRoleAssignments,"
                                + " GET /servicePrincipals/{id}/oauth2PermissionGrants",
                        "Directory.Read.All"));
    }

    private Check check(ActionTemplate question, ConnectedProbe.Question<GraphReads> look, String calls, String scope) {
        return connections.isEmpty()
                ? Check.asking(question)
                : Check.by(probe(look, calls, scope)).orAsk(question);
    }

    private Probe probe(ConnectedProbe.Question<GraphReads> question, String calls, String scope) {
        return new ConnectedProbe<>(
                "Microsoft Graph",
                connections.orElseThrow(),
                question.withoutAccessAfter(GraphSteps::isWithoutUser),
                calls,
                scope);
    }

    /** An app's own token is no user's: it has no {@code /me}. */
    private static boolean isWithoutUser(VendorCallException e) {
        return e.status() == BAD_REQUEST && e.operation().startsWith("GET /me");
    }
}
