package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.store.RunQuery;
import io.github.kaitsu.store.Turn;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which runs of the fleet, also by how they stand. */
final class FleetQuery extends FleetSome {
    @Option(names = "--status", paramLabel = "S")
    private @Nullable String status;

    @Option(names = "--turn", paramLabel = "person|kaitsu|vendor")
    private @Nullable String turn;

    @Override
    RunQuery query() {
        RunQuery query = super.query();
        if (status != null) {
            query = query.withStatus(one(ActivationStatus.class, "status", status));
        }
        return turn == null ? query : query.withTurn(one(Turn.class, "turn", turn));
    }

    @Override
    boolean isGiven() {
        return super.isGiven() || status != null || turn != null;
    }

    /** The one of this name; the texts of a refusal stand under {@code usage.fleet-<what>}. */
    static <E extends Enum<E>> E one(Class<E> type, String what, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(e -> word(e).equals(text.toLowerCase(Locale.ROOT).replace('_', '-')))
                .findFirst()
                .orElseThrow(() -> Refusal.usage(
                        "fleet-" + what,
                        text,
                        Arrays.stream(type.getEnumConstants())
                                .map(FleetQuery::word)
                                .collect(Collectors.joining(", "))));
    }

    private static String word(Enum<?> e) {
        return e.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
