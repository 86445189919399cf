package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code log.jsonl}: appended in whole lines, each write forced to the disk, guarded by {@code sandbox.lock}.
 *
 * <p>The kernel drops the lock when its process dies. Bytes after the last line break belong to a write that never
 * finished, so nobody was told about it: they are dropped.
 */
final class LogFile implements AutoCloseable {
    private static final String LOG = "log.jsonl";
    private static final String LOCK = "sandbox.lock";

    private final FileChannel lockChannel;
    private final FileChannel log;
    private final Path folder;

    private LogFile(Path folder, FileChannel lockChannel, FileChannel log) {
        this.folder = folder;
        this.lockChannel = lockChannel;
        this.log = log;
    }

    static LogFile open(Path folder) {
        FileChannel lockChannel = null;
        try {
            createFolder(folder);
            lockChannel =
                    openPrivate(folder.resolve(LOCK), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
            if (!lock(lockChannel)) {
                throw KaitsuException.of(ErrorCode.STORE_BUSY, "sandbox", folder);
            }
            FileChannel log = openPrivate(
                    folder.resolve(LOG),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
            LogFile file = new LogFile(folder, lockChannel, log);
            lockChannel = null;
            return file;
        } catch (IOException e) {
            throw KaitsuException.because(e, ErrorCode.IO_ERROR, "sandbox", folder);
        } finally {
            closeQuietly(lockChannel);
        }
    }

    /** The whole lines of a folder's log; none if there is no log. */
    static List<String> peek(Path folder) {
        try {
            return lines(Files.readAllBytes(folder.resolve(LOG)));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw KaitsuException.because(e, ErrorCode.IO_ERROR, "sandbox", folder);
        }
    }

    /** The whole lines; a torn last one is cut off, so that the next line begins where it began. */
    List<String> lines() {
        try {
            ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(log.size()));
            while (content.hasRemaining() && log.read(content, content.position()) >= 0) {
                // until the end of the file
            }
            byte[] bytes = content.array();
            log.truncate(endOfLastLine(bytes));
            log.position(log.size());
            return lines(bytes);
        } catch (IOException e) {
            throw KaitsuException.because(e, ErrorCode.IO_ERROR, "sandbox", folder);
        }
    }

    void append(byte[] whole) {
        try {
            long before = log.position();
            try {
                ByteBuffer rest = ByteBuffer.wrap(whole);
                while (rest.hasRemaining()) {
                    log.write(rest);
                }
                log.force(false);
            } catch (IOException e) {
                log.truncate(before); // else the next line would go on where this one broke off
                throw e;
            }
        } catch (IOException e) {
            throw KaitsuException.because(e, ErrorCode.IO_ERROR, "sandbox", folder);
        }
    }

    @Override
    public void close() {
        closeQuietly(log);
        closeQuietly(lockChannel);
    }

    private static List<String> lines(byte[] bytes) {
        String whole = new String(bytes, 0, endOfLastLine(bytes), StandardCharsets.UTF_8);
        return whole.isEmpty() ? List.of() : Arrays.asList(whole.split("\n"));
    }

    private static int endOfLastLine(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // another sandbox of this process
        }
    }

    private static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, privately(folder, "rwx------"));
        }
    }

    private static FileChannel openPrivate(Path file, Set<? extends OpenOption> options) throws IOException {
        return FileChannel.open(file, options, privately(file, "rw-------"));
    }

    private static FileAttribute<?>[] privately(Path path, String rights) {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[0];
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing is lost: every write was forced before.
            return;
        }
    }
}
