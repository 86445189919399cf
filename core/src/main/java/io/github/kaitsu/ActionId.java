package io.github.kaitsu;

/**
 * Names one operator action within its activation; follows from the step and how often it was asked, so that a crashed and
 * resumed run offers the same action again.
 */
public record ActionId(String value) {
    public static ActionId of(StepId step, int asking) {
        return new ActionId(step.value() + "." + asking);
    }

    /** The step that it asks for. */
    public StepId step() {
        int dot = value.lastIndexOf('.');
        return new StepId(dot < 0 ? value : value.substring(0, dot));
    }

    @Override
    public String toString() {
        return value;
    }
}
