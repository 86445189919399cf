package io.github.kaitsu.store.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kaitsu.files.AtomicFile;
import io.github.kaitsu.files.Disk;
import io.github.kaitsu.files.LockFile;
import io.github.kaitsu.files.OwnerOnly;
import io.github.kaitsu.files.Sha256;
import io.github.kaitsu.files.StoreJson;
import io.github.kaitsu.store.ActivationStore.ClaimKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Claims: one small file each, changed under the lock of the store. Thread-safe. */
public final class ClaimFiles {
    private final StoreFolder folder;
    private final Disk disk;

    public ClaimFiles(StoreFolder folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    public Optional<String> claimant(ClaimKey key) throws IOException {
        if (OwnerOnly.directory(folder.claims()).isEmpty()) {
            return Optional.empty();
        }
        Path file = file(key);
        Optional<byte[]> content = OwnerOnly.read(file);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        JsonNode claim = StoreJson.parse(content.get()).orElse(StoreJson.object());
        JsonNode owner = claim.path("owner");
        if (!claim.path("kind").asText().equals(key.kind())
                || !claim.path("name").asText().equals(key.name())
                || !owner.isTextual()) {
            throw JournalLines.corrupt(folder.name(file), 1);
        }
        return Optional.of(owner.asText());
    }

    public boolean claim(ClaimKey key, String owner) throws IOException {
        return changing(() -> {
            Optional<String> claimant = claimant(key);
            if (claimant.isEmpty()) {
                byte[] claim = StoreJson.bytes(StoreJson.object()
                        .put("kind", key.kind())
                        .put("name", key.name())
                        .put("owner", owner));
                AtomicFile.write(disk, file(key), claim);
                disk.forceDirectory(folder.root());
                return true;
            }
            disk.forceDirectory(folder.claims()); // the process that took it may have died before this
            disk.forceDirectory(folder.root());
            return claimant.get().equals(owner);
        });
    }

    public void release(ClaimKey key, String owner) throws IOException {
        changing(() -> {
            if (claimant(key).equals(Optional.of(owner))) {
                disk.delete(file(key));
            }
            disk.forceDirectory(folder.claims());
            return true;
        });
    }

    private <T> T changing(Disk.Call<T> change) throws IOException {
        folder.prepare();
        folder.ensure(folder.claims());
        LockFile lock = LockFile.use(folder.lock(), disk);
        try {
            return lock.alone(change);
        } finally {
            lock.done();
        }
    }

    /** Hashed, because a customer's name may hold anything a file name must not. */
    private Path file(ClaimKey key) {
        String text = key.kind() + "\0" + key.name();
        return folder.claims().resolve(Sha256.hex(text.getBytes(StandardCharsets.UTF_8)) + ".json");
    }
}
