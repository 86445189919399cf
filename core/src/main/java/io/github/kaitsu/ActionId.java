package io.github.kaitsu;

/**
 * Names one operator action within its activation; follows from the step and how often it was asked, so that a crashed and
 * resumed run offers the same action again.
 */
public record ActionId(String value) {
    public static ActionId of(StepId step, int asking) {
        return new ActionId(step.value() + "." + asking);
    }

    @Override
    public String toString() {
        return value;
    }
}
