package io.github.kaitsu.consent;

import io.github.kaitsu.contract.CredentialStoreContract;

class MemoryCredentialStoreTest extends CredentialStoreContract {
    private final CredentialStore store = new MemoryCredentialStore();

    @Override
    protected CredentialStore newStore() {
        return store;
    }

    @Override
    protected CredentialStore reopen() {
        return store;
    }
}
