package io.github.kaitsu;

/**
 * Keeps something of activations beside the store: a browser's record with its pictures, evidence bundles, copies of reports. Erases its
 * part when a run is forgotten. Called before the run's journal goes, so that what fails or is broken off is done when the run is
 * forgotten again; erasing twice must be harmless. Thread-safe.
 */
@FunctionalInterface
public interface RecordKeeper {
    /**
     * Erases all that is kept of a run; returns once it is gone.
     *
     * @throws RuntimeException if it is not: the run then stays as a whole
     */
    void forget(ActivationId activation, CustomerId customer);
}
