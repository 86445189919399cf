package io.github.kaitsu.box;

import io.github.kaitsu.contract.VendorContract;
import io.github.kaitsu.contract.VendorServer;
import io.github.kaitsu.vendor.AccessTokens;
import java.io.IOException;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;

/** A Box that says what a test tells it to, and keeps what it was asked. */
final class BoxServer extends VendorServer<BoxServer> {
    BoxServer() throws IOException {
        super(VendorContract.box());
    }

    @Override
    protected MockResponse ok(String body) {
        return json(200, body);
    }

    @Override
    protected MockResponse unknown(RecordedRequest request) {
        return json(404, "{\"type\":\"error\",\"status\":404,\"code\":\"not_found\",\"request_id\":\"r404\"}");
    }

    static MockResponse json(int status, String body) {
        return json(status, "application/json", body);
    }

    BoxConnection connection() {
        return connection(tokens());
    }

    BoxConnection connection(AccessTokens tokens) {
        return BoxConnection.builder(tokens)
                .baseUrl(base())
                .clock(CLOCK)
                .retry(retry())
                .build();
    }

    static String me(String role) {
        return "{\"type\":\"user\",\"id\":\"11\",\"login\":\"admin@example.com\",\"name\":\"A\",\"status\":\"active\",\"role\":\""
                + role + "\",\"enterprise\":{\"type\":\"enterprise\",\"id\":\"900\",\"name\":\"Example\"}}";
    }

    static String items(String nextMarker, String... idsAndNames) {
        return "{\"limit\":1000,\"next_marker\":" + (nextMarker == null ? "null" : "\"" + nextMarker + "\"")
                + ",\"entries\":[" + each("{\"type\":\"folder\",\"id\":\"%s\",\"name\":\"%s\"}", idsAndNames) + "]}";
    }

    static String groups(int total, String... idsAndNames) {
        return "{\"total_count\":" + total + ",\"limit\":1000,\"offset\":0,\"entries\":["
                + each("{\"type\":\"group\",\"id\":\"%s\",\"name\":\"%s\"}", idsAndNames) + "]}";
    }

    static String collaborations(String groupId, String role, String status) {
        return "{\"limit\":1000,\"entries\":["
                + "{\"type\":\"collaboration\",\"id\":\"1\",\"accessible_by\":{\"type\":\"user\",\"id\":\"12\"},"
                + "\"role\":\"owner\",\"status\":\"accepted\"},"
                + "{\"type\":\"collaboration\",\"id\":\"2\",\"accessible_by\":null,\"role\":\"viewer\",\"status\":\"pending\"},"
                + "{\"type\":\"collaboration\",\"id\":\"3\",\"accessible_by\":{\"type\":\"group\",\"id\":\"" + groupId
                + "\",\"name\":\"g\"},\"role\":\"" + role + "\",\"status\":\"" + status + "\"}]}";
    }

    static String configuration(String rootRestricted) {
        return "{\"id\":\"900\",\"type\":\"enterprise_configuration\",\"content_and_sharing\":"
                + "{\"is_root_content_creation_restricted\":" + rootRestricted + "}}";
    }
}
