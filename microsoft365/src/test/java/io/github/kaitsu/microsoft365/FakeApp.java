package io.github.kaitsu.microsoft365;

import io.github.kaitsu.CloudService;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

/** An enterprise application of a test's tenant. */
record FakeApp(
        String id,
        String appId,
        String name,
        String owner,
        boolean enabled,
        List<String> permissions,
        List<String> forOneUser,
        String grantedAt) {
    static final String VENDOR = "bbbbbbbb-0000-0000-0000-000000000001";

    /** Of the one resource there is, by name. */
    static final Map<String, String> ROLES = new LinkedHashMap<>();

    static {
        TreeSet<String> names = new TreeSet<>(List.of("Files.Read.All", "full_access_as_app"));
        for (CloudService service : List.of(
                CloudService.EXCHANGE_ONLINE,
                CloudService.SHAREPOINT_ONLINE,
                CloudService.ONEDRIVE,
                CloudService.MICROSOFT_TEAMS,
                CloudService.MIP)) {
            names.addAll(List.of(ConsoleGrant.permissions(service).split(", ")));
        }
        names.forEach(n -> ROLES.put(
                n, UUID.nameUUIDFromBytes(n.getBytes(StandardCharsets.UTF_8)).toString()));
    }

    /** The vendor's app of a service, granted as published. */
    static FakeApp of(CloudService service, int number) {
        return of(number, ConsoleGrant.permissions(service).split(", "));
    }

    static FakeApp of(int number, String... permissions) {
        return new FakeApp(
                id(number),
                appId(number),
                "Trend Micro Cloud App Security",
                VENDOR,
                true,
                List.of(permissions),
                List.of(),
                "2026-11-21T00:00:01Z");
    }

    static String appId(int number) {
        return "0000000" + number + "-1111-2222-3333-444444444444";
    }

    static String id(int number) {
        return "eeeeeeee-0000-0000-0000-00000000000" + number;
    }

    FakeApp with(String... more) {
        List<String> all = new ArrayList<>(permissions);
        all.addAll(List.of(more));
        return new FakeApp(id, appId, name, owner, enabled, all, forOneUser, grantedAt);
    }

    FakeApp without(String... less) {
        return new FakeApp(
                id,
                appId,
                name,
                owner,
                enabled,
                permissions.stream().filter(p -> !List.of(less).contains(p)).toList(),
                forOneUser,
                grantedAt);
    }

    FakeApp granted(String at) {
        return new FakeApp(id, appId, name, owner, enabled, permissions, forOneUser, at);
    }

    FakeApp named(String other) {
        return new FakeApp(id, appId, other, owner, enabled, permissions, forOneUser, grantedAt);
    }

    FakeApp ownedBy(String tenant) {
        return new FakeApp(id, appId, name, tenant, enabled, permissions, forOneUser, grantedAt);
    }

    /** Consented to by one user for that user, beside what the organisation has. */
    FakeApp withForOneUser(String... scopes) {
        return new FakeApp(id, appId, name, owner, enabled, permissions, List.of(scopes), grantedAt);
    }

    FakeApp disabled() {
        return new FakeApp(id, appId, name, owner, false, permissions, forOneUser, grantedAt);
    }

    String json() {
        return "{\"id\":\"" + id + "\",\"appId\":\"" + appId + "\",\"displayName\":\"" + name
                + "\",\"accountEnabled\":" + enabled
                + ",\"appOwnerOrganizationId\":" + (owner.isEmpty() ? "null" : "\"" + owner + "\"") + ","
                + "\"verifiedPublisher\":{\"displayName\":\"Trend Micro\",\"verifiedPublisherId\":\"1\"}}";
    }

    String[] assignments() {
        return permissions.stream()
                .filter(p -> !p.equals("User.Read"))
                .map(p -> "{\"id\":\"a\",\"appRoleId\":\"" + ROLES.get(p) + "\",\"createdDateTime\":\"" + grantedAt
                        + "\",\"principalId\":\"cccccccc-0000-0000-0000-000000000001\","
                        + "\"resourceDisplayName\":\"Microsoft Graph\",\"resourceId\":\"" + RESOURCE + "\"}")
                .toArray(String[]::new);
    }

    /** Ids of objects are GUIDs for the SDK; the server knows this one as its only resource. */
    static final String RESOURCE = "dddddddd-0000-0000-0000-000000000001";

    String[] delegated() {
        List<String> grants = new ArrayList<>();
        if (permissions.contains("User.Read")) {
            grants.add(grant("AllPrincipals", "null", "User.Read"));
        }
        if (!forOneUser.isEmpty()) {
            grants.add(grant("Principal", "\"cccccccc-0000-0000-0000-000000000009\"", String.join(" ", forOneUser)));
        }
        return grants.toArray(String[]::new);
    }

    private String grant(String type, String principal, String scope) {
        return "{\"id\":\"g\",\"clientId\":\"" + id + "\",\"consentType\":\"" + type + "\",\"principalId\":" + principal
                + ",\"resourceId\":\"" + RESOURCE + "\",\"scope\":\" " + scope + "\"}";
    }
}
