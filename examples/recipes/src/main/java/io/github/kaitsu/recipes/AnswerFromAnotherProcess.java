package io.github.kaitsu.recipes;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.ScriptedPerson;
import io.github.kaitsu.store.FileActivationStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A batch advances, a help desk answers: two processes that share nothing but the folder. The desk never starts its client and
 * needs no connection to a provider.
 */
public final class AnswerFromAnotherProcess {
    private static final ActivationId ID = ActivationId.of("k-1001");

    private AnswerFromAnotherProcess() {}

    public static void main(String... args) throws IOException, InterruptedException {
        run(Files.createTempDirectory("kaitsu"), System.out);
    }

    static void run(Path folder, PrintStream out) throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start();
                ActivationClient batch = ActivationClient.builder()
                        .provisioner(BoxProvisioner.create(SandboxRun.box(sandbox)))
                        .store(FileActivationStore.at(folder))
                        .clock(sandbox.clock())
                        .build();
                ActivationClient desk = ActivationClient.builder()
                        .provisioner(BoxProvisioner.create())
                        .store(FileActivationStore.at(folder))
                        .clock(sandbox.clock())
                        .build()) {
            batch.begin(
                    ID,
                    ActivationRequest.builder(CustomerId.of(ConsoleSite.JP, "CAS0001"))
                            .services(CloudService.BOX)
                            .build());
            batch.advance(ID);

            ScriptedPerson clerk = new ScriptedPerson(sandbox, "desk@example.co.jp");
            for (OperatorAction action : desk.find(ID).orElseThrow().openActions()) {
                out.println("desk:  " + action.title(Locale.JAPANESE));
                desk.answer(ID, action.id(), clerk.perform(action));
            }

            batch.advance(ID);
            batch.find(ID).orElseThrow().view().steps().stream()
                    .filter(step -> step.evidence().holds())
                    .forEach(step -> out.println("batch: " + step.title().in(Locale.JAPANESE) + " "
                            + step.evidence().level() + " " + step.source().in(Locale.JAPANESE)));
        }
    }
}
