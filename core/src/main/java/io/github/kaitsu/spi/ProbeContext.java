package io.github.kaitsu.spi;

import io.github.kaitsu.CustomerId;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a probe may know.
 *
 * @param facts what earlier looks learnt, by name
 * @param since when this run began; the run's own events are younger
 */
public record ProbeContext(CustomerId customer, Map<String, String> facts, Clock clock, Instant since) {
    public ProbeContext {
        facts = Map.copyOf(facts);
    }

    public Optional<String> fact(String name) {
        return Optional.ofNullable(facts.get(name));
    }
}
