package io.github.kaitsu.consent.internal;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.CredentialStore;
import io.github.kaitsu.consent.internal.CredentialEntries.Current;
import io.github.kaitsu.files.Disk;
import io.github.kaitsu.files.IoCall;
import io.github.kaitsu.files.LockFile;
import io.github.kaitsu.files.OwnerOnly;
import io.github.kaitsu.files.Pauses;
import io.github.kaitsu.files.Uninterrupted;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The credential store with the disk it works on; hosts use {@code FileCredentialStore}. Thread-safe. */
public final class CredentialFiles implements CredentialStore {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialFiles.class);

    private final CredentialFolder folder;
    private final CredentialEntries entries;
    private final Disk disk;
    private final Duration longestHold;
    private final Uninterrupted calls = new Uninterrupted();
    private final Set<FileHold> holds = ConcurrentHashMap.newKeySet();

    /** @param longestHold how long somebody else's hold is waited for */
    public CredentialFiles(Path directory, KeyRing ring, Disk disk, Duration longestHold) {
        this.folder = new CredentialFolder(directory, ring, disk);
        this.entries = new CredentialEntries(folder, ring, disk);
        this.disk = disk;
        this.longestHold = longestHold;
    }

    @Override
    public Optional<Entry> load(Key key) {
        return reading(Optional.empty(), index -> {
            Current now = entries.current(index, key);
            return now.file().map(file -> new Entry(file.version(), now.secret()));
        });
    }

    @Override
    public long version(Key key) {
        return reading(0L, index -> {
            Current now = entries.current(index, key);
            now.wipe();
            return now.version();
        });
    }

    @Override
    public Set<Key> keys() {
        return reading(Set.of(), index -> {
            OwnerOnly.directory(folder.entries()); // what is wrong with all of them is no single one's damage
            Set<Key> keys = new HashSet<>();
            for (String name : index.heads().keySet()) {
                try {
                    Current now = entries.current(index, name);
                    now.wipe();
                    now.file().ifPresent(file -> keys.add(file.key()));
                } catch (KaitsuException e) { // one that is damaged must not keep the others from their work
                    LOG.warn("the entry {} of the credential store cannot be read: {}", file(name), e.code());
                }
            }
            return keys;
        });
    }

    /** The files that {@link #keys} leaves out, and why. */
    public SortedMap<String, ErrorCode> unreadable() {
        return reading(new TreeMap<>(), index -> {
            OwnerOnly.directory(folder.entries());
            SortedMap<String, ErrorCode> found = new TreeMap<>();
            for (String name : index.heads().keySet()) {
                entries.damage(index, name).ifPresent(why -> found.put(file(name), why));
            }
            return found;
        });
    }

    private static String file(String name) {
        return name + CredentialFolder.ENTRY;
    }

    @Override
    public Optional<Long> put(Key key, long expected, byte[] secret) {
        return changing(index -> {
            Current now = entries.current(index, key);
            now.wipe();
            return now.version() == expected
                    ? Optional.of(entries.put(index, key, now, secret))
                    : Optional.<Long>empty();
        });
    }

    @Override
    public boolean delete(Key key, long expected) {
        return changing(index -> {
            Current now = entries.current(index, key);
            now.wipe();
            boolean right = now.file().isPresent() && now.version() == expected;
            if (right) {
                entries.delete(index, key, now);
            }
            return right;
        });
    }

    /** Deletes an entry that cannot be read any more. */
    public void discard(Key key) {
        changing(index -> {
            entries.discard(index, SealedEntry.name(key));
            return true;
        });
    }

    /** As {@link #discard(Key)}, by the name in {@link #unreadable}; what can be read stays. */
    public boolean discard(String file) {
        return changing(index -> {
            for (String name : index.heads().keySet()) {
                if (file(name).equals(file) && entries.damage(index, name).isPresent()) {
                    entries.discard(index, name);
                    return true;
                }
            }
            return false;
        });
    }

    /**
     * Seals all entries with the current key and puts the others out of use. The lock is taken for each entry anew, so that
     * nobody waits for all of them.
     */
    public void rotate() {
        Set<String> names = changing(index -> {
            for (String name : index.heads().keySet()) {
                entries.current(index, name).wipe(); // all can be read, or nothing is begun
            }
            return folder.write(index).heads().keySet(); // from now on the current key is in use
        });
        for (String name : names) {
            changing(index -> {
                entries.reseal(index, name);
                return true;
            });
        }
        changing(index -> {
            for (String name : index.heads().keySet()) {
                entries.reseal(
                        index,
                        name); // what another process has written meanwhile, with a key it still takes for current
            }
            folder.clearDrafts();
            return folder.write(entries.settled(index).with(Set.of()));
        });
    }

    // ---- under the lock

    private interface Work<T> {
        T on(CredentialIndex index) throws IOException;
    }

    private <T> T reading(T nothing, Work<T> work) {
        return run(() -> folder.isStore()
                ? alone(() -> {
                    Optional<CredentialIndex> index = folder.index();
                    return index.isPresent() ? work.on(index.get()) : nothing;
                })
                : nothing);
    }

    private <T> T changing(Work<T> work) {
        return run(() -> {
            folder.prepare();
            return alone(() -> {
                CredentialIndex index = folder.index().orElseThrow(() -> new IOException("the index vanished"));
                return work.on(entries.settled(index));
            });
        });
    }

    private <T> T alone(IoCall<T> work) throws IOException {
        LockFile lock = LockFile.use(folder.lock(), disk);
        try {
            return lock.alone(work);
        } finally {
            lock.done();
        }
    }

    private <T> T run(IoCall<T> call) {
        try {
            return calls.run(call);
        } catch (IOException e) {
            throw translated(e);
        }
    }

    private KaitsuException translated(IOException e) {
        Object where = e instanceof FileSystemException f && f.getFile() != null ? f.getFile() : folder.path();
        return e instanceof AccessDeniedException
                ? KaitsuException.because(e, ErrorCode.STORE_UNSAFE, "access", where)
                : KaitsuException.because(e, ErrorCode.IO_ERROR, "", where);
    }

    // ---- holds

    @Override
    public Hold hold(Key key) throws InterruptedException {
        changing(index -> true); // not with the wrong key
        Path file = folder.hold(key);
        LockFile lock = run(() -> LockFile.use(file, disk));
        boolean taken = false;
        try {
            Pauses pauses = new Pauses(longestHold);
            while (!run(() -> lock.tryLease(() -> 1L))) {
                if (!pauses.pause()) {
                    throw KaitsuException.of(ErrorCode.STORE_BUSY, "", file);
                }
            }
            taken = true;
            FileHold hold = new FileHold(lock);
            holds.add(hold);
            return hold;
        } finally {
            if (!taken) {
                run(() -> {
                    lock.done();
                    return true;
                });
            }
        }
    }

    private final class FileHold implements Hold {
        private final LockFile lock;
        private boolean closed;

        FileHold(LockFile lock) {
            this.lock = lock;
        }

        @Override
        public synchronized void close() {
            if (closed) {
                return;
            }
            closed = true;
            holds.remove(this);
            try {
                try {
                    lock.endLease();
                } finally {
                    lock.done();
                }
            } catch (IOException e) {
                throw translated(e);
            }
        }
    }

    /** Gives all holds back. Writes nothing. */
    @Override
    public void close() {
        holds.forEach(FileHold::close);
        calls.close();
    }
}
