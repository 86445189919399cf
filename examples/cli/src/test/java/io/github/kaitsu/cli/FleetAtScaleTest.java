package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kaitsu.cli.Kaitsu.Result;
import io.github.kaitsu.sandbox.Sandbox;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fleet of sandbox customers from one file in a database, watched meanwhile: 1,000 with {@code -Pnightly}, else a few. */
class FleetAtScaleTest {
    private static final int CUSTOMERS = Boolean.getBoolean("kaitsu.nightly") ? 1_000 : 20;
    private static final String[] SERVICES = {"box", "dropbox", "gmail", "google-drive", "exchange", "onedrive"};

    @TempDir
    Path temp;

    private Path list() throws IOException {
        StringBuilder list = new StringBuilder("reference,company,account,site,organisation,services,labels\n");
        for (int i = 1; i <= CUSTOMERS; i++) {
            list.append("K-%1$d,株式会社%1$d,CAS%1$05d,JP,,%2$s,%3$s%n"
                    .formatted(i, SERVICES[i % SERVICES.length], i % 2 == 0 ? "east" : "west"));
        }
        return Files.writeString(temp.resolve("list.csv"), list);
    }

    @Test
    void fleet_onH2_endsAsAWhole_watchedMeanwhile() throws Exception {
        endsAsAWhole("jdbc:h2:" + temp.resolve("runs"));
    }

    @Test
    void fleet_onPostgreSql_endsAsAWhole_watchedMeanwhile() throws Exception {
        System.setProperty(
                "ot.epg.working-dir",
                Path.of("target/postgres").toAbsolutePath().toString());
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start()) {
            endsAsAWhole(server.getJdbcUrl("postgres", "postgres"));
        }
    }

    private Result fleet(String url, Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("fleet"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--jdbc", url, "--state", temp.resolve("beside"), "--json"));
        return Kaitsu.run(all.toArray());
    }

    private void endsAsAWhole(String url) throws Exception {
        Result begun = fleet(url, "begin", list(), "--sandbox");
        assertThat(begun.json().path("begun").asInt()).as(begun.out()).isEqualTo(CUSTOMERS);

        CompletableFuture<Result> run =
                CompletableFuture.supplyAsync(() -> fleet(url, "run", "--sandbox", "--until-quiet"));
        List<Integer> ended = new ArrayList<>();
        while (!run.isDone()) {
            ended.add(
                    fleet(url, "list", "--turn", "nobody").json().path("total").asInt());
        }
        Result all = run.get();

        assertThat(all.json().path("troubles")).as(all.out()).isEmpty();
        assertThat(all.exit()).isEqualTo(Exits.SUCCESS);
        assertThat(all.json().path("succeeded").asInt()).isEqualTo(CUSTOMERS);
        assertThat(ended).isSorted();
        JsonNode east = fleet(url, "list", "--label", "east").json();
        assertThat(east.path("total").asInt()).isEqualTo(CUSTOMERS / 2);
        try (Stream<Path> worlds = Files.list(temp.resolve("beside/sandbox"))) {
            assertThat(worlds.map(world -> Sandbox.summary(world).orElseThrow()))
                    .hasSize(CUSTOMERS)
                    .allSatisfy(world -> assertThat(world.violations()).isEmpty())
                    .allSatisfy(world -> assertThat(world.grants().values()).containsExactly(1));
        }
        System.out.printf(
                "%,d sandbox customers in %s: %s, looked at %d times meanwhile%n",
                CUSTOMERS,
                url.replaceFirst("(jdbc:\\w+).*", "$1"),
                Duration.ofMillis((long) (1_000 * all.json().path("seconds").asDouble())),
                ended.size());
    }
}
