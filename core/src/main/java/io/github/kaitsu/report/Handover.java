package io.github.kaitsu.report;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Evidence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is handed over to the customer, in one language: the verdict, what is left to them, and what every claim rests on. HTML,
 * Markdown, JSON and CSV are all made of it, so that they cannot say different things.
 *
 * <p>Texts are as they were said, not yet escaped for any document. What {@link #evidence} holds apart, nothing names a rule or an
 * API. Immutable, thread-safe.
 *
 * @param title what this document may truly call itself: a run that is under way or not complete makes no 完了報告書
 * @param outcomeText the outcome in a word or two
 * @param at when something last happened
 * @param date that, in words and in Japan's time
 * @param verdict true sentences; the first one says how far it is, the others name what is not
 * @param services as the request orders them
 * @param remaining what the customer still has to do, and only that
 * @param announcements to be sent to the users of services that are linked
 * @param notes to be known; nothing has to be done
 * @param evidence every step of the run with what it rests on
 */
public record Handover(
        String title,
        boolean removal,
        Outcome outcome,
        String outcomeText,
        CustomerId customer,
        Optional<String> company,
        Optional<String> reference,
        Instant at,
        String date,
        List<String> verdict,
        List<ServiceLine> services,
        List<Remaining> remaining,
        List<Announcement> announcements,
        List<Note> notes,
        List<Claim> evidence) {

    /** Keeps unmodifiable copies. */
    public Handover {
        verdict = List.copyOf(verdict);
        services = List.copyOf(services);
        remaining = List.copyOf(remaining);
        announcements = List.copyOf(announcements);
        notes = List.copyOf(notes);
        evidence = List.copyOf(evidence);
    }

    /** How the run as a whole stands. */
    public enum Outcome {
        /** Every service is linked, or removed for a removal. */
        COMPLETE,
        /** It has ended; some services are linked, not all. */
        PARTIAL,
        /** It has ended; of no service it is known that it is linked. */
        NOT_COMPLETE,
        /** Somebody has since said the opposite of what a required step rests on, or taken it back (rule COMMON-20). */
        DOUBTED,
        /** The run has not ended. */
        UNDER_WAY
    }

    /** How one service stands. */
    public enum State {
        /** Linked (removed), and a machine has read that it is. */
        VERIFIED,
        /** Linked (removed) by what persons said or pasted alone. */
        ATTESTED,
        /** Linked (removed), but somebody has since said the opposite or taken a word back. */
        DOUBTED,
        /** Something is still going on for it. */
        UNDER_WAY,
        /** The console shows access as granted, and no success was ever seen. */
        UNPROVED,
        /** It ended without protection; its step says why. */
        FAILED,
        /** It ended because the run was cancelled. */
        CANCELLED;

        /** Whether it counts as linked (removed). */
        public boolean isDone() {
            return this == VERIFIED || this == ATTESTED;
        }
    }

    /**
     * One service.
     *
     * @param stateText its state in words
     * @param verified how many of the required steps from the link on a machine has read
     * @param attested how many of them persons have stated
     * @param about what the state rests on; of one that is not linked, why or what it waits for
     */
    public record ServiceLine(
            CloudService service,
            String name,
            State state,
            String stateText,
            int verified,
            int attested,
            String about) {}

    /**
     * Something the customer still has to do.
     *
     * @param who whose task it is, where it is known; else empty
     */
    public record Remaining(Kind kind, Optional<CloudService> service, String text, String who) {

        /** What kind of thing it is, in the order in which they are told. */
        public enum Kind {
            /** What to do about a service that failed. */
            FAILURE,
            /** To look again at what somebody has since said the opposite of. */
            CHECK,
            /** An open action of the run. */
            ACTION,
            /** A setting without which what is linked protects nothing (rule COMMON-15). */
            SETTING,
            /** To send the announcements. */
            ANNOUNCE,
            /** Anything else. */
            OTHER
        }
    }

    /**
     * What to tell the users of one service.
     *
     * @param text to be sent as it is, with its line breaks
     */
    public record Announcement(CloudService service, String name, String text) {}

    /**
     * Something good to know.
     *
     * @param name the service's, or for whom it is if not for the customer; empty if it concerns all services
     */
    public record Note(Optional<CloudService> service, String name, String text) {}

    /**
     * One step and what it rests on.
     *
     * @param service empty where it concerns the whole console
     * @param levelText the evidence's level in a word
     * @param seen what was seen or said; like all texts below, empty if there is nothing to say
     * @param expected what had to be seen
     * @param source who or what said so
     * @param permission the scope by which an API was read
     * @param limitation what this evidence cannot tell
     * @param time absent while nobody has looked
     * @param timeText that, in Japan's time
     * @param against who said the opposite afterwards, when and what
     */
    public record Claim(
            Optional<CloudService> service,
            String name,
            String title,
            boolean required,
            Evidence.Level level,
            String levelText,
            String seen,
            String expected,
            String source,
            String permission,
            String limitation,
            String performer,
            String rule,
            Optional<Instant> time,
            String timeText,
            String against) {}
}
