package io.github.kaitsu.cli;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.ConsentClient;
import io.github.kaitsu.consent.OwnAccess;
import io.github.kaitsu.sandbox.Sandbox;
import java.util.Optional;
import java.util.Set;

/**
 * The own access of one customer within one call. Where the vault cannot be read, perhaps because its key is lost, the call goes on
 * without connections and says so, and a run that ends says what was not given back.
 */
final class Access implements AutoCloseable {
    private final Optional<Vault> vault;
    private final Optional<ConsentClient> consents;
    private final OwnAccess own;

    private Access(Optional<Vault> vault, Optional<ConsentClient> consents, OwnAccess own) {
        this.vault = vault;
        this.consents = consents;
        this.own = own;
    }

    static Access of(Invocation call, Optional<Workspace> folder, Optional<Sandbox> sandbox, CustomerId customer) {
        try {
            Optional<Vault> vault = folder.flatMap(w -> Vault.find(w, sandbox, call.io()));
            Optional<ConsentClient> consents = vault.map(v -> v.client(customer));
            consents.ifPresent(c -> c.held(customer)); // reads it once, so that what is wrong is said now
            return new Access(vault, consents, consents.<OwnAccess>map(c -> c).orElse(OwnAccess.none()));
        } catch (KaitsuException e) {
            call.error(call.text("consent.unreadable", Failures.form(call, e)));
            return new Access(Optional.empty(), Optional.empty(), new Unreadable(e));
        }
    }

    Optional<Vault> vault() {
        return vault;
    }

    Optional<ConsentClient> consents() {
        return consents;
    }

    OwnAccess own() {
        return own;
    }

    @Override
    public void close() {
        vault.ifPresent(Vault::close);
    }

    /** Knows only why it knows nothing. */
    private record Unreadable(KaitsuException why) implements OwnAccess {
        @Override
        public Set<CloudService.Provider> held(CustomerId customer) {
            throw why;
        }

        @Override
        public Returned giveBack(CustomerId customer, CloudService.Provider provider) {
            throw why;
        }
    }
}
