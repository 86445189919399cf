package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which run of which folder. */
final class StateOptions {
    @Option(names = "--state", required = true, paramLabel = "DIR")
    private String state = "";

    @Option(names = "--activation", paramLabel = "ID")
    private @Nullable String activation;

    Workspace workspace() {
        return Workspace.at(state);
    }

    Optional<ActivationId> activation() {
        return Optional.ofNullable(activation).map(ActivationId::of);
    }
}
