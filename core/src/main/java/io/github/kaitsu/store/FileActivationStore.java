package io.github.kaitsu.store;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.files.Disk;
import io.github.kaitsu.files.StoreCalls;
import io.github.kaitsu.journal.Journal;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.store.internal.ActivationFiles;
import io.github.kaitsu.store.internal.ChangeFiles;
import io.github.kaitsu.store.internal.ClaimFiles;
import io.github.kaitsu.store.internal.HeadIndex;
import io.github.kaitsu.store.internal.JournalState;
import io.github.kaitsu.store.internal.StoreFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps activations in a folder of this machine: one text file a journal, each append one line that is on the medium before
 * the call returns. What a crash tore is put in order by the next append. Any number of processes may share the folder; the
 * lease of a process that dies, however it dies, is free at once.
 *
 * <p>Of a forgotten run its folder stays, with the time and the lock: its name is the run's id, so an id should name nobody. What was
 * erased is deleted from the file system; what a medium, a snapshot or a backup still holds is the host's to erase.
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
    private static final int MOST_WARM = 256;

    private final StoreFolder folder;
    private final ClaimFiles claims;
    private final Disk disk;
    private final StoreCalls calls;
    private final Map<ActivationId, ActivationFiles> activations = new ConcurrentHashMap<>();
    private final HeadIndex index = new HeadIndex();
    private final ChangeFiles changes;

    /** Whose entries are kept in memory, those used last at the end. */
    private final Map<ActivationId, ActivationFiles> warm = new LinkedHashMap<>(16, 0.75f, true);

    /** @param disk what a test may break */
    FileActivationStore(Path directory, Disk disk) {
        this.disk = disk;
        this.folder = new StoreFolder(directory, disk);
        this.claims = new ClaimFiles(folder, disk);
        this.calls = new StoreCalls(folder.root());
        this.changes = new ChangeFiles(folder, index);
    }

    /** A store in this folder. Touches nothing yet. */
    public static FileActivationStore at(Path folder) {
        return new FileActivationStore(folder, Disk.local());
    }

    @Override
    public Optional<Journal> load(ActivationId id) {
        return current(id).journal(id);
    }

    @Override
    public long size(ActivationId id) {
        return current(id).size();
    }

    private JournalState current(ActivationId id) {
        return calls.run(() -> {
            folder.isStore();
            return warm(id).read();
        });
    }

    @Override
    public void append(
            ActivationId id,
            long expectedSize,
            Optional<Lease> lease,
            List<JournalEntry> entries,
            Optional<RunHead> head) {
        List<JournalEntry> all = ActivationStore.checked(id, expectedSize, lease, entries);
        OptionalLong token = lease.map(l -> OptionalLong.of(l.fencingToken())).orElse(OptionalLong.empty());
        calls.run(() -> {
            long bytes = warm(id).append(expectedSize, token, all);
            if (!all.isEmpty()) {
                changes.appended(id, bytes, head);
            }
            return true;
        });
    }

    @Override
    public Optional<Lease> tryLease(ActivationId id) {
        return calls.run(() -> files(id).tryLease().map(lock -> new FileLease(id, lock.token(), calls.held(lock))));
    }

    @Override
    public List<ActivationId> all() {
        return calls.run(() -> {
            folder.isStore();
            changes.poll();
            List<ActivationId> begun = new ArrayList<>();
            for (ActivationId id : folder.named()) {
                if (index.head(id).isPresent() || files(id).isBegun()) {
                    begun.add(id);
                }
            }
            return begun;
        });
    }

    // ---- heads

    @Override
    public Optional<RunHead> head(ActivationId id) {
        return heads(() -> index.head(id));
    }

    @Override
    public RunPage find(RunQuery query, Optional<ActivationId> after, int limit) {
        return heads(() -> index.find(query, after, limit));
    }

    @Override
    public List<ActivationId> headless() {
        return heads(() -> {
            List<ActivationId> begun = new ArrayList<>();
            for (ActivationId id : changes.headless()) {
                if (files(id).isBegun()) {
                    begun.add(id);
                }
            }
            return begun;
        });
    }

    @Override
    public Changes changedSince(Changes since) {
        return heads(() -> index.since(since));
    }

    private <T> T heads(Disk.Call<T> call) {
        return calls.run(() -> {
            if (folder.isStore()) {
                changes.sweep(this::lengths);
                changes.poll();
            }
            return call.call();
        });
    }

    private Map<ActivationId, Long> lengths() throws IOException {
        Map<ActivationId, Long> lengths = new HashMap<>();
        for (ActivationId id : folder.named()) {
            long length = files(id).length();
            if (length > 0) {
                lengths.put(id, length);
            }
        }
        return lengths;
    }

    @Override
    public void restore(RunHead head) {
        calls.run(() -> {
            JournalState now = warm(head.id()).read();
            if (now.size() == head.size()) {
                changes.restored(now.stamp().map(JournalState.Stamp::length).orElse(0L), head);
            }
            return true;
        });
    }

    @Override
    public void forget(ActivationId id, long expectedSize, Lease lease, Instant at) {
        ActivationStore.checked(id, expectedSize, lease);
        calls.run(() -> {
            files(id).forget(expectedSize, lease.fencingToken(), at);
            changes.forgotten(id);
            return true;
        });
    }

    @Override
    public Optional<Instant> forgottenAt(ActivationId id) {
        return calls.run(() -> {
            folder.isStore();
            return files(id).forgottenAt();
        });
    }

    @Override
    public boolean claim(ClaimKey key, String owner) {
        return calls.run(() -> claims.claim(key, owner));
    }

    @Override
    public Optional<String> claimant(ClaimKey key) {
        return calls.run(() -> {
            folder.isStore();
            return claims.claimant(key);
        });
    }

    @Override
    public void release(ClaimKey key, String owner) {
        calls.run(() -> {
            claims.release(key, owner);
            return true;
        });
    }

    /** Gives back the leases taken through this instance. */
    @Override
    public void close() {
        calls.close();
    }

    /** The files of a run whose journal is about to be used. */
    private ActivationFiles warm(ActivationId id) {
        ActivationFiles used = files(id);
        synchronized (warm) {
            warm.put(id, used);
            if (warm.size() > MOST_WARM) {
                Map.Entry<ActivationId, ActivationFiles> eldest =
                        warm.entrySet().iterator().next();
                eldest.getValue().coolDown();
                warm.remove(eldest.getKey());
            }
        }
        return used;
    }

    private ActivationFiles files(ActivationId id) {
        return activations.computeIfAbsent(id, i -> new ActivationFiles(i, folder, disk));
    }

    private record FileLease(ActivationId activation, long fencingToken, StoreCalls.Held lock) implements Lease {
        @Override
        public void close() {
            lock.close();
        }
    }
}
