package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which run of which store. */
final class StateOptions {
    @Mixin
    private StoreOptions store = new StoreOptions();

    @Option(names = "--activation", paramLabel = "ID")
    private @Nullable String activation;

    Workspace workspace(Invocation call) {
        return store.required(call);
    }

    Optional<ActivationId> activation() {
        return Optional.ofNullable(activation).map(ActivationId::of);
    }
}
