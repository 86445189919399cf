package io.github.kaitsu.recipes;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.StepId;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.report.ScreenJson;
import io.github.kaitsu.store.MemoryActivationStore;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** What a REST endpoint gives a screen: an action as JSON, in the language of whoever looks; and how its answer comes back. */
public final class JsonForAScreen {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private JsonForAScreen() {}

    public static void main(String... args) throws InterruptedException {
        run(System.out);
    }

    static void run(PrintStream out) throws InterruptedException {
        try (ActivationClient client = ActivationClient.builder()
                .provisioner(BoxProvisioner.create())
                .store(new MemoryActivationStore())
                .build()) {
            Activation activation = client.begin(
                    ActivationId.of("contract-1001"),
                    ActivationRequest.builder(CustomerId.of(ConsoleSite.JP, "CAS0001"))
                            .services(CloudService.BOX)
                            .build());
            OperatorAction action =
                    activation.awaitAction(StepId.console("password"), PATIENCE).orElseThrow();
            out.println(ScreenJson.of(action, Locale.JAPANESE)); // GET /actions/contract-1001/console.password.1

            String fromTheAddress = "console.password.1"; // POST …/console.password.1 {"answer":"done"}
            activation.answer(ActionId.of(fromTheAddress), Answer.done("sato@example.co.jp"));
            OperatorAction next =
                    activation.awaitAction(StepId.console("sign-in"), PATIENCE).orElseThrow();
            out.println(next.title(Locale.JAPANESE));
        }
    }
}
