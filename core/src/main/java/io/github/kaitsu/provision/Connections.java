package io.github.kaitsu.provision;

import io.github.kaitsu.CustomerId;
import java.util.Optional;

/**
 * Finds a customer's connection to a provider. Called for every look, from any thread; a customer without a connection still
 * works: a person is asked instead.
 */
@FunctionalInterface
public interface Connections<T> {
    Optional<T> find(CustomerId customer);

    static <T> Connections<T> none() {
        return customer -> Optional.empty();
    }
}
