package io.github.kaitsu.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A file system of H2 that counts what was forced to the medium, and what was written since. */
public final class ForcedFiles extends FilePathWrapper {
    static final String SCHEME = "forced";
    private static final AtomicInteger FORCED = new AtomicInteger();
    private static final AtomicInteger UNFORCED = new AtomicInteger();

    static void register() {
        FilePath.register(new ForcedFiles());
    }

    static int count() {
        return FORCED.get();
    }

    static int unforced() {
        return UNFORCED.get();
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        FileChannel real = getBase().open(mode);
        return new FileBaseDefault() {
            @Override
            public long size() throws IOException {
                return real.size();
            }

            @Override
            public synchronized int read(ByteBuffer target, long position) throws IOException {
                return real.read(target, position);
            }

            @Override
            public synchronized int write(ByteBuffer source, long position) throws IOException {
                UNFORCED.incrementAndGet();
                return real.write(source, position);
            }

            @Override
            public void force(boolean withMetadata) throws IOException {
                real.force(withMetadata);
                FORCED.incrementAndGet();
                UNFORCED.set(0);
            }

            @Override
            protected void implTruncate(long size) throws IOException {
                real.truncate(size);
            }

            @Override
            public FileLock tryLock(long position, long size, boolean shared) throws IOException {
                return real.tryLock(position, size, shared);
            }

            @Override
            protected void implCloseChannel() throws IOException {
                real.close();
            }
        };
    }
}
