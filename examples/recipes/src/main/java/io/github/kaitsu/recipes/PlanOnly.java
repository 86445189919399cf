package io.github.kaitsu.recipes;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationPlan;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.PlanDepth;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.dropbox.DropboxProvisioner;
import io.github.kaitsu.google.GoogleProvisioners;
import io.github.kaitsu.microsoft365.Microsoft365Provisioners;
import io.github.kaitsu.report.PlanReport;
import io.github.kaitsu.store.MemoryActivationStore;
import java.io.PrintStream;
import java.util.Locale;

/** What an activation of all eight services would take, and of whom, before any account or connection exists. */
public final class PlanOnly {
    private PlanOnly() {}

    public static void main(String... args) throws InterruptedException {
        run(System.out);
    }

    static void run(PrintStream out) throws InterruptedException {
        try (ActivationClient client = ActivationClient.builder()
                .provisioner(BoxProvisioner.create())
                .provisioner(DropboxProvisioner.create())
                .provisioners(GoogleProvisioners.create())
                .provisioners(Microsoft365Provisioners.create())
                .store(new MemoryActivationStore())
                .build()) {
            ActivationPlan plan = client.plan(
                    ActivationRequest.builder(CustomerId.of(ConsoleSite.JP, "CAS0001"))
                            .build(),
                    PlanDepth.OFFLINE);

            out.print(PlanReport.of(plan).text(Locale.JAPANESE));
        }
    }
}
