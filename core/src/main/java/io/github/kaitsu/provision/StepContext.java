package io.github.kaitsu.provision;

import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.RunRequest;
import java.util.List;
import java.util.Optional;

/**
 * What a provisioner may know when it names its steps.
 *
 * @param edition never {@link Edition#AUTO} once an activation has looked at the console; a removal does not ask
 * @param facts what looks and console readings have learnt so far, by name
 */
public record StepContext(RunRequest request, Edition edition, Facts facts) {
    /** Whose run it is. */
    public CustomerId customer() {
        return request.customer();
    }

    /** What only an activation is asked for; empty in a removal. */
    public Optional<ActivationRequest> activation() {
        return request instanceof ActivationRequest activation ? Optional.of(activation) : Optional.empty();
    }

    /** The policies to switch on with the grant (COMMON-7); none in a removal. */
    public List<String> policies() {
        return activation().map(ActivationRequest::policies).orElse(List.of());
    }

    /** What looks and readings have learnt, by name. */
    public Optional<String> fact(String name) {
        return facts.get(name);
    }
}
