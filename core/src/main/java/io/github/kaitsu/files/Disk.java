package io.github.kaitsu.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Every change the file store makes, one method each, so that a test can stop before, inside and after any of them. Reading
 * and locking change nothing and do not pass here.
 */
public interface Disk {
    /** Something that touches the disk. */
    @FunctionalInterface
    interface Call<T> {
        T call() throws IOException;
    }

    /** The real one. */
    static Disk local() {
        return LocalDisk.INSTANCE;
    }

    /** For its owner only; the parent must exist. */
    void createDirectory(Path directory) throws IOException;

    /** Empty, for its owner only; must not exist. */
    void createFile(Path file) throws IOException;

    /** Takes the rights of everybody but the owner away. */
    void closeToOthers(Path directory) throws IOException;

    /** Writes all bytes at a position, with a single call of the operating system unless that writes less. */
    void write(Path file, FileChannel channel, long position, byte[] bytes) throws IOException;

    void truncate(Path file, FileChannel channel, long length) throws IOException;

    /** Returns once content and length are on the medium. */
    void force(Path file, FileChannel channel) throws IOException;

    /** Returns once the names in a directory are on the medium. */
    void forceDirectory(Path directory) throws IOException;

    /** The same for the directory that this is in; the store's paths are absolute, so there is one. */
    default void forceDirectoryOf(Path file) throws IOException {
        forceDirectory(Objects.requireNonNull(file.getParent()));
    }

    /** Atomic, replacing what was there. */
    void move(Path from, Path to) throws IOException;

    /**
     * Atomic, to a name that is free.
     *
     * @throws java.nio.file.FileAlreadyExistsException if it is not; {@code from} is still there then
     */
    default void moveNew(Path from, Path to) throws IOException {
        local().moveNew(from, to);
    }

    void delete(Path file) throws IOException;
}
