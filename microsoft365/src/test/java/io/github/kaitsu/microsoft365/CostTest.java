package io.github.kaitsu.microsoft365;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.microsoft365.internal.TenantLooks;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.vendor.AccessTokens;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.mockwebserver.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the module costs whoever embeds it: measured and printed, for the README. Times are printed only, never judged. */
class CostTest {
    private static final double MEGABYTE = 1_000_000;

    @Test
    void theModule_bringsItsVendorsJars_andNotManyMore() throws IOException {
        long all = 0;
        long graph = 0;
        List<Path> jars = runtimeJars();
        for (Path jar : jars) {
            all += Files.size(jar);
            graph += jar.getFileName().toString().startsWith("microsoft-graph-6") ? Files.size(jar) : 0;
        }
        print(
                "%d jars besides Kaitsu's, %.1f MB, of which the Graph SDK %.1f MB",
                jars.size(), all / MEGABYTE, graph / MEGABYTE);
        assertThat(jars).hasSizeBetween(30, 70);
        assertThat(all / MEGABYTE).isBetween(70.0, 95.0);
    }

    @Test
    @Timeout(120)
    void theFirstCall_isAnsweredInAFreshMachine() throws Exception {
        try (GraphServer graph = new GraphServer()) {
            graph.on(
                    "/users/$count",
                    new MockResponse().setHeader("Content-Type", "text/plain").setBody("7"));
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            FirstCall.class.getName(),
                            graph.base().toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            print("%s", said);
            assertThat(said).startsWith("first call: 7 users,");
        }
    }

    /** Runs in a JVM of its own. */
    static final class FirstCall {
        private FirstCall() {}

        public static void main(String[] args) throws InterruptedException {
            AccessTokens tokens = AccessTokens.singleFlight(
                    spent -> new AccessTokens.Token("token", Optional.empty()), Clock.systemUTC());
            GraphConnection connection =
                    GraphConnection.builder(tokens).baseUrl(URI.create(args[0])).build();
            long built = sinceStart();
            String seen = TenantLooks.users(
                            connection.reads(),
                            new ProbeContext(Known.CUSTOMER, Facts.none(), Clock.systemUTC(), Instant.EPOCH))
                    .seen()
                    .arguments()
                    .get(0);
            System.out.printf(
                    Locale.ROOT,
                    "first call: %s users, connection built after %d ms, answer after %d ms (JVM %s)%n",
                    seen,
                    built,
                    sinceStart(),
                    Runtime.version().feature());
            System.exit(0); // OkHttp keeps its threads for a minute
        }

        private static long sinceStart() {
            return System.currentTimeMillis()
                    - ManagementFactory.getRuntimeMXBean().getStartTime();
        }
    }

    private static List<Path> runtimeJars() throws IOException {
        try (InputStream in = CostTest.class.getResourceAsStream("/runtime.classpath")) {
            String classPath = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            return Stream.of(classPath.split(File.pathSeparator))
                    .map(Path::of)
                    .filter(p -> p.toString().endsWith(".jar"))
                    .filter(p -> !p.getFileName().toString().startsWith("kaitsu-"))
                    .toList();
        }
    }

    private static void print(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, "cost of kaitsu-microsoft365: " + format + "%n", arguments);
    }
}
