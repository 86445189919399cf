package io.github.kaitsu.microsoft365;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Phase;
import io.github.kaitsu.StepId;
import io.github.kaitsu.microsoft365.internal.AppLooks;
import io.github.kaitsu.microsoft365.internal.GraphFacts;
import io.github.kaitsu.microsoft365.internal.GraphReads;
import io.github.kaitsu.microsoft365.internal.TenantLooks;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Check;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.provision.Probe;
import io.github.kaitsu.provision.ProbeTiming;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.vendor.ConnectedProbe;
import io.github.kaitsu.vendor.VendorCallException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The steps and checks that read the tenant through Microsoft Graph. Without any connections there are none of its steps, and
 * what is asked of persons is asked as ever. Immutable.
 */
final class GraphSteps {
    static final GraphSteps NONE = new GraphSteps(Optional.empty());

    private static final Class<?> TEXTS = Microsoft365Provisioners.class;
    private static final String ADMINISTRATOR = "global-administrator";
    private static final URI ENTRA = URI.create("https://entra.microsoft.com/");
    /** The directory may lag behind the console's success, and behind a person's removal. */
    private static final ProbeTiming LAG = ProbeTiming.of(Duration.ofMinutes(10), Duration.ofHours(1));

    private final Optional<Connections<GraphReads>> connections;

    private GraphSteps(Optional<Connections<GraphReads>> connections) {
        this.connections = connections;
    }

    static GraphSteps over(Connections<GraphConnection> connections) {
        return new GraphSteps(Optional.of(customer -> connections.find(customer).map(GraphConnection::reads)));
    }

    // ---- preflight

    /**
     * M365-1: is there a Global Administrator? One look or question serves all services of a run, since they share the tenant and
     * its administrator. The first requested service asks it; the others hold or fail with its answer.
     */
    ActivationStep globalAdministrator(CloudService service, StepContext context) {
        CloudService asker = asker(service, context);
        ActivationStep step = ActivationStep.look(
                StepId.of(service, ADMINISTRATOR),
                "M365-1",
                Phase.PREFLIGHT,
                TEXTS,
                asker == service ? ADMINISTRATOR : ADMINISTRATOR + "-known",
                asker == service ? globalAdministrator() : Check.attestedByDoing(),
                ProbeTiming.none());
        return asker == service ? step : step.after(StepId.of(asker, ADMINISTRATOR));
    }

    private Check globalAdministrator() {
        return check(
                ActionTemplate.question(TEXTS, "ask-global-administrator"),
                TenantLooks::globalAdministrator,
                "GET /organization, GET /me, GET /me/transitiveMemberOf/microsoft.graph.directoryRole",
                "User.Read");
    }

    /** The service that asks the run's questions, and so speaks for all Microsoft 365 services. */
    static CloudService asker(CloudService service, StepContext context) {
        return others(context).findFirst().orElse(service);
    }

    /** The requested Microsoft 365 services in their order, without MIP, which comes after them. */
    static Stream<CloudService> others(StepContext context) {
        return context.request().services().stream()
                .filter(CloudService::isMicrosoft365)
                .filter(s -> s != CloudService.MIP);
    }

    Check mipLicence(ActionTemplate question) {
        return check(
                question, TenantLooks.licence(CloudService.MIP), "GET /subscribedSkus", "LicenseAssignment.Read.All");
    }

    /** What else is read before a service is linked. It refines the plan and warns; nobody is asked for it. */
    List<ActivationStep> preflight(CloudService service, StepContext context) {
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
        return asker(service, context) == service ? List.of(users, site, licence) : List.of(licence);
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
                        rule(service),
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
                rule(service),
                Phase.POST_SETUP,
                TEXTS,
                "enterprise-app",
                read ? Check.by(probe).orAsk(question(service, context)) : Check.by(probe),
                LAG);
        return List.of(read ? step : step.optional());
    }

    private static ActionTemplate question(CloudService service, StepContext context) {
        return ActionTemplate.question(
                        TEXTS, "ask-enterprise-app", service.label(Locale.ENGLISH), ConsoleGrant.permissions(service))
                .at(ENTRA)
                .copying(appId(service, context));
    }

    /**
     * The アプリID of a service's row in the newest reading of the console that listed it. A removal reads the console before it
     * asks for 削除, so the ID is noted by then.
     */
    private static Map<String, String> appId(CloudService service, StepContext context) {
        return context.facts()
                .appId(service)
                .filter(id -> !id.isBlank())
                .map(id -> Map.of("entra.applicationId", id))
                .orElse(Map.of());
    }

    static String rule(CloudService service) {
        return service == CloudService.MIP ? "MIP-1" : "M365-1";
    }

    /**
     * The consent that stays behind in Entra when the console has removed a service. Every service has an app of its own, all
     * under one name: deleting the wrong one ends the protection of another service, so only one that is surely the right one
     * goes. Without connections the person's word counts.
     */
    ActivationStep removal(CloudService service, StepContext context) {
        Map<String, String> appId = appId(service, context);
        ActionTemplate action = ActionTemplate.builder(ActionTemplate.Kind.DO, TEXTS, "remove-enterprise-app")
                .variantIf(appId.isEmpty(), "by-permissions")
                .arguments(service.label(Locale.ENGLISH), ConsoleGrant.permissions(service))
                .link(ENTRA)
                .values(appId)
                .acceptedBlocks(Set.of(BlockReason.NOT_FOUND, BlockReason.BLOCKED_BY_POLICY))
                .build();
        Check gone = connections.isEmpty()
                ? Check.attestedByDoing()
                : Check.by(probe(
                        AppLooks.gone(service),
                        "GET /organization, GET /servicePrincipals, GET /servicePrincipals/{id}/appRoleAssignments,"
                                + " GET /servicePrincipals/{id}/oauth2PermissionGrants",
                        "Directory.Read.All"));
        return ActivationStep.act(
                        StepId.of(service, "remove-enterprise-app"),
                        "M365-1",
                        Phase.REMOVAL,
                        TEXTS,
                        "remove-enterprise-app",
                        gone,
                        action)
                .patient(LAG);
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
        return e.status() == HttpURLConnection.HTTP_BAD_REQUEST && e.operation().startsWith("GET /me");
    }
}
