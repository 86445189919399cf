package io.github.kaitsu.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

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
        try (FileChannel channel = OwnerOnly.open(draft, StandardOpenOption.WRITE)) {
            disk.truncate(draft, channel, 0);
            disk.write(draft, channel, 0, content);
            disk.force(draft, channel);
        }
        OwnerOnly.file(file); // a link there would be replaced, but somebody must hear of it
        disk.move(draft, file);
        disk.forceDirectoryOf(file);
    }
}
