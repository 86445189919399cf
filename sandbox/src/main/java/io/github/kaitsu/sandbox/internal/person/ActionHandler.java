package io.github.kaitsu.sandbox.internal.person;

import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.OperatorAction;

/** One thing that the person knows how to do: looks first, acts only if the goal does not hold, and says how it went. */
@FunctionalInterface
interface ActionHandler {
    Answer perform(OperatorAction action);
}
