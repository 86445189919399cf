package io.github.kaitsu.recipes;

import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.box.BoxConnection;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.store.MemoryActivationStore;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/**
 * One client serves all customers, side by side: each look finds its customer's own connection, and two customers are told apart
 * by site and account, since their organisation is 初期設定の組織 in both consoles; for persons the company is named.
 */
public final class ManyCustomers {
    private ManyCustomers() {}

    public static void main(String... args) throws InterruptedException {
        run(System.out);
    }

    static void run(PrintStream out) throws InterruptedException {
        try (Sandbox one = Sandbox.builder().account("CAS0001").start();
                Sandbox two = Sandbox.builder().account("CAS0002").seed(2).start()) {
            Map<CustomerId, BoxConnection> connections = Map.of(
                    CustomerId.of(ConsoleSite.JP, "CAS0001"), SandboxRun.connection(one),
                    CustomerId.of(ConsoleSite.JP, "CAS0002"), SandboxRun.connection(two));
            try (ActivationClient client = ActivationClient.builder()
                    .provisioner(BoxProvisioner.create(customer -> Optional.ofNullable(connections.get(customer))))
                    .store(new MemoryActivationStore())
                    .clock(one.clock())
                    .build()) {
                Activation first = begin("k-1001", "CAS0001", "株式会社サンプル", client);
                Activation second = begin("k-1002", "CAS0002", "サンプル商事株式会社", client);

                SandboxRun.until(ManyCustomers::isLinking, client, first, one, two);
                SandboxRun.until(ManyCustomers::isLinking, client, second, two, one);
                show(client, out); // both at once: "one link at a time" holds within a console (COMMON-13)

                SandboxRun.untilEnded(client, first, one, two);
                SandboxRun.untilEnded(client, second, two, one);
                show(client, out);
                out.println("grants: " + one.summary().grants(CloudService.BOX) + " and "
                        + two.summary().grants(CloudService.BOX));
            }
        }
    }

    private static Activation begin(String id, String account, String company, ActivationClient client) {
        return client.begin(
                ActivationId.of(id),
                ActivationRequest.builder(CustomerId.of(ConsoleSite.JP, account))
                        .services(CloudService.BOX)
                        .company(company)
                        .reference(id)
                        .build());
    }

    private static boolean isLinking(ActivationView view) {
        return view.services().get(0).status() == ActivationStatus.LINKING;
    }

    private static void show(ActivationClient client, PrintStream out) {
        for (ActivationId id : client.activations()) {
            ActivationView view = client.find(id).orElseThrow().view();
            out.println(id + " " + view.customer() + " " + view.company().orElse("") + " "
                    + view.services().get(0).status());
        }
    }
}
