package io.github.kaitsu.invite;

import io.github.kaitsu.invite.contract.InvitationStoreContract;

class MemoryInvitationStoreTest extends InvitationStoreContract {
    private InvitationStore store = new MemoryInvitationStore();

    @Override
    protected InvitationStore newStore() {
        store = new MemoryInvitationStore();
        return store;
    }

    @Override
    protected InvitationStore reopen() {
        return store;
    }
}
