package io.github.kaitsu.recipes;

import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.box.BoxConnection;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.SandboxConnections;
import io.github.kaitsu.sandbox.ScriptedPerson;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** The people and the hours of a real activation, so that each recipe can show its idea alone. */
final class SandboxRun {
    private SandboxRun() {}

    /** Finds the sandbox's Box for whichever customer. */
    static Connections<BoxConnection> box(Sandbox sandbox) {
        BoxConnection box = connection(sandbox);
        return customer -> Optional.of(box);
    }

    /** With tokens as the administrator's consent to one's own app would bring them. */
    static BoxConnection connection(Sandbox sandbox) {
        SandboxConnections to = SandboxConnections.of(sandbox);
        return to.box(to.tokens(CloudService.Provider.BOX));
    }

    /** Goes on until an action of this step waits for somebody. */
    static OperatorAction untilAsked(String step, ActivationClient client, Activation activation, Sandbox... sandboxes)
            throws InterruptedException {
        Predicate<OperatorAction> wanted = action -> action.step().value().equals(step);
        return until(view -> view.openActions().stream().anyMatch(wanted), client, activation, sandboxes)
                .openActions()
                .stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow();
    }

    /** Goes on until the run has ended. */
    static ActivationView untilEnded(ActivationClient client, Activation activation, Sandbox... sandboxes)
            throws InterruptedException {
        return until(ActivationView::ended, client, activation, sandboxes);
    }

    /**
     * Whatever is asked, a person does on the pages of the first sandbox; while nothing is asked, the time of all passes.
     */
    static ActivationView until(
            Predicate<ActivationView> enough, ActivationClient client, Activation activation, Sandbox... sandboxes)
            throws InterruptedException {
        ScriptedPerson person = new ScriptedPerson(sandboxes[0], "sato@example.co.jp");
        while (true) {
            Optional<Instant> wakeAt = client.advance(activation.id()).until();
            ActivationView view = activation.view();
            if (view.ended() || enough.test(view)) {
                return view;
            }
            Optional<OperatorAction> action = view.openActions().stream().findFirst();
            if (action.isPresent()) {
                activation.answer(action.get().id(), person.perform(action.get()));
            } else {
                for (Sandbox sandbox : sandboxes) {
                    sandbox.clock().advanceTo(wakeAt.orElseThrow());
                }
            }
        }
    }
}
