package io.github.kaitsu.recipes;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.ScriptedPerson;
import io.github.kaitsu.store.MemoryActivationStore;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Embedding: the client works in the background and keeps a portal's to-do list right; the portal's users answer. */
public final class OwnOperator {
    private OwnOperator() {}

    /** The portal's to-do list; a table of its database, say. */
    static final class ToDoList implements Operator {
        final Queue<OperatorAction> rows = new ConcurrentLinkedQueue<>();

        @Override
        public void offer(OperatorAction action) {
            withdraw(action.activation(), action.id()); // offered again after a restart: still one row
            rows.add(action);
        }

        @Override
        public void withdraw(ActivationId activation, ActionId action) {
            rows.removeIf(row -> row.activation().equals(activation) && row.id().equals(action));
        }
    }

    public static void main(String... args) throws InterruptedException {
        run(System.out);
    }

    static void run(PrintStream out) throws InterruptedException {
        ToDoList toDo = new ToDoList();
        try (Sandbox sandbox = Sandbox.builder().start();
                ActivationClient client = ActivationClient.builder()
                        .provisioner(BoxProvisioner.create(SandboxRun.box(sandbox)))
                        .store(new MemoryActivationStore())
                        .operator(toDo)
                        .clock(sandbox.clock())
                        .build()) {
            client.start();
            Activation activation = client.begin(
                    ActivationId.of("k-1001"),
                    ActivationRequest.builder(CustomerId.of(ConsoleSite.JP, "CAS0001"))
                            .services(CloudService.BOX)
                            .build());

            ScriptedPerson user = new ScriptedPerson(sandbox, "sato@example.co.jp");
            while (activation.await(Duration.ofMillis(10)).isEmpty()) {
                OperatorAction action = toDo.rows.poll();
                if (action != null) {
                    out.println("□ " + action.title(Locale.JAPANESE));
                    client.answer(action.activation(), action.id(), user.perform(action));
                } else {
                    Optional<Instant> wakeAt = client.advance(activation.id()).until();
                    if (toDo.rows.isEmpty()) {
                        wakeAt.ifPresent(sandbox.clock()::advanceTo); // the hours that nobody need wait for here
                    }
                }
            }
            out.println(activation.view().services().get(0).status());
        }
    }
}
