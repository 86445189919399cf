package io.github.kaitsu.recipes;

import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView.ServiceView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.store.FileActivationStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process dies while Box synchronises; the next one finds the activation in the folder and goes on, without a second grant. */
public final class ResumeAfterCrash {
    private static final ActivationId ID = ActivationId.of("k-1001");

    private ResumeAfterCrash() {}

    public static void main(String... args) throws IOException, InterruptedException {
        run(Files.createTempDirectory("kaitsu"), System.out);
    }

    static void run(Path folder, PrintStream out) throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            ActivationClient dies = client(folder, sandbox); // never closed, as after kill -9
            Activation begun = dies.begin(
                    ID,
                    ActivationRequest.builder(CustomerId.of(ConsoleSite.JP, "CAS0001"))
                            .services(CloudService.BOX)
                            .build());
            SandboxRun.until(
                    view -> view.services().get(0).status() == ActivationStatus.SYNCHRONIZING, dies, begun, sandbox);
            out.println("before: " + status(begun));

            try (ActivationClient next = client(folder, sandbox)) {
                Activation found = next.find(ID).orElseThrow();
                out.println("found:  " + status(found));
                SandboxRun.untilEnded(next, found, sandbox);
                out.println("after:  " + status(found));
            }
            out.println("grants: " + sandbox.summary().grants(CloudService.BOX));
        }
    }

    private static ActivationClient client(Path folder, Sandbox sandbox) {
        return ActivationClient.builder()
                .provisioner(BoxProvisioner.create(SandboxRun.box(sandbox)))
                .store(FileActivationStore.at(folder))
                .clock(sandbox.clock())
                .build();
    }

    private static String status(Activation activation) {
        ServiceView box = activation.view().services().get(0);
        return box.service() + " " + box.status();
    }
}
