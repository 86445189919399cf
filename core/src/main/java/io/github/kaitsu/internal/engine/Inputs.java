package io.github.kaitsu.internal.engine;

import io.github.kaitsu.StepId;
import io.github.kaitsu.spi.Operator.Attention;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a decision takes besides the journal.
 *
 * @param lookedAt when this process last looked, by step; empty after a start, so that it looks at once
 * @param slotHolder who holds the console's link slot
 * @param holderLive whether that run may still give it back by itself
 * @param attention what asking the console costs
 */
public record Inputs(
        Instant now,
        Map<StepId, Instant> lookedAt,
        Optional<String> slotHolder,
        boolean holderLive,
        Attention attention) {}
