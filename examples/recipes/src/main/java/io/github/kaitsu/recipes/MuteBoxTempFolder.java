package io.github.kaitsu.recipes;

import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.store.MemoryActivationStore;
import java.io.PrintStream;
import java.util.Locale;

/**
 * The mails about {@code trendmicro_cas_temp__dont_change_or_delete} are switched off by a person, once per folder (BOX-6): with a
 * connection to Box, the action links straight to the folder that a look has found.
 */
public final class MuteBoxTempFolder {
    private MuteBoxTempFolder() {}

    public static void main(String... args) throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            run(sandbox, System.out);
        }
    }

    static void run(Sandbox sandbox, PrintStream out) throws InterruptedException {
        try (ActivationClient client = ActivationClient.builder()
                .provisioner(BoxProvisioner.create(SandboxRun.box(sandbox)))
                .store(new MemoryActivationStore())
                .clock(sandbox.clock())
                .build()) {
            Activation activation = client.begin(
                    ActivationId.of("k-1001"),
                    ActivationRequest.builder(CustomerId.of(ConsoleSite.JP, "CAS0001"))
                            .services(CloudService.BOX)
                            .build());

            OperatorAction action = SandboxRun.untilAsked("box.mute-folder", client, activation, sandbox);
            out.println("■ " + action.title(Locale.JAPANESE));
            action.link().ifPresent(out::println);
            action.instructions(Locale.JAPANESE).forEach(out::println);
        }
    }
}
