package io.github.kaitsu.provision;

import io.github.kaitsu.CustomerId;

/**
 * A bounded, repeatable read at a provider. Implementations are thread-safe, change nothing, end within the context's time
 * limit, and turn every expected answer of the vendor into a {@link ProbeResult}; an exception counts as unclear.
 */
public interface Probe {
    /**
     * Looks once, within seconds, and changes nothing. What it throws counts as unclear and is tried again.
     *
     * @throws InterruptedException if the client is closing
     */
    ProbeResult look(ProbeContext context) throws InterruptedException;

    /**
     * Whether there is anything to look through for a customer, as far as can be told without calling the vendor. Default: yes.
     */
    default boolean isConnected(CustomerId customer) {
        return true;
    }

    /** The API calls it makes, for the plan: {@code GET /2.0/users/me}. */
    String calls();

    /** The scope it needs, for the plan; empty if none. */
    String scope();
}
