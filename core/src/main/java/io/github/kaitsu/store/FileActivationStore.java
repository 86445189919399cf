package io.github.kaitsu.store;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.files.Disk;
import io.github.kaitsu.journal.Journal;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.store.internal.FileStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Keeps activations in a folder of this machine: one text file a journal, each append one line that is on the medium before
 * the call returns. What a crash tore is put in order by the next append. Any number of processes may share the folder; the
 * lease of a process that dies, however it dies, is free at once.
 *
 * <p>The folder belongs to the store and, on a file system with POSIX rights, to its owner alone. An absent or empty folder
 * becomes a store with the first write; reading creates nothing. Use a local disk: network file systems rarely keep the
 * promises on locks and on {@code fsync} that this rests on. In one JVM, one class loader may hold this class.
 *
 * <p>Thread-safe. Beyond what {@link ActivationStore} says, every method throws {@link KaitsuException} with
 *
 * <ul>
 *   <li>{@link ErrorCode#STORE_FOREIGN} for a folder with other things in it, {@link ErrorCode#STORE_NEWER} for one of a later
 *       version;
 *   <li>{@link ErrorCode#STORE_CORRUPT} for a line that was edited, lost, moved or repeated; it names file and line;
 *   <li>{@link ErrorCode#STORE_UNSAFE} for rights wider than the owner's and for symbolic links;
 *   <li>{@link ErrorCode#STORE_BUSY} if another process holds up a change for half a minute;
 *   <li>{@link ErrorCode#IO_ERROR} if the disk fails. A failed append is taken back; call again when the disk works.
 * </ul>
 *
 * <p>An interrupt does not stop a call; it stays set.
 */
public final class FileActivationStore implements ActivationStore {
    private final ActivationStore files;

    private FileActivationStore(ActivationStore files) {
        this.files = files;
    }

    /** A store in this folder. Touches nothing yet. */
    public static FileActivationStore at(Path folder) {
        return new FileActivationStore(new FileStore(folder, Disk.local()));
    }

    @Override
    public Optional<Journal> load(ActivationId id) {
        return files.load(id);
    }

    @Override
    public long size(ActivationId id) {
        return files.size(id);
    }

    @Override
    public void append(ActivationId id, long expectedSize, Optional<Lease> lease, List<JournalEntry> entries) {
        files.append(id, expectedSize, lease, entries);
    }

    @Override
    public Optional<Lease> tryLease(ActivationId id) {
        return files.tryLease(id);
    }

    @Override
    public List<ActivationId> all() {
        return files.all();
    }

    @Override
    public boolean claim(ClaimKey key, String owner) {
        return files.claim(key, owner);
    }

    @Override
    public Optional<String> claimant(ClaimKey key) {
        return files.claimant(key);
    }

    @Override
    public void release(ClaimKey key, String owner) {
        files.release(key, owner);
    }

    /** Gives back the leases taken through this instance. */
    @Override
    public void close() {
        files.close();
    }
}
