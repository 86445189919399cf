package io.github.kaitsu.benchmarks;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationRetryPolicy;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.FileActivationStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs in files that look once a period, spread evenly over it: 83 looks a second whatever their number is, as 5,000 runs with a look a
 * minute make. A look is due one period after the one before it has ended.
 */
final class Looking {
    private static final double LOOKS_A_SECOND = 5_000 / 60.0;
    private static final int AT_ONCE = 256;
    private static final Set<String> WRITING = Set.of("append", "restore", "forget", "claim", "release");

    private final long callMillis;
    private final long periodNanos;
    private final int runs;
    private final Map<Object, Long> ended = new ConcurrentHashMap<>();
    private final Samples lateness = new Samples();

    private Looking(int runs, long callMillis) {
        this(runs, callMillis, LOOKS_A_SECOND);
    }

    Looking(int runs, long callMillis, double looksASecond) {
        this.runs = runs;
        this.callMillis = callMillis;
        this.periodNanos = (long) (runs / looksASecond * 1e9);
    }

    Duration period() {
        return Duration.ofNanos(periodNanos);
    }

    Samples lateness() {
        return lateness;
    }

    static CustomerId customer(int number) {
        return CustomerId.of(ConsoleSite.JP, "CAS" + number);
    }

    static ActivationId run(int number) {
        return ActivationId.of("run-" + number);
    }

    static ActivationRequest request(int number) {
        return ActivationRequest.builder(customer(number))
                .services(CloudService.BOX)
                .build();
    }

    /** A client whose sleepers look once in a while. */
    static ActivationClient client(ActivationStore store, Duration period, OneLook service) {
        return builder(store, period, service).looksAtOnce(AT_ONCE, 4).build();
    }

    static ActivationClient.Builder builder(ActivationStore store, Duration period, OneLook service) {
        return ActivationClient.builder()
                .provisioner(service)
                .store(store)
                .policy(ActivationRetryPolicy.builder()
                        .firstLook(period)
                        .lookFraction(0.0001) // as good as never rarer
                        .build());
    }

    static List<Row> every(boolean quick, long callMillis) throws Exception {
        int runs = quick ? 1_000 : 5_000;
        int warmUp = quick ? 1 : 4;
        Looking bare = new Looking(runs, callMillis);
        bare.bare(quick ? 0 : 1, quick ? 1 : 2);
        Looking engine = new Looking(runs, callMillis);
        return engine.engine(warmUp, 2, bare.lateness.percentile(0.99) / 1e6);
    }

    void look(Object who) {
        long now = System.nanoTime();
        @Nullable Long before = ended.get(who);
        if (before != null) {
            lateness.add(now - before - periodNanos);
        }
        if (callMillis > 0) {
            Machine.sleep(callMillis);
        }
        ended.put(who, System.nanoTime());
    }

    void periods(int number) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(periodNanos * number);
    }

    /** The same waits on nothing but the JDK's own scheduler. */
    private void bare(int warmUp, int measured) throws InterruptedException {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(AT_ONCE);
        try {
            for (int i = 0; i < runs; i++) {
                Integer who = i;
                ScheduledFuture<?> unused = scheduler.scheduleWithFixedDelay(
                        () -> look(who), periodNanos / runs * i, periodNanos, TimeUnit.NANOSECONDS);
            }
            periods(1 + warmUp);
            lateness.clear();
            periods(measured);
        } finally {
            scheduler.shutdownNow();
        }
    }

    private List<Row> engine(int warmUp, int measured, double bareLateness) throws Exception {
        Path folder = Files.createTempDirectory("kaitsu-bench");
        AtomicLong writes = new AtomicLong();
        Consumer<Object> looks = this::look;
        try (ActivationStore store = counting(FileActivationStore.at(folder.resolve("store")), writes);
                ActivationClient client =
                        client(store, Duration.ofNanos(periodNanos), new OneLook(at -> looks.accept(at.customer())))) {
            client.start();
            long start = System.nanoTime();
            for (int i = 0; i < runs; i++) { // spread over a period, which they keep
                client.begin(run(i), request(i));
                TimeUnit.NANOSECONDS.sleep(start + periodNanos / runs * (i + 1) - System.nanoTime());
            }
            periods(warmUp);
            lateness.clear();
            writes.set(0);
            long cpu = Machine.cpu();
            periods(measured);
            cpu = Machine.cpu() - cpu;
            long written = writes.get();
            int count = lateness.count();
            String how = "%d looks of %d runs, one each %d s, after %d s; p50 %.1f ms, p99.9 %.1f ms"
                    .formatted(
                            count,
                            runs,
                            periodNanos / 1_000_000_000,
                            periodNanos / 1_000_000_000 * warmUp,
                            lateness.percentile(0.5) / 1e6,
                            lateness.percentile(0.999) / 1e6);
            String suffix = "-" + callMillis + "ms";
            return List.of(
                    Row.below(
                            "files-lateness" + suffix,
                            100,
                            lateness.percentile(0.99) / 1e6,
                            "ms",
                            bareLateness,
                            "p99; " + how + "; baseline: a bare ScheduledThreadPoolExecutor with the same waits"),
                    new Row(
                            "files-cpu-per-look" + suffix,
                            "none named for files",
                            (double) Math.round(cpu / 1e3 / Math.max(1, count)),
                            "µs",
                            null,
                            null,
                            "processor time of the whole process a look, the thread of the call itself included"),
                    Row.none(
                            "files-idle-look-writes" + suffix,
                            (double) written,
                            "writing calls",
                            "calls of the store that write ("
                                    + String.join(
                                            ", ", WRITING.stream().sorted().toList()) + ") while " + count
                                    + " looks found nothing new; what is below the store is not counted"));
        } finally {
            Machine.delete(folder);
        }
    }

    static ActivationStore counting(ActivationStore store, AtomicLong writes) {
        return (ActivationStore) Proxy.newProxyInstance(
                ActivationStore.class.getClassLoader(),
                new Class<?>[] {ActivationStore.class},
                (proxy, method, arguments) -> {
                    if (WRITING.contains(method.getName())) {
                        writes.incrementAndGet();
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }
}
