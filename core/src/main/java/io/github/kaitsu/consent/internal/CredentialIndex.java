package io.github.kaitsu.consent.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.files.EntryVersion;
import io.github.kaitsu.files.Format;
import io.github.kaitsu.files.StoreJson;
import io.github.kaitsu.files.StoreRoot;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The file that makes a folder a credential store: which keys are in use, and the newest version of each entry. Signed with
 * the current key. Immutable.
 *
 * @param store tells this store's entries from those of another one with the same key
 * @param serial grows with every writing
 * @param keys ids of all keys an entry may be encrypted with
 * @param heads by the name of the entry's file
 */
public record CredentialIndex(String store, long serial, Set<String> keys, SortedMap<String, EntryVersion> heads) {
    private static final Format FORMAT = new Format("kaitsu-credentials", 1);

    static CredentialIndex first(String store, CredentialKey key) {
        return new CredentialIndex(store, 1, Set.of(key.id()), new TreeMap<>());
    }

    EntryVersion head(String name) {
        return heads.getOrDefault(name, EntryVersion.NEVER);
    }

    CredentialIndex with(String name, EntryVersion head) {
        SortedMap<String, EntryVersion> more = new TreeMap<>(heads);
        more.put(name, head);
        return new CredentialIndex(store, serial, keys, more);
    }

    public CredentialIndex with(Set<String> otherKeys) {
        return new CredentialIndex(store, serial, otherKeys, heads);
    }

    /** As the next writing is to hold it. */
    CredentialIndex next(CredentialKey key) {
        Set<String> used = new TreeSet<>(keys);
        used.add(key.id());
        return new CredentialIndex(store, serial + 1, used, heads);
    }

    byte[] bytes(CredentialKey key) {
        ObjectNode json = FORMAT.tag().put("store", store).put("serial", serial);
        new TreeSet<>(keys).forEach(json.putArray("keys")::add);
        json.put("signedWith", key.id());
        ObjectNode all = json.putObject("heads");
        heads.forEach((name, head) -> all.put(name, head.toString()));
        json.put("signature", HexFormat.of().formatHex(key.sign(StoreJson.bytes(json))));
        return StoreJson.bytes(json);
    }

    /**
     * Reads and verifies.
     *
     * @param file as messages name it
     * @throws KaitsuException CREDENTIAL_KEY, STORE_CORRUPT, STORE_NEWER, or the given one if it is not ours
     */
    static CredentialIndex parse(byte[] content, KeyRing ring, String file, StoreRoot root) {
        JsonNode json = StoreJson.parse(content).orElseThrow(() -> root.notAMark(content, FORMAT));
        FORMAT.check(json, file, root.foreign());
        String signer = json.path("signedWith").asText();
        CredentialKey key = ring.find(signer).orElseThrow(() -> wrongKey(file, signer, ring));
        return read(json)
                .filter(index -> isSigned(index, content, key))
                .orElseThrow(() -> KaitsuException.of(ErrorCode.STORE_CORRUPT, "credentials", file));
    }

    /** Signing again what was read also finds what JSON does not distinguish: spaces, order, escapes. */
    private static boolean isSigned(CredentialIndex index, byte[] content, CredentialKey key) {
        return MessageDigest.isEqual(index.bytes(key), content);
    }

    private static Optional<CredentialIndex> read(JsonNode json) {
        Set<String> keys = new TreeSet<>();
        json.path("keys").forEach(id -> keys.add(id.asText()));
        SortedMap<String, EntryVersion> heads = new TreeMap<>();
        for (var field : json.path("heads").properties()) {
            Optional<EntryVersion> head = EntryVersion.parse(field.getValue().asText());
            if (head.isEmpty()) {
                return Optional.empty();
            }
            heads.put(field.getKey(), head.get());
        }
        return Optional.of(new CredentialIndex(
                json.path("store").asText(), json.path("serial").asLong(), keys, heads));
    }

    static KaitsuException wrongKey(String what, String expected, KeyRing ring) {
        // An id that was not written by us may be anything.
        boolean ours = expected.matches("[0-9a-f]{16}");
        return KaitsuException.of(ErrorCode.CREDENTIAL_KEY, "", what, ours ? expected : "?", ring);
    }
}
