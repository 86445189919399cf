package io.github.kaitsu.consent;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.internal.CredentialFiles;
import io.github.kaitsu.consent.internal.Holds;
import io.github.kaitsu.files.Disk;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

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
    private final CredentialFiles files;

    private FileCredentialStore(CredentialFiles files) {
        this.files = files;
    }

    /** A store in this folder. Touches nothing yet. */
    public static FileCredentialStore at(Path folder, EncryptionKeys keys) {
        return new FileCredentialStore(new CredentialFiles(folder, keys.ring(), Disk.local(), Holds.LONGEST_WAIT));
    }

    @Override
    public Optional<Entry> load(Key key) {
        return files.load(key);
    }

    @Override
    public Optional<Long> put(Key key, long expected, byte[] secret) {
        return files.put(key, expected, secret);
    }

    @Override
    public boolean delete(Key key, long expected) {
        return files.delete(key, expected);
    }

    @Override
    public long version(Key key) {
        return files.version(key);
    }

    @Override
    public Set<Key> keys() {
        return files.keys();
    }

    @Override
    public Hold hold(Key key) throws InterruptedException {
        return files.hold(key);
    }

    /**
     * Encrypts every entry anew with the current key, after which no other is needed and none is accepted. Content and versions
     * stay. May be called at any time, beside other processes; if it was interrupted by a crash, everything can be read with
     * both keys, and calling it again finishes it.
     *
     * @throws KaitsuException CREDENTIAL_KEY if a key that is in use is not given; nothing is changed then
     */
    public void rotate() {
        files.rotate();
    }

    /**
     * Deletes an entry whatever its file holds: the way on after STORE_CORRUPT, CREDENTIAL_ROLLED_BACK or the loss of an
     * older key (not of the current one, without which the store cannot be opened). What it held is lost, so the grant cannot be revoked from here: remove the app at the provider, then connect again.
     */
    public void discard(Key key) {
        files.discard(key);
    }

    /**
     * The entries that cannot be read, which {@link #keys} leaves out and {@link #load} refuses: their files' names, as {@link
     * #discard(String)} takes them, with what is wrong.
     */
    public SortedMap<String, ErrorCode> unreadable() {
        return files.unreadable();
    }

    /**
     * As {@link #discard(CredentialStore.Key)}, where nobody can say any more whose entry it is.
     *
     * @param fileName as {@link #unreadable} gives it: {@code 0a1b….json}
     * @return whether it was deleted; false if there is none of this name or it can be read
     */
    public boolean discard(String fileName) {
        return files.discard(fileName);
    }

    /** Gives back the holds taken through this instance. */
    @Override
    public void close() {
        files.close();
    }
}
