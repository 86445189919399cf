package io.github.kaitsu.spi;

/**
 * A bounded, repeatable read at a provider. Implementations are thread-safe, change nothing, end within the context's time
 * limit, and turn every expected answer of the vendor into a {@link Look}; an exception counts as unclear.
 */
public interface Probe {
    Look look(ProbeContext context) throws InterruptedException;

    /** The API calls it makes, for the plan: {@code GET /2.0/users/me}. */
    String calls();

    /** The scope it needs, for the plan; empty if none. */
    String scope();
}
