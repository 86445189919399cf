package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.StepId;
import io.github.kaitsu.journal.Event.Disturbed;
import io.github.kaitsu.journal.Event.Place;
import io.github.kaitsu.journal.Journal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was thrown at runs where nothing should be, of any kind, in this process. Each is logged at ERROR once, and known until its run
 * has ended. Thread-safe.
 */
final class Disturbances {
    private static final Logger LOG = LoggerFactory.getLogger(Disturbances.class);

    private final Map<ActivationId, Set<Disturbed>> known = new ConcurrentHashMap<>();

    /** Something of the embedding program threw it; that is tried again. */
    void add(ActivationId id, Place place, Optional<StepId> step, Throwable thrown) {
        if (note(id, new Disturbed(place, step, kind(thrown)))) {
            LOG.error(
                    "{} failed for activation {}{}",
                    place,
                    id,
                    step.map(s -> " at " + s).orElse(""),
                    thrown);
        } else {
            LOG.debug("{} failed again for activation {}", place, id, thrown);
        }
    }

    /** The run itself could not go on; whoever advances it logs why. */
    void stopped(ActivationId id, Throwable thrown) {
        note(id, new Disturbed(Place.RUN, Optional.empty(), kind(thrown)));
    }

    private boolean note(ActivationId id, Disturbed disturbed) {
        return known.computeIfAbsent(id, k -> ConcurrentHashMap.newKeySet()).add(disturbed);
    }

    /** The name alone: a message may hold what belongs into no journal. */
    static String kind(Throwable thrown) {
        if (thrown instanceof KaitsuException refusal) {
            return refusal.code().name();
        }
        String name = thrown.getClass().getName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** What is not in a run's journal yet. */
    List<Disturbed> besides(Journal journal) {
        Set<Disturbed> all = new LinkedHashSet<>(known.getOrDefault(journal.id(), Set.of()));
        if (!all.isEmpty()) {
            journal.entries().forEach(entry -> all.remove(entry.event()));
        }
        return List.copyOf(all);
    }

    void forget(ActivationId id) {
        known.remove(id);
    }
}
