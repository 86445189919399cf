package io.github.kaitsu.provision;

import io.github.kaitsu.CustomerId;
import java.util.Optional;

/**
 * Finds a customer's connection to a provider. Called for every look, from any thread; a customer without a connection still
 * works: a person is asked instead.
 */
@FunctionalInterface
public interface Connections<T> {
    /**
     * The customer's own connection; empty if there is none, so that persons are asked. Called for each look, from any thread:
     * return at once.
     */
    Optional<T> find(CustomerId customer);

    /** No connection for anybody: persons are asked. */
    static <T> Connections<T> none() {
        return customer -> Optional.empty();
    }
}
