package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import java.util.Map;
import java.util.Optional;

/**
 * Looks that a run needs now. Whoever makes them hands what was seen to {@link Advancer#seen}, or {@linkplain Advancer#abandon
 * abandons} them; until then nobody of this process advances the run. Immutable.
 *
 * @param steps what to look at, with what was seen there last
 * @param size how many entries the journal had when this was decided
 */
public record Looking(
        ActivationId id, Map<ActivationStep, Optional<ProbeResult>> steps, ProbeContext context, long size)
        implements Advancer.Outcome {}
