package io.github.kaitsu.box.internal;

import com.box.sdkgen.box.errors.BoxAPIError;
import com.box.sdkgen.box.errors.BoxSDKError;
import com.box.sdkgen.box.errors.ResponseInfo;
import com.box.sdkgen.client.BoxClient;
import com.box.sdkgen.internal.logging.DataSanitizer;
import com.box.sdkgen.networking.baseurls.BaseUrls;
import com.box.sdkgen.networking.boxnetworkclient.BoxNetworkClient;
import com.box.sdkgen.networking.fetchoptions.FetchOptions;
import com.box.sdkgen.networking.fetchresponse.FetchResponse;
import com.box.sdkgen.networking.network.NetworkSession;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.kaitsu.vendor.LookNotes;
import io.github.kaitsu.vendor.VendorAccess;
import io.github.kaitsu.vendor.VendorAnswer;
import io.github.kaitsu.vendor.VendorCallException;
import io.github.kaitsu.vendor.http.Addresses;
import io.github.kaitsu.vendor.http.Paging;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.io.InterruptedIOException;
import java.net.Proxy;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import okhttp3.ConnectionSpec;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The few things Kaitsu reads at Box, all of them GET, over the Box SDK's client. The answers are read here, field by field: the
 * SDK's own models refuse a whole page for one entry of a kind that they do not know.
 *
 * <p>Every method throws {@link VendorCallException} and nothing else of the vendor's: the SDK's exceptions carry the request
 * with its token. Thread-safe; for one look. A call ends within half a minute; an interruption is noticed between calls and before
 * one, while a blocked read of the socket first runs into that limit.
 */
public final class BoxReads implements LookNotes.Taker {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int PAGE = 1000;
    private static final int MOST_PAGES = 200;
    private static final String FOLDER = "folder";
    private static final Set<String> ITEMS = Set.of(FOLDER, "file", "web_link");

    private final VendorAccess access;
    private final BearerToken bearer;
    private final BoxClient client;

    /** @param wayOut what answers instead of the network, if anything shall */
    public BoxReads(VendorAccess access, Interceptor... wayOut) {
        this.access = access;
        this.bearer = new BearerToken();
        NetworkSession session = new NetworkSession.Builder()
                .baseUrls(new BaseUrls.Builder()
                        .baseUrl(access.base())
                        .uploadUrl(access.base())
                        .oauth2Url(access.base())
                        .build())
                .networkClient(new BoxNetworkClient(http(URI.create(access.base()), access.limit(), wayOut)))
                .retryStrategy(new NoRetries())
                .interceptors(new ArrayList<>())
                .additionalHeaders(new HashMap<>())
                .dataSanitizer(new DataSanitizer())
                .build();
        this.client = new BoxClient.Builder(bearer).networkSession(session).build();
    }

    private BoxReads(VendorAccess access, BearerToken bearer, BoxClient client) {
        this.access = access;
        this.bearer = bearer;
        this.client = client;
    }

    /** The same for another look. */
    public BoxReads forLook() {
        return new BoxReads(access.forLook(), bearer, client);
    }

    @Override
    public LookNotes notes() {
        return access.notes();
    }

    private static OkHttpClient http(URI base, Duration limit, Interceptor... wayOut) {
        OkHttpClient.Builder http = BoxNetworkClient.getDefaultOkHttpClientBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(limit)
                .writeTimeout(limit)
                .callTimeout(limit)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .addInterceptor(BoundedAnswer::bounded)
                .addNetworkInterceptor(NoRetries::withoutZeroDelay);
        Stream.of(wayOut).forEach(http::addInterceptor);
        if (Addresses.isLoopbackHttp(base)) {
            http.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT)).proxy(Proxy.NO_PROXY);
        }
        return http.build();
    }

    /**
     * Who the token belongs to. Box leaves role and enterprise out unless asked.
     *
     * @param enterprise an empty text for an account that has none; nothing if Box does not tell
     */
    public record Me(String login, String role, Optional<String> enterprise, String status) {}

    public Me me() throws InterruptedException {
        JsonNode user =
                get("GET /2.0/users/me", "/2.0/users/me", Map.of("fields", "id,login,name,role,enterprise,status"));
        JsonNode enterprise = user.path("enterprise");
        if (!(enterprise.isMissingNode() || enterprise.isNull() || enterprise.isObject())) {
            throw VendorCallException.malformed("GET /2.0/users/me").build();
        }
        return new Me(
                text(user, "login"),
                text(user, "role"),
                enterprise.isNull()
                        ? Optional.of("")
                        : Optional.of(text(enterprise, "id")).filter(id -> !id.isEmpty()),
                text(user, "status"));
    }

    /** How many managed users the enterprise has, if Box says. */
    public OptionalLong managedUsers() throws InterruptedException {
        return number(
                get("GET /2.0/users", "/2.0/users", Map.of("user_type", "managed", "limit", "1", "fields", "id")),
                "total_count");
    }

    /** Whether only administrators may create content at root level, if Box says. */
    public Optional<Boolean> rootCreationRestricted(String enterprise) throws InterruptedException {
        JsonNode restricted = get(
                        "GET /2.0/enterprise_configurations/{id}",
                        "/2.0/enterprise_configurations/" + enterprise,
                        Map.of("categories", "content_and_sharing"))
                .at("/content_and_sharing/is_root_content_creation_restricted/value");
        return restricted.isBoolean() ? Optional.of(restricted.booleanValue()) : Optional.empty();
    }

    /** The ids of those folders of these names that stand in the root of the token's owner, by name. */
    public Map<String, String> rootFolders(Set<String> names) throws InterruptedException {
        Map<String, String> found = new HashMap<>();
        pages(
                "GET /2.0/folders/0/items",
                "/2.0/folders/0/items",
                Map.of("usemarker", "true", "fields", "id,type,name"),
                item -> {
                    String name = text(item, "name");
                    String type = text(item, "type");
                    boolean perhaps =
                            (type.equals(FOLDER) || !ITEMS.contains(type)) && (name.isEmpty() || names.contains(name));
                    if (!perhaps && !ITEMS.contains(type) && item.isObject()) {
                        notes().passedOver("GET /2.0/folders/0/items", 1);
                    }
                    if (!perhaps) {
                        return Optional.of(false);
                    }
                    String id = text(item, "id");
                    if (name.isEmpty() || id.isEmpty() || !type.equals(FOLDER)) {
                        return Optional.empty();
                    }
                    found.put(name, id);
                    return Optional.of(found.size() == names.size());
                });
        return found;
    }

    /** The id of the group with just this name; Box itself filters by the beginning only. */
    public Optional<String> group(String name) throws InterruptedException {
        Paging pages = new Paging("GET /2.0/groups", MOST_PAGES);
        long read = 0;
        boolean more;
        do {
            JsonNode page = get(
                    pages.operation(),
                    "/2.0/groups",
                    Map.of("filter_term", name, "limit", "" + PAGE, "offset", "" + read, "fields", "id,name"));
            JsonNode entries = entries(pages.operation(), page);
            Optional<String> match = notes()
                    .read(pages.operation(), entries, group -> {
                        boolean other = !text(group, "name").equals(name);
                        String id = text(group, "id");
                        return Optional.of(other ? "" : id)
                                .filter(known -> other ? !text(group, "name").isEmpty() : !known.isEmpty());
                    })
                    .stream()
                    .filter(id -> !id.isEmpty())
                    .findFirst();
            if (match.isPresent()) {
                return match;
            }
            read += entries.size();
            long total = number(page, "total_count").orElse(entries.size() < PAGE ? read : Long.MAX_VALUE);
            more = !entries.isEmpty() && read < total;
        } while (pages.goesOn(more ? Long.toString(read) : null));
        return Optional.empty();
    }

    /** What a group may do in a folder: {@code editor}, {@code accepted}. */
    public record Access(String role, String status) {}

    /** A group's collaboration on a folder, if it has one. Throws with status 404 if the folder is gone. */
    public Optional<Access> access(String folder, String group) throws InterruptedException {
        List<Access> found = new ArrayList<>();
        pages(
                "GET /2.0/folders/{id}/collaborations",
                "/2.0/folders/" + folder + "/collaborations",
                Map.of("fields", "accessible_by,role,status"),
                one -> {
                    JsonNode by = one.path("accessible_by");
                    String type = text(by, "type");
                    String id = text(by, "id");
                    if (by.isNull() || type.equals("user") || !(id.isEmpty() || id.equals(group))) {
                        return Optional.of(false); // nobody yet where somebody is invited by mail
                    }
                    if (id.isEmpty() || !type.equals("group")) {
                        return Optional.empty();
                    }
                    found.add(new Access(text(one, "role"), text(one, "status")));
                    return Optional.of(true);
                });
        return found.stream().findFirst();
    }

    /**
     * Reads a listing by markers.
     *
     * @param each takes an entry and says whether that is enough; nothing if the entry cannot be read
     */
    private void pages(
            String operation, String path, Map<String, String> query, Function<JsonNode, Optional<Boolean>> each)
            throws InterruptedException {
        Paging pages = new Paging(operation, MOST_PAGES);
        boolean enough;
        String next;
        do {
            Map<String, String> whole = new HashMap<>(query);
            whole.put("limit", "" + PAGE);
            if (pages.cursor() != null) {
                whole.put("marker", pages.cursor());
            }
            JsonNode page = get(operation, path, whole);
            enough = notes().read(operation, entries(operation, page), each).contains(true);
            JsonNode marker = page.path("next_marker");
            if (marker.isContainerNode()) {
                throw VendorCallException.malformed(operation).retryable(false).build();
            }
            next = marker.isNull() ? "" : marker.asText();
        } while (!enough && pages.goesOn(next));
    }

    /** An object, whatever is in it. */
    private JsonNode get(String operation, String path, Map<String, String> query) throws InterruptedException {
        return access.call(token -> {
            bearer.use(token);
            try {
                return attempt(operation, path, query);
            } finally {
                bearer.forget();
            }
        });
    }

    private JsonNode attempt(String operation, String path, Map<String, String> query) throws InterruptedException {
        FetchOptions.Builder request = new FetchOptions.Builder(access.base() + path, "GET").params(query);
        if (path.startsWith("/2.0/enterprise_configurations/")) {
            request.headers(Map.of("box-version", "2025.0"));
        }
        @Nullable JsonNode body;
        try {
            FetchResponse response = client.makeRequest(request.build());
            access.noted(answer(operation, response.getStatus(), response.getHeaders(), null));
            body = response.getData();
        } catch (NoRetries.Redirected e) {
            throw VendorCallException.of(operation, e.status).code("redirect").build();
        } catch (BoxAPIError e) {
            ResponseInfo info = e.getResponseInfo();
            VendorAnswer refusal =
                    access.noted(answer(operation, info.getStatusCode(), info.getHeaders(), info.getRawBody()));
            throw refusal.refusal(refusal.errorWord(), access.now()).build();
        } catch (BoxSDKError e) {
            if (Thread.interrupted()) {
                throw new InterruptedException(operation); // OkHttp tells it as an I/O error
            }
            throw isCutOff(e)
                    ? VendorCallException.of(operation, 0)
                            .code(VendorHttp.TOO_SLOW)
                            .retryable(false)
                            .build()
                    : VendorCallException.of(operation, 0).build();
        } catch (RuntimeException e) { // no JSON
            throw VendorCallException.malformed(operation).build();
        }
        if (body == null || !body.isObject()) {
            throw VendorCallException.malformed(operation).build();
        }
        return body;
    }

    private static boolean isCutOff(BoxSDKError e) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedIOException) {
                return true;
            }
        }
        return false;
    }

    private VendorAnswer answer(String operation, int status, Map<String, String> headers, @Nullable String body) {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        return new VendorAnswer(
                operation,
                status,
                HttpHeaders.of(all, (name, value) -> true),
                (body == null ? "" : body).getBytes(StandardCharsets.UTF_8),
                bearer.current(),
                access.elsewhere());
    }

    private static JsonNode entries(String operation, JsonNode page) {
        if (!page.path("entries").isArray()) {
            throw VendorCallException.malformed(operation).retryable(false).build();
        }
        return page.path("entries");
    }

    private static OptionalLong number(JsonNode owner, String name) {
        JsonNode number = owner.path(name);
        return number.canConvertToLong() ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
    }

    private static String text(JsonNode owner, String name) {
        return owner.path(name).isTextual() ? owner.path(name).textValue() : "";
    }

    @Override
    public String toString() {
        return "BoxReads[" + access + "]";
    }
}
