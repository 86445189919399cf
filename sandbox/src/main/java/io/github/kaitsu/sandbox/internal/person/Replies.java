package io.github.kaitsu.sandbox.internal.person;

import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.BlockReason;

/** The answers of one person. */
record Replies(String by) {
    Answer done() {
        return Answer.done(by);
    }

    Answer saw(String text) {
        return Answer.saw(by, text);
    }

    Answer yesOrNo(boolean yes) {
        return yes ? Answer.done(by) : Answer.saw(by, "no");
    }

    Answer blocked(BlockReason reason) {
        return Answer.blocked(by, reason);
    }

    Answer blocked(BlockReason reason, String why) {
        return new Answer.Blocked(by, reason, why);
    }
}
