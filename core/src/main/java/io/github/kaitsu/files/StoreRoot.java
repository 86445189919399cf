package io.github.kaitsu.files;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A folder that is a store because of one file in it, its mark, which is written before everything else. Reading creates
 * nothing. Thread-safe.
 */
public final class StoreRoot {
    private final Path root;
    private final Disk disk;
    private final Path mark;
    private final Path lock;
    private final Set<String> beforeTheFirstWrite;

    /** @param others what may lie in a folder that is no store yet, besides the lock and a draft of the mark */
    public StoreRoot(Path root, Disk disk, String mark, String lock, Set<String> others) {
        this.root = root.toAbsolutePath();
        this.disk = disk;
        this.mark = this.root.resolve(mark);
        this.lock = this.root.resolve(lock);
        List<String> all = new ArrayList<>(others);
        all.add(lock);
        all.add(mark + AtomicFile.UNFINISHED);
        this.beforeTheFirstWrite = Set.copyOf(all);
    }

    public Path path() {
        return root;
    }

    public Path mark() {
        return mark;
    }

    public Path lock() {
        return lock;
    }

    /** As messages name it. */
    public String name(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    /**
     * The mark as it is now; empty if the folder is absent or empty and may become a store.
     *
     * @throws KaitsuException STORE_FOREIGN or STORE_UNSAFE if it is something else
     */
    public Optional<BasicFileAttributes> found() throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(root)) {
            throw foreign();
        }
        Optional<BasicFileAttributes> found =
                OwnerOnly.unchangedByOthers(root).isEmpty() ? Optional.empty() : OwnerOnly.file(mark);
        if (found.isEmpty()) {
            checkNothingElse();
            return found;
        }
        OwnerOnly.directory(root);
        return found;
    }

    private void checkNothingElse() throws IOException {
        try (DirectoryStream<Path> content = Files.newDirectoryStream(root)) {
            for (Path entry : content) {
                // Another process may have made it a store since: its mark comes before everything else.
                if (!beforeTheFirstWrite.contains(entry.getFileName().toString())
                        && OwnerOnly.file(mark).isEmpty()) {
                    throw isLeftOfAStore() ? markIs("lost") : foreign();
                }
            }
        }
    }

    /** The lock is made together with the mark, and never deleted. */
    private boolean isLeftOfAStore() {
        return Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS);
    }

    private KaitsuException markIs(String how) {
        return KaitsuException.of(ErrorCode.STORE_FOREIGN, "mark-" + how, root, mark.getFileName());
    }

    /** Why this, which is no JSON, is no mark: torn, if it begins as a mark of this format does, else somebody else's. */
    public KaitsuException notAMark(byte[] found, Format format) {
        byte[] tag = StoreJson.bytes(format.tag());
        int compared = Math.min(found.length, tag.length - 1); // more may follow in it
        return Arrays.equals(found, 0, compared, tag, 0, compared) ? markIs("torn") : foreign();
    }

    public KaitsuException foreign() {
        return KaitsuException.of(ErrorCode.STORE_FOREIGN, "", root);
    }

    /** Makes it a store, unless another process was faster. */
    public void create(byte[] content) throws IOException {
        createPath();
        LockFile alone = LockFile.use(lock, disk);
        try {
            alone.alone(() -> {
                if (found().isEmpty()) {
                    disk.closeToOthers(root);
                    AtomicFile.write(disk, mark, content);
                }
                return true;
            });
        } finally {
            alone.done();
        }
    }

    private void createPath() throws IOException {
        List<Path> missing = new ArrayList<>();
        for (Path p = root; p != null && !Files.exists(p, LinkOption.NOFOLLOW_LINKS); p = p.getParent()) {
            missing.add(0, p);
        }
        for (Path directory : missing) {
            ensure(directory);
            disk.forceDirectoryOf(directory);
        }
        if (missing.isEmpty() && root.getParent() != null) {
            // Perhaps a process made it and died before this; a parent that is closed to us is not ours to care for.
            try {
                disk.forceDirectoryOf(root);
            } catch (AccessDeniedException e) {
                return;
            }
        }
    }

    /** Creates a directory in one that exists, unless it is there. */
    public void ensure(Path directory) throws IOException {
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            OwnerOnly.directory(directory);
            return;
        }
        try {
            disk.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            OwnerOnly.directory(directory); // another process was faster
        }
    }
}
