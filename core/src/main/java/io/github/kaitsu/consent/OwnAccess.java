package io.github.kaitsu.consent;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import java.util.Set;

/**
 * The embedding team's own access to customers' tenants, as far as the engine must know it: a store of administrators' tokens is
 * the biggest risk there is, so it is given back when a run ends. Thread-safe.
 */
public interface OwnAccess {
    /** The providers that a customer's grants are held of. */
    Set<CloudService.Provider> held(CustomerId customer);

    /** Ends a grant at the vendor and deletes it here; may be called again at any time. */
    Returned giveBack(CustomerId customer, CloudService.Provider provider) throws InterruptedException;

    /** Holds nothing. */
    static OwnAccess none() {
        return new OwnAccess() {
            @Override
            public Set<CloudService.Provider> held(CustomerId customer) {
                return Set.of();
            }

            @Override
            public Returned giveBack(CustomerId customer, CloudService.Provider provider) {
                return Returned.NOTHING_HELD;
            }
        };
    }

    /** What became of a grant. The names are part of the journal format: they may be added to, never renamed. */
    enum Returned {
        /** There was none. */
        NOTHING_HELD,
        /** The vendor ended it; deleted here. */
        REVOKED,
        /**
         * Deleted here; at the vendor its entry stays until a person removes the app: there is no call that ends it, the vendor
         * refuses it, or another customer's grant of the same account would end with it.
         */
        DELETED,
        /** The vendor could not be reached or was busy: kept and never used again, to be given back later. */
        NOT_REVOKED,
        /** Our own store could not be read or written: what became of the grant is not known, give it back again. */
        STORE_FAILED
    }
}
