package io.github.kaitsu.store;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What lists show of a run without reading its journal. Derived: it is written with each append, and made again from the journal
 * where it is missing or older. Immutable; holds no secret.
 *
 * @param size how many journal entries it tells of
 * @param isRemoval whether the run removes services
 * @param company as the request has it
 * @param reference as the request has it
 * @param labels as the request has them
 * @param services how far each service of the run is, in the order of {@link CloudService}
 * @param waitingSince since when it is that one's turn
 * @param begunAt the time of the first entry
 * @param lastEventAt the time of the newest entry
 */
public record RunHead(
        ActivationId id,
        long size,
        CustomerId customer,
        boolean isRemoval,
        Optional<String> company,
        Optional<String> reference,
        Set<String> labels,
        Map<CloudService, ActivationStatus> services,
        Turn turn,
        Instant waitingSince,
        Instant begunAt,
        Instant lastEventAt) {
    /** Keeps copies of what is given. */
    public RunHead {
        labels = Set.copyOf(labels);
        services = services.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(services));
    }

    /** Whether the run has ended. */
    public boolean isEnded() {
        return turn == Turn.NOBODY;
    }
}
