package io.github.kaitsu.benchmarks;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.PlanDepth;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.dropbox.DropboxProvisioner;
import io.github.kaitsu.google.GoogleProvisioners;
import io.github.kaitsu.microsoft365.Microsoft365Provisioners;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.SandboxConnections;
import io.github.kaitsu.store.MemoryActivationStore;
import io.github.kaitsu.vendor.AccessTokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** How many threads stay for each connection to a customer that was looked through. */
final class Connecting {
    private static final int CONNECTIONS = 20;

    private Connecting() {}

    static List<Row> measure(boolean quick) throws Exception {
        List<Row> rows = new ArrayList<>();
        try (Sandbox sandbox = Sandbox.builder().start()) {
            SandboxConnections to = SandboxConnections.of(sandbox);
            rows.add(of(
                    "box",
                    to,
                    CloudService.Provider.BOX,
                    CloudService.BOX,
                    to::box,
                    c -> List.of(BoxProvisioner.create(c))));
            rows.add(of(
                    "dropbox",
                    to,
                    CloudService.Provider.DROPBOX,
                    CloudService.DROPBOX,
                    to::dropbox,
                    c -> List.of(DropboxProvisioner.create(c))));
            rows.add(of(
                    "google",
                    to,
                    CloudService.Provider.GOOGLE,
                    CloudService.GMAIL,
                    to::google,
                    GoogleProvisioners::create));
            rows.add(of(
                    "microsoft365",
                    to,
                    CloudService.Provider.MICROSOFT365,
                    CloudService.EXCHANGE_ONLINE,
                    to::graph,
                    Microsoft365Provisioners::create));
        }
        return rows;
    }

    private static <T> Row of(
            String vendor,
            SandboxConnections to,
            CloudService.Provider provider,
            CloudService service,
            Function<AccessTokens, T> connect,
            Function<Connections<T>, List<? extends ServiceAccountProvisioner>> provisioners)
            throws InterruptedException {
        Map<CustomerId, T> connections = new HashMap<>();
        for (int i = 0; i <= CONNECTIONS; i++) {
            connections.put(customer(i), connect.apply(to.tokens(provider)));
        }
        try (ActivationClient client = ActivationClient.builder()
                .provisioners(provisioners.apply(customer -> Optional.ofNullable(connections.get(customer))))
                .store(new MemoryActivationStore())
                .build()) {
            look(client, customer(0), service); // what all connections share is there
            long before = threads();
            for (int i = 1; i <= CONNECTIONS; i++) {
                look(client, customer(i), service);
            }
            long after = threads();
            return Row.none(
                    vendor + "-threads",
                    Math.max(0, after - before) / (double) CONNECTIONS,
                    "threads",
                    "threads after the first connection's looks %d, after those of %d more %d; the sandbox's own left out"
                            .formatted(before, CONNECTIONS, after));
        }
    }

    private static CustomerId customer(int number) {
        return CustomerId.of(ConsoleSite.JP, "CAS" + number);
    }

    private static void look(ActivationClient client, CustomerId customer, CloudService service)
            throws InterruptedException {
        client.plan(ActivationRequest.builder(customer).services(service).build(), PlanDepth.WITH_READS);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("kaitsu-sandbox"))
                .count();
    }
}
