package io.github.kaitsu.box.internal;

import com.box.sdkgen.box.errors.BoxAPIError;
import com.box.sdkgen.box.errors.BoxSDKError;
import com.box.sdkgen.box.errors.ResponseInfo;
import com.box.sdkgen.client.BoxClient;
import com.box.sdkgen.internal.logging.DataSanitizer;
import com.box.sdkgen.managers.enterpriseconfigurations.GetEnterpriseConfigurationByIdV2025R0QueryParams;
import com.box.sdkgen.managers.folders.GetFolderItemsQueryParams;
import com.box.sdkgen.managers.groups.GetGroupsQueryParams;
import com.box.sdkgen.managers.listcollaborations.GetFolderCollaborationsQueryParams;
import com.box.sdkgen.managers.users.GetUserMeQueryParams;
import com.box.sdkgen.managers.users.GetUsersQueryParams;
import com.box.sdkgen.managers.users.GetUsersQueryParamsUserTypeField;
import com.box.sdkgen.networking.baseurls.BaseUrls;
import com.box.sdkgen.networking.boxnetworkclient.BoxNetworkClient;
import com.box.sdkgen.networking.network.NetworkSession;
import com.box.sdkgen.schemas.collaboration.Collaboration;
import com.box.sdkgen.schemas.collaborations.Collaborations;
import com.box.sdkgen.schemas.groupfull.GroupFull;
import com.box.sdkgen.schemas.groups.Groups;
import com.box.sdkgen.schemas.item.Item;
import com.box.sdkgen.schemas.items.Items;
import com.box.sdkgen.schemas.userfull.UserFull;
import com.box.sdkgen.schemas.v2025r0.enterpriseconfigurationcontentandsharingv2025r0.EnterpriseConfigurationContentAndSharingV2025R0;
import com.box.sdkgen.schemas.v2025r0.enterpriseconfigurationitembooleanv2025r0.EnterpriseConfigurationItemBooleanV2025R0;
import com.box.sdkgen.serialization.json.Valuable;
import io.github.kaitsu.vendor.VendorAccess;
import io.github.kaitsu.vendor.VendorCallException;
import io.github.kaitsu.vendor.http.Addresses;
import io.github.kaitsu.vendor.http.Paging;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The few things Kaitsu reads at Box, all of them GET, over the Box SDK's managers.
 *
 * <p>Every method throws {@link VendorCallException} and nothing else of the vendor's: the SDK's exceptions carry the request
 * with its token. Thread-safe. A call ends within half a minute; an interruption is noticed between calls and before one, while a
 * blocked read of the socket first runs into that limit.
 */
public final class BoxReads {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);
    private static final long PAGE = 1000;
    private static final int MOST_PAGES = 200;

    private final VendorAccess access;
    private final BearerToken bearer = new BearerToken();
    private final BoxClient client;

    public BoxReads(VendorAccess access) {
        this.access = access;
        NetworkSession session = new NetworkSession.Builder()
                .baseUrls(new BaseUrls.Builder()
                        .baseUrl(access.base())
                        .uploadUrl(access.base())
                        .oauth2Url(access.base())
                        .build())
                .networkClient(new BoxNetworkClient(http(URI.create(access.base()))))
                .retryStrategy(new NoRetries())
                .interceptors(new ArrayList<>())
                .additionalHeaders(new HashMap<>())
                .dataSanitizer(new DataSanitizer())
                .build();
        this.client = new BoxClient.Builder(bearer).networkSession(session).build();
    }

    private static OkHttpClient http(URI base) {
        OkHttpClient.Builder http = BoxNetworkClient.getDefaultOkHttpClientBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(CALL_TIMEOUT)
                .callTimeout(CALL_TIMEOUT)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .addInterceptor(BoundedAnswer::bounded)
                .addNetworkInterceptor(NoRetries::withoutZeroDelay);
        if (Addresses.isLoopbackHttp(base)) {
            http.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT)).proxy(Proxy.NO_PROXY);
        }
        return http.build();
    }

    /** Who the token belongs to. Box leaves role and enterprise out unless asked. */
    public record Me(String login, String role, String enterprise, String status) {}

    public Me me() throws InterruptedException {
        UserFull user = read(
                "GET /2.0/users/me",
                box -> box.users.getUserMe(new GetUserMeQueryParams.Builder()
                        .fields(List.of("id", "login", "name", "role", "enterprise", "status"))
                        .build()));
        return new Me(
                text(user.getLogin()),
                word(user.getRole()),
                user.getEnterprise() == null ? "" : text(user.getEnterprise().getId()),
                word(user.getStatus()));
    }

    /** How many managed users the enterprise has, if Box says. */
    public OptionalLong managedUsers() throws InterruptedException {
        Long total = read(
                        "GET /2.0/users",
                        box -> box.users.getUsers(new GetUsersQueryParams.Builder()
                                .userType(GetUsersQueryParamsUserTypeField.MANAGED)
                                .limit(1L)
                                .fields(List.of("id"))
                                .build()))
                .getTotalCount();
        return total == null ? OptionalLong.empty() : OptionalLong.of(total);
    }

    /** Whether only administrators may create content at root level, if Box says. */
    public Optional<Boolean> rootCreationRestricted(String enterprise) throws InterruptedException {
        EnterpriseConfigurationContentAndSharingV2025R0 sharing = read(
                        "GET /2.0/enterprise_configurations/{id}",
                        box -> box.enterpriseConfigurations.getEnterpriseConfigurationByIdV2025R0(
                                enterprise,
                                new GetEnterpriseConfigurationByIdV2025R0QueryParams(List.of("content_and_sharing"))))
                .getContentAndSharing();
        if (sharing == null) {
            return Optional.empty();
        }
        EnterpriseConfigurationItemBooleanV2025R0 item = sharing.getIsRootContentCreationRestricted();
        return item == null ? Optional.empty() : Optional.ofNullable(item.getValue());
    }

    /** The ids of those folders of these names that stand in the root of the token's owner, by name. */
    public Map<String, String> rootFolders(Set<String> names) throws InterruptedException {
        Paging pages = new Paging("GET /2.0/folders/0/items", MOST_PAGES);
        Map<String, String> found = new HashMap<>();
        Items items;
        do {
            items = read(pages.operation(), box -> box.folders.getFolderItems("0", itemsFrom(pages.cursor())));
            for (Item item : entries(pages.operation(), items.getEntries())) {
                if (item.isFolderFull()
                        && names.contains(text(item.getFolderFull().getName()))) {
                    found.put(
                            item.getFolderFull().getName(), item.getFolderFull().getId());
                }
            }
        } while (found.size() < names.size() && pages.goesOn(items.getNextMarker()));
        return found;
    }

    private static GetFolderItemsQueryParams itemsFrom(@Nullable String marker) {
        return new GetFolderItemsQueryParams.Builder()
                .usemarker(true)
                .marker(marker)
                .limit(PAGE)
                .fields(List.of("id", "type", "name"))
                .build();
    }

    /** The id of the group with just this name; Box itself filters by the beginning only. */
    public Optional<String> group(String name) throws InterruptedException {
        Paging pages = new Paging("GET /2.0/groups", MOST_PAGES);
        long read = 0;
        boolean more;
        do {
            long from = read;
            Groups groups = read(
                    pages.operation(),
                    box -> box.groups.getGroups(new GetGroupsQueryParams.Builder()
                            .filterTerm(name)
                            .limit(PAGE)
                            .offset(from)
                            .fields(List.of("id", "name"))
                            .build()));
            List<GroupFull> entries = entries(pages.operation(), groups.getEntries());
            Optional<GroupFull> match =
                    entries.stream().filter(g -> name.equals(g.getName())).findFirst();
            if (match.isPresent()) {
                return Optional.of(match.get().getId());
            }
            read += entries.size();
            more = !entries.isEmpty() && groups.getTotalCount() != null && read < groups.getTotalCount();
        } while (pages.goesOn(more ? Long.toString(read) : null));
        return Optional.empty();
    }

    /** What a group may do in a folder: {@code editor}, {@code accepted}. */
    public record Access(String role, String status) {}

    /** A group's collaboration on a folder, if it has one. Throws with status 404 if the folder is gone. */
    public Optional<Access> access(String folder, String group) throws InterruptedException {
        Paging pages = new Paging("GET /2.0/folders/{id}/collaborations", MOST_PAGES);
        Collaborations collaborations;
        do {
            collaborations = read(
                    pages.operation(),
                    box -> box.listCollaborations.getFolderCollaborations(
                            folder,
                            new GetFolderCollaborationsQueryParams.Builder()
                                    .fields(List.of("accessible_by", "role", "status"))
                                    .limit(PAGE)
                                    .marker(pages.cursor())
                                    .build()));
            for (Collaboration c : entries(pages.operation(), collaborations.getEntries())) {
                if (c.getAccessibleBy() != null
                        && c.getAccessibleBy().isGroupMini()
                        && group.equals(c.getAccessibleBy().getId())) {
                    return Optional.of(new Access(word(c.getRole()), word(c.getStatus())));
                }
            }
        } while (pages.goesOn(collaborations.getNextMarker()));
        return Optional.empty();
    }

    private <T> T read(String operation, Function<BoxClient, T> call) throws InterruptedException {
        return access.call(token -> {
            bearer.use(token);
            try {
                return attempt(operation, call);
            } finally {
                bearer.forget();
            }
        });
    }

    private <T> T attempt(String operation, Function<BoxClient, T> call) throws InterruptedException {
        try {
            return call.apply(client);
        } catch (NoRetries.Redirected e) {
            throw VendorCallException.of(operation, e.status).code("redirect").build();
        } catch (BoxAPIError e) {
            throw refusal(operation, e.getResponseInfo());
        } catch (BoxSDKError e) {
            if (Thread.interrupted()) {
                throw new InterruptedException(operation); // OkHttp tells it as an I/O error
            }
            throw VendorCallException.of(operation, 0).build();
        } catch (RuntimeException e) { // no JSON, or not the JSON the SDK knows
            throw VendorCallException.malformed(operation).build();
        }
    }

    private VendorCallException refusal(String operation, ResponseInfo answer) {
        return VendorCallException.of(operation, answer.getStatusCode())
                .code(answer.getCode())
                .requestId(answer.getRequestId())
                .retryAfter(answer.getHeaders().get("Retry-After"), access.now())
                .build();
    }

    private static <T> List<T> entries(String operation, @Nullable List<T> entries) {
        if (entries == null) {
            throw VendorCallException.malformed(operation).retryable(false).build();
        }
        return entries;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static String word(@Nullable Valuable value) {
        return value == null ? "" : text(value.getValue());
    }

    @Override
    public String toString() {
        return "BoxReads[" + access + "]";
    }
}
