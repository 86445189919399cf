package io.github.kaitsu.sandbox.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.Scenario;
import io.github.kaitsu.sandbox.internal.Grants.Account;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The customer's Microsoft tenant as Graph's objects: it follows from the links, what was cleared away, and the clock. */
final class GraphDirectory {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** The audit log comes later than what it records. */
    private static final Duration AUDIT_LAG = Duration.ofMinutes(15);

    private static final String GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10";
    private static final String GLOBAL_READER = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";
    private static final String GRAPH = "00000003-0000-0000-c000-000000000000";
    private static final String RIGHTS = "00000012-0000-0000-c000-000000000000";
    private static final String SYNC = "870c4f2e-85b6-4d43-bdda-6ed9a579b725";
    /** The one permission that every app has on behalf of users. */
    private static final String DELEGATED = "User.Read";
    /** What the administrator consented to for nobody else. */
    private static final String FOR_ONE_USER = "Files.Read.All";
    /** Registered by the tenant itself under a name that begins like the vendor's. */
    private static final String OWN_APP = "app/own-test";

    private final World world;

    GraphDirectory(World world) {
        this.world = world;
    }

    // ---- the tenant

    /** The tenant of whoever consented. */
    ObjectNode organisation(Account account) {
        ObjectNode organisation = JSON.objectNode()
                .put("id", account.tenant())
                .put("displayName", world.setup().company());
        ArrayNode domains = organisation.putArray("verifiedDomains");
        domains.addObject()
                .put("name", "example.onmicrosoft.com")
                .put("isDefault", false)
                .put("isInitial", true)
                .put("type", "Managed");
        domains.addObject()
                .put("name", account.login().substring(account.login().indexOf('@') + 1))
                .put("isDefault", true)
                .put("isInitial", false)
                .put("type", "Managed");
        return organisation;
    }

    ObjectNode user(Account account) {
        return JSON.objectNode()
                .put("id", IdTokens.objectId(world, account))
                .put("displayName", world.setup().company())
                .put("userPrincipalName", account.login())
                .put("mail", account.login());
    }

    /** A role that could be activated and is not shows nowhere. */
    List<ObjectNode> roles() {
        List<ObjectNode> roles = new ArrayList<>();
        roles.add(role(GLOBAL_READER, "Global Reader"));
        if (world.scenario().kind() != Scenario.Kind.INACTIVE_ROLE) {
            roles.add(role(GLOBAL_ADMINISTRATOR, "Global Administrator"));
        }
        return roles;
    }

    private ObjectNode role(String template, String name) {
        return JSON.objectNode()
                .put("id", guid("directory-role/" + template))
                .putNull("deletedDateTime")
                .put("description", name)
                .put("displayName", name)
                .put("roleTemplateId", template);
    }

    List<ObjectNode> skus() {
        return List.of(
                sku(
                        "SPE_E3",
                        "Enabled",
                        "EXCHANGE_S_ENTERPRISE",
                        "SHAREPOINTENTERPRISE",
                        "SHAREPOINTWAC",
                        "TEAMS1",
                        "MIP_S_CLP1",
                        "RMS_S_PREMIUM"),
                sku("FLOW_FREE", "Enabled", "EXCHANGE_S_FOUNDATION", "FLOW_P2_VIRAL"),
                sku("STANDARDPACK", "Suspended", "EXCHANGE_S_STANDARD"));
    }

    private ObjectNode sku(String part, String state, String... plans) {
        ObjectNode sku = JSON.objectNode()
                .put("id", tenant() + "_" + guid("sku/" + part))
                .put("skuId", guid("sku/" + part))
                .put("skuPartNumber", part)
                .put("capabilityStatus", state)
                .put("appliesTo", "User")
                .put("consumedUnits", world.setup().users());
        sku.putObject("prepaidUnits")
                .put("enabled", world.setup().users())
                .put("suspended", 0)
                .put("warning", 0)
                .put("lockedOut", 0);
        for (String plan : plans) {
            sku.withArray("servicePlans")
                    .addObject()
                    .put("servicePlanId", guid("plan/" + plan))
                    .put("servicePlanName", plan)
                    .put("provisioningStatus", "Success")
                    .put("appliesTo", plan.endsWith("FOUNDATION") ? "Company" : "User");
        }
        return sku;
    }

    ObjectNode rootSite() {
        ObjectNode site = JSON.objectNode()
                .put("id", "example.sharepoint.com," + guid("site") + "," + guid("web"))
                .put("displayName", world.setup().company())
                .put("webUrl", "https://example.sharepoint.com");
        site.putObject("siteCollection").put("hostname", "example.sharepoint.com");
        return site;
    }

    // ---- enterprise applications

    /** Microsoft's own, somebody's, and one for each Microsoft service that was linked and not cleared away in Entra. */
    List<ObjectNode> principals() {
        return Stream.concat(others(), apps().map(this::app)).toList();
    }

    Optional<ObjectNode> withId(String id) {
        return principals().stream()
                .filter(p -> p.path("id").asText().equals(id))
                .findFirst();
    }

    Optional<ObjectNode> withAppId(String appId) {
        return principals().stream()
                .filter(p -> p.path("appId").asText().equals(appId))
                .findFirst();
    }

    private Stream<Link> apps() {
        return Arrays.stream(CloudService.values())
                .filter(CloudService::isMicrosoft365)
                .filter(s -> world.left(Leftover.ACCESS, s))
                .flatMap(s -> world.newest(s).stream());
    }

    private Stream<ObjectNode> others() {
        ObjectNode graph = principal(GRAPH, "Microsoft Graph", "Microsoft Services");
        ObjectNode rights = principal(RIGHTS, "Microsoft Rights Management Services", "Microsoft Services");
        ObjectNode sync = principal(SYNC, "Microsoft Information Protection Sync Service", "Microsoft Services");
        Stream.of(MicrosoftPages.PERMISSIONS.values())
                .flatMap(all -> all.stream().flatMap(p -> Arrays.stream(p.split(", "))))
                .distinct()
                .sorted()
                .forEach(name -> {
                    ObjectNode resource = resource(name).equals(RIGHTS)
                            ? rights
                            : resource(name).equals(SYNC) ? sync : graph;
                    if (name.equals(DELEGATED)) {
                        resource.withArray("oauth2PermissionScopes")
                                .addObject()
                                .put("id", guid("permission/" + name))
                                .put("value", name)
                                .put("type", "User")
                                .put("isEnabled", true);
                    } else {
                        resource.withArray("appRoles")
                                .addObject()
                                .put("id", guid("permission/" + name))
                                .put("value", name)
                                .put("displayName", name)
                                .put("description", name)
                                .put("isEnabled", true)
                                .putArray("allowedMemberTypes")
                                .add("Application");
                    }
                });
        return Stream.of(
                graph,
                rights,
                sync,
                principal(guid("app/neighbour"), "Trend Micro Email Security", "Trend Micro Incorporated"),
                principal(guid(OWN_APP), Sites.APP_NAME + " - own test", "").put("appOwnerOrganizationId", tenant()));
    }

    private static String resource(String permission) {
        return permission.startsWith("Content.") ? RIGHTS : permission.startsWith("UnifiedPolicy.") ? SYNC : GRAPH;
    }

    private ObjectNode app(Link link) {
        return principal(link.appId(), Sites.APP_NAME, "Trend Micro Incorporated");
    }

    private ObjectNode principal(String appId, String name, String publisher) {
        ObjectNode principal = JSON.objectNode()
                .put("id", guid("principal/" + appId))
                .put("appId", appId)
                .put("displayName", name)
                .put("accountEnabled", true)
                .put("appOwnerOrganizationId", guid("owner/" + publisher))
                .put("servicePrincipalType", "Application");
        principal
                .putObject("verifiedPublisher")
                .put("displayName", publisher)
                .put("verifiedPublisherId", String.valueOf(publisher.length()))
                .put("addedDateTime", "2020-01-01T00:00:00Z");
        principal.putArray("appRoles");
        principal.putArray("oauth2PermissionScopes");
        return principal;
    }

    List<ObjectNode> roleAssignments(String id) {
        return byId(id).stream()
                .flatMap(link -> permissions(link).stream()
                        .filter(p -> !p.equals(DELEGATED))
                        .map(p -> JSON.objectNode()
                                .put("id", guid("assignment/" + link.appId() + "/" + p))
                                .putNull("deletedDateTime")
                                .put("appRoleId", guid("permission/" + p))
                                .put("createdDateTime", link.linkedAt().toString())
                                .put("principalDisplayName", Sites.APP_NAME)
                                .put("principalId", id)
                                .put("principalType", "ServicePrincipal")
                                .put("resourceDisplayName", resource(p).equals(GRAPH) ? "Microsoft Graph" : p)
                                .put("resourceId", guid("principal/" + resource(p)))))
                .toList();
    }

    List<ObjectNode> permissionGrants(String id) {
        if (id.equals(guid("principal/" + guid(OWN_APP)))) {
            String scopes = MicrosoftPages.PERMISSIONS.getOrDefault(CloudService.EXCHANGE_ONLINE, "");
            return List.of(grant(id, "Principal", world.setup().administrator(), scopes.replace(",", "")));
        }
        return byId(id).stream()
                .filter(link -> permissions(link).contains(DELEGATED))
                .flatMap(link -> Stream.of(
                        grant(id, "AllPrincipals", "", DELEGATED),
                        grant(id, "Principal", link.administrator(), FOR_ONE_USER)))
                .toList();
    }

    /** On behalf of all users, or of one. */
    private ObjectNode grant(String client, String type, String user, String scopes) {
        ObjectNode grant = JSON.objectNode()
                .put("id", guid("grant/" + client + "/" + type))
                .put("clientId", client)
                .put("consentType", type)
                .put("resourceId", guid("principal/" + GRAPH))
                .put("scope", " " + scopes);
        return user.isEmpty() ? grant.putNull("principalId") : grant.put("principalId", guid("microsoft/user/" + user));
    }

    private Optional<Link> byId(String id) {
        return apps().filter(l -> guid("principal/" + l.appId()).equals(id)).findFirst();
    }

    private List<String> permissions(Link link) {
        List<String> all = new ArrayList<>(List.of(
                MicrosoftPages.PERMISSIONS.getOrDefault(link.service(), "").split(", ")));
        if (world.scenario().kind() == Scenario.Kind.PARTIAL_CONSENT) {
            all.remove(all.size() - 2); // the last but one in each list is an application's
        }
        return all;
    }

    // ---- the audit log

    List<ObjectNode> audits() {
        return apps().filter(l -> !l.linkedAt().plus(AUDIT_LAG).isAfter(world.now()))
                .map(link -> {
                    ObjectNode audit = JSON.objectNode()
                            .put("id", "Directory_" + guid("audit/" + link.appId()))
                            .put("category", "ApplicationManagement")
                            .put("correlationId", guid("audit/correlation/" + link.appId()))
                            .put("result", "success")
                            .put("resultReason", "")
                            .put("activityDisplayName", "Consent to application")
                            .put("activityDateTime", link.linkedAt().toString())
                            .put("loggedByService", "Core Directory")
                            .put("operationType", "Assign");
                    audit.putObject("initiatedBy")
                            .putNull("app")
                            .putObject("user")
                            .put("id", guid("microsoft/user/" + link.administrator()))
                            .putNull("displayName")
                            .put("userPrincipalName", link.administrator().toLowerCase(Locale.ROOT));
                    audit.putArray("targetResources")
                            .addObject()
                            .put("id", guid("principal/" + link.appId()))
                            .put("displayName", Sites.APP_NAME)
                            .put("type", "ServicePrincipal");
                    return audit;
                })
                .toList();
    }

    private String tenant() {
        return world.setup().tenant(CloudService.Provider.MICROSOFT365);
    }

    private String guid(String name) {
        return world.setup().secrets().guid(name);
    }
}
