package io.github.kaitsu.google;

import io.github.kaitsu.contract.VendorContract;
import io.github.kaitsu.contract.VendorServer;
import java.io.IOException;
import java.util.List;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;

/** A Google that says what a test tells it to, keeps what it was asked, and holds every request against the contract. */
final class GoogleServer extends VendorServer<GoogleServer> {
    static final String ME = "/v1/userinfo";
    static final String ACCOUNT = "/admin/directory/v1/users/107";
    static final String USERS = "/admin/directory/v1/users";
    static final String TOKENS = "/admin/directory/v1/users/107/tokens";
    static final String POLICIES = "/v1/policies";
    static final String LICENCES = "/apps/licensing/v1/product/Google-Apps/users";
    static final String FILES = "/drive/v3/files";
    private static final String LOGS = "/admin/reports/v1/activity/users/";

    GoogleServer() throws IOException {
        super(VendorContract.google());
    }

    /** A log is asked for events of one name: {@code "path?name"}. */
    @Override
    protected List<String> keys(RecordedRequest request, String body) {
        String event = request.getRequestUrl().queryParameter("eventName");
        return List.of(event == null ? path(request) : path(request) + "?" + event);
    }

    @Override
    protected MockResponse ok(String body) {
        return json(200, body);
    }

    /** What is not in a log is empty, never an error. */
    @Override
    protected MockResponse unknown(RecordedRequest request) {
        return path(request).startsWith(LOGS) ? ok("{\"kind\":\"admin#reports#activities\"}") : error(404, "notFound");
    }

    /** Paths with decoded queries of everything asked so far. */
    @Override
    public List<String> lines() {
        return requests.stream().map(VendorServer::target).toList();
    }

    /** A super admin with the id 107, whose token it is. */
    GoogleServer admin() {
        return on(ME, "{\"sub\":\"107\"}").on(ACCOUNT, account(true, false, false));
    }

    /** What a log says about events of one name. */
    GoogleServer log(String application, String event, String... activities) {
        return on(log(application) + "?" + event, "{\"items\":[" + String.join(",", activities) + "]}");
    }

    static String log(String application) {
        return LOGS + (application.equals("token") ? "107" : "all") + "/applications/" + application;
    }

    static MockResponse json(int status, String body) {
        return json(status, "application/json; charset=UTF-8", body);
    }

    /** An error as the older services write it. */
    static MockResponse error(int status, String reason) {
        return json(
                status,
                "{\"error\":{\"code\":" + status + ",\"message\":\"m\",\"errors\":[{\"domain\":\"global\",\"reason\":\""
                        + reason + "\",\"message\":\"m\"}]}}");
    }

    /** An error as the newer services write it. */
    static MockResponse newError(int status, String reason) {
        return json(
                status,
                "{\"error\":{\"code\":" + status + ",\"message\":\"m\",\"status\":\"PERMISSION_DENIED\",\"details\":["
                        + "{\"@type\":\"type.googleapis.com/google.rpc.Help\"},"
                        + "{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"" + reason + "\"}]}}");
    }

    static String account(boolean superAdmin, boolean delegated, boolean suspended) {
        return "{\"id\":\"107\",\"primaryEmail\":\"admin@example.com\",\"customerId\":\"C012\",\"isAdmin\":"
                + superAdmin
                + ",\"isDelegatedAdmin\":" + delegated + ",\"suspended\":" + suspended
                + ",\"archived\":false,\"isEnrolledIn2Sv\":true}";
    }

    /** One activity with one event; parameters as name and value in turn. */
    static String activity(String time, String qualifier, String event, String... parameters) {
        return "{\"kind\":\"admin#reports#activity\",\"id\":{\"time\":\"" + time + "\",\"uniqueQualifier\":\""
                + qualifier
                + "\",\"applicationName\":\"admin\",\"customerId\":\"C012\"},\"actor\":{\"email\":\"admin@example.com\"},"
                + "\"events\":[{\"type\":\"DOMAIN_SETTINGS\",\"name\":\"" + event + "\",\"parameters\":["
                + each("{\"name\":\"%s\",\"value\":\"%s\"}", parameters) + "]}]}";
    }

    static String installed(String time) {
        return activity(time, "-1", "ADD_APPLICATION", "APP_ID", "777", "APPLICATION_NAME", APP);
    }

    static String granted(String time) {
        return activity(time, "-2", "AUTHORIZE_API_CLIENT_ACCESS", "API_CLIENT_NAME", APP);
    }

    static String policy(String type, String value) {
        return policy("ADMIN", "orgUnits/1", 1, type, value);
    }

    static String policy(String by, String unit, int order, String type, String value) {
        return "{\"name\":\"policies/a\",\"customer\":\"customers/C012\",\"policyQuery\":{\"orgUnit\":\"" + unit
                + "\",\"sortOrder\":" + order + "},\"setting\":{\"type\":\"settings/" + type + "\",\"value\":" + value
                + "},\"type\":\"" + by + "\"}";
    }

    static String policies(String... policies) {
        return "{\"policies\":[" + String.join(",", policies) + "]}";
    }

    static String files(String... idsAndNames) {
        return "{\"kind\":\"drive#fileList\",\"incompleteSearch\":false,\"files\":["
                + each("{\"id\":\"%s\",\"name\":\"%s\"}", idsAndNames) + "]}";
    }

    GoogleConnection connection() {
        return connection(GoogleAppSigns.ofDefaults());
    }

    GoogleConnection connection(GoogleAppSigns signs) {
        return GoogleConnection.builder(tokens())
                .baseUrl(base())
                .clock(CLOCK)
                .retry(retry())
                .app(signs)
                .build();
    }
}
