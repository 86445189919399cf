package io.github.kaitsu.store.internal;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.files.Disk;
import io.github.kaitsu.files.IoCall;
import io.github.kaitsu.files.LockFile;
import io.github.kaitsu.files.Uninterrupted;
import io.github.kaitsu.journal.Journal;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.Appends;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The file store with the disk it works on; hosts use {@link io.github.kaitsu.store.FileActivationStore}. Thread-safe. */
public final class FileStore implements ActivationStore {
    private final StoreFolder folder;
    private final ClaimFiles claims;
    private final Disk disk;
    private final Uninterrupted calls = new Uninterrupted();
    private final Map<ActivationId, ActivationFiles> activations = new ConcurrentHashMap<>();
    private final Set<FileLease> leases = ConcurrentHashMap.newKeySet();

    public FileStore(Path directory, Disk disk) {
        this.disk = disk;
        this.folder = new StoreFolder(directory, disk);
        this.claims = new ClaimFiles(folder, disk);
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
        return run(() -> {
            folder.isStore();
            return files(id).read();
        });
    }

    @Override
    public void append(ActivationId id, long expectedSize, Optional<Lease> lease, List<JournalEntry> entries) {
        List<JournalEntry> all = Appends.numbered(expectedSize, entries);
        lease.ifPresent(l -> Appends.checkLease(id, l));
        OptionalLong token = lease.map(l -> OptionalLong.of(l.fencingToken())).orElse(OptionalLong.empty());
        run(() -> {
            files(id).append(expectedSize, token, all);
            return true;
        });
    }

    @Override
    public Optional<Lease> tryLease(ActivationId id) {
        return run(() -> files(id).tryLease().map(lock -> {
            FileLease lease = new FileLease(id, lock, lock.token());
            leases.add(lease);
            return lease;
        }));
    }

    @Override
    public List<ActivationId> all() {
        return run(() -> {
            folder.isStore();
            List<ActivationId> begun = new ArrayList<>();
            for (ActivationId id : folder.named()) {
                if (files(id).isBegun()) {
                    begun.add(id);
                }
            }
            return begun;
        });
    }

    @Override
    public boolean claim(ClaimKey key, String owner) {
        return run(() -> claims.claim(key, owner));
    }

    @Override
    public Optional<String> claimant(ClaimKey key) {
        return run(() -> {
            folder.isStore();
            return claims.claimant(key);
        });
    }

    @Override
    public void release(ClaimKey key, String owner) {
        run(() -> {
            claims.release(key, owner);
            return true;
        });
    }

    /** Gives all leases back. Writes nothing, so that a store whose process "died" in a test can be closed too. */
    @Override
    public void close() {
        leases.forEach(FileLease::close);
        calls.close();
    }

    private ActivationFiles files(ActivationId id) {
        return activations.computeIfAbsent(id, i -> new ActivationFiles(i, folder, disk));
    }

    private <T> T run(IoCall<T> call) {
        try {
            return calls.run(call);
        } catch (IOException e) {
            throw translated(e);
        }
    }

    private KaitsuException translated(IOException e) {
        Object where = e instanceof FileSystemException f && f.getFile() != null ? f.getFile() : folder.root();
        return e instanceof AccessDeniedException
                ? KaitsuException.because(e, ErrorCode.STORE_UNSAFE, "access", where)
                : KaitsuException.because(e, ErrorCode.IO_ERROR, "", where);
    }

    private final class FileLease implements Lease {
        private final ActivationId id;
        private final LockFile lock;
        private final long token;
        private boolean closed;

        FileLease(ActivationId id, LockFile lock, long token) {
            this.id = id;
            this.lock = lock;
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
        public synchronized void close() {
            if (closed) {
                return;
            }
            closed = true;
            leases.remove(this);
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
}
