package io.github.kaitsu.store;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.Journal;
import io.github.kaitsu.journal.JournalEntry;
import java.time.Instant;
import java.util.List;
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

    /** How many entries the journal has, cheaply; 0 if there is none, or it was forgotten. */
    long size(ActivationId id);

    /**
     * Appends all entries durably or none, even across a crash. No entries are no mistake: what is checked is checked, and
     * nothing is written.
     *
     * @param expectedSize the number of entries the caller has seen
     * @param lease the caller's right to advance; absent for answers, cancels and the first entry, which need none
     * @param entries numbered on from {@code expectedSize}
     * @throws IllegalArgumentException if they are not, or the lease is another run's
     * @throws KaitsuException STORE_CONFLICT if the journal has grown meanwhile, or the lease was lost; ACTIVATION_FORGOTTEN if the
     *     run was forgotten
     */
    void append(ActivationId id, long expectedSize, Optional<Lease> lease, List<JournalEntry> entries);

    /**
     * The right to advance a run, or empty while anybody has it, this store included. Closing gives it back, a second time
     * harmlessly; a dead process loses it. The run need not have begun.
     */
    Optional<Lease> tryLease(ActivationId id);

    /**
     * Every run that was begun, those with an {@link Event.Ended} entry too, in no particular order; none that was forgotten. One
     * whose journal cannot be read is named as well: loading it says why.
     */
    List<ActivationId> all();

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

    /** Ends the use of this object; journals and claims stay. */
    @Override
    void close();

    /** Names what can be claimed: {@code customer} or {@code console}, and which. */
    record ClaimKey(String kind, String name) {}

    /** See {@link #tryLease}. */
    interface Lease extends AutoCloseable {
        /** The run that may be advanced with it. */
        ActivationId activation();

        /** Grows with every lease of a run. An append under an older token is refused. */
        long fencingToken();

        @Override
        void close();
    }
}
