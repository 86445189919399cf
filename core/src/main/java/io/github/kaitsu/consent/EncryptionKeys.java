package io.github.kaitsu.consent;

import io.github.kaitsu.consent.internal.KeyFile;
import io.github.kaitsu.consent.internal.KeyRing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The keys of a {@link FileCredentialStore}: 256 bits each, from the host or from a file. Whoever has one and the folder has
 * the credentials, so keep them apart: not in the same folder, not in the same backup.
 *
 * <p>Everything is written with the current key; older ones only read what is not rotated yet. To change the key, give every
 * process the new one as a further key, then make it the current one everywhere, call {@link FileCredentialStore#rotate()}
 * once, and drop the old one.
 *
 * <p>Immutable and thread-safe. Holds keys derived from those given, not those themselves; {@link #close} overwrites them. Its
 * text gives the keys' ids, which tell nothing about the keys; messages about a wrong key name them too.
 */
public final class EncryptionKeys implements AutoCloseable {
    private final KeyRing ring;

    private EncryptionKeys(List<byte[]> secrets) {
        this.ring = new KeyRing(secrets);
    }

    /**
     * The current key, and older ones that may be in use still.
     *
     * @param current 32 bytes from a secure source, as {@code older}; they are not kept, overwrite yours
     * @throws IllegalArgumentException if a key has another length
     */
    public static EncryptionKeys of(byte[] current, byte[]... older) {
        List<byte[]> all = new ArrayList<>(List.of(current));
        all.addAll(Arrays.asList(older));
        return new EncryptionKeys(all);
    }

    /**
     * Keys from files: 32 bytes in Base64 on one line, as {@link #createFile} and {@code openssl rand -base64 32} write them.
     *
     * @throws io.github.kaitsu.KaitsuException STORE_UNSAFE if others than its owner have rights to a file, or it is a symbolic
     *     link; CREDENTIAL_KEY if there is none or it holds something else; IO_ERROR
     */
    public static EncryptionKeys ofFile(Path current, Path... older) {
        List<byte[]> all = new ArrayList<>();
        try {
            all.add(KeyFile.read(current));
            for (Path file : older) {
                all.add(KeyFile.read(file));
            }
            return new EncryptionKeys(all);
        } finally {
            all.forEach(key -> Arrays.fill(key, (byte) 0));
        }
    }

    /**
     * Writes a new random key to a file that must not exist, for its owner only, and returns it as the current one. The key is
     * on the medium when this returns. Without it nothing can be read that was written with it: keep a copy in a safe place.
     *
     * @param file in a folder that exists
     * @throws io.github.kaitsu.KaitsuException CREDENTIAL_KEY if the file exists; IO_ERROR, STORE_UNSAFE
     */
    public static EncryptionKeys createFile(Path file) {
        KeyFile.create(file);
        return ofFile(file);
    }

    KeyRing ring() {
        return ring;
    }

    /** Overwrites the keys in memory. Stores that were made with them cannot be used any more. */
    @Override
    public void close() {
        ring.wipe();
    }

    @Override
    public String toString() {
        return "EncryptionKeys[***, ids " + ring + "]";
    }
}
