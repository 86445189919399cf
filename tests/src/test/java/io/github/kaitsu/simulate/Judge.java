package io.github.kaitsu.simulate;

import io.github.kaitsu.CustomerId;
import io.github.kaitsu.StepId;
import io.github.kaitsu.provision.ProbeResult;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What providers were really asked, and when. */
final class Judge {
    private final World world;
    private final Map<String, Instant> looks = new HashMap<>();

    Judge(World world) {
        this.world = world;
    }

    void looked(CustomerId customer, StepId step, ProbeResult found) {
        looks.put(customer + " " + step, world.now());
        world.tell(() -> "a look for " + step + " of " + customer.organisation() + ": "
                + found.getClass().getSimpleName());
    }

    /** When the provider was last asked about a step and answered; the beginning if it never was. */
    Instant lastLook(CustomerId customer, StepId step) {
        return looks.getOrDefault(customer + " " + step, Instant.EPOCH);
    }
}
