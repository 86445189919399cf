package io.github.kaitsu.cli;

import io.github.kaitsu.CustomerId;
import io.github.kaitsu.sandbox.Sandbox;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who performs the operator actions, and how patiently. */
final class OperatorOptions {
    @Option(names = "--operator", paramLabel = "script|terminal|browser|none")
    private @Nullable String operator;

    @Option(names = "--headless")
    private boolean headless;

    @Option(names = "--by", paramLabel = "WHO")
    private @Nullable String by;

    @Option(names = "--wait")
    private boolean waits;

    Optional<OperatorKind> kind() {
        return Optional.ofNullable(operator).map(OperatorKind::parse);
    }

    Session.Setting setting(
            CustomerId customer, Optional<Workspace> folder, Optional<Sandbox> sandbox, OperatorKind kind) {
        return new Session.Setting(customer, folder, sandbox, kind, by, waits, headless);
    }
}
