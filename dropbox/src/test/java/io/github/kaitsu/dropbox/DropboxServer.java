package io.github.kaitsu.dropbox;

import io.github.kaitsu.contract.VendorContract;
import io.github.kaitsu.contract.VendorServer;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;

/** A Dropbox that says what a test tells it to, and keeps what it was asked; an empty log and no folders unless told. */
final class DropboxServer extends VendorServer<DropboxServer> {
    static final VendorHttp HTTP = VendorHttp.create();
    static final String ADMIN_ID = "dbmid:AAadmin";

    static final String INFO = "/2/team/get_info";
    static final String ADMIN = "/2/team/token/get_authenticated_admin";
    static final String NAMESPACES = "/2/team/namespaces/list";
    static final String NAMESPACES_MORE = NAMESPACES + "/continue";
    static final String EVENTS = "/2/team_log/get_events";
    static final String EVENTS_MORE = EVENTS + "/continue";
    static final String METADATA = "/2/files/get_metadata";

    private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");

    DropboxServer() throws IOException {
        super(VendorContract.dropbox());
        on(INFO, team(250)).on(ADMIN, admin("active")).on(EVENTS, events()).on(NAMESPACES, namespaces());
        on(METADATA, notFound());
    }

    /** What was said for a path and a text of the body, {@code "path text"}, comes before what was said for the path. */
    @Override
    protected List<String> keys(RecordedRequest request, String body) {
        String path = path(request);
        Stream<String> texts = TEXT.matcher(body).results().map(r -> path + " " + r.group(1));
        return Stream.concat(texts, Stream.of(path)).toList();
    }

    @Override
    protected MockResponse ok(String body) {
        return json(200, body);
    }

    @Override
    protected MockResponse unknown(RecordedRequest request) {
        return text(400, "Unknown API function");
    }

    /** Path and body of everything asked so far. */
    @Override
    public List<String> lines() {
        return IntStream.range(0, bodies.size())
                .mapToObj(i -> requests.get(i).getPath() + " " + bodies.get(i))
                .toList();
    }

    /** The whole of the log in one page for each type of line. */
    DropboxServer log(String type, String... lines) {
        return on(EVENTS + " " + type, events(lines));
    }

    /** Both folders stand where they shall. */
    DropboxServer withFolders() {
        return on(NAMESPACES, namespaces("84", TEMP, "shared_folder"))
                .on(METADATA + " /" + QUARANTINE, folder("id:q", QUARANTINE))
                .on(METADATA + " /" + TEMP, folder("id:t", TEMP));
    }

    static MockResponse json(int status, String body) {
        return json(status, "application/json", body).setHeader("X-Dropbox-Request-Id", "req1");
    }

    static MockResponse text(int status, String body) {
        return json(status, body).setHeader("Content-Type", "text/plain; charset=utf-8");
    }

    static MockResponse error(int status, String summary, String error) {
        return json(status, "{\"error_summary\":\"" + summary + "\",\"error\":" + error + "}");
    }

    static MockResponse tagged(int status, String tag) {
        return error(status, tag + "/...", "{\".tag\":\"" + tag + "\"}");
    }

    static MockResponse tokenLacks(String scope) {
        return error(401, "missing_scope/.", "{\".tag\":\"missing_scope\",\"required_scope\":\"" + scope + "\"}");
    }

    static MockResponse appLacks(String function, String scope) {
        return text(
                400,
                "Error in call to API function \"" + function + "\": Your app is not permitted to access this endpoint"
                        + " because it does not have the required scope '" + scope
                        + "'. The owner of the app can enable"
                        + " the scope for the app using the Permissions tab on the App Console.");
    }

    static MockResponse notFound() {
        return error(409, "path/not_found/.", "{\".tag\":\"path\",\"path\":{\".tag\":\"not_found\"}}");
    }

    DropboxConnection connection() {
        return connection(tokens());
    }

    DropboxConnection connection(AccessTokens tokens) {
        return DropboxConnection.builder(tokens)
                .baseUrl(base())
                .clock(CLOCK)
                .retry(retry())
                .build();
    }

    static String team(int users) {
        return "{\"name\":\"Example\",\"team_id\":\"dbtid:AAteam\",\"num_licensed_users\":300,\"num_provisioned_users\":"
                + users + ",\"num_used_licenses\":200,\"policies\":{\"sharing\":{"
                + tags(
                        "shared_folder_member_policy team",
                        "shared_folder_join_policy from_anyone",
                        "shared_link_create_policy team_only",
                        "group_creation_policy admins_only",
                        "shared_folder_link_restriction_policy anyone",
                        "enforce_link_password_policy optional",
                        "default_link_expiration_days_policy none",
                        "shared_link_default_permissions_policy default")
                + "},"
                + tags(
                        "emm_state disabled",
                        "office_addin disabled",
                        "suggest_members_policy enabled",
                        "top_level_content_policy admin_only")
                + "}}";
    }

    private static String tags(String... fields) {
        return Arrays.stream(fields)
                .map(f -> f.split(" "))
                .map(f -> "\"" + f[0] + "\":{\".tag\":\"" + f[1] + "\"}")
                .collect(Collectors.joining(","));
    }

    static String admin(String status) {
        return "{\"admin_profile\":{\"team_member_id\":\"" + ADMIN_ID
                + "\",\"email\":\"admin@example.com\",\"email_verified\":true,\"status\":{\".tag\":\"" + status
                + "\"},\"name\":{\"given_name\":\"A\",\"surname\":\"B\",\"familiar_name\":\"A\",\"display_name\":\"A B\","
                + "\"abbreviated_name\":\"AB\"},\"membership_type\":{\".tag\":\"full\"},\"groups\":[],"
                + "\"member_folder_id\":\"20\",\"root_folder_id\":\"30\"}}";
    }

    static String namespaces(String... idsNamesTypes) {
        return namespacesThen(null, idsNamesTypes);
    }

    static String namespacesThen(String cursor, String... idsNamesTypes) {
        return "{\"namespaces\":["
                + each("{\"namespace_id\":\"%s\",\"name\":\"%s\",\"namespace_type\":{\".tag\":\"%s\"}}", idsNamesTypes)
                + "]," + more(cursor) + "}";
    }

    static String events(String... lines) {
        return eventsThen(null, lines);
    }

    static String eventsThen(String cursor, String... lines) {
        return "{\"events\":[" + String.join(",", lines) + "]," + more(cursor) + "}";
    }

    private static String more(String cursor) {
        return "\"cursor\":\"" + (cursor == null ? "end" : cursor) + "\",\"has_more\":" + (cursor != null);
    }

    static String line(String type, String at, String appId, String name) {
        return line(type, at, "\"app_id\":\"" + appId + "\",\"display_name\":\"" + name + "\"");
    }

    static String line(String type, String at, String appFields) {
        return event(type, at, "\"app_info\":{\".tag\":\"team_linked_app\"," + appFields + "}");
    }

    static String event(String type, String at, String details) {
        return "{\"timestamp\":\"" + at
                + "\",\"event_category\":{\".tag\":\"apps\"},\"actor\":{\".tag\":\"admin\",\"admin\":{"
                + "\".tag\":\"team_member\",\"team_member_id\":\"" + ADMIN_ID + "\",\"email\":\"admin@example.com\"}},"
                + "\"event_type\":{\".tag\":\"" + type + "\",\"description\":\"(apps)\"},\"details\":{\".tag\":\""
                + type
                + "_details\"," + details + "}}";
    }

    static String folder(String id, String name) {
        return "{\".tag\":\"folder\",\"id\":\"" + id + "\",\"name\":\"" + name + "\",\"path_lower\":\"/" + name + "\"}";
    }
}
