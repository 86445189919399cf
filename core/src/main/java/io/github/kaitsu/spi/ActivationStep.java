package io.github.kaitsu.spi;

import io.github.kaitsu.Performer;
import io.github.kaitsu.Phase;
import io.github.kaitsu.StepId;
import java.util.Optional;
import java.util.Set;

/**
 * A check plus, where something must change, an operator action: look first, act if it does not hold, look again.
 *
 * @param rule the handbook rule it fulfils, for instance {@code BOX-6}
 * @param titleKey text key of its one-line title, in the same file as the actions: {@code step.<titleKey>}
 * @param after steps that must hold first
 * @param required whether the service is not protected without it; others become open items
 */
public record ActivationStep(
        StepId id,
        String rule,
        Phase phase,
        Class<?> texts,
        String titleKey,
        Set<StepId> after,
        boolean required,
        Check check,
        Optional<ActionTemplate> action,
        Patience patience) {

    public ActivationStep {
        after = Set.copyOf(after);
    }

    /** A required step that only looks. */
    public static ActivationStep look(
            StepId id, String rule, Phase phase, Class<?> texts, String titleKey, Check check, Patience patience) {
        return new ActivationStep(id, rule, phase, texts, titleKey, Set.of(), true, check, Optional.empty(), patience);
    }

    /** A required step that a person does. */
    public static ActivationStep act(
            StepId id, String rule, Phase phase, Class<?> texts, String titleKey, Check check, ActionTemplate action) {
        return new ActivationStep(
                id, rule, phase, texts, titleKey, Set.of(), true, check, Optional.of(action), Patience.none());
    }

    public ActivationStep after(StepId... steps) {
        return new ActivationStep(id, rule, phase, texts, titleKey, Set.of(steps), required, check, action, patience);
    }

    public ActivationStep optional() {
        return new ActivationStep(id, rule, phase, texts, titleKey, after, false, check, action, patience);
    }

    public ActivationStep patient(Patience other) {
        return new ActivationStep(id, rule, phase, texts, titleKey, after, required, check, action, other);
    }

    /** SDK where a probe alone decides, PERSON where somebody must act or be asked. */
    public Performer performer() {
        return action.isEmpty() && check.probe().isPresent() ? Performer.SDK : Performer.PERSON;
    }
}
