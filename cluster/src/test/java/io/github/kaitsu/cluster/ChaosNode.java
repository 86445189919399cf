package io.github.kaitsu.cluster;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationRetryPolicy;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGConnectionPoolDataSource;

/** One node of {@link Chaos}, in a process of its own: address of the database, its name, how far its clock is off, time between looks. */
final class ChaosNode {
    private ChaosNode() {}

    /** Works until its standard input ends, which is when whoever began it dies, too. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        String name = arguments[1];
        Duration off = Duration.ofSeconds(Long.parseLong(arguments[2]));
        Duration period = Duration.ofMillis(Long.parseLong(arguments[3]));
        JdbcActivationStore store = JdbcActivationStore.on(pool(arguments[0], name));
        ActivationClient client = ActivationClient.builder()
                .provisioner(new OneLook(new Finds(name)))
                .store(store)
                .alarmClock(DbSchedulerAlarmClock.builder(store)
                        .heartbeat(Duration.ofMillis(500))
                        .build())
                .clock(Clock.offset(Clock.systemUTC(), off))
                .policy(ActivationRetryPolicy.builder()
                        .firstLook(period)
                        .lookFraction(0.0001)
                        .build())
                .build();
        boolean isStarted = false;
        while (!isStarted) { // as a host does that waits for its database
            try {
                client.start();
                isStarted = true;
            } catch (RuntimeException e) {
                Thread.sleep(200);
            }
        }
        while (System.in.read() >= 0) {
            // nothing is said here
        }
        Runtime.getRuntime().halt(0);
    }

    /** Every third look finds something new: this node, and how often it has looked. */
    private record Finds(String node, Map<Object, AtomicInteger> looks)
            implements java.util.function.Function<ProbeContext, ProbeResult> {
        Finds(String node) {
            this(node, new ConcurrentHashMap<>());
        }

        @Override
        public ProbeResult apply(ProbeContext at) {
            int number = looks.computeIfAbsent(at.customer(), c -> new AtomicInteger())
                    .incrementAndGet();
            return ProbeResult.unclear("look-failed", node + " " + number / 3);
        }
    }

    static JdbcConnectionPool pool(String url, String name) {
        PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
        source.setUrl(url);
        source.setApplicationName(name);
        source.setConnectTimeout(5);
        source.setSocketTimeout(20);
        JdbcConnectionPool pool = JdbcConnectionPool.create(source);
        pool.setMaxConnections(16);
        pool.setLoginTimeout(5);
        return pool;
    }
}
