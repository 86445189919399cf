package io.github.kaitsu.recipes;

import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Quiet;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.store.FileActivationStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A batch begins what is new, brings every run as far as it goes now, says who must do what, and ends. Waiting costs nothing: between
 * two nights there is no process, and the next one goes on from the folder.
 */
public final class NightlyBatch {
    /** For one run, in real time: a few looks at a provider. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private NightlyBatch() {}

    public static void main(String... args) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("kaitsu");
        List<String> contracts = List.of("k-1001,CAS0001,株式会社サンプル", "k-1002,CAS0002,サンプル商事株式会社");
        try (ActivationClient client = ActivationClient.builder()
                .provisioner(BoxProvisioner.create())
                .store(FileActivationStore.at(folder))
                .build()) {
            run(contracts, client, System.out);
        }
    }

    /** @param contracts each its number, the console's account and the company, as they come from your own books */
    static void run(List<String> contracts, ActivationClient client, PrintStream out) throws InterruptedException {
        for (String contract : contracts) {
            String[] part = contract.split(",");
            client.begin( // the same id and request every night: begun once
                    ActivationId.of(part[0]),
                    ActivationRequest.builder(CustomerId.of(ConsoleSite.JP, part[1]))
                            .services(CloudService.BOX)
                            .company(part[2])
                            .build());
        }
        for (ActivationId id : client.activations()) {
            Activation activation = client.find(id).orElseThrow();
            if (!activation.view().ended()) {
                Optional<Quiet> quiet = activation.awaitQuiet(PATIENCE); // empty: the next night goes on
                show(quiet.map(Quiet::view).orElseGet(activation::view), out);
            }
        }
    }

    private static void show(ActivationView view, PrintStream out) {
        out.println(view.id() + " " + view.company().orElse("") + " "
                + view.services().get(0).status()
                + view.wakeAt().map(at -> ", next " + at).orElse(""));
        for (OperatorAction action : view.openActions()) {
            out.println(
                    "  □ " + action.id() + " " + action.who(Locale.JAPANESE) + ": " + action.title(Locale.JAPANESE));
        }
    }
}
