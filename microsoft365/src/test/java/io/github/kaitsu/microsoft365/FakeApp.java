package io.github.kaitsu.microsoft365;

import io.github.kaitsu.CloudService;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

/** An enterprise application of a test's tenant. */
record FakeApp(String id, String appId, String name, boolean enabled, List<String> permissions, String grantedAt) {
    /** Of the one resource there is, by name. */
    static final Map<String, String> ROLES = new LinkedHashMap<>();

    static {
        TreeSet<String> names = new TreeSet<>(List.of("Files.Read.All"));
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
                true,
                List.of(permissions),
                "2026-11-21T00:00:01Z");
    }

    static String appId(int number) {
        return "0000000" + number + "-1111-2222-3333-444444444444";
    }

    static String id(int number) {
        return "eeeeeeee-0000-0000-0000-00000000000" + number;
    }

    FakeApp with(String... more) {
        List<String> all = new java.util.ArrayList<>(permissions);
        all.addAll(List.of(more));
        return new FakeApp(id, appId, name, enabled, all, grantedAt);
    }

    FakeApp without(String... less) {
        return new FakeApp(
                id,
                appId,
                name,
                enabled,
                permissions.stream().filter(p -> !List.of(less).contains(p)).toList(),
                grantedAt);
    }

    FakeApp granted(String at) {
        return new FakeApp(id, appId, name, enabled, permissions, at);
    }

    FakeApp disabled() {
        return new FakeApp(id, appId, name, false, permissions, grantedAt);
    }

    String json() {
        return "{\"id\":\"" + id + "\",\"appId\":\"" + appId + "\",\"displayName\":\"" + name
                + "\",\"accountEnabled\":" + enabled
                + ",\"appOwnerOrganizationId\":\"bbbbbbbb-0000-0000-0000-000000000001\","
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
        return permissions.contains("User.Read")
                ? new String[] {
                    "{\"id\":\"g\",\"clientId\":\"" + id + "\",\"consentType\":\"AllPrincipals\",\"principalId\":null,"
                            + "\"resourceId\":\"" + RESOURCE + "\",\"scope\":\" User.Read\"}"
                }
                : new String[0];
    }
}
