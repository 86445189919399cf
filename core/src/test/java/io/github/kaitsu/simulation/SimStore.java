package io.github.kaitsu.simulation;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.journal.Journal;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.RunHead;
import io.github.kaitsu.store.RunPage;
import io.github.kaitsu.store.RunQuery;
import io.github.kaitsu.store.internal.HeadIndex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A store in memory that can crash its process before or after any append, claim or release. */
final class SimStore implements ActivationStore {
    /** The process is dead; what was appended stays. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final Map<ActivationId, List<JournalEntry>> journals = new HashMap<>();
    private final Map<ActivationId, Instant> forgotten = new HashMap<>();
    private final Map<ClaimKey, String> claims = new HashMap<>();
    private final HeadIndex heads = new HeadIndex();
    private final Set<ActivationId> leased = new HashSet<>();
    private long tokens;
    private int writes;
    private int crashAtWrite = Integer.MAX_VALUE;
    private boolean crashBefore;

    /** @param write counted from 1 over all appends, claims and releases */
    void crashAt(int write, boolean before) {
        crashAtWrite = write;
        crashBefore = before;
    }

    int writes() {
        return writes;
    }

    /** Leases die with their process. */
    void processDied() {
        leased.clear();
        crashAtWrite = Integer.MAX_VALUE;
    }

    private void write(Runnable change) {
        writes++;
        boolean crash = writes == crashAtWrite;
        if (crash && crashBefore) {
            throw new Crash();
        }
        change.run();
        if (crash) {
            throw new Crash();
        }
    }

    @Override
    public Optional<Journal> load(ActivationId id) {
        return Optional.ofNullable(journals.get(id)).map(e -> new Journal(id, e));
    }

    @Override
    public long size(ActivationId id) {
        return journals.getOrDefault(id, List.of()).size();
    }

    @Override
    public void append(
            ActivationId id,
            long expectedSize,
            Optional<Lease> lease,
            List<JournalEntry> entries,
            Optional<RunHead> head) {
        if (size(id) != expectedSize) {
            throw KaitsuException.of(ErrorCode.STORE_CONFLICT, "");
        }
        write(() -> {
            journals.computeIfAbsent(id, k -> new ArrayList<>()).addAll(entries);
            heads.changed(id, head);
        });
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
    public List<ActivationId> headless() {
        return journals.keySet().stream().filter(id -> heads.head(id).isEmpty()).toList();
    }

    @Override
    public void restore(RunHead head) {
        heads.restored(head);
    }

    @Override
    public Changes changedSince(Changes since) {
        return heads.since(since);
    }

    @Override
    public Optional<Lease> tryLease(ActivationId id) {
        if (!leased.add(id)) {
            return Optional.empty();
        }
        long token = ++tokens;
        return Optional.of(new Lease() {
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
                leased.remove(id);
            }
        });
    }

    @Override
    public List<ActivationId> all() {
        return List.copyOf(journals.keySet());
    }

    @Override
    public void forget(ActivationId id, long expectedSize, Lease lease, Instant at) {
        if (size(id) != expectedSize) {
            throw KaitsuException.of(ErrorCode.STORE_CONFLICT, "");
        }
        write(() -> {
            journals.remove(id);
            heads.remove(id);
            forgotten.put(id, at);
        });
    }

    @Override
    public Optional<Instant> forgottenAt(ActivationId id) {
        return Optional.ofNullable(forgotten.get(id));
    }

    @Override
    public boolean claim(ClaimKey key, String owner) {
        if (!claims.containsKey(key)) {
            write(() -> claims.put(key, owner));
        }
        return owner.equals(claims.get(key));
    }

    @Override
    public Optional<String> claimant(ClaimKey key) {
        return Optional.ofNullable(claims.get(key));
    }

    @Override
    public void release(ClaimKey key, String owner) {
        if (owner.equals(claims.get(key))) {
            write(() -> claims.remove(key));
        }
    }

    @Override
    public void close() {}
}
