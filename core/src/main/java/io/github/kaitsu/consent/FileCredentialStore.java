package io.github.kaitsu.consent;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.internal.CredentialEntries;
import io.github.kaitsu.consent.internal.CredentialEntries.Current;
import io.github.kaitsu.consent.internal.CredentialFolder;
import io.github.kaitsu.consent.internal.CredentialIndex;
import io.github.kaitsu.consent.internal.SealedEntry;
import io.github.kaitsu.files.Disk;
import io.github.kaitsu.files.OwnerOnly;
import io.github.kaitsu.files.StoreCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps credentials encrypted in a folder of this machine: one file an entry, AES-256-GCM with a new nonce for each writing.
 * Any number of processes may share the folder. An absent or empty folder becomes a store with the first write; reading creates
 * nothing. There is no way to write without a key.
 *
 * <p>A file tells readably whose entry it holds and in which version, and both are bound to the secret: an edited, renamed or
 * swapped file, or one of another store, is refused, and so is an older one in the place of a newer or deleted one. What
 * is refused is not overwritten either; {@link #unreadable} lists it, {@link #discard(String)} is the way on, and the
 * other entries work as ever. <b>Not noticed</b> is:
 *
 * <ul>
 *   <li>that the whole folder was put back to an earlier state while no process had it open. A process notices it, for what it
 *       has seen itself. Grants of such a folder may be spent: the vendor refuses them, and an administrator connects again;
 *   <li>that the last change was taken back, if a crash came between the change and its entry in the index, and nothing was
 *       changed in the store since;
 *   <li>anything that somebody with a key does.
 * </ul>
 *
 * <p>The folder belongs to the store and, on a file system with POSIX rights, to its owner alone. Use a local disk, as for {@link
 * io.github.kaitsu.store.FileActivationStore}. In one JVM, one class loader may hold this class. The index names every entry there ever
 * was, deleted ones too, in some 40 bytes; it is read for each call and written twice for each change, which takes about a tenth of a
 * second at ten thousand entries.
 *
 * <p>Thread-safe. Every method throws {@link KaitsuException} with
 *
 * <ul>
 *   <li>{@link ErrorCode#CREDENTIAL_KEY} if none of the keys is the one in use; nothing is written then, not even a new entry;
 *   <li>{@link ErrorCode#CREDENTIAL_ROLLED_BACK} for an older file in the place of a newer one;
 *   <li>{@link ErrorCode#STORE_CORRUPT} for a file that was edited, lost, renamed or copied here;
 *   <li>{@link ErrorCode#STORE_FOREIGN}, {@link ErrorCode#STORE_NEWER} for a folder of something else, or of a later version;
 *   <li>{@link ErrorCode#STORE_UNSAFE} for rights wider than the owner's and for symbolic links;
 *   <li>{@link ErrorCode#STORE_BUSY} if another process holds up a change for half a minute, or a {@link #hold} for a minute and a
 *       half;
 *   <li>{@link ErrorCode#IO_ERROR} if the disk fails. Either the old or the new entry is there then, whole: load it again.
 * </ul>
 *
 * <p>An interrupt does not stop a call, except {@link #hold}; it stays set.
 */
public final class FileCredentialStore implements CredentialStore {
    private static final Logger LOG = LoggerFactory.getLogger(FileCredentialStore.class);

    /** How long somebody else's hold is waited for: as long as a refresh may take, a vendor's call with all its retries. */
    static final Duration LONGEST_HOLD = Duration.ofSeconds(90);

    private final CredentialFolder folder;
    private final CredentialEntries entries;
    private final Disk disk;
    private final Duration longestHold;
    private final StoreCalls calls;

    /**
     * @param disk what a test may break
     * @param longestHold how long somebody else's hold is waited for
     */
    FileCredentialStore(Path directory, EncryptionKeys keys, Disk disk, Duration longestHold) {
        this.folder = new CredentialFolder(directory, keys.ring(), disk);
        this.entries = new CredentialEntries(folder, keys.ring(), disk);
        this.disk = disk;
        this.longestHold = longestHold;
        this.calls = new StoreCalls(folder.path());
    }

    /** A store in this folder. Touches nothing yet. */
    public static FileCredentialStore at(Path folder, EncryptionKeys keys) {
        return new FileCredentialStore(folder, keys, Disk.local(), LONGEST_HOLD);
    }

    @Override
    public Optional<Entry> load(Key key) {
        return reading(Optional.empty(), index -> {
            Current now = entries.current(index, key);
            return now.file().map(file -> new Entry(file.version(), now.secret()));
        });
    }

    @Override
    public long version(Key key) {
        return reading(0L, index -> {
            Current now = entries.current(index, key);
            now.wipe();
            return now.version();
        });
    }

    @Override
    public Set<Key> keys() {
        return reading(Set.of(), index -> {
            Set<Key> keys = new HashSet<>();
            for (String name : index.heads().keySet()) {
                readable(index, name).ifPresent(keys::add);
            }
            return keys;
        });
    }

    @Override
    public Optional<Key> pending(String id) {
        return reading(Optional.empty(), index -> readable(index, SealedEntry.pending(id)));
    }

    private Optional<Key> readable(CredentialIndex index, String name) throws IOException {
        OwnerOnly.directory(folder.entries()); // what is wrong with all of them is no single one's damage
        try {
            Current now = entries.current(index, name);
            now.wipe();
            return now.file().map(SealedEntry::key);
        } catch (KaitsuException e) { // one that is damaged must not keep the others from their work
            LOG.warn("the entry {} of the credential store cannot be read: {}", file(name), e.code());
            return Optional.empty();
        }
    }

    /**
     * The entries that cannot be read, which {@link #keys} leaves out and {@link #load} refuses: their files' names, as {@link
     * #discard(String)} takes them, with what is wrong.
     */
    public SortedMap<String, ErrorCode> unreadable() {
        return reading(new TreeMap<>(), index -> {
            OwnerOnly.directory(folder.entries());
            SortedMap<String, ErrorCode> found = new TreeMap<>();
            for (String name : index.heads().keySet()) {
                entries.damage(index, name).ifPresent(why -> found.put(file(name), why));
            }
            return found;
        });
    }

    private static String file(String name) {
        return name + CredentialFolder.ENTRY;
    }

    @Override
    public Optional<Long> put(Key key, long expected, byte[] secret) {
        return changing(index -> {
            Current now = entries.current(index, key);
            now.wipe();
            return now.version() == expected
                    ? Optional.of(entries.put(index, key, now, secret))
                    : Optional.<Long>empty();
        });
    }

    @Override
    public boolean delete(Key key, long expected) {
        return changing(index -> {
            Current now = entries.current(index, key);
            now.wipe();
            boolean right = now.file().isPresent() && now.version() == expected;
            if (right) {
                entries.delete(index, key, now);
            }
            return right;
        });
    }

    /**
     * Deletes an entry whatever its file holds: the way on after STORE_CORRUPT, CREDENTIAL_ROLLED_BACK or the loss of an
     * older key (not of the current one, without which the store cannot be opened). What it held is lost, so the grant cannot be revoked from here: remove the app at the provider, then connect again.
     */
    public void discard(Key key) {
        changing(index -> {
            entries.discard(index, key);
            return true;
        });
    }

    /**
     * As {@link #discard(CredentialStore.Key)}, where nobody can say any more whose entry it is.
     *
     * @param fileName as {@link #unreadable} gives it: {@code 0a1b….json}
     * @return whether it was deleted; false if there is none of this name or it can be read
     */
    public boolean discard(String fileName) {
        return changing(index -> {
            for (String name : index.heads().keySet()) {
                if (file(name).equals(fileName) && entries.damage(index, name).isPresent()) {
                    entries.discard(index, name);
                    return true;
                }
            }
            return false;
        });
    }

    /**
     * Encrypts every entry anew with the current key, after which no other is needed and none is accepted. Content and versions
     * stay. May be called at any time, beside other processes; if it was interrupted by a crash, everything can be read with
     * both keys, and calling it again finishes it.
     *
     * @throws KaitsuException CREDENTIAL_KEY if a key that is in use is not given; nothing is changed then
     */
    public void rotate() {
        Set<String> names = changing(index -> {
            for (String name : index.heads().keySet()) {
                entries.current(index, name).wipe(); // all can be read, or nothing is begun
            }
            return folder.write(index).heads().keySet(); // from now on the current key is in use
        });
        for (String name : names) {
            changing(index -> {
                entries.reseal(index, name);
                return true;
            });
        }
        changing(index -> {
            for (String name : index.heads().keySet()) {
                entries.reseal(
                        index,
                        name); // what another process has written meanwhile, with a key it still takes for current
            }
            folder.clearDrafts();
            return folder.write(entries.settled(index).with(Set.of()));
        });
    }

    // ---- under the lock

    private interface Work<T> {
        T on(CredentialIndex index) throws IOException;
    }

    private <T> T reading(T nothing, Work<T> work) {
        return calls.run(() -> folder.isStore()
                ? folder.alone(() -> {
                    Optional<CredentialIndex> index = folder.index();
                    return index.isPresent() ? work.on(index.get()) : nothing;
                })
                : nothing);
    }

    private <T> T changing(Work<T> work) {
        return calls.run(() -> {
            folder.prepare();
            return folder.alone(() -> {
                CredentialIndex index = folder.index().orElseThrow(() -> new IOException("the index vanished"));
                return work.on(entries.settled(index));
            });
        });
    }

    // ---- holds

    @Override
    public Hold hold(Key key) throws InterruptedException {
        changing(index -> true); // not with the wrong key
        return calls.await(folder.hold(key), disk, longestHold)::close;
    }

    /** Gives back the holds taken through this instance. */
    @Override
    public void close() {
        calls.close();
    }
}
