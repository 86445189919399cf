package io.github.kaitsu.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where runs are kept. */
final class StoreOptions {
    @Option(names = "--state", paramLabel = "DIR")
    private @Nullable String state;

    /** Empty if nothing is to outlive the command. */
    Optional<Workspace> workspace() {
        return Optional.ofNullable(state).map(Workspace::at);
    }

    Workspace required() {
        return workspace().orElseThrow(() -> Refusal.usage("missing", "--state"));
    }
}
