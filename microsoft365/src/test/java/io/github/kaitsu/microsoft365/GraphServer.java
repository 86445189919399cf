package io.github.kaitsu.microsoft365;

import io.github.kaitsu.contract.VendorContract;
import io.github.kaitsu.contract.VendorServer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;

/** A Graph that says what a test tells it to, and keeps what it was asked; paths are those behind {@code /v1.0}. */
final class GraphServer extends VendorServer<GraphServer> {
    static final String TENANT = "aaaaaaaa-0000-0000-0000-000000000001";
    static final String GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10";
    static final String GRAPH = "00000003-0000-0000-c000-000000000000";

    private static final String FIELDS =
            "&$select=id,appId,displayName,accountEnabled,appOwnerOrganizationId,verifiedPublisher&$top=999";
    private static final String NAMED = "/servicePrincipals?$filter=startswith(displayName,'" + APP + "')" + FIELDS;

    private String firstPage = "";

    GraphServer() throws IOException {
        super(VendorContract.graph());
        on("/organization", list("{\"id\":\"" + TENANT + "\",\"displayName\":\"Contoso\"}"));
        on("/me", "{\"id\":\"u1\",\"userPrincipalName\":\"admin@contoso.example\"}");
        on("/auditLogs/directoryAudits", list());
        on(
                "/servicePrincipals/" + FakeApp.RESOURCE,
                "{\"id\":\"" + FakeApp.RESOURCE + "\",\"appId\":\"" + GRAPH
                        + "\",\"displayName\":\"Microsoft Graph\",\"appRoles\":["
                        + FakeApp.ROLES.keySet().stream()
                                .map(r -> "{\"id\":\"" + FakeApp.ROLES.get(r) + "\",\"value\":\"" + r + "\"}")
                                .collect(Collectors.joining(","))
                        + "],\"oauth2PermissionScopes\":[]}");
        apps();
    }

    /** What was said for a path with its query comes before what was said for the path. */
    @Override
    protected List<String> keys(RecordedRequest request, String body) {
        return List.of(target(request).replace("/v1.0", ""), path(request).replace("/v1.0", ""));
    }

    @Override
    protected MockResponse ok(String body) {
        return json(200, body);
    }

    @Override
    protected MockResponse unknown(RecordedRequest request) {
        return error(404, "Request_ResourceNotFound");
    }

    /** The tenant's enterprise applications from now on. */
    GraphServer apps(FakeApp... apps) {
        forget(k -> k.startsWith("/servicePrincipals?$filter=appId"));
        firstPage = list(Arrays.stream(apps).map(FakeApp::json).toArray(String[]::new));
        on("/servicePrincipals", list()).on(NAMED, firstPage);
        for (FakeApp app : apps) {
            on("/servicePrincipals?$filter=appId eq '" + app.appId() + "'" + FIELDS, list(app.json()));
            on("/servicePrincipals/" + app.id() + "/appRoleAssignments", list(app.assignments()));
            on("/servicePrincipals/" + app.id() + "/oauth2PermissionGrants", list(app.delegated()));
        }
        return this;
    }

    /** One more page behind what {@link #apps} lists. */
    GraphServer onSecondPage(FakeApp app) {
        String second = "/servicePrincipals?$skiptoken=x1";
        String link = "\"@odata.nextLink\":\"" + base() + "/v1.0" + second + "\",\"value\"";
        return on(second, list(app.json())).on(NAMED, firstPage.replace("\"value\"", link));
    }

    GraphServer roles(String... templateIds) {
        return on(
                "/me/transitiveMemberOf/graph.directoryRole",
                list(Arrays.stream(templateIds)
                        .map(t -> "{\"@odata.type\":\"#microsoft.graph.directoryRole\",\"displayName\":\""
                                + (t.equals(GLOBAL_ADMINISTRATOR) ? "Global Administrator" : "Global Reader")
                                + "\",\"roleTemplateId\":\"" + t + "\"}")
                        .toArray(String[]::new)));
    }

    static String list(String... values) {
        return "{\"@odata.context\":\"https://graph.microsoft.com/v1.0/$metadata#x\",\"value\":["
                + String.join(",", values) + "]}";
    }

    static MockResponse json(int status, String body) {
        return json(status, "application/json;odata.metadata=minimal", body).setHeader("request-id", "h-" + status);
    }

    static MockResponse error(int status, String code) {
        return json(
                status,
                "{\"error\":{\"code\":\"" + code + "\",\"message\":\"tok_secret_1\",\"innerError\":"
                        + "{\"date\":\"2026-11-21T00:00:00\",\"request-id\":\"b-" + status
                        + "\",\"client-request-id\":\"c\"}}}");
    }

    GraphConnection connection() {
        return GraphConnection.builder(tokens())
                .baseUrl(base())
                .clock(CLOCK)
                .retry(retry())
                .build();
    }

    @Override
    public List<String> lines() {
        return super.lines().stream().map(l -> l.replace("/v1.0", "")).toList();
    }
}
