package io.github.kaitsu.files;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One store's calls to its disk, and the leases it gave to its callers. Thread-safe.
 *
 * <p>Calls run to their end, on threads nobody interrupts. An interrupt closes the {@code FileChannel} a thread is at work on: it
 * would leave half an append behind, or drop locks that other threads hold through the same channel. The caller's interrupt stays
 * set.
 */
public final class StoreCalls implements AutoCloseable {
    private final Path root;
    private final Set<Held> held = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "kaitsu-store");
        thread.setDaemon(true);
        return thread;
    });

    /** @param root what messages name where the disk names nothing */
    public StoreCalls(Path root) {
        this.root = root;
    }

    /** Makes a call to its end. @throws KaitsuException STORE_UNSAFE, IO_ERROR, and what the call throws */
    public <T> T run(Disk.Call<T> call) {
        if (threads.isShutdown()) {
            throw new IllegalStateException("the store is closed");
        }
        try {
            return CompletableFuture.supplyAsync(() -> translating(call), threads)
                    .join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof Error error) {
                throw error;
            }
            throw cause instanceof RuntimeException unchecked ? unchecked : e;
        }
    }

    private <T> T translating(Disk.Call<T> call) {
        try {
            return call.call();
        } catch (IOException e) {
            throw refusal(e, root);
        }
    }

    /**
     * What a failing disk means.
     *
     * @param root what the message names where the disk names nothing
     */
    public static KaitsuException refusal(IOException e, Path root) {
        Object where = e instanceof FileSystemException f && f.getFile() != null ? f.getFile() : root;
        return e instanceof AccessDeniedException
                ? KaitsuException.because(e, ErrorCode.STORE_UNSAFE, "access", where)
                : KaitsuException.because(e, ErrorCode.IO_ERROR, "", where);
    }

    /** A lock file's lease that was taken, until it or this is closed. */
    public Held held(LockFile lock) {
        Held lease = new Held(lock);
        held.add(lease);
        return lease;
    }

    /**
     * Waits for the lease of a lock file.
     *
     * @throws KaitsuException STORE_BUSY if whoever has it does not come to an end in time
     */
    public Held await(Path file, Disk disk, Duration longest) throws InterruptedException {
        LockFile lock = run(() -> LockFile.use(file, disk));
        boolean taken = false;
        try {
            Pauses pauses = new Pauses(longest);
            while (!run(() -> lock.tryLease(() -> 0L))) {
                if (!pauses.pause()) {
                    throw KaitsuException.of(ErrorCode.STORE_BUSY, "", file);
                }
            }
            taken = true;
            return held(lock);
        } finally {
            if (!taken) {
                run(() -> {
                    lock.done();
                    return true;
                });
            }
        }
    }

    /** Gives all leases back. Writes nothing, so that a store whose process "died" in a test can be closed too. */
    @Override
    public void close() {
        held.forEach(Held::close);
        threads.shutdown();
    }

    /** A lease; closing it again does nothing. */
    public final class Held implements AutoCloseable {
        private final LockFile lock;
        private boolean closed;

        private Held(LockFile lock) {
            this.lock = lock;
        }

        @Override
        public synchronized void close() {
            if (closed) {
                return;
            }
            closed = true;
            held.remove(this);
            translating(() -> {
                try {
                    lock.endLease();
                } finally {
                    lock.done();
                }
                return true;
            });
        }
    }
}
