package io.github.kaitsu.store.internal;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.store.ActivationStore.Changes;
import io.github.kaitsu.store.RunHead;
import io.github.kaitsu.store.RunPage;
import io.github.kaitsu.store.RunQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The heads of all runs in memory, and in which order they changed. Thread-safe. */
public final class HeadIndex {
    private final NavigableMap<ActivationId, RunHead> heads = new TreeMap<>(Comparator.comparing(ActivationId::value));
    private final NavigableMap<Long, ActivationId> changes = new TreeMap<>();
    private final Map<ActivationId, Long> changed = new HashMap<>();
    private long counted;

    /** A run was written to; its head as of then, unless nobody knows it. An older head changes nothing. */
    public synchronized void changed(ActivationId id, Optional<RunHead> head) {
        RunHead known = heads.get(id);
        if (head.isPresent() && known != null && known.size() > head.get().size()) {
            return;
        }
        head.ifPresentOrElse(now -> heads.put(id, now), () -> heads.remove(id));
        Long before = changed.put(id, ++counted);
        if (before != null) {
            changes.remove(before);
        }
        changes.put(counted, id);
    }

    /** A head that was made anew: nothing has happened in the run. */
    public synchronized void restored(RunHead head) {
        heads.put(head.id(), head);
    }

    public synchronized void remove(ActivationId id) {
        heads.remove(id);
        Long before = changed.remove(id);
        if (before != null) {
            changes.remove(before);
        }
    }

    public synchronized Optional<RunHead> head(ActivationId id) {
        return Optional.ofNullable(heads.get(id));
    }

    public synchronized List<RunHead> all() {
        return List.copyOf(heads.values());
    }

    /** See {@link io.github.kaitsu.store.ActivationStore#find}. */
    public synchronized RunPage find(RunQuery query, Optional<ActivationId> after, int limit) {
        List<RunHead> page = new ArrayList<>();
        long total = 0;
        boolean more = false;
        for (RunHead head : heads.values()) {
            if (!query.matches(head)) {
                continue;
            }
            total++;
            boolean isLater =
                    after.map(a -> a.value().compareTo(head.id().value()) < 0).orElse(true);
            if (isLater && page.size() < limit) {
                page.add(head);
            } else {
                more |= isLater;
            }
        }
        return new RunPage(
                page, total, more ? Optional.of(page.get(page.size() - 1).id()) : Optional.empty());
    }

    /** See {@link io.github.kaitsu.store.ActivationStore#changedSince}. */
    public synchronized Changes since(Changes since) {
        if (since.cursor().isEmpty()) {
            return new Changes(List.of(), Long.toString(counted));
        }
        return new Changes(
                List.copyOf(
                        changes.tailMap(Long.parseLong(since.cursor()), false).values()),
                Long.toString(counted));
    }
}
