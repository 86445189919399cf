package io.github.kaitsu.cli;

import io.github.kaitsu.store.RunQuery;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which customers of the fleet: those that fit everything that is said. */
class FleetSome {
    @Option(names = "--label", paramLabel = "L", descriptionKey = "fleet-label")
    private @Nullable String label;

    @Option(
            names = {"--customer", "--reference"},
            paramLabel = "REF",
            descriptionKey = "customer")
    private @Nullable String customer;

    RunQuery query() {
        RunQuery query = label == null ? RunQuery.all() : RunQuery.all().withLabel(label);
        return customer == null ? query : query.withReference(customer);
    }

    /** Whether anything is said. */
    boolean isGiven() {
        return label != null || customer != null;
    }
}
