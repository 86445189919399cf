package io.github.kaitsu.store;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.Journal;
import io.github.kaitsu.journal.JournalEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where journals, leases and claims live. Implementations are thread-safe and are shared by every process that works on the same
 * activations; run {@code io.github.kaitsu.contract.ActivationStoreContract} against yours.
 *
 * <p>Every method throws {@link KaitsuException} with IO_ERROR if the medium fails (the next call may succeed), and with STORE_…
 * where its contents cannot be trusted.
 *
 * <p>Two different locks. The <em>lease</em> says who may advance a run right now; it is short, ends with its process, and is
 * never timed by a clock that a host or a test can move. A <em>claim</em> is durable and has no expiry: it says which run a
 * customer or a console belongs to, survives every crash, and goes only when its owner releases it.
 */
public interface ActivationStore extends AutoCloseable {

    /** All that was ever appended and confirmed, by anybody; empty if nothing was ever begun under this id, or it was forgotten. */
    Optional<Journal> load(ActivationId id);

    /** What was appended after so many entries; empty if nothing was. Cheaper than {@link #load} where the medium can tell. */
    default List<JournalEntry> tail(ActivationId id, long seen) {
        List<JournalEntry> all = load(id).map(Journal::entries).orElse(List.of());
        return all.subList((int) Math.min(seen, all.size()), all.size());
    }

    /** How many entries the journal has, cheaply; 0 if there is none, or it was forgotten. */
    long size(ActivationId id);

    /** Which of these runs have another number of entries than was seen. */
    default List<ActivationId> grown(Map<ActivationId, Long> seen) {
        return seen.entrySet().stream()
                .filter(run -> size(run.getKey()) != run.getValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Appends all entries durably or none, even across a crash. No entries are no mistake: what is checked is checked, and
     * nothing is written.
     *
     * @param expectedSize the number of entries the caller has seen
     * @param lease the caller's right to advance; absent for answers, cancels and the first entry, which need none
     * @param entries numbered on from {@code expectedSize}
     * @param head what lists show of the run with these entries; becomes visible with them, or not at all and the run is {@linkplain
     *     #headless() headless}. Absent: it is
     * @throws IllegalArgumentException if the entries are numbered otherwise, or the lease is another run's
     * @throws KaitsuException STORE_CONFLICT if the journal has grown meanwhile, or the lease was lost; ACTIVATION_FORGOTTEN if the
     *     run was forgotten
     */
    void append(
            ActivationId id,
            long expectedSize,
            Optional<Lease> lease,
            List<JournalEntry> entries,
            Optional<RunHead> head);

    /** The same without a head. */
    default void append(ActivationId id, long expectedSize, Optional<Lease> lease, List<JournalEntry> entries) {
        append(id, expectedSize, lease, entries, Optional.empty());
    }

    /**
     * The right to append to a run what was decided about it, or empty while anybody has it, this store included. Closing gives it
     * back, a second time harmlessly; a dead process loses it. The run need not have begun. Whoever takes it and appends nothing has
     * written nothing, as far as the medium allows.
     */
    Optional<Lease> tryLease(ActivationId id);

    /**
     * Every run that was begun, those with an {@link Event.Ended} entry too, in no particular order; none that was forgotten. One
     * whose journal cannot be read is named as well: loading it says why.
     */
    List<ActivationId> all();

    // ---- heads: what is known of runs without their journals

    /** What lists show of a run; empty if there is none, it is headless, or it was forgotten. */
    Optional<RunHead> head(ActivationId id);

    /**
     * A page of the runs that are wanted, in the order of their ids. Headless ones are on none.
     *
     * @param after the last run of the page before; empty for the first page
     * @param limit at most so many, at least 1
     */
    RunPage find(RunQuery query, Optional<ActivationId> after, int limit);

    /**
     * The runs whose head is missing or tells of fewer entries than the journal has, after a crash or by another version: whoever
     * can read their journals {@linkplain #restore restores} it. May name one whose head is whole.
     */
    List<ActivationId> headless();

    /** Takes a head that was made from the journal; nothing happens if the journal has another length by now. */
    void restore(RunHead head);

    /**
     * The runs in which anybody, this process too, has written since.
     *
     * @param since what an earlier call returned, or {@link Changes#NONE}: then nothing is named, and counting begins
     * @return may name more; after a crash of another process, a change may be named a minute late
     */
    Changes changedSince(Changes since);

    /**
     * What changed.
     *
     * @param cursor this store's own way to tell what was named already
     */
    record Changes(List<ActivationId> runs, String cursor) {
        /** Nothing was named yet. */
        public static final Changes NONE = new Changes(List.of(), "");

        /** Keeps a copy of the list. */
        public Changes {
            runs = List.copyOf(runs);
        }
    }

    /**
     * Erases a run's journal, for good: of what it was, only its id and the time remain. A crash on the way leaves the run whole or
     * forgotten, for every reader and for ever; what the medium still holds of a forgotten one is erased by the next process that lists
     * or asks; if the medium fails, call again. Claims stay. A run that was forgotten before stays so, with the time of then.
     *
     * @param expectedSize the number of entries the caller has seen, at least 1
     * @param lease the caller's right to advance the run
     * @param at when that is
     * @throws IllegalArgumentException if nothing is expected, or the lease is another run's
     * @throws KaitsuException STORE_CONFLICT if the journal has another length, or the lease was lost
     */
    void forget(ActivationId id, long expectedSize, Lease lease, Instant at);

    /** When a run was forgotten; empty if it never was. */
    Optional<Instant> forgottenAt(ActivationId id);

    /**
     * Takes something for an owner.
     *
     * @return whether it is the owner's afterwards; claiming again what one has is true and changes nothing
     */
    boolean claim(ClaimKey key, String owner);

    /** Whose it is; empty if it is nobody's. */
    Optional<String> claimant(ClaimKey key);

    /** Gives it back, if it is the owner's; else nothing happens. */
    void release(ClaimKey key, String owner);

    /**
     * What every store asks of an append before it looks at its journal.
     *
     * @return the entries, which nobody can change any more
     * @throws IllegalArgumentException if they are numbered otherwise, or the lease is another run's: mistakes of the caller's program
     */
    static List<JournalEntry> checked(
            ActivationId id, long expectedSize, Optional<Lease> lease, List<JournalEntry> entries) {
        List<JournalEntry> all = List.copyOf(entries);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).number() != expectedSize + i + 1) {
                throw new IllegalArgumentException(
                        "entry " + all.get(i).number() + " cannot follow " + (expectedSize + i) + " entries");
            }
        }
        lease.filter(l -> !l.activation().equals(id)).ifPresent(l -> {
            throw new IllegalArgumentException("a lease of " + l.activation() + " is none of " + id);
        });
        return all;
    }

    /**
     * What every store asks before it forgets.
     *
     * @throws IllegalArgumentException if the run was not begun, or the lease is another run's: mistakes of the caller's program
     */
    static void checked(ActivationId id, long expectedSize, Lease lease) {
        if (expectedSize < 1) {
            throw new IllegalArgumentException("what was not begun cannot be forgotten");
        }
        checked(id, expectedSize, Optional.of(lease), List.of());
    }

    /** Ends the use of this object; journals and claims stay. */
    @Override
    void close();

    /** Names what can be claimed: {@code customer} or {@code console}, and which. */
    record ClaimKey(String kind, String name) {}

    /** See {@link #tryLease}. */
    interface Lease extends AutoCloseable {
        /**
         * Keeps a lease that would end by itself, where it does; to be called about every ten seconds of a long turn.
         *
         * @return false if it is lost
         */
        default boolean renew() {
            return true;
        }

        /** The run that may be advanced with it. */
        ActivationId activation();

        /** Grows with every lease of a run. An append under an older token is refused. */
        long fencingToken();

        @Override
        void close();
    }
}
