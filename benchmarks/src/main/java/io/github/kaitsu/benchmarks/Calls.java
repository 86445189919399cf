package io.github.kaitsu.benchmarks;

import com.box.sdkgen.box.developertokenauth.BoxDeveloperTokenAuth;
import com.box.sdkgen.client.BoxClient;
import com.box.sdkgen.networking.boxnetworkclient.BoxNetworkClient;
import com.box.sdkgen.networking.fetchoptions.FetchOptions;
import com.box.sdkgen.networking.network.NetworkSession;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.directory.Directory;
import com.sun.net.httpserver.HttpServer;
import io.github.kaitsu.box.internal.BoxReads;
import io.github.kaitsu.google.GoogleAppSigns;
import io.github.kaitsu.google.internal.GoogleReads;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.CallRetry;
import io.github.kaitsu.vendor.LookNotes;
import io.github.kaitsu.vendor.VendorAccess;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;

/**
 * One read of a vendor through Kaitsu and through the bare library, in turns, of the same answer of a server on loopback. The
 * libraries' transports cannot be replaced below both, so the way through the kernel is in both figures, and noise with it.
 */
final class Calls {
    private static final String SERVER = "bench-server";
    private static final String BOX_ME =
            "{\"type\":\"user\",\"id\":\"11\",\"login\":\"admin@example.com\",\"name\":\"A\",\"status\":\"active\","
                    + "\"role\":\"admin\",\"enterprise\":{\"type\":\"enterprise\",\"id\":\"900\",\"name\":\"Example\"}}";
    private static final String GOOGLE_USER =
            "{\"id\":\"11\",\"primaryEmail\":\"admin@example.com\",\"customerId\":\"C1\",\"isAdmin\":true,"
                    + "\"isDelegatedAdmin\":false,\"suspended\":false,\"archived\":false,\"isEnrolledIn2Sv\":true}";

    private Calls() {}

    static List<Row> box(boolean quick) throws Exception {
        return against(BOX_ME, base -> {
            BoxReads reads = new BoxReads(access(base));
            OkHttpClient http = BoxNetworkClient.getDefaultOkHttpClientBuilder()
                    .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
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
        });
    }

    static List<Row> google(boolean quick) throws Exception {
        return against(GOOGLE_USER, base -> {
            GoogleReads reads = new GoogleReads(access(base), GoogleAppSigns.ofDefaults(), VendorHttp.create());
            Directory bare = new Directory.Builder(
                            new NetHttpTransport(),
                            GsonFactory.getDefaultInstance(),
                            request -> request.getHeaders().setAuthorization("Bearer token"))
                    .setRootUrl(base + "/")
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
        });
    }

    private interface AtServer {
        List<Row> measure(String base) throws Exception;
    }

    private static List<Row> against(String answer, AtServer what) throws Exception {
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, SERVER);
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        server.start();
        try {
            return what.measure("http://127.0.0.1:" + server.getAddress().getPort());
        } finally {
            server.stop(0);
            threads.shutdownNow();
        }
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
        int calls = quick ? 4_000 : 20_000;
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
        String how =
                "Kaitsu's %.1f less the bare library's %.1f %s, over loopback, since the transport below both cannot be replaced";
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
                        "allocated by all threads but the server's: " + how.formatted(ourBytes, bareBytes, "bytes")));
    }

    private static long time(Callable<?> call) throws Exception {
        long start = System.nanoTime();
        call.call();
        return System.nanoTime() - start;
    }

    private static double bytes(Callable<?> call, int times) throws Exception {
        long before = Machine.allocated(SERVER);
        for (int i = 0; i < times; i++) {
            call.call();
        }
        return (Machine.allocated(SERVER) - before) / (double) times;
    }
}
