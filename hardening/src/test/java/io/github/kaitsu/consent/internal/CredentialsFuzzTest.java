package io.github.kaitsu.consent.internal;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.consent.CredentialCodec;
import io.github.kaitsu.consent.CredentialStore;
import io.github.kaitsu.consent.EncryptionKeys;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.hardening.Foreign;
import io.github.kaitsu.report.Ed25519Signer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/** What stands in the store of credentials, and the files of keys. */
class CredentialsFuzzTest {
    private static final CredentialStore.Key KEY =
            CredentialStore.Key.grant(CustomerId.of(ConsoleSite.JP, "CAS0001"), CloudService.Provider.BOX);
    private static final CredentialCodec CODEC = CredentialCodec.with(EncryptionKeys.of(new byte[32]));

    @FuzzTest
    void grant(byte[] data) {
        Foreign.read(data.length, 20_000, true, () -> GrantRecord.parse(data));
    }

    @FuzzTest
    void pending(byte[] data) {
        Foreign.read(data.length, 20_000, true, () -> PendingRecord.parse(data));
    }

    @FuzzTest
    void sealed(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        Foreign.read(data.length, 20_000, true, () -> SealedEntry.parse(data, "entry"));
        Foreign.read(data.length, 20_000, true, () -> CODEC.open(text, KEY, 1));
        Foreign.read(data.length, 20_000, true, () -> CODEC.key(text, CredentialCodec.name(KEY)));
    }

    @FuzzTest
    void keyFile(byte[] data) throws IOException {
        Path file = file(data);
        Foreign.read(data.length, 20_000, true, () -> {
            byte[] key = KeyFile.read(file);
            Arrays.fill(key, (byte) 0);
            return key.length;
        });
        Files.delete(file);
    }

    @FuzzTest
    void signingKey(byte[] data) throws IOException {
        Path file = file(data);
        Foreign.read(data.length, 20_000, true, () -> Ed25519Signer.ofFile(file));
        Files.delete(file);
    }

    private static Path file(byte[] data) throws IOException {
        Path file = Files.createTempFile(
                "fuzz", ".key", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.write(file, data);
    }
}
