package io.github.kaitsu.consent;

import io.github.kaitsu.contract.CredentialStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileCredentialStoreTest extends CredentialStoreContract {
    @TempDir
    Path temp;

    @Override
    protected CredentialStore newStore() {
        return FileCredentialStore.at(temp.resolve("new/credentials"), EncryptionKeys.of(new byte[32]));
    }

    @Override
    protected CredentialStore reopen() {
        return newStore();
    }
}
