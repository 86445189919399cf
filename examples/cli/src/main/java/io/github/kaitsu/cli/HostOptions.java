package io.github.kaitsu.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the host calls the customer and the run; checked by the request. */
final class HostOptions {
    @Option(names = "--company", paramLabel = "NAME")
    private @Nullable String company;

    @Option(names = "--reference", paramLabel = "REF")
    private @Nullable String reference;

    @Option(names = "--label", paramLabel = "LABEL")
    private List<String> labels = new ArrayList<>();

    Optional<String> company() {
        return Optional.ofNullable(company);
    }

    Optional<String> reference() {
        return Optional.ofNullable(reference);
    }

    List<String> labels() {
        return labels;
    }
}
