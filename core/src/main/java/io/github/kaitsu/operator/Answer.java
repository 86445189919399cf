package io.github.kaitsu.operator;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.util.List;

/**
 * What an operator says about an action. {@code by} is a name as stated by the host; it is kept as evidence.
 *
 * <p>The names are part of the journal format: they may be added to, never renamed.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Answer.Done.class, name = "done"),
    @JsonSubTypes.Type(value = Answer.Saw.class, name = "saw"),
    @JsonSubTypes.Type(value = Answer.Declined.class, name = "declined"),
    @JsonSubTypes.Type(value = Answer.Blocked.class, name = "blocked"),
    @JsonSubTypes.Type(value = Answer.NotYet.class, name = "not-yet"),
    @JsonSubTypes.Type(value = Answer.HandedBack.class, name = "handed-back")
})
public sealed interface Answer {
    /** Who answers: 1 to 128 characters, as stated by the host. */
    String by();

    /**
     * The goal holds now; for a yes-or-no question: yes.
     */
    record Done(String by) implements Answer {
        /**
         * Checks the name.
         *
         * @throws KaitsuException ANSWER_FORM
         */
        public Done {
            by = named(by);
        }
    }

    /**
     * What was seen, pasted or chosen.
     *
     * @param text the text itself; never a password or code
     */
    record Saw(String by, String text) implements Answer {
        /**
         * Checks the name.
         *
         * @throws KaitsuException ANSWER_FORM
         */
        public Saw {
            by = named(by);
        }
    }

    /** The person does not want this done. */
    record Declined(String by) implements Answer {
        /**
         * Checks the name.
         *
         * @throws KaitsuException ANSWER_FORM
         */
        public Declined {
            by = named(by);
        }
    }

    /** It could not be done. */
    record Blocked(String by, BlockReason reason, String text) implements Answer {
        /**
         * Checks the name.
         *
         * @throws KaitsuException ANSWER_FORM
         */
        public Blocked {
            by = named(by);
        }
    }

    /** Later: the action stays open. */
    record NotYet(String by) implements Answer {
        /**
         * Checks the name.
         *
         * @throws KaitsuException ANSWER_FORM
         */
        public NotYet {
            by = named(by);
        }
    }

    /**
     * A machine could not go on and gives the action to a person, who is shown why.
     *
     * @param text what was looked for, or what was seen instead
     * @param screenshots files that show the page
     */
    record HandedBack(String by, String text, List<String> screenshots) implements Answer {
        /**
         * Checks the name.
         *
         * @throws KaitsuException ANSWER_FORM
         */
        public HandedBack {
            by = named(by);
            screenshots = List.copyOf(screenshots);
        }
    }

    /** The goal holds now, or yes. */
    static Answer done(String by) {
        return new Done(by);
    }

    /** What was seen, pasted or chosen; never a password or code. */
    static Answer saw(String by, String text) {
        return new Saw(by, text);
    }

    /** Nobody wants this done. */
    static Answer declined(String by) {
        return new Declined(by);
    }

    /** It could not be done, for a reason and without further words. */
    static Answer blocked(String by, BlockReason reason) {
        return new Blocked(by, reason, "");
    }

    /** Later: the action stays open. */
    static Answer notYet(String by) {
        return new NotYet(by);
    }

    private static String named(String by) {
        String name = by.strip();
        if (name.isEmpty() || name.length() > 128) {
            throw KaitsuException.of(ErrorCode.ANSWER_FORM, "by");
        }
        return name;
    }
}
