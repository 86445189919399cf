package io.github.kaitsu;

import java.util.regex.Pattern;

/**
 * Names one operator action within its activation; follows from the step and how often it was asked, so that a crashed and
 * resumed run offers the same action again.
 *
 * @param value the step, a dot, and from 1 how often it was asked: {@code console.read.2}
 */
public record ActionId(String value) {
    private static final int LONGEST = 200;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*\\.[1-9][0-9]{0,8}");

    /** Names the {@code asking}-th asking of a step, counted from 1: {@code box.grant.2}. */
    public static ActionId of(StepId step, int asking) {
        return new ActionId(step.value() + "." + asking);
    }

    /**
     * The id that this text is, for a host that gets it back from a form field or an address. Spaces around it do not matter.
     *
     * @throws KaitsuException INVALID_ACTION_ID if no action can be called so
     */
    public static ActionId of(String text) {
        String value = text.strip();
        if (value.length() > LONGEST || !FORM.matcher(value).matches()) {
            throw KaitsuException.of(ErrorCode.INVALID_ACTION_ID, "");
        }
        return new ActionId(value);
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
