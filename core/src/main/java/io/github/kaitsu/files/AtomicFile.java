package io.github.kaitsu.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A small file that holds either its old or its new content, whenever the process or the power ends. */
public final class AtomicFile {
    /** What a crash may leave behind; the next write of the same file uses it again. */
    public static final String UNFINISHED = ".tmp";

    private AtomicFile() {}

    /** One writer at a time: the caller holds the lock that covers the file. */
    public static void write(Disk disk, Path file, byte[] content) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + UNFINISHED);
        if (OwnerOnly.file(draft).isEmpty()) {
            disk.createFile(draft);
        }
        fill(disk, draft, content);
        OwnerOnly.file(file); // a link there would be replaced, but somebody must hear of it
        disk.move(draft, file);
        disk.forceDirectoryOf(file);
    }

    /**
     * Writes a file that must not exist; needs no lock. Of several that try at once one succeeds, and whoever sees the file sees
     * all of it.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is one, which stays as it is
     */
    public static void create(Disk disk, Path file, byte[] content) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + UNFINISHED);
        disk.createFile(draft);
        try {
            fill(disk, draft, content);
            disk.moveNew(draft, file);
        } catch (IOException e) {
            try {
                disk.delete(draft);
            } catch (IOException also) {
                e.addSuppressed(also);
            }
            throw e;
        }
        disk.forceDirectoryOf(file);
    }

    private static void fill(Disk disk, Path draft, byte[] content) throws IOException {
        try (FileChannel channel = OwnerOnly.open(draft, StandardOpenOption.WRITE)) {
            disk.truncate(draft, channel, 0);
            disk.write(draft, channel, 0, content);
            disk.force(draft, channel);
        }
    }
}
