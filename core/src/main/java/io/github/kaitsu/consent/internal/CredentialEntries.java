package io.github.kaitsu.consent.internal;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.CredentialStore;
import io.github.kaitsu.files.AtomicFile;
import io.github.kaitsu.files.Disk;
import io.github.kaitsu.files.EntryVersion;
import io.github.kaitsu.files.OwnerOnly;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of all credentials. Under the lock of the store only.
 *
 * <p>A change is announced in the index, made, and settled in the index. So a crash at any byte leaves an entry that the index
 * accepts, and an older file put in the place of a settled one never is.
 */
public final class CredentialEntries {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialEntries.class);

    private final CredentialFolder folder;
    private final KeyRing ring;
    private final Disk disk;

    public CredentialEntries(CredentialFolder folder, KeyRing ring, Disk disk) {
        this.folder = folder;
        this.ring = ring;
        this.disk = disk;
    }

    /** An entry as it is now: verified, or absent for good reason. Its secret is plain. */
    public static final class Current {
        private final EntryVersion head;
        private final Optional<SealedEntry> file;
        private final byte[] secret;

        Current(EntryVersion head, Optional<SealedEntry> file, byte[] secret) {
            this.head = head;
            this.file = file;
            this.secret = secret;
        }

        EntryVersion head() {
            return head;
        }

        public long version() {
            return head.version();
        }

        public Optional<SealedEntry> file() {
            return file;
        }

        public byte[] secret() {
            return secret;
        }

        public void wipe() {
            Arrays.fill(secret, (byte) 0);
        }
    }

    public Current current(CredentialIndex index, CredentialStore.Key key) throws IOException {
        String name = SealedEntry.name(key);
        String label = key.kind() + " " + key.provider() + " " + key.customer() + " (" + file(name) + ")";
        Current now = current(index, name, label);
        if (now.file().filter(file -> !file.key().equals(key)).isPresent()) {
            now.wipe();
            throw corrupt(label); // a pending consent of this id that somebody else was asked for
        }
        return now;
    }

    /** As {@link #current(CredentialIndex, CredentialStore.Key)}, if only the name of the file is known. */
    public Current current(CredentialIndex index, String name) throws IOException {
        return current(index, name, file(name));
    }

    private Current current(CredentialIndex index, String name, String label) throws IOException {
        Optional<byte[]> content =
                OwnerOnly.directory(folder.entries()).isEmpty() ? Optional.empty() : OwnerOnly.read(folder.entry(name));
        if (content.isEmpty()) {
            EntryVersion head = index.head(name)
                    .settled(OptionalLong.empty())
                    .orElseThrow(() -> KaitsuException.of(ErrorCode.STORE_CORRUPT, "credential-missing", label));
            return new Current(head, Optional.empty(), new byte[0]);
        }
        SealedEntry entry = SealedEntry.parse(content.get(), label);
        byte[] secret = open(index, name, entry, label);
        EntryVersion head = index.head(name)
                .settled(OptionalLong.of(entry.version()))
                .orElseThrow(() -> CredentialFolder.rolledBack(label));
        return new Current(head, Optional.of(entry), secret);
    }

    private byte[] open(CredentialIndex index, String name, SealedEntry entry, String label) {
        // A file of another store, of another entry, or of a key that a rotation has put out of use
        if (!entry.store().equals(index.store())
                || !SealedEntry.name(entry.key()).equals(name)
                || !index.keys().contains(entry.keyId())) {
            throw corrupt(label);
        }
        CredentialKey key =
                ring.find(entry.keyId()).orElseThrow(() -> CredentialIndex.wrongKey(label, entry.keyId(), ring));
        return entry.open(key).orElseThrow(() -> corrupt(label));
    }

    private static KaitsuException corrupt(String label) {
        return KaitsuException.of(ErrorCode.STORE_CORRUPT, "credentials", label);
    }

    private String file(String name) {
        return folder.path() + "/" + folder.name(folder.entry(name));
    }

    /** Writes the next version of an entry, and says which that is. */
    public long put(CredentialIndex index, CredentialStore.Key key, Current now, byte[] secret) throws IOException {
        String name = SealedEntry.name(key);
        CredentialIndex announced = folder.write(index.with(name, now.head().toBecome(true)));
        long version = now.version() + 1;
        write(name, SealedEntry.seal(announced.store(), key, version, secret, ring.current(), folder.random()));
        settle(announced.with(name, EntryVersion.at(version)));
        return version;
    }

    public void delete(CredentialIndex index, CredentialStore.Key key, Current now) throws IOException {
        String name = SealedEntry.name(key);
        CredentialIndex announced = folder.write(index.with(name, now.head().toBecome(false)));
        remove(name);
        settle(announced.with(name, EntryVersion.gone(now.version() + 1)));
    }

    /** Why an entry cannot be read; empty if it can, or is absent for good reason. */
    public Optional<ErrorCode> damage(CredentialIndex index, String name) throws IOException {
        try {
            current(index, name).wipe();
            return Optional.empty();
        } catch (KaitsuException e) {
            return Optional.of(e.code());
        }
    }

    /** Deletes whatever is there, readable or not. */
    public void discard(CredentialIndex index, CredentialStore.Key key) throws IOException {
        discard(index, SealedEntry.name(key));
    }

    /** As {@link #discard(CredentialIndex, CredentialStore.Key)}, if only the name of the file is known. */
    public void discard(CredentialIndex index, String name) throws IOException {
        EntryVersion head = index.head(name);
        remove(name);
        if (!head.equals(EntryVersion.NEVER)) {
            folder.write(index.with(name, EntryVersion.gone(head.version() + 2))); // beyond what was announced, too
        }
    }

    /** Writes an entry again with the current key; content and version stay. */
    public void reseal(CredentialIndex index, String name) throws IOException {
        Current now = current(index, name);
        if (now.file().isPresent()) {
            SealedEntry old = now.file().get();
            CredentialKey key = ring.current();
            if (!old.keyId().equals(key.id())) {
                write(
                        name,
                        SealedEntry.seal(index.store(), old.key(), old.version(), now.secret(), key, folder.random()));
            }
        }
        now.wipe();
    }

    /** Settles what crashes left announced; what cannot be read stays as it is. */
    public CredentialIndex settled(CredentialIndex index) throws IOException {
        CredentialIndex after = index;
        for (String name : Set.copyOf(index.heads().keySet())) {
            if (index.head(name).changing()) {
                try {
                    Current now = current(index, name);
                    now.wipe();
                    after = after.with(name, now.head());
                } catch (KaitsuException e) {
                    LOG.debug("an entry cannot be settled: {}", e.code()); // whoever asks for it will be told
                }
            }
        }
        return after;
    }

    private void write(String name, SealedEntry entry) throws IOException {
        AtomicFile.write(disk, folder.entry(name), entry.bytes());
    }

    private void remove(String name) throws IOException {
        Path file = folder.entry(name);
        disk.delete(file.resolveSibling(file.getFileName() + AtomicFile.UNFINISHED));
        disk.delete(file);
        disk.forceDirectory(folder.entries());
    }

    /** The change is made already, and what announced it vouches for it: the next change settles what fails here. */
    private void settle(CredentialIndex index) {
        try {
            folder.write(index);
        } catch (IOException e) {
            LOG.debug("an entry is not settled yet: {}", e.getClass().getSimpleName());
        }
    }
}
