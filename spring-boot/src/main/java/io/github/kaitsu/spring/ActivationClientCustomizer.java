package io.github.kaitsu.spring;

import io.github.kaitsu.ActivationClient;

/** A bean that changes the client's builder last of all; several in their {@code @Order}. */
@FunctionalInterface
public interface ActivationClientCustomizer {
    void customize(ActivationClient.Builder builder);
}
