package io.github.kaitsu.provision;

import io.github.kaitsu.CustomerId;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * What a probe may know.
 *
 * @param facts what earlier looks learnt, by name
 * @param since when this run began; the run's own events are younger
 */
public record ProbeContext(CustomerId customer, Facts facts, Clock clock, Instant since) {
    /** What an earlier look learnt, by name. */
    public Optional<String> fact(String name) {
        return facts.get(name);
    }
}
