package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationView;
import io.github.kaitsu.cli.Choices.Choice;
import io.github.kaitsu.sandbox.Sandbox;
import java.util.Optional;

/** The sandbox of an earlier run, started again with what it held; or for the first time, when the run began. */
final class SandboxAgain {
    private SandboxAgain() {}

    static Optional<Sandbox> of(Workspace workspace, Choice choice, ActivationView view) {
        return choice.sandbox()
                .map(name -> Sandbox.builder()
                        .site(view.customer().site())
                        .account(view.customer().account())
                        .organisations(view.customer().organisation())
                        .start(view.begunAt())
                        .state(workspace.sandbox(name))
                        .start());
    }
}
