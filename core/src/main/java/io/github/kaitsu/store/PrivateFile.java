package io.github.kaitsu.store;

import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.files.AtomicFile;
import io.github.kaitsu.files.Disk;
import io.github.kaitsu.files.LockFile;
import io.github.kaitsu.files.OwnerOnly;
import io.github.kaitsu.files.StoreCalls;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A small file that a host keeps beside a store, written as the store writes its own: for its owner alone, on the medium before a
 * call returns, and after a crash either as it was or as it was to become.
 *
 * <p>Thread-safe, also among processes. Every method throws {@link KaitsuException} with STORE_UNSAFE for rights wider than the
 * owner's and for symbolic links, and IO_ERROR if the disk fails; an interrupt does not stop a call, it stays set.
 */
public final class PrivateFile {
    private static final String LOCK = ".lock";

    private final Path file;
    private final Disk disk;

    /** @param disk what a test may break */
    PrivateFile(Path file, Disk disk) {
        this.file = file.toAbsolutePath();
        this.disk = disk;
    }

    /**
     * The file of this name. Touches nothing yet.
     *
     * @param file in a folder that exists
     */
    public static PrivateFile at(Path file) {
        return new PrivateFile(file, Disk.local());
    }

    /** The whole content; empty if there is no file. */
    public Optional<byte[]> read() {
        return run(() -> OwnerOnly.read(file));
    }

    /**
     * Writes it unless there is one, which stays as it is.
     *
     * @return whether it was written
     */
    public boolean create(byte[] content) {
        return run(() -> {
            try {
                AtomicFile.create(disk, file, content);
                return true;
            } catch (FileAlreadyExistsException e) {
                return false;
            }
        });
    }

    /**
     * Replaces it by what is made of it. Nobody else changes it meanwhile, so nothing that somebody else has written is lost.
     *
     * @param change from what is there, or empty, to what is to be there; what it throws leaves the file as it is
     * @throws KaitsuException STORE_BUSY if somebody else holds up the change for half a minute
     */
    public void change(Function<Optional<byte[]>, byte[]> change) {
        alone(() -> {
            AtomicFile.write(disk, file, change.apply(OwnerOnly.read(file)));
            return true;
        });
    }

    /**
     * Makes it longer by one line; after a failure it is as long as before. What a crash left of an earlier line stays a line of its
     * own.
     *
     * @param line with its end
     * @throws KaitsuException STORE_BUSY if somebody else holds up the change for half a minute
     */
    public void append(byte[] line) {
        alone(() -> {
            boolean isNew = OwnerOnly.file(file).isEmpty();
            if (isNew) {
                disk.createFile(file);
            }
            try (FileChannel channel = OwnerOnly.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                append(channel, line);
            }
            if (isNew) {
                disk.forceDirectoryOf(file);
            }
            return true;
        });
    }

    private void append(FileChannel channel, byte[] line) throws IOException {
        long end = channel.size();
        try {
            long begin = end;
            if (end > 0 && OwnerOnly.readFrom(channel, end - 1)[0] != '\n') {
                disk.write(file, channel, begin++, new byte[] {'\n'});
            }
            disk.write(file, channel, begin, line);
            disk.force(file, channel);
        } catch (IOException e) {
            try {
                disk.truncate(file, channel, end);
            } catch (IOException also) {
                e.addSuppressed(also);
            }
            throw e;
        }
    }

    private void alone(Disk.Call<Boolean> change) {
        Path beside = file.resolveSibling(file.getFileName() + LOCK);
        run(() -> {
            LockFile lock = LockFile.use(beside, disk);
            try {
                return lock.alone(change);
            } finally {
                lock.done();
            }
        });
    }

    private <T> T run(Disk.Call<T> call) {
        try (StoreCalls calls = new StoreCalls(Objects.requireNonNull(file))) {
            return calls.run(call);
        }
    }
}
