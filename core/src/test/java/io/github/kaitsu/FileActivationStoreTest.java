package io.github.kaitsu;

import io.github.kaitsu.contract.ActivationStoreContract;
import io.github.kaitsu.spi.ActivationStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileActivationStoreTest extends ActivationStoreContract {
    @TempDir
    Path temp;

    @Override
    protected ActivationStore newStore() {
        return FileActivationStore.at(temp.resolve("new/store"));
    }

    @Override
    protected ActivationStore reopen() {
        return newStore();
    }
}
