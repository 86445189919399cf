package io.github.kaitsu.files;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One lock file, as all of this JVM shares it: byte 0 is a lease held for long, byte 1 guards one short change. The kernel
 * drops both when the process dies, however it dies. The file is empty and is never deleted: whoever locked a deleted file
 * would be alone with it.
 *
 * <p>Shared, because POSIX locks belong to the process and not to whoever asked: closing <em>any</em> channel of the file
 * drops every lock this process has on it, and a second store in this JVM would get an
 * {@link OverlappingFileLockException} instead of waiting. So there is one channel per file and JVM, closed by its last
 * user, and locks in memory stand before those of the kernel. Nobody else in this JVM may open these files; a second class
 * loader with a copy of this class would.
 *
 * <p>Only {@code tryLock} is used. A waiting {@code lock} can fail with a deadlock that is none, since the kernel takes all
 * threads of a process for one; and a process that stands still would hold up all others for ever.
 */
public final class LockFile {
    private static final long LEASE = 0;
    private static final long CHANGE = 1;
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(30);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

    /** The process has these locks, so the process must know them: the one place where static state cannot be avoided. */
    private static final Map<Path, LockFile> OPEN = new HashMap<>();

    /** No two leases of this process have the same token, also where the first left no trace. */
    private static final AtomicLong ISSUED = new AtomicLong();

    private final Path key;
    private final FileChannel channel;
    private final ReentrantLock changing = new ReentrantLock(true);
    private int users; // guarded by OPEN
    private final AtomicBoolean leased = new AtomicBoolean(); // whoever set it owns the next two
    private volatile @Nullable FileLock lease;
    private volatile long token; // from 1; 0 while there is no lease

    private LockFile(Path key, FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    /** Opens it, creating it if need be; every call is followed by one of {@link #done}. */
    public static LockFile use(Path file, Disk disk) throws IOException {
        synchronized (OPEN) {
            if (OwnerOnly.file(file).isEmpty()) {
                try {
                    disk.createFile(file);
                } catch (FileAlreadyExistsException e) {
                    OwnerOnly.file(file); // another process was faster
                }
            }
            return open(file);
        }
    }

    private static LockFile open(Path file) throws IOException {
        Path key = Objects.requireNonNull(file.getParent()).toRealPath().resolve(file.getFileName());
        LockFile known = OPEN.get(key);
        if (known == null) {
            known = new LockFile(key, OwnerOnly.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
            OPEN.put(key, known);
        }
        known.users++;
        return known;
    }

    public void done() throws IOException {
        synchronized (OPEN) {
            if (--users == 0) {
                OPEN.remove(key);
                channel.close();
            }
        }
    }

    /** How many lock files this JVM has open. */
    public static int open() {
        synchronized (OPEN) {
            return OPEN.size();
        }
    }

    /**
     * Alone among all threads and processes that change what this file guards.
     *
     * @throws KaitsuException STORE_BUSY if somebody else does not come to an end
     */
    public <T> T alone(Disk.Call<T> change) throws IOException {
        long start = System.nanoTime();
        boolean first = false;
        try {
            first = changing.tryLock(LONGEST_WAIT, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!first) {
            throw KaitsuException.of(ErrorCode.STORE_BUSY, "", key);
        }
        try {
            FileLock lock = await(start);
            try {
                return change.call();
            } finally {
                lock.release();
            }
        } finally {
            changing.unlock();
        }
    }

    private FileLock await(long start) throws IOException {
        for (long pause = 50_000; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
            FileLock lock = tryLock(CHANGE);
            if (lock != null) {
                return lock;
            }
            if (System.nanoTime() - start > LONGEST_WAIT) {
                throw KaitsuException.of(ErrorCode.STORE_BUSY, "", key);
            }
            LockSupport.parkNanos(pause);
        }
    }

    /**
     * Takes the lease, unless somebody has it.
     *
     * @param lastToken the last token that left a trace; this lease's is greater, and greater than any other of this process
     */
    public boolean tryLease(Disk.Call<Long> lastToken) throws IOException {
        if (!leased.compareAndSet(false, true)) {
            return false;
        }
        try {
            FileLock taken = tryLock(LEASE);
            if (taken != null) {
                lease = taken;
                token = Math.max(lastToken.call() + 1, ISSUED.incrementAndGet());
            }
        } finally {
            if (token == 0) {
                endLease();
            }
        }
        return token != 0;
    }

    /** The token of the lease that somebody in this JVM holds; 0 if nobody does. */
    public long token() {
        return token;
    }

    /** For the holder only. */
    public void endLease() throws IOException {
        FileLock held = lease;
        lease = null;
        token = 0;
        try {
            if (held != null) {
                held.release();
            }
        } finally {
            leased.set(false);
        }
    }

    private @Nullable FileLock tryLock(long position) throws IOException {
        try {
            return channel.tryLock(position, 1, false);
        } catch (OverlappingFileLockException e) {
            return null; // another class loader of this JVM
        }
    }
}
