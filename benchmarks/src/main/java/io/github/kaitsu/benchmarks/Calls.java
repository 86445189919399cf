package io.github.kaitsu.benchmarks;

import com.box.sdkgen.box.developertokenauth.BoxDeveloperTokenAuth;
import com.box.sdkgen.client.BoxClient;
import com.box.sdkgen.networking.boxnetworkclient.BoxNetworkClient;
import com.box.sdkgen.networking.fetchoptions.FetchOptions;
import com.box.sdkgen.networking.network.NetworkSession;
import com.dropbox.core.DbxRequestConfig;
import com.dropbox.core.v2.DbxTeamClientV2;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.directory.Directory;
import com.microsoft.graph.core.requests.BaseGraphRequestAdapter;
import com.microsoft.graph.core.requests.GraphClientFactory;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.authentication.AuthenticationProvider;
import io.github.kaitsu.box.internal.BoxReads;
import io.github.kaitsu.dropbox.internal.DropboxReads;
import io.github.kaitsu.google.GoogleAppSigns;
import io.github.kaitsu.google.internal.GoogleReads;
import io.github.kaitsu.microsoft365.internal.GraphReads;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.CallRetry;
import io.github.kaitsu.vendor.LookNotes;
import io.github.kaitsu.vendor.VendorAccess;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import okhttp3.OkHttpClient;

/** One read of a vendor through Kaitsu and through the bare library, in turns, of the same answer in memory below both. */
final class Calls {
    private static final String BOX_ME =
            "{\"type\":\"user\",\"id\":\"11\",\"login\":\"admin@example.com\",\"name\":\"A\",\"status\":\"active\","
                    + "\"role\":\"admin\",\"enterprise\":{\"type\":\"enterprise\",\"id\":\"900\",\"name\":\"Example\"}}";
    private static final String DROPBOX_ADMIN =
            "{\"admin_profile\":{\"team_member_id\":\"dbmid:1\",\"account_id\":\"dbid:12345678901234567890123456789012345\","
                    + "\"email\":\"admin@example.com\",\"email_verified\":true,\"status\":{\".tag\":\"active\"},"
                    + "\"name\":{\"given_name\":\"A\",\"surname\":\"B\",\"familiar_name\":\"A\",\"display_name\":\"A B\","
                    + "\"abbreviated_name\":\"AB\"},\"membership_type\":{\".tag\":\"full\"},\"groups\":[],\"member_folder_id\":\"1\",\"root_folder_id\":\"1\"}}";
    private static final String GRAPH_ME =
            "{\"@odata.context\":\"https://graph.microsoft.com/v1.0/$metadata#users/$entity\","
                    + "\"id\":\"11\",\"userPrincipalName\":\"admin@example.com\"}";
    private static final String GOOGLE_USER =
            "{\"id\":\"11\",\"primaryEmail\":\"admin@example.com\",\"customerId\":\"C1\",\"isAdmin\":true,"
                    + "\"isDelegatedAdmin\":false,\"suspended\":false,\"archived\":false,\"isEnrolledIn2Sv\":true}";

    private Calls() {}

    static List<Row> box(boolean quick) throws Exception {
        InMemory box = new InMemory(BOX_ME);
        String base = "https://api.box.com";
        BoxReads reads = new BoxReads(access(base), box.okHttp());
        OkHttpClient http = BoxNetworkClient.getDefaultOkHttpClientBuilder()
                .addInterceptor(box.okHttp())
                .build();
        BoxClient bare = new BoxClient.Builder(new BoxDeveloperTokenAuth("token"))
                .networkSession(new NetworkSession.Builder()
                        .networkClient(new BoxNetworkClient(http))
                        .build())
                .build();
        FetchOptions me = new FetchOptions.Builder(base + "/2.0/users/me", "GET")
                .params(Map.of("fields", "id,login,name,role,enterprise,status"))
                .build();
        return compare(
                "box",
                quick,
                () -> reads.forLook().me(),
                () -> bare.makeRequest(me).getData());
    }

    static List<Row> dropbox(boolean quick) throws Exception {
        InMemory dropbox = new InMemory(DROPBOX_ADMIN);
        VendorHttp http = VendorHttp.over(dropbox.jdk());
        VendorAccess access = access("https://api.dropboxapi.com");
        DbxTeamClientV2 bare = new DbxTeamClientV2(
                DbxRequestConfig.newBuilder("bench")
                        .withAutoRetryDisabled()
                        .withHttpRequestor(dropbox.dropbox())
                        .build(),
                "token");
        return compare(
                "dropbox",
                quick,
                () -> new DropboxReads(access.forLook(), http).admin(),
                () -> bare.team().tokenGetAuthenticatedAdmin());
    }

    static List<Row> microsoft365(boolean quick) throws Exception {
        InMemory graph = new InMemory(GRAPH_ME);
        String base = "https://graph.microsoft.com";
        GraphReads reads = new GraphReads(access(base), "sharepoint.com", graph.okHttp());
        AuthenticationProvider token = (request, context) -> request.headers.tryAdd("Authorization", "Bearer token");
        BaseGraphRequestAdapter adapter = new BaseGraphRequestAdapter(
                token,
                (String) null,
                GraphClientFactory.create(GraphServiceClient.getGraphClientOptions())
                        .addInterceptor(graph.okHttp())
                        .build());
        adapter.setBaseUrl(base + "/v1.0");
        GraphServiceClient bare = new GraphServiceClient(adapter);
        return compare(
                "microsoft365",
                quick,
                () -> reads.forLook().signedInUser(),
                () -> bare.me().get(c -> {
                    Objects.requireNonNull(c.queryParameters).select = new String[] {"id", "userPrincipalName"};
                }));
    }

    static List<Row> google(boolean quick) throws Exception {
        InMemory google = new InMemory(GOOGLE_USER);
        GoogleReads reads = new GoogleReads(
                access("https://googleapis.com"), GoogleAppSigns.ofDefaults(), VendorHttp.over(google.jdk()));
        Directory bare = new Directory.Builder(
                        google.google(),
                        GsonFactory.getDefaultInstance(),
                        request -> request.getHeaders().setAuthorization("Bearer token"))
                .setApplicationName("bench")
                .build();
        return compare(
                "google",
                quick,
                () -> reads.forLook().account("11"),
                () -> bare.users()
                        .get("11")
                        .setFields(
                                "id,primaryEmail,customerId,isAdmin,isDelegatedAdmin,suspended,archived,isEnrolledIn2Sv")
                        .execute());
    }

    private static VendorAccess access(String base) {
        AccessTokens.Token token = new AccessTokens.Token("token", Optional.empty());
        return new VendorAccess(
                AccessTokens.singleFlight(spent -> token, Clock.systemUTC()),
                base,
                CallRetry.ofDefaults(),
                Clock.systemUTC(),
                Duration.ofSeconds(30),
                new LookNotes());
    }

    private static List<Row> compare(String vendor, boolean quick, Callable<?> ours, Callable<?> bare)
            throws Exception {
        int calls = quick ? 100_000 : 400_000;
        Samples ourTimes = new Samples();
        Samples bareTimes = new Samples();
        for (int i = 0; i < calls; i++) {
            boolean isWarm = i >= calls / 2;
            long one = time(i % 2 == 0 ? ours : bare);
            long other = time(i % 2 == 0 ? bare : ours);
            if (isWarm) {
                ourTimes.add(i % 2 == 0 ? one : other);
                bareTimes.add(i % 2 == 0 ? other : one);
            }
        }
        double ourMicros = ourTimes.percentile(0.5) / 1e3;
        double bareMicros = bareTimes.percentile(0.5) / 1e3;
        double ourBytes = bytes(ours, calls / 4);
        double bareBytes = bytes(bare, calls / 4);
        String how = "Kaitsu's %.1f less the bare library's %.1f %s";
        return List.of(
                Row.below(
                        vendor + "-call-time",
                        5,
                        ourMicros - bareMicros,
                        "µs",
                        bareMicros,
                        "median of " + calls / 2 + " calls each in turns: "
                                + how.formatted(ourMicros, bareMicros, "µs")),
                Row.below(
                        vendor + "-call-bytes",
                        2_048,
                        ourBytes - bareBytes,
                        "bytes",
                        bareBytes,
                        "allocated by the calling thread: " + how.formatted(ourBytes, bareBytes, "bytes")));
    }

    private static long time(Callable<?> call) throws Exception {
        long start = System.nanoTime();
        call.call();
        return System.nanoTime() - start;
    }

    private static double bytes(Callable<?> call, int times) throws Exception {
        long before = Machine.allocated();
        for (int i = 0; i < times; i++) {
            call.call();
        }
        return (Machine.allocated() - before) / (double) times;
    }
}
