package io.github.kaitsu.store;

import io.github.kaitsu.contract.ActivationStoreContract;

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
