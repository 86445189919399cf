package io.github.kaitsu.dropbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.sandbox.Contract;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.CallRetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.net.ServerSocketFactory;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;

/** A Dropbox that says what a test tells it to, and keeps what it was asked; an empty log and no folders unless told. */
final class DropboxServer implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final String TEMP = "trendmicro_cas_temp__dont_change_or_delete";
    static final String QUARANTINE = "trendmicro_cas_quarantine__dont_change_or_delete";
    static final String APP = "Trend Micro Cloud App Security";
    static final String ADMIN_ID = "dbmid:AAadmin";

    static final String INFO = "/2/team/get_info";
    static final String ADMIN = "/2/team/token/get_authenticated_admin";
    static final String NAMESPACES = "/2/team/namespaces/list";
    static final String NAMESPACES_MORE = NAMESPACES + "/continue";
    static final String EVENTS = "/2/team_log/get_events";
    static final String EVENTS_MORE = EVENTS + "/continue";
    static final String METADATA = "/2/files/get_metadata";

    private static final Contract CONTRACT = Contract.dropbox();

    final MockWebServer server = new MockWebServer();
    final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
    final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
    /** What was wrong with a request by Dropbox's own specification. */
    final List<String> violations = Collections.synchronizedList(new ArrayList<>());

    final AtomicInteger refreshes = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private final Map<String, Deque<MockResponse>> answers = new HashMap<>();

    /** A request with its body read. */
    record Asked(String path, String body, RecordedRequest request) {
        String header(String name) {
            return request.getHeader(name);
        }
    }

    DropboxServer() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                String body = request.getBody().readUtf8();
                String path = request.getRequestUrl().encodedPath();
                asked.add(new Asked(path, body, request));
                Map<String, String> headers = new HashMap<>();
                request.getHeaders().names().forEach(n -> headers.put(n, request.getHeader(n)));
                violations.addAll(CONTRACT.checkRequest(
                        request.getMethod(), request.getRequestUrl().uri(), headers, body));
                gate.countDown();
                gate.await(10, TimeUnit.SECONDS);
                return next(path, body);
            }
        });
        server.setServerSocketFactory(new Undelayed());
        server.start();
        on(INFO, team(250)).on(ADMIN, admin("active")).on(EVENTS, events()).on(NAMESPACES, namespaces());
        on(METADATA, notFound());
    }

    /** Answers nobody before so many have asked. */
    void holdBackUntil(int many) {
        gate = new CountDownLatch(many);
    }

    /** What was said for a path and a word of its body comes before what was said for the path. */
    private synchronized MockResponse next(String path, String body) {
        Deque<MockResponse> some = answers.entrySet().stream()
                .filter(e -> e.getKey().startsWith(path + " "))
                .filter(e -> body.contains("\"" + e.getKey().substring(path.length() + 1) + "\""))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(answers.get(path));
        if (some == null) {
            return text(400, "Unknown API function");
        }
        return some.size() > 1 ? some.removeFirst() : some.getFirst();
    }

    /** The answers to a path, or to a path and a text of its body, in turn; the last one stays. */
    synchronized DropboxServer on(String path, MockResponse... some) {
        answers.put(path, new ArrayDeque<>(List.of(some)));
        return this;
    }

    DropboxServer on(String path, String... bodies) {
        return on(path, Arrays.stream(bodies).map(b -> json(200, b)).toArray(MockResponse[]::new));
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
        return new MockResponse()
                .setResponseCode(status)
                .setHeader("Content-Type", "application/json")
                .setHeader("X-Dropbox-Request-Id", "req1")
                .setBody(body);
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

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    AccessTokens tokens() {
        return AccessTokens.singleFlight(
                spent -> new AccessTokens.Token("tok_secret_" + refreshes.incrementAndGet(), Optional.empty()), CLOCK);
    }

    DropboxConnection connection() {
        return connection(tokens());
    }

    DropboxConnection connection(AccessTokens tokens) {
        return DropboxConnection.builder(tokens)
                .baseUrl(base())
                .clock(CLOCK)
                .retry(CallRetry.builder().sleeper(waits::add).random(() -> 0.5).build())
                .build();
    }

    /** Path and body of everything asked so far. */
    List<String> lines() {
        synchronized (asked) {
            return asked.stream().map(a -> a.path() + " " + a.body()).toList();
        }
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
        List<String> all = new ArrayList<>();
        for (int i = 0; i + 2 < idsNamesTypes.length; i += 3) {
            all.add("{\"namespace_id\":\"" + idsNamesTypes[i] + "\",\"name\":\"" + idsNamesTypes[i + 1]
                    + "\",\"namespace_type\":{\".tag\":\"" + idsNamesTypes[i + 2] + "\"}}");
        }
        return "{\"namespaces\":[" + String.join(",", all) + "]," + more(cursor) + "}";
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

    /** Answers leave at once: the server writes head and body apart, which costs 40 ms a call otherwise. */
    private static final class Undelayed extends ServerSocketFactory {
        @Override
        public ServerSocket createServerSocket() throws IOException {
            return new ServerSocket() {
                @Override
                public Socket accept() throws IOException {
                    Socket socket = super.accept();
                    socket.setTcpNoDelay(true);
                    return socket;
                }
            };
        }

        @Override
        public ServerSocket createServerSocket(int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
            throw new UnsupportedOperationException();
        }
    }

    @Override
    public void close() throws IOException {
        server.shutdown();
        assertThat(violations).isEmpty();
    }
}
