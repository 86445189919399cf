package io.github.kaitsu.console;

import io.github.kaitsu.Statement;
import java.util.Locale;

/**
 * Why something that could have proved a service's protection did not (rule COMMON-12). Shown on every screen, so that nobody
 * waits for what was there all the time.
 *
 * @param line the console's own words, as they were read; empty where no line is meant
 * @param told what the reason speaks of, such as the organisation that was expected; empty if nothing
 */
public record NotProof(Reason reason, String line, String told) {

    /** A closed list; the texts stand in the core's bundle under {@code not-proof.<name>}. */
    public enum Reason {
        /** The accounts, the successes or what is 保留 have not been read completely since the grant. */
        INCOMPLETE(true),
        /** No line says that this service is protected. */
        NO_LINE(true),
        /** The line is of another organisation. */
        NOT_THIS_ORGANISATION(false),
        /** The line names no organisation. */
        NO_ORGANISATION(false),
        /** Two organisations of this console have names that cannot be told apart. */
        ORGANISATION_AMBIGUOUS(false),
        /** The line, or one as young, was there before the grant. */
        NOT_NEW(true),
        /** The line has no time that can be read. */
        NO_TIME(false),
        /** The line is much older than the reading from before the grant. */
        TOO_OLD(true),
        /** The line is from a time that has not come yet. */
        IN_THE_FUTURE(false),
        /** The computer's clock has leapt and the console's was not copied. */
        CLOCK_UNSURE(false),
        /** No reading from before the grant shows this list. */
        NO_BASELINE(false),
        /** A line as young or younger says the opposite. */
        NEWER_OPPOSITE(true),
        /** A line about the service could not be read whole: it may say anything. */
        UNREADABLE_LINE(false),
        /** The console does not list the service. */
        NOT_LISTED(true),
        /** Something of the service is still 保留. */
        STILL_PENDING(true),
        /** The same text was read in another customer's console. */
        ANOTHER_CONSOLES_TEXT(false),
        /** The page ends with a sentence that Kaitsu does not know. */
        UNKNOWN_SENTENCE(false);

        private final boolean mendedByWaiting;

        Reason(boolean mendedByWaiting) {
            this.mendedByWaiting = mendedByWaiting;
        }

        /** Whether the same pages, read later, may show more; else a person has to do something about it. */
        public boolean isMendedByWaiting() {
            return mendedByWaiting;
        }
    }

    /** The same as a sentence's code and arguments: the line, and what the reason speaks of. */
    public Statement statement() {
        return Statement.of(
                "not-proof-" + reason.name().toLowerCase(Locale.ROOT).replace('_', '-'), line, told);
    }

    /** A reason that no single line stands for. */
    public static NotProof of(Reason reason) {
        return new NotProof(reason, "", "");
    }

    /** A reason that this line stands for. */
    public static NotProof of(Reason reason, ConsoleEntry entry) {
        return new NotProof(reason, entry.text(), "");
    }
}
