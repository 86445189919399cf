package io.github.kaitsu.benchmarks;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.dropbox.DropboxProvisioner;
import io.github.kaitsu.google.GoogleProvisioners;
import io.github.kaitsu.microsoft365.Microsoft365Provisioners;
import io.github.kaitsu.store.FileActivationStore;
import io.github.kaitsu.store.RunQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Runs in files that sleep, and what others ask about them meanwhile. */
final class Sleeping {
    private static final int SLEEPERS = 5_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private Sleeping() {}

    static List<Row> measure(boolean quick) throws Exception {
        int heads = quick ? SLEEPERS : 20_000;
        Path folder = Files.createTempDirectory("kaitsu-bench");
        List<Row> rows = new ArrayList<>();
        try {
            Path place = folder.resolve("store");
            sleep(place, quick, heads, rows);
            rows.add(verify(place, heads));
        } finally {
            Machine.delete(folder);
        }
        return rows;
    }

    private static void sleep(Path place, boolean quick, int heads, List<Row> rows) throws InterruptedException {
        try (FileActivationStore store = FileActivationStore.at(place);
                ActivationClient client = Looking.client(store, Duration.ofHours(6), new OneLook(at -> {}))) {
            client.start();
            begin(client, SLEEPERS, SLEEPERS + 100); // classes and pools are there before the heap is measured
            int threads = Thread.activeCount();
            long before = Machine.heap();
            begin(client, 0, SLEEPERS);
            long after = Machine.heap();
            int threadsAfter = Thread.activeCount();
            Machine.sleep(3_000);
            double idle = percentOfACore(quick ? 15 : 60);
            rows.add(Row.below(
                    "files-sleepers-cpu",
                    1,
                    idle,
                    "% of a core",
                    null,
                    "5,000 runs asleep over " + (quick ? 15 : 60) + " s, the whole process"));
            rows.add(Row.below(
                    "sleeper-heap",
                    1_024,
                    (double) (after - before) / SLEEPERS,
                    "bytes",
                    null,
                    "live heap after 5,000 more sleepers, less that before; bounded caches included"));
            rows.add(Row.none(
                    "sleeper-threads",
                    Math.max(0, threadsAfter - threads) / (double) SLEEPERS,
                    "threads",
                    "%d threads before and %d after 5,000 more sleepers".formatted(threads, threadsAfter)));
            begin(client, SLEEPERS + 100, heads);
            Random random = new Random(1);
            Samples finding = new Samples();
            for (int i = 0; i < 400; i++) {
                RunQuery one = RunQuery.all().ofCustomer(Looking.customer(random.nextInt(heads)));
                long t = System.nanoTime();
                int found = client.find(one, Optional.empty(), 10).items().size();
                if (i >= 200) {
                    finding.add(System.nanoTime() - t);
                }
                if (found != 1) {
                    throw new IllegalStateException("found " + found + " runs of one customer");
                }
            }
            rows.add(Row.below(
                    "find-one",
                    50,
                    finding.percentile(0.99) / 1e6,
                    "ms",
                    null,
                    "p99 of 200 customers among %,d heads; p50 %.3f ms"
                            .formatted(heads, finding.percentile(0.5) / 1e6)));
        }
    }

    /** Without a connection to any vendor. */
    private static Row verify(Path place, int heads) throws InterruptedException {
        CustomerId customer = EightServices.activate(FileActivationStore.at(place));
        try (ActivationClient client = ActivationClient.builder()
                .provisioner(BoxProvisioner.create())
                .provisioner(DropboxProvisioner.create())
                .provisioners(GoogleProvisioners.create())
                .provisioners(Microsoft365Provisioners.create())
                .store(FileActivationStore.at(place))
                .build()) {
            Samples verifying = new Samples();
            for (int i = 0; i < 200; i++) {
                long t = System.nanoTime();
                client.verify(customer);
                if (i >= 100) {
                    verifying.add(System.nanoTime() - t);
                }
            }
            return Row.below(
                    "verify-one",
                    50,
                    verifying.percentile(0.99) / 1e6,
                    "ms",
                    null,
                    "p99 of 100 times one customer with eight protected services among %,d heads, no vendor connected; p50 %.3f ms"
                            .formatted(heads, verifying.percentile(0.5) / 1e6));
        }
    }

    private static void begin(ActivationClient client, int from, int until) throws InterruptedException {
        for (int i = from; i < until; i++) {
            client.begin(Looking.run(i), Looking.request(i));
        }
        for (int i = from; i < until; i++) {
            client.awaitQuiet(Looking.run(i), PATIENCE);
        }
    }

    private static double percentOfACore(int seconds) {
        long cpu = Machine.cpu();
        long t = System.nanoTime();
        Machine.sleep(seconds * 1_000L);
        return (Machine.cpu() - cpu) * 100.0 / (System.nanoTime() - t);
    }
}
