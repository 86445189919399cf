package io.github.kaitsu.internal.engine;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.StepId;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.operator.Operator.Attention;
import io.github.kaitsu.provision.ProbeResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What a decision takes besides the journal.
 *
 * @param now by the clock
 * @param lookedAt when this process last looked, by step, in the run's time; empty after a start, so that it looks at once
 * @param slotHolder who holds the console's link slot
 * @param holderLive whether that run may still give it back by itself
 * @param holderUnseen whether it is another organisation's and may have left its grant's window open, which no page of this one shows
 * @param attentions what asking for a step costs: whoever of the operators would take it
 * @param foreign whether a reading's text was used for another console
 * @param furniture what persons called furniture of the console in its other runs; reads all of them
 * @param apps who tells the owner of the own app that a provider refuses it so
 */
public record DecisionInputs(
        Instant now,
        Map<StepId, Instant> lookedAt,
        Optional<String> slotHolder,
        boolean holderLive,
        boolean holderUnseen,
        Function<StepId, Attention> attentions,
        Predicate<ConsoleReading> foreign,
        Supplier<List<Event.FurnitureKnown>> furniture,
        BiFunction<CloudService.Provider, ProbeResult.Refused, AppHold> apps) {

    Attention attention(StepId step) {
        return attentions.apply(step);
    }
}
