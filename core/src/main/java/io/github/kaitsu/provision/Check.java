package io.github.kaitsu.provision;

import io.github.kaitsu.operator.ActionTemplate;
import java.util.Objects;
import java.util.Optional;

/** How a step is known to hold. Immutable. */
public final class Check {
    private final Optional<Probe> probe;
    private final Optional<ActionTemplate> question;

    private Check(Optional<Probe> probe, Optional<ActionTemplate> question) {
        this.probe = probe;
        this.question = question;
    }

    /** By a look at a provider; without access somebody is asked, if {@link #orAsk} says what. */
    public static Check by(Probe probe) {
        return new Check(Optional.of(probe), Optional.empty());
    }

    /** By asking a person, since no API tells. */
    public static Check asking(ActionTemplate question) {
        return new Check(Optional.empty(), Optional.of(question));
    }

    /** Nothing tells but the person who does the action. */
    public static Check attestedByDoing() {
        return new Check(Optional.empty(), Optional.empty());
    }

    /** The same, and this question where there is no access or patience is over. */
    public Check orAsk(ActionTemplate fallback) {
        return new Check(probe, Optional.of(fallback));
    }

    /** Reads a provider; absent where no API tells. */
    public Optional<Probe> probe() {
        return probe;
    }

    /** Asks a person, where there is no probe, no access, or patience is over. */
    public Optional<ActionTemplate> question() {
        return question;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Check other && probe.equals(other.probe) && question.equals(other.question);
    }

    @Override
    public int hashCode() {
        return Objects.hash(probe, question);
    }

    @Override
    public String toString() {
        return "Check[probe=" + probe + ", question=" + question + "]";
    }
}
