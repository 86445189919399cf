package io.github.kaitsu.spring;

import io.github.kaitsu.ActivationClient;

/** A bean that changes the client's builder last of all; several in their {@code @Order}. */
@FunctionalInterface
public interface ActivationClientCustomizer {
    /** Changes the builder, after the properties and beans have been applied and before the client is built. */
    void customize(ActivationClient.Builder builder);
}
