package io.github.kaitsu.consent.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The host's keys: one to write with, and older ones to read with; {@link io.github.kaitsu.consent.EncryptionKeys}. */
public final class KeyRing {
    private final List<CredentialKey> keys = new ArrayList<>();

    /** @param secrets 32 bytes each, the current one first; they are copied */
    public KeyRing(List<byte[]> secrets) {
        secrets.forEach(secret -> keys.add(new CredentialKey(secret)));
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no key");
        }
    }

    CredentialKey current() {
        return keys.get(0);
    }

    Optional<CredentialKey> find(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    Set<String> ids() {
        Set<String> ids = new TreeSet<>();
        keys.forEach(key -> ids.add(key.id()));
        return ids;
    }

    /** Overwrites them; nothing can be read or written with them any more. */
    public void wipe() {
        keys.forEach(CredentialKey::wipe);
    }

    /** Names them, the current one first. */
    @Override
    public String toString() {
        return String.join(", ", keys.stream().map(CredentialKey::id).toList());
    }
}
