package io.github.kaitsu.recipes;

import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.store.MemoryActivationStore;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Box has no API for 「デフォルトで追加」, so a person is asked (BOX-4): an action is data for any screen, and the answer is kept as
 * evidence under the person's name.
 */
public final class BoxAddedByDefault {
    private BoxAddedByDefault() {}

    public static void main(String... args) throws InterruptedException {
        run(System.out);
    }

    static void run(PrintStream out) throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start();
                ActivationClient client = ActivationClient.builder()
                        .provisioner(BoxProvisioner.create(SandboxRun.box(sandbox)))
                        .store(new MemoryActivationStore())
                        .clock(sandbox.clock())
                        .build()) {
            Activation activation = client.begin(
                    ActivationId.of("k-1001"),
                    ActivationRequest.builder(CustomerId.of(ConsoleSite.JP, "CAS0001"))
                            .services(CloudService.BOX)
                            .build());

            OperatorAction action = SandboxRun.untilAsked("box.added-by-default", client, activation, sandbox);
            show(action, out);
            activation.answer(action.id(), Answer.done("sato@example.co.jp")); // once the person says so

            SandboxRun.untilEnded(client, activation, sandbox).services().stream()
                    .flatMap(service -> service.steps().stream())
                    .filter(step -> step.step().equals(action.step()))
                    .forEach(step -> out.println(
                            step.evidence().level() + " " + step.source().in(Locale.JAPANESE) + " "
                                    + step.evidence().time()));
        }
    }

    private static void show(OperatorAction action, PrintStream out) {
        Locale language = Locale.JAPANESE; // or Locale.ENGLISH: every text is complete in both
        out.println("■ " + action.title(language) + " (" + action.rule() + ")");
        out.println(action.goal(language));
        out.println(action.who(language));
        action.link().ifPresent(out::println);
        action.values(language).forEach((label, value) -> out.println(label + ": " + value));
        int number = 1;
        for (String instruction : action.instructions(language)) {
            out.println(number++ + ". " + instruction);
        }
        out.println(action.why(language));
        out.println(action.verification(language));
    }
}
