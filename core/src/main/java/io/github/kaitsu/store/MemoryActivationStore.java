package io.github.kaitsu.store;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.journal.Journal;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.store.internal.HeadIndex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps everything in memory: for tests, and for runs that need not outlive their process. Share one instance among all
 * clients that work on the same activations. Thread-safe; closing it loses nothing and does nothing.
 */
public final class MemoryActivationStore implements ActivationStore {
    private final Map<ActivationId, List<JournalEntry>> journals = new HashMap<>();
    private final Map<ActivationId, Instant> forgotten = new HashMap<>();
    private final Map<ActivationId, Long> tokens = new HashMap<>();
    private final Map<ActivationId, Lease> leases = new HashMap<>();
    private final Map<ClaimKey, String> claims = new HashMap<>();
    private final HeadIndex heads = new HeadIndex();

    /** An empty store. */
    public MemoryActivationStore() {
        // Nothing to prepare.
    }

    @Override
    public synchronized Optional<Journal> load(ActivationId id) {
        return Optional.ofNullable(journals.get(id)).map(entries -> new Journal(id, entries));
    }

    @Override
    public synchronized long size(ActivationId id) {
        return journals.getOrDefault(id, List.of()).size();
    }

    @Override
    public synchronized void append(
            ActivationId id,
            long expectedSize,
            Optional<Lease> lease,
            List<JournalEntry> entries,
            Optional<RunHead> head) {
        List<JournalEntry> all = ActivationStore.checked(id, expectedSize, lease, entries);
        if (forgotten.containsKey(id)) {
            throw KaitsuException.of(ErrorCode.ACTIVATION_FORGOTTEN, "", id);
        }
        check(id, expectedSize, lease);
        if (!all.isEmpty()) {
            journals.computeIfAbsent(id, i -> new ArrayList<>()).addAll(all);
            heads.changed(id, head);
        }
    }

    private void check(ActivationId id, long expectedSize, Optional<Lease> lease) {
        if (lease.isPresent()) {
            Lease holder = leases.get(id);
            if (holder == null || holder.fencingToken() != lease.get().fencingToken()) {
                throw KaitsuException.of(ErrorCode.STORE_CONFLICT, "lease", id);
            }
        }
        if (size(id) != expectedSize) {
            throw KaitsuException.of(ErrorCode.STORE_CONFLICT, "", id);
        }
    }

    @Override
    public synchronized Optional<Lease> tryLease(ActivationId id) {
        if (leases.containsKey(id)) {
            return Optional.empty();
        }
        Lease lease = new MemoryLease(id, tokens.merge(id, 1L, Long::sum));
        leases.put(id, lease);
        return Optional.of(lease);
    }

    @Override
    public synchronized List<ActivationId> all() {
        return List.copyOf(journals.keySet());
    }

    @Override
    public Optional<RunHead> head(ActivationId id) {
        return heads.head(id);
    }

    @Override
    public RunPage find(RunQuery query, Optional<ActivationId> after, int limit) {
        return heads.find(query, after, limit);
    }

    @Override
    public synchronized List<ActivationId> headless() {
        return journals.keySet().stream().filter(id -> heads.head(id).isEmpty()).toList();
    }

    @Override
    public synchronized void restore(RunHead head) {
        if (size(head.id()) == head.size()) {
            heads.restored(head);
        }
    }

    @Override
    public Changes changedSince(Changes since) {
        return heads.since(since);
    }

    @Override
    public synchronized void forget(ActivationId id, long expectedSize, Lease lease, Instant at) {
        ActivationStore.checked(id, expectedSize, lease);
        if (!forgotten.containsKey(id)) {
            check(id, expectedSize, Optional.of(lease));
            journals.remove(id);
            heads.remove(id);
            forgotten.put(id, at);
        }
    }

    @Override
    public synchronized Optional<Instant> forgottenAt(ActivationId id) {
        return Optional.ofNullable(forgotten.get(id));
    }

    @Override
    public synchronized boolean claim(ClaimKey key, String owner) {
        return owner.equals(claims.computeIfAbsent(key, k -> owner));
    }

    @Override
    public synchronized Optional<String> claimant(ClaimKey key) {
        return Optional.ofNullable(claims.get(key));
    }

    @Override
    public synchronized void release(ClaimKey key, String owner) {
        claims.remove(key, owner);
    }

    @Override
    public void close() {
        // Nothing to give back: the leases are their holders'.
    }

    private synchronized void end(MemoryLease lease) {
        leases.remove(lease.id, lease);
    }

    private final class MemoryLease implements Lease {
        private final ActivationId id;
        private final long token;

        MemoryLease(ActivationId id, long token) {
            this.id = id;
            this.token = token;
        }

        @Override
        public ActivationId activation() {
            return id;
        }

        @Override
        public long fencingToken() {
            return token;
        }

        @Override
        public void close() {
            end(this);
        }
    }
}
