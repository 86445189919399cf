package io.github.kaitsu;

import java.time.Instant;

/**
 * What a claim rests on. Immutable.
 *
 * @param seen what exactly was seen or said, without secrets
 * @param source who or what said so
 * @param time when it was read or said
 */
public record Evidence(Level level, Statement seen, Source source, Instant time) {

    /** How sure we are. A newer VERIFIED or CONTRADICTED beats ATTESTED, never the other way round. */
    public enum Level {
        /** A machine read it at its source: an API, or a page read by the supervised browser. */
        VERIFIED,
        /** A person said or pasted it. */
        ATTESTED,
        /** A source says the opposite. */
        CONTRADICTED,
        /** No evidence either way: never shown as success, never as failure. */
        UNKNOWN
    }

    /**
     * Who or what said so.
     *
     * @param name the API's calls, the name of whoever read or answered as stated by the host, or the steps it follows from
     * @param permission the scope by which an API was read; else empty
     */
    public record Source(Kind kind, String name, String permission) {
        /** Nobody has looked or said anything. */
        public static final Source NOBODY = new Source(Kind.NOBODY, "", "");

        /**
         * A provider's API.
         *
         * @param calls what was called, for instance {@code GET /users/me}
         * @param permission the scope by which it was read; empty if that is not known
         */
        public static Source api(String calls, String permission) {
            return new Source(Kind.API, calls, permission);
        }

        /** The console's pages, by whoever read or pasted them. */
        public static Source console(String reader) {
            return new Source(Kind.CONSOLE, reader, "");
        }

        /** A person's word, by the name that the host stated. */
        public static Source person(String by) {
            return new Source(Kind.PERSON, by, "");
        }

        /** A machine's own hands, by its name. */
        public static Source machine(String by) {
            return new Source(Kind.MACHINE, by, "");
        }

        /** Other steps' evidence, by their ids. */
        public static Source steps(String names) {
            return new Source(Kind.STEPS, names, "");
        }
    }

    /** What kind of source it is. */
    public enum Kind {
        /** A provider's API. */
        API,
        /** The console's pages, as somebody pasted or a browser read them. */
        CONSOLE,
        /** A person's word. */
        PERSON,
        /** A machine's own hands, which read afterwards what they had done. */
        MACHINE,
        /** Other steps' evidence. */
        STEPS,
        /** Nobody has looked or said anything. */
        NOBODY
    }

    /** Whether it counts for success: verified or attested. */
    public boolean holds() {
        return level == Level.VERIFIED || level == Level.ATTESTED;
    }
}
