package io.github.kaitsu.consent;

import io.github.kaitsu.files.Disk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** The file store of credentials on a disk that may fail. */
public final class CredentialStores {
    private CredentialStores() {}

    /** @param keys the current one first */
    @SuppressWarnings("exports") // tests see the disk
    public static FileCredentialStore on(Path folder, Disk disk, Duration longestHold, byte[]... keys) {
        EncryptionKeys all = EncryptionKeys.of(keys[0], Arrays.copyOfRange(keys, 1, keys.length));
        return new FileCredentialStore(folder, all, disk, longestHold);
    }
}
