package io.github.kaitsu.internal.engine;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Waiting;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.provision.ActivationStep;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What follows from a state: append the events, else make the looks, else sleep until {@code wakeAt} or an answer.
 *
 * @param decideAt when something is decided by the time alone, at the latest
 * @param watches the steps that are looked at meanwhile; as long as nothing new is seen, nothing is decided before {@code decideAt}
 * @param waiting whom each service waits for
 */
public record Decision(
        List<Event> events,
        List<ActivationStep> looks,
        Optional<Instant> decideAt,
        List<Watch> watches,
        Optional<Instant> wakeAt,
        Map<CloudService, Waiting> waiting) {
    public Decision {
        watches = List.copyOf(watches);
        events = List.copyOf(events);
        looks = List.copyOf(looks);
        waiting = Map.copyOf(waiting);
    }
}
