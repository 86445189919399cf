package io.github.kaitsu.consent.internal;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.CredentialStore;
import io.github.kaitsu.files.AtomicFile;
import io.github.kaitsu.files.Disk;
import io.github.kaitsu.files.LockFile;
import io.github.kaitsu.files.OwnerOnly;
import io.github.kaitsu.files.StoreRoot;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What lies where in the folder of a credential store:
 *
 * <pre>
 * kaitsu-credentials.json       the index; written first, so that a folder without it is no store
 * credentials.lock              guards everything but the holds
 * entries/&lt;hash of the key&gt;.json
 * holds/&lt;hash of the key&gt;.lock
 * </pre>
 *
 * <p>The index is read and written in {@link #alone} only.
 */
public final class CredentialFolder {
    public static final String ENTRY = ".json";
    private static final int STORE_ID_BYTES = 16;

    private final StoreRoot root;
    private final KeyRing ring;
    private final Disk disk;
    private final SecureRandom random = new SecureRandom();

    /** The newest index this process has seen; changes under the lock only. */
    private volatile @Nullable CredentialIndex known;

    public CredentialFolder(Path folder, KeyRing ring, Disk disk) {
        this.root = new StoreRoot(folder, disk, "kaitsu-credentials.json", "credentials.lock", Set.of());
        this.ring = ring;
        this.disk = disk;
    }

    public Path path() {
        return root.path();
    }

    public Path entries() {
        return path().resolve("entries");
    }

    Path entry(String name) {
        return entries().resolve(name + ENTRY);
    }

    public Path hold(CredentialStore.Key key) {
        return path().resolve("holds").resolve(SealedEntry.name(key) + ".lock");
    }

    String name(Path file) {
        return root.name(file);
    }

    SecureRandom random() {
        return random;
    }

    /** Alone among all who read or change the store. */
    public <T> T alone(Disk.Call<T> work) throws IOException {
        LockFile alone = LockFile.use(root.lock(), disk);
        try {
            return alone.alone(work);
        } finally {
            alone.done();
        }
    }

    /** False if it is absent or empty and may become one. */
    public boolean isStore() throws IOException {
        boolean found = root.found().isPresent();
        if (!found && known != null) {
            throw rolledBack(root.mark().toString());
        }
        return found;
    }

    /** Makes it a store unless it is one; before every write. */
    public void prepare() throws IOException {
        if (!isStore()) {
            byte[] id = new byte[STORE_ID_BYTES];
            random.nextBytes(id);
            root.create(CredentialIndex.first(HexFormat.of().formatHex(id), ring.current())
                    .bytes(ring.current()));
        }
        root.ensure(entries());
        root.ensure(path().resolve("holds"));
    }

    /** The index; empty if there is no store yet. */
    public Optional<CredentialIndex> index() throws IOException {
        Optional<byte[]> content = isStore() ? OwnerOnly.read(root.mark()) : Optional.empty();
        if (content.isEmpty()) {
            return Optional.empty();
        }
        CredentialIndex index =
                CredentialIndex.parse(content.get(), ring, root.mark().toString(), root);
        CredentialIndex before = known;
        if (before != null
                && (!index.store().equals(before.store())
                        || index.serial() < before.serial()
                        || (index.serial() == before.serial() && !index.equals(before)))) {
            throw rolledBack(root.mark().toString());
        }
        known = index;
        return Optional.of(index);
    }

    /** Writes the next one. @return what was written */
    public CredentialIndex write(CredentialIndex changed) throws IOException {
        CredentialIndex next = changed.next(ring.current());
        AtomicFile.write(disk, root.mark(), next.bytes(ring.current()));
        known = next;
        return next;
    }

    /** Deletes what crashes left: it may be sealed with a key that is to go. */
    public void clearDrafts() throws IOException {
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(entries(), "*" + AtomicFile.UNFINISHED)) {
            for (Path draft : drafts) {
                disk.delete(draft);
            }
        }
        disk.forceDirectory(entries());
    }

    static KaitsuException rolledBack(String what) {
        return KaitsuException.of(ErrorCode.CREDENTIAL_ROLLED_BACK, "", what);
    }
}
