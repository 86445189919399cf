package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.cli.Choices.Choice;
import io.github.kaitsu.sandbox.Sandbox;
import java.time.Instant;
import java.util.Optional;

/** The sandbox of an earlier run, started again with what it held; or for the first time, when the run began. */
final class SandboxAgain {
    private SandboxAgain() {}

    static Optional<Sandbox> of(Workspace workspace, Choice choice, ActivationView view) {
        return choice.sandbox().map(name -> of(workspace, name, view.customer(), view.begunAt(), Sandbox.builder()));
    }

    /**
     * The sandbox of one customer.
     *
     * @param fresh how it is set up if there is none yet
     */
    static Sandbox of(Workspace workspace, String name, CustomerId customer, Instant begunAt, Sandbox.Builder fresh) {
        return fresh.site(customer.site())
                .account(customer.account())
                .organisations(customer.organisation())
                .start(begunAt)
                .state(workspace.sandbox(name))
                .start();
    }
}
