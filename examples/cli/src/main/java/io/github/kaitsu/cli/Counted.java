package io.github.kaitsu.cli;

import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.sandbox.HandsOn;
import io.github.kaitsu.sandbox.Sandbox;

/** Tells a sandbox what a person did at the terminal, which none of its pages can see. */
final class Counted {
    private Counted() {}

    /** That somebody took an answer back. */
    static void correction(Sandbox sandbox) {
        sandbox.counted(HandsOn.Kind.ANSWERS, 1);
    }

    /** An answer, and where it is a text of several lines, that this was copied from somewhere and pasted. */
    static void answer(Sandbox sandbox, Answer given) {
        sandbox.counted(HandsOn.Kind.ANSWERS, 1);
        if (given instanceof Answer.Saw saw && saw.text().strip().contains("\n")) {
            sandbox.counted(HandsOn.Kind.COPIES, 1);
            sandbox.counted(HandsOn.Kind.PASTES, 1);
        }
    }
}
