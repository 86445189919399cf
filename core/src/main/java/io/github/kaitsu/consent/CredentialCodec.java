package io.github.kaitsu.consent;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.internal.KeyRing;
import io.github.kaitsu.consent.internal.SealedEntry;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Credentials as sealed text, for stores on other media: AES-256-GCM with a new nonce for each text, to which whose entry it is and its
 * version are bound. What one version wrote, every later one reads. Thread-safe, and holds no more than the keys it was made with.
 */
public final class CredentialCodec {
    /** A text of one medium is none of another's. */
    private static final String STORE = "database";

    private final KeyRing ring;
    private final SecureRandom random = new SecureRandom();

    private CredentialCodec(KeyRing ring) {
        this.ring = ring;
    }

    /** Seals with the current one of these keys. */
    public static CredentialCodec with(EncryptionKeys keys) {
        return new CredentialCodec(keys.ring());
    }

    /** Names an entry: 32 hexadecimal digits that tell nothing, the same for the same key. */
    public static String name(CredentialStore.Key key) {
        return SealedEntry.name(key);
    }

    /** The name of a {@link CredentialStore.Kind#PENDING} entry, of which the id alone is known. */
    public static String pendingName(String id) {
        return SealedEntry.pending(id);
    }

    /** One line of JSON. */
    public String seal(CredentialStore.Key key, long version, byte[] secret) {
        return SealedEntry.seal(STORE, key, version, secret, ring, random).text();
    }

    /**
     * What was sealed.
     *
     * @param version which it must be
     * @throws KaitsuException CREDENTIAL_ROLLED_BACK if it is another version, CREDENTIAL_KEY if it was sealed with another key,
     *     STORE_CORRUPT if it is another's or was changed, STORE_NEWER
     */
    public byte[] open(String text, CredentialStore.Key key, long version) {
        String label = key.kind() + " " + key.provider() + " " + key.customer();
        SealedEntry entry = SealedEntry.parse(text.getBytes(StandardCharsets.UTF_8), label);
        byte[] secret = open(entry, label);
        if (entry.key().equals(key) && entry.version() == version) {
            return secret;
        }
        Arrays.fill(secret, (byte) 0);
        throw entry.key().equals(key)
                ? KaitsuException.of(ErrorCode.CREDENTIAL_ROLLED_BACK, "", label)
                : corrupt(label);
    }

    /**
     * Whose it is.
     *
     * @param name that it stands under
     * @throws KaitsuException as {@link #open}
     */
    public CredentialStore.Key key(String text, String name) {
        SealedEntry entry = SealedEntry.parse(text.getBytes(StandardCharsets.UTF_8), name);
        Arrays.fill(open(entry, name), (byte) 0);
        if (!name(entry.key()).equals(name)) {
            throw corrupt(name);
        }
        return entry.key();
    }

    private byte[] open(SealedEntry entry, String label) {
        if (!entry.isOf(STORE)) {
            throw corrupt(label);
        }
        return entry.open(ring, label).orElseThrow(() -> corrupt(label));
    }

    private static KaitsuException corrupt(String label) {
        return KaitsuException.of(ErrorCode.STORE_CORRUPT, "credentials", label);
    }
}
