package io.github.kaitsu.provision;

import io.github.kaitsu.Performer;
import io.github.kaitsu.Phase;
import io.github.kaitsu.StepId;
import io.github.kaitsu.operator.ActionTemplate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A check plus, where something must change, an operator action: look first, act if it does not hold, look again. Immutable.
 */
public final class ActivationStep {
    private final StepId id;
    private final String rule;
    private final Phase phase;
    private final Class<?> texts;
    private final String titleKey;
    private final Set<StepId> after;
    private final boolean required;
    private final Check check;
    private final Optional<ActionTemplate> action;
    private final ProbeTiming patience;

    private ActivationStep(Builder b) {
        this.id = b.id;
        this.rule = b.rule;
        this.phase = b.phase;
        this.texts = b.texts;
        this.titleKey = b.titleKey;
        this.after = Set.copyOf(b.after);
        this.required = b.required;
        this.check = b.check;
        this.action = b.action;
        this.patience = b.patience;
    }

    /** A required step that only looks. */
    public static ActivationStep look(
            StepId id, String rule, Phase phase, Class<?> texts, String titleKey, Check check, ProbeTiming patience) {
        return builder(id, rule, phase, texts, titleKey, check)
                .patience(patience)
                .build();
    }

    /** A required step that a person does. */
    public static ActivationStep act(
            StepId id, String rule, Phase phase, Class<?> texts, String titleKey, Check check, ActionTemplate action) {
        return builder(id, rule, phase, texts, titleKey, check).action(action).build();
    }

    /**
     * A required step that only looks, once, until the builder is told otherwise.
     *
     * @param rule the handbook rule it fulfils, for instance {@code BOX-6}
     * @param texts a class beside whose file {@code actions_<ja|en>.properties} the title stands
     * @param titleKey text key of its one-line title: {@code step.<titleKey>}
     */
    public static Builder builder(StepId id, String rule, Phase phase, Class<?> texts, String titleKey, Check check) {
        return new Builder(id, rule, phase, texts, titleKey, check);
    }

    /** A builder with everything as it is here. */
    public Builder toBuilder() {
        Builder b = builder(id, rule, phase, texts, titleKey, check)
                .after(after)
                .required(required)
                .patience(patience);
        b.action = action;
        return b;
    }

    /** The same after these steps, and after no others. */
    public ActivationStep after(StepId... steps) {
        return toBuilder().after(Arrays.asList(steps)).build();
    }

    /** The same, without which the service is protected all the same; left undone it becomes an open item. */
    public ActivationStep optional() {
        return toBuilder().required(false).build();
    }

    /** The same, with another patience. */
    public ActivationStep patient(ProbeTiming other) {
        return toBuilder().patience(other).build();
    }

    /** Which step; unique within a run. */
    public StepId id() {
        return id;
    }

    /** The handbook rule it fulfils, for instance {@code BOX-6}. */
    public String rule() {
        return rule;
    }

    /** Where in the run it belongs. */
    public Phase phase() {
        return phase;
    }

    /** The class beside whose text files its title stands. */
    public Class<?> texts() {
        return texts;
    }

    /** The title's key is {@code step.<titleKey>}. */
    public String titleKey() {
        return titleKey;
    }

    /** Steps that must hold first. */
    public Set<StepId> after() {
        return after;
    }

    /** Whether the service is not protected without it; others become open items. */
    public boolean required() {
        return required;
    }

    /** How it is known to hold. */
    public Check check() {
        return check;
    }

    /** Absent for a step that only looks. */
    public Optional<ActionTemplate> action() {
        return action;
    }

    /** How long is looked before somebody is asked. */
    public ProbeTiming patience() {
        return patience;
    }

    /** SDK where a probe alone decides, PERSON where somebody must act or be asked. */
    public Performer performer() {
        return action.isEmpty() && check.probe().isPresent() ? Performer.SDK : Performer.PERSON;
    }

    private List<Object> parts() {
        return List.of(id, rule, phase, texts, titleKey, after, required, check, action, patience);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ActivationStep other && parts().equals(other.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    @Override
    public String toString() {
        return "ActivationStep[id=" + id + ", rule=" + rule + ", phase=" + phase + ", texts=" + texts.getName()
                + ", titleKey=" + titleKey + ", after=" + after + ", required=" + required + ", check=" + check
                + ", action=" + action + ", patience=" + patience + "]";
    }

    /** Not thread-safe. */
    public static final class Builder {
        private final StepId id;
        private final String rule;
        private final Phase phase;
        private final Class<?> texts;
        private final String titleKey;
        private Check check;
        private Collection<StepId> after = Set.of();
        private boolean required = true;
        private Optional<ActionTemplate> action = Optional.empty();
        private ProbeTiming patience = ProbeTiming.none();

        private Builder(StepId id, String rule, Phase phase, Class<?> texts, String titleKey, Check check) {
            this.id = Objects.requireNonNull(id);
            this.rule = Objects.requireNonNull(rule);
            this.phase = Objects.requireNonNull(phase);
            this.texts = Objects.requireNonNull(texts);
            this.titleKey = Objects.requireNonNull(titleKey);
            this.check = Objects.requireNonNull(check);
        }

        /** How it is known to hold, in place of what the builder was begun with. */
        public Builder check(Check other) {
            this.check = Objects.requireNonNull(other);
            return this;
        }

        /** Default: none. */
        public Builder after(Collection<StepId> steps) {
            this.after = Objects.requireNonNull(steps);
            return this;
        }

        /** Default: it is. */
        public Builder required(boolean isRequired) {
            this.required = isRequired;
            return this;
        }

        /** Default: none; the step only looks. */
        public Builder action(ActionTemplate template) {
            this.action = Optional.of(template);
            return this;
        }

        /** Default: none. */
        public Builder patience(ProbeTiming other) {
            this.patience = Objects.requireNonNull(other);
            return this;
        }

        /** Builds it. */
        public ActivationStep build() {
            return new ActivationStep(this);
        }
    }
}
