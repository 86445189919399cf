package io.github.kaitsu;

import io.github.kaitsu.contract.ActivationStoreContract;
import io.github.kaitsu.spi.ActivationStore;

class MemoryActivationStoreTest extends ActivationStoreContract {
    private ActivationStore store;

    @Override
    protected ActivationStore newStore() {
        store = new MemoryActivationStore();
        return store;
    }

    @Override
    protected ActivationStore reopen() {
        return store;
    }
}
