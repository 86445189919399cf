package io.github.kaitsu.operator;

/** Says whose answers count, for hosts that expect a certain person. Thread-safe; returns at once. */
@FunctionalInterface
public interface AnswerAdmission {
    /**
     * Whether this person may answer this action.
     *
     * @param by the name that the answer bears, as stated by the host
     */
    boolean admits(OperatorAction action, String by);
}
