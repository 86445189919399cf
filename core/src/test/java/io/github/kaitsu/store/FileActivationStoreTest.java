package io.github.kaitsu.store;

import io.github.kaitsu.contract.ActivationStoreContract;
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
