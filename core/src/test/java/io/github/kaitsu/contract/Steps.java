package io.github.kaitsu.contract;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.vendor.AccessTokens;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The steps of a provisioner and what their looks say, without an engine. */
public final class Steps {
    private Steps() {}

    public static ServiceAccountProvisioner of(
            Collection<? extends ServiceAccountProvisioner> provisioners, CloudService service) {
        return provisioners.stream()
                .filter(p -> p.service() == service)
                .findFirst()
                .orElseThrow();
    }

    /** Those of an activation, then those of a removal. */
    public static List<ActivationStep> all(ServiceAccountProvisioner provisioner, StepContext context) {
        return Stream.concat(provisioner.steps(context).stream(), provisioner.removalSteps(context).stream())
                .toList();
    }

    /** @throws AssertionError with the ids there are */
    public static ActivationStep step(List<ActivationStep> steps, String id) {
        return steps.stream()
                .filter(s -> s.id().value().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        id + " is not among " + steps.stream().map(s -> s.id()).toList()));
    }

    /** With what the context knows. */
    public static ProbeResult look(ServiceAccountProvisioner provisioner, StepContext context, String id, Clock clock)
            throws InterruptedException {
        return look(step(all(provisioner, context), id), context, clock);
    }

    public static ProbeResult look(ActivationStep step, StepContext context, Clock clock) throws InterruptedException {
        ProbeContext now = new ProbeContext(context.customer(), context.facts(), clock, clock.instant());
        return step.check().probe().orElseThrow().look(now);
    }

    /** The same token again and again. */
    public static AccessTokens always(String token) {
        return AccessTokens.singleFlight(spent -> new AccessTokens.Token(token, Optional.empty()), Clock.systemUTC());
    }
}
