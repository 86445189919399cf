package io.github.kaitsu.internal.files;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.internal.StoreJson;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What lies where in the folder of a store, and whether the folder is one:
 *
 * <pre>
 * kaitsu-store.json                    format and version; written first, so that a folder without it is no store
 * store.lock                           guards the line above and the claims
 * claims/&lt;hash of the key&gt;.json
 * activations/&lt;id&gt;/journal.jsonl
 * activations/&lt;id&gt;/fence.json         the last fencing token
 * activations/&lt;id&gt;/activation.lock    lease and append lock
 * sandbox/                             not the store's: the command keeps its sandbox there
 * </pre>
 *
 * <p>Reading creates nothing. Thread-safe.
 */
final class StoreFolder {
    private static final Format FORMAT = new Format("kaitsu-store", 1);
    private static final String FORMAT_FILE = "kaitsu-store.json";
    private static final String LOCK = "store.lock";
    private static final Set<String> BEFORE_THE_FIRST_WRITE =
            Set.of("sandbox", LOCK, FORMAT_FILE + AtomicFile.UNFINISHED);

    private final Path root;
    private final Disk disk;

    /** The format file that was read and found good; it never changes afterwards. */
    private volatile Optional<JournalState.Stamp> known = Optional.empty();

    StoreFolder(Path root, Disk disk) {
        this.root = root.toAbsolutePath();
        this.disk = disk;
    }

    Path root() {
        return root;
    }

    Path lock() {
        return root.resolve(LOCK);
    }

    Path claims() {
        return root.resolve("claims");
    }

    Path activations() {
        return root.resolve("activations");
    }

    Path activation(ActivationId id) {
        return activations().resolve(id.value());
    }

    /** The activations that have a folder. Plain files and names that are no ids were put there by somebody else. */
    List<ActivationId> named() throws IOException {
        if (OwnerOnly.directory(activations()).isEmpty()) {
            return List.of();
        }
        List<ActivationId> ids = new ArrayList<>();
        try (DirectoryStream<Path> homes = Files.newDirectoryStream(activations())) {
            for (Path home : homes) {
                if (!Files.isRegularFile(home, LinkOption.NOFOLLOW_LINKS)) {
                    id(home.getFileName().toString()).ifPresent(ids::add);
                }
            }
        }
        return ids;
    }

    private static Optional<ActivationId> id(String name) {
        try {
            return Optional.of(ActivationId.of(name));
        } catch (KaitsuException e) {
            return Optional.empty();
        }
    }

    /** As messages name it. */
    String name(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    /**
     * Whether it is a store already; false if it is absent or empty and may become one.
     *
     * @throws KaitsuException STORE_FOREIGN, STORE_NEWER or STORE_UNSAFE if it is something else
     */
    boolean isStore() throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(root)) {
            throw foreign();
        }
        Path file = root.resolve(FORMAT_FILE);
        Optional<BasicFileAttributes> found =
                OwnerOnly.unchangedByOthers(root).isEmpty() ? Optional.empty() : OwnerOnly.file(file);
        if (found.isEmpty()) {
            checkNothingElse();
            return false;
        }
        OwnerOnly.directory(root);
        Optional<JournalState.Stamp> stamp = found.map(JournalState.Stamp::of);
        if (!stamp.equals(known)) {
            byte[] content = OwnerOnly.read(file).orElseThrow(this::foreign);
            FORMAT.check(StoreJson.parse(content).orElseThrow(this::foreign), FORMAT_FILE, foreign());
            known = stamp;
        }
        return true;
    }

    private void checkNothingElse() throws IOException {
        try (DirectoryStream<Path> content = Files.newDirectoryStream(root)) {
            for (Path entry : content) {
                // Another process may have made it a store since: its file comes before everything else.
                if (!BEFORE_THE_FIRST_WRITE.contains(entry.getFileName().toString())
                        && OwnerOnly.file(root.resolve(FORMAT_FILE)).isEmpty()) {
                    throw foreign();
                }
            }
        }
    }

    private KaitsuException foreign() {
        return KaitsuException.of(ErrorCode.STORE_FOREIGN, "", root);
    }

    /** Makes it a store unless it is one; before every write. */
    void prepare() throws IOException {
        if (isStore()) {
            return;
        }
        createRoot();
        LockFile lock = LockFile.use(lock(), disk);
        try {
            lock.alone(() -> {
                if (!isStore()) {
                    disk.closeToOthers(root);
                    AtomicFile.write(disk, root.resolve(FORMAT_FILE), StoreJson.bytes(FORMAT.tag()));
                }
                return true;
            });
        } finally {
            lock.done();
        }
    }

    private void createRoot() throws IOException {
        List<Path> missing = new ArrayList<>();
        for (Path p = root; p != null && !Files.exists(p, LinkOption.NOFOLLOW_LINKS); p = p.getParent()) {
            missing.add(0, p);
        }
        for (Path directory : missing) {
            ensure(directory);
            disk.forceDirectory(Parents.of(directory));
        }
        if (missing.isEmpty() && root.getParent() != null) {
            // Perhaps a process made it and died before this; a parent that is closed to us is not ours to care for.
            try {
                disk.forceDirectory(Parents.of(root));
            } catch (AccessDeniedException e) {
                return;
            }
        }
    }

    /** Creates a directory in one that exists, unless it is there. */
    void ensure(Path directory) throws IOException {
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
