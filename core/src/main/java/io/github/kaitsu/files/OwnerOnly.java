package io.github.kaitsu.files;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Journals tell who works where with which rights: only their owner may read or change them, and no symbolic link may lead
 * elsewhere. Where the file system knows no POSIX rights, only the links are checked.
 */
public final class OwnerOnly {
    private static final Set<PosixFilePermission> DIRECTORY = Set.copyOf(PosixFilePermissions.fromString("rwx------"));
    private static final Set<PosixFilePermission> FILE = Set.copyOf(PosixFilePermissions.fromString("rw-------"));
    private static final Set<PosixFilePermission> CHANGED_BY_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private static final long MOST_BYTES = 16L << 20;

    private OwnerOnly() {}

    static boolean appliesTo(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    public static FileAttribute<?>[] newDirectory(Path path) {
        return rights(path, DIRECTORY);
    }

    public static FileAttribute<?>[] newFile(Path path) {
        return rights(path, FILE);
    }

    private static FileAttribute<?>[] rights(Path path, Set<PosixFilePermission> rights) {
        return appliesTo(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(rights)}
                : new FileAttribute<?>[0];
    }

    static void narrow(Path directory) throws IOException {
        if (appliesTo(directory)) {
            Files.setPosixFilePermissions(directory, DIRECTORY);
        }
    }

    /** Empty if there is nothing. @throws KaitsuException STORE_UNSAFE unless it is a directory of its owner only */
    public static Optional<BasicFileAttributes> directory(Path path) throws IOException {
        return checked(path, true, DIRECTORY);
    }

    /** As {@link #directory}, but others may read it: for the moment before it becomes a store. */
    static Optional<BasicFileAttributes> unchangedByOthers(Path path) throws IOException {
        return checked(path, true, EnumSet.complementOf(EnumSet.copyOf(CHANGED_BY_OTHERS)));
    }

    /** Empty if there is nothing. @throws KaitsuException STORE_UNSAFE unless it is a plain file of its owner only */
    public static Optional<BasicFileAttributes> file(Path path) throws IOException {
        return checked(path, false, FILE);
    }

    private static Optional<BasicFileAttributes> checked(Path path, boolean directory, Set<PosixFilePermission> allowed)
            throws IOException {
        BasicFileAttributes found;
        try {
            Class<? extends BasicFileAttributes> kind =
                    appliesTo(path) ? PosixFileAttributes.class : BasicFileAttributes.class;
            found = Files.readAttributes(path, kind, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (found.isSymbolicLink()) {
            throw KaitsuException.of(ErrorCode.STORE_UNSAFE, "link", path);
        }
        if (directory ? !found.isDirectory() : !found.isRegularFile()) {
            throw KaitsuException.of(ErrorCode.STORE_UNSAFE, "kind", path);
        }
        if (found instanceof PosixFileAttributes posix && !allowed.containsAll(posix.permissions())) {
            throw KaitsuException.of(ErrorCode.STORE_UNSAFE, "rights", path);
        }
        return Optional.of(found);
    }

    /** Opens what {@link #file} finds in order; creates nothing and follows no link. */
    public static FileChannel open(Path path, StandardOpenOption... options) throws IOException {
        if (file(path).isEmpty()) {
            throw new NoSuchFileException(path.toString());
        }
        Set<OpenOption> all = new HashSet<>(Set.of(options));
        all.add(LinkOption.NOFOLLOW_LINKS);
        return FileChannel.open(path, all);
    }

    /**
     * The whole content of a small file; empty if there is none.
     *
     * @throws KaitsuException STORE_CORRUPT if it is larger than anything that is written there; nothing was read then
     */
    public static Optional<byte[]> read(Path path) throws IOException {
        try (FileChannel channel = open(path, StandardOpenOption.READ)) {
            checkSize(channel.size(), MOST_BYTES, path);
            return Optional.of(readFrom(channel, 0));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Refuses what is larger than anything written there. @throws KaitsuException STORE_CORRUPT if it is */
    public static void checkSize(long bytes, long most, Object file) {
        if (bytes > most) {
            throw KaitsuException.of(ErrorCode.STORE_CORRUPT, "large", file, bytes >> 20, most >> 20);
        }
    }

    /** From a position to the end. */
    public static byte[] readFrom(FileChannel channel, long position) throws IOException {
        channel.position(position);
        return Channels.newInputStream(channel).readAllBytes();
    }
}
