package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.store.RunQuery;
import io.github.kaitsu.store.Turn;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which runs of the fleet: those that fit everything that is said. */
final class FleetQuery {
    @Option(names = "--status", paramLabel = "S")
    private @Nullable String status;

    @Option(names = "--turn", paramLabel = "person|kaitsu|vendor")
    private @Nullable String turn;

    @Option(names = "--label", paramLabel = "L", descriptionKey = "fleet-label")
    private @Nullable String label;

    @Option(names = "--customer", paramLabel = "REF")
    private @Nullable String customer;

    RunQuery query() {
        RunQuery query = RunQuery.all();
        if (status != null) {
            query = query.withStatus(one(ActivationStatus.class, "status", status));
        }
        if (turn != null) {
            query = query.withTurn(one(Turn.class, "turn", turn));
        }
        if (label != null) {
            query = query.withLabel(label);
        }
        return customer == null ? query : query.withReference(customer);
    }

    private static <E extends Enum<E>> E one(Class<E> type, String what, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(e -> e.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> Refusal.usage(
                        "fleet-" + what,
                        text,
                        Arrays.stream(type.getEnumConstants())
                                .map(e -> e.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }
}
