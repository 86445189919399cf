package io.github.kaitsu.desk;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.fleet.Fleet;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.store.RunHead;
import io.github.kaitsu.store.RunQuery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** What people would rather look at than read: how much is left, day by day, and who waits how long. Thread-safe. */
@Component
class Figures {
    private static final int POINTS = 14;

    private final ActivationClient client;
    private final Clock clock;
    private final Map<ActivationId, Ends> ends = new ConcurrentHashMap<>();

    Figures(ActivationClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** When the services of a run were linked, read once for each length of its journal. */
    private record Ends(long size, List<Instant> times) {}

    /** How many services were begun and not linked yet at a time. */
    record Left(Instant at, int services) {}

    /** Of all activations: what was left, from the first one until now, in even steps; ends without a link are taken out, too. */
    List<Left> burnDown() {
        TreeMap<Instant, Integer> changes = new TreeMap<>();
        Fleet.of(client).forEach(RunQuery.all(), head -> {
            if (!head.isRemoval()) {
                changes.merge(head.begunAt(), head.services().size(), Integer::sum);
                ends(head).forEach(t -> changes.merge(t, -1, Integer::sum));
            }
        });
        if (changes.isEmpty()) {
            return List.of();
        }
        Instant first = changes.firstKey();
        Instant now = clock.instant();
        Duration step = Duration.between(first, now).dividedBy(POINTS);
        List<Left> points = new ArrayList<>();
        for (int i = 0; i <= POINTS; i++) {
            Instant at = i == POINTS ? now : first.plus(step.multipliedBy(i));
            points.add(new Left(
                    at,
                    changes.headMap(at, true).values().stream()
                            .mapToInt(Integer::intValue)
                            .sum()));
        }
        return points;
    }

    private List<Instant> ends(RunHead head) {
        return ends.compute(
                        head.id(),
                        (id, before) -> before != null && before.size() == head.size()
                                ? before
                                : new Ends(head.size(), read(id)))
                .times();
    }

    private List<Instant> read(ActivationId id) {
        Map<CloudService, Instant> ended = new HashMap<>();
        for (JournalEntry entry : client.events(id)) {
            if (entry.event() instanceof Event.ServiceEnded end && end.status() != ActivationStatus.REMOVED) {
                ended.putIfAbsent(end.service(), entry.time());
            }
        }
        return List.copyOf(ended.values());
    }
}
