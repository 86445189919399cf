package io.github.kaitsu.spi;

import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import java.util.Map;
import java.util.Optional;

/**
 * What a provisioner may know when it names its steps.
 *
 * @param edition never {@link Edition#AUTO} once the console was looked at
 * @param facts what looks and console readings have learnt so far, by name
 */
public record StepContext(ActivationRequest request, Edition edition, Map<String, String> facts) {
    public StepContext {
        facts = Map.copyOf(facts);
    }

    public CustomerId customer() {
        return request.customer();
    }

    public Optional<String> fact(String name) {
        return Optional.ofNullable(facts.get(name));
    }
}
