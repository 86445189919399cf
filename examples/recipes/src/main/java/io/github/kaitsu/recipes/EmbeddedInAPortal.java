package io.github.kaitsu.recipes;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.report.ActivationReport;
import io.github.kaitsu.store.FileActivationStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** For real: the client runs in a service, keeps everything in a folder, and shows a portal's users what only they can do. */
public final class EmbeddedInAPortal {
    private EmbeddedInAPortal() {}

    public static void main(String... args) throws InterruptedException {
        try (ActivationClient client = client(Path.of("activations"))) {
            client.start(); // from here on every run in the folder goes on, those of an earlier process too
            Activation activation = client.begin(
                    ActivationId.of("contract-1001"), // again under this id: the same run
                    ActivationRequest.builder(CustomerId.of(ConsoleSite.JP, "CAS0001"))
                            .services(CloudService.BOX)
                            .build());
            Optional<ActivationView> end = activation.await(Duration.ofHours(8)); // empty: stopped watching, not failed
            end.ifPresent(view -> System.out.println(ActivationReport.of(view).markdown(Locale.JAPANESE)));
        }
    }

    static ActivationClient client(Path folder) {
        return ActivationClient.builder()
                .provisioner(BoxProvisioner.create()) // without a connection a person is asked
                .store(FileActivationStore.at(folder))
                .operator(new Portal())
                .build();
    }

    /** Shows what is asked. The answer comes from any process: {@code client.answer(id, actionId, Answer.done("sato"))}. */
    static final class Portal implements Operator {
        @Override
        public void offer(OperatorAction action) {
            System.out.println("□ " + action.id() + " " + action.title(Locale.JAPANESE));
            action.instructions(Locale.JAPANESE).forEach(line -> System.out.println("  ・" + line));
        }

        @Override
        public void withdraw(ActivationId activation, ActionId action) {
            System.out.println("☑ " + action);
        }
    }
}
