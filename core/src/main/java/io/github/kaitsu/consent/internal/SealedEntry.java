package io.github.kaitsu.consent.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.CredentialStore;
import io.github.kaitsu.consent.CredentialStore.Kind;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.files.Format;
import io.github.kaitsu.files.Sha256;
import io.github.kaitsu.files.StoreJson;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The file of one credential: readable whose and which version it is, unreadable what. All that is readable is bound to the
 * secret as its associated data. Immutable.
 */
public final class SealedEntry {
    private static final Format FORMAT = new Format("kaitsu-credential", 1);
    private static final int NAME_DIGITS = 32;

    private final String store;
    private final CredentialStore.Key key;
    private final long version;
    private final String keyId;
    private final byte[] nonce;
    private final byte[] sealed;

    private SealedEntry(
            String store, CredentialStore.Key key, long version, String keyId, byte[] nonce, byte[] sealed) {
        this.store = store;
        this.key = key;
        this.version = version;
        this.keyId = keyId;
        this.nonce = nonce;
        this.sealed = sealed;
    }

    static SealedEntry seal(
            String store,
            CredentialStore.Key key,
            long version,
            byte[] secret,
            CredentialKey with,
            SecureRandom random) {
        byte[] nonce = new byte[CredentialKey.NONCE_LENGTH];
        random.nextBytes(nonce);
        byte[] associated = StoreJson.bytes(readable(store, key, version, with.id()));
        return new SealedEntry(store, key, version, with.id(), nonce, with.seal(nonce, associated, secret));
    }

    /** Sealed with the current key. */
    public static SealedEntry seal(
            String store, CredentialStore.Key key, long version, byte[] secret, KeyRing ring, SecureRandom random) {
        return seal(store, key, version, secret, ring.current(), random);
    }

    /**
     * Empty if something was changed since.
     *
     * @param label as messages name it
     * @throws KaitsuException CREDENTIAL_KEY if it was sealed with none of these keys
     */
    public Optional<byte[]> open(KeyRing ring, String label) {
        return open(ring.find(keyId).orElseThrow(() -> CredentialIndex.wrongKey(label, keyId, ring)));
    }

    /** Empty unless it was sealed with this key and nothing was changed since. */
    Optional<byte[]> open(CredentialKey with) {
        return with.open(nonce, StoreJson.bytes(readable(store, key, version, keyId)), sealed);
    }

    String store() {
        return store;
    }

    public boolean isOf(String other) {
        return store.equals(other);
    }

    public CredentialStore.Key key() {
        return key;
    }

    public long version() {
        return version;
    }

    String keyId() {
        return keyId;
    }

    byte[] bytes() {
        return StoreJson.bytes(readable(store, key, version, keyId)
                .put("nonce", Base64.getEncoder().encodeToString(nonce))
                .put("secret", Base64.getEncoder().encodeToString(sealed)));
    }

    /** One line. */
    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    private static ObjectNode readable(String store, CredentialStore.Key key, long version, String keyId) {
        ObjectNode json = FORMAT.tag().put("store", store);
        json.setAll(named(key));
        return json.put("entry", version).put("key", keyId);
    }

    private static ObjectNode named(CredentialStore.Key key) {
        return StoreJson.object()
                .put("kind", key.kind().name())
                .put("site", key.customer().site().name())
                .put("account", key.customer().account())
                .put("organisation", key.customer().organisation())
                .put("provider", key.provider().name())
                .put("id", key.id());
    }

    /** A name for files about a key; hashed, because a customer's name may hold anything a file name must not. */
    public static String name(CredentialStore.Key key) {
        return key.kind() == Kind.PENDING ? pending(key.id()) : hashed(named(key));
    }

    /** The name of a consent that is awaited: whoever answers it knows its id alone. */
    public static String pending(String id) {
        return hashed(StoreJson.object().put("kind", Kind.PENDING.name()).put("id", id));
    }

    private static String hashed(ObjectNode name) {
        return Sha256.hex(StoreJson.bytes(name)).substring(0, NAME_DIGITS);
    }

    /**
     * Reads what can be read without a key.
     *
     * @param file as messages name it
     * @throws KaitsuException STORE_CORRUPT, STORE_NEWER
     */
    public static SealedEntry parse(byte[] content, String file) {
        KaitsuException corrupt = KaitsuException.of(ErrorCode.STORE_CORRUPT, "credentials", file);
        JsonNode json = StoreJson.parse(content).orElseThrow(() -> corrupt);
        FORMAT.check(json, file, corrupt);
        try {
            SealedEntry entry = read(json);
            // JSON and Base64 know several ways to write the same; only ours is accepted
            if (Arrays.equals(entry.bytes(), content)) {
                return entry;
            }
        } catch (IllegalArgumentException | KaitsuException e) {
            throw corrupt;
        }
        throw corrupt;
    }

    private static SealedEntry read(JsonNode json) {
        CredentialStore.Key key = new CredentialStore.Key(
                Kind.valueOf(json.path("kind").asText()),
                new CustomerId(
                        ConsoleSite.valueOf(json.path("site").asText()),
                        json.path("account").asText(),
                        json.path("organisation").asText()),
                CloudService.Provider.valueOf(json.path("provider").asText()),
                json.path("id").asText());
        byte[] nonce = Base64.getDecoder().decode(json.path("nonce").asText());
        if (nonce.length != CredentialKey.NONCE_LENGTH) {
            throw new IllegalArgumentException("nonce");
        }
        return new SealedEntry(
                json.path("store").asText(),
                key,
                json.path("entry").asLong(),
                json.path("key").asText(),
                nonce,
                Base64.getDecoder().decode(json.path("secret").asText()));
    }
}
